//! What changes from one board to another.

use std::fmt::Write;

use serde::Serialize;

use super::{json, words};
use crate::schedule::{Board, Day, Level, Row, Status, Version};

/// All changes of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    #[serde(rename = "date")]
    day: Day,
    changes: Vec<Change>,
}

/// One change of one train.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Change {
    train: Version,
    kind: ChangeKind,
    words: String,
}

/// The kinds of changes, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum ChangeKind {
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
        let mut changes: Vec<_> = after
            .trains()
            .flat_map(|row| of_row(before, row, day))
            .collect();
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

fn change(row: &Row, kind: ChangeKind, words: impl Into<String>) -> Change {
    Change {
        train: row.train().version.clone(),
        kind,
        words: words.into(),
    }
}

/// What is different about a train of the later board.
fn of_row(before: &Board, row: &Row, day: Day) -> Vec<Change> {
    let label = &row.train().label;
    let Some(old) = find(before, row) else {
        let words = format!("{label} enters the table");
        return vec![change(row, ChangeKind::Enters, words)];
    };
    let mut changes = Vec::new();
    if old.status() != row.status() {
        changes.extend(of_status(row));
    } else if old.phase() != row.phase() {
        changes.extend(words::phase(row).map(|name| phase_begins(row, name)));
    }
    changes.extend(of_latest(old, row, &changes));
    if changes.is_empty() && row.branch().day() == Some(day) {
        changes.push(branched(row));
    }
    changes
}

/// A new latest release; the train's own is told by what begins with it.
fn of_latest(old: &Row, row: &Row, told: &[Change]) -> Option<Change> {
    let latest = row.latest().filter(|_| old.latest() != row.latest())?;
    let is_own = latest.version.is_same_release(&row.train().version);
    let is_told = is_own && !told.is_empty();
    let words = format!("{} is released", latest.version);
    (!is_told).then(|| change(row, ChangeKind::Latest, words))
}

fn phase_begins(row: &Row, name: &str) -> Change {
    let words = format!("{}: {name} begins", row.train().label);
    change(row, ChangeKind::Phase, words)
}

fn branched(row: &Row) -> Change {
    let words = format!("the branch of {} is cut", row.train().label);
    change(row, ChangeKind::Branched, words)
}

fn of_status(row: &Row) -> Option<Change> {
    let label = &row.train().label;
    Some(match row.status() {
        Status::Planned => return None,
        Status::Stabilising => match row.phase().filter(|phase| phase.level == Level::Pre) {
            Some(phase) => phase_begins(row, &phase.name),
            None => branched(row),
        },
        Status::Supported => change(row, ChangeKind::Released, format!("{label} is released")),
        Status::Ended => change(row, ChangeKind::Ended, format!("support of {label} ends")),
    })
}

fn left(after: &Board, row: &Row) -> Option<Change> {
    if find(after, row).is_some() {
        return None;
    }
    let label = &row.train().label;
    let mut supported = after.supported();
    let is_supported = supported.any(|other| other.train().version == row.train().version);
    let (kind, words) = if row.is_supported() && !is_supported {
        let words = format!("support of {label} ends, and it leaves the table");
        (ChangeKind::Ended, words)
    } else {
        (ChangeKind::Leaves, format!("{label} leaves the table"))
    };
    Some(change(row, kind, words))
}

/// A line for each thing that happens, with its day before the first.
pub fn text(days: &[Changes]) -> String {
    if days.is_empty() {
        return "nothing more is known to change\n".to_owned();
    }
    let mut out = String::new();
    for Changes { day, changes } in days {
        for (n, change) in changes.iter().enumerate() {
            let day = day.to_string();
            let day = if n == 0 { &*day } else { "" };
            let _ = writeln!(out, "{day:10}  {}", change.words);
        }
    }
    out
}

/// The same as JSON: a list of days, each with its date and changes.
pub fn json(days: &[Changes]) -> String {
    json::text(&days)
}
