//! `trainboard.toml`.

use std::path::Path;
use std::sync::Arc;

use super::ReadError;
use super::shape::settings::SETTINGS;
use super::toml::{Document, Table};
use crate::diagnostic::{Diagnostic, Source};
use crate::site::Settings;

/// Reads the settings of the project in that folder; those that it does not
/// say, or all when it has no `trainboard.toml`, are the usual ones.
pub fn read(root: &Path) -> Result<Settings, ReadError> {
    match super::text(&root.join("trainboard.toml")) {
        Ok(source) => parse(&source).map_err(ReadError::Content),
        Err(ReadError::Absent(_)) => Ok(Settings::default()),
        Err(error) => Err(error),
    }
}

/// Reads the text of a `trainboard.toml`.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn parse(source: &Arc<Source>) -> Result<Settings, Vec<Diagnostic>> {
    let document = Document::parse(source);
    let root = document.root(&SETTINGS);
    let settings = root.table("site").as_ref().map(site).unwrap_or_default();
    let mut found = document.into_diagnostics();
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    if found.is_empty() {
        Ok(settings)
    } else {
        Err(found)
    }
}

fn site(table: &Table<'_>) -> Settings {
    let usual = Settings::default();
    Settings {
        title: table.parse("title").map(|Title(title)| title),
        base_url: table.parse("base-url"),
        lang: table.parse("lang").unwrap_or(usual.lang),
        edit_url: table.parse("edit-url"),
        schedule: table.parse("schedule").map(|Inside(path)| path),
        content: table
            .parse("content")
            .map_or(usual.content, |Inside(path)| path),
        output: table
            .parse("output")
            .map_or(usual.output, |Inside(path)| path),
    }
}

struct Title(String);

impl std::str::FromStr for Title {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse()
            .map(|label: crate::schedule::Label| Self(label.to_string()))
    }
}

/// A path from the project's folder.
struct Inside(String);

impl std::str::FromStr for Inside {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = text.trim_end_matches('/').trim_start_matches("./");
        if path.is_empty() || Path::new(path).is_absolute() {
            return Err(format!("`{text}` is not a path from the project's folder"));
        }
        Ok(Self(path.to_owned()))
    }
}
