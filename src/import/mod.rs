//! Importing: releases that somebody recorded elsewhere, in tags or a
//! changelog, and whole schedules that other projects write.
//!
//! A file of somebody else's is parsed to a [`Document`] of plain values. Its
//! importer, such as [`node`], is one module: the shape of the source, and then
//! what of it becomes a train. What cannot be said in a schedule, and where the
//! source contradicts itself, is gathered in a report.

mod builder;
pub mod changelog;
mod document;
mod door;
pub mod dotnet;
pub mod endoflife;
mod entry;
pub mod extend;
pub mod git;
pub mod kubernetes;
pub mod node;
pub mod parse;
pub mod product;
pub mod python;
mod records;
mod report;
pub mod tags;
mod timeline;

use std::collections::HashSet;
use std::mem;

pub use document::{Document, SourcePlace, Value, ValueKind};
pub use door::{Target, read};
pub use records::{Comparison, Released, compare};

use crate::diagnostic::{Diagnostic, Severity};
use crate::input::{ReadError, written};
use crate::schedule::{self, Day, Draft, Finding, Schedule, When};

/// Somebody else's schedule as ours.
#[derive(Debug)]
pub struct Imported {
    /// All of it that can be said in a schedule.
    pub draft: Draft,
    /// Where it is from and how it is meant: paragraphs for the top of the
    /// file.
    pub about: Vec<String>,
    /// The day of the source, where it has one: up to it, its days are facts.
    pub as_of: Option<Day>,
    /// What cannot be said, and where the source contradicts itself.
    pub reports: Vec<Diagnostic>,
}

impl Imported {
    /// The same, in which a release is a fact up to the day of the source, or up
    /// to `today` where it has none, and a plan after it.
    #[must_use]
    pub fn with_facts_until(mut self, today: Day) -> Self {
        let as_of = self.as_of.unwrap_or(today);
        self.leave_out_after(as_of);
        let recorded = self.draft.releases.iter();
        let recorded: HashSet<_> = recorded.map(|fact| fact.version.release_key()).collect();
        for train in &mut self.draft.trains {
            let day = train
                .release
                .and_then(When::day)
                .filter(|day| *day <= as_of);
            let is_recorded = recorded.contains(&train.version.release_key());
            if let Some(day) = day.filter(|_| !is_recorded) {
                (train.release, train.released) = (None, schedule::Released::On(day));
            }
        }
        self
    }

    /// Takes releases after that day out of what is recorded. Of the first of a
    /// train there is still the plan; others are told.
    fn leave_out_after(&mut self, as_of: Day) {
        let releases = mem::take(&mut self.draft.releases).into_iter();
        let (recorded, later): (Vec<_>, Vec<_>) = releases.partition(|fact| fact.date <= as_of);
        self.draft.releases = recorded;
        let trains = self.draft.trains.iter();
        let planned = trains.filter(|train| train.release.is_some());
        let planned: HashSet<_> = planned.map(|train| train.version.release_key()).collect();
        let others = later.iter().map(|fact| &fact.version);
        let others = others.filter(|version| !planned.contains(&version.release_key()));
        let others: Vec<_> = others.map(|version| format!("`{version}`")).collect();
        if !others.is_empty() {
            let title = format!(
                "releases after {as_of} are planned, and only what is out can be recorded: {}",
                some_of(&others)
            );
            self.reports.push(Diagnostic::warning("left-out", title));
        }
    }

    /// The text of a `schedule.toml`, which says at its top where it is from
    /// and what is not in it.
    ///
    /// # Errors
    ///
    /// Why what the source says is no schedule: what is written must be what
    /// can be read.
    pub fn text(&self) -> Result<String, ReadError> {
        Schedule::new(self.draft.clone()).map_err(unsound)?;
        let mut about = self.about.clone();
        if !self.reports.is_empty() {
            let what =
                "What the source has and this file has not, and where it contradicts itself:";
            about.push(what.to_owned());
        }
        let reports = self.reports.iter();
        about.extend(reports.map(|report| format!("- {}", report.title)));
        Ok(written::schedule(&self.draft, &about))
    }
}

/// The errors among findings. They have no places in a file yet.
fn unsound(findings: Vec<Finding>) -> ReadError {
    let errors = findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| Diagnostic::error(finding.code, finding.title));
    ReadError::Content(errors.collect())
}

/// The first few of many names: `a, b, c and 20 more`.
pub fn some_of<T: AsRef<str>>(names: &[T]) -> String {
    const FEW: usize = 6;
    let mut shown: Vec<_> = names.iter().map(|name| name.as_ref().to_owned()).collect();
    if names.len() > FEW {
        shown.truncate(FEW - 1);
        shown.push(format!("{} more", names.len() - shown.len()));
    }
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => shown.concat(),
    }
}

/// What may stand in a version that is found in other text.
fn is_version_text(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_cut_short() {
        let names: Vec<_> = (1..=30).map(|n| n.to_string()).collect();
        assert_eq!(some_of(&names[..1]), "1");
        assert_eq!(some_of(&names[..2]), "1 and 2");
        assert_eq!(some_of(&names[..6]), "1, 2, 3, 4, 5 and 6");
        assert_eq!(some_of(&names), "1, 2, 3, 4, 5 and 25 more");
    }
}
