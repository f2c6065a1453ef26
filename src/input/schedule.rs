//! `schedule.toml`.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use super::ReadError;
use super::shape::schedule::{BUMPS, END_DAYS, SCHEDULE, SUPPORT_FROM, WEEKENDS};
use super::toml::{Document, Table};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::schedule::{
    Cadence, Channel, Day, Draft, Finding, Length, Level, PhaseRule, Project, ReleaseEntry,
    Schedule, TrainEntry, Until, Window, WrittenEnd,
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
    let (schedule, findings) = match draft(&document.root(&SCHEDULE)) {
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

fn draft(root: &Table<'_>) -> Option<Legible> {
    let project = root.table("project").as_ref().and_then(project);
    let cadences = all(&root.one_or_more("cadence"), cadence);
    let channels = all(&root.tables("channel"), channel);
    let window = root
        .table("window")
        .as_ref()
        .map(window)
        .unwrap_or_default();
    let written = root.tables("train");
    let count = written.len();
    let (train_places, trains) = legible(&written, train);
    let (release_places, releases) = legible(&root.tables("release"), release);
    let draft = Draft {
        project: project?,
        cadences: cadences?,
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
fn legible<'a, T>(tables: &[Table<'a>], read: fn(&Table<'a>) -> Option<T>) -> (Vec<usize>, Vec<T>) {
    let read = tables.iter().map(read).enumerate();
    read.filter_map(|(place, entry)| Some((place, entry?)))
        .unzip()
}

/// Reads all tables of a list; nothing when one of them could not be read.
fn all<'a, T>(tables: &[Table<'a>], read: fn(&Table<'a>) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<_> = tables.iter().map(read).collect();
    read.into_iter().collect()
}

fn project(table: &Table<'_>) -> Option<Project> {
    Some(Project {
        version_label: table.parse("version-label"),
        branch_label: table.parse("branch-label"),
        end_day: table.choice("end-day", &END_DAYS).unwrap_or_default(),
        release_link: table.table("links").and_then(|links| {
            let release: Option<Link> = links.parse("release");
            release.map(|link| link.0)
        }),
        name: table.parse("name")?,
    })
}

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

fn link(table: &Table<'_>) -> Option<crate::schedule::Note> {
    table.parse("link").map(|link: Link| link.0)
}

fn cadence(table: &Table<'_>) -> Option<Cadence> {
    let anchor = table.table("anchor").as_ref().and_then(first_train);
    let every = table.parse("every");
    let bump = table.choice("bump", &BUMPS);
    let branch: Option<Before> = table.parse("branch");
    let weekend = table.choice("weekend", &WEEKENDS);
    let on = table.parse("on");
    let (version, date) = anchor?;
    Some(Cadence {
        anchor: version,
        date,
        every: every?,
        on,
        bump: bump.unwrap_or_default(),
        branch: branch.map(|before| before.0),
        weekend: weekend.unwrap_or_default(),
    })
}

fn first_train(table: &Table<'_>) -> Option<(crate::schedule::Version, Day)> {
    let version = table.parse("version");
    version.zip(table.day("date"))
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

fn channel(table: &Table<'_>) -> Option<Channel> {
    let name = table.parse("name");
    let channel = (
        table.count("every"),
        table.parse("from"),
        table.parse("badge"),
        table.count("upcoming").unwrap_or(0),
        table
            .choice("support-from", &SUPPORT_FROM)
            .unwrap_or_default(),
        all(&table.tables("phases"), phase),
    );
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

fn phase(table: &Table<'_>) -> Option<PhaseRule> {
    let name = table.parse("name");
    let phase = (
        table.parse("short"),
        table.choice("level", &Level::NAMES).unwrap_or_default(),
        table.day("from"),
        table.parse::<Length>("for"),
        table.count("releases"),
        table.parse("round"),
    );
    let (short, level, from, length, releases, round) = phase;
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
        round,
    })
}

fn window(table: &Table<'_>) -> Window {
    let usual = Window::default();
    Window {
        recent: table.count("recent").unwrap_or(usual.recent),
        upcoming: table.count("upcoming").unwrap_or(usual.upcoming),
        supported: table.optional_flag("supported").unwrap_or(usual.supported),
    }
}

fn train(table: &Table<'_>) -> Option<TrainEntry> {
    let version = table.parse("version");
    let phases = all(&table.tables("phases"), phase);
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
        link: link(table),
        allow: table.strings("allow"),
        phases: phases.clone().unwrap_or_default(),
        ..TrainEntry::new(version)
    });
    phases.and(entry)
}

impl FromStr for WrittenEnd {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self::Month)
    }
}

fn release(table: &Table<'_>) -> Option<ReleaseEntry> {
    let version = table.parse("version");
    let date = table.day("date");
    version.zip(date).map(|(version, date)| ReleaseEntry {
        train: table.parse("train"),
        pre: table.optional_flag("pre"),
        security: table.flag("security"),
        link: link(table),
        note: table.parse("note"),
        allow: table.strings("allow"),
        ..ReleaseEntry::new(version, date)
    })
}
