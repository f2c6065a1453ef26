//! Whatever changes is told: on all days of a period every file is the same,
//! and the day of the next change brings something that has words.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use trainboard::diagnostic::Source;
use trainboard::input::{self, front_matter};
use trainboard::output::SitePath;
use trainboard::schedule::{Day, Projects, Schedule};
use trainboard::site::{Content, PageFile, Settings, build};
use trainboard::views::changes::Changes;

use crate::cases::cases;
use crate::schedules::{WASMTIME, day, schedule};

/// Pages that show all that is to be shown of a project.
const PAGES: [(&str, &str); 2] = [
    (
        "index.md",
        "# Board\n\n<!-- trainboard board -->\n\n<!-- trainboard security -->\n\n\
         <!-- trainboard milestones -->\n\n<!-- trainboard patches -->\n\n\
         Then <!-- trainboard value next+9.release default=\"none\" -->.\n\n\
         <!-- trainboard versions default=\"none\" -->\n",
    ),
    (
        "train.md",
        "+++\nper = \"train\"\n+++\n# <!-- trainboard value train.label -->\n\n\
         <!-- trainboard train -->\n",
    ),
];

fn page(path: &str, text: &str) -> PageFile {
    let source = Source::new(format!("content/{path}"), text);
    let (front, body, wrong) = front_matter::read(&source);
    let path = SitePath::new(path).unwrap();
    PageFile {
        path,
        source,
        front,
        body,
        wrong,
    }
}

/// Every file of a site on that day; without any train there is no page for
/// each.
#[track_caller]
fn files(schedule: &Schedule, date: Day) -> BTreeMap<String, Vec<u8>> {
    let trains = schedule.trains_at(date).unwrap();
    let count = if trains.is_empty() { 1 } else { PAGES.len() };
    let pages = PAGES[..count].iter().map(|(path, text)| page(path, text));
    let content = Content {
        pages: pages.collect(),
        ..Content::default()
    };
    let boards = Projects::only(schedule.clone()).at(date).unwrap();
    let built = build(content, &Settings::default(), &boards);
    let output = built.unwrap_or_else(|errors| panic!("{errors:#?}")).output;
    let files = output.iter();
    files
        .map(|(path, bytes)| (path.to_string(), bytes.to_vec()))
        .collect()
}

#[track_caller]
fn are_same(schedule: &Schedule, first: Day, other: Day) {
    let (one, two) = (files(schedule, first), files(schedule, other));
    let differing = one
        .keys()
        .chain(two.keys())
        .find(|path| one.get(*path) != two.get(*path));
    let Some(path) = differing else { return };
    let text = |files: &BTreeMap<String, Vec<u8>>| {
        let bytes = files.get(path).cloned().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    assert_eq!(text(&one), text(&two), "{path} on {first} and {other}");
}

/// Goes through periods from a day on, and looks at the first day, the last
/// day and one between.
#[track_caller]
fn tells_whatever_changes(schedule: &Schedule, mut today: Day, periods: usize) {
    for _ in 0..periods {
        let before = schedule.project_at(today).unwrap();
        let Some(change) = before.board.period().next_change else {
            return;
        };
        let last = change.previous().unwrap();
        let between = today.number().midpoint(last.number());
        for other in [Day::from_number(between).unwrap(), last] {
            let then = schedule.project_at(other).unwrap();
            assert_eq!(then.board, before.board, "{today} and {other}");
            are_same(schedule, today, other);
        }
        let after = schedule.project_at(change).unwrap();
        let words = Changes::between(&before, &after, change).in_words();
        assert!(!words.is_empty(), "nothing is told of {change}");
        assert_eq!(after.board.period().valid_from, Some(change));
        today = change;
    }
}

#[test]
fn every_file_holds_for_its_period() {
    for text in [
        WASMTIME,
        include_str!("../data/told/period-bytes.toml"),
        include_str!("../data/told/plan-as-fact.toml"),
        include_str!("../data/told/debian.toml"),
        include_str!("../data/told/django.toml"),
        include_str!("../data/told/milestones.toml"),
        include_str!("../data/told/next-silent.toml"),
    ] {
        tells_whatever_changes(&schedule(text), day("2025-11-01"), 4);
    }
}

#[test]
fn a_train_that_is_not_to_come_any_more_is_told() {
    let text = "[project]\nname = \"A\"\n\
                [window]\nrecent = 0\nupcoming = 0\nsupported = false\n\
                [[train]]\nversion = \"1\"\nend = 2025-01-01\n\
                [[train]]\nversion = \"2\"\nend = 2025-01-01\n";
    let (schedule, last) = (schedule(text), day("2025-01-01"));
    let on = |date| schedule.project_at(date).unwrap();
    let told = Changes::between(&on(last.previous().unwrap()), &on(last), last);
    assert_eq!(
        told.in_words(),
        "1 is not to come any more, 2 is not to come any more"
    );
}

fn length() -> impl Strategy<Value = String> {
    prop_oneof![
        (1..90_u32).prop_map(|days| format!("{days} days")),
        (1..14_u32).prop_map(|months| format!("{months} months")),
    ]
}

fn round() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => Just(String::new()),
        1 => Just(", round = \"month-end\"".to_owned()),
        1 => Just(", round = \"quarter\"".to_owned()),
        1 => Just(", round = \"day 28\"".to_owned()),
        1 => Just(", round = \"second tuesday\"".to_owned()),
        1 => Just(", round = \"friday\"".to_owned()),
        1 => Just(", round = \"year-end\"".to_owned()),
    ]
}

/// How long a phase lasts.
fn lasting() -> impl Strategy<Value = String> {
    prop_oneof![
        length().prop_map(|length| format!("for = \"{length}\"")),
        (1..4_u32).prop_map(|count| format!("releases = {count}")),
        (length(), 1..4_u32, any::<bool>()).prop_map(|(length, count, later)| {
            let which = if later { "later" } else { "earlier" };
            format!("for = \"{length}\", releases = {count}, whichever = \"{which}\"")
        }),
    ]
}

fn phases() -> impl Strategy<Value = String> {
    let level = prop_oneof![
        Just("current"),
        Just("lts"),
        Just("maintenance"),
        Just("extended"),
    ];
    let phase = (level, lasting(), round());
    (
        proptest::collection::vec(phase, 1..4),
        proptest::option::of(length()),
    )
        .prop_map(|(phases, pre)| {
            let mut text = String::from("phases = [");
            if let Some(pre) = pre {
                let _ = write!(
                    text,
                    "{{ name = \"Beta\", level = \"pre\", from = \"{pre} before\" }}, "
                );
            }
            for (n, (level, lasting, round)) in phases.into_iter().enumerate() {
                let _ = write!(
                    text,
                    "{{ name = \"P{n}\", level = \"{level}\", {lasting}{round} }}, "
                );
            }
            text + "]\n"
        })
}

fn patches() -> impl Strategy<Value = String> {
    let on = prop_oneof![Just(""), Just(", on = \"last friday\"")];
    let every = prop_oneof![
        (1..4_u32, on).prop_map(|(every, on)| format!("\"{every} months\"{on}")),
        (1..60_u32).prop_map(|every| format!("\"{every} days\"")),
    ];
    let patches = (every, length()).prop_map(|(every, before)| {
        format!(
            "patches = {{ every = {every}, milestones = [{{ name = \"Deadline\", when = \"{before} before release\" }}] }}\n"
        )
    });
    proptest::option::of(patches).prop_map(Option::unwrap_or_default)
}

fn milestones() -> impl Strategy<Value = String> {
    let base = prop_oneof![
        Just("before release"),
        Just("after release"),
        Just("after branch"),
        Just("before end")
    ];
    let milestone = (length(), base).prop_map(|(length, base)| {
        format!("[[milestone]]\nname = \"Freeze\"\nwhen = \"{length} {base}\"\n")
    });
    proptest::option::of(milestone).prop_map(Option::unwrap_or_default)
}

/// A day, or a month or quarter.
fn date() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (2024..2027_u32, 1..13_u32, 1..29_u32)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        1 => (2024..2027_u32, 1..13_u32).prop_map(|(year, month)| format!("\"{year}-{month:02}\"")),
        1 => (2024..2027_u32, 1..5_u32).prop_map(|(year, quarter)| format!("\"{year}-Q{quarter}\"")),
    ]
}

prop_compose! {
    fn cadence()(
        first in prop_oneof![Just("2024-01-15"), Just("\"2024-02\"")],
        every in 1..5_u32,
        on in proptest::option::of(Just("second tuesday")),
        branch in proptest::option::of(length()),
        weekend in prop_oneof![Just("keep"), Just("after"), Just("before"), Just("nearest")],
        closed: bool,
        until in proptest::option::of(2..12_u32),
        then in proptest::option::of(prop_oneof![Just("3 weeks"), Just("45 days"), Just("6 months")]),
    ) -> String {
        let on = on.filter(|_| !first.starts_with('"'));
        let first = if on.is_some() { "2024-01-09" } else { first };
        let mut text = format!("[[cadence]]\nanchor = {{ version = \"1.0\", date = {first} }}\nevery = \"{every} months\"\nweekend = \"{weekend}\"\n");
        if let Some(on) = on {
            let _ = writeln!(text, "on = \"{on}\"");
        }
        if let Some(branch) = branch {
            let _ = writeln!(text, "branch = \"{branch} before\"");
        }
        if closed {
            text += "closed = [2025-01-15, \"2025-12-24/2026-01-20\"]\n";
        }
        if let Some(until) = until {
            let _ = writeln!(text, "until = \"{until}.0\"");
        }
        if let Some(then) = then {
            let _ = write!(text, "[[cadence]]\nanchor = {{ version = \"20.0\", date = 2026-01-31 }}\nevery = \"{then}\"\n");
        }
        text
    }
}

prop_compose! {
    fn any_schedule()(
        plans in prop_oneof![Just(""), Just("plans = \"confirmed\"\n"), Just("plans = \"trusted\"\n")],
        end_day in prop_oneof![Just("supported"), Just("unsupported")],
        cadence in cadence(),
        from_release: bool,
        channels in proptest::collection::vec((proptest::option::of(2..4_u32), phases(), patches()), 1..3),
        milestones in milestones(),
        (recent, upcoming, supported) in (0..4_u32, 0..3_u32, any::<bool>()),
        rolling: bool,
        trains in proptest::collection::btree_map(1..12_u32, (0..5_u8, date()), 0..4),
        facts in proptest::collection::btree_map((1..12_u32, 0..3_u32), 0..900_i32, 0..6),
    ) -> String {
        let mut text = format!("[project]\nname = \"random\"\nend-day = \"{end_day}\"\n{plans}{cadence}");
        for (n, (every, phases, patches)) in channels.iter().enumerate() {
            let _ = write!(text, "[[channel]]\nname = \"C{n}\"\n");
            if let Some(every) = every {
                let _ = writeln!(text, "every = {every}");
            }
            if from_release {
                text += "support-from = \"release\"\n";
            }
            text += phases;
            text += patches;
        }
        text += &milestones;
        let _ = write!(text, "[window]\nrecent = {recent}\nupcoming = {upcoming}\nsupported = {supported}\n");
        for (number, (kind, date)) in trains {
            let _ = write!(text, "[[train]]\nversion = \"{number}.0\"\nallow = [\"empty-phase\"]\nnote = \"as it is\"\n");
            let _ = match kind {
                0 => writeln!(text, "skip = \"no need\""),
                1 => writeln!(text, "release = {date}"),
                2 => writeln!(text, "end = {date}"),
                3 => writeln!(text, "milestones = {{ own = {{ name = \"Own\", date = {date} }} }}"),
                _ => writeln!(text, "branch = {date}"),
            };
        }
        if rolling {
            text += "[[train]]\nversion = \"main\"\nrolling = true\n";
        }
        for ((number, patch), after) in facts {
            let date = Day::from_number(day("2024-01-10").number() + after).unwrap();
            let _ = write!(text, "[[release]]\nversion = \"{number}.{patch}\"\ndate = {date}\n");
        }
        text
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn any_schedule_tells_whatever_changes(text in any_schedule(), start in 0..800_i32) {
        if let Ok(read) = input::schedule::parse(&Source::new("schedule.toml", &*text)) {
            let start = Day::from_number(day("2023-12-01").number() + start).unwrap();
            tells_whatever_changes(&read.schedule, start, 3);
        }
    }
}
