//! A file that somebody else wrote, as plain values with their places.

use std::ops::Range;
use std::sync::Arc;

use super::Spot;
use super::ledger::Ledger;
use super::quoted::quoted;
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{Day, Month, WrittenEnd};

/// A parsed file. Whether it was JSON, TOML or YAML does not matter any more.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// All of it.
    pub root: Value,
}

/// A value, and the bytes at which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in its text.
    pub span: Range<usize>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: `null`.
    Nothing,
    /// True or false.
    Flag(bool),
    /// A string, or a number or a date as it was written: `1.30` stays `1.30`.
    Text(String),
    /// Values in their order.
    List(Vec<Value>),
    /// Values by name, in their order.
    Table(Vec<(String, Value)>),
}

/// A date as precisely as somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Day(Day),
    Month(Month),
    /// Written down as not known: `TBD`.
    Unknown,
    /// No date at all.
    Illegible,
}

impl Value {
    /// The value of that name, unless it is nothing.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let found = self.entries().iter().find(|(name, _)| name == key);
        found
            .map(|(_, value)| value)
            .filter(|value| value.is_some())
    }

    fn is_some(&self) -> bool {
        self.kind != Kind::Nothing
    }

    /// Its values by name; none when it is no table.
    pub fn entries(&self) -> &[(String, Self)] {
        match &self.kind {
            Kind::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Its values, if it is a list.
    pub fn items(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// Its text, if it is a string, a number or a date.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// True or false, if it is that.
    pub fn flag(&self) -> Option<bool> {
        match self.kind {
            Kind::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The text of that name.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?
            .text()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The flag of that name.
    pub(super) fn flag_of(&self, key: &str) -> Option<bool> {
        self.get(key)?.flag()
    }

    /// The date that it is.
    pub(super) fn when(&self) -> When {
        const UNKNOWN: [&str; 8] = ["", "-", "?", "n/a", "na", "tba", "tbd", "unknown"];
        let Some(text) = self.text().map(str::trim) else {
            return When::Illegible;
        };
        if UNKNOWN.contains(&&*text.to_ascii_lowercase()) {
            return When::Unknown;
        }
        let day = text.parse().map(When::Day);
        let month = || -> Result<_, String> { text.parse().map(When::Month) };
        day.or_else(|_: String| month()).unwrap_or(When::Illegible)
    }

    /// As messages quote it: the beginning of its text.
    pub(super) fn quoted(&self) -> String {
        const LONG: usize = 40;
        let text = match &self.kind {
            Kind::Nothing => "null",
            Kind::Flag(true) => "true",
            Kind::Flag(false) => "false",
            Kind::Text(text) => text,
            Kind::List(_) => return "a list".to_owned(),
            Kind::Table(_) => return "a table".to_owned(),
        };
        quoted(text, LONG)
    }
}

impl Document {
    /// The place of a value; of a table with many lines, its first line.
    pub(super) fn spot(&self, value: &Value) -> Spot {
        let text = &*self.source.text;
        let Range { start, end } = value.span;
        let first = text.get(start..end).and_then(|written| written.find('\n'));
        let span = match first {
            None => start..end,
            Some(length) => {
                let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
                let line = &text[line_start..start + length];
                line_start + line.len() - line.trim_start().len()..start + length
            }
        };
        Spot {
            source: Arc::clone(&self.source),
            span,
        }
    }

    /// The place of the text by which an entry of a list is called.
    pub(super) fn spot_of(&self, entry: &Value, key: &str) -> Spot {
        self.spot(entry.get(key).unwrap_or(entry))
    }

    /// The name of the file, without its folder.
    pub(super) fn file_name(&self) -> &str {
        let name = &*self.source.name;
        name.rsplit('/').next().unwrap_or(name)
    }

    /// It is not what its importer reads: `what` says what it lacks, and
    /// `help` where to get it.
    pub(super) fn refused(&self, what: &str, help: impl Into<String>) -> Vec<Diagnostic> {
        let title = format!("`{}` {what}", self.source.name);
        vec![Diagnostic::error("other-format", title).help(help)]
    }
}

/// The days of a table that somebody wrote for one train.
pub(super) struct Dates<'a, 'b> {
    pub(super) document: &'a Document,
    /// The train that messages name.
    pub(super) train: &'a str,
    pub(super) table: &'a Value,
    pub(super) ledger: &'b mut Ledger,
}

impl Dates<'_, '_> {
    /// The day of that name. What is there and is none is told.
    pub(super) fn day(&mut self, key: &str) -> Option<Day> {
        match self.end(key)? {
            WrittenEnd::Day(day) => Some(day),
            WrittenEnd::Month(_) => {
                self.tell(key, "which is a month and no day");
                None
            }
        }
    }

    /// The day or month of that name. What is there and is neither is told.
    pub(super) fn end(&mut self, key: &str) -> Option<WrittenEnd> {
        match self.table.get(key)?.when() {
            When::Day(day) => Some(WrittenEnd::Day(day)),
            When::Month(month) => Some(WrittenEnd::Month(month)),
            When::Unknown => None,
            When::Illegible => {
                self.tell(key, "which is no day");
                None
            }
        }
    }

    fn tell(&mut self, key: &str, why: &str) {
        if let Some(value) = self.table.get(key) {
            let what = format!("`{key}` is {}, {why}: it is left out", value.quoted());
            self.ledger
                .left_out(self.train, what, self.document.spot(value));
        }
    }
}
