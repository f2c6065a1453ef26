//! The table of Wasmtime's own release page, on 324 dates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trainboard::schedule::{Row, Schedule};

use crate::schedules::{WASMTIME, WASMTIME_RULES, day, schedule};

const ORACLE: &str = include_str!("../data/wasmtime-tables.json");

fn oracle() -> BTreeMap<String, Vec<Value>> {
    serde_json::from_str(ORACLE).unwrap()
}

/// A row as the oracle writes it.
fn row(row: &Row) -> Value {
    serde_json::json!({
        "version": row.train().version.as_str(),
        "lts": row.train().badge.is_some(),
        "branch": row.branch().when().unwrap().to_string(),
        "release": row.release().when().unwrap().to_string(),
        "eol": row.end().when().unwrap().to_string(),
        "supported": row.is_supported(),
    })
}

fn table(schedule: &Schedule, date: &str) -> Vec<Value> {
    schedule.at(day(date)).unwrap().trains().map(row).collect()
}

#[test]
fn rules_alone_give_the_table_of_wasmtimes_page_on_every_date() {
    let schedule = schedule(WASMTIME_RULES);
    let oracle = oracle();
    assert_eq!(oracle.len(), 324);
    for (date, rows) in oracle {
        assert_eq!(table(&schedule, &date), rows, "on {date}");
    }
}

/// The trains that left after the 20th of their month, and when.
const SLIPPED: [(u32, &str, &str); 8] = [
    (20, "2024-04-20", "2024-04-22"),
    (23, "2024-07-20", "2024-07-22"),
    (26, "2024-10-20", "2024-10-22"),
    (32, "2025-04-20", "2025-04-21"),
    (35, "2025-07-20", "2025-07-22"),
    (42, "2026-02-20", "2026-02-24"),
    (45, "2026-05-20", "2026-05-21"),
    (46, "2026-06-20", "2026-06-22"),
];

#[test]
fn with_the_facts_only_trains_that_slipped_differ() {
    let schedule = schedule(WASMTIME);
    let mut differ = BTreeSet::new();
    for (date, theirs) in oracle() {
        let ours = by_number(table(&schedule, &date));
        let theirs = by_number(theirs);
        // While a train is late it is still the next one, and the third
        // before it is still one of the three newest.
        let late = SLIPPED
            .iter()
            .any(|(_, plan, fact)| (*plan..*fact).contains(&&*date));
        assert!(late || ours.keys().eq(theirs.keys()), "rows of {date}");
        let both = theirs
            .iter()
            .filter_map(|(number, row)| Some((number, row, ours.get(number)?)));
        differ.extend(
            both.filter(|(_, theirs, ours)| theirs != ours)
                .map(|(number, ..)| *number),
        );
    }
    assert_eq!(Vec::from_iter(differ), SLIPPED.map(|(number, ..)| number));
}

#[test]
fn the_slipped_trains_are_those_that_the_schedule_says() {
    let schedule = schedule(WASMTIME);
    for (number, plan, fact) in SLIPPED {
        let train = schedule
            .train_of(&format!("{number}.0.0").parse().unwrap())
            .unwrap();
        assert_eq!(train.release.planned, Some(day(plan).into()));
        assert_eq!(train.release.recorded, Some(day(fact)));
    }
}

fn by_number(table: Vec<Value>) -> BTreeMap<u32, Value> {
    let number = |row: &Value| {
        row["version"]
            .as_str()
            .unwrap()
            .split('.')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    table.into_iter().map(|row| (number(&row), row)).collect()
}
