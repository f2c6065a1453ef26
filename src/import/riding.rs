//! Releases on their trains.

use std::collections::HashMap;

use super::Spot;
use super::document::{Document, Value};
use super::is_pre;
use super::ledger::Ledger;
use crate::schedule::{
    Address, Day, Draft, Label, Level, PhaseRule, ReleaseEntry, Schedule, TrainEntry, Version,
};

/// The trains of a draft, each once.
#[derive(Debug, Default)]
pub(super) struct Trains {
    entries: Vec<TrainEntry>,
    by_key: HashMap<Vec<String>, String>,
}

impl Trains {
    /// Adds a train, unless one is there that a schedule could not tell from
    /// it: `1.0` beside `1`.
    pub(super) fn add(&mut self, train: TrainEntry, spot: Spot, ledger: &mut Ledger) -> bool {
        let key = key(&train.version);
        let name = train.version.as_str();
        if let Some(first) = self.by_key.get(&key) {
            let what = format!("there is another by the same number, `{first}`: it is left out");
            ledger.left_out(name, what, spot);
            return false;
        }
        self.by_key.insert(key, name.to_owned());
        self.entries.push(train);
        true
    }

    pub(super) fn into_entries(self) -> Vec<TrainEntry> {
        self.entries
    }
}

/// What is equal for versions of one release.
pub(super) fn key(version: &Version) -> Vec<String> {
    let key = version.release_key().into_iter();
    key.map(str::to_owned).collect()
}

/// The version that a source calls a train by.
pub(super) fn version(name: &str, spot: &Spot, ledger: &mut Ledger) -> Option<Version> {
    let version = name.parse().ok();
    if version.is_none() {
        let what = "the name cannot be that of a train: it is left out";
        ledger.left_out(name, what, spot.clone());
    }
    version
}

/// The `codename` of a train.
pub(super) fn codename(
    document: &Document,
    train: &str,
    value: &Value,
    ledger: &mut Ledger,
) -> Option<Label> {
    let written = value.text_of("codename")?;
    let codename = written.parse().ok();
    if codename.is_none() {
        let what = "the codename cannot be written on a board: it is left out";
        ledger.left_out(train, what, document.spot(value));
    }
    codename
}

/// A phase without a beginning of its own.
pub(super) fn phase(name: impl AsRef<str>, level: Level) -> Option<PhaseRule> {
    Some(PhaseRule {
        level,
        ..PhaseRule::new(name.as_ref().parse().ok()?)
    })
}

/// A fact about a train.
pub(super) fn fact(version: Version, date: Day) -> ReleaseEntry {
    let is_hidden_pre = is_pre(&version) && !version.is_pre_release();
    ReleaseEntry {
        pre: is_hidden_pre.then_some(true),
        ..ReleaseEntry::new(version, date)
    }
}

/// An address that a reader may follow.
pub(super) fn link(address: &str) -> Option<Address> {
    address.parse().ok()
}

/// Puts facts, each with its train, into a draft that has all its trains: in
/// the order of their days, and naming the train where the version does not
/// tell.
pub(super) fn record(draft: &mut Draft, facts: Vec<(Version, ReleaseEntry)>) {
    let Ok(trains) = Schedule::new(draft.clone()) else {
        // What is wrong with the trains is found when the file is read.
        return;
    };
    let rides_there = |version: &Version, train: &Version| {
        let found = trains.train_of(version);
        found.is_some_and(|found| found.version.is_same_release(train))
    };
    let mut facts = facts;
    facts.sort_by(|(_, a), (_, b)| (a.date, &a.version).cmp(&(b.date, &b.version)));
    let told = facts.into_iter().map(|(train, fact)| ReleaseEntry {
        train: (!rides_there(&fact.version, &train)).then_some(train),
        ..fact
    });
    draft.releases = told.collect();
}
