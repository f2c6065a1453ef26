//! `schedule.yaml` and `eol.yaml` of kubernetes/website: minor releases with
//! their patches, and those that have ended.

use std::collections::{HashMap, HashSet};

use super::document::{Dates, Document, Value};
use super::ledger::Ledger;
use super::life::Life;
use super::quoted::quoted;
use super::riding::{self, Trains, fact};
use super::{Imported, Spot};
use crate::diagnostic::Diagnostic;
use crate::schedule::{
    Day, Draft, EndDay, Label, Level, Links, Note, Project, ReleaseEntry, TrainEntry, Version,
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
pub fn schedule(documents: &[Document], name: &Label) -> Result<Imported, Vec<Diagnostic>> {
    let mut minors = Vec::new();
    for document in documents {
        minors.extend(of(document)?);
    }
    let mut ledger = Ledger::default();
    let mut draft = Draft::new(Project::new(name.clone()));
    draft.project.end_day = EndDay::Supported;
    draft.project.links = Some(Links {
        release: RELEASES.parse().ok(),
    });
    let mut trains = Trains::default();
    let mut facts = Vec::new();
    let mut minors = once(minors, &mut ledger);
    minors.sort_by_cached_key(|minor| minor.name.parse::<Version>().ok());
    for minor in &minors {
        let Some(version) = riding::version(minor.name, &minor.spot(), &mut ledger) else {
            continue;
        };
        let entry = minor.train(version.clone(), &mut ledger);
        let release = entry.release;
        if trains.add(entry, minor.spot(), &mut ledger) {
            let told = minor.patches(&version, release, &mut ledger);
            facts.extend(told.into_iter().map(|fact| (version.clone(), fact)));
        }
    }
    draft.trains = trains.into_entries();
    riding::record(&mut draft, facts);
    Ok(Imported {
        draft,
        about: vec![about(documents)],
        reports: ledger.into_reports(),
    })
}

fn about(documents: &[Document]) -> String {
    let names: Vec<_> = documents.iter().map(Document::file_name).collect();
    format!(
        "Imported from {}, data of github.com/kubernetes/website (CC-BY-4.0, The Kubernetes Authors).",
        names.join(" and ")
    )
}

/// A minor release, in either file.
struct Minor<'a> {
    document: &'a Document,
    name: &'a str,
    value: &'a Value,
}

fn of(document: &Document) -> Result<Vec<Minor<'_>>, Vec<Diagnostic>> {
    let root = &document.root;
    let list = root
        .get("schedules")
        .or(root.get("branches"))
        .and_then(Value::items);
    let Some(list) = list else {
        let what = "is no schedule of Kubernetes: it has no list `schedules` or `branches`";
        return Err(document.refused(what, HELP));
    };
    let minor = |value| {
        let Some(name) = Value::text_of(value, "release") else {
            let what = "is no schedule of Kubernetes: an entry of its list has no `release`";
            return Err(document.refused(what, HELP));
        };
        Ok(Minor {
            document,
            name,
            value,
        })
    };
    list.iter().map(minor).collect()
}

/// Each release once, as the schedule has it; the list of ended ones may have
/// another end.
fn once<'a>(minors: Vec<Minor<'a>>, ledger: &mut Ledger) -> Vec<Minor<'a>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut kept: Vec<Minor<'a>> = Vec::new();
    for minor in minors {
        let Some(place) = places.get(minor.name) else {
            places.insert(minor.name, kept.len());
            kept.push(minor);
            continue;
        };
        let known = &mut kept[*place];
        let end = |minor: &Minor<'_>| minor.value.text_of("endOfLifeDate").map(str::to_owned);
        let (here, there) = (end(known), end(&minor));
        let is_fuller = known.value.get("releaseDate").is_none();
        if let (Some(here), Some(there)) = (&here, &there)
            && here != there
        {
            let (taken, other) = if is_fuller {
                (there, here)
            } else {
                (here, there)
            };
            let what = format!(
                "the end is {} in one place and {} in another: the first is taken",
                quoted(taken, 40),
                quoted(other, 40)
            );
            ledger.contradiction(minor.name, what, minor.spot());
        }
        if is_fuller {
            *known = minor;
        }
    }
    kept
}

impl Minor<'_> {
    fn spot(&self) -> Spot {
        self.document.spot_of(self.value, "release")
    }

    fn train(&self, version: Version, ledger: &mut Ledger) -> TrainEntry {
        let mut dates = Dates {
            document: self.document,
            train: self.name,
            table: self.value,
            ledger,
        };
        let release = dates.day("releaseDate");
        let maintenance = dates.day("maintenanceModeStartDate");
        let end = dates.end("endOfLifeDate");
        let lived = Life {
            phases: &[
                ("Standard support", Level::Current, release),
                ("Maintenance", Level::Maintenance, maintenance),
            ],
            release,
            end,
            end_day: EndDay::Supported,
        }
        .lived();
        for what in lived.contradictions {
            ledger.contradiction(self.name, what, self.spot());
        }
        let is_alone = lived.phases.len() == 1;
        let is_listed_as_over = self.value.get("finalPatchRelease").is_some();
        TrainEntry {
            release,
            released: release.is_none(),
            phases: if is_alone { Vec::new() } else { lived.phases },
            end: lived.end,
            ended: lived.ended || lived.end.is_none() && is_listed_as_over,
            note: self.note(self.value, ledger),
            ..TrainEntry::new(version)
        }
    }

    fn note(&self, value: &Value, ledger: &mut Ledger) -> Option<Note> {
        let written = value.text_of("note")?;
        let note = plain(written).parse().ok();
        if note.is_none() {
            ledger.left_out(
                self.name,
                "a note is too long: it is left out",
                self.document.spot_of(value, "note"),
            );
        }
        note
    }

    /// All its releases that are out, its own first.
    fn patches(
        &self,
        version: &Version,
        release: Option<Day>,
        ledger: &mut Ledger,
    ) -> Vec<ReleaseEntry> {
        self.not_taken(ledger);
        let mut facts: Vec<ReleaseEntry> = Vec::new();
        let mut seen = HashSet::new();
        let list = self.value.get("previousPatches").and_then(Value::items);
        for patch in list.unwrap_or_default() {
            let fact = self.patch(patch, ledger);
            let Some(fact) = fact else { continue };
            if seen.insert(riding::key(&fact.version)) {
                facts.push(fact);
            } else {
                let what = format!(
                    "patch `{}` is there twice: the first is taken",
                    fact.version
                );
                ledger.contradiction(self.name, what, self.document.spot_of(patch, "release"));
            }
        }
        self.first(&mut facts, version, release, ledger);
        facts
    }

    /// The first release is on the day of the train, whatever the list says.
    fn first(
        &self,
        facts: &mut Vec<ReleaseEntry>,
        version: &Version,
        release: Option<Day>,
        ledger: &mut Ledger,
    ) {
        let Some(release) = release else { return };
        let listed = facts
            .iter_mut()
            .find(|fact| fact.version.is_same_release(version));
        match listed {
            Some(fact) if fact.date != release => {
                let what = format!(
                    "the release is on {release}, and among the patches on {}: the first is taken",
                    fact.date
                );
                fact.date = release;
                ledger.contradiction(self.name, what, self.spot());
            }
            Some(_) => {}
            None => {
                let first = format!("{version}.0").parse();
                facts.push(fact(first.unwrap_or_else(|_| version.clone()), release));
            }
        }
    }

    fn patch(&self, patch: &Value, ledger: &mut Ledger) -> Option<ReleaseEntry> {
        let mut dates = Dates {
            document: self.document,
            train: self.name,
            table: patch,
            ledger,
        };
        let date = dates.day("targetDate");
        let version = patch.text_of("release").and_then(|name| name.parse().ok());
        let (Some(version), Some(date)) = (version, date) else {
            let what = "a patch has no day or no name: it is left out";
            ledger.left_out(self.name, what, self.document.spot_of(patch, "release"));
            return None;
        };
        Some(ReleaseEntry {
            note: self.note(patch, ledger),
            ..fact(version, date)
        })
    }

    /// What a schedule has no place for.
    fn not_taken(&self, ledger: &mut Ledger) {
        let next = self.value.get("next");
        let planned = next.and_then(|next| next.text().or_else(|| next.text_of("release")));
        let planned = planned.filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        if planned.is_some() {
            let what = "the next patch is planned, and only what is out can be recorded";
            ledger.left_out(self.name, what, self.spot());
        }
        let patches = self
            .value
            .get("previousPatches")
            .and_then(Value::items)
            .unwrap_or_default();
        let has_deadline = |value: &Value| value.get("cherryPickDeadline").is_some();
        if patches
            .iter()
            .chain(next)
            .chain([self.value])
            .any(has_deadline)
        {
            ledger.left_out(
                self.name,
                "a schedule has no place for cherry-pick deadlines",
                self.spot(),
            );
        }
        if self.value.get("finalPatchRelease").is_some() {
            ledger.left_out(
                self.name,
                "the final patch has no day: it is left out",
                self.spot(),
            );
        }
    }
}

/// A note without the marks of Markdown links: `[text](address)` becomes
/// `text (address)`.
fn plain(note: &str) -> String {
    let mut out = String::with_capacity(note.len());
    let mut rest = note;
    while let Some((before, (text, after))) = rest
        .split_once('[')
        .and_then(|(before, link)| Some((before, link.split_once("](")?)))
    {
        let Some((address, more)) = after.split_once(')') else {
            break;
        };
        out.push_str(before);
        out.push_str(text);
        out.push_str(" (");
        out.push_str(address);
        out.push(')');
        rest = more;
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
