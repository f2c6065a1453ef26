//! `schedule.json` of nodejs/Release: a table by version, with the first days
//! of the phases and the first day without support.

use super::Imported;
use super::document::{Dates, Document, Value};
use super::ledger::Ledger;
use super::life::Life;
use super::riding::{self, Trains};
use crate::diagnostic::Diagnostic;
use crate::schedule::{Draft, EndDay, Label, Level, Links, Project, TrainEntry, Version};

const HELP: &str = "save it with `curl -O \
                    https://raw.githubusercontent.com/nodejs/Release/main/schedule.json`";

const RELEASES: &str = "https://github.com/nodejs/node/releases/tag/v{version}";

/// Node's schedule as ours; `name` is what the project is called.
///
/// # Errors
///
/// What the document lacks to be that schedule.
pub fn schedule(document: &Document, name: &Label) -> Result<Imported, Vec<Diagnostic>> {
    let versions = document.root.entries();
    let is_train = |(_, value): &(String, Value)| value.get("start").or(value.get("end")).is_some();
    if !versions.iter().any(is_train) {
        let what = "is no schedule of Node.js: no version in it has `start` or `end`";
        return Err(document.refused(what, HELP));
    }
    let mut ledger = Ledger::default();
    let mut trains = Trains::default();
    for (name, value) in versions {
        let spot = document.spot(value);
        if let Some(version) = riding::version(name, &spot, &mut ledger) {
            let entry = train(document, name, version, value, &mut ledger);
            trains.add(entry, spot, &mut ledger);
        }
    }
    let mut draft = Draft::new(Project::new(name.clone()));
    draft.project.links = Some(Links {
        release: RELEASES.parse().ok(),
    });
    draft.trains = trains.into_entries();
    let from = document.file_name();
    let about = format!(
        "Imported from {from}, the schedule of github.com/nodejs/Release. \
         The day of an end is the first without support."
    );
    Ok(Imported {
        draft,
        about: vec![about],
        reports: ledger.into_reports(),
    })
}

fn train(
    document: &Document,
    name: &str,
    version: Version,
    value: &Value,
    ledger: &mut Ledger,
) -> TrainEntry {
    let mut dates = Dates {
        document,
        train: name,
        table: value,
        ledger,
    };
    let days = ["alpha", "start", "lts", "maintenance"].map(|key| dates.day(key));
    let [alpha, start, lts, maintenance] = days;
    let life = Life {
        phases: &[
            ("Alpha", Level::Pre, alpha),
            ("Current", Level::Current, start),
            ("Active LTS", Level::Lts, lts),
            ("Maintenance", Level::Maintenance, maintenance),
        ],
        release: start,
        end: dates.end("end"),
        end_day: EndDay::Unsupported,
    };
    let lived = life.lived();
    let is_lts = lived.phases.iter().any(|phase| phase.level == Level::Lts);
    for what in lived.contradictions {
        ledger.contradiction(name, what, document.spot(value));
    }
    TrainEntry {
        name: riding::codename(document, name, value, ledger),
        badge: is_lts.then(|| "LTS".parse().ok()).flatten(),
        release: start,
        phases: lived.phases,
        end: lived.end,
        ended: lived.ended,
        ..TrainEntry::new(version)
    }
}
