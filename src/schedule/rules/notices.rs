//! What time alone brings: it is told, and is no fault of the file.

use super::acknowledged::is_allowed_in;
use crate::schedule::Parts;
use crate::schedule::board::{Board, Row};
use crate::schedule::day::Day;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::length::Length;

/// How long before its end a train is worth a word.
const SOON: Length = Length::days(30);

/// What a maintainer wants to know on that day.
pub(in crate::schedule) fn notices(parts: &Parts, board: &Board, today: Day) -> Vec<Finding> {
    let due: Vec<_> = board.due().filter(|row| !is_allowed(parts, row)).collect();
    let ending = board
        .supported()
        .filter_map(|row| ends_soon(parts, row, today));
    overdue(parts, &due).into_iter().chain(ending).collect()
}

/// Trains whose planned day has come, and nobody recorded a release.
fn overdue(parts: &Parts, rows: &[&Row]) -> Option<Finding> {
    let (first, more) = rows.split_first()?;
    let (label, plan) = (&first.train().label, first.release().planned?);
    let more = match more.len() {
        0 => String::new(),
        1 => ", nor of the next train".to_owned(),
        count => format!(", nor of the {count} next trains"),
    };
    let title = format!("no release of `{label}` is recorded, planned for {plan}{more}");
    let (place, label) = last_fact(parts, first);
    let finding = Finding::notice("overdue", title)
        .at(place, label)
        .help("record it as `[[release]]`, or skip the train: `[[train]]` with `skip = \"why\"`");
    Some(finding)
}

/// The last release that is recorded, else the train, else the project.
fn last_fact(parts: &Parts, row: &Row) -> (Place, &'static str) {
    let fact = parts.facts.len().checked_sub(1);
    let fact = fact.map(|last| Place::item("release", last).key("version"));
    let fact = fact.map(|place| (place, "the last in the file"));
    let train = || Some((place_of(parts, row)?.key("version"), "this train"));
    let project = || (Place::of("project").key("name"), "of this project");
    fact.or_else(train).unwrap_or_else(project)
}

/// A train whose ordinary support ends within a month.
fn ends_soon(parts: &Parts, row: &Row, today: Day) -> Option<Finding> {
    let end = row
        .support_end()
        .when()
        .filter(|_| row.waits_for().is_none())?;
    let limit = today.after(SOON)?;
    let (label, end_in_words) = (&row.train().label, end.in_words());
    let title = format!("support of `{label}` ends within a month: {end_in_words}");
    // Of a train that a rule makes, it is said again every few weeks.
    let place =
        place_of(parts, row).filter(|_| parts.made_index(&row.train().version).is_none())?;
    let finding = Finding::notice("ends-soon", title).at(place.key("version"), "this train");
    (end.last_day() <= limit).then_some(finding)
}

fn place_of(parts: &Parts, row: &Row) -> Option<Place> {
    let entry = parts.named_slot(&row.train().version)?.entry?;
    Some(Place::item("train", entry))
}

fn is_allowed(parts: &Parts, row: &Row) -> bool {
    let slot = parts.named_slot(&row.train().version);
    let entry = slot.and_then(|slot| slot.entry);
    entry.is_some_and(|n| is_allowed_in(&parts.entries[n].allow.0, "overdue"))
}
