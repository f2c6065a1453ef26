//! The way from one anchor of a cadence to the next.

use super::calendar::VersionPattern;
use super::closed::Closed;
use super::day::Day;
use super::draft::{Bump, Cadence, Weekend};
use super::length::Length;
use super::numbers::Numbers;
use super::round::WeekdayOfMonth;
use super::version::Version;
use super::when::When;
use super::{MAX_TRAINS, first_where};

/// The trains of one cadence. Places count from its anchor.
#[derive(Clone, Debug)]
pub(super) struct Leg {
    /// How many trains it has; none while it goes on.
    pub(super) count: Option<u32>,
    pub(super) date: When,
    pub(super) weekend: Weekend,
    /// The versions of its first trains where a calendar writes them, which
    /// takes longer than to compare them.
    pub(super) written: Vec<Version>,
    naming: Naming,
    every: Length,
    on: Option<WeekdayOfMonth>,
    branch: Option<Length>,
    closed: Closed,
}

/// How many trains of a calendar are written beforehand.
const WRITTEN: u32 = 400;

/// How its trains get their versions.
#[derive(Clone, Debug)]
enum Naming {
    Numbers(Numbers),
    /// From their days.
    Calendar(VersionPattern),
}

impl Naming {
    /// # Errors
    ///
    /// Why the version of the anchor does not do.
    fn new(cadence: &Cadence) -> Result<Self, String> {
        match (cadence.bump, &cadence.version) {
            (Bump::Calendar, Some(pattern)) => Ok(Self::Calendar(pattern.clone())),
            (bump, _) => Numbers::new(&cadence.anchor.version, bump).map(Self::Numbers),
        }
    }
}

impl Leg {
    /// The trains of a cadence from its anchor on, without end.
    ///
    /// # Errors
    ///
    /// Why the version of its anchor does not do.
    pub(super) fn new(cadence: &Cadence) -> Result<Self, String> {
        let mut leg = Self {
            count: None,
            date: cadence.anchor.date,
            weekend: cadence.weekend,
            written: Vec::new(),
            naming: Naming::new(cadence)?,
            every: cadence.every,
            on: cadence.on,
            branch: cadence.branch.map(|before| before.0),
            closed: cadence.closed.clone(),
        };
        if let Naming::Calendar(_) = leg.naming {
            let versions = (0..WRITTEN).map_while(|offset| leg.version(offset));
            leg.written = versions.collect();
        }
        Ok(leg)
    }

    /// Whether it has a train at that place.
    pub(super) fn has(&self, offset: u32) -> bool {
        let is_named = match &self.naming {
            Naming::Numbers(numbers) => numbers.reach(offset),
            Naming::Calendar(_) => true,
        };
        is_named && self.count.is_none_or(|count| offset < count)
    }

    /// When a train leaves, before anything moves its release.
    pub(super) fn when(&self, offset: u32) -> Option<When> {
        let when = self.date.after(self.every.times(offset)?)?;
        match self.on {
            Some(on) => on.of_month(when.last_day()).map(When::from),
            None => Some(when),
        }
    }

    /// The version of a train.
    pub(super) fn version(&self, offset: u32) -> Option<Version> {
        match &self.naming {
            Naming::Numbers(numbers) => numbers.version(offset),
            Naming::Calendar(pattern) => pattern.write(self.when(offset)?.last_day()),
        }
    }

    /// The place of the train that `version` names or rides on.
    pub(super) fn offset_of(&self, version: &Version) -> Option<u32> {
        let offset = match &self.naming {
            Naming::Numbers(numbers) => numbers.offset_of(version),
            Naming::Calendar(_) => self.offset_by_calendar(&version.bare()),
        };
        offset.filter(|offset| self.has(*offset))
    }

    /// The train of a calendar whose version is a prefix of that one: it is the
    /// last that is not later.
    fn offset_by_calendar(&self, version: &Version) -> Option<u32> {
        let is_later = |train: &Version| train > version && !train.is_prefix_of(version);
        let is_made_later = |offset| self.version(offset).as_ref().is_none_or(is_later);
        let next = match self.written.partition_point(|train| !is_later(train)) {
            next if next < self.written.len() => u32::try_from(next).ok()?,
            _ => first_where(is_made_later),
        };
        let last = next.checked_sub(1)?;
        let train = self.version(last)?;
        let fits = train.is_prefix_of(version) || train.is_same_release(version);
        fits.then_some(last)
    }

    /// The place of the train that `version` names itself, missing numbers
    /// being 0.
    pub(super) fn offset_named(&self, version: &Version) -> Option<u32> {
        let offset = self.offset_of(version)?;
        let is_named = match &self.naming {
            Naming::Numbers(numbers) => numbers.is_of_train(version),
            Naming::Calendar(_) => self.version(offset)?.is_same_release(version),
        };
        is_named.then_some(offset)
    }

    /// How many of its trains leave before a date with versions before another.
    pub(super) fn count_before(&self, date: When, version: &Version) -> u32 {
        let leaves_later = |offset| self.when(offset).is_none_or(|when| when >= date);
        let is_later = |train: Version| train.reaches(version);
        first_where(|offset| leaves_later(offset) || self.version(offset).is_none_or(is_later))
    }

    /// How many trains it can have at most.
    pub(super) fn possible(&self) -> u32 {
        let possible = || first_where(|offset| self.version(offset).is_none());
        self.count.unwrap_or_else(possible).min(MAX_TRAINS)
    }

    /// The numbers of its versions; a calendar writes none that count.
    pub(super) fn numbers(&self) -> Option<&Numbers> {
        match &self.naming {
            Naming::Numbers(numbers) => Some(numbers),
            Naming::Calendar(_) => None,
        }
    }

    /// When the branch of a train is cut, which is planned for a date.
    pub(super) fn branch(&self, planned: When) -> Option<When> {
        planned.before(self.branch?)
    }

    /// When a train is released, planned for a date.
    pub(super) fn release(&self, planned: When) -> When {
        let moved = |day: Day| self.closed.moved(self.weekend, day);
        let moved = planned.day().and_then(moved);
        moved.map_or(planned, When::from)
    }
}
