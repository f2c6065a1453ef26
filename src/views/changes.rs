//! What changes from one board to another.

use std::fmt::Write;

use serde::Serialize;

use crate::schedule::{Board, Day, Level, Row, Status, Version};

/// What a day brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    day: Day,
    changes: Vec<Change>,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    train: Version,
    kind: Kind,
    words: String,
}

/// The kinds of things that happen, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Released,
    Ended,
    Phase,
    Branched,
    Latest,
    Enters,
    Leaves,
}

impl Changes {
    /// What is different on the later board, of `day`.
    pub fn between(before: &Board, after: &Board, day: Day) -> Self {
        let mut changes: Vec<_> = after.trains().flat_map(|row| of_row(before, row)).collect();
        changes.extend(before.trains().filter_map(|row| left(after, row)));
        changes.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.train.cmp(&b.train)));
        Self { day, changes }
    }

    /// `52.0.0 is released, support of 50.0.0 ends`
    pub fn in_words(&self) -> String {
        let words: Vec<_> = self.changes.iter().map(|change| &*change.words).collect();
        words.join(", ")
    }
}

fn find<'a>(board: &'a Board, row: &Row) -> Option<&'a Row> {
    board
        .trains()
        .find(|other| other.train().version == row.train().version)
}

fn change(row: &Row, kind: Kind, words: impl Into<String>) -> Change {
    Change {
        train: row.train().version.clone(),
        kind,
        words: words.into(),
    }
}

fn of_row(before: &Board, row: &Row) -> Vec<Change> {
    let label = &row.train().label;
    let Some(old) = find(before, row) else {
        return vec![change(
            row,
            Kind::Enters,
            format!("{label} enters the table"),
        )];
    };
    let mut changes = Vec::new();
    if old.status() != row.status() {
        changes.extend(of_status(row));
    } else if old.phase() != row.phase() {
        changes.extend(
            row.phase_name()
                .map(|name| change(row, Kind::Phase, format!("{label}: {name} begins"))),
        );
    }
    let is_new = |row: &Row| {
        row.latest()
            .is_some_and(|latest| latest.version.is_same_release(&row.train().version))
    };
    if old.latest() != row.latest()
        && !is_new(row)
        && let Some(latest) = row.latest()
    {
        changes.push(change(
            row,
            Kind::Latest,
            format!("{} is released", latest.version),
        ));
    }
    if old.branch().day() == row.branch().day() && changes.is_empty() {
        changes.push(change(
            row,
            Kind::Branched,
            format!("the branch of {label} is cut"),
        ));
    }
    changes.retain(|_| old != row);
    changes
}

fn of_status(row: &Row) -> Option<Change> {
    let label = &row.train().label;
    Some(match row.status() {
        Status::Planned => return None,
        Status::Stabilising => match row.phase().filter(|phase| phase.level == Level::Pre) {
            Some(phase) => change(row, Kind::Phase, format!("{label}: {} begins", phase.name)),
            None => change(row, Kind::Branched, format!("the branch of {label} is cut")),
        },
        Status::Supported => change(row, Kind::Released, format!("{label} is released")),
        Status::Ended => change(row, Kind::Ended, format!("support of {label} ends")),
    })
}

fn left(after: &Board, row: &Row) -> Option<Change> {
    if find(after, row).is_some() {
        return None;
    }
    let label = &row.train().label;
    let ended = row.is_supported()
        && !after
            .supported()
            .any(|other| other.train().version == row.train().version);
    Some(if ended {
        change(
            row,
            Kind::Ended,
            format!("support of {label} ends, and it leaves the table"),
        )
    } else {
        change(row, Kind::Leaves, format!("{label} leaves the table"))
    })
}

/// A line for each thing that happens, with its day before the first.
pub fn text(days: &[Changes]) -> String {
    if days.is_empty() {
        return "nothing more is known to change\n".to_owned();
    }
    let mut out = String::new();
    for Changes { day, changes } in days {
        for (n, change) in changes.iter().enumerate() {
            let day = if n == 0 {
                day.to_string()
            } else {
                String::new()
            };
            let _ = writeln!(out, "{day:10}  {}", change.words);
        }
    }
    out
}

#[derive(Serialize)]
struct DayShape {
    date: String,
    changes: Vec<ChangeShape>,
}

#[derive(Serialize)]
struct ChangeShape {
    train: String,
    kind: Kind,
    words: String,
}

/// The same as JSON: a list of days, each with its date and changes.
pub fn json(days: &[Changes]) -> String {
    let day = |changes: &Changes| DayShape {
        date: changes.day.to_string(),
        changes: changes.changes.iter().map(shape).collect(),
    };
    let days: Vec<_> = days.iter().map(day).collect();
    // Strings and lists cannot fail to be written.
    serde_json::to_string_pretty(&days).unwrap_or_default() + "\n"
}

fn shape(change: &Change) -> ChangeShape {
    ChangeShape {
        train: change.train.to_string(),
        kind: change.kind,
        words: change.words.clone(),
    }
}
