//! What is odd about the trains, and no error: real schedules have it all.

use super::acknowledged::unless_allowed;
use super::channels;
use crate::schedule::Parts;
use crate::schedule::board::Row;
use crate::schedule::cadence::Rule;
use crate::schedule::draft::{ReleaseEntry, TrainEntry};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::roster::{Roster, Slot};
use crate::schedule::train::{End, Train};

/// Looks at every train and fact that is written, once all days are known.
pub(in crate::schedule) fn observe(parts: &Parts, roster: &Roster) -> Vec<Finding> {
    let train = |slot: Slot| {
        let version = parts.version(slot);
        let place = roster
            .trains
            .binary_search_by(|train| train.version.cmp(&version))
            .ok()?;
        Some(&*roster.trains[place])
    };
    let mut findings: Vec<_> = channels::unreachable(parts).collect();
    for (n, entry) in parts.entries.iter().enumerate() {
        if let Some(train) = parts.named_slot(&entry.version).and_then(train) {
            let odd = [
                end_on_release(train, n),
                end_before_release(entry, train, n),
            ]
            .into_iter()
            .flatten()
            .chain(empty_phases(entry, train, n));
            findings.extend(odd.filter_map(|finding| unless_allowed(&entry.allow.0, finding)));
        }
    }
    for (n, fact) in parts.facts.iter().enumerate() {
        let Some(slot) = parts.slot_of_fact(fact) else {
            continue;
        };
        let Some(train) = train(slot) else { continue };
        let place = Place::item("release", n);
        let odd = [
            odd_day(fact, train, &place),
            off_its_plan(parts, slot, fact, train, &place),
            on_a_weekend(parts, slot, fact, train, &place),
            gap_before(parts, slot, fact, train, &place),
        ];
        let odd = odd.into_iter().flatten();
        findings.extend(odd.filter_map(|finding| unless_allowed(&fact.allow.0, finding)));
    }
    findings
}

fn end_on_release(train: &Train, n: usize) -> Option<Finding> {
    let place = Place::item("train", n);
    let same = matches!(train.end, End::Day(day) if Some(day) == train.release.day());
    let title = format!("`{}` ends on the day of its release", train.label);
    let finding = Finding::warning("end-on-release", title, place.key("end"), "ends here");
    same.then(|| finding.and(place.key("release"), "released here"))
}

/// A written end, where the day of the release comes from elsewhere.
fn end_before_release(entry: &TrainEntry, train: &Train, n: usize) -> Option<Finding> {
    let end = entry.end.and(train.end.day())?;
    let release = train.release.day().filter(|release| *release > end)?;
    if entry.release.is_some() {
        return None;
    }
    let title = format!("`{}` ends before its release on {release}", train.label);
    let place = Place::item("train", n).key("end");
    Some(Finding::error(
        "end-before-release",
        title,
        place,
        "ends here",
    ))
}

fn empty_phases<'a>(
    entry: &'a TrainEntry,
    train: &'a Train,
    n: usize,
) -> impl Iterator<Item = Finding> + 'a {
    let is_out = train.release.day().is_some() || train.released;
    let phases = entry.phases.iter().enumerate().filter(move |_| is_out);
    let gone =
        phases.filter(|(_, phase)| train.phases.iter().all(|other| *other.name != *phase.name));
    gone.map(move |(place, phase)| {
        let title = format!(
            "phase `{}` of `{}` has no day left",
            phase.name, train.label
        );
        let place = Place::item("train", n).key("phases").nth(place).key("name");
        Finding::warning("empty-phase", title, place, "empty")
    })
}

/// A release after the end of its train, on that day, or before its train.
fn odd_day(fact: &ReleaseEntry, train: &Train, place: &Place) -> Option<Finding> {
    let (version, date, label) = (&fact.version, fact.date, &train.label);
    let pre = fact.pre.unwrap_or_else(|| version.is_pre_release());
    let left = train.release.day().filter(|left| date < *left && !pre);
    let (code, how) = match (train.over, train.end.day(), left) {
        (Some(over), Some(end), _) if over < date => (
            "released-after-end",
            format!("after train `{label}` had ended on {end}"),
        ),
        (Some(over), ..) if over == date => {
            ("released-on-end", format!("the day train `{label}` ended"))
        }
        (.., Some(left)) => (
            "released-before-train",
            format!("before its train `{label}` left on {left}"),
        ),
        _ => return None,
    };
    let title = format!("`{version}` was released on {date}, {how}");
    let finding = Finding::warning(code, title, place.key("date"), "this day");
    let help = format!("if it is true, say why with a `note`, and write `allow = [\"{code}\"]`");
    Some(finding.help(help))
}

/// A train that left more than three days away from its plan, and nobody says
/// why.
fn off_its_plan(
    parts: &Parts,
    slot: Slot,
    fact: &ReleaseEntry,
    train: &Train,
    place: &Place,
) -> Option<Finding> {
    let plan = train.release.planned?;
    let late = fact.date.number() - plan.number();
    let explained =
        fact.note.is_some() || slot.entry.is_some_and(|n| parts.entries[n].note.is_some());
    if !fact.version.is_same_release(&train.version) || late.abs() <= 3 || explained {
        return None;
    }
    let (code, side) = if late > 0 {
        ("released-late", "after")
    } else {
        ("released-early", "before")
    };
    let days = late.abs();
    let title = format!(
        "`{}` was released {days} days {side} its plan of {plan}",
        fact.version
    );
    let finding = Finding::warning(code, title, place.key("date"), "this day");
    Some(finding.help("say why with a `note`"))
}

/// A release on a weekend, where the cadence moves releases off weekends.
fn on_a_weekend(
    parts: &Parts,
    slot: Slot,
    fact: &ReleaseEntry,
    train: &Train,
    place: &Place,
) -> Option<Finding> {
    let avoids = |rule: &Rule| slot.index.is_some_and(|index| rule.avoids_weekends(index));
    let moves = parts.rule.as_ref().is_some_and(avoids);
    let is_train = fact.version.is_same_release(&train.version);
    if !moves || !is_train || fact.date.off_the_weekend() == Some(fact.date) {
        return None;
    }
    let title = format!(
        "`{}` was released on a weekend, which the cadence avoids",
        fact.version
    );
    Some(Finding::warning(
        "weekend-contradicted",
        title,
        place.key("date"),
        "a Saturday or Sunday",
    ))
}

/// Trains of the cadence between two that are recorded, without a release and
/// not skipped.
fn gap_before(
    parts: &Parts,
    slot: Slot,
    fact: &ReleaseEntry,
    train: &Train,
    place: &Place,
) -> Option<Finding> {
    let index = slot
        .index
        .filter(|_| fact.version.is_same_release(&train.version))?;
    let before = parts.riding_made.range(..index).next_back()?;
    let is_skipped = |index: &u32| {
        let entry = parts.overrides.get(index);
        entry.is_some_and(|n| parts.entries[*n].skip.is_some())
    };
    let missing = (before.0 + 1..index).find(|index| !is_skipped(index))?;
    let version = parts.rule.as_ref()?.version(missing)?;
    let title = format!(
        "train `{version}` has no release, and `{}` after it has",
        fact.version
    );
    let finding = Finding::warning(
        "gap",
        title,
        place.key("version"),
        "the next that is recorded",
    );
    Some(finding.help("record its release, or skip it: `[[train]]` with `skip = \"why\"`"))
}

/// Trains that count as released though nobody recorded them.
pub(in crate::schedule) fn unrecorded(parts: &Parts, rows: &[&Row]) -> Option<Finding> {
    let is_allowed = |row: &&&Row| {
        let slot = parts.named_slot(&row.train().version);
        let entry = slot.and_then(|slot| slot.entry);
        entry.is_some_and(|n| {
            parts.entries[n]
                .allow
                .0
                .iter()
                .any(|code| code == "unrecorded")
        })
    };
    let rows: Vec<_> = rows.iter().filter(|row| !is_allowed(row)).collect();
    let (first, more) = rows.split_first()?;
    let (label, plan) = (&first.train().label, first.release().planned?);
    let more = match more.len() {
        0 => String::new(),
        1 => ", nor of the next train".to_owned(),
        count => format!(", nor of the {count} next trains"),
    };
    let title = format!("no release of `{label}` is recorded, planned for {plan}{more}");
    let last = Place::item("release", parts.facts.len().checked_sub(1)?).key("version");
    let finding = Finding::warning("unrecorded", title, last, "the last in the file");
    Some(
        finding.help(
            "record it as `[[release]]`, or skip the train: `[[train]]` with `skip = \"why\"`",
        ),
    )
}
