//! A board holds for a period: it is the same on every day of it, and another
//! on the day of the next change.

use proptest::prelude::*;
use trainboard::schedule::{
    Anchor, Before, Board, Cadence, Channel, Day, Draft, EndDay, Length, Level, PhaseLength,
    PhaseRule, Project, ReleaseEntry, Schedule, SupportFrom, TrainEntry, Weekend, Window,
};
use trainboard::views::changes::Changes;

use crate::schedules::{NODE, WASMTIME, WASMTIME_RULES, day, schedule};

/// Walks the days and compares each board with the next.
#[track_caller]
fn holds(schedule: &Schedule, first: Day, days: u32) {
    let mut today = first;
    let mut board = schedule.at(today).unwrap();
    for _ in 0..days {
        let tomorrow = today.next().unwrap();
        let next = schedule.at(tomorrow).unwrap();
        let period = board.period();
        assert!(
            period.valid_from.is_none_or(|from| from <= today),
            "{today} {period:?}"
        );
        assert!(
            period.next_change.is_none_or(|change| change > today),
            "{today} {period:?}"
        );
        if period.next_change == Some(tomorrow) {
            assert_eq!(next.period().valid_from, Some(tomorrow), "on {tomorrow}");
        } else {
            assert_eq!(board, next, "{today} and {tomorrow}");
        }
        (today, board) = (tomorrow, next);
    }
}

#[test]
fn boards_change_on_the_day_of_the_next_change_and_on_no_other() {
    for text in [WASMTIME_RULES, WASMTIME, NODE] {
        holds(&schedule(text), day("2023-12-01"), 1500);
    }
}

#[test]
fn the_day_of_the_next_change_says_something_else() {
    for text in [WASMTIME_RULES, WASMTIME, NODE] {
        let schedule = schedule(text);
        let mut before = schedule.project_at(day("2024-06-01")).unwrap();
        for _ in 0..20 {
            let Some(change) = before.board.period().next_change else {
                break;
            };
            let after = schedule.project_at(change).unwrap();
            let said = |board: &Board| {
                let text = trainboard::views::json::board(board);
                text.lines().skip(4).collect::<Vec<_>>().join("\n")
            };
            // The day of a milestone is told by lists of what is to come.
            let told = Changes::between(&before, &after, change).in_words();
            let is_milestone = told.starts_with("security check");
            let differs = said(&before.board) != said(&after.board);
            assert!(differs || is_milestone, "on {change}: {told}");
            before = after;
        }
    }
}

fn length() -> impl Strategy<Value = Length> {
    prop_oneof![
        (1..90_u32).prop_map(Length::days),
        (1..5_u32).prop_map(Length::months)
    ]
}

/// For how long, or for how many trains.
fn until() -> impl Strategy<Value = (Option<PhaseLength>, Option<u32>)> {
    let of = |(length, is_after_release)| PhaseLength {
        length,
        is_after_release,
    };
    prop_oneof![
        (length(), any::<bool>()).prop_map(move |length| (Some(of(length)), None)),
        (1..4_u32).prop_map(|releases| (None, Some(releases)))
    ]
}

fn phase() -> impl Strategy<Value = PhaseRule> {
    let level = prop_oneof![
        Just(Level::Current),
        Just(Level::Lts),
        Just(Level::Maintenance),
        Just(Level::Extended)
    ];
    (level, until()).prop_map(|(level, (length, releases))| PhaseRule {
        level,
        length,
        releases,
        ..PhaseRule::new(format!("{level:?}").parse().unwrap())
    })
}

prop_compose! {
    fn channel()(
        every in proptest::option::of(1..5_u32),
        upcoming in 0..2_u32,
        from_release: bool,
        phases in proptest::collection::vec(phase(), 1..3),
    ) -> Channel {
        Channel {
            every,
            upcoming,
            support_from: if from_release { SupportFrom::Release } else { SupportFrom::Plan },
            phases,
            ..Channel::new("channel".parse().unwrap())
        }
    }
}

prop_compose! {
    fn draft()(
        every in length(),
        branch in proptest::option::of((1..40_u32).prop_map(Length::days)),
        after: bool,
        channel in channel(),
        (recent, upcoming, supported) in (0..4_u32, 0..3_u32, any::<bool>()),
        last_day: bool,
        moved in proptest::collection::btree_map(1..12_u32, (0..3_u8, -40..40_i32), 0..4),
        facts in proptest::collection::btree_map((1..12_u32, 0..3_u32), -20..60_i32, 0..8),
    ) -> Draft {
        let start = day("2024-01-15");
        let shifted = |number: u32, by: i32| Day::from_number(start.number() + number.cast_signed() * 30 + by).unwrap();
        let mut draft = Draft::new(Project::new("random".parse().unwrap()));
        draft.project.end_day = if last_day { EndDay::Supported } else { EndDay::Unsupported };
        draft.cadences.push(Cadence {
            branch: branch.map(Before),
            weekend: if after { Weekend::After } else { Weekend::Keep },
            ..Cadence::new(Anchor::new("1.0".parse().unwrap(), start.into()), every)
        });
        draft.channels = vec![channel];
        draft.window = Some(Window { recent, upcoming, supported, ..Window::default() });
        for (number, (kind, by)) in moved {
            let mut entry = TrainEntry::new(format!("{number}.0").parse().unwrap());
            match kind {
                0 => entry.skip = Some("no need".parse().unwrap()),
                1 => entry.release = Some(shifted(number, by).into()),
                _ => entry.end = Some(shifted(number + 4, by).into()),
            }
            draft.trains.push(entry);
        }
        for ((number, patch), by) in facts {
            let version = format!("{number}.{patch}").parse().unwrap();
            draft.releases.push(ReleaseEntry::new(version, shifted(number + patch, by)));
        }
        draft
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(48))]

    #[test]
    fn any_schedule_holds_for_its_periods(draft in draft()) {
        if let Ok(schedule) = Schedule::new(draft) {
            holds(&schedule, day("2024-01-01"), 400);
        }
    }
}

/// A train that comes long after all others is told by one board as by another.
#[test]
fn a_board_is_a_matter_of_its_day_alone() {
    let text = "[project]\nname = \"Far\"\n\
        [cadence]\nanchor = { version = \"1.0.0\", date = 2020-01-01 }\nevery = \"28 days\"\n\
        [[channel]]\nname = \"LTS\"\nevery = 845\nupcoming = 1\n\
        phases = [{ name = \"LTS\", level = \"lts\", for = \"24 months\" }]\n\
        [[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", for = \"2 months\" }]\n";
    let asked = schedule(text);
    for year in [2021, 2030, 2033, 2030, 2021] {
        let date = Day::new(year, 1, 1).unwrap();
        assert_eq!(asked.all_at(date), schedule(text).all_at(date), "{date}");
    }
}
