//! A schedule as the text of a `schedule.toml`, as somebody would write it.

use std::fmt::{Display, Write as _};
use std::{mem, slice};

use serde_json::Value as Json;

use super::keys::{Keyed, Value};
use crate::schedule::Draft;

/// How wide a comment is.
const WIDTH: usize = 90;

/// A schedule below a comment of paragraphs and items of a list.
pub fn schedule(draft: &Draft, paragraphs: &[String]) -> String {
    let mut out = String::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let is_item = |text: &str| text.starts_with("- ");
        if n > 0 && !(is_item(paragraph) && is_item(&paragraphs[n - 1])) {
            out.push_str("#\n");
        }
        comment(&mut out, paragraph);
    }
    if !paragraphs.is_empty() {
        out.push('\n');
    }
    let mut file = Section::default();
    draft.write_keys(&mut file);
    let sections: Vec<_> = file.below.iter().map(Section::text).collect();
    out + &sections.join("\n")
}

/// A paragraph in lines; a word longer than a line keeps one for itself.
fn comment(out: &mut String, paragraph: &str) {
    let indent = if paragraph.starts_with("- ") {
        "#  "
    } else {
        "#"
    };
    let mut line = String::from("#");
    for word in paragraph.split_whitespace() {
        let is_full = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if is_full && line.trim_end() != "#" {
            out.push_str(&line);
            out.push('\n');
            indent.clone_into(&mut line);
        }
        line.push(' ');
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    out.push_str(&line);
    out.push('\n');
}

/// A table as it is written: its lines, and the tables below it.
#[derive(Default)]
pub(super) struct Section {
    /// The name of the table; nothing for the whole file.
    path: String,
    /// Whether it is one of a list, so that all it says stands within it.
    is_item: bool,
    lines: Vec<(&'static str, String)>,
    below: Vec<Self>,
}

impl Section {
    /// All that a table says.
    fn of(table: &impl Keyed, path: String, is_item: bool) -> Self {
        let mut section = Self {
            path,
            is_item,
            ..Self::default()
        };
        table.write_keys(&mut section);
        section
    }

    /// Adds a key with its value.
    pub(super) fn say(&mut self, key: &'static str, value: impl Display) {
        self.lines.push((key, value.to_string()));
    }

    /// Adds a table, below a header unless this one is of a list.
    pub(super) fn add_table(&mut self, key: &'static str, table: &impl Keyed) {
        if self.is_item {
            let inline = rows(slice::from_ref(table)).concat();
            return self.say(key, inline);
        }
        let parent = match &*self.path {
            "" => String::new(),
            path => format!("{path}."),
        };
        let mut section = Self::of(table, parent + key, false);
        let below = mem::take(&mut section.below);
        self.below.push(section);
        self.below.extend(below);
    }

    /// Adds tables, below headers in a file and in one list in a table: one
    /// stands beside its key, several below each other in columns.
    pub(super) fn add_tables(&mut self, key: &'static str, tables: &[impl Keyed]) {
        match &*rows(tables) {
            _ if self.path.is_empty() && !self.is_item => {
                let item = |table| Self::of(table, key.to_owned(), true);
                self.below.extend(tables.iter().map(item));
            }
            [] => {}
            [only] => self.say(key, format!("[{only}]")),
            several => self.say(key, format!("[\n  {},\n]", several.join(",\n  "))),
        }
    }

    fn text(&self) -> String {
        let header = if self.is_item {
            format!("[[{}]]\n", self.path)
        } else {
            format!("[{}]\n", self.path)
        };
        let lines = self.lines.iter();
        let lines = lines.map(|(key, value)| format!("{key} = {value}\n"));
        header + &lines.collect::<String>()
    }
}

/// What a value that stands on one line is in JSON, which writes it like TOML.
pub(super) fn as_json<T: Value>(value: &T) -> Json {
    inline(value).parse().unwrap_or_default()
}

/// A value on one line, as it stands within a table; nothing when it says
/// nothing.
pub(super) fn inline<T: Value>(value: &T) -> String {
    let mut section = Section {
        is_item: true,
        ..Section::default()
    };
    value.write("", &mut section);
    section
        .lines
        .pop()
        .map_or_else(String::new, |(_, value)| value)
}

/// Tables in braces, with the same keys below each other.
fn rows<T: Keyed>(tables: &[T]) -> Vec<String> {
    let cells: Vec<_> = tables.iter().map(cells).collect();
    let width = |n: usize| cells.iter().map(|cells| cells[n].chars().count()).max();
    let widths: Vec<_> = (0..T::SHAPE.keys.len())
        .map(|n| width(n).unwrap_or(0))
        .collect();
    cells.iter().map(|cells| row(cells, &widths)).collect()
}

/// The keys of a table with their values; what it does not say is empty.
fn cells<T: Keyed>(table: &T) -> Vec<String> {
    let section = Section::of(table, String::new(), true);
    let said = |name: &str| section.lines.iter().find(|(key, _)| *key == name);
    let cell = |name: &str| said(name).map(|(key, value)| format!("{key} = {value}"));
    let keys = T::SHAPE.keys.iter();
    keys.map(|key| cell(key.name).unwrap_or_default()).collect()
}

/// A table in braces, its cells as wide as those in other lines.
fn row(cells: &[String], widths: &[usize]) -> String {
    let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
    let mut line = String::from("{ ");
    for (cell, width) in cells[..last]
        .iter()
        .zip(widths)
        .filter(|(_, width)| **width > 0)
    {
        let comma = if cell.is_empty() { "" } else { "," };
        let _ = write!(line, "{:<1$} ", format!("{cell}{comma}"), width + 1);
    }
    line + &cells[last] + " }"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::input::toml::TomlDocument;

    /// Every key that there is, with a value that is not the usual one.
    const EVERY_KEY: &str = r#"[project]
name = "A \"B\" \\ C"
id = "a"
category = "Libraries"
follows = "b"
version-label = "v{version}"
branch-label = "release-{version}"
end-day = "supported"
plans = "confirmed"

[project.links]
release = "https://example.org/{version}"

[[cadence]]
anchor = { version = "1.0", date = 2024-01-09 }
every = "1 month"
on = "second tuesday"
bump = "calendar"
version = "YY.0M"
until = "24.10"
branch = "15 days before"
weekend = "after"
closed = [2026-12-24, "2026-12-27/2027-01-04"]

[[channel]]
name = "LTS"
every = 12
count = "from"
from = "24"
badge = "LTS"
upcoming = 1
support-from = "release"
phases = [{ name = "Full", for = "12 months after release", releases = 2, whichever = "later" }]
patches = { every = "1 month", on = "second tuesday", milestones = [{ name = "Deadline", when = "4 days before release", short = "D." }] }
fields = { php = "8.2" }

[[milestone]]
name = "Feature freeze"
when = "42 days before release"
id = "freeze"
short = "FF"
channel = "LTS"

[[column]]
id = "php"
title = "PHP"

[window]
recent = 1
upcoming = 2
supported = false
order = "newest"

[[train]]
version = "24"
name = "Krypton"
channel = "LTS"
badge = "new"
branch = 2025-01-01
release = 2025-05-06
released = true
phases = [
  { name = "Current", short = "C.",                                           for = "6 months" },
  { name = "Active",                level = "lts",                            for = "24 months", round = "day 28" },
  { name = "Old",                   level = "maintenance", from = 2028-01-01 },
]
end = "2030-10"
ended = true
milestones = { a = { name = "A", date = "2026-Q1", short = "a" }, "b.1" = "2026-10", freeze = 2026-05-05 }
fields = { php = "8.4" }
rolling = true
skip = "why"
note = "why"
link = "https://example.org/24"
allow = ["gap", "no-train"]

[[release]]
version = "24.0.1"
date = 2025-06-01
train = "24"
pre = false
security = true
link = "https://example.org/24.0.1"
note = "why"
allow = ["released-late"]
"#;

    #[test]
    fn every_key_is_written_as_it_was_read() {
        let source = Source::new("schedule.toml", EVERY_KEY);
        let document = TomlDocument::parse(&source);
        let draft = Draft::read_keys(&document.root::<Draft>()).unwrap();
        assert_eq!(schedule(&draft, &[]), EVERY_KEY);
        let schema = crate::input::schema::schedule().parse().unwrap();
        let known = keys(&schema);
        let is_missing = |key: &&String| {
            let forms = [format!("{key} = "), format!("{key}]")];
            !forms.iter().any(|form| EVERY_KEY.contains(form))
        };
        let missing: Vec<_> = known.iter().filter(is_missing).collect();
        assert!(known.len() > 50 && missing.is_empty(), "{missing:?}");
    }

    /// The keys of all tables of a schema.
    fn keys(schema: &Json) -> Vec<String> {
        let within = schema
            .as_object()
            .into_iter()
            .flatten()
            .flat_map(|(_, inner)| keys(inner));
        let listed = schema.as_array().into_iter().flatten().flat_map(keys);
        let own = schema["properties"].as_object().into_iter().flatten();
        let own = own.map(|(name, _)| name.clone());
        within.chain(listed).chain(own).collect()
    }
}
