//! Releases as somebody recorded them, beside those of a schedule.

use std::collections::HashMap;

use super::document::SourcePlace;
use super::some_of;
use crate::diagnostic::Diagnostic;
use crate::input::schedule::{Read, locate};
use crate::schedule::{self, Day, Finding, ReleaseEntry, Version};

/// The finding that two records of one release name different days.
const DATE_DIFFERS: &str = "date-differs";

/// A release as somebody recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// Its version, without a `v`.
    pub version: Version,
    /// The day it was published, in UTC.
    pub date: Day,
    /// Where that stands, if it stands in a text.
    pub place: Option<SourcePlace>,
}

impl Released {
    /// The diagnostic, with the place of this record added to it.
    fn told(&self, diagnostic: Diagnostic, label: &str) -> Diagnostic {
        match &self.place {
            Some(place) => place.told(diagnostic, label),
            None => diagnostic,
        }
    }
}

/// What a schedule lacks, and where it says something else.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The facts that it lacks, by day and then by version. Imported day by
    /// day or at once, they come in the same order.
    pub missing: Vec<ReleaseEntry>,
    /// Facts that have another day in the records, releases of which the
    /// records themselves say two things, and those that ride on no train.
    pub warnings: Vec<Diagnostic>,
}

/// Looks up releases in a schedule. `witness` is who says so, with a verb:
/// `the tags say`.
pub fn compare(read: &Read, mut releases: Vec<Released>, witness: &str) -> Comparison {
    releases.sort_by_cached_key(|released| {
        let is_final = !released.version.is_pre_release();
        (released.date, is_final, released.version.clone())
    });
    let mut facts: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for (n, fact) in read.schedule.facts().iter().enumerate() {
        facts.entry(fact.version.release_key()).or_default().push(n);
    }
    let mut first: HashMap<Vec<&str>, &Released> = HashMap::new();
    let mut strays = Vec::new();
    let mut comparison = Comparison::default();
    for released in &releases {
        let key = released.version.release_key();
        if let Some(known) = facts.get(&key) {
            let differing = differing(read, known, released, witness);
            comparison.warnings.extend(differing);
        } else if let Some(earlier) = first.get(&key) {
            let doubtful = doubtful(earlier, released, witness);
            comparison.warnings.extend(doubtful);
        } else {
            first.insert(key, released);
            if read.schedule.has_train_for(&released.version) {
                let fact = ReleaseEntry::new(released.version.clone(), released.date);
                comparison.missing.push(fact);
            } else {
                strays.push(released);
            }
        }
    }
    comparison.warnings.extend(strayed(&strays));
    comparison
}

fn differing(
    read: &Read,
    known: &[usize],
    released: &Released,
    witness: &str,
) -> Option<Diagnostic> {
    let facts = read.schedule.facts();
    let is_right = |n: &usize| {
        let fact = &facts[*n];
        fact.date == released.date || fact.allow.0.iter().any(|code| code == DATE_DIFFERS)
    };
    let n = *known.first().filter(|_| !known.iter().any(is_right))?;
    let fact = &facts[n];
    let title = format!(
        "release `{}` is recorded on {}, and {witness} {}",
        fact.version, fact.date, released.date
    );
    let place = schedule::Place::item("release", n).key("date");
    let finding = Finding::warning(DATE_DIFFERS, title)
        .at(place, "recorded here")
        .help(
            "correct the one that is wrong; if both are as they should be, \
             allow `date-differs` here and say why in a `note`",
        );
    let warning = locate(&read.source, &finding);
    Some(released.told(warning, "the other day"))
}

fn doubtful(first: &Released, again: &Released, witness: &str) -> Option<Diagnostic> {
    let title = format!(
        "of release `{}` {witness} both {} and {}",
        again.version, first.date, again.date
    );
    let warning = Diagnostic::warning(DATE_DIFFERS, title);
    let warning = again.told(warning, "the later day");
    let warning = first.told(warning, "the day that is taken");
    (first.date != again.date).then_some(warning)
}

/// Says in one warning which releases fit no train.
fn strayed(strays: &[&Released]) -> Option<Diagnostic> {
    let first = strays.first()?;
    let names: Vec<_> = strays
        .iter()
        .map(|stray| format!("`{}`", stray.version))
        .collect();
    let title = match &*names {
        [name] => format!("release {name} fits no train"),
        names => format!("{} releases fit no train: {}", names.len(), some_of(names)),
    };
    let warning = Diagnostic::warning("no-train", title).help(
        "to record such a release, write its train as `[[train]]`; it is left out until then",
    );
    Some(first.told(warning, "no train is a prefix of it"))
}
