//! The schedule seen on one day.

use std::sync::Arc;

use super::day::Day;
use super::draft::{EndDay, Project};
use super::period::Period;
use super::text::{Address, Note};
use super::train::{End, Milestone, Phase, Release, Status, Train, Written};

/// The schedule seen on one day, and on every day of the same period.
///
/// Every view is made from a board and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub(super) project: Arc<Project>,
    pub(super) period: Period,
    pub(super) keeps_records: bool,
    pub(super) has_branches: bool,
    /// All trains that some view speaks of, ascending.
    pub(super) rows: Vec<Row>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) current: Option<usize>,
    pub(super) previous: Option<usize>,
    pub(super) lts: Option<usize>,
    pub(super) next: Option<usize>,
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
    /// Whether its branch day has come. That begins a new period also for a
    /// train that is out.
    pub(super) is_branched: bool,
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

    /// Whether the schedule records releases; where it does, a day that has
    /// come and was not recorded is worth a mark.
    pub fn keeps_records(&self) -> bool {
        self.keeps_records
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

    /// All trains that are supported, ascending by version.
    pub fn supported(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        let supported = |row: &&Row| row.status == Status::Supported;
        self.rows.iter().filter(supported)
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

    /// The first train that is not released.
    pub fn next(&self) -> Option<&Row> {
        self.next.map(|n| &self.rows[n])
    }
}

impl Row {
    /// The row of a train on a day. In a schedule that keeps no records, a
    /// written day that has come counts as recorded.
    pub(super) fn on(today: Day, train: Arc<Train>, shown: bool, keeps_records: bool) -> Self {
        let status = train.status(today);
        let recorded = |is_written: bool, day: Option<Day>| {
            day.filter(|day| is_written && !keeps_records && *day <= today)
        };
        let Written {
            branch,
            release,
            end,
        } = train.written;
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
            branch: milestone(train.branch, branch),
            release: milestone(train.release, release),
            recorded_end: recorded(end && status == Status::Ended, train.end.day()),
            is_branched: train.branch.is_past(today),
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

    /// Whether it is supported.
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

    /// When its support ends.
    pub fn end(&self) -> End {
        self.train.end
    }

    /// The day of its end, once it has come and was written down.
    pub fn recorded_end(&self) -> Option<Day> {
        self.recorded_end
    }

    /// First day of its support: none when it was not written down or is not
    /// announced.
    pub fn first_day(&self) -> Option<Day> {
        self.release.day()
    }

    /// Whether it counts as released though nobody recorded it.
    pub fn release_is_only_planned(&self) -> bool {
        let out = matches!(self.status, Status::Supported | Status::Ended);
        out && !self.train.released
            && self.release.recorded.is_none()
            && self.release.planned.is_some()
    }
}
