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

choice! {
    /// How a date is written.
    DateForm {
        /// `5 December 2026`, `December 2026`
        Long = "long",
        /// `5 Dec 2026`, `Dec 2026`
        Short = "short",
        /// `2026-12-05`, `2026-12`
        Iso = "iso",
    }
}

impl DateForm {
    /// A date, as precise as it is known.
    fn of(self, date: When) -> String {
        match self {
            Self::Long => date.in_words(),
            Self::Short => date.in_short(),
            Self::Iso => date.to_string(),
        }
    }
}

/// Whether a value of that name is a date.
pub(crate) fn is_date(name: &str) -> bool {
    let field = name.rsplit('.').next().unwrap_or(name);
    !matches!(field, "name" | "version" | "label" | "latest" | "codename")
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
pub(super) const FIELDS: [&str; 9] = [
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

/// One value as plain text, a date in some form; none when it does not exist
/// on this board.
///
/// # Errors
///
/// When no value has this name.
pub fn value(board: &Board, name: &str, form: DateForm) -> Result<Option<String>, UnknownValue> {
    let day = |day: Option<Day>| Ok(day.map(|day| form.of(day.into())));
    let (of, field) = match name {
        "valid-from" => return day(board.period().valid_from),
        "next-change" => return day(board.period().next_change),
        "project.name" => return Ok(Some(board.project().name.to_string())),
        name => name.split_once('.').ok_or(UnknownValue)?,
    };
    check_field(field, board.milestones())?;
    let known = NamedTrain::ALL.iter().find(|(name, _)| *name == of);
    if let Some((_, known)) = known {
        return Ok(known.of(board).and_then(|row| of_row(row, field, form)));
    }
    let train = board.further(further(of).ok_or(UnknownValue)?);
    Ok(train.and_then(|train| of_train(train, field, form)))
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
pub fn train_value(
    board: &TrainBoard,
    name: &str,
    form: DateForm,
) -> Result<Option<String>, UnknownValue> {
    let (train, field) = match *name.split('.').collect::<Vec<_>>() {
        ["train", field] => {
            check_field(field, board.milestones())?;
            return Ok(of_row(board.row(), field, form));
        }
        ["train", "previous", field] => (board.previous(), field),
        ["train", "next", field] => (board.next(), field),
        _ => return Err(UnknownValue),
    };
    check_field(field, board.milestones())?;
    if depends_on_day(field) {
        return Err(UnknownValue);
    }
    Ok(train.and_then(|train| of_train(train, field, form)))
}

fn check_field<'a>(
    field: &str,
    mut milestones: impl Iterator<Item = &'a MilestoneName>,
) -> Result<(), UnknownValue> {
    let is_known = FIELDS.contains(&field) || milestones.any(|name| *name.id == *field);
    if is_known { Ok(()) } else { Err(UnknownValue) }
}

/// A field of a train on a day.
fn of_row(row: &Row, field: &str, form: DateForm) -> Option<String> {
    match field {
        "latest" => row.latest().map(|release| release.version.to_string()),
        "latest-date" => row.latest().map(|release| form.of(release.date.into())),
        field => of_train(row.train(), field, form),
    }
}

/// A field of a train that is the same on every day, or one of its milestones.
fn of_train(train: &Train, field: &str, form: DateForm) -> Option<String> {
    let date = |date: Option<When>| date.map(|date| form.of(date));
    match field {
        "version" => Some(train.version.to_string()),
        "label" => Some(train.label.to_string()),
        "codename" => train.codename.as_ref().map(ToString::to_string),
        "branch" => date(train.branch.when()),
        "release" => date(train.release.when()),
        "end" => date(train.end.when()),
        "support-end" => date(train.support_end.when()),
        id => date(train.milestone(id)),
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
