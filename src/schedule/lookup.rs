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
        let equal = self.own_named(&name_of(version)).first();
        own.or(made).or_else(|| equal.copied().map(Slot::written))
    }

    /// The entry of a train that is written so, and that the cadence does not
    /// make.
    pub(super) fn own_entry(&self, version: &Version) -> Option<usize> {
        let is_written_so = |n: &&usize| self.entries[**n].version == *version;
        let equal = self.own_named(&name_of(version));
        equal.iter().find(is_written_so).copied()
    }

    /// Written trains of that name.
    fn own_named(&self, name: &str) -> &[usize] {
        self.own_by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The train that somebody means who names a train or a release: the one
    /// written so, the one that a release written so names, else the one that
    /// such a release would ride on.
    pub(super) fn slot_meant(&self, version: &Version) -> Option<Slot> {
        let recorded = || {
            let same = self.facts_with_train.get(&name_of(version))?.iter();
            let same = same.map(|n| &self.facts[*n]);
            self.slot_of_fact(same.min_by_key(|fact| fact.version != *version)?)
        };
        self.slot_written(version)
            .or_else(recorded)
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
        let name = name_of(version);
        let ends = name.match_indices('.').map(|(at, _)| at);
        let beginnings = ends.chain([name.len()]).map(|end| &name[..end]);
        let own = beginnings.flat_map(|name| self.own_named(name.trim_end_matches('.')));
        let longest = || own.filter_map(|n| Some((fit(n)?, *n))).max();
        self.slot_written(version)
            .or_else(|| Some(Slot::written(longest()?.1)))
            .or_else(|| self.slot_of_cadence(version))
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

/// What all versions share that name the same release. It begins with that of
/// each train that it may ride on.
pub(super) fn name_of(version: &Version) -> String {
    version.release_key().join(".")
}
