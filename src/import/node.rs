//! `schedule.json` of nodejs/Release: a table by version, with the first days
//! of the phases and the first day without support.

use super::Imported;
use super::builder::DraftBuilder;
use super::document::{Document, Value};
use super::entry::Entry;
use super::report::Report;
use super::timeline::PhaseTimeline;
use crate::input::ReadError;
use crate::schedule::{EndDay, Label, Level, Links, TrainEntry, Version};

const HELP: &str = "save it with `curl -O \
                    https://raw.githubusercontent.com/nodejs/Release/main/schedule.json`";

const RELEASES: &str = "https://github.com/nodejs/node/releases/tag/v{version}";

/// Node's schedule as ours; `name` is what the project is called.
///
/// # Errors
///
/// What the document lacks to be that schedule.
pub fn schedule(document: &Document, name: &Label) -> Result<Imported, ReadError> {
    let versions = document.root.entries();
    let is_train = |(_, value): &(String, Value)| value.get("start").or(value.get("end")).is_some();
    if !versions.iter().any(is_train) {
        let what = "is no schedule of Node.js: no version in it has `start` or `end`";
        return Err(document.refused(what, HELP));
    }
    let report = Report::default();
    let mut builder = DraftBuilder::new(name, EndDay::Unsupported);
    builder.draft.project.links = Some(Links {
        release: RELEASES.parse().ok(),
    });
    for (name, table) in versions {
        let entry = Entry::new(document, &report, name, table);
        if let Some(version) = entry.version() {
            builder.add(entry, train(entry, version));
        }
    }
    let about = format!(
        "Imported from {}, the schedule of github.com/nodejs/Release. \
         The day of an end is the first without support.",
        document.file_name()
    );
    Ok(builder.finish(vec![about], report))
}

fn train(entry: Entry<'_>, version: Version) -> TrainEntry {
    let [alpha, start, lts, maintenance] =
        ["alpha", "start", "lts", "maintenance"].map(|key| entry.date(key));
    let timeline = PhaseTimeline {
        phases: &[
            ("Alpha", Level::Pre, alpha),
            ("Current", Level::Current, start),
            ("Active LTS", Level::Lts, lts),
            ("Maintenance", Level::Maintenance, maintenance),
        ],
        release: start,
        end: entry.date("end"),
        end_day: EndDay::Unsupported,
    };
    let train = timeline.train(entry, version);
    let is_lts = train.phases.iter().any(|phase| phase.level == Level::Lts);
    TrainEntry {
        name: entry.codename(),
        badge: is_lts.then(|| "LTS".parse().ok()).flatten(),
        ..train
    }
}
