//! Which train an entry or a fact of a schedule belongs to.

use std::collections::btree_map::Entry;
use std::collections::{HashMap, hash_map};

use super::acknowledged::unless_allowed;
use crate::schedule::draft::ReleaseEntry;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::roster::Slot;
use crate::schedule::version::Version;
use crate::schedule::{MAX_TRAINS, Parts};

impl Parts {
    /// Finds out which written trains the cadence makes too.
    pub(super) fn place_trains(&mut self, findings: &mut Vec<Finding>) {
        for n in 0..self.entries.len() {
            let earlier = match self.made_index(&self.entries[n].version) {
                Some(index) if index >= MAX_TRAINS => {
                    findings.push(self.too_far(n));
                    continue;
                }
                Some(index) => self.place_override(index, n),
                None => self.place_own(n),
            };
            findings.extend(earlier.map(|earlier| self.duplicate_train(n, earlier)));
        }
    }

    /// The place in the cadence of the train that is named so.
    fn made_index(&self, version: &Version) -> Option<u32> {
        let rule = self
            .rule
            .as_ref()
            .filter(|rule| rule.names_train(version))?;
        rule.index_of(version)
    }

    /// Puts an entry on a train of the cadence; the entry that is already
    /// there, if one is.
    fn place_override(&mut self, index: u32, n: usize) -> Option<usize> {
        match self.overrides.entry(index) {
            Entry::Occupied(there) => Some(*there.get()),
            Entry::Vacant(free) => {
                free.insert(n);
                None
            }
        }
    }

    /// Makes an entry a train of its own; the entry of the same train, if
    /// there is one.
    fn place_own(&mut self, n: usize) -> Option<usize> {
        let first = first_of(&self.entries[n].version);
        let earlier = self.own_slot(&self.entries[n].version);
        self.own.push(n);
        self.own_by_first.entry(first).or_default().push(n);
        earlier
    }

    fn too_far(&self, n: usize) -> Finding {
        let title = format!(
            "train `{}` is too far from the anchor",
            self.entries[n].version
        );
        let label = format!("the limit is {MAX_TRAINS} trains");
        Finding::error(
            "too-many",
            title,
            Place::item("train", n).key("version"),
            label,
        )
    }

    fn duplicate_train(&self, n: usize, earlier: usize) -> Finding {
        let title = format!("train `{}` is there twice", self.entries[n].version);
        let place = Place::item("train", n).key("version");
        Finding::error("duplicate-train", title, place, "here again")
            .and(Place::item("train", earlier).key("version"), "first here")
    }

    /// Puts every fact on the train that it rides on; what fits none is a
    /// warning.
    pub(super) fn place_facts(&mut self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let mut warnings = Vec::new();
        let mut seen = HashMap::new();
        for n in 0..self.facts.len() {
            let Some(slot) = self.slot_of_fact(&self.facts[n]) else {
                warnings.extend(no_train(&self.facts[n], n));
                continue;
            };
            let key = (slot.index, slot.entry, key_of(&self.facts[n].version));
            match seen.entry(key) {
                hash_map::Entry::Occupied(first) => {
                    findings.push(self.duplicate_release(n, *first.get()));
                }
                hash_map::Entry::Vacant(free) => drop(free.insert(n)),
            }
            findings.extend(self.skipped_and_released(slot, n));
            match slot {
                Slot {
                    index: Some(index), ..
                } => self.riding_made.entry(index).or_default().push(n),
                Slot {
                    entry: Some(entry), ..
                } => self.riding_own.entry(entry).or_default().push(n),
                _ => {}
            }
        }
        let facts = &self.facts;
        let all = self
            .riding_made
            .values_mut()
            .chain(self.riding_own.values_mut());
        all.for_each(|riding| riding.sort_by_key(|n| facts[*n].date));
        warnings
    }

    /// The train that a fact names, or whose version is the longest prefix of
    /// its own.
    pub(in crate::schedule) fn slot_of_fact(&self, fact: &ReleaseEntry) -> Option<Slot> {
        match &fact.train {
            Some(train) => self.named_slot(train),
            None => self.slot_of(&fact.version),
        }
    }

    fn duplicate_release(&self, n: usize, first: usize) -> Finding {
        let title = format!("release `{}` is there twice", self.facts[n].version);
        let place = Place::item("release", n).key("version");
        Finding::error("duplicate-release", title, place, "here again")
            .and(Place::item("release", first).key("version"), "first here")
    }

    fn skipped_and_released(&self, slot: Slot, fact: usize) -> Option<Finding> {
        let entry = slot.entry.filter(|n| self.entries[*n].skip.is_some())?;
        let (train, release) = (&self.entries[entry].version, &self.facts[fact].version);
        let title = format!("train `{train}` is skipped, and `{release}` was released on it");
        let place = Place::item("train", entry).key("skip");
        let finding = Finding::error("skipped-and-released", title, place, "skipped here");
        Some(finding.and(Place::item("release", fact).key("version"), "released here"))
    }

    /// The train that is named so.
    pub(super) fn named_slot(&self, version: &Version) -> Option<Slot> {
        match self.made_index(version).filter(|index| *index < MAX_TRAINS) {
            Some(index) => Some(self.made_slot(index)),
            None => self.own_slot(version).map(|entry| Slot {
                index: None,
                entry: Some(entry),
            }),
        }
    }

    /// The entry of a train that the cadence does not make.
    fn own_slot(&self, version: &Version) -> Option<usize> {
        let same = |n: &&usize| self.entries[**n].version.is_same_release(version);
        self.own_like(version).iter().find(same).copied()
    }

    /// Written trains whose version begins with the same component.
    fn own_like(&self, version: &Version) -> &[usize] {
        let like = self.own_by_first.get(&first_of(version));
        like.map_or(&[], Vec::as_slice)
    }

    /// The train whose version is the longest prefix of `version`.
    pub(in crate::schedule) fn slot_of(&self, version: &Version) -> Option<Slot> {
        let length = |n: &usize| self.entries[*n].version.components().count();
        let fits = |n: &&usize| {
            let train = &self.entries[**n].version;
            train.is_prefix_of(version) || train.is_same_release(version)
        };
        let own = self.own_like(version).iter().filter(fits);
        if let Some(entry) = own.max_by_key(|n| length(n)) {
            return Some(Slot {
                index: None,
                entry: Some(*entry),
            });
        }
        let rule = self.rule.as_ref()?;
        let index = rule.index_of(version).filter(|index| *index < MAX_TRAINS)?;
        rule.day(index).map(|_| self.made_slot(index))
    }

    fn made_slot(&self, index: u32) -> Slot {
        Slot {
            index: Some(index),
            entry: self.overrides.get(&index).copied(),
        }
    }

    /// The channel of a train of the cadence about which nothing is written:
    /// its place among the channels.
    pub(in crate::schedule) fn channel_of_made(&self, index: u32) -> Option<usize> {
        let slot = Slot {
            index: Some(index),
            entry: None,
        };
        let channel = self.channel(slot, &self.version(slot))?;
        self.channels
            .iter()
            .position(|other| other.name == channel.name)
    }
}

/// The first component of a version, by which written trains are found.
fn first_of(version: &Version) -> String {
    version
        .release_key()
        .first()
        .copied()
        .unwrap_or_default()
        .to_owned()
}

fn key_of(version: &Version) -> Vec<String> {
    version
        .release_key()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn no_train(fact: &ReleaseEntry, n: usize) -> Option<Finding> {
    let place = Place::item("release", n);
    let (key, name) = match &fact.train {
        Some(train) => (place.key("train"), train),
        None => (place.key("version"), &fact.version),
    };
    let title = format!("release `{}` fits no train", fact.version);
    let finding = Finding::warning(
        "no-train",
        title,
        key,
        format!("no train is `{name}` or a prefix of it"),
    );
    let help = "name the train that it rides on with `train`, or write one as `[[train]]`";
    unless_allowed(&fact.allow.0, finding.help(help))
}
