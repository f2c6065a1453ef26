//! The milestones of a train that the schedule names.

use std::collections::HashSet;
use std::sync::Arc;

use super::Parts;
use super::draft::{MilestoneEntry, MilestoneRule, OwnMilestone, TrainEntry};
use super::id::Id;
use super::length::Offset;
use super::text::Label;
use super::when::When;

/// What a milestone is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneName {
    /// In markers, columns and overrides.
    pub id: Id,
    /// For readers.
    pub name: Label,
    /// Where there is little room.
    pub short: Option<Label>,
}

/// Names of milestones, shared by all that speaks of them.
pub(super) type MilestoneNames = Arc<[Arc<MilestoneName>]>;

/// A milestone that the schedule names, of one train.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedMilestone {
    /// What it is called.
    pub name: Arc<MilestoneName>,
    /// The date that counts: the one written for the train, else that of its
    /// rule.
    pub date: When,
    /// The date that its rule gives.
    pub planned: Option<When>,
}

/// Ids that mean something already: of days, values and columns.
pub const TAKEN: [&str; 13] = [
    "branch",
    "release",
    "end",
    "support-end",
    "latest",
    "latest-date",
    "version",
    "label",
    "codename",
    "status",
    "phases",
    "previous",
    "next",
];

/// A rule whose id is known, and whose base is one of the days of a train or
/// comes before it.
#[derive(Clone, Debug)]
pub(super) struct Ruled {
    name: Arc<MilestoneName>,
    when: Offset,
    channel: Option<Label>,
}

/// The dates of a train from which its milestones are counted.
pub(super) struct Bases {
    pub(super) branch: Option<When>,
    pub(super) release: Option<When>,
    pub(super) end: Option<When>,
}

/// Milestones in an order in which each comes after the one that it is counted
/// from, and those that are counted from each other in a circle.
pub(super) fn in_order(rules: &[MilestoneRule]) -> (Vec<&MilestoneRule>, Vec<&MilestoneRule>) {
    let mut ordered = Vec::new();
    let mut rest: Vec<_> = rules.iter().collect();
    loop {
        let waits = |rule: &&MilestoneRule| rest.iter().any(|other| *other.id() == *rule.when.base);
        let (later, ready): (Vec<_>, Vec<_>) = rest.iter().partition(|rule| waits(rule));
        if ready.is_empty() {
            return (ordered, later);
        }
        ordered.extend(ready);
        rest = later;
    }
}

impl Ruled {
    /// All milestones that are in no circle, in an order in which they can be
    /// computed.
    pub(super) fn all(rules: &[MilestoneRule]) -> Vec<Self> {
        let of = |rule: &MilestoneRule| Self {
            name: Arc::new(MilestoneName {
                id: rule.id.clone().unwrap_or_else(|| Id::of_name(&rule.name)),
                name: rule.name.clone(),
                short: rule.short.clone(),
            }),
            when: rule.when.clone(),
            channel: rule.channel.clone(),
        };
        in_order(rules).0.into_iter().map(of).collect()
    }
}

impl NamedMilestone {
    /// One that only its train has.
    fn own(id: &Id, own: &OwnMilestone) -> Self {
        Self {
            name: Arc::new(MilestoneName {
                id: id.clone(),
                name: own.name.clone(),
                short: own.short.clone(),
            }),
            date: own.date,
            planned: None,
        }
    }
}

impl Parts {
    /// The milestones of a train, in order of time.
    pub(super) fn milestones(
        &self,
        entry: &TrainEntry,
        channel: Option<&Label>,
        bases: &Bases,
    ) -> Vec<NamedMilestone> {
        let mut found: Vec<NamedMilestone> = Vec::new();
        for rule in &self.milestones {
            let is_of_train = rule.channel.is_none() || rule.channel.as_ref() == channel;
            let base = bases.of(&rule.when.base, &found).filter(|_| is_of_train);
            let planned = base.and_then(|base| rule.when.date(base));
            let moved = match entry.milestones.get(&rule.name.id) {
                Some(MilestoneEntry::Moved(date)) => Some(*date),
                Some(MilestoneEntry::Own(_)) => continue,
                None => None,
            };
            found.extend(moved.or(planned).map(|date| NamedMilestone {
                name: Arc::clone(&rule.name),
                date,
                planned,
            }));
        }
        let own = entry.milestones.0.iter().filter_map(|(id, own)| match own {
            MilestoneEntry::Own(own) => Some(NamedMilestone::own(id, own)),
            MilestoneEntry::Moved(_) => None,
        });
        found.extend(own);
        found.sort_by_key(|milestone| milestone.date);
        found
    }
}

/// The names of all milestones that trains may have, one for each id.
pub(super) fn names(rules: &[Ruled], trains: &[TrainEntry]) -> MilestoneNames {
    let shared = rules.iter().map(|rule| Arc::clone(&rule.name));
    let entries = trains.iter().flat_map(|train| &train.milestones.0);
    let own = entries.filter_map(|(id, entry)| match entry {
        MilestoneEntry::Own(own) => Some(NamedMilestone::own(id, own).name),
        MilestoneEntry::Moved(_) => None,
    });
    let mut known = HashSet::new();
    let names = shared.chain(own);
    names.filter(|name| known.insert(name.id.clone())).collect()
}

impl Bases {
    fn of(&self, base: &str, found: &[NamedMilestone]) -> Option<When> {
        match base {
            "branch" => self.branch,
            "release" => self.release,
            "end" => self.end,
            id => {
                let other = found.iter().find(|other| *other.name.id == *id);
                other.map(|other| other.date)
            }
        }
    }
}
