//! The rules of a schedule: errors that forbid it, and warnings about it.

mod acknowledged;
mod cadences;
mod calendars;
mod channels;
mod columns;
mod limits;
mod milestones;
mod notices;
mod observed;
mod patterns;
mod phases;
mod placing;
mod trains;
mod versions;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use acknowledged::ALLOWABLE;
pub(super) use acknowledged::Acknowledged;
pub(super) use notices::notices;
pub(super) use observed::observe;

use super::Parts;
use super::draft::{Channel, Draft, Plans, SupportFrom};
use super::finding::Finding;
use super::milestones::{Ruled, names};
use super::patches::PatchPlan;

/// The parts of the schedule that a draft describes, unless a finding is an
/// error.
pub(super) fn sort_out(draft: Draft, findings: &mut Vec<Finding>) -> Option<Parts> {
    limits::check(&draft, findings);
    if !findings.is_empty() {
        return None;
    }
    check(&draft, findings);
    let rule = cadences::check(&draft, findings);
    let other = cadences::with_other_bump(&draft.cadences);
    let has_wrong_cadence = rule.is_none() && !draft.cadences.is_empty();
    let milestones = Ruled::all(&draft.milestones);
    let mut parts = Parts {
        project: Arc::new(draft.project),
        counting_from: draft
            .channels
            .iter()
            .map(|channel| channel.counts_from(rule.as_ref()))
            .collect(),
        rule,
        patches: patches(&draft.channels),
        milestone_names: names(&milestones, &draft.trains),
        milestones,
        columns: draft.columns.into(),
        channels: draft.channels,
        window: draft.window.unwrap_or_default(),
        plans: Plans::Trusted,
        has_facts: false,
        newest_confirmed: None,
        entries: draft.trains,
        overrides: BTreeMap::new(),
        own: Vec::new(),
        own_by_name: HashMap::new(),
        facts: draft.releases,
        facts_of_made: BTreeMap::new(),
        facts_of_own: BTreeMap::new(),
        facts_with_train: HashMap::new(),
        written: [Vec::new(), Vec::new()],
    };
    parts.place_trains(findings);
    let homeless = parts.place_facts(findings);
    if !has_wrong_cadence {
        findings.extend(parts.without_train(&homeless, other.as_ref()));
    }
    parts.confirm();
    parts.written =
        [SupportFrom::Plan, SupportFrom::Release].map(|from| parts.written_trains(from));
    (!findings.iter().any(Finding::is_error)).then_some(parts)
}

/// What can be told of each table for itself.
fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    patterns::check(draft, findings);
    channels::check(draft, findings);
    milestones::check(draft, findings);
    columns::check(draft, findings);
    trains::check(draft, findings);
    versions::check(draft, findings);
    acknowledged::check(draft, findings);
}

impl Parts {
    /// Finds out which trains facts confirm, and what that makes of plans.
    fn confirm(&mut self) {
        let entries = self.entries.iter();
        let said = entries.filter(|entry| entry.released.is_said());
        let said: Vec<_> = said.map(|entry| entry.version.clone()).collect();
        self.has_facts = !self.facts.is_empty() || !said.is_empty();
        let usual = if self.has_facts {
            Plans::Confirmed
        } else {
            Plans::Trusted
        };
        self.plans = self.project.plans.unwrap_or(usual);
        let of_facts = self.facts.iter().filter_map(|fact| {
            let train = self.version(self.slot_of_fact(fact)?);
            let is_out = !fact.is_pre_release() || fact.version.is_same_release(&train);
            is_out.then_some(train)
        });
        self.newest_confirmed = of_facts.chain(said).max();
    }
}

/// The rules of patches, channel by channel.
fn patches(channels: &[Channel]) -> Vec<Option<Arc<PatchPlan>>> {
    let plan = |rule| Arc::new(PatchPlan::new(rule));
    let rules = channels.iter().map(|channel| channel.patches.as_ref());
    rules.map(|rule| rule.map(plan)).collect()
}
