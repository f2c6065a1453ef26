//! What holds for the phases of channels and of trains alike.

use crate::schedule::MAX_ROWS;
use crate::schedule::day::{Day, Length};
use crate::schedule::draft::{Level, PhaseRule};
use crate::schedule::finding::{Finding, Place};

/// Checks the phases of the table at `owner`.
pub(super) fn check(phases: &[PhaseRule], owner: &Place, findings: &mut Vec<Finding>) {
    let owner = owner.key("phases");
    for (n, phase) in phases.iter().enumerate() {
        let place = owner.nth(n);
        findings.extend(pre_with_length(phase, &place));
        findings.extend(no_length(phase, &place));
        findings.extend(endless(phase, phases.get(n + 1), &place));
        findings.extend(too_many_releases(phase, &place));
    }
    findings.extend(out_of_order(phases, &owner));
}

fn pre_with_length(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let key = length_key(phase).filter(|_| phase.level == Level::Pre)?;
    let title = format!(
        "phase `{}` comes before the release and has a length",
        phase.name
    );
    let finding = Finding::error(
        "pre-with-length",
        title,
        place.key(key),
        "the release ends it",
    );
    Some(finding.help(format!(
        "leave out `{key}`: it runs from the branch to the release"
    )))
}

/// The key that says how long a phase lasts.
fn length_key(phase: &PhaseRule) -> Option<&'static str> {
    let length = phase.length.map(|_| "for");
    length.or(phase.releases.map(|_| "releases"))
}

fn no_length(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let is_none = phase.length.is_some_and(Length::is_zero) || phase.releases == Some(0);
    let key = length_key(phase).filter(|_| is_none)?;
    let title = format!("phase `{}` has no length", phase.name);
    Some(Finding::error(
        "no-length",
        title,
        place.key(key),
        "ends as it begins",
    ))
}

/// A phase that nothing ends, before another one.
fn endless(phase: &PhaseRule, next: Option<&PhaseRule>, place: &Place) -> Option<Finding> {
    let next = next.filter(|next| next.from.is_none())?;
    if phase.level == Level::Pre || length_key(phase).is_some() {
        return None;
    }
    let title = format!(
        "phase `{}` has no length, and `{}` is to follow it",
        phase.name, next.name
    );
    let finding = Finding::error("no-length", title, place.key("name"), "until when");
    Some(finding.help("add for example `for = \"12 months\"`"))
}

fn too_many_releases(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let count = phase.releases?;
    let title = format!(
        "phase `{}` lasts for {count} trains, more than the limit of {MAX_ROWS}",
        phase.name
    );
    let finding = Finding::error("too-many", title, place.key("releases"), "too many");
    (count as usize > MAX_ROWS).then_some(finding)
}

fn out_of_order(phases: &[PhaseRule], owner: &Place) -> Vec<Finding> {
    let dated: Vec<(usize, &PhaseRule, Day)> = phases
        .iter()
        .enumerate()
        .filter_map(|(n, phase)| Some((n, phase, phase.from?)))
        .collect();
    let pairs = dated.windows(2).filter(|pair| pair[1].2 < pair[0].2);
    let finding = |pair: &[(usize, &PhaseRule, Day)]| {
        let (earlier, (n, phase, _)) = (pair[0].0, pair[1]);
        let title = format!(
            "phase `{}` begins before the phase that it follows",
            phase.name
        );
        let finding = Finding::error(
            "phase-order",
            title,
            owner.nth(n).key("from"),
            "begins here",
        );
        finding.and(owner.nth(earlier).key("from"), "follows this")
    };
    pairs.map(finding).collect()
}
