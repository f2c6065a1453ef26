//! Cadences: what they make, and where one ends and the next begins.

use super::calendars;
use crate::schedule::cadence::{BadCadence, Rule};
use crate::schedule::draft::{Bump, Cadence, Draft};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::leg::Leg;
use crate::schedule::length::Length;
use crate::schedule::round::WeekdayOfMonth;

/// The rule that the cadences of a draft make together, unless one is wrong.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Rule> {
    let before = findings.len();
    let mut wrong = None;
    for (n, cadence) in draft.cadences.iter().enumerate() {
        let place = Place::item("cadence", n);
        findings.extend(empty(cadence, &place));
        findings.extend(weekday_without_months(cadence.on, cadence.every, &place));
        findings.extend(off_its_weekday(cadence, &place));
        findings.extend(month_in_days(cadence, &place));
        let odd = calendars::check(cadence, &place);
        if odd.as_ref().is_some_and(Finding::is_error) {
            wrong = wrong.or(Some(n));
        }
        findings.extend(odd);
    }
    for (n, pair) in draft.cadences.windows(2).enumerate() {
        findings.extend(doubtful_train(&pair[0], &pair[1], n));
    }
    let rule = Rule::new(&draft.cadences).unwrap_or_else(|bad| {
        // Where it is not known how versions grow, the rest follows from that.
        if wrong.is_none_or(|wrong| bad.0 < wrong) {
            findings.push(bad_cadence(bad));
        }
        None
    });
    rule.filter(|_| !findings[before..].iter().any(Finding::is_error))
}

/// The rule of a cadence if the other number of its versions grew.
pub(super) fn with_other_bump(cadences: &[Cadence]) -> Option<Rule> {
    let [cadence] = cadences else { return None };
    let bump = match cadence.bump {
        Bump::Major => Bump::Minor,
        Bump::Minor => Bump::Major,
        Bump::Calendar => return None,
    };
    let cadence = Cadence {
        bump,
        ..cadence.clone()
    };
    Rule::new(&[cadence]).ok()?
}

fn bad_cadence((n, keys, title): BadCadence) -> Finding {
    let place = Place::item("cadence", n);
    let place = keys.iter().fold(place, |place, key| place.key(key));
    if *keys == ["until"] {
        return Finding::error("bad-until", title).at(place, "not one of its trains");
    }
    let finding = Finding::error("bad-anchor", title);
    match n {
        0 => finding
            .at(place, "the first train")
            .help("write for example `anchor = { version = \"1.0.0\", date = 2026-01-20 }`"),
        _ => finding.at(place, "the first of this cadence"),
    }
}

/// A train that the cadence makes shortly before another begins with a version
/// of its own: it may be one that never leaves.
fn doubtful_train(cadence: &Cadence, next: &Cadence, n: usize) -> Option<Finding> {
    let leg = Leg::new(cadence).ok()?;
    let (anchor, date) = (&next.anchor.version, next.anchor.date);
    if cadence.every.is_zero() || cadence.until.is_some() || leg.offset_of(anchor).is_some() {
        return None;
    }
    let count = leg.count_before(date, anchor);
    leg.when(count).filter(|when| *when > date)?;
    let last = leg.version(count.checked_sub(1)?)?;
    let before = leg.version(count.checked_sub(2)?)?;
    let title = format!("`{last}` leaves less than a step of its cadence before `{anchor}`");
    let finding = Finding::warning("doubtful-train", title)
        .at(Place::item("cadence", n).key("every"), "a step")
        .at(
            Place::item("cadence", n + 1).key("anchor").key("version"),
            "begins anew",
        )
        .help(format!(
            "say which is the last train before it: `until = \"{before}\"` or `until = \"{last}\"`"
        ));
    Some(finding)
}

fn empty(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let title = "a cadence of no time makes every train at once";
    let finding = Finding::error("empty-cadence", title)
        .at(place.key("every"), "no time at all")
        .help("write for example `every = \"1 month\"`");
    cadence.every.is_zero().then_some(finding)
}

/// A day of a month, in steps of something else.
pub(super) fn weekday_without_months(
    on: Option<WeekdayOfMonth>,
    every: Length,
    place: &Place,
) -> Option<Finding> {
    let on = on.filter(|_| !every.is_months())?;
    let title = format!("the {on} is a day of a month, and these steps do not count in months");
    let finding = Finding::error("weekday-without-months", title)
        .at(place.key("every"), "not months")
        .at(place.key("on"), "a day of a month");
    Some(finding)
}

/// An anchor that is no day, and steps that are no months.
fn month_in_days(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let date = cadence.anchor.date;
    let title = format!("{date} is no day, and this cadence does not count in months");
    let finding = Finding::error("month-in-days", title)
        .at(place.key("anchor").key("date"), "no day")
        .at(place.key("every"), "not months")
        .help("write the day of the first train, or count in months or years");
    (date.day().is_none() && !cadence.every.is_months()).then_some(finding)
}

fn off_its_weekday(cadence: &Cadence, place: &Place) -> Option<Finding> {
    let on = cadence.on.filter(|_| cadence.every.is_months())?;
    let date = cadence.anchor.date;
    let meant = on
        .of_month(date.last_day())
        .filter(|day| date != (*day).into())?;
    let title = format!("{date} is not the {on} of its month");
    let place_of_date = place.key("anchor").key("date");
    let finding = Finding::error("off-weekday", title)
        .at(place_of_date, "the day of the first train")
        .at(place.key("on"), "the day that is meant")
        .help("write")
        .patch(meant.to_string());
    Some(finding)
}
