//! Release schedules: trains, their days, and their status on each day.
//!
//! A [`Draft`] is a schedule as somebody wrote it. [`Schedule::new`] is the only
//! way from there to a [`Schedule`], and establishes every invariant. A [`Board`]
//! is the schedule seen on one day, and the only thing that views see of it.

mod all_trains;
mod board;
mod boards;
mod cadence;
mod calendar;
mod channels;
mod choice;
mod closed;
mod day;
mod draft;
mod finding;
mod follow;
mod id;
mod label;
mod leg;
mod length;
mod lookup;
mod milestones;
mod named;
mod numbers;
mod patches;
mod period;
mod phases;
mod pre_release;
mod round;
mod rules;
mod text;
mod train;
mod version;
mod when;
mod window;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

pub use board::{Board, Row, Skipped};
pub use boards::{Boards, ProjectBoard, Projects, TrainBoard};
pub use calendar::VersionPattern;
pub use choice::Choice;
pub(crate) use choice::choice;
pub use closed::{Closed, ClosedDays};
pub use day::Day;
pub(crate) use draft::tables;
pub use draft::{
    Allow, Anchor, Bump, Cadence, Channel, ColumnRule, Count, Draft, EndDay, Level, Links,
    MilestoneEntry, MilestoneRule, Order, OwnMilestone, PatchMilestone, PatchRule, PhaseRule,
    PhaseStart, Plans, Project, ReleaseEntry, Released, SupportFrom, TrainEntry, Weekend,
    Whichever, Window,
};
pub use finding::{Finding, Place, Segment};
pub use id::Id;
pub use length::{Before, BeforeRelease, Length, Offset, PhaseLength};
pub use milestones::{MilestoneName, NamedMilestone, TAKEN};
pub use named::Named;
pub use patches::Patch;
pub use period::Period;
pub use round::{Round, WeekdayOfMonth};
pub use rules::ALLOWABLE;
pub(crate) use text::quoted;
pub use text::{Address, Label, Note, Text};
pub use train::{End, Field, Milestone, Phase, Release, Status, Train, Waiting};
pub use version::Version;
pub use when::{Precision, When};

use all_trains::AllTrains;
use cadence::Rule;
use milestones::{MilestoneNames, Ruled};
use patches::PatchPlan;
use window::TrainsOnDay;

/// The most trains of one schedule that are ever made.
const MAX_TRAINS: u32 = 100_000;

/// The most trains that a board shows.
pub const MAX_ROWS: usize = 5_000;

/// The most releases that a schedule records.
pub const MAX_FACTS: usize = 50_000;

/// The most columns that a project adds to its table.
pub const MAX_COLUMNS: usize = 20;

/// The most milestones of a schedule, of a train, and of a patch release.
pub const MAX_MILESTONES: usize = 50;

/// The most phases of a channel, and of a train.
pub const MAX_PHASES: usize = 50;

/// How many trains after the next one a board can name.
pub const MAX_FURTHER: u32 = 9;

/// How far a board looks ahead for the next train of a channel.
const AHEAD: Length = Length::months(50 * 12);

/// How many trains of the cadence are made beforehand, past the last that
/// anything is known about.
const MADE_AHEAD: u32 = 130;

/// Everything known about one project's releases: its rules and its facts.
#[derive(Clone, Debug)]
pub struct Schedule {
    parts: Parts,
    /// As many as the board that was last asked for needs.
    all: Arc<Mutex<Arc<AllTrains>>>,
    findings: Vec<Finding>,
}

/// The parts of a schedule, with written trains and facts put in their places.
#[derive(Clone, Debug)]
struct Parts {
    project: Arc<Project>,
    rule: Option<Rule>,
    channels: Vec<Channel>,
    /// In an order in which they can be computed.
    milestones: Vec<Ruled>,
    /// The columns that the project fills itself.
    columns: Arc<[ColumnRule]>,
    /// The names of all milestones, one for each id.
    milestone_names: MilestoneNames,
    /// The rules of patches, channel by channel.
    patches: Vec<Option<Arc<PatchPlan>>>,
    /// Of each channel that counts trains, the place in the cadence of the first.
    counting_from: Vec<u32>,
    window: Window,
    /// What a planned day means that nobody recorded.
    plans: Plans,
    /// Whether anything is recorded at all.
    has_facts: bool,
    /// The newest train that a fact says is out; so are all before it.
    newest_confirmed: Option<Version>,
    entries: Vec<TrainEntry>,
    /// Written trains that the cadence makes too, by their place in it.
    overrides: BTreeMap<u32, usize>,
    /// Written trains that it does not make.
    own: Vec<usize>,
    /// These trains by what all versions share that name them.
    own_by_name: HashMap<String, Vec<usize>>,
    /// In the order of the file.
    facts: Vec<ReleaseEntry>,
    /// Facts by the place of their train in the cadence, as places in `facts`.
    facts_of_made: BTreeMap<u32, Vec<usize>>,
    /// Facts of other trains by the entry of their train.
    facts_of_own: BTreeMap<usize, Vec<usize>>,
    /// Facts that say which train they ride on, by what all versions share that
    /// name them.
    facts_with_train: HashMap<String, Vec<usize>>,
    /// When the trains leave of which something written says it, as it was
    /// planned and as it was recorded.
    written: [Vec<(When, Version)>; 2],
}

/// A board that cannot be made, because it would be larger than anybody can
/// read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    limit: usize,
    date: Day,
}

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, date } = self;
        write!(
            f,
            "the board of {date} needs more trains than the limit of {limit}"
        )
    }
}

impl std::error::Error for TooMany {}

impl Schedule {
    /// The schedule that a draft describes.
    ///
    /// # Errors
    ///
    /// All findings of the draft, when at least one of them is an error.
    pub fn new(mut draft: Draft) -> Result<Self, Vec<Finding>> {
        let project = &mut draft.project;
        project.id.get_or_insert_with(|| Id::of_name(&project.name));
        for rule in &mut draft.milestones {
            rule.id.get_or_insert_with(|| Id::of_name(&rule.name));
        }
        let acknowledged = rules::Acknowledged::of(&draft);
        let mut findings = Vec::new();
        let made = rules::sort_out(draft, &mut findings).map(|parts| {
            let all = AllTrains::new(&parts, parts.made_beforehand());
            findings.extend(rules::observe(&parts, &all));
            (parts, all)
        });
        let idle = acknowledged.settle(&mut findings);
        if !findings.iter().any(Finding::is_error) {
            findings.extend(idle);
        }
        findings.sort_by(|a, b| a.labels.cmp(&b.labels));
        match made {
            Some((parts, all)) if !findings.iter().any(Finding::is_error) => Ok(Self {
                parts,
                all: Arc::new(Mutex::new(Arc::new(all))),
                findings,
            }),
            _ => Err(findings),
        }
    }

    /// The warnings about it.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The project that it is of.
    pub fn project(&self) -> &Project {
        &self.parts.project
    }

    /// The releases that it records, in the order of the file.
    pub fn facts(&self) -> &[ReleaseEntry] {
        &self.parts.facts
    }

    /// Whether a fact is the first release of the train that it rides on.
    pub fn is_first(&self, fact: &ReleaseEntry) -> bool {
        let slot = self.parts.slot_of_fact(fact);
        slot.is_some_and(|slot| self.parts.version(slot).is_same_release(&fact.version))
    }

    /// Whether there is a train that a release of that name would ride on.
    pub fn has_train_for(&self, version: &Version) -> bool {
        self.parts.slot_of(version).is_some()
    }

    /// The board of that day.
    pub fn at(&self, date: Day) -> Result<Board, TooMany> {
        let [window, _] = self.boards(date)?;
        window
    }

    /// The board of that day with all trains from the first to the last that
    /// its window shows.
    pub fn all_at(&self, date: Day) -> Result<Board, TooMany> {
        let [_, all] = self.boards(date)?;
        all
    }

    /// The train that is written so, or that a release of that name rides on.
    pub fn train_of(&self, version: &Version) -> Option<Arc<Train>> {
        let slot = self.parts.slot_meant(version)?;
        Some(Arc::new(self.parts.train(slot)))
    }

    /// That train on that day, whether or not a board shows it.
    pub fn row_of(&self, version: &Version, date: Day) -> Option<Row> {
        let train = self.train_of(version)?;
        Some(Row::on(date, train, true, self.parts.has_facts))
    }

    /// Every train on that day, from the first to the last that the window
    /// shows, ascending by version; those that never leave are among them.
    pub fn trains_at(&self, date: Day) -> Result<Vec<TrainBoard>, TooMany> {
        let all = self.all_trains(date)?;
        let on_day = self.on_day(&all, date);
        let reached = on_day.reached();
        if reached.len() > MAX_ROWS {
            let limit = MAX_ROWS;
            return Err(TooMany { limit, date });
        }
        let trains = all.trains.iter().enumerate();
        let leaving: Vec<_> = trains.filter(|(_, train)| train.skip.is_none()).collect();
        let neighbour = |n: usize| leaving.get(n).map(|(_, train)| Arc::clone(train));
        let before = |place| leaving.partition_point(|(n, _)| *n < place);
        let boards = reached.into_iter().map(|place| TrainBoard {
            project: Arc::clone(&self.parts.project),
            has_facts: self.parts.has_facts,
            milestones: Arc::clone(&self.parts.milestone_names),
            row: on_day.row(place, true),
            period: all.trains[place].period(date),
            previous: before(place).checked_sub(1).and_then(neighbour),
            next: neighbour(before(place + 1)),
        });
        Ok(boards.collect())
    }

    /// What time alone brings by `date`: trains that are due, and ends that are
    /// near.
    pub fn notices(&self, date: Day) -> Result<Vec<Finding>, TooMany> {
        let board = self.all_at(date)?;
        Ok(rules::notices(&self.parts, &board, date))
    }

    /// The board of the window, and that of all trains.
    fn boards(&self, date: Day) -> Result<[Result<Board, TooMany>; 2], TooMany> {
        let all = self.all_trains(date)?;
        Ok(self.on_day(&all, date).boards())
    }

    fn on_day<'a>(&'a self, all: &'a AllTrains, today: Day) -> TrainsOnDay<'a> {
        let parts = &self.parts;
        TrainsOnDay { parts, all, today }
    }

    /// All trains that the board of `date`, and that of the next change, can
    /// speak of.
    fn all_trains(&self, date: Day) -> Result<Arc<AllTrains>, TooMany> {
        // One more, which is the neighbour of the last.
        let more = u32::from(self.parts.rule.is_some());
        let needed = self.parts.needed(date) + more;
        if needed > MAX_TRAINS + 1 {
            let limit = MAX_TRAINS as usize;
            return Err(TooMany { limit, date });
        }
        // What a board can show is a matter of its day alone, not of the boards
        // before it.
        let first = self.parts.made_beforehand();
        let made = first + needed.saturating_sub(first).next_multiple_of(MADE_AHEAD);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.made != made {
            *all = Arc::new(AllTrains::new(&self.parts, made));
        }
        Ok(Arc::clone(&all))
    }
}

impl Parts {
    /// How many trains the cadence must make to reach all that something is
    /// written about.
    fn known(&self) -> u32 {
        let overridden = self.overrides.last_key_value().map(|(index, _)| *index);
        let recorded = self.facts_of_made.last_key_value().map(|(index, _)| *index);
        overridden.max(recorded).map_or(0, |index| index + 1)
    }

    /// How many trains of the cadence are worth making once for all boards.
    fn made_beforehand(&self) -> u32 {
        let ahead = self.rule.as_ref().map_or(0, |_| MADE_AHEAD);
        (self.known() + ahead).min(MAX_TRAINS)
    }

    /// How many trains of the cadence the board of `date` and that of the
    /// next change need.
    fn needed(&self, date: Day) -> u32 {
        let Some(rule) = &self.rule else { return 0 };
        let is_ahead = |day: Option<Day>| day.is_none_or(|day| day > date);
        let past =
            first_where(|index| is_ahead(rule.day(index)) && is_ahead(rule.release_day(index)));
        let latest = date.after(AHEAD);
        let mut coming = (past..rule.count()).filter(|index| self.is_untouched(*index));
        let release = |index| Some(rule.release(index, rule.when(index)?));
        let next = coming.next().and_then(release);
        let mut wanted = self.window.upcoming.max(MAX_FURTHER);
        let channels = self.channels.iter();
        let mut of_channels: Vec<_> = channels.map(|channel| channel.upcoming).collect();
        let mut needed = past + 1;
        for index in coming {
            if wanted == 0 && of_channels.iter().all(|count| *count == 0) {
                break;
            }
            let planned = rule.when(index);
            let is_near = |planned: &When| Some(planned.last_day()) <= latest;
            let Some(planned) = planned.filter(is_near) else {
                break;
            };
            if Some(rule.release(index, planned)) <= next {
                continue;
            }
            wanted = wanted.saturating_sub(1);
            let slot = self.made_slot(index);
            if let Some(place) = self.channel_place(slot, &self.version(slot)) {
                of_channels[place] = of_channels[place].saturating_sub(1);
            }
            needed = index + 1;
        }
        needed.max(self.known())
    }

    /// Whether nothing is written about that train of the cadence.
    fn is_untouched(&self, index: u32) -> bool {
        !self.overrides.contains_key(&index) && !self.facts_of_made.contains_key(&index)
    }
}

/// The first place, up to the limit, from which on something holds.
fn first_where(holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, MAX_TRAINS);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
