//! Single values of a board, for the middle of a sentence.

use super::words;
use crate::schedule::{
    Board, Choice as _, Day, MAX_FURTHER, MilestoneName, Row, Train, TrainBoard, When, choice,
};

choice! {
    /// A train as a board knows it.
    NamedTrain {
        /// The newest that is out and supported.
        Current = "current",
        /// The supported one before it.
        Previous = "previous",
        /// The newest with long-term support.
        Lts = "lts",
        /// The first that is not out.
        Next = "next",
    }
}

impl NamedTrain {
    /// The train of that name on a board.
    pub fn of(self, board: &Board) -> Option<&Row> {
        match self {
            Self::Current => board.current(),
            Self::Previous => board.previous(),
            Self::Lts => board.lts(),
            Self::Next => board.next(),
        }
    }
}

/// What a value may tell of a train, beside its milestones.
const FIELDS: [&str; 9] = [
    "version",
    "label",
    "branch",
    "release",
    "end",
    "support-end",
    "latest",
    "latest-date",
    "codename",
];

/// The names of all values of a board, as markers have them; of the trains
/// after the next one, those of the first.
pub fn values(board: &Board) -> Vec<String> {
    let trains = NamedTrain::ALL.iter().map(|(name, _)| *name);
    let ids = board.milestones().map(|name| &*name.id);
    let others = ["valid-from", "next-change", "project.name"];
    let of_trains = names(trains.chain(["next+1"]), FIELDS.into_iter().chain(ids));
    of_trains.chain(others.map(str::to_owned)).collect()
}

/// The names of all values of a train.
pub fn train_values(board: &TrainBoard) -> Vec<String> {
    let ids = board.milestones().map(|name| &*name.id);
    let own = names(["train"].into_iter(), FIELDS.into_iter().chain(ids.clone()));
    let lasting = FIELDS.into_iter().filter(|name| !depends_on_day(name));
    let neighbours = ["train.previous", "train.next"].into_iter();
    own.chain(names(neighbours, lasting.chain(ids))).collect()
}

fn names<'a>(
    trains: impl Iterator<Item = &'a str>,
    fields: impl Iterator<Item = &'a str> + Clone,
) -> impl Iterator<Item = String> {
    let names = move |train| fields.clone().map(move |field| format!("{train}.{field}"));
    trains.flat_map(names)
}

/// Whether a field of a train changes within its life, as its releases do.
fn depends_on_day(field: &str) -> bool {
    matches!(field, "latest" | "latest-date")
}

/// A name that no value has.
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
    check_field(field, board.milestones())?;
    let known = NamedTrain::ALL.iter().find(|(name, _)| *name == of);
    if let Some((_, known)) = known {
        return Ok(known.of(board).and_then(|row| of_row(row, field)));
    }
    let train = board.further(further(of).ok_or(UnknownValue)?);
    Ok(train.and_then(|train| of_train(train, field)))
}

/// Which train after the next one `next+2` is.
fn further(name: &str) -> Option<usize> {
    let digits = name.strip_prefix("next+")?;
    let is_plain = digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_plain)?;
    (1..=MAX_FURTHER as usize)
        .contains(&number)
        .then_some(number)
}

/// One value of a train as plain text, as [`value`] gives those of a board.
///
/// # Errors
///
/// When no value of a train has this name.
pub fn train_value(board: &TrainBoard, name: &str) -> Result<Option<String>, UnknownValue> {
    let (train, field) = match *name.split('.').collect::<Vec<_>>() {
        ["train", field] => {
            check_field(field, board.milestones())?;
            return Ok(of_row(board.row(), field));
        }
        ["train", "previous", field] => (board.previous(), field),
        ["train", "next", field] => (board.next(), field),
        _ => return Err(UnknownValue),
    };
    check_field(field, board.milestones())?;
    if depends_on_day(field) {
        return Err(UnknownValue);
    }
    Ok(train.and_then(|train| of_train(train, field)))
}

fn check_field<'a>(
    field: &str,
    mut milestones: impl Iterator<Item = &'a MilestoneName>,
) -> Result<(), UnknownValue> {
    let is_known = FIELDS.contains(&field) || milestones.any(|name| *name.id == *field);
    if is_known { Ok(()) } else { Err(UnknownValue) }
}

/// A field of a train on a day.
fn of_row(row: &Row, field: &str) -> Option<String> {
    match field {
        "latest" => row.latest().map(|release| release.version.to_string()),
        "latest-date" => row.latest().map(|release| release.date.in_words()),
        field => of_train(row.train(), field),
    }
}

/// A field of a train that is the same on every day, or one of its milestones.
fn of_train(train: &Train, field: &str) -> Option<String> {
    match field {
        "version" => Some(train.version.to_string()),
        "label" => Some(train.label.to_string()),
        "codename" => train.codename.as_ref().map(ToString::to_string),
        "branch" => train.branch.when().map(When::in_words),
        "release" => train.release.when().map(When::in_words),
        "end" => words::end_in_words(train.end),
        "support-end" => words::end_in_words(train.support_end),
        id => train.milestone(id).map(When::in_words),
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
