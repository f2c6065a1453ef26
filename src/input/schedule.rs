//! `schedule.toml`.

use std::sync::Arc;

use super::keys::Keyed;
use super::toml::TomlDocument;
use super::values::{Each, OneOrMore};
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{
    Address, Allow, Anchor, Before, BeforeRelease, Bump, Cadence, Channel, Closed, ColumnRule,
    Count, Day, Draft, EndDay, Finding, Id, Label, Length, Level, Links, MAX_COLUMNS, MAX_FACTS,
    MAX_MILESTONES, MAX_PHASES, MAX_ROWS, MilestoneEntry, MilestoneRule, Named, Note, Offset,
    Order, OwnMilestone, PatchMilestone, PatchRule, PhaseLength, PhaseRule, PhaseStart, Place,
    Plans, Project, ReleaseEntry, Released, Round, Schedule, Segment, SupportFrom, TrainEntry,
    Version, VersionPattern, WeekdayOfMonth, Weekend, When, Whichever, Window, tables,
};

tables!(keys);

/// A schedule, and the warnings that it deserves.
#[derive(Clone, Debug)]
pub struct Read {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// What it says, with what it takes from the project that it follows.
    pub draft: Draft,
    /// The schedule.
    pub schedule: Schedule,
    /// The warnings about it.
    pub warnings: Vec<Diagnostic>,
}

/// The project that another one follows; else the error for which there is
/// none, or nothing, where its own errors tell.
pub(super) type Leader = Result<Arc<Read>, Option<Finding>>;

/// The ids in the text of a schedule, which may have errors elsewhere.
pub(super) struct Names {
    pub(super) id: Id,
    pub(super) follows: Option<Id>,
}

/// The id of a schedule, and that of the one that it follows.
pub(super) fn names(source: &Arc<Source>) -> Names {
    let document = TomlDocument::parse(source);
    let project: Option<Project> = document.root::<Draft>().must("project");
    Names {
        follows: project.as_ref().and_then(|project| project.follows.clone()),
        id: project.map_or_else(|| Id::of_name(""), Project::into_id),
    }
}

/// Reads the text of a `schedule.toml` that follows no other.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn parse(source: &Arc<Source>) -> Result<Read, Vec<Diagnostic>> {
    let nobody = |_: &Id| {
        let title = "a text alone can follow no other project";
        Err(Some(Finding::error("no-leader", title)))
    };
    parse_among(source, None, nobody)
}

/// Reads the text of the schedule of that id, which may follow another.
pub(super) fn parse_among(
    source: &Arc<Source>,
    id: Option<&Id>,
    leader: impl FnOnce(&Id) -> Leader,
) -> Result<Read, Vec<Diagnostic>> {
    let document = TomlDocument::parse(source);
    let mut found = Vec::new();
    let draft = Draft::read_keys(&document.root::<Draft>());
    let made = draft.and_then(|mut draft| {
        found.extend(id.and_then(|id| take_id(&mut draft.project, id)));
        found.extend(own_cadence(&draft));
        let own = follow(&mut draft, leader, &mut found)?;
        let schedule = Schedule::new(draft.clone());
        let findings = match &schedule {
            Ok(schedule) => schedule.findings(),
            Err(findings) => findings,
        };
        let has_wrong_bump = findings.iter().any(|finding| finding.code == "wrong-bump");
        let is_known = |finding: &Finding| match finding.code {
            // Which trains there are is not known.
            _ if !document.is_legible("bump") => finding.is_error() && !is_of_cadence(finding),
            "between-multiples" => !has_wrong_bump,
            "no-train" => document.is_legible("train") && document.is_legible("cadence"),
            "unreachable-channel" => document.is_legible("train"),
            "unknown-channel" => document.is_legible("channel"),
            "unknown-milestone" => document.is_legible("milestone"),
            "idle-allow" => document.is_sound() && !has_wrong_bump,
            _ => true,
        };
        let own = findings
            .iter()
            .filter(|finding| own.concerns(finding) && is_known(finding));
        found.extend(own.cloned());
        Some((draft, schedule.ok()?))
    });
    let found = found.iter().map(|finding| document.locate(finding));
    let mut diagnostics: Vec<_> = found.collect();
    diagnostics.extend(document.into_diagnostics());
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    match made {
        Some((draft, schedule)) if !diagnostics.iter().any(Diagnostic::is_error) => Ok(Read {
            source: Arc::clone(source),
            draft,
            schedule,
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// A finding of a schedule, with its place in the text that it was read from.
pub fn locate(source: &Arc<Source>, finding: &Finding) -> Diagnostic {
    TomlDocument::parse(source).locate(finding)
}

fn is_of_cadence(finding: &Finding) -> bool {
    let is_in = |(place, _): &(Place, String)| matches!(place.segments(), [Segment::Key(key), ..] if key == "cadence");
    finding.labels.iter().any(is_in)
}

/// Takes the id that the name of the file gives.
fn take_id(project: &mut Project, id: &Id) -> Option<Finding> {
    let written = project.id.replace(id.clone());
    let written = written.filter(|written| written != id && *written != Id::of_name(&project.name));
    written.map(|_| {
        let title = format!("a file in `schedules/` gives its project its name, `{id}`");
        let place = Place::of("project").key("id");
        Finding::error("id-differs", title)
            .at(place, "another name")
            .help("leave `id` out, or name the file so")
    })
}

/// A project that follows another takes the cadence from there.
fn own_cadence(draft: &Draft) -> Option<Finding> {
    let follows = draft.project.follows.as_ref()?;
    let title = format!("a project that follows `{follows}` has no cadence of its own");
    let finding = Finding::error("clash", title)
        .at(Place::item("cadence", 0), "this")
        .at(Place::of("project").key("follows"), "and this");
    (!draft.cadences.is_empty()).then_some(finding)
}

/// Takes what a project has from the one that it follows, if it follows one;
/// nothing when that is wrong.
fn follow(
    draft: &mut Draft,
    leader: impl FnOnce(&Id) -> Leader,
    found: &mut Vec<Finding>,
) -> Option<Own> {
    let own = Own {
        trains: draft.trains.len(),
        releases: draft.releases.len(),
        has_channels: !draft.channels.is_empty(),
        follows: draft.project.follows.is_some(),
    };
    match draft.project.follows.as_ref().map(leader) {
        None => {}
        Some(Ok(leader)) => draft.follow(&leader.draft, &leader.schedule),
        Some(Err(error)) => {
            let place = Place::of("project").key("follows");
            found.extend(error.map(|error| error.at(place, "followed here")));
            return None;
        }
    }
    Some(own)
}

/// The part of a draft that its own file says: all of it, unless it follows.
struct Own {
    trains: usize,
    releases: usize,
    has_channels: bool,
    follows: bool,
}

impl Own {
    /// Whether a finding is about this file; what is odd about the project
    /// that it follows is said there. Errors are kept, with the way by which
    /// they came.
    fn concerns(&self, finding: &Finding) -> bool {
        let is_own = |place: &Place| match place.segments() {
            [Segment::Key(list), Segment::Item(n), ..] => match &**list {
                // A train has what the one that it follows allows, too.
                "train" => *n < self.trains && finding.code != "idle-allow",
                "release" => *n < self.releases,
                "channel" => self.has_channels,
                _ => false,
            },
            _ => false,
        };
        let concerns = finding.labels.iter().any(|(place, _)| is_own(place));
        !self.follows || concerns || finding.is_error()
    }
}
