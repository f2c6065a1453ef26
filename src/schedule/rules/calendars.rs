//! Versions of trains that a calendar writes, and those that look as if one did.

use crate::schedule::calendar::VersionPattern;
use crate::schedule::draft::{Bump, Cadence};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::leg::Leg;
use crate::schedule::numbers::Numbers;
use crate::schedule::version::Version;

/// Checks how a cadence names its trains.
pub(super) fn check(cadence: &Cadence, place: &Place) -> Option<Finding> {
    match (cadence.bump, &cadence.version) {
        (Bump::Calendar, Some(pattern)) => not_as_written(cadence, pattern, place)
            .or_else(|| repeated_version(cadence, pattern, place)),
        (Bump::Calendar, None) => Some(without_pattern(place)),
        (bump, Some(pattern)) => Some(without_calendar(bump, pattern, place)),
        (_, None) => zero_lost(cadence, place),
    }
}

fn without_pattern(place: &Place) -> Finding {
    let title = "a calendar writes the versions, and nothing says how";
    Finding::error("calendar-version", title)
        .at(place.key("bump"), "the calendar")
        .help("write for example `version = \"YY.0M\"` below it")
}

fn without_calendar(bump: Bump, pattern: &VersionPattern, place: &Place) -> Finding {
    let bump = bump.as_str();
    let title = format!("`{pattern}` is written from a day, and versions grow by `{bump}`");
    Finding::error("calendar-version", title)
        .at(place.key("version"), "for a calendar")
        .help("write `bump = \"calendar\"`, or leave `version` out")
}

/// An anchor that has not the version that its day would give it.
fn not_as_written(cadence: &Cadence, pattern: &VersionPattern, place: &Place) -> Option<Finding> {
    let (date, version) = (cadence.anchor.date, &cadence.anchor.version);
    let anchor = place.key("anchor");
    if date.precision() > pattern.precision() {
        let title = format!("`{pattern}` cannot be written from `{date}`");
        let label = "not known precisely enough";
        return Some(Finding::error("bad-anchor", title).at(anchor.key("date"), label));
    }
    let written = pattern
        .write(date.last_day())
        .filter(|written| written != version)?;
    let title = format!("`{pattern}` makes `{written}` of {date}, and not `{version}`");
    let finding = Finding::error("bad-anchor", title)
        .at(anchor.key("version"), "the first train")
        .at(place.key("version"), "how it is written")
        .help("write")
        .patch(format!("\"{written}\""));
    Some(finding)
}

/// Trains of one version, or of an earlier one than those before them.
fn repeated_version(cadence: &Cadence, pattern: &VersionPattern, place: &Place) -> Option<Finding> {
    let leg = Leg::new(cadence)
        .ok()
        .filter(|_| !cadence.every.is_zero())?;
    let pairs = leg.written.windows(2);
    let is_sound = |pair: &[Version]| pair[1] > pair[0] && !pair[1].is_same_release(&pair[0]);
    let (offset, pair) = (0..).zip(pairs).find(|(_, pair)| !is_sound(pair))?;
    let (earlier, version) = (&pair[0], &pair[1]);
    let (first, second) = (leg.when(offset)?, leg.when(offset + 1)?);
    let title = format!(
        "`{pattern}` makes `{version}` of {second}, which is no later version than `{earlier}` of {first}"
    );
    let finding = Finding::error("repeated-version", title)
        .at(place.key("version"), "too little of a date")
        .at(place.key("every"), "the next train")
        .help(
            "write so much of the day that each train has a version of its own, largest part first",
        );
    Some(finding)
}

/// A number that grows from `04` to `5`.
fn zero_lost(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let numbers = Numbers::new(&cadence.anchor.version, cadence.bump).ok()?;
    let [first, next] = numbers.lost_zero()?;
    let title = format!("`{first}` is followed by `{next}`, without the zero");
    let finding = Finding::warning("zero-lost", title)
        .at(place.key("anchor").key("version"), "the first train")
        .help("if its versions are dates, write `bump = \"calendar\"` and for example `version = \"YY.0M\"`");
    Some(finding)
}
