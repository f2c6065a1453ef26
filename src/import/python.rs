//! The release data of python/peps: `release-cycle.json`, which is a table by
//! version, and `python-releases.toml` or `.json`, which has more days and all
//! releases. Either will do; with both, they are held against each other.

use std::collections::{HashMap, HashSet};

use super::document::{Dates, Document, Value, When};
use super::ledger::Ledger;
use super::life::Life;
use super::riding::{self, Trains, fact, link};
use super::{Imported, Spot};
use crate::diagnostic::Diagnostic;
use crate::schedule::{
    Day, Draft, EndDay, Label, Level, Project, ReleaseEntry, TrainEntry, Version, WrittenEnd,
};

const HELP: &str = "save it with `curl -O https://peps.python.org/api/release-cycle.json` or \
                    `curl -O https://peps.python.org/api/python-releases.json`";

/// Python's files, one or both, as a schedule; `name` is what the project is
/// called.
///
/// # Errors
///
/// What a document lacks to be one of them.
pub fn schedule(documents: &[Document], name: &Label) -> Result<Imported, Vec<Diagnostic>> {
    let mut ledger = Ledger::default();
    let lines = lines(documents)?;
    let mut draft = Draft::new(Project::new(name.clone()));
    draft.project.end_day = EndDay::Supported;
    if lines.iter().any(|line| line.text("branch").is_some())
        && lines.iter().all(Line::is_branched_by_name)
    {
        draft.project.branch_label = "{version}".parse().ok();
    }
    let mut trains = Trains::default();
    let mut facts = Vec::new();
    for line in &lines {
        let Some(version) = riding::version(line.name, &line.spot(), &mut ledger) else {
            continue;
        };
        let releases = line.releases(&mut ledger);
        let entry = line.train(version.clone(), &releases, &mut ledger);
        if trains.add(entry, line.spot(), &mut ledger) {
            let told = releases
                .into_iter()
                .filter(|told| told.is_out)
                .map(|told| told.fact);
            facts.extend(told.map(|fact| (version.clone(), fact)));
        }
        line.not_taken(&mut ledger);
    }
    draft.trains = trains.into_entries();
    riding::record(&mut draft, facts);
    let names: Vec<_> = documents.iter().map(Document::file_name).collect();
    let about = format!(
        "Imported from {}, release data of github.com/python/peps.",
        names.join(" and ")
    );
    Ok(Imported {
        draft,
        about: vec![about],
        reports: ledger.into_reports(),
    })
}

/// What the files say of one version.
struct Line<'a> {
    name: &'a str,
    /// Its entries, the fullest first.
    entries: Vec<(&'a Document, &'a Value)>,
    /// Its releases.
    list: Option<(&'a Document, &'a [Value])>,
}

/// A release as the list has it.
struct Told {
    fact: ReleaseEntry,
    /// Not only expected.
    is_out: bool,
    spot: Spot,
}

/// All versions, oldest first.
fn lines(documents: &[Document]) -> Result<Vec<Line<'_>>, Vec<Diagnostic>> {
    let mut documents: Vec<_> = documents.iter().collect();
    documents.sort_by_key(|document| document.root.get("metadata").is_none());
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for document in documents {
        let metadata = document.root.get("metadata");
        let entries = metadata.unwrap_or(&document.root).entries();
        let days = ["first_release", "end_of_life"];
        let is_one =
            |(_, value): &&(String, Value)| days.iter().any(|key| field(value, key).is_some());
        if !entries.iter().any(|entry| is_one(&entry)) {
            let what = "is no release data of Python: no version in it has a first release";
            return Err(document.refused(what, HELP));
        }
        let is_newest_first = metadata.is_none();
        let mut found: Vec<_> = entries.iter().filter(is_one).collect();
        if is_newest_first {
            found.reverse();
        }
        for (name, value) in found {
            let place = *places.entry(name).or_insert(lines.len());
            if place == lines.len() {
                lines.push(Line {
                    name,
                    entries: Vec::new(),
                    list: None,
                });
            }
            lines[place].entries.push((document, value));
        }
        let releases = document
            .root
            .get("releases")
            .or(document.root.get("release"));
        for (name, list) in releases.map(Value::entries).unwrap_or_default() {
            if let (Some(place), Some(items)) = (places.get(&**name), list.items()) {
                lines[*place].list = Some((document, items));
            }
        }
    }
    Ok(lines)
}

/// The value of a key that TOML writes with hyphens.
fn field<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).or_else(|| value.get(&key.replace('_', "-")))
}

impl Line<'_> {
    fn spot(&self) -> Spot {
        let (document, value) = self.entries[0];
        document.spot(value)
    }

    fn text(&self, key: &str) -> Option<&str> {
        let mut found = self
            .entries
            .iter()
            .filter_map(|(_, value)| field(value, key)?.text());
        found.find(|text| !text.is_empty())
    }

    /// Whether its branch is called like it; `main` is everybody's.
    fn is_branched_by_name(&self) -> bool {
        self.text("branch")
            .is_none_or(|branch| branch == self.name || branch == "main")
    }

    /// A day that any of the files has; the fullest comes first.
    fn end(&self, key: &str, ledger: &mut Ledger) -> Option<WrittenEnd> {
        let hyphened = key.replace('_', "-");
        let mut ends = self.entries.iter().filter_map(|(document, value)| {
            let mut dates = Dates {
                document,
                train: self.name,
                table: value,
                ledger,
            };
            dates.end(key).or_else(|| dates.end(&hyphened))
        });
        ends.next()
    }

    fn day(&self, key: &str, ledger: &mut Ledger) -> Option<Day> {
        match self.end(key, ledger)? {
            WrittenEnd::Day(day) => Some(day),
            WrittenEnd::Month(_) => {
                let what = format!("`{key}` is a month and no day: it is left out");
                ledger.left_out(self.name, what, self.spot());
                None
            }
        }
    }

    /// An end on the first of a month is that month, until it is over.
    fn end_of_life(&self, ledger: &mut Ledger) -> Option<WrittenEnd> {
        let is_over = self.text("status") == Some("end-of-life");
        match self.end("end_of_life", ledger)? {
            WrittenEnd::Day(day) if day.day() == 1 && !is_over => {
                let month = day.to_string()[..7].parse();
                Some(month.map_or(WrittenEnd::Day(day), WrittenEnd::Month))
            }
            end => Some(end),
        }
    }

    fn train(&self, version: Version, releases: &[Told], ledger: &mut Ledger) -> TrainEntry {
        self.compare(ledger);
        let written = self.day("first_release", ledger);
        let release = self.first_release(&version, written, releases, ledger);
        let end = self.end_of_life(ledger);
        let bugfix = self.day("end_of_bugfix", ledger);
        let names = self.status_without_days(bugfix, ledger);
        let life = Life {
            phases: &[
                (
                    "Feature",
                    Level::Pre,
                    self.day("start_of_development", ledger),
                ),
                ("Prerelease", Level::Pre, self.day("feature_freeze", ledger)),
                (names.0, names.1, release),
                ("Security", Level::Maintenance, bugfix.and_then(Day::next)),
            ],
            release,
            end,
            end_day: EndDay::Supported,
        };
        let lived = life.lived();
        for what in lived.contradictions {
            ledger.contradiction(self.name, what, self.spot());
        }
        let pep = self.text("pep").and_then(|pep| pep.parse::<u32>().ok());
        let is_over = self.text("status") == Some("end-of-life");
        // Which phases it had, nobody says any more.
        let is_plain = is_over && bugfix.is_none();
        TrainEntry {
            release,
            released: release.is_none() && is_over,
            phases: if is_plain { Vec::new() } else { lived.phases },
            end: lived.end,
            ended: lived.ended || lived.end.is_none() && is_over,
            link: pep.and_then(|pep| link(&format!("https://peps.python.org/pep-{pep:04}/"))),
            ..TrainEntry::new(version)
        }
    }

    /// The phase after the release. Without the day on which bug fixes end, it
    /// is the one that the status names.
    fn status_without_days(
        &self,
        bugfix: Option<Day>,
        ledger: &mut Ledger,
    ) -> (&'static str, Level) {
        let status = self.text("status");
        if bugfix.is_none() && matches!(status, Some("bugfix" | "security")) {
            let what =
                "the file does not say when bug fixes end: only the phase of today is written";
            ledger.left_out(self.name, what, self.spot());
        }
        if bugfix.is_none() && matches!(status, Some("feature" | "prerelease")) {
            let what = "the phases before the release have no days: they are left out";
            ledger.left_out(self.name, what, self.spot());
        }
        match (bugfix, status) {
            (None, Some("security")) => ("Security", Level::Maintenance),
            _ => ("Bugfix", Level::Current),
        }
    }

    /// Says where the two files have different days.
    fn compare(&self, ledger: &mut Ledger) {
        let [(_, full), (document, short), ..] = &self.entries[..] else {
            return;
        };
        for key in ["first_release", "end_of_life", "status", "branch", "pep"] {
            let (Some(a), Some(b)) = (field(full, key), field(short, key)) else {
                continue;
            };
            let is_month = |whole: When, month: When| match (whole, month) {
                (When::Day(day), When::Month(month)) => {
                    (month.first_day()..=month.last_day()).contains(&day)
                }
                _ => false,
            };
            if a.text() == b.text() || is_month(a.when(), b.when()) {
                continue;
            }
            let what = format!(
                "`{key}` is {} in one file and {} in the other: the first is taken",
                a.quoted(),
                b.quoted()
            );
            ledger.contradiction(self.name, what, document.spot(b));
        }
    }

    /// The day of the first release: the list has a record, the entry a field
    /// that somebody must keep up with it.
    fn first_release(
        &self,
        version: &Version,
        written: Option<Day>,
        releases: &[Told],
        ledger: &mut Ledger,
    ) -> Option<Day> {
        let first = releases
            .iter()
            .find(|told| told.fact.version.is_same_release(version));
        let (Some(first), Some(written)) = (first, written) else {
            return written.or_else(|| first.map(|told| told.fact.date));
        };
        let listed = first.fact.date;
        if listed == written {
            return Some(written);
        }
        let (taken, whose) = if first.is_out {
            (listed, "the latter, which is a record,")
        } else {
            (written, "the former")
        };
        let what = format!(
            "the first release is on {written}, and in the list of releases on {listed}: \
             {whose} is taken"
        );
        ledger.contradiction(self.name, what, first.spot.clone());
        Some(taken)
    }

    fn releases(&self, ledger: &mut Ledger) -> Vec<Told> {
        let Some((document, items)) = self.list else {
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let mut releases = Vec::new();
        for value in items {
            let Some(told) = self.release(document, value, ledger) else {
                continue;
            };
            if seen.insert(riding::key(&told.fact.version)) {
                releases.push(told);
            } else {
                let what = format!(
                    "release `{}` is listed twice: the first is taken",
                    told.fact.version
                );
                ledger.contradiction(self.name, what, told.spot);
            }
        }
        let expected = releases.iter().find(|told| !told.is_out);
        if let Some(expected) = expected {
            let what = "releases are expected, and only what is out can be recorded";
            ledger.left_out(self.name, what, expected.spot.clone());
        }
        releases
    }

    fn release(&self, document: &Document, value: &Value, ledger: &mut Ledger) -> Option<Told> {
        let mut dates = Dates {
            document,
            train: self.name,
            table: value,
            ledger,
        };
        let date = dates.day("date");
        let version = value.text_of("stage").and_then(version);
        let (Some(version), Some(date)) = (version, date) else {
            let what = "a release has no day or no stage that can be read: it is left out";
            ledger.left_out(self.name, what, document.spot(value));
            return None;
        };
        let written = value.text_of("note");
        let note = written.and_then(|note| note.parse().ok());
        if written.is_some() && note.is_none() {
            let spot = document.spot_of(value, "note");
            ledger.left_out(self.name, "a note is too long: it is left out", spot);
        }
        Some(Told {
            fact: ReleaseEntry {
                note,
                ..fact(version, date)
            },
            is_out: value.text_of("state") != Some("expected"),
            spot: document.spot_of(value, "date"),
        })
    }

    fn not_taken(&self, ledger: &mut Ledger) {
        if self.text("release_manager").is_some() {
            let what = "a schedule has no place for the release manager";
            ledger.left_out(self.name, what, self.spot());
        }
    }
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
    text.parse().ok().filter(|_| super::is_version_text(&text))
}
