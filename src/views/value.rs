//! Single values of a board, for the middle of a sentence.

use super::words;
use crate::schedule::{Board, Day, Row, Train, TrainBoard, When};

/// The names of the values of several trains, and others.
macro_rules! names {
    ($($train:literal)+; $($other:literal)+) => {
        [$(
            concat!($train, ".version"),
            concat!($train, ".label"),
            concat!($train, ".branch"),
            concat!($train, ".release"),
            concat!($train, ".end"),
        )+ $($other),+]
    };
}

/// All values, as markers name them.
pub const VALUES: [&str; 23] =
    names!["current" "previous" "lts" "next"; "valid-from" "next-change" "project.name"];

/// The values of one train.
pub const TRAIN_VALUES: [&str; 16] = names!["train" "train.previous" "train.next"; "train.latest"];

/// A name that is none of [`VALUES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValue;

/// One value as plain text; none when it does not exist on this board. Days
/// are written in words: `5 December 2026`.
///
/// # Errors
///
/// When no value has this name.
pub fn value(board: &Board, name: &str) -> Result<Option<String>, UnknownValue> {
    let (of, field) = match name {
        "valid-from" => return Ok(board.period().valid_from.map(Day::in_words)),
        "next-change" => return Ok(board.period().next_change.map(Day::in_words)),
        "project.name" => return Ok(Some(board.project().name.to_string())),
        name => name.split_once('.').ok_or(UnknownValue)?,
    };
    let row = match of {
        "current" => board.current(),
        "previous" => board.previous(),
        "lts" => board.lts(),
        "next" => board.next(),
        _ => return Err(UnknownValue),
    };
    Ok(row.map(Row::train).and_then(field_named(field)?))
}

/// One value of a train as plain text, as [`value`] gives those of a board.
///
/// # Errors
///
/// When no value of a train has this name.
pub fn train_value(board: &TrainBoard, name: &str) -> Result<Option<String>, UnknownValue> {
    let row = board.row();
    let (train, field) = match *name.split('.').collect::<Vec<_>>() {
        ["train", "latest"] => {
            let latest = row.latest();
            return Ok(latest.map(|release| release.version.to_string()));
        }
        ["train", field] => (Some(row.train()), field),
        ["train", "previous", field] => (board.previous(), field),
        ["train", "next", field] => (board.next(), field),
        _ => return Err(UnknownValue),
    };
    Ok(train.and_then(field_named(field)?))
}

/// Reads one field of a train as text.
type Field = fn(&Train) -> Option<String>;

fn field_named(name: &str) -> Result<Field, UnknownValue> {
    Ok(match name {
        "version" => |train| Some(train.version.to_string()),
        "label" => |train| Some(train.label.to_string()),
        "branch" => |train| train.branch.when().map(When::in_words),
        "release" => |train| train.release.when().map(When::in_words),
        "end" => |train| words::end_in_words(train.end),
        _ => return Err(UnknownValue),
    })
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
