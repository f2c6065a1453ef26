//! `trainboard import node`, `python`, `endoflife`, `kubernetes`, `dotnet`:
//! somebody else's schedule as ours.

mod hostile;
pub(crate) mod oracle;
mod product;
mod says;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use trainboard::diagnostic::Source;
use trainboard::import::{self, Document, Imported, parse};
use trainboard::input::{ReadError, written};
use trainboard::schedule::{Day, Label, Plans, Schedule, Status, Train, When};

use crate::schedules::{day, schedule};

/// The day of the files that are here.
pub(crate) const AS_OF: &str = "2026-08-22";

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(data(path)).unwrap()
}

fn source(path: &str) -> Arc<Source> {
    Source::of_file(path, &text(path))
}

fn json(path: &str) -> Document {
    parse::json(&source(path)).unwrap()
}

fn label(text: &str) -> Label {
    text.parse().unwrap()
}

/// The names of the products that are here.
fn products() -> Vec<String> {
    let files = fs::read_dir(data("endoflife")).unwrap();
    let names = files.map(|file| file.unwrap().path());
    let mut names: Vec<_> = names
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn product(name: &str) -> Result<Imported, ReadError> {
    let document = json(&format!("endoflife/{name}.json"));
    import::endoflife::schedule(&document, &label(name))
}

/// The schedules of all products that are here, by name.
pub(crate) fn of_products() -> impl Iterator<Item = (String, Schedule)> {
    products().into_iter().map(|name| {
        let schedule = read(product(&name).unwrap());
        (name, schedule)
    })
}

/// What is written, read again.
#[track_caller]
fn read(imported: Imported) -> Schedule {
    let imported = imported.with_facts_until(day(AS_OF));
    schedule(&written::schedule(&imported.draft, &imported.about))
}

/// The same, by somebody who takes plans for what will be, as sources do.
#[track_caller]
fn read_trusting(mut imported: Imported) -> Schedule {
    imported.draft.project.plans = Some(Plans::Trusted);
    read(imported)
}

/// What a train gives its users on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    NotYet,
    Ordinary,
    Extended,
    Over,
}

impl Support {
    pub(crate) fn of(train: &Train, on: Day) -> Self {
        match train.status(on) {
            Status::Planned | Status::Stabilising | Status::Due => Self::NotYet,
            Status::Supported => Self::Ordinary,
            Status::Extended => Self::Extended,
            Status::Ended => Self::Over,
        }
    }
}

/// The days around each date that stands in a value, and around the last day of
/// its month; and the day of the files.
fn boundaries(value: &Value) -> BTreeSet<Day> {
    let mut dates = vec![day(AS_OF)];
    collect_dates(value, &mut dates);
    let ends = dates.iter().map(|day| day.last_of_month());
    let dates: BTreeSet<_> = dates.iter().copied().chain(ends).collect();
    let around = |day: Day| [day.previous(), Some(day), day.next()];
    dates.into_iter().flat_map(around).flatten().collect()
}

fn collect_dates(value: &Value, dates: &mut Vec<Day>) {
    match value {
        Value::String(text) if text.len() >= "2026-08".len() => {
            let when = text.parse::<When>();
            dates.extend(
                when.iter()
                    .flat_map(|when| [when.first_day(), when.last_day()]),
            );
        }
        Value::Array(values) => values.iter().for_each(|value| collect_dates(value, dates)),
        Value::Object(values) => values
            .values()
            .for_each(|value| collect_dates(value, dates)),
        _ => {}
    }
}
