//! Single values of a board, for the middle of a sentence.

use std::fmt;

use super::words;
use crate::schedule::{Board, Day, Row, Train, TrainBoard};

/// All values, as markers name them.
pub const VALUES: [&str; 23] = [
    "current.version",
    "current.label",
    "current.branch",
    "current.release",
    "current.end",
    "previous.version",
    "previous.label",
    "previous.branch",
    "previous.release",
    "previous.end",
    "lts.version",
    "lts.label",
    "lts.branch",
    "lts.release",
    "lts.end",
    "next.version",
    "next.label",
    "next.branch",
    "next.release",
    "next.end",
    "valid-from",
    "next-change",
    "project.name",
];

/// The values of one train.
pub const TRAIN_VALUES: [&str; 16] = [
    "train.version",
    "train.label",
    "train.branch",
    "train.release",
    "train.end",
    "train.latest",
    "train.previous.version",
    "train.previous.label",
    "train.previous.branch",
    "train.previous.release",
    "train.previous.end",
    "train.next.version",
    "train.next.label",
    "train.next.branch",
    "train.next.release",
    "train.next.end",
];

/// A name that is none of [`VALUES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such value")
    }
}

impl std::error::Error for UnknownValue {}

/// One value as plain text; none when it does not exist on this board. Days
/// are written in words: `5 December 2026`.
///
/// # Errors
///
/// When no value has this name.
pub fn value(board: &Board, name: &str) -> Result<Option<String>, UnknownValue> {
    if !VALUES.contains(&name) {
        return Err(UnknownValue);
    }
    Ok(match name.split_once('.') {
        Some(("current", field)) => field_of(board.current(), field),
        Some(("previous", field)) => field_of(board.previous(), field),
        Some(("project", _)) => Some(board.project().name.to_string()),
        Some(("lts", field)) => field_of(board.lts(), field),
        Some((_, field)) => field_of(board.next(), field),
        None if name == "valid-from" => board.period().valid_from.map(Day::in_words),
        None => board.period().next_change.map(Day::in_words),
    })
}

/// One value of a train as plain text, as [`value`] gives those of a board.
///
/// # Errors
///
/// When no value of a train has this name.
pub fn train_value(board: &TrainBoard, name: &str) -> Result<Option<String>, UnknownValue> {
    if !TRAIN_VALUES.contains(&name) {
        return Err(UnknownValue);
    }
    let field = name.rsplit('.').next().unwrap_or(name);
    let is_of = |whose: &str| name.starts_with(whose);
    Ok(match name {
        "train.latest" => {
            let latest = board.row().latest();
            latest.map(|release| release.version.to_string())
        }
        _ if is_of("train.previous.") => field_of_train(board.previous(), field),
        _ if is_of("train.next.") => field_of_train(board.next(), field),
        _ => field_of(Some(board.row()), field),
    })
}

fn field_of(row: Option<&Row>, field: &str) -> Option<String> {
    field_of_train(row.map(Row::train), field)
}

fn field_of_train(train: Option<&Train>, field: &str) -> Option<String> {
    let train = train?;
    match field {
        "version" => Some(train.version.to_string()),
        "label" => Some(train.label.to_string()),
        "branch" => train.branch.day().map(Day::in_words),
        "release" => train.release.day().map(Day::in_words),
        _ => words::end_in_words(train.end),
    }
}

/// The branches that a security fix goes to, newest first: `51.0.x, 50.0.x,
/// 48.0.x and 36.0.x`; none when nothing is supported.
pub fn versions(board: &Board) -> Option<String> {
    let branches: Vec<_> = board
        .supported()
        .rev()
        .map(|row| &*row.train().branch_label)
        .collect();
    (!branches.is_empty()).then(|| words::list(&branches))
}
