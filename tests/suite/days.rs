//! The status of every train on every day of 2020 to 2040, computed a second
//! time by brute force: other code, other arithmetic, other input.

use std::collections::BTreeMap;

use serde_json::Value;
use trainboard::schedule::{Day, Schedule, Version};

use crate::schedules::{NODE, WASMTIME, day, schedule};

/// A calendar day as a number that orders: 20261120.
type Stamp = u32;

struct Life {
    branch: Stamp,
    release: Stamp,
    end: Stamp,
}

impl Life {
    fn status(&self, today: Stamp) -> &'static str {
        if today >= self.end {
            "ended"
        } else if today >= self.release {
            "supported"
        } else if today >= self.branch {
            "stabilising"
        } else {
            "planned"
        }
    }
}

fn stamp(text: &str) -> Stamp {
    text.replace('-', "").parse().unwrap()
}

/// Wasmtime's trains, from the words of its release page and the CSV.
fn wasmtime() -> BTreeMap<String, Life> {
    let mut facts = BTreeMap::new();
    for line in include_str!("../data/wasmtime-releases.csv")
        .lines()
        .skip(1)
    {
        let (version, date) = line.split_once(',').unwrap();
        facts.insert(version.to_owned(), stamp(date));
    }
    let mut trains = BTreeMap::new();
    let (mut year, mut month) = (2022, 9);
    for number in 1..=240 {
        let months = if number >= 24 && number % 12 == 0 {
            24
        } else {
            2
        };
        let end = month - 1 + months;
        let (end_year, end_month) = (year + end / 12, end % 12 + 1);
        let version = format!("{number}.0.0");
        let plan = year * 10000 + month * 100 + 20;
        let life = Life {
            branch: plan - 15,
            release: facts.get(&version).copied().unwrap_or(plan),
            end: end_year * 10000 + end_month * 100 + 20,
        };
        trains.insert(version, life);
        (year, month) = if month == 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
    }
    trains
}

/// Node's trains, straight from its JSON.
fn node() -> BTreeMap<String, Life> {
    let json: BTreeMap<String, Value> =
        serde_json::from_str(include_str!("../data/node-schedule.json")).unwrap();
    let life = |value: &Value| {
        let at = |key: &str| value[key].as_str().map(stamp);
        Life {
            branch: at("alpha").or(at("start")).unwrap(),
            release: at("start").unwrap(),
            end: at("end").unwrap(),
        }
    };
    json.iter()
        .map(|(key, value)| (key[1..].to_owned(), life(value)))
        .collect()
}

#[track_caller]
fn agree(schedule: &Schedule, lives: &BTreeMap<String, Life>) {
    let trains: Vec<_> = lives
        .iter()
        .map(|(name, life)| {
            (
                schedule
                    .train_of(&name.parse::<Version>().unwrap())
                    .unwrap(),
                life,
            )
        })
        .collect();
    let (mut today, last): (Day, Day) = (day("2020-01-01"), day("2040-12-31"));
    while today <= last {
        let now = stamp(&today.to_string());
        for (train, life) in &trains {
            assert_eq!(
                train.status(today).as_str(),
                life.status(now),
                "{} on {today}",
                train.version
            );
        }
        let board = schedule.at(today).unwrap();
        for row in board.trains() {
            let version = row.train().version.as_str();
            assert_eq!(
                row.status().as_str(),
                lives[version].status(now),
                "{version} on the board of {today}"
            );
        }
        let supported = lives
            .values()
            .filter(|life| life.status(now) == "supported")
            .count();
        assert_eq!(board.supported().count(), supported, "supported on {today}");
        today = today.next().unwrap();
    }
}

#[test]
fn wasmtime_agrees_with_brute_force_on_every_day() {
    agree(&schedule(WASMTIME), &wasmtime());
}

#[test]
fn node_agrees_with_brute_force_on_every_day() {
    agree(&schedule(NODE), &node());
}
