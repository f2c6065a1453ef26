//! The door in: the only code that reads files and that knows TOML.

pub mod schedule;
mod toml;

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};

/// Why something could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// What is in the file is wrong.
    Content(Vec<Diagnostic>),
    /// The file could not be read; the message names it.
    Machine(String),
}

/// Reads a text file: UTF-8, without its byte order mark, lines ending in LF.
pub(crate) fn text(path: &Path) -> Result<Arc<Source>, ReadError> {
    let name = shown(path);
    #[expect(clippy::disallowed_methods, reason = "the door in")]
    let bytes = std::fs::read(path);
    let bytes =
        bytes.map_err(|error| ReadError::Machine(format!("`{name}` cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let title = format!("`{name}` is not UTF-8 at byte {offset}");
        ReadError::Content(vec![Diagnostic::error("not-utf-8", title)])
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Source::new(name, text.replace("\r\n", "\n")))
}

/// A path as messages show it: with forward slashes.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
