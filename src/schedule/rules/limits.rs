//! How large a schedule may be.

use crate::schedule::draft::Draft;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::{MAX_FACTS, MAX_ROWS};

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    listed(draft.releases.len(), "release", MAX_FACTS, findings);
    listed(draft.trains.len(), "train", MAX_ROWS, findings);
    if let Some(window) = draft.window {
        let place = Place::of("window");
        rows(window.recent, place.key("recent"), findings);
        rows(window.upcoming, place.key("upcoming"), findings);
    }
    for (n, channel) in draft.channels.iter().enumerate() {
        rows(
            channel.upcoming,
            Place::item("channel", n).key("upcoming"),
            findings,
        );
    }
}

fn listed(count: usize, list: &str, limit: usize, findings: &mut Vec<Finding>) {
    if count > limit {
        let title = format!("{count} {list}s are more than the limit of {limit}");
        let place = Place::item(list, limit);
        findings.push(Finding::error(
            "too-many",
            title,
            place,
            "the first too many",
        ));
    }
}

fn rows(count: u32, place: Place, findings: &mut Vec<Finding>) {
    if count as usize > MAX_ROWS {
        let title = format!("a window of {count} trains is larger than the limit of {MAX_ROWS}");
        findings.push(Finding::error("too-many", title, place, "too many to read"));
    }
}
