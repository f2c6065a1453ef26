//! Findings that are known and true, acknowledged where they stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::nearest;
use crate::schedule::draft::{Allow, Draft};
use crate::schedule::finding::{Finding, Place};

/// The findings that a release or train may acknowledge with `allow`.
pub const ALLOWABLE: [&str; 14] = [
    "date-differs",
    "overdue",
    "released-late",
    "released-early",
    "weekend-contradicted",
    "gap",
    "released-after-end",
    "released-on-end",
    "released-before-train",
    "no-train",
    "end-on-release",
    "empty-phase",
    "letter-for-digit",
    "no-number",
];

/// Those of them that a day or an import brings, not the schedule by itself.
const TOLD_ELSEWHERE: [&str; 2] = ["date-differs", "overdue"];

/// Checks that every `allow` names known codes and is explained by a note.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    for (n, train) in draft.trains.iter().enumerate() {
        let place = Place::item("train", n).key("allow");
        allow(&train.allow, train.note.is_some(), &place, findings);
    }
    for (n, release) in draft.releases.iter().enumerate() {
        let place = Place::item("release", n).key("allow");
        allow(&release.allow, release.note.is_some(), &place, findings);
    }
}

fn allow(Allow(codes): &Allow, has_note: bool, place: &Place, findings: &mut Vec<Finding>) {
    let unknown = codes.iter().enumerate();
    let unknown = unknown.filter(|(_, code)| !ALLOWABLE.contains(&code.as_str()));
    findings.extend(unknown.map(|(n, code)| unknown_code(code, place.nth(n))));
    if !codes.is_empty() && !has_note {
        let title = "a finding is allowed without a reason";
        let finding = Finding::error("allow-without-note", title)
            .at(place.clone(), "why is this so")
            .help("add a `note` that says why");
        findings.push(finding);
    }
}

fn unknown_code(code: &str, place: Place) -> Finding {
    let title = format!("`{code}` is no finding that can be allowed");
    let finding = Finding::error("unknown-code", title).at(place, "not known");
    match nearest(code, ALLOWABLE) {
        Some(near) => finding.help("the nearest is").patch(format!("\"{near}\"")),
        None => finding.help(format!("these can be allowed: {}", ALLOWABLE.join(", "))),
    }
}

/// What each train and release acknowledges, by the place of its entry.
pub(in crate::schedule) struct Acknowledged {
    codes: BTreeMap<Place, Vec<String>>,
}

impl Acknowledged {
    pub(in crate::schedule) fn of(draft: &Draft) -> Self {
        let trains = draft.trains.iter().map(|train| &train.allow);
        let trains = trains.enumerate().map(|(n, allow)| ("train", n, allow));
        let releases = draft.releases.iter().map(|release| &release.allow);
        let releases = releases.enumerate().map(|(n, allow)| ("release", n, allow));
        let entries = trains.chain(releases);
        let entries = entries.filter(|(.., allow)| !allow.0.is_empty());
        Self {
            codes: entries
                .map(|(list, n, allow)| (Place::item(list, n), allow.0.clone()))
                .collect(),
        }
    }

    /// Drops the findings that are acknowledged where they stand, and says
    /// what is acknowledged there without being found.
    pub(in crate::schedule) fn settle(&self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let mut met: BTreeSet<(&Place, &str)> = BTreeSet::new();
        findings.retain(|finding| {
            let place = finding.labels.first().map(|(place, _)| place.entry());
            let entry = place.and_then(|place| self.codes.get_key_value(&place));
            let entry = entry.filter(|(_, codes)| is_allowed_in(codes, finding.code));
            met.extend(entry.map(|(place, _)| (place, finding.code)));
            entry.is_none()
        });
        let is_idle = |place: &Place, code: &str| {
            let is_told_here = ALLOWABLE.contains(&code) && !TOLD_ELSEWHERE.contains(&code);
            is_told_here && !met.contains(&(place, code))
        };
        let entries = self.codes.iter();
        let idle = entries.flat_map(|(place, codes)| {
            let codes = codes.iter().enumerate();
            codes
                .filter(|(_, code)| is_idle(place, code))
                .map(|(n, code)| idle_allow(code, place.key("allow").nth(n)))
        });
        idle.collect()
    }
}

fn idle_allow(code: &str, place: Place) -> Finding {
    let title = format!("`{code}` is allowed, and is not found here");
    Finding::warning("idle-allow", title)
        .at(place, "nothing to allow")
        .help("leave it out")
}

pub(super) fn is_allowed_in(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known == code)
}
