//! Findings that are known and true, acknowledged where they stand.

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

/// The finding, unless it is acknowledged.
pub(super) fn unless_allowed(codes: &[String], finding: Finding) -> Option<Finding> {
    (!is_allowed_in(codes, finding.code)).then_some(finding)
}

pub(super) fn is_allowed_in(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known == code)
}
