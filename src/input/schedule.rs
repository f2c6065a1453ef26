//! `schedule.toml`.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use super::ReadError;
use super::toml::{Document, Table};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::schedule::{
    Bump, Cadence, Channel, Day, Draft, EndDay, Finding, Length, Level, PhaseRule, Project,
    ReleaseEntry, Schedule, SupportFrom, TrainEntry, Until, Weekend, Window, WrittenEnd,
};

/// A schedule, and the warnings that it deserves.
#[derive(Debug)]
pub struct Read {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// The schedule.
    pub schedule: Schedule,
    /// What is odd about it.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a `schedule.toml`.
pub fn read(path: &Path) -> Result<Read, ReadError> {
    parse(&super::text(path)?).map_err(ReadError::Content)
}

/// Reads the schedule at a path from some folder, and names it by that path.
pub fn read_in(folder: &Path, path: &str) -> Result<Read, ReadError> {
    parse(&super::text_named(&folder.join(path), path)?).map_err(ReadError::Content)
}

/// A finding of a schedule, with its place in the text that it was read from.
pub fn locate(source: &Arc<Source>, finding: &Finding) -> Diagnostic {
    Document::parse(source).locate(finding)
}

/// Reads the text of a `schedule.toml`.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn parse(source: &Arc<Source>) -> Result<Read, Vec<Diagnostic>> {
    let document = Document::parse(source);
    let (schedule, findings) = match draft(document.root()) {
        Some(legible) => legible.schedule(),
        None => (None, Vec::new()),
    };
    let mut diagnostics: Vec<_> = findings
        .iter()
        .map(|finding| document.locate(finding))
        .collect();
    diagnostics.extend(document.into_diagnostics());
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let sound = diagnostics
        .iter()
        .all(|diagnostic| diagnostic.severity == Severity::Warning);
    match schedule {
        Some(schedule) if sound => Ok(Read {
            source: Arc::clone(source),
            schedule,
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// As much of a schedule as could be read, and which of the trains and
/// releases of the file that is, so that findings keep their places.
struct Legible {
    draft: Draft,
    trains: Vec<usize>,
    releases: Vec<usize>,
    all_trains: bool,
}

impl Legible {
    fn schedule(self) -> (Option<Schedule>, Vec<Finding>) {
        let (schedule, mut findings) = match Schedule::new(self.draft) {
            Ok(schedule) => {
                let findings = schedule.findings().to_vec();
                (Some(schedule), findings)
            }
            Err(findings) => (None, findings),
        };
        findings.retain(|finding| self.all_trains || finding.code != "no-train");
        for (place, _) in findings.iter_mut().flat_map(|finding| &mut finding.places) {
            place.renumber("train", &self.trains);
            place.renumber("release", &self.releases);
        }
        (schedule, findings)
    }
}

fn draft(mut root: Table<'_>) -> Option<Legible> {
    if !root.has("project") {
        root.missing("project");
    }
    let project = root.table("project").and_then(project);
    let has_cadence = root.has("cadence");
    let cadence = root.table("cadence").and_then(cadence);
    let channels = all(root.tables("channel"), channel);
    let window = root.table("window").map(window).unwrap_or_default();
    let written = root.tables("train");
    let count = written.len();
    let (train_places, trains) = legible(written, train);
    let (release_places, releases) = legible(root.tables("release"), release);
    root.finish();
    if has_cadence && cadence.is_none() {
        return None;
    }
    let draft = Draft {
        project: project?,
        cadence,
        channels: channels?,
        window,
        trains,
        releases,
    };
    Some(Legible {
        draft,
        all_trains: train_places.len() == count,
        trains: train_places,
        releases: release_places,
    })
}

/// Reads the tables of a list that can be read, each with its place in it.
fn legible<'a, T>(
    tables: Vec<Table<'a>>,
    read: fn(Table<'a>) -> Option<T>,
) -> (Vec<usize>, Vec<T>) {
    let read = tables.into_iter().map(read).enumerate();
    read.filter_map(|(place, entry)| Some((place, entry?)))
        .unzip()
}

/// Reads all tables of a list; nothing when one of them could not be read.
fn all<'a, T>(tables: Vec<Table<'a>>, read: fn(Table<'a>) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<_> = tables.into_iter().map(read).collect();
    read.into_iter().collect()
}

fn project(mut table: Table<'_>) -> Option<Project> {
    let project = Some(Project {
        version_label: table.parse("version-label"),
        branch_label: table.parse("branch-label"),
        end_day: table.choice("end-day", &END_DAYS).unwrap_or_default(),
        release_link: table.table("links").and_then(|mut links| {
            let release: Option<Link> = links.parse("release");
            links.finish();
            release.map(|link| link.0)
        }),
        name: match table.require("name") {
            Some(name) => name,
            None => return finished(table),
        },
    });
    table.finish();
    project
}

fn finished<T>(table: Table<'_>) -> Option<T> {
    table.finish();
    None
}

const END_DAYS: [(&str, EndDay); 2] = [
    ("unsupported", EndDay::Unsupported),
    ("supported", EndDay::Supported),
];

/// An address that a reader may follow.
struct Link(crate::schedule::Note);

impl FromStr for Link {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = text.starts_with("https://") || text.starts_with("http://");
        if !known || text.contains(char::is_whitespace) {
            return Err(format!(
                "`{text}` is not an address that begins with `https://` or `http://`"
            ));
        }
        text.parse().map(Self)
    }
}

fn link(table: &mut Table<'_>) -> Option<crate::schedule::Note> {
    table.parse("link").map(|link: Link| link.0)
}

fn cadence(mut table: Table<'_>) -> Option<Cadence> {
    let anchor = if let Some(anchor) = table.table("anchor") {
        first_train(anchor)
    } else {
        if !table.has("anchor") {
            table.missing("anchor");
        }
        None
    };
    let every = table.require("every");
    let bump = table.choice("bump", &[("major", Bump::Major), ("minor", Bump::Minor)]);
    let branch: Option<Before> = table.parse("branch");
    let weekend = table.choice(
        "weekend",
        &[("keep", Weekend::Keep), ("after", Weekend::After)],
    );
    table.finish();
    let (version, date) = anchor?;
    Some(Cadence {
        anchor: version,
        date,
        every: every?,
        bump: bump.unwrap_or_default(),
        branch: branch.map(|before| before.0),
        weekend: weekend.unwrap_or_default(),
    })
}

fn first_train(mut table: Table<'_>) -> Option<(crate::schedule::Version, Day)> {
    let version = table.require("version");
    let date = required_day(&mut table, "date");
    table.finish();
    version.zip(date)
}

fn required_day(table: &mut Table<'_>, key: &'static str) -> Option<Day> {
    if !table.has(key) {
        table.missing(key);
    }
    table.day(key)
}

/// `15 days before`
struct Before(Length);

impl FromStr for Before {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length = text
            .strip_suffix(" before")
            .and_then(|length| length.parse().ok());
        length
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not a length such as `15 days before`"))
    }
}

fn channel(mut table: Table<'_>) -> Option<Channel> {
    let name = table.require("name");
    let support = [
        ("plan", SupportFrom::Plan),
        ("release", SupportFrom::Release),
    ];
    let channel = (
        table.count("every"),
        table.parse("from"),
        table.parse("badge"),
        table.count("upcoming").unwrap_or(0),
        table.choice("support-from", &support).unwrap_or_default(),
        all(table.tables("phases"), phase),
    );
    table.finish();
    let (every, from, badge, upcoming, support_from, phases) = channel;
    Some(Channel {
        name: name?,
        every,
        from,
        badge,
        upcoming,
        support_from,
        phases: phases?,
    })
}

fn phase(mut table: Table<'_>) -> Option<PhaseRule> {
    let name = table.require("name");
    let phase = (
        table.parse("short"),
        table.choice("level", &Level::NAMES).unwrap_or_default(),
        table.day("from"),
        table.parse::<Length>("for"),
        table.count("releases"),
    );
    let (short, level, from, length, releases) = phase;
    if length.is_some() && releases.is_some() {
        table.clash(
            "for",
            "releases",
            "a phase lasts for a time or for a number of releases",
        );
    }
    table.finish();
    let until = match (length, releases) {
        (Some(length), _) => Until::For(length),
        (None, Some(count)) => Until::Releases(count),
        (None, None) => Until::Next,
    };
    Some(PhaseRule {
        name: name?,
        short,
        level,
        from,
        until,
    })
}

fn window(mut table: Table<'_>) -> Window {
    let usual = Window::default();
    let window = Window {
        recent: table.count("recent").unwrap_or(usual.recent),
        upcoming: table.count("upcoming").unwrap_or(usual.upcoming),
        supported: table.optional_flag("supported").unwrap_or(usual.supported),
    };
    table.finish();
    window
}

fn train(mut table: Table<'_>) -> Option<TrainEntry> {
    let version = table.require("version");
    let phases = all(table.tables("phases"), phase);
    let entry = version.map(|version| TrainEntry {
        name: table.parse("name"),
        channel: table.parse("channel"),
        badge: table.parse("badge"),
        branch: table.day("branch"),
        release: table.day("release"),
        end: table.day_or("end", WrittenEnd::Day),
        ended: table.flag("ended"),
        released: table.flag("released"),
        skip: table.parse("skip"),
        note: table.parse("note"),
        link: link(&mut table),
        allow: table.strings("allow"),
        phases: phases.clone().unwrap_or_default(),
        ..TrainEntry::new(version)
    });
    if entry.is_some() {
        table.finish();
    }
    phases.and(entry)
}

impl FromStr for WrittenEnd {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self::Month)
    }
}

fn release(mut table: Table<'_>) -> Option<ReleaseEntry> {
    let version = table.require("version");
    let date = required_day(&mut table, "date");
    let entry = version.zip(date).map(|(version, date)| ReleaseEntry {
        train: table.parse("train"),
        pre: table.optional_flag("pre"),
        security: table.flag("security"),
        link: link(&mut table),
        note: table.parse("note"),
        allow: table.strings("allow"),
        ..ReleaseEntry::new(version, date)
    });
    if entry.is_some() {
        table.finish();
    }
    entry
}
