//! `releases-index.json` of dotnet/core: a list of channels, each with its
//! latest release, its phase of today and its last day. It has no days of
//! release.

use super::Imported;
use super::builder::DraftBuilder;
use super::document::{Document, Value, excerpt};
use super::entry::Entry;
use super::report::Report;
use super::timeline::phase;
use crate::input::ReadError;
use crate::schedule::{
    Day, EndDay, Label, Level, PhaseRule, ReleaseEntry, Released, TrainEntry, Version, When,
};

const HELP: &str = "save it with `curl -O https://raw.githubusercontent.com/dotnet/core/main/\
                    release-notes/releases-index.json`";

/// .NET's index as a schedule; `name` is what the project is called.
///
/// # Errors
///
/// What the document lacks to be that index.
pub fn schedule(document: &Document, name: &Label) -> Result<Imported, ReadError> {
    let list = document.root.get("releases-index").and_then(Value::items);
    let Some(list) = list else {
        let what = "is no index of .NET: it has no list `releases-index`";
        return Err(document.refused(what, HELP));
    };
    let report = Report::default();
    let mut builder = DraftBuilder::new(name, EndDay::Supported);
    for table in list.iter().rev() {
        let Some(name) = table.text_of("channel-version") else {
            let what = "is no index of .NET: one of its releases has no `channel-version`";
            return Err(document.refused(what, HELP));
        };
        let entry = Entry::new(document, &report, name, table).at("channel-version");
        let Some(version) = entry.version() else {
            continue;
        };
        let train = train(entry, version.clone());
        let end = train.end.map(When::last_day);
        if builder.add(entry, train) {
            let latest = latest(entry).filter(|latest| fits(entry, latest, &version, end));
            builder.record(&version, latest);
        }
    }
    let about = vec![
        format!(
            "Imported from {}, the index of releases of github.com/dotnet/core.",
            document.file_name()
        ),
        "The index has no days of release, and says of a phase only that it holds now.".to_owned(),
    ];
    Ok(builder.finish(about, report))
}

fn train(entry: Entry<'_>, version: Version) -> TrainEntry {
    let end = entry.date("eol-date");
    let support = entry.text("support-phase").unwrap_or_default();
    let kind = entry.text("release-type").unwrap_or_default();
    let is_lts = kind.eq_ignore_ascii_case("lts");
    let channel: Option<Label> = kind.to_ascii_uppercase().parse().ok();
    if support == "eol" && end.is_none() {
        let entry = entry.at("support-phase");
        entry.left_out("the end has no day: none is written");
    }
    TrainEntry {
        phases: phase_of_today(entry, support, is_lts).into_iter().collect(),
        badge: channel.clone().filter(|_| is_lts),
        channel,
        released: Released::some_day_if(!matches!(support, "preview" | "go-live")),
        end,
        ended: end.is_none() && support == "eol",
        link: entry.link("releases.json"),
        ..TrainEntry::new(version)
    }
}

/// The phase that holds now; since when, nobody says.
fn phase_of_today(entry: Entry<'_>, support: &str, is_lts: bool) -> Option<PhaseRule> {
    let active = if is_lts { Level::Lts } else { Level::Current };
    let why = match support {
        "active" => return phase("Active support", active, None),
        "maintenance" => return phase("Maintenance", Level::Maintenance, None),
        "eol" => return None,
        "preview" | "go-live" => format!("phase `{support}` has no day"),
        other => format!("phase {} is not known", excerpt(other, 40)),
    };
    let entry = entry.at("support-phase");
    entry.left_out(format!("{why}: it is left out"));
    None
}

/// Whether the latest release can be so: a train's first release comes before
/// its end.
fn fits(entry: Entry<'_>, latest: &ReleaseEntry, train: &Version, last: Option<Day>) -> bool {
    let is_first = latest.version.is_same_release(train);
    let is_late = is_first && last.is_some_and(|last| latest.date > last);
    if is_late {
        let what = "the latest release, which is its first, comes after the end: it is left out";
        entry.at("latest-release-date").contradiction(what);
    }
    !is_late
}

fn latest(entry: Entry<'_>) -> Option<ReleaseEntry> {
    let written = entry.text("latest-release")?;
    let date = entry.day("latest-release-date");
    let found = written.parse().ok().zip(date);
    let what = "the latest release has no day or no name: it is left out";
    let (version, date) = entry.at("latest-release").legible(found, what)?;
    Some(ReleaseEntry {
        security: entry.flag("security").unwrap_or(false),
        ..ReleaseEntry::new(version, date)
    })
}
