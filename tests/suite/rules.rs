//! Rules that real projects have, held against the days that endoflife.date
//! lists for them. Every train that differs is named, with the reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Day, Schedule, Train, When};

/// Days of a train: the release, the end of the first phase, the end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Days {
    release: Option<String>,
    first_phase: Option<String>,
    end: Option<String>,
}

impl Days {
    fn told(&self) -> String {
        let days = [&self.release, &self.first_phase, &self.end];
        days.map(|day| day.as_deref().unwrap_or("–")).join(" ")
    }
}

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn schedule(project: &str) -> Schedule {
    let source = Source::new(
        "schedule.toml",
        file(&format!("tests/fixtures/{project}.toml")),
    );
    let read = input::schedule::parse(&source);
    read.unwrap_or_else(|found| panic!("{found:?}")).schedule
}

fn ruled(train: &Train) -> Days {
    let (first, last) = (train.phases.first(), train.phases.len() > 1);
    let text = |when: Option<When>| when.map(|when| when.to_string());
    Days {
        release: text(train.release.when()),
        first_phase: first.filter(|_| last).and_then(|phase| text(phase.to)),
        end: text(train.end.when()),
    }
}

/// The days that the data has, by train.
fn listed(project: &str) -> BTreeMap<String, Days> {
    let data = file(&format!("tests/data/endoflife/{project}.json"));
    let data: Value = serde_json::from_str(&data).unwrap();
    let releases = data["result"]["releases"].as_array().unwrap();
    let days = |release: &Value| Days {
        release: release["releaseDate"].as_str().map(str::to_owned),
        first_phase: release["eoasFrom"].as_str().map(str::to_owned),
        end: release["eolFrom"].as_str().map(str::to_owned),
    };
    releases
        .iter()
        .map(|release| (release["name"].as_str().unwrap().to_owned(), days(release)))
        .collect()
}

/// Compares all listed trains with those of the rules; what differs must be
/// what is expected, train by train.
#[track_caller]
fn agrees(project: &str, listed: BTreeMap<String, Days>, expected: &[(&str, &str)]) {
    let schedule = schedule(project);
    let mut differing: Vec<(String, String)> = Vec::new();
    assert!(listed.len() > expected.len());
    for (name, listed) in listed {
        let train = schedule.train_of(&name.parse().unwrap()).unwrap();
        let ruled = ruled(&train);
        if ruled != listed {
            differing.push((
                name,
                format!("{} is listed as {}", ruled.told(), listed.told()),
            ));
        }
    }
    let names: Vec<_> = differing.iter().map(|(name, _)| &**name).collect();
    let known: Vec<_> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, known, "{differing:#?}");
}

/// The minor number of `1.30`, or the major of `43`.
fn number(name: &str) -> u32 {
    name.rsplit('.').next().unwrap().parse().unwrap()
}

#[test]
fn php_ends_with_the_year() {
    let mut listed = listed("php");
    listed.retain(|name, _| name.as_str() >= "7.0");
    let expected = [
        ("7.0", "both of its ends were put off by some weeks"),
        ("8.1", "it was given the longer life of those after it"),
    ];
    agrees("php", listed, &expected);
}

#[test]
fn kubernetes_ends_on_the_28th() {
    let mut listed = listed("kubernetes");
    listed.retain(|name, _| number(name) >= 19);
    let expected = [
        ("1.25", "its ends are listed on the 27th, like no others"),
        ("1.30", "its end was put off by two weeks"),
        ("1.31", "its end was put off by two weeks"),
        (
            "1.34",
            "its ends are listed on the 27th, the day of its release",
        ),
    ];
    agrees("kubernetes", listed, &expected);
}

#[test]
fn rust_leaves_every_six_weeks() {
    let mut listed = listed("rust");
    listed.retain(|name, _| number(name) >= 5);
    for (name, days) in &mut listed {
        // For these, the source writes the day after the next release.
        if (29..=73).contains(&number(name)) && ![35, 46].contains(&number(name)) {
            let end: Day = days.end.as_ref().unwrap().parse().unwrap();
            days.end = end.previous().map(|day| day.to_string());
        }
    }
    let expected = [
        ("1.62", "its end is listed a month late"),
        ("1.93", "the next release is listed a day late"),
        ("1.94", "it is listed a day late"),
        ("1.98", "no end is listed before the next release"),
    ];
    agrees("rust", listed, &expected);
}

#[test]
fn electron_keeps_three_majors() {
    let mut listed = listed("electron");
    listed.retain(|name, _| number(name) >= 4);
    let expected = [
        ("22", "it was kept longer, as the last for Windows 7"),
        ("43", "the third newer is planned for after the holidays"),
    ];
    agrees("electron", listed, &expected);
}

#[test]
fn a_cadence_on_a_weekday_is_counted_in_months() {
    let text = "[project]\nname = \"Patches\"\n[cadence]\n\
                anchor = { version = \"1\", date = 2026-08-11 }\nevery = \"1 month\"\n\
                on = \"second tuesday\"\nbranch = \"4 days before\"\n";
    let source = Source::new("schedule.toml", text);
    let schedule = input::schedule::parse(&source).unwrap().schedule;
    let days = ["1", "2", "3", "4"].map(|version| {
        let train = schedule.train_of(&version.parse().unwrap()).unwrap();
        let days = [train.branch.when(), train.release.when()];
        days.map(|when| when.unwrap().to_string())
    });
    assert_eq!(
        days,
        [
            ["2026-08-07", "2026-08-11"],
            ["2026-09-04", "2026-09-08"],
            ["2026-10-09", "2026-10-13"],
            ["2026-11-06", "2026-11-10"],
        ]
    );
}

#[test]
fn a_board_reaches_over_the_change_of_a_cadence() {
    let schedule = schedule("electron");
    let board = schedule.at("2021-09-01".parse().unwrap()).unwrap();
    let next = board.next().unwrap();
    assert_eq!(next.train().version.as_str(), "15");
    assert_eq!(next.release().when().unwrap().to_string(), "2021-09-21");
    let labels: Vec<_> = board
        .supported()
        .map(|row| row.train().label.to_string())
        .collect();
    assert_eq!(labels, ["12", "13", "14"]);
}
