//! Channels, and the phases that they give to their trains.

use super::phases;
use crate::schedule::Parts;
use crate::schedule::draft::{Channel, Draft, Level, PhaseRule};
use crate::schedule::finding::{Finding, Place};

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let mut cadences = draft.cadences.iter();
    let no_branch = cadences.any(|cadence| cadence.branch.is_none());
    for (n, channel) in draft.channels.iter().enumerate() {
        let place = Place::item("channel", n);
        findings.extend(empty(channel, &place));
        findings.extend(duplicate(&draft.channels[..n], channel, &place));
        phases::check(&channel.phases, &place, findings);
        for (n, phase) in channel.phases.iter().enumerate() {
            let place = place.key("phases").nth(n);
            let fixed = fixed(phase, &place);
            findings.extend(fixed.or_else(|| without_branch(phase, no_branch, &place)));
        }
    }
}

fn empty(channel: &Channel, place: &Place) -> Option<Finding> {
    let title = format!("channel `{}` takes every 0th train", channel.name);
    let finding = Finding::error("empty-channel", title);
    let is_empty = channel.every == Some(0);
    is_empty.then(|| finding.at(place.key("every"), "no number is a multiple of 0"))
}

fn duplicate(earlier: &[Channel], channel: &Channel, place: &Place) -> Option<Finding> {
    let first = earlier.iter().position(|one| one.name == channel.name)?;
    let title = format!("channel `{}` is there twice", channel.name);
    let finding = Finding::error("duplicate-channel", title)
        .at(place.key("name"), "here again")
        .at(Place::item("channel", first).key("name"), "first here");
    Some(finding)
}

fn fixed(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let title = format!("phase `{}` of a channel begins on a fixed day", phase.name);
    let finding = Finding::error("fixed-phase", title)
        .at(place.key("from"), "the same day for every train")
        .help("give it a length with `for`, or move it to a `[[train]]`");
    phase.from.is_some().then_some(finding)
}

fn without_branch(phase: &PhaseRule, no_branch: bool, place: &Place) -> Option<Finding> {
    let name = &phase.name;
    let title = format!("phase `{name}` runs from the branch, and the cadence has none");
    let finding = Finding::error("no-branch", title)
        .at(place.key("level"), "before the release")
        .help("add for example `branch = \"15 days before\"` to `[cadence]`");
    (phase.level == Level::Pre && no_branch).then_some(finding)
}

/// Channels that no train ever reaches, since an earlier one takes them all.
pub(super) fn unreachable(parts: &Parts) -> impl Iterator<Item = Finding> + '_ {
    let channels = parts.channels.iter().enumerate();
    channels.filter_map(|(n, channel)| {
        let mut entries = parts.entries.iter();
        if entries.any(|entry| entry.channel.as_ref() == Some(&channel.name)) {
            return None;
        }
        let earlier = &parts.channels[..n];
        let first = earlier.iter().position(|one| takes_all(one, channel))?;
        let (name, taker) = (&channel.name, &earlier[first].name);
        let title = format!("channel `{name}` is never reached: `{taker}` takes all its trains");
        let finding = Finding::warning("unreachable-channel", title)
            .at(Place::item("channel", n).key("name"), "never reached")
            .at(Place::item("channel", first).key("name"), "comes first")
            .help("put the special channels on top, and the one for all others last");
        Some(finding)
    })
}

/// Whether a channel takes all trains that a later one would.
fn takes_all(earlier: &Channel, later: &Channel) -> bool {
    let numbers = match (earlier.every, later.every) {
        (None, _) => true,
        (Some(earlier), Some(later)) => later % earlier == 0,
        (Some(_), None) => false,
    };
    numbers && (earlier.from.is_none() || later.from.is_some() && later.from >= earlier.from)
}
