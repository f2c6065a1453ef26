//! All trains of a schedule up to some day, with all their days.

use std::sync::Arc;

use super::cadence::Rule;
use super::day::Day;
use super::draft::{
    Channel, ColumnRule, Level, Plans, ReleaseEntry, Released, SupportFrom, TrainEntry,
};
use super::lookup::Slot;
use super::milestones::Bases;
use super::patches::PatchPlan;
use super::phases::{Life, Newer, PhaseRules};
use super::train::{End, Field, Milestone, Release, Train, Waiting, Written};
use super::version::Version;
use super::when::When;
use super::{MAX_TRAINS, Parts, first_where};

/// The trains of a schedule, ascending by version.
#[derive(Clone, Debug)]
pub(super) struct AllTrains {
    pub(super) trains: Vec<Arc<Train>>,
    /// Places of the trains that are not skipped: those released on an
    /// unknown day or ended without one first, then by release day and
    /// version, then those without a day.
    pub(super) by_release: Vec<usize>,
    /// All days on which something about a train changes, with the place of the
    /// train, ascending.
    pub(super) changes: Vec<(Day, usize)>,
    /// How many trains of the cadence it holds.
    pub(super) made: u32,
}

impl AllTrains {
    /// All written trains and the first `count` trains of the cadence.
    pub(super) fn new(parts: &Parts, count: u32) -> Self {
        let slots = parts.slots(count);
        let mut trains: Vec<_> = slots
            .iter()
            .map(|slot| Arc::new(parts.train(*slot)))
            .collect();
        if !trains.is_sorted_by(|a, b| a.version <= b.version) {
            trains.sort_by(|a, b| a.version.cmp(&b.version));
        }
        let of_train = |(n, train): (usize, &Arc<Train>)| -> Vec<_> {
            train.changes().map(|day| (day, n)).collect()
        };
        let mut changes: Vec<_> = trains.iter().enumerate().flat_map(of_train).collect();
        changes.sort_unstable();
        changes.dedup();
        Self {
            by_release: by_release(&trains),
            trains,
            changes,
            made: count,
        }
    }
}

fn by_release(trains: &[Arc<Train>]) -> Vec<usize> {
    let mut order: Vec<_> = (0..trains.len())
        .filter(|n| trains[*n].skip.is_none() && !trains[*n].rolling)
        .collect();
    order.sort_by_key(|n| release_order(&trains[*n]));
    order
}

/// Out on an unknown day, then by day, then not announced. Where support says
/// when it began, the unknown day is near that.
fn release_order(train: &Train) -> (u8, Option<When>) {
    match train.release.when() {
        Some(when) => (1, Some(when)),
        None if train.released && first_support(train).is_some() => (1, first_support(train)),
        None if train.released || train.end == End::Unknown => (0, None),
        None => (2, None),
    }
}

/// The day on which the first phase of support begins, where it is written.
fn first_support(train: &Train) -> Option<When> {
    let mut phases = train.phases.iter();
    phases.find(|phase| phase.level != Level::Pre)?.from
}

impl Parts {
    /// The trains that are written and the first `count` of the cadence, in
    /// the order of their making.
    fn slots(&self, count: u32) -> Vec<Slot> {
        let possible = self.rule.as_ref().map_or(0, Rule::count);
        let made = (0..count.min(possible)).map(|index| self.made_slot(index));
        let own = self.own.iter().copied().map(Slot::written);
        own.chain(made).collect()
    }

    /// The train of a slot, with all its days.
    pub(super) fn train(&self, slot: Slot) -> Train {
        let version = self.version(slot);
        let unwritten = TrainEntry::new(version.clone());
        let entry = slot.entry.map_or(&unwritten, |n| &self.entries[n]);
        let channel = self.channel(slot, &version);
        let badge = entry.badge.clone().or_else(|| channel?.badge.clone());
        let (branch, release) = (self.branch(slot), self.release(slot));
        let life = self.life(slot, &version, entry, badge.as_deref());
        let bases = Bases {
            branch: branch.when(),
            release: self.basis(slot, SupportFrom::Plan),
            end: life.end.when(),
        };
        let class = channel.map(|channel| &channel.name);
        let class = class.or(entry.channel.as_ref());
        Train {
            label: self.project.label_of(&version),
            branch_label: self.project.branch_of(&version),
            codename: entry.name.clone(),
            milestones: self.milestones(entry, class, &bases),
            patch_plan: self.patch_plan(slot, &version),
            unsupported: life.support_end.first_day_without(self.project.end_day),
            channel: class.cloned(),
            badge,
            branch,
            release,
            released: self.is_out_since_some_day(slot),
            over: life.over,
            end: life.end,
            support_end: life.support_end,
            waits_for: life.waits_for,
            is_confirmed: self.is_confirmed(&version) || self.is_told_plainly(entry),
            is_trusted: self.plans == Plans::Trusted,
            written: Written {
                branch: entry.branch.is_some(),
                release: entry.release.is_some(),
                end: entry.end.is_some(),
            },
            phases: life.phases,
            emptied: life.emptied,
            releases: self.releases(slot),
            fields: self.fields(entry, channel),
            rolling: entry.rolling,
            skip: entry.skip.clone(),
            note: entry.note.clone(),
            link: entry.link.clone(),
            version,
        }
    }

    /// The phases of a train and its end.
    fn life(&self, slot: Slot, version: &Version, entry: &TrainEntry, badge: Option<&str>) -> Life {
        let channel = self.channel(slot, version);
        let support_from = channel.map_or(SupportFrom::Plan, |channel| channel.support_from);
        let rules = match channel {
            _ if !entry.phases.is_empty() => &entry.phases[..],
            Some(channel) => &channel.phases[..],
            None => &[],
        };
        let rules = PhaseRules {
            rules,
            badge,
            branch: self.branch(slot).when(),
            release: self.release(slot).when(),
            released: self.is_out_since_some_day(slot),
            basis: self.basis(slot, support_from),
            end: entry.end,
            ended: entry.ended,
            end_day: self.project.end_day,
        };
        rules.life(|n, after| self.newer(slot, version, n, after, support_from))
    }

    /// What stands in each column of the project, where anything does.
    fn fields(&self, entry: &TrainEntry, channel: Option<&Channel>) -> Vec<Field> {
        let field = |column: &ColumnRule| {
            let of_channel = || channel?.fields.get(&column.id);
            let text = entry.fields.get(&column.id).or_else(of_channel)?;
            Some(Field {
                id: column.id.clone(),
                title: column.title.clone(),
                text: text.clone(),
            })
        };
        self.columns.iter().filter_map(field).collect()
    }

    /// Whether a fact says that a train comes out: its own, or that of a newer
    /// train.
    pub(super) fn is_confirmed(&self, version: &Version) -> bool {
        self.newest_confirmed
            .as_ref()
            .is_some_and(|newest| version <= newest)
    }

    /// Whether a train is out since a day that nobody wrote down: as it says
    /// itself, or as a release shows that rides on it.
    fn is_out_since_some_day(&self, slot: Slot) -> bool {
        let Some(entry) = slot.entry.map(|n| &self.entries[n]) else {
            return false;
        };
        let leaves = entry.skip.is_none() && !entry.rolling;
        let is_shown = || {
            let has_day = self.release(slot).when().is_some();
            leaves && !has_day && self.facts_of(slot).any(|fact| !fact.is_pre_release())
        };
        entry.released == Released::SomeDay || is_shown()
    }

    /// In a file without any fact, a written day that has passed is told as one.
    fn is_told_plainly(&self, entry: &TrainEntry) -> bool {
        !self.has_facts && self.plans == Plans::Trusted && entry.release.is_some()
    }

    /// The version of a slot; that of the cadence, where it makes the train.
    pub(super) fn version(&self, slot: Slot) -> Version {
        let made = slot
            .index
            .and_then(|index| self.rule.as_ref()?.version(index));
        made.or_else(|| Some(self.entries[slot.entry?].version.clone()))
            .unwrap_or_else(|| unreachable!("a slot is made by the cadence or written"))
    }

    /// The rule of its patches, shared by all trains of its channel.
    fn patch_plan(&self, slot: Slot, version: &Version) -> Option<Arc<PatchPlan>> {
        self.patches[self.channel_place(slot, version)?].clone()
    }

    /// When a train was meant to leave, before a weekend moves it.
    pub(super) fn planned(&self, slot: Slot) -> Option<When> {
        let written = slot.entry.and_then(|n| self.entries[n].release);
        written.or_else(|| self.rule.as_ref()?.when(slot.index?))
    }

    pub(super) fn release(&self, slot: Slot) -> Milestone {
        let written = slot.entry.and_then(|n| self.entries[n].release);
        let ruled = || {
            let rule = self.rule.as_ref()?;
            Some(rule.release(slot.index?, rule.when(slot.index?)?))
        };
        Milestone {
            planned: written.or_else(ruled),
            recorded: self.release_fact(slot),
        }
    }

    fn branch(&self, slot: Slot) -> Milestone {
        let written = slot.entry.and_then(|n| self.entries[n].branch);
        let ruled = || {
            let rule = self.rule.as_ref()?;
            rule.branch(slot.index?, self.planned(slot)?)
        };
        Milestone {
            planned: written.or_else(ruled),
            recorded: None,
        }
    }

    /// The recorded day of the release that is written like the train, else of
    /// one that is numbered like it.
    fn release_fact(&self, slot: Slot) -> Option<Day> {
        let version = self.version(slot);
        let facts = self.facts_of(slot);
        let first = facts.filter(|fact| fact.version.is_same_release(&version));
        let first = first.min_by_key(|fact| fact.version != version);
        let day = first.map(|fact| fact.date);
        day.or_else(|| self.entries[slot.entry?].released.day())
    }

    fn basis(&self, slot: Slot, from: SupportFrom) -> Option<When> {
        let fact = self.release_fact(slot).map(When::from);
        let plan = self.planned(slot);
        match from {
            SupportFrom::Plan => plan.or(fact),
            SupportFrom::Release => fact.or(plan),
        }
    }

    /// The facts of a slot's train.
    fn facts_of(&self, slot: Slot) -> impl Iterator<Item = &ReleaseEntry> {
        let places = match (slot.index, slot.entry) {
            (Some(index), _) => self.facts_of_made.get(&index),
            (None, Some(entry)) => self.facts_of_own.get(&entry),
            (None, None) => None,
        };
        places.into_iter().flatten().map(|n| &self.facts[*n])
    }

    fn releases(&self, slot: Slot) -> Vec<Release> {
        let release = |fact: &ReleaseEntry| Release {
            version: fact.version.clone(),
            date: fact.date,
            pre: fact.is_pre_release(),
            security: fact.security,
            link: match &fact.link {
                Some(link) => Some(Arc::from(&**link)),
                None => self.project.link_of(&fact.version),
            },
            note: fact.note.clone(),
        };
        self.facts_of(slot).map(release).collect()
    }

    /// The n-th train, from 1, that is newer than this one, leaves after that
    /// day and is not skipped.
    fn newer(
        &self,
        slot: Slot,
        version: &Version,
        n: u32,
        after: Option<Day>,
        from: SupportFrom,
    ) -> Option<Newer> {
        let own = self.basis(slot, from)?;
        let is_later = |when: When| after.is_none_or(|day| when.last_day() > day);
        let is_newer =
            |(when, other): &(When, Version)| (*when, other) > (own, version) && is_later(*when);
        let written = &self.written[usize::from(from == SupportFrom::Release)];
        let first = written.partition_point(|train| !is_newer(train));
        let written = written[first..].iter().take(n as usize).cloned();
        let mut newer: Vec<_> = written.collect();
        let last = newer.get(n as usize - 1).cloned();
        let made = self.rule.as_ref().map(|rule| {
            let may_be_newer = |when: When| when >= own && is_later(when);
            let first = first_where(|index| rule.when(index).is_none_or(may_be_newer));
            (first..MAX_TRAINS)
                .map_while(|index| Some((index, rule.when(index)?)))
                .take_while(|(_, when)| last.as_ref().is_none_or(|(last, _)| when <= last))
                .filter(|(index, _)| self.is_plain(*index, from))
                .map_while(|(index, when)| Some((when, rule.version(index)?)))
                .filter(is_newer)
                .take(n as usize)
        });
        newer.extend(made.into_iter().flatten());
        newer.sort();
        let (release, version) = newer.into_iter().nth(n as usize - 1)?;
        let waits = (!self.is_confirmed(&version) && self.tells_plans()).then(|| {
            Arc::new(Waiting {
                label: self.project.label_of(&version),
                planned: release,
                blocks: self.plans == Plans::Confirmed,
            })
        });
        Some(Newer { release, waits })
    }

    /// Whether plans are told apart from facts, train by train.
    fn tells_plans(&self) -> bool {
        self.has_facts || self.plans == Plans::Confirmed
    }

    /// Whether nothing written moves that train of the cadence.
    fn is_plain(&self, index: u32, from: SupportFrom) -> bool {
        let recorded = from == SupportFrom::Release && self.facts_of_made.contains_key(&index);
        !recorded && !self.overrides.contains_key(&index)
    }

    /// The trains that leave when something written says so, in the order in
    /// which they leave.
    pub(super) fn written_trains(&self, from: SupportFrom) -> Vec<(When, Version)> {
        let own_trains = self.own.iter().copied().map(Slot::written);
        let moved = self.facts_of_made.keys().filter(move |index| {
            from == SupportFrom::Release && !self.overrides.contains_key(index)
        });
        let made = self.overrides.keys().chain(moved);
        let trains = made.map(|index| self.made_slot(*index)).chain(own_trains);
        let leaving =
            trains.filter(|slot| slot.entry.is_none_or(|n| self.entries[n].skip.is_none()));
        let days = leaving.filter_map(|slot| Some((self.basis(slot, from)?, self.version(slot))));
        let mut days: Vec<_> = days.collect();
        days.sort();
        days
    }
}
