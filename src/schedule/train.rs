//! A train with all its days: what is planned, what was recorded.

use std::sync::Arc;

use super::day::{Day, Month};
use super::draft::{EndDay, Level};
use super::period::Period;
use super::text::{Address, Label, Note};
use super::version::Version;

/// One train, the same on every day: its days are known, its status is not
/// asked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Train {
    /// Its version, which names it.
    pub version: Version,
    /// As the project writes it.
    pub label: Arc<str>,
    /// Its release branches as the project writes them: `51.0.x`.
    pub branch_label: Arc<str>,
    /// Its codename.
    pub codename: Option<Label>,
    /// Its channel's name.
    pub channel: Option<Label>,
    /// Shown beside its label.
    pub badge: Option<Label>,
    /// The day its branch is cut.
    pub branch: Milestone,
    /// The day of its first release.
    pub release: Milestone,
    /// It was released, on a day that nobody wrote down.
    pub released: bool,
    /// When its support ends.
    pub end: End,
    /// Which of its days were written, not computed from a rule.
    pub(super) written: Written,
    /// In order of time, none empty.
    pub phases: Vec<Phase>,
    /// The releases on it, oldest first.
    pub releases: Vec<Release>,
    /// The reason why it is skipped, and so never leaves.
    pub skip: Option<Note>,
    /// A remark on what is unusual about it.
    pub note: Option<Note>,
    /// The address of a page about it.
    pub link: Option<Address>,
    /// First day on which it is no longer supported; none while that is open.
    /// A train that ended on an unknown day has none either.
    pub(super) over: Option<Day>,
}

/// Which days of a train are written in the schedule, and follow from no rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) branch: bool,
    pub(super) release: bool,
    pub(super) end: bool,
}

/// A day that was planned, and the day that was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestone {
    /// From a rule, or written as intended.
    pub planned: Option<Day>,
    /// What really happened, or is certain to.
    pub recorded: Option<Day>,
}

impl Milestone {
    /// The day that counts: a fact beats a plan.
    pub fn day(self) -> Option<Day> {
        self.recorded.or(self.planned)
    }

    /// Whether the day has come.
    pub fn is_past(self, today: Day) -> bool {
        self.day().is_some_and(|day| day <= today)
    }
}

/// When support ends, as precisely as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// On that day; [`EndDay`] says whether it still counts.
    Day(Day),
    /// Some day of that month, which is supported whole.
    Month(Month),
    /// No end is announced.
    Open,
    /// It is over, since a day that nobody wrote down.
    Unknown,
}

impl End {
    /// The day, or the last day of the month.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(month) => Some(month.last_day()),
            Self::Open | Self::Unknown => None,
        }
    }

    /// First day on which a train with this end is no longer supported.
    pub(crate) fn first_day_without(self, meaning: EndDay) -> Option<Day> {
        match (self, meaning) {
            (Self::Day(day), EndDay::Unsupported) => Some(day),
            (Self::Day(day), EndDay::Supported) => day.next(),
            (Self::Month(month), _) => month.last_day().next(),
            (Self::Open | Self::Unknown, _) => None,
        }
    }

    /// `day`, `month`, `open` or `unknown`.
    pub fn precision(self) -> &'static str {
        match self {
            Self::Day(_) => "day",
            Self::Month(_) => "month",
            Self::Open => "open",
            Self::Unknown => "unknown",
        }
    }
}

/// A named span of a train's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Its name.
    pub name: Arc<str>,
    /// A shorter name, where there is one.
    pub short: Option<Arc<str>>,
    /// How well the train is supported in it.
    pub level: Level,
    /// First day; none when nobody wrote it down.
    pub from: Option<Day>,
    /// The day the next one begins, or the end of the train as it is written;
    /// none while that is open or unknown.
    pub to: Option<Day>,
}

/// A release that rides on a train.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its version.
    pub version: Version,
    /// The day it was published.
    pub date: Day,
    /// Whether it is a pre-release, which is never the latest release.
    pub pre: bool,
    /// Whether it mends a security issue.
    pub security: bool,
    /// Its address.
    pub link: Option<Arc<str>>,
    /// A remark on it.
    pub note: Option<Note>,
}

/// The status of a train on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing has begun.
    Planned,
    /// Its branch is cut or a phase before the release has begun.
    Stabilising,
    /// From the release to the end.
    Supported,
    /// From the end on.
    Ended,
}

impl Status {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Stabilising => "stabilising",
            Self::Supported => "supported",
            Self::Ended => "ended",
        }
    }
}

impl Train {
    /// Its status on that day.
    ///
    /// A train that is skipped never leaves: it stays planned.
    pub fn status(&self, today: Day) -> Status {
        if self.skip.is_some() {
            Status::Planned
        } else if self.is_over(today) {
            Status::Ended
        } else if self.is_out(today) {
            Status::Supported
        } else if self.branch.is_past(today) || self.phase(today).is_some() {
            Status::Stabilising
        } else {
            Status::Planned
        }
    }

    /// Whether its support is over on that day.
    pub(super) fn is_over(&self, today: Day) -> bool {
        self.end == End::Unknown || self.over.is_some_and(|over| over <= today)
    }

    /// Whether it has been released by that day.
    pub(super) fn is_out(&self, today: Day) -> bool {
        self.released || self.release.is_past(today)
    }

    /// Which of its phases holds on that day: the place in `phases`.
    pub fn phase(&self, today: Day) -> Option<usize> {
        if self.is_over(today) {
            return None;
        }
        self.phases.iter().rposition(|phase| {
            let begun = phase.from.is_none_or(|from| from <= today);
            let pre_is_over = phase.level == Level::Pre && self.is_out(today);
            begun && !pre_is_over
        })
    }

    /// Whether it has support for long while it is in that phase.
    pub(super) fn is_lts_in(&self, phase: Option<usize>) -> bool {
        let is_lts = |phase: &Phase| phase.level == Level::Lts;
        let (begun, to_come) = self.phases.split_at(phase.map_or(0, |n| n + 1));
        let badge = self
            .badge
            .as_ref()
            .is_some_and(|badge| badge.eq_ignore_ascii_case("LTS"));
        begun.last().is_some_and(is_lts) || badge && !to_come.iter().any(is_lts)
    }

    /// The highest version that is out on that day, pre-releases left out:
    /// the place in `releases`. The train's own release is the lowest of all,
    /// however its name compares: 16.0.17328 rides on `2024`.
    pub fn latest(&self, today: Day) -> Option<usize> {
        let out = self.releases.iter().enumerate();
        let out = out.filter(|(_, release)| release.date <= today && !release.pre);
        let highest = |out: &mut dyn Iterator<Item = (usize, &Release)>| {
            let highest = out.max_by(|(_, a), (_, b)| a.version.cmp(&b.version));
            highest.map(|(n, _)| n)
        };
        let first = highest(&mut out.clone())?;
        if !self.releases[first].version.is_same_release(&self.version) {
            return Some(first);
        }
        highest(&mut out.filter(|(n, _)| *n != first)).or(Some(first))
    }

    /// The days around `today` on which nothing about it changes; none ever
    /// does about a train that is skipped.
    pub(super) fn period(&self, today: Day) -> Period {
        let is_past = |day: &Day| *day <= today;
        let changes = || self.changes().filter(|_| self.skip.is_none());
        Period {
            valid_from: changes().filter(is_past).max(),
            next_change: changes().filter(|day| !is_past(day)).min(),
        }
    }

    /// All days on which something about it changes, in no order.
    pub(super) fn changes(&self) -> impl Iterator<Item = Day> + '_ {
        let milestones = [self.branch.day(), self.release.day(), self.over];
        let phases = self.phases.iter().filter_map(|phase| phase.from);
        let releases = self.releases.iter().map(|release| release.date);
        milestones
            .into_iter()
            .flatten()
            .chain(phases)
            .chain(releases)
    }
}
