//! `schedule.toml`.

use std::str::FromStr;
use std::sync::Arc;

use super::shape::schedule::{BUMPS, END_DAYS, SCHEDULE, SUPPORT_FROM, WEEKENDS};
use super::toml::{Document, Table};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::schedule::{
    Cadence, Channel, Day, Draft, Finding, Id, Label, Length, Level, PhaseRule, Place, Project,
    ReleaseEntry, Schedule, Segment, TrainEntry, Until, Window, WrittenEnd,
};

/// A schedule, and the warnings that it deserves.
#[derive(Clone, Debug)]
pub struct Read {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// What it says, with what it takes from the project that it follows.
    pub draft: Draft,
    /// The schedule.
    pub schedule: Schedule,
    /// What is odd about it.
    pub warnings: Vec<Diagnostic>,
}

/// What is known of the project that another one follows.
pub(super) enum Leader {
    /// It could be read.
    Read(Arc<Read>),
    /// It could not, which is told elsewhere.
    Wrong,
    /// Why there is none.
    Refused(Diagnostic),
}

/// What a schedule says about itself and others, however wrong it is else.
pub(super) struct Names {
    pub(super) id: Id,
    pub(super) follows: Option<Id>,
}

/// What the text of a schedule says about itself and others.
pub(super) fn names(source: &Arc<Source>) -> Names {
    let document = Document::parse(source);
    let project = document.root(&SCHEDULE).table("project");
    let project = project.as_ref().and_then(project_of);
    Names {
        follows: project.as_ref().and_then(|project| project.follows.clone()),
        id: project.map_or_else(|| Id::of_name(""), |project| project.id),
    }
}

/// Reads the text of a `schedule.toml` that follows no other.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn parse(source: &Arc<Source>) -> Result<Read, Vec<Diagnostic>> {
    let nobody = |_: &Id| {
        let error = Diagnostic::error("no-leader", "a text alone can follow no other project");
        Leader::Refused(error)
    };
    parse_among(source, None, nobody)
}

/// Reads the text of the schedule of that id, which may follow another.
pub(super) fn parse_among(
    source: &Arc<Source>,
    id: Option<&Id>,
    leader: impl FnOnce(&Id) -> Leader,
) -> Result<Read, Vec<Diagnostic>> {
    let document = Document::parse(source);
    let mut legible = draft(&document.root(&SCHEDULE));
    let mut found = Vec::new();
    let mut is_wrong = false;
    if let Some(legible) = &mut legible {
        found.extend(id.and_then(|id| legible.take_id(id)));
        found.extend(legible.own_cadence());
        match legible.draft.project.follows.as_ref().map(leader) {
            Some(Leader::Read(read)) => legible.follow(&read),
            Some(Leader::Wrong) => is_wrong = true,
            Some(Leader::Refused(error)) => {
                is_wrong = true;
                found.push(followed(error));
            }
            None => {}
        }
    }
    let read = legible.filter(|_| !is_wrong).map(Legible::schedule);
    let (schedule, findings) = read.unwrap_or_default();
    let findings = found.iter().chain(&findings);
    let mut diagnostics: Vec<_> = findings.map(|finding| document.locate(finding)).collect();
    diagnostics.extend(document.into_diagnostics());
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let sound = diagnostics
        .iter()
        .all(|diagnostic| diagnostic.severity == Severity::Warning);
    match schedule {
        Some((draft, schedule)) if sound => Ok(Read {
            source: Arc::clone(source),
            draft,
            schedule,
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// Why there is no leader, at the place where it is named.
fn followed(error: Diagnostic) -> Finding {
    let place = Place::of("project").key("follows");
    let finding = Finding::error(error.code, error.title, place, "followed here");
    match error.help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// A finding of a schedule, with its place in the text that it was read from.
pub fn locate(source: &Arc<Source>, finding: &Finding) -> Diagnostic {
    Document::parse(source).locate(finding)
}

/// As much of a schedule as could be read, and which of the trains and
/// releases of the file that is, so that findings keep their places.
struct Legible {
    draft: Draft,
    trains: Vec<usize>,
    releases: Vec<usize>,
    all_trains: bool,
    own: Own,
}

/// What of a draft stands in its own file.
struct Own {
    trains: usize,
    releases: usize,
    has_channels: bool,
    follows: bool,
}

impl Legible {
    /// Takes the id that the name of the file gives.
    fn take_id(&mut self, id: &Id) -> Option<Finding> {
        let project = &mut self.draft.project;
        let written = std::mem::replace(&mut project.id, id.clone());
        let differs = written != *id && written != Id::of_name(&project.name);
        differs.then(|| {
            let title = format!("a file in `schedules/` gives its project its name, `{id}`");
            let place = Place::of("project").key("id");
            let finding = Finding::error("id-differs", title, place, "another name");
            finding.help("leave `id` out, or name the file so")
        })
    }

    /// Who follows goes at the pace of another.
    fn own_cadence(&self) -> Option<Finding> {
        let follows = self.draft.project.follows.as_ref()?;
        let title = format!("a project that follows `{follows}` has no cadence of its own");
        let place = Place::item("cadence", 0);
        let finding = Finding::error("clash", title, place, "this");
        let has_cadence = !self.draft.cadences.is_empty();
        has_cadence.then(|| finding.and(Place::of("project").key("follows"), "and this"))
    }

    fn follow(&mut self, leader: &Read) {
        self.own.has_channels = !self.draft.channels.is_empty();
        self.own.follows = true;
        let draft = std::mem::replace(&mut self.draft, leader.draft.clone());
        self.draft = draft.following(&leader.draft, &leader.schedule);
    }

    /// The schedule, with its draft, and what is to be said about it.
    fn schedule(self) -> (Option<(Draft, Schedule)>, Vec<Finding>) {
        let (schedule, mut findings) = match Schedule::new(self.draft.clone()) {
            Ok(schedule) => {
                let findings = schedule.findings().to_vec();
                (Some((self.draft, schedule)), findings)
            }
            Err(findings) => (None, findings),
        };
        findings.retain(|finding| self.all_trains || finding.code != "no-train");
        findings.retain(|finding| self.own.concerns(finding));
        for (place, _) in findings.iter_mut().flat_map(|finding| &mut finding.places) {
            place.renumber("train", &self.trains);
            place.renumber("release", &self.releases);
        }
        (schedule, findings)
    }
}

impl Own {
    /// Whether a finding is about this file; what is odd about the project
    /// that it follows is said there. Errors are kept, with the way by which
    /// they came.
    fn concerns(&self, finding: &Finding) -> bool {
        let is_own = |place: &Place| match place.segments() {
            [Segment::Key(list), Segment::Item(n), ..] => match &**list {
                "train" => *n < self.trains,
                "release" => *n < self.releases,
                "channel" => self.has_channels,
                _ => false,
            },
            _ => false,
        };
        let concerns = finding.places.iter().any(|(place, _)| is_own(place));
        !self.follows || concerns || finding.severity == Severity::Error
    }
}

fn draft(root: &Table<'_>) -> Option<Legible> {
    let project = root.table("project").as_ref().and_then(project_of);
    let cadences = all(&root.one_or_more("cadence"), cadence);
    let channels = all(&root.tables("channel"), channel);
    let window = root.table("window").as_ref().map(window);
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
    let own = Own {
        trains: draft.trains.len(),
        releases: draft.releases.len(),
        has_channels: true,
        follows: false,
    };
    Some(Legible {
        draft,
        own,
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

fn project_of(table: &Table<'_>) -> Option<Project> {
    let id = table.parse("id");
    let name: Option<Label> = table.parse("name");
    let project = Project {
        category: table.parse("category"),
        follows: table.parse("follows"),
        version_label: table.parse("version-label"),
        branch_label: table.parse("branch-label"),
        end_day: table.choice("end-day", &END_DAYS).unwrap_or_default(),
        release_link: table.table("links").and_then(|links| {
            let release: Option<Link> = links.parse("release");
            release.map(|link| link.0)
        }),
        ..Project::new(name?)
    };
    Some(Project {
        id: id.unwrap_or(project.id),
        ..project
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
