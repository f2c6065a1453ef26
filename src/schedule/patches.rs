//! Patch releases by rule: the next one of a supported train.

use std::sync::Arc;

use super::day::Day;
use super::draft::{PatchMilestone, PatchRule};
use super::id::Id;
use super::length::Length;
use super::milestones::{MilestoneName, NamedMilestone};
use super::period::Period;
use super::round::WeekdayOfMonth;
use super::train::{Release, Status, Train};
use super::version::Version;

/// A patch release of a train.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The day that the rule gives.
    pub planned: Day,
    /// The day that counts: a recorded release replaces the plan of its step.
    pub date: Day,
    /// The version that is recorded for that day.
    pub version: Option<Version>,
    /// The days before it that have names, in order of time.
    pub milestones: Vec<NamedMilestone>,
    /// Whether its day has come, and no release is recorded for it.
    pub is_unrecorded: bool,
}

/// The rule of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatchPlan {
    every: Length,
    on: Option<WeekdayOfMonth>,
    milestones: Vec<(Arc<MilestoneName>, Length)>,
}

impl PatchPlan {
    pub(super) fn new(rule: &PatchRule) -> Self {
        let milestone = |milestone: &PatchMilestone| {
            let name = MilestoneName {
                id: Id::of_name(&milestone.name),
                name: milestone.name.clone(),
                short: milestone.short.clone(),
            };
            (Arc::new(name), milestone.when.0)
        };
        Self {
            every: rule.every,
            on: rule.on,
            milestones: rule.milestones.iter().map(milestone).collect(),
        }
    }

    /// The step of the rule that a day is in: a month belongs to that of its
    /// day, of other steps a day belongs to the nearest. That of the release is
    /// 0.
    fn step_of(&self, release: Day, day: Day) -> Option<u32> {
        let months = |day: Day| {
            day.year()
                .checked_mul(12)?
                .checked_add_unsigned(day.month())
        };
        let (passed, every) = match self.every {
            Length { months: 0, days } => {
                let half = i32::try_from(days / 2).ok()?;
                let passed = day.number().checked_sub(release.number())?;
                (passed.checked_add(half)?, days)
            }
            length => (months(day)?.checked_sub(months(release)?)?, length.months),
        };
        u32::try_from(passed).ok()?.checked_div(every)
    }

    /// The day that the rule gives to a step.
    fn day_of(&self, release: Day, step: u32) -> Option<Day> {
        let day = release.after(self.every.times(step)?)?;
        match self.on {
            Some(on) => on.of_month(day),
            None => Some(day),
        }
    }

    fn milestones(&self, planned: Day) -> Vec<NamedMilestone> {
        let milestones = self.milestones.iter().filter_map(|(name, before)| {
            let date = planned.before(*before)?.into();
            Some(NamedMilestone {
                name: Arc::clone(name),
                date,
                planned: Some(date),
            })
        });
        let mut milestones: Vec<_> = milestones.collect();
        milestones.sort_by_key(|milestone| milestone.date);
        milestones
    }
}

/// The last patch whose day has come, and the first one whose day has not.
type AroundToday = (Option<Patch>, Option<Patch>);

impl Train {
    /// The patches that are told on a day: the last, as long as nobody recorded
    /// it and that `is_told`, and the next.
    pub(super) fn patches(&self, today: Day, is_told: bool) -> Vec<Patch> {
        let (last, next) = self.patches_around(today);
        let last = last.filter(|last| last.version.is_none() && is_told);
        let unrecorded = last.map(|last| Patch {
            is_unrecorded: true,
            ..last
        });
        unrecorded.into_iter().chain(next).collect()
    }

    /// The days around `today` on which nothing changes about its patches. They
    /// have no end while support has none, so that [`Train::changes`] cannot
    /// list them.
    pub(super) fn patch_period(&self, today: Day) -> Period {
        let (last, next) = self.patches_around(today);
        let last = last.map(|last| last.date);
        let of_next = next.iter().flat_map(Patch::days);
        let of_next = of_next.filter(|day| last.is_none_or(|last| *day > last));
        let (past, future): (Vec<_>, Vec<_>) = last
            .into_iter()
            .chain(of_next)
            .partition(|day| *day <= today);
        Period {
            valid_from: past.into_iter().max(),
            next_change: future.into_iter().min(),
        }
    }

    fn patches_around(&self, today: Day) -> AroundToday {
        let plan = self.patch_plan.as_deref();
        let plan = plan.filter(|_| self.status(today) == Status::Supported);
        let around = || {
            let (plan, release) = (plan?, self.release.when()?.last_day());
            let step = plan.step_of(release, today)?;
            let steps = step.saturating_sub(1).max(1)..=step.saturating_add(1);
            let patches = steps.filter_map(|step| self.patch(plan, release, step, today));
            let (past, future): (Vec<_>, Vec<_>) = patches.partition(|patch| patch.date <= today);
            Some((past.into_iter().next_back(), future.into_iter().next()))
        };
        around().unwrap_or_default()
    }

    /// The patch of a step, unless support is over by then.
    fn patch(&self, plan: &PatchPlan, release: Day, step: u32, today: Day) -> Option<Patch> {
        let planned = plan.day_of(release, step)?;
        let of_step = |fact: &&Release| {
            let is_own = fact.version.is_same_release(&self.version);
            !fact.pre && !is_own && plan.step_of(release, fact.date) == Some(step)
        };
        let fact = self.releases.iter().rfind(of_step);
        let date = fact.map_or(planned, |fact| fact.date);
        let over = self.unsupported.filter(|_| !self.is_waiting(today));
        over.is_none_or(|over| date < over).then(|| Patch {
            planned,
            date,
            version: fact.map(|fact| fact.version.clone()),
            milestones: plan.milestones(planned),
            is_unrecorded: false,
        })
    }
}

impl Patch {
    /// All days on which something about it changes.
    fn days(&self) -> impl Iterator<Item = Day> {
        let milestones = self.milestones.iter();
        let milestones = milestones.filter_map(|milestone| milestone.date.comes());
        milestones.chain([self.date])
    }
}
