//! What `[preprocessor.trainboard]` in `book.toml` says.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Severity, nearest, sound};
use crate::schedule::Day;

/// How a TOML date without quotes arrives.
const DATE: &str = "$__toml_private_datetime";

/// The keys of this table that are mdBook's own.
const OF_MDBOOK: [&str; 5] = ["command", "renderers", "before", "after", "optional"];

const KNOWN: [&str; 4] = ["schedule", "date", "style", "on-missing"];

/// What a book's maintainers chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The schedule, from the book's folder.
    pub schedule: String,
    /// The day to look at, instead of today.
    pub date: Option<Day>,
    /// Whether the first view of each chapter has the style sheet in it; else
    /// the book has it already.
    pub has_style: bool,
    /// How much it weighs that a book has no marker.
    pub on_missing: Severity,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            schedule: "schedule.toml".to_owned(),
            date: None,
            has_style: true,
            on_missing: Severity::Error,
        }
    }
}

impl Options {
    /// Reads the table, in which `null` is what is not said.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in it.
    pub(super) fn read(table: &Value) -> Result<Self, Vec<Diagnostic>> {
        let mut options = Self::default();
        let none = Map::new();
        let table = table.as_object().unwrap_or(&none);
        let said = table.iter().filter(|(_, value)| !value.is_null());
        let wrong: Vec<_> = said
            .filter_map(|(key, value)| options.set(key, value).err())
            .collect();
        sound(options, wrong)
    }

    fn set(&mut self, key: &str, value: &Value) -> Result<(), Diagnostic> {
        match key {
            "schedule" => text(key, value)?.clone_into(&mut self.schedule),
            "date" => self.date = Some(day(value)?),
            "style" => {
                self.has_style = choice(key, value, &[("inline", true), ("none", false)])?;
            }
            "on-missing" => {
                let choices = [("error", Severity::Error), ("warn", Severity::Warning)];
                self.on_missing = choice(key, value, &choices)?;
            }
            key if OF_MDBOOK.contains(&key) => {}
            key => return Err(unknown_key(key)),
        }
        Ok(())
    }
}

fn text<'a>(key: &str, value: &'a Value) -> Result<&'a str, Diagnostic> {
    value
        .as_str()
        .ok_or_else(|| wrong(&format!("`{key} = {value}` is not a string")))
}

/// A date of TOML, or a string.
fn day(value: &Value) -> Result<Day, Diagnostic> {
    let written = value.get(DATE).unwrap_or(value);
    let text = text("date", written)?;
    if value.get(DATE).is_some() && text.contains([':', 'T', 't']) {
        return Err(wrong(&format!("`date = {text}` has a time of day"))
            .help("days only: everything here is a calendar day in UTC"));
    }
    text.parse().map_err(|message: String| wrong(&message))
}

fn choice<T: Copy>(key: &str, value: &Value, choices: &[(&str, T)]) -> Result<T, Diagnostic> {
    let text = text(key, value)?;
    let found = choices.iter().find(|(name, _)| *name == text);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names = choices.iter().map(|(name, _)| *name);
        let error = wrong(&format!("`{key}` knows no `{text}`"));
        match nearest(text, names.clone()) {
            Some(near) => error.help(format!("the nearest is `{near}`")),
            None => error.help(format!("one of {}", list(names))),
        }
    })
}

fn wrong(title: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-option",
        format!("in `[preprocessor.trainboard]` of `book.toml`, {title}"),
    )
}

fn unknown_key(key: &str) -> Diagnostic {
    let title = format!("`{key}` is not a known key of `[preprocessor.trainboard]` in `book.toml`");
    let error = Diagnostic::error("unknown-key", title);
    match nearest(key, KNOWN.into_iter().chain(OF_MDBOOK)) {
        Some(near) => error.help(format!("the nearest known key is `{near}`")),
        None => error.help(format!("known here: {}", list(KNOWN.into_iter()))),
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
