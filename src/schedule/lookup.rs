//! Which train of a schedule a version means.

use super::draft::ReleaseEntry;
use super::version::Version;
use super::{MAX_TRAINS, Parts};

/// Where a train comes from: the cadence, an entry of the schedule, or both.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// Its place in the cadence.
    pub(super) index: Option<u32>,
    /// Its entry in the schedule.
    pub(super) entry: Option<usize>,
}

impl Slot {
    /// A train that is only written.
    pub(super) fn written(entry: usize) -> Self {
        Self {
            index: None,
            entry: Some(entry),
        }
    }
}

impl Parts {
    /// The place in the cadence of the train that is named so, missing numbers
    /// being 0.
    pub(super) fn made_index(&self, version: &Version) -> Option<u32> {
        self.rule.as_ref()?.index_named(version)
    }

    /// The train that a fact names, or that it rides on.
    pub(super) fn slot_of_fact(&self, fact: &ReleaseEntry) -> Option<Slot> {
        match &fact.train {
            Some(train) => self.named_slot(train),
            None => self.slot_of(&fact.version),
        }
    }

    /// The train that is written so, else one that is equal as a number.
    pub(super) fn named_slot(&self, version: &Version) -> Option<Slot> {
        let made = self.made_index(version).filter(|index| *index < MAX_TRAINS);
        let made = made.map(|index| self.made_slot(index));
        let own = self.own_entry(version).map(Slot::written);
        let like = self.own_like(version).iter().copied();
        let mut equal = like.filter(|n| self.entries[*n].version.is_same_release(version));
        own.or(made).or_else(|| equal.next().map(Slot::written))
    }

    /// The entry of a train that is written so, and that the cadence does not
    /// make.
    pub(super) fn own_entry(&self, version: &Version) -> Option<usize> {
        let is_written_so = |n: &&usize| self.entries[**n].version == *version;
        self.own_like(version).iter().find(is_written_so).copied()
    }

    /// Written trains whose version begins with the same component.
    fn own_like(&self, version: &Version) -> &[usize] {
        let like = self.own_by_first.get(&first_of(version));
        like.map_or(&[], Vec::as_slice)
    }

    /// The train that somebody means who names a train or a release: the one
    /// written so, the one that a release written so names, else the one that
    /// such a release would ride on.
    pub(super) fn slot_meant(&self, version: &Version) -> Option<Slot> {
        let named = self.slot_written(version);
        let facts = self.facts.iter().filter(|fact| fact.train.is_some());
        let same = facts.filter(|fact| fact.version.is_same_release(version));
        let recorded = || same.min_by_key(|fact| fact.version != *version);
        named
            .or_else(|| self.slot_of_fact(recorded()?))
            .or_else(|| self.slot_of(version))
    }

    /// The train whose version is written exactly so.
    fn slot_written(&self, version: &Version) -> Option<Slot> {
        let named = self.named_slot(version);
        named.filter(|slot| self.version(*slot) == *version)
    }

    /// The train that a release of that version rides on: the one written like
    /// it, else the one whose version is its longest prefix.
    pub(super) fn slot_of(&self, version: &Version) -> Option<Slot> {
        let fit = |n: &usize| {
            let train = &self.entries[*n].version;
            let is_prefix = train.is_prefix_of(version);
            let fits = is_prefix || train.is_same_release(version);
            fits.then(|| (is_prefix, train.components().count()))
        };
        let own = self.own_like(version);
        let longest = || own.iter().filter_map(|n| Some((fit(n)?, *n))).max();
        let written = || {
            self.slot_written(version)
                .or_else(|| Some(Slot::written(longest()?.1)))
        };
        let own = (!own.is_empty()).then(written).flatten();
        own.or_else(|| self.slot_of_cadence(version))
    }

    /// The train of the cadence that a release of that version rides on.
    fn slot_of_cadence(&self, version: &Version) -> Option<Slot> {
        let rule = self.rule.as_ref()?;
        let index = rule.index_of(version).filter(|index| *index < MAX_TRAINS)?;
        rule.day(index).map(|_| self.made_slot(index))
    }

    /// A train of the cadence, and what is written about it.
    pub(super) fn made_slot(&self, index: u32) -> Slot {
        Slot {
            index: Some(index),
            entry: self.overrides.get(&index).copied(),
        }
    }
}

/// The first component of a version, by which written trains are found.
pub(super) fn first_of(version: &Version) -> String {
    let key = version.release_key();
    key.first().copied().unwrap_or_default().to_owned()
}
