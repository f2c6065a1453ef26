//! What must hold in a schedule, and what is worth a remark.

mod acknowledged;
mod channels;
mod limits;
mod observed;
mod phases;
mod placing;
mod trains;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use acknowledged::ALLOWABLE;
pub(super) use observed::{observe, unrecorded};

use super::Parts;
use super::cadence::Rule;
use super::draft::Draft;
use super::finding::{Finding, Place};

/// Sorts a draft out into the parts of a schedule, or finds all that is wrong
/// with it.
pub(super) fn sort_out(draft: Draft) -> Result<(Parts, Vec<Finding>), Vec<Finding>> {
    let mut findings = Vec::new();
    limits::check(&draft, &mut findings);
    if !findings.is_empty() {
        return Err(findings);
    }
    channels::check(&draft, &mut findings);
    trains::check(&draft, &mut findings);
    acknowledged::check(&draft, &mut findings);
    let rule = cadence(&draft, &mut findings);
    let mut parts = Parts {
        project: Arc::new(draft.project),
        rule,
        channels: draft.channels,
        window: draft.window,
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
        findings.sort_by(|a, b| a.places.cmp(&b.places));
        Err(findings)
    }
}

fn cadence(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Rule> {
    let cadence = draft.cadence.as_ref()?;
    let place = Place::of("cadence");
    if cadence.every.is_zero() {
        let title = "a cadence of no time makes every train at once";
        let finding = Finding::error("empty-cadence", title, place.key("every"), "no time at all");
        findings.push(finding.help("write for example `every = \"1 month\"`"));
    }
    match Rule::new(cadence) {
        Ok(rule) if !cadence.every.is_zero() => Some(rule),
        Ok(_) => None,
        Err(title) => {
            let place = place.key("anchor").key("version");
            let finding = Finding::error("bad-anchor", title, place, "the first train");
            findings.push(
                finding.help(
                    "write for example `anchor = { version = \"1.0.0\", date = 2026-01-20 }`",
                ),
            );
            None
        }
    }
}
