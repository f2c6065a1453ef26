//! Which trains a cadence makes, what they are called, and which release is of
//! which.

use snapbox::{assert_data_eq, str};
use trainboard::schedule::{Schedule, Status};

use crate::messages::told;
use crate::project::Project;
use crate::schedules::{day, schedule};

const PROJECT: &str = "[project]\nname = \"Example\"\n";

fn of(rest: &str) -> Schedule {
    schedule(&format!("{PROJECT}{rest}"))
}

/// The trains up to the last that the window shows on that day, with the days
/// that are planned for them.
fn trains(schedule: &Schedule, on: &str) -> Vec<String> {
    let boards = schedule.trains_at(day(on)).unwrap();
    let trains = boards.iter().map(|board| board.row().train());
    let told = trains.map(|train| {
        let planned = train.release.planned.map(|when| when.to_string());
        format!("{} {}", train.version, planned.unwrap_or_default())
    });
    told.collect()
}

/// The trains of a channel up to a day.
fn of_channel(schedule: &Schedule, channel: &str, on: &str) -> Vec<String> {
    let boards = schedule.trains_at(day(on)).unwrap();
    let trains = boards.iter().map(|board| board.row().train());
    let own = trains.filter(|train| train.channel.as_deref() == Some(channel));
    own.map(|train| train.version.to_string()).collect()
}

#[track_caller]
fn rides_on(schedule: &Schedule, release: &str, train: &str) {
    let found = schedule.train_of(&release.parse().unwrap());
    let found = found.map(|train| train.version.to_string());
    assert_eq!(found.as_deref(), Some(train), "{release}");
}

const UBUNTU: &str = r#"
[cadence]
anchor  = { version = "24.04", date = 2024-04-25 }
every   = "6 months"
bump    = "calendar"
version = "YY.0M"
[[channel]]
name  = "LTS"
every = 4
[[channel]]
name = "Interim"
"#;

#[test]
fn a_calendar_writes_the_versions() {
    let schedule = of(UBUNTU);
    assert_eq!(
        trains(&schedule, "2025-05-01"),
        [
            "24.04 2024-04-25",
            "24.10 2024-10-25",
            "25.04 2025-04-25",
            "25.10 2025-10-25",
        ]
    );
    assert_eq!(
        of_channel(&schedule, "LTS", "2032-05-01"),
        ["24.04", "26.04", "28.04", "30.04", "32.04"]
    );
}

#[test]
fn a_release_rides_on_the_train_that_a_calendar_named() {
    let schedule = of(UBUNTU);
    rides_on(&schedule, "24.04.3", "24.04");
    rides_on(&schedule, "v24.10.1", "24.10");
    rides_on(&schedule, "24.10-beta", "24.10");
    rides_on(&schedule, "24.4", "24.04");
    for stranger in ["24.05", "23.10", "24", "2404"] {
        assert!(
            !schedule.has_train_for(&stranger.parse().unwrap()),
            "{stranger}"
        );
    }
}

#[test]
fn what_is_written_of_a_calendar_train_overrides_it() {
    let moved = "[[train]]\nversion = \"24.10\"\nrelease = 2024-10-10\n";
    let trains = trains(&of(&format!("{UBUNTU}{moved}")), "2024-11-01");
    assert_eq!(trains[1], "24.10 2024-10-10");
    assert_eq!(trains.len(), 3);
}

#[test]
fn a_calendar_may_know_months_only() {
    let schedule = of(
        "[cadence]\nanchor = { version = \"2024.4\", date = \"2024-04\" }\n\
        every = \"6 months\"\nbump = \"calendar\"\nversion = \"YYYY.MM\"\n",
    );
    assert_eq!(
        trains(&schedule, "2024-11-02"),
        ["2024.4 2024-04", "2024.10 2024-10", "2025.4 2025-04"]
    );
}

#[test]
fn a_calendar_that_is_wrong_says_what_to_write() {
    let cadence = |anchor: &str, rest: &str| {
        told(&format!(
            "{PROJECT}[cadence]\nanchor = {{ {anchor} }}\nevery = \"6 months\"\n{rest}"
        ))
    };
    let day = "version = \"24.4\", date = 2024-04-25";
    assert_data_eq!(
        cadence(day, "bump = \"calendar\"\nversion = \"YY.0M\"\n"),
        str![[r#"
error[bad-anchor]: `YY.0M` makes `24.04` of 2024-04-25, and not `24.4`
 --> schedule.toml:4:22
  |
4 | anchor = { version = "24.4", date = 2024-04-25 }
  |                      ^^^^^^ the first train
...
7 | version = "YY.0M"
  |           ------- how it is written
  |
help: write
  |
4 | anchor = { version = "24.04", date = 2024-04-25 }
  |                          +

"#]]
    );
    assert_data_eq!(
        cadence(day, "version = \"YY.0M\"\n"),
        str![[r#"
error[calendar-version]: `YY.0M` is written from a day, and versions grow by `major`
 --> schedule.toml:6:11
  |
6 | version = "YY.0M"
  |           ^^^^^^^ for a calendar
  |
help: write `bump = "calendar"`, or leave `version` out

"#]]
    );
    assert_data_eq!(
        cadence(
            "version = \"24.04.30\", date = \"2024-04\"",
            "bump = \"calendar\"\nversion = \"YY.0M.0D\"\n"
        ),
        str![[r#"
error[bad-anchor]: `YY.0M.0D` cannot be written from `2024-04`
 --> schedule.toml:4:41
  |
4 | anchor = { version = "24.04.30", date = "2024-04" }
  |                                         ^^^^^^^^^ not known precisely enough

"#]]
    );
    assert_data_eq!(
        cadence(day, "bump = \"calendar\"\nversion = \"MAJOR.0M\"\n"),
        str![[r#"
error[calendar-version]: a calendar writes the versions, and nothing says how
 --> schedule.toml:6:8
  |
6 | bump = "calendar"
  |        ^^^^^^^^^^ the calendar
  |
help: write for example `version = "YY.0M"` below it

error[bad-value]: `MAJOR.0M` is not written from a date: it may have `YYYY`, `YY`, `0Y`, `MM`, `0M`, `WW`, `0W`, `DD`, `0D`, and other text, such as `YY.0M`
 --> schedule.toml:7:11
  |
7 | version = "MAJOR.0M"
  |           ^^^^^^^^^^ the value of `version`

"#]]
    );
}

#[test]
fn a_pattern_without_a_year_comes_round_again() {
    let told = told(&format!(
        "{PROJECT}[cadence]\nanchor = {{ version = \"04\", date = 2024-04-25 }}\n\
         every = \"6 months\"\nbump = \"calendar\"\nversion = \"0M\"\n"
    ));
    let title = "`0M` makes `04` of 2025-04-25, which is no later version than `10` of 2024-10-25";
    assert!(told.contains(title), "{told}");
}

const LINUX: &str = r#"
[[cadence]]
anchor = { version = "6.17", date = 2025-09-28 }
every  = "9 weeks"
bump   = "minor"
UNTIL
[[cadence]]
anchor = { version = "7.0", date = 2026-04-12 }
every  = "9 weeks"
bump   = "minor"
[[channel]]
name  = "Longterm"
every = 6
from  = "6.18"
[[channel]]
name = "Stable"
"#;

#[test]
fn a_cadence_goes_over_to_other_numbers_without_a_train_in_between() {
    let schedule = of(&LINUX.replace("UNTIL", "until = \"6.19\""));
    let versions = trains(&schedule, "2026-07-01");
    assert_eq!(
        versions,
        [
            "6.17 2025-09-28",
            "6.18 2025-11-30",
            "6.19 2026-02-01",
            "7.0 2026-04-12",
            "7.1 2026-06-14",
            "7.2 2026-08-16",
        ]
    );
    rides_on(&schedule, "6.19.3", "6.19");
    rides_on(&schedule, "7.0.1", "7.0");
    assert!(!schedule.has_train_for(&"6.20".parse().unwrap()));
    // Zero is no multiple where it is not the first number.
    assert_eq!(
        of_channel(&schedule, "Longterm", "2027-06-01"),
        ["6.18", "7.6"]
    );
}

#[test]
fn without_a_last_train_the_next_cadence_ends_the_one_before() {
    let text = LINUX
        .replace("UNTIL", "")
        .replace("2026-04-12", "2026-04-05");
    let versions = trains(&of(&text), "2026-05-01");
    assert_eq!(versions[2..4], ["6.19 2026-02-01", "7.0 2026-04-05"]);
}

#[test]
fn a_cadence_goes_over_to_years() {
    let schedule = of(
        "[[cadence]]\nanchor = { version = \"6.1\", date = 2027-01-10 }\n\
        every = \"6 months\"\nbump = \"minor\"\n\
        [[cadence]]\nanchor = { version = \"2028\", date = 2028-01-10 }\nevery = \"1 year\"\n",
    );
    assert_eq!(
        trains(&schedule, "2029-02-01"),
        [
            "6.1 2027-01-10",
            "6.2 2027-07-10",
            "2028 2028-01-10",
            "2029 2029-01-10",
            "2030 2030-01-10"
        ]
    );
}

#[test]
fn a_cadence_that_has_a_last_train_makes_no_more() {
    let schedule = of(
        "[cadence]\nanchor = { version = \"1\", date = 2024-01-10 }\n\
        every = \"1 month\"\nuntil = \"3\"\n",
    );
    for on in ["2024-01-01", "2024-02-20", "2030-01-01", "9990-01-01"] {
        let trains = trains(&schedule, on);
        assert!(trains.len() <= 3, "{on}: {trains:?}");
    }
    assert_eq!(
        trains(&schedule, "2030-01-01").last().unwrap(),
        "3 2024-03-10"
    );
    assert!(schedule.at(day("2030-01-01")).unwrap().next().is_none());
    assert!(!schedule.has_train_for(&"4".parse().unwrap()));
}

#[test]
fn numbers_end_with_the_last_that_there_is() {
    let schedule = of(
        "[cadence]\nanchor = { version = \"4294967294\", date = 2024-01-10 }\n\
        every = \"1 month\"\n",
    );
    let trains = trains(&schedule, "2024-06-01");
    assert_eq!(trains, ["4294967294 2024-01-10", "4294967295 2024-02-10"]);
}

#[test]
fn the_anchor_keeps_its_zeros() {
    let schedule = of(
        "[cadence]\nanchor = { version = \"04.00\", date = 2024-01-10 }\n\
        every = \"1 month\"\n",
    );
    let trains = trains(&schedule, "2024-01-15");
    assert_eq!(trains, ["04.00 2024-01-10", "5.00 2024-02-10"]);
}

#[test]
fn trains_of_one_number_are_told_apart_by_how_they_are_written() {
    let schedule = of(
        "[[train]]\nversion = \"14\"\nrelease = 2020-01-01\nend = 2021-01-01\n\
        [[train]]\nversion = \"14.0\"\nrelease = 2022-01-01\n\
        [[train]]\nversion = \"s25\"\nrelease = 2020-01-01\n\
        [[train]]\nversion = \"s25+\"\nrelease = 2020-02-01\n\
        [[release]]\nversion = \"14\"\ndate = 2020-01-02\n\
        [[release]]\nversion = \"14.0\"\ndate = 2022-01-02\n\
        [[release]]\nversion = \"14.0.1\"\ndate = 2022-02-02\n",
    );
    for version in ["14", "14.0", "s25", "s25+"] {
        rides_on(&schedule, version, version);
    }
    rides_on(&schedule, "14.0.1", "14.0");
    rides_on(&schedule, "14.1", "14");
    rides_on(&schedule, "14.0.0", "14.0");
    let recorded = |version: &str| {
        let train = schedule.train_of(&version.parse().unwrap()).unwrap();
        train.release.recorded.map(|day| day.to_string())
    };
    assert_eq!(recorded("14").as_deref(), Some("2020-01-02"));
    assert_eq!(recorded("14.0").as_deref(), Some("2022-01-02"));
}

#[test]
fn a_train_of_the_cadence_is_overridden_by_its_number() {
    let cadence =
        "[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-10 }\nevery = \"1 month\"\n";
    let schedule = of(&format!(
        "{cadence}[[train]]\nversion = \"2\"\nrelease = 2024-02-20\n"
    ));
    assert_eq!(trains(&schedule, "2024-02-20")[1], "2.0.0 2024-02-20");
    let twice = "[[train]]\nversion = \"2\"\n[[train]]\nversion = \"2.0\"\n";
    let told = told(&format!("{PROJECT}{cadence}{twice}"));
    assert!(
        told.contains("error[duplicate-train]: train `2.0` is there twice"),
        "{told}"
    );
}

#[test]
fn a_suffix_of_a_vendor_is_the_latest_release() {
    let schedule = of("[[train]]\nversion = \"11.2\"\nrelease = 2024-05-02\n\
        [[release]]\nversion = \"11.2.0\"\ndate = 2024-05-02\n\
        [[release]]\nversion = \"11.2.13\"\ndate = 2026-08-01\n\
        [[release]]\nversion = \"11.2.13-h1\"\ndate = 2026-08-12\n\
        [[release]]\nversion = \"11.2.14-rc.1\"\ndate = 2026-08-13\n\
        [[release]]\nversion = \"11.2.15-h1\"\ndate = 2026-08-14\npre = true\n");
    let row = schedule
        .row_of(&"11.2".parse().unwrap(), day("2026-08-20"))
        .unwrap();
    assert_eq!(row.latest().unwrap().version.as_str(), "11.2.13-h1");
}

#[test]
fn a_channel_counts_from_its_first_train_where_it_says_so() {
    let esr = |count: &str| {
        let schedule = of(&format!(
            "[cadence]\nanchor = {{ version = \"128\", date = 2024-07-09 }}\nevery = \"4 weeks\"\n\
             [[channel]]\nname = \"ESR\"\nevery = 13\nfrom = \"140\"\n{count}[[channel]]\nname = \"Rapid\"\n"
        ));
        of_channel(&schedule, "ESR", "2027-08-01")
    };
    assert_eq!(esr("count = \"from\"\n"), ["140", "153", "166"]);
    assert_eq!(esr("count = \"multiples\"\n"), ["143", "156"]);
}

#[test]
fn written_trains_are_counted_too() {
    let train = |n| format!("[[train]]\nversion = \"{n}.0\"\nrelease = 20{n}-01-01\n");
    let trains: String = (20..27).map(train).collect();
    let schedule = of(&format!(
        "[[channel]]\nname = \"Long\"\nevery = 3\nfrom = \"21\"\ncount = \"from\"\n\
         [[channel]]\nname = \"Short\"\n{trains}"
    ));
    assert_eq!(
        of_channel(&schedule, "Long", "2027-01-01"),
        ["21.0", "24.0"]
    );
}

#[test]
fn a_channel_without_a_first_train_is_told() {
    let told = told(&format!(
        "{PROJECT}[[channel]]\nname = \"Long\"\nevery = 3\ncount = \"from\"\n"
    ));
    assert!(
        told.contains("channel `Long` counts trains, and not from which one"),
        "{told}"
    );
}

/// The days on which the trains of a weekly cadence are released.
fn released(rest: &str) -> Vec<String> {
    let schedule = of(&format!(
        "[cadence]\nanchor = {{ version = \"1\", date = 2026-12-12 }}\nevery = \"1 week\"\n{rest}"
    ));
    let trains = trains(&schedule, "2027-01-05").into_iter();
    trains
        .map(|train| train.split_once(' ').unwrap().1[5..].to_owned())
        .collect()
}

#[test]
fn releases_move_off_weekends_and_closed_days() {
    let closed = "closed = [2026-12-14, \"2026-12-24/2027-01-03\"]\n";
    let move_to = |weekend: &str| released(&format!("weekend = \"{weekend}\"\n{closed}"));
    // The plan is Saturdays: 12, 19, 26 December, 2 January and so on.
    assert_eq!(released("")[..4], ["12-12", "12-19", "12-26", "01-02"]);
    assert_eq!(move_to("keep")[..4], ["12-12", "12-19", "01-04", "01-04"]);
    assert_eq!(move_to("after")[..4], ["12-15", "12-21", "01-04", "01-04"]);
    assert_eq!(move_to("before")[..4], ["12-11", "12-18", "12-23", "12-23"]);
    assert_eq!(
        move_to("nearest")[..4],
        ["12-11", "12-18", "12-23", "01-04"]
    );
}

#[test]
fn closed_days_have_a_limit() {
    let days = "2026-12-24, ".repeat(1_001);
    let told = told(&format!(
        "{PROJECT}[cadence]\nanchor = {{ version = \"1\", date = 2026-12-12 }}\n\
         every = \"1 week\"\nclosed = [{days}]\n"
    ));
    let title = "error[too-many]: 1001 closed days are more than the limit of 1000";
    assert!(told.contains(title), "{told}");
}

#[test]
fn trains_that_leave_early_leave_room_for_the_next() {
    let schedule = of("plans = \"trusted\"\n[cadence]\n\
        anchor = { version = \"1\", date = 2026-11-02 }\nevery = \"1 week\"\n\
        weekend = \"before\"\nclosed = [\"2026-11-10/2026-12-31\"]\n");
    // Trains 3 to 9 leave with the second, on 9 November.
    let board = schedule.at(day("2026-11-09")).unwrap();
    assert_eq!(board.next().unwrap().train().version.as_str(), "10");
    let out = schedule
        .row_of(&"9".parse().unwrap(), day("2026-11-09"))
        .unwrap();
    assert_eq!(out.status(), Status::Supported);
}

#[test]
fn a_release_is_known_on_the_train_that_it_names() {
    let project = Project::with_schedule(
        "[project]\nname = \"Mini\"\n[[train]]\nversion = \"2019\"\nrelease = 2019-01-01\n\
         end = 2030-01-01\n[[release]]\nversion = \"15.2.1\"\ndate = 2020-02-02\ntrain = \"2019\"\n",
    );
    assert_data_eq!(
        project.run("status 15.2.1 --date 2026-08-22").succeeds(),
        str![[r#"
Mini 2019 is supported on 22 August 2026, until 1 January 2030.
Its latest release is 15.2.1, of 2 February 2020.

"#]]
    );
    project.run("status typo --date 2026-08-22").fails(
        2,
        str![[r#"
error: no train of Mini fits `typo`: write a train or a release, such as `trainboard status 1.2`

"#]],
    );
    project.run("status 15.2.2 --date 2026-08-22").fails(
        1,
        str![[r#"
error[no-train]: no train of Mini fits `15.2.2`

"#]],
    );
}

#[test]
fn a_cadence_ends_where_numbers_do() {
    for (anchor, trains) in [("4294967290.0.0", 6), ("4294967295.0.0", 1)] {
        let project = crate::project::Project::with_schedule(&format!(
            "[project]\nname = \"X\"\n[window]\nrecent = 20\nupcoming = 20\n\
             [cadence]\nevery = \"1 month\"\nanchor = {{ version = \"{anchor}\", date = 2026-10-01 }}\n"
        ));
        for date in ["2026-09-01", "2026-10-03", "2030-01-01"] {
            let shown = project.run(&format!("status --date {date}")).succeeds();
            let count = shown.lines().filter(|line| line.starts_with("42949672"));
            assert_eq!(count.count(), trains, "{anchor} on {date}: {shown}");
        }
    }
}
