//! What is recorded elsewhere: releases, in tags or a changelog, and what a
//! schedule lacks of them; whole schedules that other projects write.

pub mod changelog;
mod document;
pub mod dotnet;
pub mod endoflife;
pub mod kubernetes;
mod ledger;
mod life;
pub mod node;
pub mod python;
mod quoted;
mod riding;
pub mod tags;

pub use document::{Document, Kind, Value};

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{Day, Draft, Finding, Place, ReleaseEntry, Schedule, Version};

/// The finding that two records of one release name different days.
pub const DATE_DIFFERS: &str = "date-differs";

/// A release as somebody recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// Its version, without a `v`.
    pub version: Version,
    /// The day it was published, in UTC.
    pub date: Day,
    /// Where that stands, if it stands in a text.
    pub spot: Option<Spot>,
}

/// Somebody else's schedule as ours.
#[derive(Debug)]
pub struct Imported {
    /// All of it that can be said in a schedule.
    pub draft: Draft,
    /// Where it is from and how it is meant: paragraphs for the top of the
    /// file.
    pub about: Vec<String>,
    /// What cannot be said, and where the source contradicts itself.
    pub reports: Vec<Diagnostic>,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    source: Arc<Source>,
    span: Range<usize>,
}

/// What a schedule lacks, and where it says something else.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The facts that it lacks, by day and then by version. Imported day by
    /// day or at once, they come in the same order.
    pub missing: Vec<ReleaseEntry>,
    /// Releases that ride on none of its trains.
    pub strays: Vec<Released>,
    /// Facts that have another day there.
    pub differing: Vec<Differing>,
    /// Releases of which the records themselves say two things.
    pub doubtful: Vec<Diagnostic>,
}

/// A fact that has another day elsewhere.
#[derive(Debug)]
pub struct Differing {
    /// That, with its place in the schedule.
    pub finding: Finding,
    spot: Option<Spot>,
}

impl Differing {
    /// The diagnostic of the finding, with the place of the other day added.
    pub fn beside(&self, diagnostic: Diagnostic) -> Diagnostic {
        match &self.spot {
            Some(spot) => diagnostic.at(&spot.source, spot.span.clone(), "the other day"),
            None => diagnostic,
        }
    }
}

/// Looks up releases in a schedule. `witness` is who says so, with a verb:
/// `the tags say`.
pub fn compare(schedule: &Schedule, releases: Vec<Released>, witness: &str) -> Comparison {
    let mut releases = releases;
    releases.sort_by_cached_key(|released| {
        let is_final = !is_pre(&released.version);
        (released.date, is_final, released.version.clone())
    });
    let mut facts: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for (n, fact) in schedule.facts().iter().enumerate() {
        facts.entry(fact.version.release_key()).or_default().push(n);
    }
    let mut first: HashMap<Vec<&str>, &Released> = HashMap::new();
    let mut comparison = Comparison::default();
    for released in &releases {
        let key = released.version.release_key();
        if let Some(known) = facts.get(&key) {
            let differing = differing(schedule.facts(), known, released, witness);
            comparison.differing.extend(differing);
        } else if let Some(earlier) = first.get(&key) {
            comparison
                .doubtful
                .extend(doubtful(earlier, released, witness));
        } else {
            first.insert(key, released);
            if schedule.has_train_for(&released.version) {
                comparison.missing.push(fact(released));
            } else {
                comparison.strays.push(released.clone());
            }
        }
    }
    comparison
}

fn fact(released: &Released) -> ReleaseEntry {
    let version = &released.version;
    let is_hidden_pre = is_pre(version) && !version.is_pre_release();
    ReleaseEntry {
        pre: is_hidden_pre.then_some(true),
        ..ReleaseEntry::new(version.clone(), released.date)
    }
}

fn differing(
    facts: &[ReleaseEntry],
    known: &[usize],
    released: &Released,
    witness: &str,
) -> Option<Differing> {
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
    let place = Place::item("release", n).key("date");
    let finding = Finding::warning("date-differs", title, place, "recorded here");
    Some(Differing {
        finding: finding.help(
            "correct the one that is wrong; if both are as they should be, \
             allow `date-differs` here and say why in a `note`",
        ),
        spot: released.spot.clone(),
    })
}

fn doubtful(first: &Released, again: &Released, witness: &str) -> Option<Diagnostic> {
    if first.date == again.date {
        return None;
    }
    let title = format!(
        "of release `{}` {witness} both {} and {}",
        again.version, first.date, again.date
    );
    let mut diagnostic = Diagnostic::warning("date-differs", title);
    for (released, label) in [(again, "the later day"), (first, "the day that is taken")] {
        if let Some(Spot { source, span }) = &released.spot {
            diagnostic = diagnostic.at(source, span.clone(), label);
        }
    }
    Some(diagnostic)
}

/// Says in one warning which releases fit no train.
pub fn strays(strays: &[Released]) -> Option<Diagnostic> {
    let (first, more) = strays.split_first()?;
    let title = if more.is_empty() {
        format!("release `{}` fits no train", first.version)
    } else {
        let names: Vec<_> = strays
            .iter()
            .map(|stray| format!("`{}`", stray.version))
            .collect();
        format!(
            "{} releases fit no train: {}",
            strays.len(),
            some_of(&names)
        )
    };
    let diagnostic = Diagnostic::warning("no-train", title).help(
        "to record such a release, write its train as `[[train]]`; it is left out until then",
    );
    Some(match &first.spot {
        Some(Spot { source, span }) => {
            diagnostic.at(source, span.clone(), "no train is a prefix of it")
        }
        None => diagnostic,
    })
}

/// The first few of many names: `a, b, c and 20 more`.
pub fn some_of<T: AsRef<str>>(names: &[T]) -> String {
    const FEW: usize = 6;
    let names: Vec<_> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) if names.len() <= FEW => format!("{} and {last}", rest.join(", ")),
        Some(_) => {
            let shown = FEW - 1;
            let more = names.len() - shown;
            format!("{} and {more} more", names[..shown].join(", "))
        }
    }
}

/// Whether a version is a pre-release, also in forms that semantic versions do
/// not know: `3.14.0rc1`, `5.0a2`, `2.0.0.beta1`. A letter alone is none:
/// OpenSSL's `1.1.1a` is a release.
fn is_pre(version: &Version) -> bool {
    version.is_pre_release() || has_pre_word(version.as_str())
}

fn has_pre_word(version: &str) -> bool {
    const WORDS: [&str; 8] = [
        "alpha", "beta", "dev", "nightly", "pre", "preview", "rc", "snapshot",
    ];
    const LETTERS: [&str; 4] = ["a", "b", "c", "m"];
    let mut rest = version;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let from = &rest[start..];
        let end = from.find(|c: char| !c.is_ascii_alphabetic());
        let (word, after) = from.split_at(end.unwrap_or(from.len()));
        let word = word.to_ascii_lowercase();
        let is_numbered = after.starts_with(|c: char| c.is_ascii_digit());
        if WORDS.contains(&&*word) || is_numbered && LETTERS.contains(&&*word) {
            return true;
        }
        rest = after;
    }
    false
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
    fn pre_releases_are_known_in_the_forms_of_several_languages() {
        for pre in [
            "48.0.0-rc.1",
            "3.14.0rc1",
            "5.0a2",
            "2.0.0.beta1",
            "1.0.0.M3",
            "4.2.dev7",
        ] {
            assert!(is_pre(&pre.parse().unwrap()), "{pre}");
        }
        for released in ["48.0.0", "1.1.1a", "2.39.5.post1", "1.0.0+build5", "3.14.0"] {
            assert!(!is_pre(&released.parse().unwrap()), "{released}");
        }
    }

    #[test]
    fn many_names_are_cut_short() {
        let names: Vec<_> = (1..=30).map(|n| n.to_string()).collect();
        assert_eq!(some_of(&names[..1]), "1");
        assert_eq!(some_of(&names[..2]), "1 and 2");
        assert_eq!(some_of(&names[..6]), "1, 2, 3, 4, 5 and 6");
        assert_eq!(some_of(&names), "1, 2, 3, 4, 5 and 25 more");
    }
}
