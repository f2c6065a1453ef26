//! Columns of the project, and what fills them.

use crate::diagnostic::nearest;
use crate::schedule::draft::{ColumnRule, Draft, TrainEntry};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::milestones::TAKEN;
use crate::schedule::named::Named;
use crate::schedule::text::Label;

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let columns = &draft.columns;
    for (n, column) in columns.iter().enumerate() {
        let place = Place::item("column", n).key("id");
        findings.extend(taken(draft, column, &place));
        findings.extend(duplicate(&columns[..n], column, &place));
    }
    for (n, channel) in draft.channels.iter().enumerate() {
        findings.extend(unknown(
            columns,
            &channel.fields,
            &Place::item("channel", n),
        ));
    }
    for (n, train) in draft.trains.iter().enumerate() {
        let place = Place::item("train", n);
        findings.extend(unknown(columns, &train.fields, &place));
        findings.extend(rolling_and_released(train, &place));
    }
}

/// An id that means something already.
fn taken(draft: &Draft, column: &ColumnRule, place: &Place) -> Option<Finding> {
    let id = &*column.id;
    let mut milestones = draft.milestones.iter();
    let is_taken = TAKEN.contains(&id) || milestones.any(|other| other.id() == id);
    let title = format!("`{id}` means something already");
    let finding = Finding::error("taken-id", title).at(place.clone(), "the id of a column");
    is_taken.then(|| finding.help("give it another id"))
}

fn duplicate(earlier: &[ColumnRule], column: &ColumnRule, place: &Place) -> Option<Finding> {
    let first = earlier.iter().position(|one| one.id == column.id)?;
    let title = format!("column `{}` is there twice", &*column.id);
    let finding = Finding::error("duplicate-column", title)
        .at(place.clone(), "here again")
        .at(Place::item("column", first).key("id"), "first here");
    Some(finding)
}

/// Fields of columns that are not there.
fn unknown(columns: &[ColumnRule], fields: &Named<Label>, owner: &Place) -> Vec<Finding> {
    let known = || columns.iter().map(|column| &*column.id);
    let ids = fields.0.iter().map(|(id, _)| &**id);
    let unknown = ids.filter(|id| known().all(|known| known != *id));
    let finding = |id: &str| {
        let title = format!("there is no column `{id}`");
        let finding = Finding::error("unknown-field", title)
            .at(owner.key("fields").key(id), "of no `[[column]]`");
        match nearest(id, known()) {
            Some(near) => finding.help(format!("the nearest is `{near}`")),
            None => finding.help(format!("add `[[column]]` with `id = \"{id}\"` and a title")),
        }
    };
    unknown.map(finding).collect()
}

/// A branch that is always there, and is released.
fn rolling_and_released(train: &TrainEntry, place: &Place) -> Option<Finding> {
    let key = if train.release.is_some() {
        "release"
    } else if train.released.is_said() {
        "released"
    } else if train.end.is_some() {
        "end"
    } else {
        return None;
    };
    let title = format!("`{}` is rolling, and has a `{key}`", train.version);
    let finding = Finding::error("rolling-and-released", title)
        .at(place.key("rolling"), "always there")
        .at(place.key(key), "a day of its life");
    train.rolling.then(|| finding.help("leave out one of them"))
}
