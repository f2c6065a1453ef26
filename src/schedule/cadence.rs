//! The rule that makes trains: which version, on which day.

use super::day::Day;
use super::draft::{Cadence, Weekend};
use super::leg::Leg;
use super::numbers::Numbers;
use super::version::Version;
use super::when::When;
use super::{MAX_TRAINS, first_where};

/// Cadences whose anchors are sound, each of a later version and day than the
/// trains of the one before.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// At least one, each with the place of its first train.
    legs: Vec<(u32, Leg)>,
}

/// Which cadence is wrong, in which of its keys, and why.
pub(super) type BadCadence = (usize, &'static [&'static str], String);

const VERSION: &[&str] = &["anchor", "version"];
const DATE: &[&str] = &["anchor", "date"];
const UNTIL: &[&str] = &["until"];

impl Rule {
    /// The rule that cadences make together, where there are any.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub(super) fn new(cadences: &[Cadence]) -> Result<Option<Self>, BadCadence> {
        let mut legs: Vec<(u32, Leg)> = Vec::new();
        for (n, cadence) in cadences.iter().enumerate() {
            let mut leg = Leg::new(cadence).map_err(|why| (n, VERSION, why))?;
            leg.count = last_train(cadence, &leg).map_err(|why| (n, UNTIL, why))?;
            let first = match legs.last_mut() {
                Some((first, before)) => {
                    let stopped = stop(before, cadence);
                    *first + stopped.map_err(|(key, why)| (n, key, why))?
                }
                None => 0,
            };
            legs.push((first, leg));
        }
        Ok((!legs.is_empty()).then_some(Self { legs }))
    }

    /// The cadence that a train is of, and its place there.
    fn leg(&self, index: u32) -> (&Leg, u32) {
        let next = self.legs.partition_point(|(first, _)| *first <= index);
        let (first, leg) = &self.legs[next.saturating_sub(1)];
        (leg, index - first)
    }

    /// The place from 0 of the train that `version` names or rides on.
    pub(super) fn index_of(&self, version: &Version) -> Option<u32> {
        self.find(|leg| leg.offset_of(version))
    }

    /// The place of the train that `version` names itself, missing numbers
    /// being 0.
    pub(super) fn index_named(&self, version: &Version) -> Option<u32> {
        self.find(|leg| leg.offset_named(version))
    }

    fn find(&self, offset: impl Fn(&Leg) -> Option<u32>) -> Option<u32> {
        let mut legs = self.legs.iter();
        legs.find_map(|(first, leg)| first.checked_add(offset(leg)?))
    }

    /// How many trains there can be.
    pub(super) fn count(&self) -> u32 {
        let last = self.legs.last();
        let count = last.map_or(0, |(first, leg)| first.saturating_add(leg.possible()));
        count.min(MAX_TRAINS)
    }

    /// The first train that is of that version or a later one.
    pub(super) fn first_from(&self, version: &Version) -> u32 {
        let reaches = |train: Version| train.reaches(version);
        first_where(|index| self.version(index).is_none_or(reaches))
    }

    /// The numbers of versions by which channels take trains: those of the
    /// cadence that a train is of, or of the last one.
    pub(super) fn numbers(&self, index: Option<u32>) -> Option<&Numbers> {
        let last = || self.legs.last().map(|(_, leg)| leg);
        let leg = index.map(|index| self.leg(index).0).or_else(last)?;
        leg.numbers()
    }

    /// The version of the `index`-th train.
    pub(super) fn version(&self, index: u32) -> Option<Version> {
        let (leg, offset) = self.leg(index);
        leg.version(offset).filter(|_| leg.has(offset))
    }

    /// When the `index`-th train leaves, counted from its anchor, before
    /// anything moves its release.
    pub(super) fn when(&self, index: u32) -> Option<When> {
        let (leg, offset) = self.leg(index);
        leg.when(offset).filter(|_| leg.has(offset))
    }

    /// The first day on which that has come.
    pub(super) fn day(&self, index: u32) -> Option<Day> {
        self.when(index)?.comes()
    }

    /// The first day on which the `index`-th train is planned to be out.
    pub(super) fn release_day(&self, index: u32) -> Option<Day> {
        self.release(index, self.when(index)?).comes()
    }

    /// Whether the `index`-th train would not be released on a weekend.
    pub(super) fn avoids_weekends(&self, index: u32) -> bool {
        self.leg(index).0.weekend != Weekend::Keep
    }

    /// When the branch of the `index`-th train is cut, which is planned for a
    /// date.
    pub(super) fn branch(&self, index: u32, planned: When) -> Option<When> {
        self.leg(index).0.branch(planned)
    }

    /// When the `index`-th train is released, planned for a date.
    pub(super) fn release(&self, index: u32, planned: When) -> When {
        self.leg(index).0.release(planned)
    }
}

/// How many trains a cadence has that says which is its last.
fn last_train(cadence: &Cadence, leg: &Leg) -> Result<Option<u32>, String> {
    let Some(last) = &cadence.until else {
        return Ok(None);
    };
    let offset = leg.offset_named(last).filter(|offset| *offset < MAX_TRAINS);
    let offset = offset.ok_or_else(|| {
        let anchor = &cadence.anchor.version;
        format!("`{last}` is no train of the cadence that begins with `{anchor}`")
    })?;
    Ok(Some(offset + 1))
}

/// Ends a cadence before the anchor of the next; the count of its trains.
fn stop(leg: &mut Leg, next: &Cadence) -> Result<u32, (&'static [&'static str], String)> {
    let anchor = &next.anchor.version;
    let begun = leg.version(0);
    let begun = begun.as_ref().map_or("", Version::as_str);
    let not_later = || {
        let why = format!("`{anchor}` is no later train of the cadence that begins with `{begun}`");
        (VERSION, why)
    };
    let count = match (leg.count, leg.offset_of(anchor)) {
        (Some(count), _) => count,
        (None, Some(_)) => leg.offset_named(anchor).ok_or_else(not_later)?,
        (None, None) => leg.count_before(next.anchor.date, anchor).max(1),
    };
    let last = count.checked_sub(1).ok_or_else(not_later)?;
    if leg.version(last).is_none_or(|last| last.reaches(anchor)) {
        return Err(not_later());
    }
    let when = leg.when(last);
    if when.is_none_or(|when| when >= next.anchor.date) {
        let day = when.map_or_else(String::new, |when| format!(", which leaves on {when}"));
        let why = format!("`{anchor}` does not leave after the train before it{day}");
        return Err((DATE, why));
    }
    leg.count = Some(count);
    Ok(count)
}
