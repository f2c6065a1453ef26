//! The rule that makes trains: which version, on which day.

use super::day::Day;
use super::draft::{Bump, Cadence, Weekend};
use super::length::Length;
use super::round::WeekdayOfMonth;
use super::version::Version;
use super::when::When;

/// Cadences whose anchors are sound: numbers parted by dots, long enough for
/// the number that grows, each from a later train on than the one before.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    numbers: Vec<u32>,
    bumped: usize,
    /// At least one; the first begins with the first train.
    legs: Vec<Leg>,
}

/// The way from one anchor to the next.
#[derive(Clone, Debug)]
struct Leg {
    /// The place of its first train.
    first: u32,
    date: When,
    every: Length,
    on: Option<WeekdayOfMonth>,
    branch: Option<Length>,
    weekend: Weekend,
}

/// Which anchor is wrong, in which of its keys, and why.
pub(super) type BadAnchor = (usize, &'static str, String);

impl Leg {
    fn new(first: u32, cadence: &Cadence) -> Self {
        Self {
            first,
            date: cadence.anchor.date,
            every: cadence.every,
            on: cadence.on,
            branch: cadence.branch.map(|before| before.0),
            weekend: cadence.weekend,
        }
    }

    fn when(&self, index: u32) -> Option<When> {
        let when = self.date.after(self.every.times(index - self.first)?)?;
        match self.on {
            Some(on) => on.of_month(when.last_day()).map(When::from),
            None => Some(when),
        }
    }
}

impl Rule {
    /// The rule that cadences make together, where there are any.
    ///
    /// # Errors
    ///
    /// The first anchor that is wrong.
    pub(super) fn new(cadences: &[Cadence]) -> Result<Option<Self>, BadAnchor> {
        let Some((first, later)) = cadences.split_first() else {
            return Ok(None);
        };
        let mut rule = Self::first(first).map_err(|why| (0, "version", why))?;
        for (n, cadence) in later.iter().enumerate() {
            let added = rule.add(cadence);
            added.map_err(|(key, why)| (n + 1, key, why))?;
        }
        Ok(Some(rule))
    }

    fn first(cadence: &Cadence) -> Result<Self, String> {
        let numbers = numbers(&cadence.anchor.version)?;
        let bumped = match cadence.bump {
            Bump::Major => 0,
            Bump::Minor => 1,
        };
        if numbers.len() <= bumped {
            return Err(format!(
                "the anchor's version `{}` has no minor number to grow",
                cadence.anchor.version
            ));
        }
        Ok(Self {
            numbers,
            bumped,
            legs: vec![Leg::new(0, cadence)],
        })
    }

    /// Goes on with another cadence from its anchor on.
    fn add(&mut self, cadence: &Cadence) -> Result<(), (&'static str, String)> {
        let anchor = &cadence.anchor.version;
        numbers(anchor).map_err(|why| ("version", why))?;
        let last = self.legs.last().map_or(0, |leg| leg.first);
        let first = self.index_named(anchor).filter(|first| *first > last);
        let first = first.ok_or_else(|| {
            let before = self.version(last);
            let before = before.as_ref().map_or("", Version::as_str);
            let why =
                format!("`{anchor}` is no later train of the cadence that begins with `{before}`");
            ("version", why)
        })?;
        match self.when(first - 1) {
            Some(when) if when < cadence.anchor.date => {}
            when => {
                let day = when.map_or_else(String::new, |when| format!(", which leaves on {when}"));
                let why = format!("`{anchor}` does not leave after the train before it{day}");
                return Err(("date", why));
            }
        }
        self.legs.push(Leg::new(first, cadence));
        Ok(())
    }

    /// The leg that a train is on.
    fn leg(&self, index: u32) -> &Leg {
        let next = self.legs.partition_point(|leg| leg.first <= index);
        &self.legs[next.saturating_sub(1)]
    }

    /// The place from 0 of the train that `version` names or rides on: equal
    /// up to the number that grows.
    pub(super) fn index_of(&self, version: &Version) -> Option<u32> {
        let mut components = version.components();
        for number in &self.numbers[..self.bumped] {
            if plain_number(components.next()?)? != *number {
                return None;
            }
        }
        plain_number(components.next()?)?.checked_sub(self.numbers[self.bumped])
    }

    /// The place of the train that `version` names itself: nothing but zeros
    /// follows the number that grows.
    pub(super) fn index_named(&self, version: &Version) -> Option<u32> {
        let mut rest = version.components().skip(self.bumped + 1);
        let index = self.index_of(version)?;
        rest.all(|part| plain_number(part) == Some(0))
            .then_some(index)
    }

    /// The number of the `index`-th train.
    pub(super) fn number(&self, index: u32) -> Option<u32> {
        self.numbers[self.bumped].checked_add(index)
    }

    /// The version of the `index`-th train.
    pub(super) fn version(&self, index: u32) -> Option<Version> {
        let mut numbers = self.numbers.clone();
        numbers[self.bumped] = self.number(index)?;
        numbers[self.bumped + 1..].fill(0);
        let parts: Vec<_> = numbers.iter().map(u32::to_string).collect();
        parts.join(".").parse().ok()
    }

    /// When the `index`-th train leaves, counted from its anchor, before a
    /// weekend moves its release.
    pub(super) fn when(&self, index: u32) -> Option<When> {
        self.leg(index).when(index)
    }

    /// The first day on which that has come.
    pub(super) fn day(&self, index: u32) -> Option<Day> {
        self.when(index)?.comes()
    }

    /// Whether the `index`-th train would not be released on a weekend.
    pub(super) fn avoids_weekends(&self, index: u32) -> bool {
        self.leg(index).weekend == Weekend::After
    }

    /// When the branch of the `index`-th train is cut, which is planned for a
    /// date.
    pub(super) fn branch(&self, index: u32, planned: When) -> Option<When> {
        planned.before(self.leg(index).branch?)
    }

    /// When the `index`-th train is released, planned for a date.
    pub(super) fn release(&self, index: u32, planned: When) -> When {
        let moved = || self.leg(index).weekend.moved(planned.day()?);
        moved().map_or(planned, When::from)
    }
}

impl Weekend {
    /// Where a release planned for that day goes.
    pub(super) fn moved(self, day: Day) -> Option<Day> {
        match self {
            Self::Keep => Some(day),
            Self::After => day.off_the_weekend(),
        }
    }
}

/// The numbers of an anchor's version.
fn numbers(anchor: &Version) -> Result<Vec<u32>, String> {
    let parts = anchor.as_str().split('.');
    let numbers: Option<_> = parts.map(plain_number).collect();
    numbers.ok_or_else(|| format!("the anchor's version `{anchor}` is not numbers parted by dots"))
}

fn plain_number(part: &str) -> Option<u32> {
    let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| part.parse().ok())?
}
