//! The draft of a schedule that is made of somebody else's.

use std::collections::HashSet;

use super::Imported;
use super::entry::Entry;
use super::report::Report;
use crate::schedule::{
    Day, Draft, EndDay, Label, Project, ReleaseEntry, Released, Schedule, TrainEntry, Version,
};

/// A draft that grows train by train.
#[derive(Debug)]
pub(super) struct DraftBuilder {
    pub(super) draft: Draft,
    /// The versions of its trains.
    names: HashSet<Version>,
    /// The day of the source, where it has one.
    pub(super) as_of: Option<Day>,
    /// Releases, each with its train.
    pub(super) releases: Vec<(Version, ReleaseEntry)>,
}

impl DraftBuilder {
    pub(super) fn new(name: &Label, end_day: EndDay) -> Self {
        let mut draft = Draft::new(Project::new(name.clone()));
        draft.project.end_day = end_day;
        Self {
            draft,
            names: HashSet::new(),
            as_of: None,
            releases: Vec::new(),
        }
    }

    /// Adds a train, unless one is there that is written like it. Says whether
    /// it did.
    pub(super) fn add(&mut self, entry: Entry<'_>, train: TrainEntry) -> bool {
        let is_new = self.names.insert(train.version.clone());
        if is_new {
            self.draft.trains.push(train);
        } else {
            entry.left_out("there is another of the same name: it is left out");
        }
        is_new
    }

    /// Adds releases on that train.
    pub(super) fn record(
        &mut self,
        train: &Version,
        releases: impl IntoIterator<Item = ReleaseEntry>,
    ) {
        let releases = releases.into_iter();
        self.releases
            .extend(releases.map(|release| (train.clone(), release)));
    }

    /// The draft, below those paragraphs.
    pub(super) fn finish(mut self, about: Vec<String>, report: Report) -> Imported {
        self.date_trains();
        self.place_releases();
        Imported {
            draft: self.draft,
            about,
            as_of: self.as_of,
            reports: report.into_diagnostics(),
        }
    }

    /// Leaves it to the recorded release of a train to say that it is out.
    fn date_trains(&mut self) {
        let own = self.releases.iter();
        let own = own.filter(|(train, release)| release.version.is_same_release(train));
        let dated: HashSet<_> = own.map(|(train, _)| train).collect();
        for train in &mut self.draft.trains {
            if dated.contains(&train.version) {
                train.released = Released::NotSaid;
            }
        }
    }

    /// Puts the releases into the draft: in the order of their days, and naming
    /// the train where the version does not tell.
    fn place_releases(&mut self) {
        let Ok(trains) = Schedule::new(self.draft.clone()) else {
            // What is wrong with the trains is found when the file is read.
            return;
        };
        let rides_there = |version: &Version, train: &Version| {
            let found = trains.train_of(version);
            found.is_some_and(|found| found.version == *train)
        };
        self.releases
            .sort_by(|(_, a), (_, b)| (a.date, &a.version).cmp(&(b.date, &b.version)));
        let releases = self.releases.drain(..);
        let placed = releases.map(|(train, release)| ReleaseEntry {
            train: (!rides_there(&release.version, &train)).then_some(train),
            ..release
        });
        self.draft.releases = placed.collect();
    }
}

/// What is equal for versions of one release.
pub(super) fn key(version: &Version) -> Vec<String> {
    let key = version.release_key().into_iter();
    key.map(str::to_owned).collect()
}
