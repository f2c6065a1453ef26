//! What each source itself says of its trains, and what the schedule says that is
//! made of it: on the day before, the day of and the day after each date of the
//! source. What differs is named, with the reason.

use std::collections::BTreeMap;

use serde_json::Value;
use trainboard::diagnostic::Source;
use trainboard::import::{self, parse};
use trainboard::schedule::{Day, Schedule, When};
use trainboard::views::feeds::{self, SitePlace};

use super::{AS_OF, Support, boundaries, json, label, product, products, read, read_trusting};
use super::{source, text};
use crate::schedules::day;

/// When something ends, as a source says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    /// On that day, of which it is the last.
    Day(Day),
    /// It is not over; until the source says when, it lasts.
    Open,
    /// It never was, or it is over since nobody knows when.
    Unknown,
}

impl Last {
    fn lasts(self, on: Day) -> bool {
        match self {
            Self::Day(last) => on <= last,
            Self::Open => true,
            Self::Unknown => false,
        }
    }
}

/// What a source says of one train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// The first day on which it is out; none where it always was.
    pub(crate) release: Option<Day>,
    pub(crate) ordinary: Last,
    pub(crate) extended: Last,
}

/// The first day of what is not out, and of which no day is known.
const SOME_DAY: &str = "9999-12-31";

impl Told {
    /// Of a source that knows no extended support.
    pub(crate) fn ordinary(release: Option<Day>, ordinary: Last) -> Self {
        let extended = Last::Unknown;
        Self {
            release,
            ordinary,
            extended,
        }
    }

    pub(crate) fn on(&self, on: Day) -> Support {
        let ends = [self.ordinary, self.extended];
        if ends == [Last::Unknown; 2] {
            // Over on every day, since nobody knows on which it was not.
            Support::Over
        } else if self.release.is_some_and(|release| on < release) {
            Support::NotYet
        } else if self.ordinary.lasts(on) {
            Support::Ordinary
        } else if self.extended.lasts(on) {
            Support::Extended
        } else {
            Support::Over
        }
    }
}

/// The trains of which a schedule says something else than its source, with
/// the days.
pub(crate) fn differing(
    schedule: &Schedule,
    told: &BTreeMap<String, Told>,
    source: &Value,
) -> BTreeMap<String, Vec<String>> {
    let days = boundaries(source);
    assert!(!told.is_empty() && days.len() > 9);
    let mut differing = BTreeMap::new();
    for (name, told) in told {
        let version = name.parse().unwrap();
        let train = schedule.train_of(&version).unwrap();
        assert_eq!(train.version.as_str(), name);
        let row = schedule.row_of(&version, day(AS_OF)).unwrap();
        assert_eq!(row.status(), train.status(day(AS_OF)));
        let differ = days.iter().filter_map(|on| {
            let (theirs, ours) = (told.on(*on), Support::of(&train, *on));
            (ours != theirs).then(|| format!("{on}: {theirs:?} there, {ours:?} here"))
        });
        let differ: Vec<_> = differ.collect();
        if !differ.is_empty() {
            differing.insert(name.clone(), differ);
        }
    }
    differing
}

#[track_caller]
fn agrees(schedule: &Schedule, told: &BTreeMap<String, Told>, source: &Value) {
    assert_eq!(differing(schedule, told, source), BTreeMap::new());
}

/// What endoflife.date says: ordinary support until `isEol`, then extended until
/// `isEoes`. On its own day the flags say it, too.
pub(crate) fn cycle(release: &Value) -> Told {
    let known = |key: &str| release[key].as_str().map(day);
    let end = |flag: &str, from: &str| match (known(from), release[flag].as_bool()) {
        (Some(last), _) => Last::Day(last),
        (None, Some(false)) => Last::Open,
        (None, _) => Last::Unknown,
    };
    let told = Told {
        release: known("releaseDate"),
        ordinary: end("isEol", "eolFrom"),
        extended: end("isEoes", "eoesFrom"),
    };
    let flags = [&release["isEol"], &release["isEoes"]].map(Value::as_bool);
    let expected = match flags {
        [Some(false), _] => Support::Ordinary,
        [Some(true), Some(false)] => Support::Extended,
        _ => Support::Over,
    };
    assert_eq!(told.on(day(AS_OF)), expected, "{release}");
    let is_maintained = expected != Support::Over;
    assert_eq!(release["isMaintained"], is_maintained, "{release}");
    told
}

/// What endoflife.date says of a product, and its file.
pub(crate) fn endoflife(name: &str) -> (BTreeMap<String, Told>, Value) {
    let source: Value = serde_json::from_str(&text(&format!("endoflife/{name}.json"))).unwrap();
    let releases = source["result"]["releases"].as_array().unwrap();
    let named = |release: &Value| release["name"].as_str().unwrap().to_owned();
    let told = releases
        .iter()
        .map(|release| (named(release), cycle(release)));
    let told: BTreeMap<_, _> = told.collect();
    assert_eq!(told.len(), releases.len());
    (told, source)
}

#[test]
fn every_product_gives_the_support_that_endoflife_says() {
    let names = products();
    assert_eq!(names.len(), 40);
    for name in names {
        let schedule = read_trusting(product(&name).unwrap());
        let (told, source) = endoflife(&name);
        agrees(&schedule, &told, &source);
    }
}

#[test]
fn node_is_supported_when_its_schedule_says_so() {
    let imported = import::node::schedule(&json("node-schedule.json"), &label("Node.js"));
    let (told, source) = node();
    agrees(&read_trusting(imported.unwrap()), &told, &source);
}

/// What the schedule of Node.js says, and its file.
pub(crate) fn node() -> (BTreeMap<String, Told>, Value) {
    let source: Value = serde_json::from_str(&text("node-schedule.json")).unwrap();
    let versions = source.as_object().unwrap().iter();
    let told = versions.map(|(name, version)| {
        let known = |key: &str| day(version[key].as_str().unwrap());
        let last = known("end").previous().unwrap();
        let told = Told::ordinary(Some(known("start")), Last::Day(last));
        (name.clone(), told)
    });
    (told.collect(), source)
}

/// By the files of Python: supported from the first release to the end of
/// life, of which the day or the month is the last. On the day of the files the
/// status says it, too.
fn line(line: &Value) -> Told {
    let (end, status) = (line["end_of_life"].as_str().unwrap(), &line["status"]);
    let month = || end[..7].parse::<When>().unwrap().last_day();
    let is_over = status == "end-of-life";
    let is_month = end.len() == 7 || end.ends_with("-01") && !is_over;
    let last = if is_month { month() } else { day(end) };
    let release = day(line["first_release"].as_str().unwrap());
    let told = Told::ordinary(Some(release), Last::Day(last));
    let expected = match status.as_str().unwrap() {
        "bugfix" | "security" => Support::Ordinary,
        "end-of-life" => Support::Over,
        _ => Support::NotYet,
    };
    assert_eq!(told.on(day(AS_OF)), expected, "{line}");
    told
}

fn lines(lines: &Value) -> BTreeMap<String, Told> {
    let lines = lines.as_object().unwrap().iter();
    lines.map(|(name, of)| (name.clone(), line(of))).collect()
}

/// What the list of Python's releases says, and its file.
pub(crate) fn python() -> (BTreeMap<String, Told>, Value) {
    let releases: Value = serde_json::from_str(&text("python-releases.json")).unwrap();
    (lines(&releases["metadata"]), releases)
}

#[test]
fn python_is_supported_when_its_files_say_so() {
    let (told, releases) = python();
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
    for documents in sources {
        let imported = import::python::schedule(&documents, &label("Python")).unwrap();
        let differing = differing(&read_trusting(imported), &told, &releases);
        // The list records its release a month later, and a record counts.
        let differing: Vec<_> = differing.into_iter().collect();
        let [(name, days)] = &differing[..] else {
            panic!("{differing:#?}");
        };
        assert_eq!(name, "2.3");
        assert_eq!(days[0], "2003-06-29: Ordinary there, NotYet here");
        assert_eq!(
            days[days.len() - 1],
            "2003-07-28: Ordinary there, NotYet here"
        );
    }
    let imported = import::python::schedule(&[short()], &label("Python")).unwrap();
    agrees(&read_trusting(imported), &lines(&cycle), &cycle);
}

/// What the two files of Kubernetes say, and both.
pub(crate) fn kubernetes() -> (BTreeMap<String, Told>, Value) {
    let yaml = |path: &str| -> Value { serde_saphyr::from_str(&text(path)).unwrap() };
    let ended = yaml("kubernetes-eol.yaml");
    let schedule = yaml("kubernetes-schedule.yaml");
    let lists = [&ended["branches"], &schedule["schedules"]].map(|list| list.as_array().unwrap());
    let told = lists.into_iter().flatten().map(|entry| {
        let known = |key: &str| entry[key].as_str().map(day);
        let last = Last::Day(known("endOfLifeDate").unwrap());
        let name = entry["release"].as_str().unwrap().to_owned();
        (name, Told::ordinary(known("releaseDate"), last))
    });
    let told: BTreeMap<_, _> = told.collect();
    assert!(told.contains_key("1.30"));
    (told, Value::Array(vec![ended, schedule]))
}

#[test]
fn kubernetes_is_supported_when_its_files_say_so() {
    let (told, both) = kubernetes();
    let parsed = |path| parse::yaml(&source(path)).unwrap();
    let documents = [
        parsed("kubernetes-eol.yaml"),
        parsed("kubernetes-schedule.yaml"),
    ];
    let imported = import::kubernetes::schedule(&documents, &label("Kubernetes")).unwrap();
    agrees(&read_trusting(imported), &told, &both);
}

#[test]
fn dotnet_is_supported_when_its_index_says_so() {
    let path = "dotnet-releases-index.json";
    let source: Value = serde_json::from_str(&text(path)).unwrap();
    let channels = source["releases-index"].as_array().unwrap().iter();
    let told = channels.map(|channel| {
        let last = channel["eol-date"].as_str().map(day);
        let phase = channel["support-phase"].as_str().unwrap();
        let is_out = phase != "preview";
        let release = (!is_out).then(|| day(SOME_DAY));
        let told = Told::ordinary(release, last.map_or(Last::Open, Last::Day));
        let expected = match phase {
            "preview" => Support::NotYet,
            "eol" => Support::Over,
            _ => Support::Ordinary,
        };
        assert_eq!(told.on(day(AS_OF)), expected, "{channel}");
        (
            channel["channel-version"].as_str().unwrap().to_owned(),
            told,
        )
    });
    let imported = import::dotnet::schedule(&json(path), &label(".NET")).unwrap();
    agrees(&read_trusting(imported), &told.collect(), &source);
}

/// What is published as a product is read again as what it was.
#[test]
fn a_product_of_our_own_gives_the_same_support() {
    for name in products() {
        let schedule = read_trusting(product(&name).unwrap());
        let board = schedule.all_at(day(AS_OF)).unwrap();
        let published = feeds::api(&board, &SitePlace::default());
        let document = parse::json(&Source::new("api.json", &*published)).unwrap();
        let again = import::endoflife::schedule(&document, &label(&name)).unwrap();
        assert_eq!(again.draft.trains.len(), board.trains().count(), "{name}");
        let again = read_trusting(again);
        let days = boundaries(&serde_json::from_str(&published).unwrap());
        for row in board.trains() {
            let train = again.train_of(&row.train().version).unwrap();
            assert_eq!(train.version, row.train().version);
            for on in &days {
                let [ours, theirs] = [row.train(), &*train].map(|train| Support::of(train, *on));
                assert_eq!(ours, theirs, "{name} {} {on}", train.version);
            }
        }
    }
}

/// Until somebody records it: no source says that what it plans will be so.
#[test]
fn a_train_that_a_source_plans_is_due_when_its_day_has_come() {
    let node = || import::node::schedule(&json("node-schedule.json"), &label("Node.js")).unwrap();
    let (confirmed, trusting) = (read(node()), read_trusting(node()));
    let planned = confirmed.at(day(AS_OF)).unwrap();
    let planned = planned.next().unwrap().train().clone();
    assert_eq!(planned.version.as_str(), "v27");
    let release = planned.release.when().unwrap().day().unwrap();
    let eve = release.previous().unwrap();
    let status = |schedule: &Schedule, on| {
        let row = schedule.row_of(&planned.version, on).unwrap();
        (row.status().as_str(), row.is_by_plan())
    };
    assert_eq!(status(&confirmed, eve), status(&trusting, eve));
    assert_eq!(status(&confirmed, release), ("due", false));
    assert_eq!(status(&trusting, release), ("supported", true));
}
