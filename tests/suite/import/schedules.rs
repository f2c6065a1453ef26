//! `trainboard import node`, `python`, `endoflife`, `kubernetes`, `dotnet`:
//! somebody else's schedule as ours.

mod hostile;
mod oracle;
mod product;
mod says;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use trainboard::diagnostic::Source;
use trainboard::import::{self, Document, Imported, parse};
use trainboard::input::{ReadError, written};
use trainboard::schedule::{Day, Label, Row, Schedule, Status};

use crate::schedules::{day, schedule};

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

/// Whether there is any support, be it paid for: what sources call supported.
fn has_support(row: &Row) -> bool {
    matches!(row.status(), Status::Supported | Status::Extended)
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
        let imported = product(&name).unwrap();
        (name, read(&imported))
    })
}

/// What is written, read again.
#[track_caller]
fn read(imported: &Imported) -> Schedule {
    schedule(&written::schedule(&imported.draft, &imported.about))
}

/// Twenty days from 2010 to 2032, and the day on which the flags were true.
fn days() -> Vec<Day> {
    let years = (2010..=2032).step_by(2);
    let mut days: Vec<_> = years
        .map(|year| format!("{year}-{:02}-{:02}", 1 + year % 12, 1 + year % 28))
        .collect();
    days.extend(
        [
            "2019-12-31",
            "2023-06-30",
            "2025-10-14",
            "2026-08-21",
            "2026-08-22",
            "2026-08-23",
            "2027-05-01",
            "2029-11-13",
        ]
        .map(str::to_owned),
    );
    days.sort();
    days.iter().map(|text| day(text)).collect()
}
