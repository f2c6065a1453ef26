//! The door in: the only code that reads files, and that knows the files of a
//! project.

#[macro_use]
mod keys;

pub mod book;
pub mod content;
mod foreign_keys;
pub mod front_matter;
mod placed;
pub mod projects;
pub mod published;
pub(crate) mod regular;
pub mod schedule;
pub mod schema;
pub mod settings;
mod table;
pub(crate) mod toml;
mod values;
pub mod written;
pub(crate) mod yaml;

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use regular::Unread;

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

/// The bytes of a regular file that messages call by that name.
fn bytes(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    regular::read(path, limit).map_err(|unread| match unread {
        Unread::Machine(error) => ReadError::machine(name, &error),
        Unread::Special => ReadError::Content(vec![special(name)]),
        Unread::TooLarge => ReadError::Content(vec![too_large(name, limit)]),
    })
}

fn special(name: &str) -> Diagnostic {
    let title = format!("`{name}` is neither a file nor a folder");
    let help = "put a regular file there: no pipe, socket or device is read";
    Diagnostic::error("special-file", title).help(help)
}

fn too_large(name: &str, limit: u64) -> Diagnostic {
    let title = format!("`{name}` is larger than the limit of {} MiB", limit >> 20);
    let help = if limit > MAX_TEXT {
        "put it where there is room for it, such as beside your releases, and link to it there"
    } else {
        "make it shorter, or part it: nobody reads or writes so much by hand"
    };
    Diagnostic::error("file-size", title).help(help)
}

/// The largest text file, in bytes.
const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// The largest file of any kind, in bytes.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// A text file.
#[derive(Debug)]
pub struct Original {
    /// The file, byte for byte.
    pub raw: String,
    /// Its text as it is read: UTF-8, without its byte order mark, lines ending
    /// in LF, no control characters but white space.
    pub source: Arc<Source>,
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<Original, ReadError> {
    read_named(path, &shown(path))
}

/// Reads a text file that messages call by that name.
fn read_named(path: &Path, name: &str) -> Result<Original, ReadError> {
    let wrong = |diagnostic| ReadError::Content(vec![diagnostic]);
    let raw = String::from_utf8(bytes(path, name, MAX_TEXT)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let title = format!("`{name}` is not UTF-8: byte {at} is no part of a character");
        wrong(Diagnostic::error("not-utf-8", title))
    })?;
    let source = Source::of_file(name, &raw);
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if let Some(at) = source.text.bytes().position(is_control) {
        let code = source.text.as_bytes()[at];
        let title = format!("this text has the control character U+{code:04X}");
        let error = Diagnostic::error("control-character", title);
        return Err(wrong(error.at(&source, at..at + 1, "here")));
    }
    Ok(Original { raw, source })
}

/// A path as messages show it: with forward slashes.
pub(crate) fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown
        .strip_prefix("./")
        .map_or(shown.clone(), str::to_owned)
}
