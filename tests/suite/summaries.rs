//! What the summary says of each product of endoflife.date, read by program and
//! held against what the site says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trainboard::diagnostic::Source;
use trainboard::import::{self, Imported, parse};
use trainboard::input::written;
use trainboard::schedule::{Day, Schedule, Version};
use trainboard::views::summary;
use trainboard::views::table::{self, Columns};

use crate::import::schedules::oracle::{Told, cycle};
use crate::import::schedules::{AS_OF, Support, products, read, read_trusting, text};
use crate::schedules::{WASMTIME_RULES, day, schedule};

const DAYS: [&str; 5] = [
    "2023-06-30",
    "2025-10-14",
    AS_OF,
    "2027-05-01",
    "2029-11-13",
];

/// A day on which many of the trains were still planned.
const EARLY: &str = "2024-06-15";

/// A train that a summary names, and whether it is told to be out by plan.
type Mention = (String, bool);

/// What a summary says, by the labels of trains.
#[derive(Debug, Default)]
struct Said {
    current: Option<Mention>,
    lts: Option<Mention>,
    also: BTreeSet<Mention>,
    extended: BTreeSet<Mention>,
    due: BTreeSet<String>,
}

impl Said {
    fn read(summary: &str, project: &str) -> Self {
        let mut said = Self::default();
        for sentence in summary.trim_end().split("\n\n") {
            let sentence = sentence.strip_suffix('.').unwrap();
            if let Some((train, rest)) = sentence.split_once(" is the current release") {
                let label = train.strip_prefix(project).unwrap_or(train).trim_start();
                said.current = Some(mention(&format!("{label}{rest}")));
                let advised = rest.split_once("; for long-term support choose ");
                let mut parts = rest.split("; ");
                let told = parts.find(|part| part.contains(", which is earlier"));
                said.lts = advised.map(|(_, lts)| lts).or(told).map(mention);
                if rest.contains(" and has long-term support") {
                    said.lts.clone_from(&said.current);
                }
            } else if let Some(list) = sentence.strip_prefix("Also supported: ") {
                said.also = mentions(list);
            } else if let Some(list) = sentence.strip_prefix("Extended support only: ") {
                said.extended = mentions(list);
            } else if let Some((train, rest)) = sentence.split_once(" is due since ") {
                assert!(rest.ends_with(", not recorded"), "{sentence}");
                said.due.insert(train.to_owned());
            } else {
                let none = format!("No release of {project} is supported");
                let others = sentence == none || sentence.starts_with("Next comes ");
                assert!(others, "{sentence}");
            }
        }
        said
    }
}

/// A label, what says that it is by plan, and until when it is supported.
fn mention(text: &str) -> Mention {
    let ends = [
        " (by plan)",
        " and has",
        " has long-term",
        ", supported",
        " through ",
        " with no end",
    ];
    let ends = ends.iter().filter_map(|end| text.find(end));
    let (label, rest) = text.split_at(ends.min().unwrap());
    (label.to_owned(), rest.starts_with(" (by plan)"))
}

fn mentions(list: &str) -> BTreeSet<Mention> {
    let items = list.split(", ").flat_map(|items| items.split(" and "));
    items.map(mention).collect()
}

/// A train of the source.
struct Train {
    version: Version,
    told: Told,
    /// Whether a fact says that it comes out.
    is_confirmed: bool,
}

/// The trains of a product, of which releases up to that day are facts. One
/// that is out shows that all before it are.
fn trains(product: &Value, facts_until: Day) -> Vec<Train> {
    let releases = product["result"]["releases"].as_array().unwrap();
    let train = |release: &Value| Train {
        version: release["name"].as_str().unwrap().parse().unwrap(),
        told: cycle(release),
        is_confirmed: false,
    };
    let mut trains: Vec<_> = releases.iter().map(train).collect();
    let is_out = |train: &&Train| train.told.release.is_none_or(|day| day <= facts_until);
    let newest = trains.iter().filter(is_out).map(|train| &train.version);
    let newest = newest.max().cloned();
    for train in &mut trains {
        train.is_confirmed = newest
            .as_ref()
            .is_some_and(|newest| train.version <= *newest);
    }
    trains
}

/// How a schedule tells a planned day that has come.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Confirmed,
    Trusting,
    /// Without any fact.
    Plain,
}

impl Reading {
    fn schedule(self, imported: Imported) -> Schedule {
        match self {
            Self::Confirmed => read(imported),
            Self::Trusting => read_trusting(imported),
            Self::Plain => {
                let mut draft = imported.draft;
                draft.releases.clear();
                schedule(&written::schedule(&draft, &imported.about))
            }
        }
    }

    /// What a train gives on a day; none where it is due.
    fn support(self, train: &Train, on: Day) -> Option<Support> {
        let support = train.told.on(on);
        let is_due = self == Self::Confirmed && !train.is_confirmed && support != Support::NotYet;
        (!is_due).then_some(support)
    }

    fn mention(self, train: &Train) -> Mention {
        let is_by_plan = self == Self::Trusting && !train.is_confirmed;
        (train.version.to_string(), is_by_plan)
    }
}

#[track_caller]
fn holds(said: &Said, trains: &[Train], reading: Reading, on: Day, summary: &str) {
    let with = |support| {
        let trains = trains.iter();
        trains.filter(move |train| reading.support(train, on) == support)
    };
    let mentions = |support| -> BTreeSet<_> {
        let trains = with(Some(support));
        trains.map(|train| reading.mention(train)).collect()
    };
    let newest =
        with(Some(Support::Ordinary)).max_by_key(|train| (train.told.release, &train.version));
    assert_eq!(
        said.current,
        newest.map(|train| reading.mention(train)),
        "{on}: {summary}"
    );
    let ordinary = mentions(Support::Ordinary);
    assert!(
        said.lts.as_ref().is_none_or(|lts| ordinary.contains(lts)),
        "{on}: {summary}"
    );
    let chosen: BTreeSet<_> = said.current.iter().chain(&said.lts).cloned().collect();
    assert_eq!(said.also, &ordinary - &chosen, "{on}: {summary}");
    assert_eq!(
        said.extended,
        mentions(Support::Extended),
        "{on}: {summary}"
    );
    let due: BTreeSet<_> = with(None).map(|train| train.version.to_string()).collect();
    assert!(said.due.is_subset(&due), "{on}: {summary}");
    assert_eq!(said.due.len(), due.len().min(3), "{on}: {summary}");
}

/// All products, as they were on that day.
fn each(as_of: &str, reading: Reading) -> BTreeMap<&'static str, usize> {
    let mut seen = BTreeMap::new();
    for name in products() {
        let text = text(&format!("endoflife/{name}.json"));
        let product: Value = serde_json::from_str(&text).unwrap();
        let then = text.replacen(AS_OF, as_of, 1);
        assert!(then.contains(&format!("\"generated_at\": \"{as_of}T")));
        let document = parse::json(&Source::new("product.json", then)).unwrap();
        let imported = import::endoflife::schedule(&document, &name.parse().unwrap()).unwrap();
        let schedule = reading.schedule(imported);
        let trains = trains(&product, day(as_of));
        for on in DAYS.map(day) {
            let board = schedule.at(on).unwrap();
            let summary = summary::text(&board);
            let said = Said::read(&summary, &board.project().name);
            holds(&said, &trains, reading, on, &summary);
            let told = said.current.iter().chain(&said.also).chain(&said.extended);
            *seen.entry("by plan").or_default() += told.filter(|(_, by_plan)| *by_plan).count();
            *seen.entry("due").or_default() += said.due.len();
            *seen.entry("extended").or_default() += said.extended.len();
            *seen.entry("lts").or_default() += usize::from(said.lts.is_some());
        }
    }
    seen
}

#[test]
fn a_summary_says_what_the_source_says() {
    let seen = each(AS_OF, Reading::Confirmed);
    assert!(seen["extended"] > 0 && seen["lts"] > 0, "{seen:?}");
    assert_eq!([seen["due"], seen["by plan"]], [0, 0]);
}

#[test]
fn a_train_that_nothing_confirms_is_due_and_not_supported() {
    let seen = each(EARLY, Reading::Confirmed);
    assert!(seen["due"] > 0, "{seen:?}");
    assert_eq!(seen["by plan"], 0);
}

#[test]
fn a_train_that_nothing_confirms_is_supported_by_plan_for_who_trusts_plans() {
    let seen = each(EARLY, Reading::Trusting);
    assert!(seen["by plan"] > 0, "{seen:?}");
    assert_eq!(seen["due"], 0);
}

#[test]
fn written_days_without_any_fact_are_told_plainly() {
    let seen = each(EARLY, Reading::Plain);
    assert_eq!([seen["due"], seen["by plan"]], [0, 0]);
}

/// Nothing is ever recorded here, so all that is told of a train that is out is
/// by plan.
#[test]
fn a_schedule_without_facts_says_once_that_all_is_by_plan() {
    let schedule = schedule(WASMTIME_RULES);
    for on in DAYS[1..].iter().map(|text| day(text)) {
        let board = schedule.at(on).unwrap();
        let summary = summary::text(&board);
        assert!(summary.contains(" is the current release"), "{summary}");
        assert!(!summary.contains("by plan"), "{summary}");
        let table = table::text(&board, &Columns::default(), false);
        let (caption, rows) = table.split_once("\n\n").unwrap();
        assert!(caption.contains(", by plan. "), "{caption}");
        assert!(!rows.contains("by plan"), "{rows}");
    }
}
