//! Trains that follow those of another project.

use std::collections::{HashMap, HashSet};

use super::Schedule;
use super::draft::{Allow, Draft, Project, ReleaseEntry, Released, TrainEntry};
use super::lookup::name_of;
use super::named::Named;
use super::version::Version;

impl Draft {
    /// This project with the trains of another: the same versions, and the
    /// same days for as long as it says nothing else of a train. Its channels
    /// and its window are its own where it has any; of what the other project
    /// recorded it takes the first release of each train.
    ///
    /// What it takes comes after what it has, so that places in the lists stay
    /// what they were.
    pub fn follow(&mut self, leader: &Self, schedule: &Schedule) {
        let Self {
            project,
            cadences,
            channels,
            columns,
            milestones,
            window,
            trains,
            releases,
        } = leader.clone();
        let facts = self.facts_of(releases, schedule);
        let has_channels = !self.channels.is_empty();
        let has_columns = !self.columns.is_empty();
        self.project.follow(&project);
        self.cadences = cadences;
        let has_milestones = !self.milestones.is_empty();
        let milestones = milestones.into_iter();
        let fitting = milestones.filter(|rule| rule.channel.is_none() || !has_channels);
        self.milestones.fill_from(fitting.collect());
        self.channels.fill_from(channels);
        self.columns.fill_from(columns);
        self.window.fill_from(window);
        let recorded = self.releases.iter().map(|fact| fact.version.release_key());
        let recorded: HashSet<_> = recorded.collect();
        let names: HashSet<_> = trains.iter().map(|train| train.version.clone()).collect();
        let trains = trains.into_iter().map(|train| TrainEntry {
            released: if recorded.contains(&train.version.release_key()) {
                Released::NotSaid
            } else {
                train.released
            },
            channel: train.channel.filter(|_| !has_channels),
            fields: if has_columns {
                Named::default()
            } else {
                train.fields
            },
            milestones: if has_milestones {
                Named::default()
            } else {
                train.milestones
            },
            ..train
        });
        self.follow_trains(trains.collect(), &names);
        self.releases.extend(facts);
    }

    /// Takes the trains of the other project, which have those names.
    fn follow_trains(&mut self, leaders: Vec<TrainEntry>, names: &HashSet<Version>) {
        let mut own_by_name: HashMap<_, Vec<_>> = HashMap::new();
        for (n, own) in self.trains.iter().enumerate() {
            own_by_name
                .entry(name_of(&own.version))
                .or_default()
                .push(n);
        }
        for leader in leaders {
            let is_same = |n: &&usize| {
                let own = &self.trains[**n].version;
                *own == leader.version || !names.contains(own)
            };
            let equal = own_by_name.get(&name_of(&leader.version));
            match equal.and_then(|equal| equal.iter().find(is_same)) {
                Some(n) => {
                    let own = &mut self.trains[*n];
                    own.fill_from(leader.without_days_of(own));
                }
                None => self.trains.push(leader),
            }
        }
    }

    /// The first releases of the other project's trains whose days this one
    /// does not say itself.
    fn facts_of(&self, releases: Vec<ReleaseEntry>, schedule: &Schedule) -> Vec<ReleaseEntry> {
        let recorded = self.releases.iter().map(|own| &own.version);
        let has_release = |own: &&TrainEntry| own.release.is_some() || own.released.is_said();
        let planned = self.trains.iter().filter(has_release);
        let said = recorded.chain(planned.map(|own| &own.version));
        let said: HashSet<_> = said.map(Version::release_key).collect();
        let first = releases.into_iter().filter(|fact| schedule.is_first(fact));
        first
            .filter(|fact| !said.contains(&fact.version.release_key()))
            .map(ReleaseEntry::of_leader)
            .collect()
    }
}

impl TrainEntry {
    /// Without the release and the end that the other entry says itself.
    fn without_days_of(mut self, own: &Self) -> Self {
        if own.release.is_some() || own.released.is_said() {
            (self.release, self.released) = (None, Released::NotSaid);
        }
        if own.end.is_some() || own.ended {
            (self.end, self.ended) = (None, false);
        }
        self
    }
}

impl Project {
    /// What this project takes from the one that it follows.
    fn follow(&mut self, leader: &Self) {
        let Self {
            name: _,
            id: _,
            category: _,
            follows: _,
            version_label: _,
            branch_label: _,
            end_day,
            plans,
            links: _,
        } = leader;
        self.end_day = *end_day;
        self.plans.fill_from(*plans);
    }
}

impl ReleaseEntry {
    /// What a project that follows another takes from a release of it.
    fn of_leader(self) -> Self {
        let Self {
            version,
            date,
            train,
            pre: _,
            security: _,
            link: _,
            note: _,
            allow: _,
        } = self;
        Self {
            train,
            ..Self::new(version, date)
        }
    }
}

/// What may be taken from another project, where nothing is said of it.
pub(super) trait Fill {
    /// Takes what the other says, where this says nothing.
    fn fill_from(&mut self, other: Self);
}

impl<T> Fill for Option<T> {
    fn fill_from(&mut self, other: Self) {
        if self.is_none() {
            *self = other;
        }
    }
}

impl<T> Fill for Vec<T> {
    fn fill_from(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
        }
    }
}

impl Fill for bool {
    fn fill_from(&mut self, other: Self) {
        *self |= other;
    }
}

impl Fill for Released {
    fn fill_from(&mut self, other: Self) {
        if !self.is_said() {
            *self = other;
        }
    }
}

impl<T> Fill for Named<T> {
    fn fill_from(&mut self, other: Self) {
        let added = other.0.into_iter();
        let added: Vec<_> = added.filter(|(id, _)| self.get(id).is_none()).collect();
        self.0.extend(added);
    }
}

impl Fill for Allow {
    fn fill_from(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
