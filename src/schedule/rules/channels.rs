//! Channels, and the phases that they give to their trains.

use super::phases;
use crate::schedule::draft::{Channel, Draft, Level};
use crate::schedule::finding::{Finding, Place};

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    for (n, channel) in draft.channels.iter().enumerate() {
        let place = Place::item("channel", n);
        if channel.every == Some(0) {
            let title = format!("channel `{}` takes every 0th train", channel.name);
            findings.push(Finding::error(
                "empty-channel",
                title,
                place.key("every"),
                "no number is a multiple of 0",
            ));
        }
        if let Some(first) = draft.channels[..n]
            .iter()
            .position(|other| other.name == channel.name)
        {
            let title = format!("channel `{}` is there twice", channel.name);
            let finding =
                Finding::error("duplicate-channel", title, place.key("name"), "here again");
            findings.push(finding.and(Place::item("channel", first).key("name"), "first here"));
        }
        channel_phases(draft, channel, &place, findings);
    }
}

fn channel_phases(draft: &Draft, channel: &Channel, place: &Place, findings: &mut Vec<Finding>) {
    phases::check(&channel.phases, place, findings);
    let cadence = draft.cadence.as_ref();
    let no_branch = cadence.is_some_and(|cadence| cadence.branch.is_none());
    for (n, phase) in channel.phases.iter().enumerate() {
        let place = place.key("phases").nth(n);
        if phase.from.is_some() {
            let title = format!("phase `{}` of a channel begins on a fixed day", phase.name);
            let finding = Finding::error(
                "fixed-phase",
                title,
                place.key("from"),
                "the same day for every train",
            );
            findings.push(finding.help("give it a length with `for`, or move it to a `[[train]]`"));
        } else if phase.level == Level::Pre && no_branch {
            let title = format!(
                "phase `{}` runs from the branch, and the cadence has none",
                phase.name
            );
            let finding =
                Finding::error("no-branch", title, place.key("level"), "before the release");
            findings
                .push(finding.help("add for example `branch = \"15 days before\"` to `[cadence]`"));
        }
    }
}
