//! `book.toml`, from which an mdBook is made.

use std::path::Path;

use super::toml::TomlDocument;
use super::{Original, ReadError};
use crate::diagnostic::Source;

/// What a `book.toml` says that counts here.
#[derive(Debug)]
pub struct Book {
    original: Original,
    /// The book's title.
    pub title: Option<String>,
    /// The folder of its chapters.
    pub src: String,
    /// The schedule that it names.
    pub schedule: Option<String>,
    /// Whether it asks for trainboard already.
    pub has_trainboard: bool,
    /// Whether it is made into more than one thing.
    pub has_more_renderers: bool,
}

/// Reads the `book.toml` of the book in that folder.
pub fn read(root: &Path) -> Result<Book, ReadError> {
    let original = super::read(&root.join("book.toml"))?;
    let wrong = TomlDocument::parse(&original.source).into_diagnostics();
    if !wrong.is_empty() {
        return Err(ReadError::Content(wrong));
    }
    let table: toml::Table = original.source.text.parse().unwrap_or_default();
    let book = |key: &str| table.get("book")?.get(key)?.as_str().map(str::to_owned);
    let (title, src) = (book("title"), book("src"));
    let below = |key: &str| table.get(key).and_then(toml::Value::as_table);
    let trainboard = below("preprocessor").and_then(|all| all.get("trainboard"));
    let schedule = trainboard.and_then(|options| options.get("schedule")?.as_str());
    let has_more_renderers = below("output").is_some_and(|all| all.len() > 1);
    Ok(Book {
        original,
        title,
        src: src.unwrap_or_else(|| "src".to_owned()),
        schedule: schedule.map(str::to_owned),
        has_trainboard: trainboard.is_some(),
        has_more_renderers,
    })
}

impl Book {
    /// The file with a table at its end, and every byte before it as it was;
    /// none where such a table cannot follow.
    pub fn with(&self, table: &str) -> Option<String> {
        let raw = &self.original.raw;
        let ends_line = raw.is_empty() || raw.ends_with('\n');
        let gap = match (raw.is_empty(), ends_line) {
            (true, _) => "",
            (false, true) => "\n",
            (false, false) => "\n\n",
        };
        let line_end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
        let added = format!("{gap}{table}").replace('\n', line_end);
        let text = format!("{raw}{added}");
        let is_sound = TomlDocument::parse(&Source::of_file("book.toml", &text))
            .into_diagnostics()
            .is_empty();
        is_sound.then_some(text)
    }
}
