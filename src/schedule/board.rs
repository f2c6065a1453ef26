//! The schedule seen on one day.

use std::sync::Arc;

use super::day::Day;
use super::draft::{ColumnRule, EndDay, Order, Project};
use super::milestones::{MilestoneName, MilestoneNames};
use super::patches::Patch;
use super::period::Period;
use super::text::{Address, Note};
use super::train::{End, Milestone, Phase, Release, Status, Train, Waiting};
use super::when::When;

/// So many trains that have ended stand in their place; more go together
/// after those that matter.
const MANY_ENDED: usize = 5;

/// The schedule seen on one day, and on every day of the same period.
///
/// Every view is made from a board and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub(super) project: Arc<Project>,
    pub(super) period: Period,
    pub(super) has_facts: bool,
    pub(super) has_branches: bool,
    /// All trains that some view speaks of, ascending.
    pub(super) rows: Vec<Row>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) current: Option<usize>,
    pub(super) previous: Option<usize>,
    pub(super) lts: Option<usize>,
    pub(super) next: Option<usize>,
    /// The trains after the next one.
    pub(super) further: Vec<Arc<Train>>,
    pub(super) milestones: MilestoneNames,
    pub(super) columns: Arc<[ColumnRule]>,
    pub(super) order: Order,
}

/// One train on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub(super) train: Arc<Train>,
    pub(super) status: Status,
    pub(super) phase: Option<usize>,
    pub(super) latest: Option<usize>,
    pub(super) branch: Milestone,
    pub(super) release: Milestone,
    pub(super) recorded_end: Option<Day>,
    /// How many of the days on which something about it changes have come.
    pub(super) past_changes: usize,
    /// Whether it is out by plan alone.
    pub(super) is_by_plan: bool,
    /// Whether the train that it waits for is due.
    pub(super) is_waiting: bool,
    pub(super) patches: Vec<Patch>,
    /// Whether it is in the window, not only a value.
    pub(super) shown: bool,
}

/// A train that never leaves, between those that a board shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// As the project writes it.
    pub label: Arc<str>,
    /// The reason why it never leaves.
    pub reason: Note,
    /// The address of a page about it.
    pub link: Option<Address>,
}

impl Board {
    /// The project whose trains these are.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The days for which it holds.
    pub fn period(&self) -> Period {
        self.period
    }

    /// Whether the schedule records anything; where it does, plans that nobody
    /// confirmed are told train by train.
    pub fn has_facts(&self) -> bool {
        self.has_facts
    }

    /// Whether all that is told of the trains shown is by plan, since nothing
    /// is ever recorded.
    pub fn is_by_plan(&self) -> bool {
        !self.has_facts && self.trains().any(Row::is_by_plan)
    }

    /// Whether any train that it shows has a branch day.
    pub fn has_branches(&self) -> bool {
        self.has_branches
    }

    /// What the day of an end means on it.
    pub fn end_day(&self) -> EndDay {
        self.project.end_day
    }

    /// The trains of its window, ascending by version.
    pub fn trains(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.rows.iter().filter(|row| row.shown)
    }

    /// The trains of its window, and all others that a value or a sentence
    /// speaks of, ascending by version.
    pub fn told(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.rows.iter()
    }

    /// All trains in ordinary support, ascending by version.
    pub fn supported(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.rows_with(Status::Supported)
    }

    /// All trains that have extended support only, ascending by version.
    pub fn extended(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.rows_with(Status::Extended)
    }

    /// The trains that are due, ascending by version: as many of the newest as
    /// the window shows.
    pub fn due(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.trains().filter(|row| row.status == Status::Due)
    }

    fn rows_with(&self, status: Status) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.rows.iter().filter(move |row| row.status == status)
    }

    /// The trains that never leave, between the first and the last shown.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The newest train that is released and supported.
    pub fn current(&self) -> Option<&Row> {
        self.current.map(|n| &self.rows[n])
    }

    /// The supported train before the current one.
    pub fn previous(&self) -> Option<&Row> {
        self.previous.map(|n| &self.rows[n])
    }

    /// The newest supported train with long-term support.
    pub fn lts(&self) -> Option<&Row> {
        self.lts.map(|n| &self.rows[n])
    }

    /// The first train that is not released and whose day is still to come.
    pub fn upcoming(&self) -> Option<&Row> {
        let coming = self.trains().filter(|row| {
            let is_coming = matches!(row.status, Status::Planned | Status::Stabilising);
            is_coming && !row.train.rolling
        });
        coming.min_by_key(|row| {
            let when = row.release.when();
            (when.is_none(), when)
        })
    }

    /// The first train that is not released, be it due or not.
    pub fn next(&self) -> Option<&Row> {
        self.next.map(|n| &self.rows[n])
    }

    /// The n-th train after that, from 1 to [`MAX_FURTHER`].
    ///
    /// [`MAX_FURTHER`]: super::MAX_FURTHER
    pub fn further(&self, n: usize) -> Option<&Train> {
        self.all_further().nth(n.checked_sub(1)?)
    }

    /// The trains after the next that values speak of, in the order in which
    /// they come.
    pub(crate) fn all_further(&self) -> impl Iterator<Item = &Train> {
        self.further.iter().map(Arc::as_ref)
    }

    /// The columns of its table that the project fills itself.
    pub fn columns(&self) -> &[ColumnRule] {
        &self.columns
    }

    /// The trains of its window as they stand in a table or chart: those that
    /// never leave first, then the others in the order that the schedule asks
    /// for.
    pub fn in_order(&self) -> Vec<&Row> {
        let is_rolling = |row: &&Row| row.train.rolling;
        let (rolling, mut rows): (Vec<_>, Vec<_>) = self.trains().partition(is_rolling);
        if self.order == Order::Newest {
            rows.reverse();
        }
        rolling.into_iter().chain(rows).collect()
    }

    /// The same trains, and apart from them those that have ended, where these
    /// are more than five and not all that there are.
    pub fn in_groups(&self) -> [Vec<&Row>; 2] {
        let rows = self.in_order();
        let has_ended = |row: &&Row| row.status == Status::Ended;
        let ended = rows.iter().filter(|row| has_ended(row)).count();
        let is_many = ended > MANY_ENDED && ended < rows.len();
        let (ended, rows) = rows.into_iter().partition(|row| is_many && has_ended(row));
        [rows, ended]
    }

    /// The names of all milestones that its schedule has names for.
    pub fn milestones(&self) -> impl Iterator<Item = &MilestoneName> + Clone {
        self.milestones.iter().map(Arc::as_ref)
    }
}

impl Row {
    /// The row of a train on a day. In a schedule without facts whose plans are
    /// trusted, a written day that has come counts as recorded.
    pub(super) fn on(today: Day, train: Arc<Train>, shown: bool, has_facts: bool) -> Self {
        let status = train.status(today);
        let is_plain = !has_facts && train.is_trusted;
        let recorded = |is_written: bool, when: Option<When>| {
            let day = when.and_then(When::day);
            day.filter(|day| is_written && is_plain && *day <= today)
        };
        let written = train.written;
        let milestone = |milestone: Milestone, is_written| Milestone {
            recorded: milestone
                .recorded
                .or_else(|| recorded(is_written, milestone.planned)),
            ..milestone
        };
        Self {
            status,
            phase: train.phase(today),
            latest: train.latest(today),
            branch: milestone(train.branch, written.branch),
            release: milestone(train.release, written.release),
            recorded_end: recorded(written.end && status == Status::Ended, train.end.when()),
            past_changes: train.changes().filter(|day| *day <= today).count(),
            is_by_plan: train.is_by_plan(today),
            is_waiting: train.is_waiting(today),
            patches: train.patches(today, has_facts || !train.is_trusted),
            shown,
            train,
        }
    }

    /// The train, with all that does not depend on the day.
    pub fn train(&self) -> &Train {
        &self.train
    }

    /// Its status.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether it is in ordinary support.
    pub fn is_supported(&self) -> bool {
        self.status == Status::Supported
    }

    /// The phase it is in; none while it is planned and when it has ended.
    pub fn phase(&self) -> Option<&Phase> {
        self.phase.map(|n| &self.train.phases[n])
    }

    /// Whether it has support for long, now: by the level of its phase, or by
    /// its badge unless such a phase is yet to come.
    pub fn is_lts(&self) -> bool {
        self.train.is_lts_in(self.phase)
    }

    /// The highest version that is out.
    pub fn latest(&self) -> Option<&Release> {
        self.latest.map(|n| &self.train.releases[n])
    }

    /// The day its branch is cut.
    pub fn branch(&self) -> Milestone {
        self.branch
    }

    /// The day of its first release.
    pub fn release(&self) -> Milestone {
        self.release
    }

    /// When all of its support ends.
    pub fn end(&self) -> End {
        self.train.end
    }

    /// When its ordinary support ends.
    pub fn support_end(&self) -> End {
        self.train.support_end
    }

    /// The train whose release ends its ordinary support, while nothing
    /// confirms that one.
    pub fn waits_for(&self) -> Option<&Waiting> {
        self.train.waits_for.as_deref()
    }

    /// The train whose release it waits for, whose planned day has come.
    pub fn is_waiting_for(&self) -> Option<&Waiting> {
        self.waits_for().filter(|_| self.is_waiting)
    }

    /// Whether it has been released, be it supported still or not.
    pub fn is_out(&self) -> bool {
        matches!(
            self.status,
            Status::Supported | Status::Extended | Status::Ended
        )
    }

    /// Its next patch release, and before it the last one while nobody recorded
    /// that; none while it is not in ordinary support.
    pub fn patches(&self) -> &[Patch] {
        &self.patches
    }

    /// The day of its end, once it has come and was written down.
    pub fn recorded_end(&self) -> Option<Day> {
        self.recorded_end
    }

    /// Whether it is out by plan alone: its day has come, and nobody recorded
    /// anything that says so.
    pub fn is_by_plan(&self) -> bool {
        self.is_by_plan
    }
}
