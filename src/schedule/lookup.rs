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
    /// The place in the cadence of the train that is named so.
    pub(super) fn made_index(&self, version: &Version) -> Option<u32> {
        self.rule.as_ref()?.index_named(version)
    }

    /// The train that a fact names, or whose version is the longest prefix of
    /// its own.
    pub(super) fn slot_of_fact(&self, fact: &ReleaseEntry) -> Option<Slot> {
        match &fact.train {
            Some(train) => self.named_slot(train),
            None => self.slot_of(&fact.version),
        }
    }

    /// The train that is named so.
    pub(super) fn named_slot(&self, version: &Version) -> Option<Slot> {
        match self.made_index(version).filter(|index| *index < MAX_TRAINS) {
            Some(index) => Some(self.made_slot(index)),
            None => self.own_entry(version).map(Slot::written),
        }
    }

    /// The entry of a train that the cadence does not make.
    pub(super) fn own_entry(&self, version: &Version) -> Option<usize> {
        let same = |n: &&usize| self.entries[**n].version.is_same_release(version);
        self.own_like(version).iter().find(same).copied()
    }

    /// Written trains whose version begins with the same component.
    fn own_like(&self, version: &Version) -> &[usize] {
        let like = self.own_by_first.get(&first_of(version));
        like.map_or(&[], Vec::as_slice)
    }

    /// The train whose version is the longest prefix of `version`.
    pub(super) fn slot_of(&self, version: &Version) -> Option<Slot> {
        let length = |n: &usize| self.entries[*n].version.components().count();
        let fits = |n: &&usize| {
            let train = &self.entries[**n].version;
            train.is_prefix_of(version) || train.is_same_release(version)
        };
        let own = self.own_like(version).iter().filter(fits);
        if let Some(entry) = own.max_by_key(|n| length(n)) {
            return Some(Slot::written(*entry));
        }
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
