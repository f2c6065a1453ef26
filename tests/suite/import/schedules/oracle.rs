//! What is supported on twenty days, by each source itself and by the schedule
//! that is made of it. What differs is named, with the rule of the source.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trainboard::import::{self, parse};
use trainboard::schedule::{Day, Schedule, When};

use super::{data, days, has_support, json, label, product, products, read, source, text};
use crate::schedules::day;

/// What a source says of a train on a day; nothing where it has no opinion.
type Says<'a> = dyn Fn(&str, Day) -> Option<bool> + 'a;

/// The trains about which a schedule and its source differ, with the days.
fn differing(
    schedule: &Schedule,
    trains: &[String],
    says: &Says<'_>,
) -> BTreeMap<String, Vec<String>> {
    let mut differing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for day in days() {
        for train in trains {
            let Some(expected) = says(train, day) else {
                continue;
            };
            let version = train.parse().unwrap();
            let row = schedule.row_of(&version, day).unwrap();
            assert_eq!(row.train().version.as_str(), train);
            if has_support(&row) != expected {
                differing
                    .entry(train.clone())
                    .or_default()
                    .push(day.to_string());
            }
        }
    }
    differing
}

#[test]
fn there_are_twenty_days() {
    let days = days();
    assert_eq!(days.len(), 20);
    assert!(days.contains(&day("2026-08-22")));
    assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
}

const COLUMNS: [(&str, &str); 4] = [
    ("isEoas", "eoasFrom"),
    ("isEol", "eolFrom"),
    ("isEoes", "eoesFrom"),
    ("isDiscontinued", "discontinuedFrom"),
];

/// What endoflife.date says: on its day by flags, on others by days, of which
/// each is the last.
fn endoflife(release: &Value, on: Day) -> bool {
    let known = |key: &str| release[key].as_str().map(day);
    if known("releaseDate").is_some_and(|release| on < release) {
        return false;
    }
    if on == day("2026-08-22") {
        let maintained = release["isMaintained"].as_bool().unwrap();
        let flags = COLUMNS.map(|(flag, _)| release[flag].as_bool());
        assert_eq!(maintained, flags.contains(&Some(false)));
        return maintained;
    }
    COLUMNS
        .iter()
        .any(|(_, last)| known(last).is_some_and(|last| on <= last))
}

/// The site says that it is not over, and gives no day: it is open until it
/// does.
const OPEN: &str = "`isEol` is false and has no day";

/// The same of extended support, beside days that are over.
const EXTENDED: &str = "`isEoes` is false and has no day";

/// Where schedules of products differ from the days of their source, and why
/// they must: a flag without a day is true on its own day, and nothing says on
/// which it would not be.
const OF_PRODUCTS: [(&str, &str, &str); 16] = [
    ("android", "14 15 16 17", OPEN),
    (
        "angular",
        "10 11 12 13 14 15 16 17 18 19 20 21 22 9",
        EXTENDED,
    ),
    ("apache-http-server", "2.4", OPEN),
    ("drupal", "7", EXTENDED),
    ("elasticsearch", "9.4 9.5", OPEN),
    ("firefox", "153 154", OPEN),
    ("go", "1.26 1.27", OPEN),
    (
        "iphone",
        "11 11-pro 11-pro-max 12 12-mini 12-pro 12-pro-max 13 13-mini 13-pro 13-pro-max \
         14 14-plus 14-pro 14-pro-max 15 15-plus 15-pro 15-pro-max 16 16-plus 16-pro 16-pro-max 16e \
         17 17-pro 17-pro-max 17e air se-2 se-3",
        OPEN,
    ),
    ("linux", "7.1 7.2", OPEN),
    ("macos", "14 15 26", OPEN),
    ("nginx", "1.30 1.31", OPEN),
    ("nodejs", "12 14 16 18 20 22", EXTENDED),
    ("react", "15 16 17 18 19", OPEN),
    ("redis", "8.10 8.4 8.6 8.8", OPEN),
    ("rust", "1.98", OPEN),
    ("terraform", "1.14 1.15", OPEN),
];

#[test]
fn every_product_is_supported_when_endoflife_says_so() {
    let mut found = Vec::new();
    let names = products();
    assert_eq!(names.len(), 40);
    for name in names {
        let schedule = read(&product(&name).unwrap());
        let source: Value = serde_json::from_str(&text(&format!("endoflife/{name}.json"))).unwrap();
        let releases = source["result"]["releases"].as_array().unwrap();
        let by_name = |train: &str| releases.iter().find(|release| release["name"] == *train);
        let trains: Vec<_> = releases
            .iter()
            .map(|release| release["name"].as_str().unwrap().to_owned())
            .collect();
        assert!(!trains.is_empty());
        let says = |train: &str, on| Some(endoflife(by_name(train).unwrap(), on));
        let differing = differing(&schedule, &trains, &says);
        for (train, _) in differing {
            let release = by_name(&train).unwrap();
            let is_open =
                |flag: &str, last: &str| release[flag] == false && release[last].is_null();
            let reason = match (is_open("isEol", "eolFrom"), is_open("isEoes", "eoesFrom")) {
                (true, _) => OPEN,
                (_, true) => EXTENDED,
                _ => "none that is known",
            };
            found.push((name.clone(), train, reason));
        }
    }
    let expected = OF_PRODUCTS.iter().flat_map(|(product, trains, reason)| {
        trains
            .split_whitespace()
            .map(move |train| (*product, train, *reason))
    });
    let expected: BTreeSet<_> = expected.collect();
    let seen = found
        .iter()
        .map(|(product, train, reason)| (&**product, &**train, *reason));
    assert_eq!(seen.collect::<BTreeSet<_>>(), expected);
}

#[test]
fn node_is_supported_when_its_schedule_says_so() {
    let imported = import::node::schedule(&json("node-schedule.json"), &label("Node.js"));
    let schedule = read(&imported.unwrap());
    let source: Value = serde_json::from_str(&text("node-schedule.json")).unwrap();
    let versions = source.as_object().unwrap();
    let trains: Vec<_> = versions.keys().cloned().collect();
    let says = |train: &str, on: Day| {
        let known = |key: &str| day(versions[train][key].as_str().unwrap());
        Some(known("start") <= on && on < known("end"))
    };
    assert_eq!(differing(&schedule, &trains, &says), BTreeMap::new());
}

/// By the files of Python: supported from the first release to the end of
/// life, of which the day or the month is the last.
fn python(first: &Value, end: &Value, is_over: bool, on: Day) -> bool {
    let end = end.as_str().unwrap();
    let month = || end[..7].parse::<When>().unwrap().last_day();
    let is_month = end.len() == 7 || end.ends_with("-01") && !is_over;
    let last = if is_month { month() } else { day(end) };
    (day(first.as_str().unwrap())..=last).contains(&on)
}

/// Where the record of releases and the field beside it differ, the record
/// counts: a day between the two would be another one. None of the twenty is.
#[test]
fn python_is_supported_when_its_files_say_so() {
    let releases: Value = serde_json::from_str(&text("python-releases.json")).unwrap();
    let cycle: Value = serde_json::from_str(&text("python-release-cycle.json")).unwrap();
    let toml = || parse::toml(&source("python-releases.toml")).unwrap();
    let (full, short) = (
        || json("python-releases.json"),
        || json("python-release-cycle.json"),
    );
    let sources = [
        vec![full()],
        vec![toml()],
        vec![full(), short()],
        vec![short(), toml()],
    ];
    let metadata = releases["metadata"].as_object().unwrap();
    let of_metadata = |train: &str, on| {
        let line = &metadata[train];
        let is_over = line["status"] == "end-of-life";
        Some(python(
            &line["first_release"],
            &line["end_of_life"],
            is_over,
            on,
        ))
    };
    for documents in sources {
        let imported = import::python::schedule(&documents, &label("Python")).unwrap();
        let trains: Vec<_> = metadata.keys().cloned().collect();
        let differing = differing(&read(&imported), &trains, &of_metadata);
        assert_eq!(differing, BTreeMap::new());
    }
    let of_cycle = |train: &str, on| {
        let line = &cycle[train];
        let is_over = line["status"] == "end-of-life";
        Some(python(
            &line["first_release"],
            &line["end_of_life"],
            is_over,
            on,
        ))
    };
    let imported = import::python::schedule(&[short()], &label("Python")).unwrap();
    let trains: Vec<_> = cycle.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        differing(&read(&imported), &trains, &of_cycle),
        BTreeMap::new()
    );
}

#[test]
fn kubernetes_is_supported_when_its_files_say_so() {
    let yaml = |path: &str| -> Value { serde_saphyr::from_str(&text(path)).unwrap() };
    let (schedule, ended) = (
        yaml("kubernetes-schedule.yaml"),
        yaml("kubernetes-eol.yaml"),
    );
    let lists = [&schedule["schedules"], &ended["branches"]].map(|list| list.as_array().unwrap());
    let all: BTreeMap<_, _> = lists
        .into_iter()
        .flatten()
        .map(|entry| (entry["release"].as_str().unwrap().to_owned(), entry))
        .collect();
    let says = |train: &str, on: Day| {
        let known = |key: &str| all[train][key].as_str().map(day);
        let is_out = known("releaseDate").is_none_or(|release| release <= on);
        Some(is_out && on <= known("endOfLifeDate").unwrap())
    };
    let parsed = |path| parse::yaml(&source(path)).unwrap();
    let documents = [
        parsed("kubernetes-eol.yaml"),
        parsed("kubernetes-schedule.yaml"),
    ];
    let imported = import::kubernetes::schedule(&documents, &label("Kubernetes")).unwrap();
    let trains: Vec<_> = all.keys().cloned().collect();
    assert!(trains.contains(&"1.30".to_owned()));
    assert_eq!(differing(&read(&imported), &trains, &says), BTreeMap::new());
}

#[test]
fn dotnet_is_supported_when_its_index_says_so() {
    let path = "dotnet-releases-index.json";
    assert!(data(path).exists());
    let source: Value = serde_json::from_str(&text(path)).unwrap();
    let channels: BTreeMap<_, _> = source["releases-index"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["channel-version"].as_str().unwrap().to_owned(), entry))
        .collect();
    let says = |train: &str, on: Day| {
        let channel = channels[train];
        let is_out = channel["support-phase"] != "preview";
        let last = channel["eol-date"].as_str().map(day);
        Some(is_out && last.is_none_or(|last| on <= last))
    };
    let imported = import::dotnet::schedule(&json(path), &label(".NET")).unwrap();
    let trains: Vec<_> = channels.keys().cloned().collect();
    assert_eq!(differing(&read(&imported), &trains, &says), BTreeMap::new());
}
