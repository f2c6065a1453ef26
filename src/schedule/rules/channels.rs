//! Channels, and the phases that they give to their trains.

use std::sync::Arc;

use super::cadences::weekday_without_months;
use super::phases;
use crate::schedule::Parts;
use crate::schedule::all_trains::AllTrains;
use crate::schedule::cadence::Rule;
use crate::schedule::draft::{Channel, Count, Draft, Level, PhaseRule, PhaseStart};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::phases::Emptied;
use crate::schedule::train::Train;

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    for (n, channel) in draft.channels.iter().enumerate() {
        let place = Place::item("channel", n);
        findings.extend(empty(channel, &place));
        findings.extend(duplicate(&draft.channels[..n], channel, &place));
        findings.extend(idle_count(draft, channel, &place));
        phases::check(&channel.phases, &place, findings);
        findings.extend(patches(channel, &place).into_iter().flatten().flatten());
        for (n, phase) in channel.phases.iter().enumerate() {
            let place = place.key("phases").nth(n);
            findings.extend(fixed(phase, &place));
        }
    }
}

fn empty(channel: &Channel, place: &Place) -> Option<Finding> {
    let title = format!("channel `{}` takes every 0th train", channel.name);
    let finding = Finding::error("empty-channel", title);
    let is_empty = channel.every == Some(0);
    is_empty.then(|| finding.at(place.key("every"), "no number is a multiple of 0"))
}

/// A way to count, and nothing that is counted so.
fn idle_count(draft: &Draft, channel: &Channel, place: &Place) -> Option<Finding> {
    let count = channel.count?;
    let name = &channel.name;
    let (title, help) = if channel.every.is_none() {
        let title = format!("channel `{name}` counts trains, and takes them all");
        (
            title,
            "write for example `every = 13`, or leave `count` out",
        )
    } else if count == Count::From && channel.from.is_none() && draft.cadences.is_empty() {
        let title = format!("channel `{name}` counts trains, and not from which one");
        (title, "write the version of the first as `from`")
    } else {
        return None;
    };
    let finding = Finding::error("idle-count", title).at(place.key("count"), "how to count");
    Some(finding.help(help))
}

fn duplicate(earlier: &[Channel], channel: &Channel, place: &Place) -> Option<Finding> {
    let first = earlier.iter().position(|one| one.name == channel.name)?;
    let title = format!("channel `{}` is there twice", channel.name);
    let finding = Finding::error("duplicate-channel", title)
        .at(place.key("name"), "here again")
        .at(Place::item("channel", first).key("name"), "first here");
    Some(finding)
}

/// Patches of no time, or on a day of a month that they do not count.
fn patches(channel: &Channel, place: &Place) -> Option<[Option<Finding>; 2]> {
    let rule = channel.patches.as_ref()?;
    let place = place.key("patches");
    let title = format!("channel `{}` makes all patches at once", channel.name);
    let empty = Finding::error("empty-cadence", title)
        .at(place.key("every"), "no time at all")
        .help("write for example `every = \"1 month\"`");
    let empty = rule.every.is_zero().then_some(empty);
    Some([empty, weekday_without_months(rule.on, rule.every, &place)])
}

fn fixed(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let title = format!("phase `{}` of a channel begins on a fixed day", phase.name);
    let finding = Finding::error("fixed-phase", title)
        .at(place.key("from"), "the same day for every train")
        .help("give it a length with `for`, or move it to a `[[train]]`");
    phase
        .from
        .and_then(PhaseStart::date)
        .is_some()
        .then_some(finding)
}

/// Phases of which no day is left, for a train of the channel that has no
/// phases of its own.
pub(super) fn emptied<'a>(
    parts: &'a Parts,
    all: &'a AllTrains,
) -> impl Iterator<Item = Finding> + 'a {
    let channels = parts.channels.iter().enumerate();
    channels.filter_map(|(n, channel)| {
        let is_its_own = |train: &&Arc<Train>| {
            let slot = parts.named_slot(&train.version);
            let entry = slot.and_then(|slot| slot.entry);
            let written = entry.map(|n| &parts.entries[n]);
            let is_plain =
                written.is_none_or(|entry| entry.phases.is_empty() && entry.end.is_none());
            is_plain && train.channel.as_ref() == Some(&channel.name)
        };
        let mut trains = all.trains.iter().filter(is_its_own);
        let train = trains.find(|train| !train.emptied.is_empty())?;
        let is = |phase: &PhaseRule, emptied: &Emptied| *emptied.name == *phase.name;
        let mut empty = channel
            .phases
            .iter()
            .enumerate()
            .filter_map(|(place, phase)| {
                let emptied = train.emptied.iter().find(|emptied| is(phase, emptied))?;
                Some((place, emptied))
            });
        let (place, emptied) = empty.next()?;
        let (name, label) = (&channel.phases[place].name, &train.label);
        let title = format!("phase `{name}` of `{label}` has no day left");
        let place = Place::item("channel", n).key("phases").nth(place);
        let finding = Finding::warning("empty-phase", title);
        let finding = finding.at(place.key("name"), "empty");
        Some(finding.help(emptied.help(None)))
    })
}

/// Phases that begin with the branch, of trains whose cadence has none.
pub(super) fn without_branch<'a>(
    parts: &'a Parts,
    all: &'a AllTrains,
) -> impl Iterator<Item = Finding> + 'a {
    let channels = parts.channels.iter().enumerate();
    channels.filter_map(|(n, channel)| {
        let is_from_branch = |phase: &PhaseRule| phase.level == Level::Pre && phase.from.is_none();
        let place = channel.phases.iter().position(is_from_branch)?;
        let lacks_branch = |train: &Arc<Train>| {
            train.channel.as_ref() == Some(&channel.name)
                && train.branch.when().is_none()
                && parts.made_index(&train.version).is_some()
        };
        let train = all.trains.iter().find(|train| lacks_branch(train))?;
        let (name, train) = (&channel.phases[place].name, &train.label);
        let title = format!("phase `{name}` runs from the branch, and the cadence has none");
        let place = Place::item("channel", n).key("phases").nth(place);
        let finding = Finding::error("no-branch", title)
            .at(place.key("level"), format!("of `{train}`, for example"))
            .help("add for example `branch = \"15 days before\"` to `[cadence]`");
        Some(finding)
    })
}

/// Channels whose first train is none of those that they take.
pub(super) fn between_multiples(parts: &Parts) -> impl Iterator<Item = Finding> + '_ {
    let rule = parts.rule.as_ref();
    let channels = parts.channels.iter().enumerate();
    channels.filter_map(move |(n, channel)| {
        let (every, from) = channel.every.zip(channel.from.as_ref())?;
        let index = rule.and_then(|rule| rule.index_of(from));
        let number = parts.number(index, from);
        let is_taken = number.is_some_and(|number| number % every == 0);
        if is_taken || channel.count.is_some() || channel.counts_trains(rule, index) {
            return None;
        }
        let title = format!("channel `{}` begins with `{from}`, which is no multiple of {every}", channel.name);
        let place = Place::item("channel", n);
        let finding = Finding::warning("between-multiples", title)
            .at(place.key("from"), "not taken")
            .at(place.key("every"), "multiples of this are")
            .help("to count from there, write `count = \"from\"`; if multiples are meant, `count = \"multiples\"`");
        Some(finding)
    })
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
        let first = earlier
            .iter()
            .position(|one| takes_all(one, channel, parts.rule.as_ref()))?;
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
fn takes_all(earlier: &Channel, later: &Channel, rule: Option<&Rule>) -> bool {
    let [counts, later_counts] = [earlier, later].map(|one| one.counts_trains(rule, None));
    let is_same_count = counts == later_counts && (!counts || earlier.from == later.from);
    let numbers = match (earlier.every, later.every) {
        (None, _) => true,
        (Some(earlier), Some(later)) => later % earlier == 0 && is_same_count,
        (Some(_), None) => false,
    };
    numbers && (earlier.from.is_none() || later.from.is_some() && later.from >= earlier.from)
}
