//! The file of a product in endoflife.date's repository, kept up from a schedule.
//!
//! It is Markdown with front matter in YAML, mostly written by hand. Of its list
//! of releases the values are replaced that a schedule knows, and cycles added
//! that it lacks; all else stays as it is, byte for byte.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::document::{Document, Value};
use super::parse;
use crate::diagnostic::{Diagnostic, Source};
use crate::input::{self, ReadError};
use crate::schedule::Version;
use crate::views::feeds::endoflife::{Field, ReleaseCycle, Scalar, Use};

const HELP: &str = "give a file of the folder `products` of \
                    https://github.com/endoflife-date/endoflife.date, or no `--from` for a new one";

/// The file of a product.
#[derive(Debug)]
pub struct Product {
    document: Document,
    /// The whole text, of which the document is the front matter.
    text: String,
    /// Whether its lines end in CRLF.
    has_returns: bool,
}

/// A product's file as it should be.
#[derive(Debug)]
pub struct Updated {
    /// All of it.
    pub text: String,
    /// What a person should look at.
    pub notes: Vec<String>,
}

/// The changes of a text, each with the bytes that it replaces.
type Edits = Vec<(Range<usize>, String)>;

impl Product {
    /// Reads the file at a path.
    ///
    /// # Errors
    ///
    /// What it lacks to be the file of a product.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let original = input::read(path)?;
        let source = &original.source;
        let front = front_matter(&source.text).unwrap_or_default();
        let front = Source::of_file(&*source.name, &source.text[..front]);
        let document = parse::yaml(&front).map_err(|error| ReadError::Content(vec![error]))?;
        let product = Self {
            document,
            text: source.text.clone(),
            has_returns: original.raw.contains("\r\n"),
        };
        product.entries()?;
        Ok(product)
    }

    /// The cycles of its list, each a table in lines of its own.
    fn entries(&self) -> Result<Vec<Entry<'_>>, ReadError> {
        let list = self.document.root.get("releases");
        let list = list.and_then(Value::items).filter(|list| !list.is_empty());
        let Some(list) = list else {
            let what = "is no product of endoflife.date: it has no list `releases`";
            return Err(self.document.refused(what, HELP));
        };
        let entry = |table| {
            let entry = Entry::of(&self.text, table);
            entry.ok_or_else(|| self.unreadable(table))
        };
        list.iter().map(entry).collect()
    }

    fn unreadable(&self, table: &Value) -> ReadError {
        let source: &Arc<Source> = &self.document.source;
        let title = "this release is not written as endoflife.date writes them";
        let error = Diagnostic::error("other-format", title);
        let error = error.at(source, table.span.clone(), "here");
        let help = "begin each with a line `- releaseCycle: \"1.2\"`, and give each key its line";
        ReadError::Content(vec![error.help(help)])
    }

    /// Whether the table of the product has a column; that of the latest release
    /// is there unless the product says otherwise.
    fn has_column(&self, column: &str) -> bool {
        match self.document.root.get(column) {
            Some(value) => value.flag() != Some(false),
            None => column == "latestColumn",
        }
    }

    /// The file with what those cycles, newest first, say.
    ///
    /// # Errors
    ///
    /// None that [`Product::read`] has not told.
    pub fn updated(&self, cycles: &[ReleaseCycle]) -> Result<Updated, ReadError> {
        let entries = self.entries()?;
        let (mut edits, mut notes) = (Edits::new(), Vec::new());
        for cycle in cycles {
            if let Some(entry) = entry_of(&entries, cycle) {
                edits.extend(entry.edits(&self.text, cycle, |column| self.has_column(column)));
                notes.extend(entry.stale_link(cycle));
            } else {
                edits.push(self.addition(&entries, cycle));
                notes.extend(self.missing_latest(cycle));
            }
        }
        let others = others(&entries, cycles);
        if !others.is_empty() {
            let others = super::some_of(&others);
            notes.push(format!("not in the schedule, and left as it is: {others}"));
        }
        Ok(Updated {
            text: self.with(edits),
            notes,
        })
    }

    /// The lines of a cycle that the file lacks, before the next older one.
    fn addition(&self, entries: &[Entry<'_>], cycle: &ReleaseCycle) -> (Range<usize>, String) {
        let older = entries.iter().find(|entry| {
            let release = entry.table.text_of("releaseDate");
            release.is_some_and(|day| *day < *cycle.release.to_string())
        });
        let indent = entries.first().map_or("", |entry| entry.indent);
        let lines = cycle.lines(indent, |column| self.has_column(column));
        if let Some(entry) = older {
            let at = above_comments(&self.text, entry.start);
            return (at..at, lines + "\n");
        }
        let last = entries.iter().map(|entry| entry.end).max();
        let at = last.unwrap_or(self.text.len());
        (at..at, format!("\n{lines}"))
    }

    /// That the site wants the latest release of a new cycle, which the schedule
    /// does not record.
    fn missing_latest(&self, cycle: &ReleaseCycle) -> Option<String> {
        let is_missing = cycle.latest.is_none() && self.has_column("latestColumn");
        is_missing.then(|| {
            format!(
                "`{}` is new, and lacks `latest`: write it there",
                cycle.name
            )
        })
    }

    fn with(&self, mut edits: Edits) -> String {
        // What is added at one place keeps its order.
        edits.sort_by_key(|(place, _)| (place.start, place.end));
        let mut text = String::with_capacity(self.text.len() + 1024);
        let mut done = 0;
        for (place, new) in edits {
            text.push_str(&self.text[done..place.start]);
            text.push_str(&new);
            done = place.end;
        }
        text.push_str(&self.text[done..]);
        if self.has_returns {
            text = text.replace('\n', "\r\n");
        }
        text
    }
}

/// Where the front matter of a text ends.
fn front_matter(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// The entry of a train: by its name, else by one that names the same release.
fn entry_of<'e, 'a>(entries: &'e [Entry<'a>], cycle: &ReleaseCycle) -> Option<&'e Entry<'a>> {
    let mut all = entries.iter();
    let is_same = |entry: &&Entry<'_>| {
        let version: Result<Version, _> = entry.name.parse();
        version.is_ok_and(|version| version.is_same_release(&cycle.train))
    };
    all.find(|entry| entry.name == cycle.name)
        .or_else(|| entries.iter().find(is_same))
}

/// The names of the entries that no cycle is.
fn others(entries: &[Entry<'_>], cycles: &[ReleaseCycle]) -> Vec<String> {
    let ours = cycles.iter().filter_map(|cycle| entry_of(entries, cycle));
    let ours: Vec<_> = ours.map(|entry| entry.name).collect();
    let others = entries.iter().filter(|entry| !ours.contains(&entry.name));
    others.map(|entry| format!("`{}`", entry.name)).collect()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The start of the comments that stand right above a line.
fn above_comments(text: &str, mut start: usize) -> usize {
    while start > 0 {
        let before = line_start(text, start - 1);
        if !text[before..start].trim_start().starts_with('#') {
            break;
        }
        start = before;
    }
    start
}

/// A cycle of the file.
struct Entry<'a> {
    name: &'a str,
    table: &'a Value,
    /// Where its first line starts, and its last line ends.
    start: usize,
    end: usize,
    /// What stands before the dash of its first line.
    indent: &'a str,
}

impl<'a> Entry<'a> {
    fn of(text: &'a str, table: &'a Value) -> Option<Self> {
        let name = table.get("releaseCycle")?;
        let start = line_start(text, name.span.start);
        let (indent, key) = text[start..name.span.start].split_once("- ")?;
        if !indent.trim().is_empty() || key.trim() != "releaseCycle:" {
            return None;
        }
        let ends = table.entries().iter().map(|(_, value)| value.span.end);
        Some(Self {
            name: name.text()?,
            table,
            start,
            end: line_end(text, ends.max()?.checked_sub(1)?),
            indent,
        })
    }

    fn value(&self, key: &str) -> Option<&'a Value> {
        let mut entries = self.table.entries().iter();
        entries
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Whether the file knows a later release than the schedule.
    fn is_ahead(&self, cycle: &ReleaseCycle) -> bool {
        let theirs = self.value("latest").and_then(Value::text);
        let theirs: Option<Version> = theirs.and_then(|latest| latest.parse().ok());
        let ours = cycle.latest.as_ref();
        theirs
            .zip(ours)
            .is_some_and(|(theirs, ours)| !ours.reaches(&theirs))
    }

    fn edits(&self, text: &str, cycle: &ReleaseCycle, has_column: impl Fn(&str) -> bool) -> Edits {
        let is_ahead = self.is_ahead(cycle);
        let is_wanted = |field: &&Field| match field.when {
            Use::Always => true,
            Use::Column(column) => has_column(column) && !(is_ahead && column == "latestColumn"),
            Use::WhereThere => self.value(field.key).is_some(),
            Use::InNew => false,
        };
        let (mut edits, mut after) = (Edits::new(), self.start);
        for field in cycle.fields.iter().filter(is_wanted) {
            if let Some(value) = self.value(field.key) {
                after = line_start(text, value.span.start);
                if !says(value, field) {
                    edits.push((value.span.clone(), field.value.to_string()));
                }
            } else {
                let at = line_end(text, after);
                let line = format!("{}  {}: {}\n", self.indent, field.key, field.value);
                edits.push((at..at, line));
            }
        }
        edits
    }

    /// That a link written by hand may lead to another release than the latest.
    fn stale_link(&self, cycle: &ReleaseCycle) -> Option<String> {
        let field = cycle.fields.iter().find(|field| field.key == "latest")?;
        let changes = self
            .value("latest")
            .is_some_and(|value| !says(value, field));
        let has_link = self.value("link").and_then(Value::text).is_some();
        let is_stale = changes && has_link && !self.is_ahead(cycle);
        is_stale.then(|| format!("`{}` has a new `latest`: look at its `link`", self.name))
    }
}

/// Whether a value of the file says what the schedule does.
fn says(value: &Value, field: &Field) -> bool {
    match (value.flag(), &field.value) {
        (Some(flag), own) => *own == Scalar::Flag(flag),
        (None, _) => value.text().is_some_and(|text| field.is_said_by(text)),
    }
}
