//! Limits on the size of a schedule.

use crate::schedule::draft::Draft;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::{MAX_FACTS, MAX_ROWS};

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    findings.extend(listed(draft.releases.len(), "release", MAX_FACTS));
    findings.extend(listed(draft.trains.len(), "train", MAX_ROWS));
    for (n, cadence) in draft.cadences.iter().enumerate() {
        let count = cadence.closed.0.len();
        let title = format!("{count} closed days are more than the limit of {MAX_CLOSED}");
        let place = Place::item("cadence", n).key("closed");
        let finding = Finding::error("too-many", title).at(place, "write spans of days");
        findings.extend((count > MAX_CLOSED).then_some(finding));
    }
    if let Some(window) = draft.window {
        let place = Place::of("window");
        findings.extend(rows(window.recent, place.key("recent")));
        findings.extend(rows(window.upcoming, place.key("upcoming")));
    }
    for (n, channel) in draft.channels.iter().enumerate() {
        let place = Place::item("channel", n).key("upcoming");
        findings.extend(rows(channel.upcoming, place));
    }
}

/// The most closed days, or spans of them, of a cadence.
const MAX_CLOSED: usize = 1_000;

fn listed(count: usize, list: &str, limit: usize) -> Option<Finding> {
    let title = format!("{count} {list}s are more than the limit of {limit}");
    let finding = Finding::error("too-many", title);
    (count > limit).then(|| finding.at(Place::item(list, limit), "the first too many"))
}

fn rows(count: u32, place: Place) -> Option<Finding> {
    let title = format!("a window of {count} trains is larger than the limit of {MAX_ROWS}");
    let finding = Finding::error("too-many", title).at(place, "too many to read");
    (count as usize > MAX_ROWS).then_some(finding)
}
