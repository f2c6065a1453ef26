//! Limits on the size of a schedule.

use crate::schedule::draft::Draft;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::{MAX_FACTS, MAX_MILESTONES, MAX_PHASES, MAX_ROWS};

/// The most closed days, or spans of them, of a cadence.
const MAX_CLOSED: usize = 1_000;

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    findings.extend(listed(draft.releases.len(), "release", MAX_FACTS));
    findings.extend(listed(draft.trains.len(), "train", MAX_ROWS));
    for (n, cadence) in draft.cadences.iter().enumerate() {
        let first = || Place::item("cadence", n).key("closed").nth(MAX_CLOSED);
        let count = cadence.closed.0.len();
        findings.extend(too_many(count, "closed day", MAX_CLOSED, first));
    }
    if let Some(window) = draft.window {
        let place = Place::of("window");
        findings.extend(rows(window.recent, place.key("recent")));
        findings.extend(rows(window.upcoming, place.key("upcoming")));
    }
    for (n, channel) in draft.channels.iter().enumerate() {
        let place = Place::item("channel", n);
        findings.extend(rows(channel.upcoming, place.key("upcoming")));
        findings.extend(phases(channel.phases.len(), &place));
        let patches = channel.patches.iter();
        let count = patches.map(|patches| patches.milestones.len()).sum();
        let place = place.key("patches").key("milestones");
        findings.extend(milestones(count, &place));
    }
    findings.extend(milestones(draft.milestones.len(), &Place::of("milestone")));
    for (n, train) in draft.trains.iter().enumerate() {
        let place = Place::item("train", n);
        findings.extend(phases(train.phases.len(), &place));
        findings.extend(milestones(
            train.milestones.0.len(),
            &place.key("milestones"),
        ));
    }
}

fn listed(count: usize, list: &str, limit: usize) -> Option<Finding> {
    too_many(count, list, limit, || Place::item(list, limit))
}

fn milestones(count: usize, place: &Place) -> Option<Finding> {
    too_many(count, "milestone", MAX_MILESTONES, || {
        place.nth(MAX_MILESTONES)
    })
}

fn phases(count: usize, owner: &Place) -> Option<Finding> {
    let first = || owner.key("phases").nth(MAX_PHASES);
    too_many(count, "phase", MAX_PHASES, first)
}

fn too_many(
    count: usize,
    what: &str,
    limit: usize,
    first: impl FnOnce() -> Place,
) -> Option<Finding> {
    let title = format!("{count} {what}s are more than the limit of {limit}");
    let finding = Finding::error("too-many", title);
    (count > limit).then(|| finding.at(first(), "the first too many"))
}

fn rows(count: u32, place: Place) -> Option<Finding> {
    let title = format!("a window of {count} trains is larger than the limit of {MAX_ROWS}");
    let finding = Finding::error("too-many", title).at(place, "too many to read");
    (count as usize > MAX_ROWS).then_some(finding)
}
