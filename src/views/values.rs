//! All values of a board together, for generators that have their own way to put
//! them into a text.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::value::{self, DateForm, NamedTrain};
use crate::schedule::{Board, Choice as _, MAX_FURTHER};

/// A line `name = value` for every value that the board has.
pub fn text(board: &Board, form: DateForm) -> String {
    let line = |(name, value): (String, String)| format!("{name} = {value}\n");
    present(board, form).map(line).collect()
}

/// Substitutions of reStructuredText: `|current.version|` and so on, for every
/// value that the board has.
pub fn rst(board: &Board, form: DateForm) -> String {
    let mut text = String::from(".. Written by trainboard.\n\n");
    for (name, value) in present(board, form) {
        let _ = writeln!(
            text,
            ".. |{name}| replace:: {}",
            super::rst::literal(&value)
        );
    }
    text
}

/// An object of all values: the trains as objects, those after the next one as
/// the list `further`; hyphens in names are underscores, as in the board's own
/// JSON. What is absent is null.
pub fn json(board: &Board, form: DateForm) -> String {
    let trains = NamedTrain::ALL.iter().map(|(name, _)| (*name).to_owned());
    let mut all = Map::new();
    for name in ["valid-from", "next-change"] {
        all.insert(key(name), of(board, name, form));
    }
    let name = of(board, "project.name", form);
    all.insert(
        "project".to_owned(),
        Map::from_iter([("name".to_owned(), name)]).into(),
    );
    all.extend(trains.map(|name| (name.clone(), train(board, &name, form))));
    let further = further(board).map(|name| train(board, &name, form));
    all.insert("further".to_owned(), further.collect());
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

/// The names and texts of the values that the board has.
fn present(board: &Board, form: DateForm) -> impl Iterator<Item = (String, String)> {
    let named = NamedTrain::ALL.iter().map(|(name, _)| (*name).to_owned());
    let fields = move |train: String| fields(board).map(move |field| format!("{train}.{field}"));
    let of_trains = named.chain(further(board)).flat_map(fields);
    let others = ["valid-from", "next-change", "project.name"];
    let all = others.into_iter().map(str::to_owned).chain(of_trains);
    all.filter_map(move |name| {
        let value = value::value(board, &name, form).ok().flatten()?;
        Some((name, value))
    })
}

/// The trains after the next one, as values name them.
fn further(board: &Board) -> impl Iterator<Item = String> {
    let numbers = 1..=MAX_FURTHER;
    let present = numbers.take_while(|n| board.further(*n as usize).is_some());
    present.map(|n| format!("next+{n}"))
}

fn fields(board: &Board) -> impl Iterator<Item = &str> {
    value::FIELDS
        .into_iter()
        .chain(board.milestones().map(|name| &*name.id))
}

fn train(board: &Board, name: &str, form: DateForm) -> Value {
    let values =
        fields(board).map(|field| (key(field), of(board, &format!("{name}.{field}"), form)));
    let values: Map<_, _> = values.collect();
    if values.values().all(Value::is_null) {
        return Value::Null;
    }
    values.into()
}

fn of(board: &Board, name: &str, form: DateForm) -> Value {
    value::value(board, name, form).ok().flatten().into()
}

fn key(name: &str) -> String {
    name.replace('-', "_")
}
