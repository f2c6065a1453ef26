//! Trains and releases that are written twice, too far away or for no train.

use std::collections::HashMap;

use super::acknowledged::is_allowed_in;
use super::trains;
use crate::schedule::cadence::Rule;
use crate::schedule::draft::{ReleaseEntry, Released};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::lookup::{Slot, name_of};
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

    /// Puts an entry on a train of the cadence; the entry that is already
    /// there, if one is.
    fn place_override(&mut self, index: u32, n: usize) -> Option<usize> {
        let first = *self.overrides.entry(index).or_insert(n);
        (first != n).then_some(first)
    }

    /// Makes an entry a train of its own; the entry that is written like it, if
    /// there is one.
    fn place_own(&mut self, n: usize) -> Option<usize> {
        let name = name_of(&self.entries[n].version);
        let earlier = self.own_entry(&self.entries[n].version);
        self.own.push(n);
        self.own_by_name.entry(name).or_default().push(n);
        earlier
    }

    fn too_far(&self, n: usize) -> Finding {
        let version = &self.entries[n].version;
        let title = format!("train `{version}` is too far from the anchor");
        let label = format!("the limit is {MAX_TRAINS} trains");
        Finding::error("too-many", title).at(Place::item("train", n).key("version"), label)
    }

    fn duplicate_train(&self, n: usize, earlier: usize) -> Finding {
        let title = format!("train `{}` is there twice", self.entries[n].version);
        Finding::error("duplicate-train", title)
            .at(Place::item("train", n).key("version"), "here again")
            .at(Place::item("train", earlier).key("version"), "first here")
    }

    /// What is said of facts that fit no train; the rule is that of the cadence
    /// if another number grew.
    pub(super) fn without_train(&self, homeless: &[usize], other: Option<&Rule>) -> Vec<Finding> {
        let fits = |rule: &Rule, n: usize| {
            let fact = &self.facts[n];
            let is_allowed = is_allowed_in(&fact.allow.0, "no-train");
            fact.train.is_none() && !is_allowed && rule.index_of(&fact.version).is_some()
        };
        let fit = other.is_some_and(|rule| homeless.iter().all(|n| fits(rule, *n)));
        match homeless {
            // Several have a reason in common.
            [first, _, ..] if fit => vec![wrong_bump(homeless.len(), *first)],
            _ => homeless
                .iter()
                .map(|n| no_train(&self.facts[*n], *n))
                .collect(),
        }
    }

    /// Puts every fact on the train that it rides on, and gives back those that
    /// fit none.
    pub(super) fn place_facts(&mut self, findings: &mut Vec<Finding>) -> Vec<usize> {
        let mut homeless = Vec::new();
        let mut seen = HashMap::new();
        for n in 0..self.facts.len() {
            if self.facts[n].train.is_some() {
                let name = name_of(&self.facts[n].version);
                self.facts_with_train.entry(name).or_default().push(n);
            }
            let Some(slot) = self.slot_of_fact(&self.facts[n]) else {
                homeless.push(n);
                continue;
            };
            let key = (slot.index, slot.entry, self.facts[n].version.clone());
            let first = *seen.entry(key).or_insert(n);
            if first != n {
                findings.push(self.duplicate_release(n, first));
            }
            findings.extend(self.skipped_and_released(slot, n));
            findings.extend(self.released_twice(slot, n));
            match (slot.index, slot.entry) {
                (Some(index), _) => self.facts_of_made.entry(index).or_default().push(n),
                (None, Some(entry)) => self.facts_of_own.entry(entry).or_default().push(n),
                (None, None) => {}
            }
        }
        let (made, own) = (&mut self.facts_of_made, &mut self.facts_of_own);
        for riding in made.values_mut().chain(own.values_mut()) {
            riding.sort_by_key(|n| self.facts[*n].date);
        }
        homeless
    }

    fn duplicate_release(&self, n: usize, first: usize) -> Finding {
        let title = format!("release `{}` is there twice", self.facts[n].version);
        Finding::error("duplicate-release", title)
            .at(Place::item("release", n).key("version"), "here again")
            .at(Place::item("release", first).key("version"), "first here")
    }

    fn skipped_and_released(&self, slot: Slot, fact: usize) -> Option<Finding> {
        let entry = slot.entry.filter(|n| self.entries[*n].skip.is_some())?;
        let (train, release) = (&self.entries[entry].version, &self.facts[fact].version);
        let title = format!("train `{train}` is skipped, and `{release}` was released on it");
        let finding = Finding::error("skipped-and-released", title)
            .at(Place::item("train", entry).key("skip"), "skipped here")
            .at(Place::item("release", fact).key("version"), "released here");
        Some(finding)
    }

    /// A train is out since an unknown day or another, and its own release has
    /// one.
    fn released_twice(&self, slot: Slot, fact: usize) -> Option<Finding> {
        let (n, entry) = slot.entry.map(|n| (n, &self.entries[n]))?;
        let recorded = &self.facts[fact];
        if !self.version(slot).is_same_release(&recorded.version) {
            return None;
        }
        let place = Place::item("train", n);
        let day = Place::item("release", fact).key("date");
        match entry.released {
            Released::SomeDay => Some(trains::known_and_unknown("release", entry, &place, day)),
            Released::On(other) if other != recorded.date => {
                let version = &entry.version;
                let title = format!(
                    "`{version}` was released on {other}, and on {}",
                    recorded.date
                );
                let finding = Finding::error("release-twice", title)
                    .at(place.key("released"), "one day")
                    .at(day, "another");
                Some(finding.help("leave out one of them"))
            }
            Released::On(_) | Released::NotSaid => None,
        }
    }
}

fn wrong_bump(count: usize, first: usize) -> Finding {
    let title = format!("{count} releases fit no train, and would if the other number grew");
    Finding::warning("wrong-bump", title)
        .at(Place::item("cadence", 0).key("bump"), "what grows")
        .at(
            Place::item("release", first).key("version"),
            "the first of them",
        )
        .help("write the number that grows from train to train: `major` is the first, `minor` the second")
}

fn no_train(fact: &ReleaseEntry, n: usize) -> Finding {
    let place = Place::item("release", n);
    let (key, name) = match &fact.train {
        Some(train) => (place.key("train"), train),
        None => (place.key("version"), &fact.version),
    };
    let title = format!("release `{}` fits no train", fact.version);
    let label = format!("no train is `{name}` or a prefix of it");
    let help = "name the train that it rides on with `train`, or write one as `[[train]]`";
    let finding = Finding::warning("no-train", title).at(key, label);
    finding.help(help)
}
