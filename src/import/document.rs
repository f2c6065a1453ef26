//! A file that somebody else wrote, as plain values with their places.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::input::ReadError;
use crate::schedule::When;

/// A parsed file. Whether it was JSON, TOML or YAML does not matter any more.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// The value that is the whole file.
    pub root: Value,
}

/// A value, and the bytes at which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What the value is.
    pub kind: ValueKind,
    /// Where the value stands in its text.
    pub span: Range<usize>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
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

/// Some bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    pub(super) source: Arc<Source>,
    pub(super) span: Range<usize>,
}

impl SourcePlace {
    /// The diagnostic, with this place added to it.
    pub(super) fn told(&self, diagnostic: Diagnostic, label: &str) -> Diagnostic {
        diagnostic.at(&self.source, self.span.clone(), label)
    }
}

impl Value {
    /// The value of that name, unless it is nothing.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let (_, value) = self.entries().iter().find(|(name, _)| name == key)?;
        (value.kind != ValueKind::Nothing).then_some(value)
    }

    /// The values of a table by name; none of what is no table.
    pub fn entries(&self) -> &[(String, Self)] {
        match &self.kind {
            ValueKind::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The values of a list.
    pub fn items(&self) -> Option<&[Self]> {
        match &self.kind {
            ValueKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text of a string, a number or a date.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// True or false, if the value is that.
    pub fn flag(&self) -> Option<bool> {
        match self.kind {
            ValueKind::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The text of the value, unless it is empty.
    pub(super) fn words(&self) -> Option<&str> {
        self.text().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text of that name, unless it is empty.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.words()
    }

    /// The date that the value is: a day, a month, a quarter or a year.
    pub(super) fn date(&self) -> Option<When> {
        self.text()?.trim().parse().ok()
    }

    /// Whether somebody wrote that the value is not known: `TBD`.
    pub(super) fn is_unknown(&self) -> bool {
        const UNKNOWN: [&str; 8] = ["", "-", "?", "n/a", "na", "tba", "tbd", "unknown"];
        let text = self.text().map(|text| text.trim().to_ascii_lowercase());
        text.is_some_and(|text| UNKNOWN.contains(&&*text))
    }

    /// The value as messages quote it: the beginning of its text.
    pub(super) fn quoted(&self) -> String {
        match &self.kind {
            ValueKind::Nothing => "`null`".to_owned(),
            ValueKind::Flag(flag) => format!("`{flag}`"),
            ValueKind::Text(text) => excerpt(text, 40),
            ValueKind::List(_) => "a list".to_owned(),
            ValueKind::Table(_) => "a table".to_owned(),
        }
    }
}

/// The beginning of a text, in backticks, with nothing in it that could change
/// a terminal.
pub(super) fn excerpt(text: &str, long: usize) -> String {
    let shown: String = text.chars().take(long).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", shown.escape_debug())
}

impl Document {
    /// The place of a value; of a table with many lines, its first line.
    pub(super) fn place(&self, value: &Value) -> SourcePlace {
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
        SourcePlace {
            source: Arc::clone(&self.source),
            span,
        }
    }

    /// The name of the file, without its folder.
    pub(super) fn file_name(&self) -> &str {
        let name = &*self.source.name;
        name.rsplit('/').next().unwrap_or(name)
    }

    /// The error that the file is not what its importer reads: `what` says what
    /// it lacks, and `help` where to get the right one.
    pub(super) fn refused(&self, what: &str, help: &str) -> ReadError {
        let title = format!("`{}` {what}", self.source.name);
        ReadError::Content(vec![Diagnostic::error("other-format", title).help(help)])
    }
}

/// The names of files, as the first line of a schedule says them.
pub(super) fn file_names(documents: &[Document]) -> String {
    let names: Vec<_> = documents.iter().map(Document::file_name).collect();
    names.join(" and ")
}
