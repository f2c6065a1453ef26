//! Trains that follow those of another project.

use std::collections::HashSet;

use super::Schedule;
use super::draft::{Draft, ReleaseEntry, TrainEntry};
use super::version::Version;

impl Draft {
    /// This project with the trains of another: the same versions, and the
    /// same days for as long as it says nothing else of a train. Its channels
    /// and its window are its own where it has any; of what the other project
    /// recorded it takes the first release of each train.
    ///
    /// What it takes comes after what it has, so that places in the lists stay
    /// what they were.
    #[must_use]
    pub fn following(mut self, draft: &Self, schedule: &Schedule) -> Self {
        let facts = self.facts_of(draft, schedule);
        self.releases.extend(facts);
        self.cadences.clone_from(&draft.cadences);
        self.project.end_day = draft.project.end_day;
        self.window = self.window.or(draft.window);
        let has_channels = !self.channels.is_empty();
        if !has_channels {
            self.channels.clone_from(&draft.channels);
        }
        let recorded = self.releases.iter().map(|fact| fact.version.release_key());
        let recorded: HashSet<_> = recorded.collect();
        for leader in &draft.trains {
            let mut leader = leader.clone();
            leader.released &= !recorded.contains(&leader.version.release_key());
            leader.channel.take_if(|_| has_channels);
            let is_same = |own: &&mut TrainEntry| own.version.is_same_release(&leader.version);
            match self.trains.iter_mut().find(is_same) {
                Some(own) => own.fill_from(leader),
                None => self.trains.push(leader),
            }
        }
        self
    }

    /// The first releases of the other project's trains whose days this one
    /// does not say itself.
    fn facts_of(&self, draft: &Self, schedule: &Schedule) -> Vec<ReleaseEntry> {
        let recorded = self.releases.iter().map(|own| &own.version);
        let has_release = |own: &&TrainEntry| own.release.is_some() || own.released;
        let planned = self.trains.iter().filter(has_release);
        let said = recorded.chain(planned.map(|own| &own.version));
        let said: HashSet<_> = said.map(Version::release_key).collect();
        let is_taken = |fact: &&ReleaseEntry| {
            schedule.is_first(fact) && !said.contains(&fact.version.release_key())
        };
        let taken = draft.releases.iter().filter(is_taken);
        taken
            .map(|fact| ReleaseEntry {
                train: fact.train.clone(),
                ..ReleaseEntry::new(fact.version.clone(), fact.date)
            })
            .collect()
    }
}

impl TrainEntry {
    /// Says what the other entry says, where this one says nothing.
    fn fill_from(&mut self, other: Self) {
        fn fill<T>(own: &mut Option<T>, other: Option<T>) {
            if own.is_none() {
                *own = other;
            }
        }
        fill(&mut self.name, other.name);
        fill(&mut self.channel, other.channel);
        fill(&mut self.badge, other.badge);
        fill(&mut self.branch, other.branch);
        fill(&mut self.skip, other.skip);
        fill(&mut self.note, other.note);
        fill(&mut self.link, other.link);
        if self.release.is_none() && !self.released {
            (self.release, self.released) = (other.release, other.released);
        }
        if self.end.is_none() && !self.ended {
            (self.end, self.ended) = (other.end, other.ended);
        }
        if self.phases.is_empty() {
            self.phases = other.phases;
        }
        self.allow.extend(other.allow);
    }
}
