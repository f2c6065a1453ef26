//! Channels, and the phases that they give to their trains.

use super::phases;
use crate::schedule::Parts;
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

/// Channels that no train ever reaches, since an earlier one takes them all.
pub(super) fn unreachable(parts: &Parts) -> impl Iterator<Item = Finding> + '_ {
    let channels = &parts.channels;
    let is_named = |channel: &Channel| {
        let mut entries = parts.entries.iter();
        entries.any(|entry| entry.channel.as_ref() == Some(&channel.name))
    };
    let takes_all = |earlier: &Channel, later: &Channel| {
        let numbers = match (earlier.every, later.every) {
            (None, _) => true,
            (Some(earlier), Some(later)) => later % earlier == 0,
            (Some(_), None) => false,
        };
        let from = earlier.from.is_none() || later.from.is_some() && later.from >= earlier.from;
        numbers && from
    };
    let unnamed = channels
        .iter()
        .enumerate()
        .filter(move |(_, channel)| !is_named(channel));
    unnamed.filter_map(move |(n, channel)| {
        let first = channels[..n]
            .iter()
            .position(|earlier| takes_all(earlier, channel))?;
        let title = format!(
            "channel `{}` is never reached: `{}` takes all its trains",
            channel.name, channels[first].name
        );
        let finding = Finding::warning(
            "unreachable-channel",
            title,
            Place::item("channel", n).key("name"),
            "never reached",
        );
        let finding = finding.and(Place::item("channel", first).key("name"), "comes first");
        Some(finding.help("put the special channels on top, and the one for all others last"))
    })
}

fn channel_phases(draft: &Draft, channel: &Channel, place: &Place, findings: &mut Vec<Finding>) {
    phases::check(&channel.phases, place, findings);
    let no_branch = draft
        .cadences
        .iter()
        .any(|cadence| cadence.branch.is_none());
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
