//! What must hold in a schedule, and what is worth a remark.

mod acknowledged;
mod channels;
mod limits;
mod observed;
mod patterns;
mod phases;
mod placing;
mod trains;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use acknowledged::ALLOWABLE;
pub(super) use observed::{observe, unrecorded};

use super::Parts;
use super::cadence::Rule;
use super::draft::{Cadence, Draft};
use super::finding::{Finding, Place};

/// Sorts a draft out into the parts of a schedule, or finds all that is wrong
/// with it.
pub(super) fn sort_out(draft: Draft) -> Result<(Parts, Vec<Finding>), Vec<Finding>> {
    let mut findings = Vec::new();
    limits::check(&draft, &mut findings);
    if !findings.is_empty() {
        return Err(findings);
    }
    patterns::check(&draft, &mut findings);
    channels::check(&draft, &mut findings);
    trains::check(&draft, &mut findings);
    acknowledged::check(&draft, &mut findings);
    let rule = cadence(&draft, &mut findings);
    let mut parts = Parts {
        project: Arc::new(draft.project),
        rule,
        channels: draft.channels,
        window: draft.window.unwrap_or_default(),
        entries: draft.trains,
        overrides: BTreeMap::new(),
        own: Vec::new(),
        own_by_first: HashMap::new(),
        facts: draft.releases,
        riding_made: BTreeMap::new(),
        riding_own: BTreeMap::new(),
    };
    parts.place_trains(&mut findings);
    let warnings = parts.place_facts(&mut findings);
    if findings.is_empty() {
        Ok((parts, warnings))
    } else {
        findings.extend(warnings);
        findings.sort_by(|a, b| a.labels.cmp(&b.labels));
        Err(findings)
    }
}

fn cadence(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Rule> {
    let before = findings.len();
    for (n, cadence) in draft.cadences.iter().enumerate() {
        let place = Place::item("cadence", n);
        findings.extend(empty(cadence, &place));
        findings.extend(weekday_without_months(cadence, &place));
        findings.extend(off_its_weekday(cadence, &place));
    }
    match Rule::new(&draft.cadences)? {
        Ok(rule) if findings.len() == before => Some(rule),
        Ok(_) => None,
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

fn weekday_without_months(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let on = cadence.on.filter(|_| !cadence.every.is_months())?;
    let title = format!("the {on} is a day of a month, and this cadence does not count in months");
    let finding = Finding::error("weekday-without-months", title)
        .at(place.key("every"), "not months")
        .at(place.key("on"), "a day of a month");
    Some(finding)
}

fn off_its_weekday(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let on = cadence.on.filter(|_| cadence.every.is_months())?;
    let date = cadence.anchor.date;
    let meant = on.of_month(date).filter(|day| *day != date)?;
    let title = format!("{date} is not the {on} of its month");
    let place_of_date = place.key("anchor").key("date");
    let finding = Finding::error("off-weekday", title)
        .at(place_of_date, "the day of the first train")
        .at(place.key("on"), "the day that is meant")
        .help("write")
        .patch(meant.to_string());
    Some(finding)
}
