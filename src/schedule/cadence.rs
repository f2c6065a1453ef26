//! The rule that makes trains: which version, on which day.

use super::day::{Day, Length};
use super::draft::{Bump, Cadence, Weekend};
use super::version::Version;

/// A cadence whose anchor is sound: numbers parted by dots, long enough for
/// the number that grows.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    numbers: Vec<u32>,
    bumped: usize,
    date: Day,
    every: Length,
    branch: Option<Length>,
    weekend: Weekend,
}

impl Rule {
    /// The rule, or what is wrong with its anchor.
    pub(super) fn new(cadence: &Cadence) -> Result<Self, String> {
        let anchor = cadence.anchor.as_str();
        let numbers = anchor
            .split('.')
            .map(plain_number)
            .collect::<Option<Vec<u32>>>();
        let numbers = numbers.ok_or_else(|| {
            format!("the anchor's version `{anchor}` is not numbers parted by dots")
        })?;
        let bumped = match cadence.bump {
            Bump::Major => 0,
            Bump::Minor => 1,
        };
        if numbers.len() <= bumped {
            return Err(format!(
                "the anchor's version `{anchor}` has no minor number to grow"
            ));
        }
        Ok(Self {
            numbers,
            bumped,
            date: cadence.date,
            every: cadence.every,
            branch: cadence.branch,
            weekend: cadence.weekend,
        })
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

    /// Whether `version` names a train itself: nothing but zeros follows the
    /// number that grows.
    pub(super) fn names_train(&self, version: &Version) -> bool {
        let rest = version.components().skip(self.bumped + 1);
        self.index_of(version).is_some() && { rest }.all(|part| plain_number(part) == Some(0))
    }

    /// The number of the `index`-th train.
    pub(super) fn number(&self, index: u32) -> Option<u32> {
        self.numbers[self.bumped].checked_add(index)
    }

    /// The version of the `index`-th train.
    pub(super) fn version(&self, index: u32) -> Option<Version> {
        let number = self.number(index)?;
        let parts = self.numbers.iter().enumerate().map(|(n, part)| {
            let part = match n.cmp(&self.bumped) {
                std::cmp::Ordering::Less => *part,
                std::cmp::Ordering::Equal => number,
                std::cmp::Ordering::Greater => 0,
            };
            part.to_string()
        });
        parts.collect::<Vec<_>>().join(".").parse().ok()
    }

    /// The day of the `index`-th train, counted from the anchor, before a
    /// weekend moves its release.
    pub(super) fn day(&self, index: u32) -> Option<Day> {
        self.date.after(self.every.times(index)?)
    }

    /// Whether it moves releases off weekends.
    pub(super) fn avoids_weekends(&self) -> bool {
        self.weekend == Weekend::After
    }

    /// The branch day of a train due on `day`.
    pub(super) fn branch(&self, day: Day) -> Option<Day> {
        day.before(self.branch?)
    }

    /// The day of a release planned for `day`.
    pub(super) fn release(&self, day: Day) -> Day {
        match self.weekend {
            Weekend::Keep => day,
            Weekend::After => day.off_the_weekend().unwrap_or(day),
        }
    }
}

fn plain_number(part: &str) -> Option<u32> {
    let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| part.parse().ok())?
}
