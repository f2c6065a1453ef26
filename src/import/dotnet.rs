//! `releases-index.json` of dotnet/core: a list of channels, each with its
//! latest release, its phase of today and its last day. It has no days of
//! release.

use super::Imported;
use super::document::{Dates, Document, Value};
use super::ledger::Ledger;
use super::riding::{self, Trains, fact, link, phase};
use crate::diagnostic::Diagnostic;
use crate::schedule::{
    Draft, EndDay, Label, Level, PhaseRule, Project, ReleaseEntry, TrainEntry, Version, WrittenEnd,
};

const HELP: &str = "save it with `curl -O https://raw.githubusercontent.com/dotnet/core/main/\
                    release-notes/releases-index.json`";

/// .NET's index as a schedule; `name` is what the project is called.
///
/// # Errors
///
/// What the document lacks to be that index.
pub fn schedule(document: &Document, name: &Label) -> Result<Imported, Vec<Diagnostic>> {
    let list = document.root.get("releases-index").and_then(Value::items);
    let Some(list) = list else {
        let what = "is no index of .NET: it has no list `releases-index`";
        return Err(document.refused(what, HELP));
    };
    let mut ledger = Ledger::default();
    let mut trains = Trains::default();
    let mut facts = Vec::new();
    for value in list.iter().rev() {
        let Some(name) = value.text_of("channel-version") else {
            let what = "is no index of .NET: one of its releases has no `channel-version`";
            return Err(document.refused(what, HELP));
        };
        let channel = Channel {
            document,
            name,
            value,
        };
        let spot = document.spot_of(value, "channel-version");
        if let Some(version) = riding::version(name, &spot, &mut ledger) {
            let entry = channel.train(version.clone(), &mut ledger);
            if trains.add(entry, spot, &mut ledger) {
                let latest = channel.latest(&mut ledger);
                facts.extend(latest.map(|latest| (version, latest)));
            }
        }
    }
    let mut draft = Draft::new(Project::new(name.clone()));
    draft.project.end_day = EndDay::Supported;
    draft.trains = trains.into_entries();
    riding::record(&mut draft, facts);
    Ok(Imported {
        draft,
        about: about(document.file_name()),
        reports: ledger.into_reports(),
    })
}

fn about(from: &str) -> Vec<String> {
    vec![
        format!("Imported from {from}, the index of releases of github.com/dotnet/core."),
        "The index has no days of release, and says of a phase only that it holds now.".to_owned(),
    ]
}

/// One entry of the index.
struct Channel<'a> {
    document: &'a Document,
    name: &'a str,
    value: &'a Value,
}

impl Channel<'_> {
    fn train(&self, version: Version, ledger: &mut Ledger) -> TrainEntry {
        let mut dates = Dates {
            document: self.document,
            train: self.name,
            table: self.value,
            ledger,
        };
        let end = dates.end("eol-date");
        let support = self.value.text_of("support-phase").unwrap_or_default();
        let is_coming = matches!(support, "preview" | "go-live");
        let kind = self.value.text_of("release-type").unwrap_or_default();
        let is_lts = kind.eq_ignore_ascii_case("lts");
        let phases = self.phases(support, is_lts, end, ledger);
        let upper: Option<Label> = kind.to_ascii_uppercase().parse().ok();
        TrainEntry {
            channel: upper.clone(),
            badge: upper.filter(|_| is_lts),
            released: !is_coming,
            phases,
            end,
            ended: end.is_none() && support == "eol",
            link: self.value.text_of("releases.json").and_then(link),
            ..TrainEntry::new(version)
        }
    }

    /// The phase that holds now; since when, nobody says.
    fn phases(
        &self,
        support: &str,
        is_lts: bool,
        end: Option<WrittenEnd>,
        ledger: &mut Ledger,
    ) -> Vec<PhaseRule> {
        let spot = || self.document.spot_of(self.value, "support-phase");
        let active = if is_lts { Level::Lts } else { Level::Current };
        match support {
            "active" => phase("Active support", active).into_iter().collect(),
            "maintenance" => phase("Maintenance", Level::Maintenance)
                .into_iter()
                .collect(),
            "preview" | "go-live" => {
                let what = format!("phase `{support}` has no day: it is left out");
                ledger.left_out(self.name, what, spot());
                Vec::new()
            }
            "eol" => {
                if end.is_none() {
                    ledger.left_out(self.name, "the end has no day: none is written", spot());
                }
                Vec::new()
            }
            other => {
                let what = format!(
                    "phase {} is not known: it is left out",
                    super::quoted::quoted(other, 40)
                );
                ledger.left_out(self.name, what, spot());
                Vec::new()
            }
        }
    }

    fn latest(&self, ledger: &mut Ledger) -> Option<ReleaseEntry> {
        let written = self.value.text_of("latest-release")?;
        let mut dates = Dates {
            document: self.document,
            train: self.name,
            table: self.value,
            ledger,
        };
        let date = dates.day("latest-release-date");
        let (Some(date), Ok(version)) = (date, written.parse()) else {
            let what = "the latest release has no day or no name: it is left out";
            let spot = self.document.spot_of(self.value, "latest-release");
            ledger.left_out(self.name, what, spot);
            return None;
        };
        Some(ReleaseEntry {
            security: self.value.flag_of("security").unwrap_or(false),
            ..fact(version, date)
        })
    }
}
