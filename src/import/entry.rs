//! What a source has of one train.

use std::collections::HashMap;

use super::document::{Document, Value};
use super::report::Report;
use crate::schedule::{Address, Day, Label, Note, Version, When};

/// A table of a source, and where to tell of the train that it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) document: &'a Document,
    pub(super) report: &'a Report,
    /// The train, as messages name it.
    pub(super) name: &'a str,
    pub(super) table: &'a Value,
    /// The value that messages about the train point at.
    pub(super) at: &'a Value,
}

impl<'a> Entry<'a> {
    /// A table about a train, at which messages point.
    pub(super) fn new(
        document: &'a Document,
        report: &'a Report,
        name: &'a str,
        table: &'a Value,
    ) -> Self {
        Self {
            document,
            report,
            name,
            table,
            at: table,
        }
    }

    /// Another table about the same train.
    pub(super) fn part(self, table: &'a Value) -> Self {
        Self { table, ..self }
    }

    /// The entry, whose messages point at that value.
    pub(super) fn pointing_at(self, at: &'a Value) -> Self {
        Self { at, ..self }
    }

    /// The entry, whose messages point at the value of that name.
    pub(super) fn at(self, key: &str) -> Self {
        self.pointing_at(self.table.get(key).unwrap_or(self.table))
    }

    /// The value of that name, unless it is nothing.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.table.get(key)
    }

    /// The text of that name, unless it is empty.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.table.text_of(key)
    }

    /// The flag of that name.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.flag()
    }

    /// The values of the list of that name.
    pub(super) fn items(&self, key: &str) -> &'a [Value] {
        self.get(key).and_then(Value::items).unwrap_or_default()
    }

    /// The address of that name, if a reader may follow it.
    pub(super) fn link(&self, key: &str) -> Option<Address> {
        self.text(key)?.parse().ok()
    }

    /// The day of that name. What is there and is no day is told.
    pub(super) fn day(&self, key: &str) -> Option<Day> {
        self.day_of(key, self.get(key)?, "which is a month and no day")
    }

    /// The day that a value is, which is called `key`. What is none is told, a
    /// month in the words of `month`.
    pub(super) fn day_of(&self, key: &str, value: &'a Value, month: &str) -> Option<Day> {
        let day = self.date_of(key, value)?.day();
        if day.is_none() {
            self.no_date(key, value, month);
        }
        day
    }

    /// The date of that name: a day or a month. What is there and is none is
    /// told.
    pub(super) fn date(&self, key: &str) -> Option<When> {
        self.date_of(key, self.get(key)?)
    }

    fn date_of(&self, key: &str, value: &'a Value) -> Option<When> {
        let date = value.date();
        if date.is_none() && !value.is_unknown() {
            self.no_date(key, value, "which is no day");
        }
        date
    }

    fn no_date(&self, key: &str, value: &'a Value, why: &str) {
        let what = format!("`{key}` is {}, {why}: it is left out", value.quoted());
        self.pointing_at(value).left_out(what);
    }

    /// The version that the source calls the train by.
    pub(super) fn version(&self) -> Option<Version> {
        let what = "the name cannot be that of a train: it is left out";
        self.legible(self.name.parse().ok(), what)
    }

    /// The `codename` of the train.
    pub(super) fn codename(&self) -> Option<Label> {
        let written = self.text("codename")?;
        let what = "the codename cannot be written on a board: it is left out";
        self.legible(written.parse().ok(), what)
    }

    /// A note about the train, which is that text.
    pub(super) fn note(&self, written: &str) -> Option<Note> {
        self.at("note")
            .legible(written.parse().ok(), "a note is too long: it is left out")
    }

    /// A value, or the message that it cannot be read.
    pub(super) fn legible<T>(&self, value: Option<T>, what: &str) -> Option<T> {
        if value.is_none() {
            self.left_out(what);
        }
        value
    }

    /// The source says two things of the train: `active support ends on …`.
    pub(super) fn contradiction(&self, what: impl Into<String>) {
        self.tell("contradiction", what.into());
    }

    /// Something of the train is not taken over.
    pub(super) fn left_out(&self, what: impl Into<String>) {
        self.tell("left-out", what.into());
    }

    fn tell(&self, code: &'static str, what: String) {
        let place = self.document.place(self.at);
        self.report.add(code, self.name, what, place);
    }
}

/// The entries about each train, in the order in which trains are first named.
pub(super) fn by_train(entries: Vec<Entry<'_>>) -> Vec<Vec<Entry<'_>>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut trains: Vec<Vec<Entry<'_>>> = Vec::new();
    for entry in entries {
        let number = *numbers.entry(entry.name).or_insert(trains.len());
        match trains.get_mut(number) {
            Some(train) => train.push(entry),
            None => trains.push(vec![entry]),
        }
    }
    trains
}
