//! The door in: the only code that reads files, and that knows the files of a
//! project.

#[macro_use]
mod keys;

pub mod book;
pub mod content;
pub mod front_matter;
pub mod projects;
pub mod published;
pub mod schedule;
pub mod schema;
pub mod settings;
mod table;
mod toml;
mod values;
pub mod written;

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};

/// Why something could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// What is in the file is wrong.
    Content(Vec<Diagnostic>),
    /// There is no file; the message names it.
    Absent(String),
    /// The file could not be read; the message names it.
    Machine(String),
}

impl ReadError {
    fn machine(name: &str, error: &Error) -> Self {
        if error.kind() == ErrorKind::NotFound {
            Self::Absent(format!("there is no `{name}`"))
        } else {
            Self::Machine(format!("`{name}` cannot be read: {error}"))
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the door in")]
fn bytes(path: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|error| ReadError::machine(name, &error))
}

/// The largest text file, in bytes.
const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// Reads a text file.
fn text(path: &Path) -> Result<Arc<Source>, ReadError> {
    text_named(path, &shown(path))
}

/// Reads a text file that messages call by that name.
fn text_named(path: &Path, name: &str) -> Result<Arc<Source>, ReadError> {
    source(name, text_bytes(path, name)?)
}

fn text_bytes(path: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    let length = path.metadata().map_or(0, |metadata| metadata.len());
    sized(name, length)?;
    bytes(path, name)
}

/// Refuses a text that is too long to be read.
fn sized(name: &str, length: u64) -> Result<(), ReadError> {
    let title = format!("`{name}` is larger than the limit of 8 MiB");
    let refused = ReadError::Content(vec![Diagnostic::error("file-size", title)]);
    if length > MAX_TEXT {
        Err(refused)
    } else {
        Ok(())
    }
}

/// Bytes as a text: UTF-8, without its byte order mark, lines ending in LF,
/// no control characters but white space.
fn source(name: &str, bytes: Vec<u8>) -> Result<Arc<Source>, ReadError> {
    Ok(original(name, bytes)?.source)
}

/// A text file that is to be written again.
#[derive(Debug)]
pub struct Original {
    /// The file, byte for byte.
    pub raw: String,
    /// Its text, as it is read.
    pub source: Arc<Source>,
}

/// Reads a text file that is to be written again.
pub fn read(path: &Path) -> Result<Original, ReadError> {
    let name = shown(path);
    original(&name, text_bytes(path, &name)?)
}

fn original(name: &str, bytes: Vec<u8>) -> Result<Original, ReadError> {
    let wrong = |diagnostic| Err(ReadError::Content(vec![diagnostic]));
    let raw = match String::from_utf8(bytes) {
        Ok(raw) => raw,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let title = format!("`{name}` is not UTF-8: byte {at} is no part of a character");
            return wrong(Diagnostic::error("not-utf-8", title));
        }
    };
    let source = Source::of_file(name, &raw);
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    match source.text.bytes().position(is_control) {
        None => Ok(Original { raw, source }),
        Some(at) => {
            let code = source.text.as_bytes()[at];
            let title = format!("this text has the control character U+{code:04X}");
            wrong(Diagnostic::error("control-character", title).at(&source, at..at + 1, "here"))
        }
    }
}

/// A path as messages show it: with forward slashes.
pub(crate) fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown
        .strip_prefix("./")
        .map_or(shown.clone(), str::to_owned)
}
