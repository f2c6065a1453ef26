//! `schedule.yaml` and `eol.yaml` of kubernetes/website: minor releases with
//! their patches, and those that have ended.

use std::collections::HashSet;
use std::fmt::Write;

use super::Imported;
use super::builder::{DraftBuilder, key};
use super::document::{Document, Value, excerpt, file_names};
use super::entry::{Entry, by_train};
use super::report::Report;
use super::timeline::PhaseTimeline;
use crate::input::ReadError;
use crate::schedule::{
    Day, EndDay, Label, Level, Links, Note, ReleaseEntry, Released, TrainEntry, Version, When,
};

const HELP: &str = "save it with `curl -O https://raw.githubusercontent.com/kubernetes/website/\
                    main/data/releases/schedule.yaml`, and `eol.yaml` beside it";

const RELEASES: &str = "https://github.com/kubernetes/kubernetes/releases/tag/v{version}";

/// Kubernetes' files, one or both, as a schedule; `name` is what the project
/// is called.
///
/// # Errors
///
/// What a document lacks to be one of them.
pub fn schedule(documents: &[Document], name: &Label) -> Result<Imported, ReadError> {
    let report = Report::default();
    let mut minors = Vec::new();
    for document in documents {
        minors.extend(entries(document, &report)?);
    }
    let mut builder = DraftBuilder::new(name, EndDay::Supported);
    builder.draft.project.links = Some(Links {
        release: RELEASES.parse().ok(),
    });
    let minors = by_train(minors).into_iter().filter_map(once);
    let mut minors: Vec<_> = minors.collect();
    minors.sort_by_cached_key(|minor| minor.name.parse::<Version>().ok());
    for minor in minors {
        let Some(version) = minor.version() else {
            continue;
        };
        let train = train(minor, version.clone());
        let release = train
            .release
            .and_then(When::day)
            .map(|day| first(&version, day));
        if builder.add(minor, train) {
            not_taken(minor);
            builder.record(&version, patches(minor, release));
        }
    }
    let about = format!(
        "Imported from {}, data of github.com/kubernetes/website (CC-BY-4.0, The Kubernetes Authors).",
        file_names(documents)
    );
    Ok(builder.finish(vec![about], report))
}

/// The minor releases of either file.
fn entries<'a>(document: &'a Document, report: &'a Report) -> Result<Vec<Entry<'a>>, ReadError> {
    let root = &document.root;
    let list = root.get("schedules").or(root.get("branches"));
    let Some(list) = list.and_then(Value::items) else {
        let what = "is no schedule of Kubernetes: it has no list `schedules` or `branches`";
        return Err(document.refused(what, HELP));
    };
    let nameless = || {
        let what = "is no schedule of Kubernetes: an entry of its list has no `release`";
        document.refused(what, HELP)
    };
    let minor = |table| {
        let name = Value::text_of(table, "release").ok_or_else(nameless)?;
        Ok(Entry::new(document, report, name, table).at("release"))
    };
    list.iter().map(minor).collect()
}

/// What is said of a release, by the schedule if that names it; the list of
/// ended ones may have another end.
fn once(minors: Vec<Entry<'_>>) -> Option<Entry<'_>> {
    minors.into_iter().reduce(|known, minor| {
        let [taken, other] = match known.get("releaseDate") {
            Some(_) => [known, minor],
            None => [minor, known],
        };
        let ends = [taken, other].map(|minor| minor.text("endOfLifeDate"));
        if let [Some(end), Some(other)] = ends
            && end != other
        {
            let (end, other) = (excerpt(end, 40), excerpt(other, 40));
            minor.contradiction(format!(
                "the end is {end} in one place and {other} in another: the first is taken"
            ));
        }
        taken
    })
}

fn train(minor: Entry<'_>, version: Version) -> TrainEntry {
    let release = minor.date("releaseDate");
    let maintenance = minor.date("maintenanceModeStartDate");
    let timeline = PhaseTimeline {
        phases: &[
            ("Standard support", Level::Current, release),
            ("Maintenance", Level::Maintenance, maintenance),
        ],
        release,
        end: minor.date("endOfLifeDate"),
        end_day: EndDay::Supported,
    };
    let mut train = timeline.train(minor, version);
    if train.phases.len() == 1 {
        train.phases.clear();
    }
    let is_listed_as_over = minor.get("finalPatchRelease").is_some();
    TrainEntry {
        released: Released::some_day_if(release.is_none()),
        ended: train.ended || train.end.is_none() && is_listed_as_over,
        note: note(minor),
        ..train
    }
}

fn note(entry: Entry<'_>) -> Option<Note> {
    entry.note(&plain(entry.text("note")?))
}

/// The release that a train begins with.
fn first(train: &Version, date: Day) -> ReleaseEntry {
    let version = format!("{train}.0").parse();
    ReleaseEntry::new(version.unwrap_or_else(|_| train.clone()), date)
}

/// All patches of a train that are out, and its first release.
fn patches(minor: Entry<'_>, first: Option<ReleaseEntry>) -> Vec<ReleaseEntry> {
    let mut seen = HashSet::new();
    let mut patches: Vec<ReleaseEntry> = Vec::new();
    for table in minor.items("previousPatches") {
        let entry = minor.part(table).at("release");
        let Some(patch) = patch(entry) else { continue };
        if seen.insert(key(&patch.version)) {
            patches.push(patch);
        } else {
            let what = format!(
                "patch `{}` is there twice: the first is taken",
                patch.version
            );
            entry.contradiction(what);
        }
    }
    let Some(first) = first else { return patches };
    let mut listed = patches.iter_mut();
    match listed.find(|patch| patch.version.is_same_release(&first.version)) {
        None => patches.push(first),
        Some(listed) if listed.date == first.date => {}
        Some(listed) => {
            minor.contradiction(format!(
                "the release is on {}, and among the patches on {}: the first is taken",
                first.date, listed.date
            ));
            listed.date = first.date;
        }
    }
    patches
}

fn patch(entry: Entry<'_>) -> Option<ReleaseEntry> {
    let date = entry.day("targetDate");
    let version = entry.text("release").and_then(|name| name.parse().ok());
    let what = "a patch has no day or no name: it is left out";
    let (version, date) = entry.legible(version.zip(date), what)?;
    Some(ReleaseEntry {
        note: note(entry),
        ..ReleaseEntry::new(version, date)
    })
}

/// Tells what a schedule has no place for.
fn not_taken(minor: Entry<'_>) {
    let next = minor.get("next");
    let planned = next.and_then(|next| next.text().or_else(|| next.text_of("release")));
    if planned.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
        minor.left_out("the next patch is planned, and only what is out can be recorded");
    }
    let tables = minor.items("previousPatches").iter().chain(next);
    let mut tables = tables.chain([minor.table]);
    if tables.any(|table| table.get("cherryPickDeadline").is_some()) {
        minor.left_out("a schedule has no place for cherry-pick deadlines");
    }
    if minor.get("finalPatchRelease").is_some() {
        minor.left_out("the final patch has no day: it is left out");
    }
}

/// A note without the marks of Markdown links: `[text](address)` becomes
/// `text (address)`.
fn plain(note: &str) -> String {
    let mut out = String::new();
    let mut rest = note;
    while let Some((before, text, address, after)) = first_link(rest) {
        let _ = write!(out, "{before}{text} ({address})");
        rest = after;
    }
    out += rest;
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text and the address of the first link, between what is around it.
fn first_link(note: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, link) = note.split_once('[')?;
    let (text, link) = link.split_once("](")?;
    let (address, after) = link.split_once(')')?;
    Some((before, text, address, after))
}
