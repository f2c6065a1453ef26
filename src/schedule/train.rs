//! A train with all its days: what is planned, what was recorded.

use std::sync::Arc;

use super::day::Day;
use super::draft::{EndDay, Level};
use super::id::Id;
use super::milestones::NamedMilestone;
use super::patches::PatchPlan;
use super::period::Period;
use super::phases::Emptied;
use super::text::{Address, Label, Note};
use super::version::Version;
use super::when::When;

/// One train, the same on every day: its days are known, its status is not
/// asked yet.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each of them is said of a train by itself"
)]
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
    /// When all of its support ends.
    pub end: End,
    /// When its ordinary support ends, which everybody gets.
    pub support_end: End,
    /// The newer train whose release ends its ordinary support, while nothing
    /// confirms that one.
    pub waits_for: Option<Arc<Waiting>>,
    /// Whether a fact says that it comes out; or, where a file has no facts,
    /// whether its day is written.
    pub(super) is_confirmed: bool,
    /// Whether it is out when its planned day has come, confirmed or not.
    pub(super) is_trusted: bool,
    /// Which of its days were written, not computed from a rule.
    pub(super) written: Written,
    /// In order of time, none empty.
    pub phases: Vec<Phase>,
    /// The days that the schedule names, in order of time.
    pub milestones: Vec<NamedMilestone>,
    /// The rule of its patch releases.
    pub(super) patch_plan: Option<Arc<PatchPlan>>,
    /// The phases that no day was left for.
    pub(super) emptied: Vec<Emptied>,
    /// The releases on it, oldest first.
    pub releases: Vec<Release>,
    /// What stands in the columns of the project, in their order.
    pub fields: Vec<Field>,
    /// It is a branch that is always there: never current, next or supported.
    pub rolling: bool,
    /// The reason why it is skipped, and so never leaves.
    pub skip: Option<Note>,
    /// A remark on what is unusual about it.
    pub note: Option<Note>,
    /// The address of a page about it.
    pub link: Option<Address>,
    /// First day without any support; none while that is open. A train that
    /// ended on an unknown day has none either.
    pub(super) over: Option<Day>,
    /// First day without ordinary support, as far as that is planned.
    pub(super) unsupported: Option<Day>,
}

/// Which days of a train are written in the schedule, and follow from no rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) branch: bool,
    pub(super) release: bool,
    pub(super) end: bool,
}

/// What stands in a column of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The id of the column.
    pub id: Id,
    /// What stands above it.
    pub title: Label,
    /// What stands in it.
    pub text: Label,
}

/// A train that is not out, and ends the support of another when it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// As the project writes it.
    pub label: Arc<str>,
    /// When it is to leave.
    pub planned: When,
    /// Whether support goes on until it is out, whatever was planned.
    pub(super) blocks: bool,
}

/// A date that was planned, and the day that was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestone {
    /// From a rule, or written as intended.
    pub planned: Option<When>,
    /// What really happened, or is certain to.
    pub recorded: Option<Day>,
}

impl Milestone {
    /// The date that counts: a fact beats a plan.
    pub fn when(self) -> Option<When> {
        self.recorded.map(When::from).or(self.planned)
    }

    /// First day on which it has come.
    pub fn comes(self) -> Option<Day> {
        self.when()?.comes()
    }

    /// Whether it has come.
    pub fn is_past(self, today: Day) -> bool {
        self.comes().is_some_and(|day| day <= today)
    }
}

/// When support ends, as precisely as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// On that day, of which [`EndDay`] says whether it still counts; or in
    /// that month, quarter or year, which is supported whole.
    On(When),
    /// No end is announced.
    Open,
    /// It is over, since a day that nobody wrote down.
    Unknown,
}

impl End {
    /// The date, where it is known.
    pub fn when(self) -> Option<When> {
        match self {
            Self::On(when) => Some(when),
            Self::Open | Self::Unknown => None,
        }
    }

    /// First day on which a train with this end is no longer supported.
    pub(crate) fn first_day_without(self, meaning: EndDay) -> Option<Day> {
        let when = self.when()?;
        match meaning {
            EndDay::Supported => when.last_day().next(),
            EndDay::Unsupported => when.comes(),
        }
    }

    /// `day`, `month`, `quarter`, `year`, `open` or `unknown`.
    pub fn precision(self) -> &'static str {
        match self {
            Self::On(when) => when.precision().as_str(),
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
    /// When it begins; none when nobody wrote it down.
    pub from: Option<When>,
    /// Its end, of which [`EndDay`] says whether it still counts; none while
    /// that is open or unknown.
    pub to: Option<When>,
    /// First day on which it holds; none when nobody wrote it down, or when it
    /// waits for a train that is not out.
    pub(super) begins: Option<Day>,
}

impl Phase {
    /// First day on which it holds, where that is certain to come.
    pub fn begins(&self) -> Option<Day> {
        self.begins
    }

    /// Whether it has begun.
    pub(super) fn has_begun(&self, today: Day) -> bool {
        match self.begins {
            Some(day) => day <= today,
            None => self.from.is_none(),
        }
    }

    /// Whether everybody is supported in it.
    pub fn is_ordinary(&self) -> bool {
        matches!(self.level, Level::Current | Level::Lts | Level::Maintenance)
    }
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
    /// Its planned day has come, and nothing says that it is out.
    Due,
    /// From the release to the end of ordinary support.
    Supported,
    /// From there to the end of the support that is paid for or partial.
    Extended,
    /// From the end on.
    Ended,
}

impl Status {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Stabilising => "stabilising",
            Self::Due => "due",
            Self::Supported => "supported",
            Self::Extended => "extended",
            Self::Ended => "ended",
        }
    }
}

impl Train {
    /// Its status on that day.
    ///
    /// A train that is skipped never leaves: it stays planned.
    pub fn status(&self, today: Day) -> Status {
        if self.skip.is_some() || self.rolling {
            Status::Planned
        } else if self.is_due(today) {
            Status::Due
        } else if self.is_over(today) {
            Status::Ended
        } else if self.is_out(today) {
            let phase = self.phase(today).map(|n| self.phases[n].level);
            match phase {
                Some(Level::Extended) => Status::Extended,
                _ => Status::Supported,
            }
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
        self.released || self.may_leave() && self.release.is_past(today)
    }

    /// Whether its day has come without anything that says that it is out.
    pub(super) fn is_due(&self, today: Day) -> bool {
        let is_due = !self.may_leave() && self.release.is_past(today);
        is_due && self.skip.is_none() && self.end != End::Unknown
    }

    /// Whether it is out on that day by plan alone.
    pub(super) fn is_by_plan(&self, today: Day) -> bool {
        let is_out = self.is_out(today) && self.skip.is_none();
        is_out && !self.is_confirmed && !self.released
    }

    /// Whether its support goes on only since another train is not out.
    pub(super) fn is_waiting(&self, today: Day) -> bool {
        let waits = self.waits_for.as_ref().filter(|waits| waits.blocks);
        let planned = waits.and_then(|waits| waits.planned.comes());
        planned.is_some_and(|planned| planned <= today)
    }

    fn may_leave(&self) -> bool {
        self.released || self.is_confirmed || self.is_trusted
    }

    /// Which of its phases holds on that day: the place in `phases`.
    pub fn phase(&self, today: Day) -> Option<usize> {
        let is_due = self.is_due(today);
        if self.is_over(today) && !is_due {
            return None;
        }
        let is_out = self.is_out(today);
        self.phases.iter().rposition(|phase| {
            let is_pre = phase.level == Level::Pre;
            let is_possible = if is_pre { !is_out } else { !is_due };
            is_possible && phase.has_begun(today)
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

    /// The date of its milestone of that id.
    pub fn milestone(&self, id: &str) -> Option<When> {
        let mut named = self.milestones.iter();
        let named = named.find(|named| *named.name.id == *id);
        named.map(|named| named.date)
    }

    /// The days around `today` on which nothing about it changes; none ever
    /// does about a train that is skipped.
    pub(super) fn period(&self, today: Day) -> Period {
        let is_past = |day: &Day| *day <= today;
        let changes = || self.changes().filter(|_| self.skip.is_none());
        let period = Period {
            valid_from: changes().filter(is_past).max(),
            next_change: changes().filter(|day| !is_past(day)).min(),
        };
        period.and(self.patch_period(today))
    }

    /// All days on which something about it changes, but for its patches, in no
    /// order.
    pub(super) fn changes(&self) -> impl Iterator<Item = Day> + '_ {
        let waits = self.waits_for.as_deref();
        let waits = waits.and_then(|waits| waits.planned.comes());
        let milestones = [self.branch.comes(), self.release.comes(), self.over, waits];
        let milestones = milestones.into_iter().flatten();
        let phases = self.phases.iter().filter_map(|phase| phase.begins);
        let named = self
            .milestones
            .iter()
            .filter_map(|named| named.date.comes());
        let releases = self.releases.iter().map(|release| release.date);
        milestones.chain(phases).chain(named).chain(releases)
    }
}
