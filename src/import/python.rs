//! The release data of python/peps: `release-cycle.json`, which is a table by
//! version, and `python-releases.toml` or `.json`, which has more days and all
//! releases. Either will do; with both, they are held against each other.

use std::collections::{HashMap, HashSet};

use super::builder::{DraftBuilder, key};
use super::document::{Document, Value, file_names};
use super::entry::{Entry, by_train};
use super::report::Report;
use super::timeline::PhaseTimeline;
use super::{Imported, is_version_text};
use crate::input::ReadError;
use crate::schedule::{
    EndDay, Label, Level, Precision, ReleaseEntry, Released, TrainEntry, Version, When,
};

const HELP: &str = "save it with `curl -O https://peps.python.org/api/release-cycle.json` or \
                    `curl -O https://peps.python.org/api/python-releases.json`";

/// Python's files, one or both, as a schedule; `name` is what the project is
/// called.
///
/// # Errors
///
/// What a document lacks to be one of them.
pub fn schedule(documents: &[Document], name: &Label) -> Result<Imported, ReadError> {
    let report = Report::default();
    let lines = lines(documents, &report)?;
    let mut builder = DraftBuilder::new(name, EndDay::Supported);
    if lines.iter().any(|line| line.text("branch").is_some())
        && lines.iter().all(Line::is_branched_by_name)
    {
        builder.draft.project.branch_label = "{version}".parse().ok();
    }
    for line in &lines {
        let Some(version) = line.first().version() else {
            continue;
        };
        let releases = line.releases();
        let train = line.train(version.clone(), &releases);
        if builder.add(line.first(), train) {
            let out = releases.into_iter().filter(|listed| listed.is_out);
            builder.record(&version, out.map(|listed| listed.release));
        }
        if line.text("release_manager").is_some() {
            let what = "a schedule has no place for the release manager";
            line.first().left_out(what);
        }
    }
    let about = format!(
        "Imported from {}, release data of github.com/python/peps.",
        file_names(documents)
    );
    drop(lines);
    Ok(builder.finish(vec![about], report))
}

/// Name, level and beginning of a phase.
type Phase = (&'static str, Level, Option<When>);

/// What the files say of one version.
struct Line<'a> {
    /// The entries of the version, the fullest first; there is one at least.
    entries: Vec<Entry<'a>>,
    releases: Vec<Entry<'a>>,
}

/// A release as the list has it.
struct Listed<'a> {
    entry: Entry<'a>,
    release: ReleaseEntry,
    /// Whether it is not only expected.
    is_out: bool,
}

/// All versions, oldest first.
fn lines<'a>(documents: &'a [Document], report: &'a Report) -> Result<Vec<Line<'a>>, ReadError> {
    let mut documents: Vec<_> = documents.iter().collect();
    documents.sort_by_key(|document| document.root.get("metadata").is_none());
    let mut entries = Vec::new();
    let mut releases: HashMap<&str, Vec<Entry<'_>>> = HashMap::new();
    for document in documents {
        entries.extend(versions(document, report)?);
        let root = &document.root;
        let lists = root.get("releases").or(root.get("release"));
        for (name, list) in lists.map(Value::entries).unwrap_or_default() {
            if let Some(tables) = list.items() {
                let entry = |table| Entry::new(document, report, name, table);
                releases.insert(name, tables.iter().map(entry).collect());
            }
        }
    }
    let line = |entries: Vec<Entry<'a>>| Line {
        releases: releases.remove(entries[0].name).unwrap_or_default(),
        entries,
    };
    Ok(by_train(entries).into_iter().map(line).collect())
}

/// The versions of a file, oldest first.
fn versions<'a>(document: &'a Document, report: &'a Report) -> Result<Vec<Entry<'a>>, ReadError> {
    let metadata = document.root.get("metadata");
    let tables = metadata.unwrap_or(&document.root).entries().iter();
    let entries = tables.map(|(name, table)| Entry::new(document, report, name, table));
    let is_version = |entry: &Entry<'_>| {
        field(*entry, "first_release")
            .or(field(*entry, "end_of_life"))
            .is_some()
    };
    let mut versions: Vec<_> = entries.filter(is_version).collect();
    if versions.is_empty() {
        let what = "is no release data of Python: no version in it has a first release";
        return Err(document.refused(what, HELP));
    }
    if metadata.is_none() {
        versions.reverse();
    }
    Ok(versions)
}

/// The value of a key that TOML writes with hyphens.
fn field<'a>(entry: Entry<'a>, key: &str) -> Option<&'a Value> {
    entry.get(key).or_else(|| entry.get(&hyphened(key)))
}

fn hyphened(key: &str) -> String {
    key.replace('_', "-")
}

impl<'a> Line<'a> {
    /// The fullest entry, which messages point at.
    fn first(&self) -> Entry<'a> {
        self.entries[0]
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        let entries = self.entries.iter();
        let mut texts = entries.filter_map(|entry| field(*entry, key)?.text());
        texts.find(|text| !text.is_empty())
    }

    fn is_over(&self) -> bool {
        self.text("status") == Some("end-of-life")
    }

    /// Whether its branch is called like it; `main` is everybody's.
    fn is_branched_by_name(&self) -> bool {
        self.text("branch")
            .is_none_or(|branch| branch == self.first().name || branch == "main")
    }

    /// A day or month that any of the files has; the fullest comes first.
    fn date(&self, key: &str) -> Option<When> {
        let date = |entry: &Entry<'_>| entry.date(key).or_else(|| entry.date(&hyphened(key)));
        self.entries.iter().find_map(date)
    }

    /// An end on the first of a month is that month, until it is over.
    fn end_of_life(&self) -> Option<When> {
        let end = self.date("end_of_life")?;
        match end.day() {
            Some(day) if day.day() == 1 && !self.is_over() => {
                Some(When::new(day, Precision::Month))
            }
            _ => Some(end),
        }
    }

    fn train(&self, version: Version, releases: &[Listed<'_>]) -> TrainEntry {
        self.compare();
        let release = self.release(&version, releases);
        let before = [
            ("Feature", Level::Pre, self.date("start_of_development")),
            ("Prerelease", Level::Pre, self.date("feature_freeze")),
        ];
        let timeline = PhaseTimeline {
            phases: &[&before[..], &self.after_release(release)].concat(),
            release,
            end: self.end_of_life(),
            end_day: EndDay::Supported,
        };
        let train = timeline.train(self.first(), version);
        let is_over = self.is_over();
        let pep = self.text("pep").and_then(|pep| pep.parse::<u32>().ok());
        TrainEntry {
            released: Released::some_day_if(release.is_none() && is_over),
            ended: train.ended || train.end.is_none() && is_over,
            link: pep.and_then(|pep| {
                format!("https://peps.python.org/pep-{pep:04}/")
                    .parse()
                    .ok()
            }),
            ..train
        }
    }

    /// The phases after the release. Without the date on which bug fixes end,
    /// nobody knows which of both it is when.
    fn after_release(&self, release: Option<When>) -> Vec<Phase> {
        let Some(bugfix) = self.date("end_of_bugfix") else {
            self.tell_unknown_phases();
            return Vec::new();
        };
        let security = EndDay::Supported.beginning_after(bugfix);
        vec![
            ("Bugfix", Level::Current, release),
            ("Security", Level::Maintenance, security),
        ]
    }

    fn tell_unknown_phases(&self) {
        let entry = self.first();
        if !self.is_over() {
            entry.left_out("the file does not say when bug fixes end: no phase is written");
        }
        if let Some("feature" | "prerelease") = self.text("status") {
            entry.left_out("the phases before the release have no days: they are left out");
        }
    }

    /// Says where the two files have different days.
    fn compare(&self) {
        let [full, short, ..] = self.entries[..] else {
            return;
        };
        for key in ["first_release", "end_of_life", "status", "branch", "pep"] {
            let (Some(a), Some(b)) = (field(full, key), field(short, key)) else {
                continue;
            };
            let dates = a.date().zip(b.date());
            if a.text() != b.text() && !dates.is_some_and(|(a, b)| is_within(a, b)) {
                short.pointing_at(b).contradiction(format!(
                    "`{key}` is {} in one file and {} in the other: the first is taken",
                    a.quoted(),
                    b.quoted()
                ));
            }
        }
    }

    /// The date of the first release: the list has a record, the entry a field
    /// that somebody must keep up with it.
    fn release(&self, version: &Version, releases: &[Listed<'_>]) -> Option<When> {
        let written = self.date("first_release");
        let mut releases = releases.iter();
        let first = releases.find(|listed| listed.release.version.is_same_release(version));
        let Some(first) = first else { return written };
        let listed = When::from(first.release.date);
        let Some(other) = written.filter(|written| !is_within(listed, *written)) else {
            return Some(listed);
        };
        let (taken, whose) = if first.is_out {
            (listed, "the latter, which is a record,")
        } else {
            (other, "the former")
        };
        first.entry.at("date").contradiction(format!(
            "the first release is on {other}, and in the list of releases on {listed}: \
             {whose} is taken"
        ));
        Some(taken)
    }

    fn releases(&self) -> Vec<Listed<'a>> {
        let mut seen = HashSet::new();
        let mut releases: Vec<Listed<'a>> = Vec::new();
        for listed in self.releases.iter().filter_map(|entry| listed(*entry)) {
            let version = &listed.release.version;
            if seen.insert(key(version)) {
                releases.push(listed);
            } else {
                let what = format!("release `{version}` is listed twice: the first is taken");
                listed.entry.at("date").contradiction(what);
            }
        }
        if let Some(expected) = releases.iter().find(|listed| !listed.is_out) {
            let what = "releases are expected, and only what is out can be recorded";
            expected.entry.at("date").left_out(what);
        }
        releases
    }
}

/// Whether the second date is the first, or says less of it.
fn is_within(date: When, other: When) -> bool {
    date.first_day() >= other.first_day() && date.last_day() <= other.last_day()
}

fn listed(entry: Entry<'_>) -> Option<Listed<'_>> {
    let date = entry.day("date");
    let version = entry.text("stage").and_then(version);
    let what = "a release has no day or no stage that can be read: it is left out";
    let (version, date) = entry.legible(version.zip(date), what)?;
    Some(Listed {
        entry,
        release: ReleaseEntry {
            note: entry.text("note").and_then(|note| entry.note(note)),
            ..ReleaseEntry::new(version, date)
        },
        is_out: entry.text("state") != Some("expected"),
    })
}

/// `3.16.0 alpha 1` is 3.16.0a1; `3.14.0 final` and `3.14.1` are releases.
fn version(stage: &str) -> Option<Version> {
    let words: Vec<_> = stage.split_whitespace().collect();
    let text = match words[..] {
        [version] | [version, "final"] => version.to_owned(),
        [version, "alpha", n] => format!("{version}a{n}"),
        [version, "beta", n] => format!("{version}b{n}"),
        [version, "candidate", n] => format!("{version}rc{n}"),
        _ => return None,
    };
    text.parse().ok().filter(|_| is_version_text(&text))
}
