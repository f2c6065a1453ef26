//! The rules of a schedule: errors that forbid it, and warnings about it.

mod acknowledged;
mod channels;
mod limits;
mod milestones;
mod notices;
mod observed;
mod patterns;
mod phases;
mod placing;
mod trains;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use acknowledged::ALLOWABLE;
pub(super) use notices::notices;
pub(super) use observed::observe;

use super::Parts;
use super::cadence::Rule;
use super::draft::{Cadence, Channel, Draft, Plans};
use super::finding::{Finding, Place};
use super::length::Length;
use super::milestones::{Ruled, names};
use super::patches::PatchPlan;
use super::round::WeekdayOfMonth;

/// The parts of the schedule that a draft describes, unless a finding is an
/// error.
pub(super) fn sort_out(draft: Draft, findings: &mut Vec<Finding>) -> Option<Parts> {
    limits::check(&draft, findings);
    if !findings.is_empty() {
        return None;
    }
    patterns::check(&draft, findings);
    channels::check(&draft, findings);
    milestones::check(&draft, findings);
    trains::check(&draft, findings);
    acknowledged::check(&draft, findings);
    let rule = cadence(&draft, findings);
    let milestones = Ruled::all(&draft.milestones);
    let mut parts = Parts {
        project: Arc::new(draft.project),
        rule,
        patches: patches(&draft.channels),
        milestone_names: names(&milestones, &draft.trains),
        milestones,
        channels: draft.channels,
        window: draft.window.unwrap_or_default(),
        plans: Plans::Trusted,
        has_facts: false,
        newest_confirmed: None,
        entries: draft.trains,
        overrides: BTreeMap::new(),
        own: Vec::new(),
        own_by_first: HashMap::new(),
        facts: draft.releases,
        facts_of_made: BTreeMap::new(),
        facts_of_own: BTreeMap::new(),
    };
    parts.place_trains(findings);
    parts.place_facts(findings);
    parts.confirm();
    (!findings.iter().any(Finding::is_error)).then_some(parts)
}

impl Parts {
    /// Finds out which trains facts confirm, and what that makes of plans.
    fn confirm(&mut self) {
        let entries = self.entries.iter();
        let said = entries.filter(|entry| entry.released.is_said());
        let said: Vec<_> = said.map(|entry| entry.version.clone()).collect();
        self.has_facts = !self.facts.is_empty() || !said.is_empty();
        let usual = match self.has_facts {
            true => Plans::Confirmed,
            false => Plans::Trusted,
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

fn cadence(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Rule> {
    let before = findings.len();
    for (n, cadence) in draft.cadences.iter().enumerate() {
        let place = Place::item("cadence", n);
        findings.extend(empty(cadence, &place));
        findings.extend(weekday_without_months(cadence.on, cadence.every, &place));
        findings.extend(off_its_weekday(cadence, &place));
    }
    match Rule::new(&draft.cadences) {
        Ok(rule) => rule.filter(|_| findings.len() == before),
        Err((n, key, title)) => {
            let place = Place::item("cadence", n).key("anchor").key(key);
            let finding = Finding::error("bad-anchor", title);
            findings.push(match n {
                0 => finding.at(place, "the first train").help(
                    "write for example `anchor = { version = \"1.0.0\", date = 2026-01-20 }`",
                ),
                _ => finding.at(place, "the first of this cadence"),
            });
            None
        }
    }
}

fn empty(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let title = "a cadence of no time makes every train at once";
    let finding = Finding::error("empty-cadence", title)
        .at(place.key("every"), "no time at all")
        .help("write for example `every = \"1 month\"`");
    cadence.every.is_zero().then_some(finding)
}

/// A day of a month, in steps of something else.
fn weekday_without_months(
    on: Option<WeekdayOfMonth>,
    every: Length,
    place: &Place,
) -> Option<Finding> {
    let on = on.filter(|_| !every.is_months())?;
    let title = format!("the {on} is a day of a month, and these steps do not count in months");
    let finding = Finding::error("weekday-without-months", title)
        .at(place.key("every"), "not months")
        .at(place.key("on"), "a day of a month");
    Some(finding)
}

fn off_its_weekday(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let on = cadence.on.filter(|_| cadence.every.is_months())?;
    let date = cadence.anchor.date;
    let meant = on
        .of_month(date.last_day())
        .filter(|day| date != (*day).into())?;
    let title = format!("{date} is not the {on} of its month");
    let place_of_date = place.key("anchor").key("date");
    let finding = Finding::error("off-weekday", title)
        .at(place_of_date, "the day of the first train")
        .at(place.key("on"), "the day that is meant")
        .help("write")
        .patch(meant.to_string());
    Some(finding)
}
