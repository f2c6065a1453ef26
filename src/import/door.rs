//! The door of importing: the files that an importer reads, and the schedule
//! that records are added to.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::document::Document;
use super::extend;
use super::parse::Parser;
use crate::diagnostic::{Diagnostic, Source};
use crate::input::schedule::Read;
use crate::input::{self, Original, ReadError, projects};
use crate::schedule::ReleaseEntry;

/// Reads a file of somebody else's.
pub fn read(path: &Path, parse: Parser) -> Result<Document, ReadError> {
    let source = input::read(path)?.source;
    parse(&source).map_err(|error| ReadError::Content(vec![error]))
}

/// The schedule that records are added to.
#[derive(Debug)]
pub struct Target<'a> {
    /// The file, byte for byte.
    pub original: Original,
    /// What it says.
    pub read: Arc<Read>,
    path: &'a Path,
}

impl<'a> Target<'a> {
    /// Reads the schedule at a path.
    pub fn at(path: &'a Path) -> Result<Self, ReadError> {
        let original = input::read(path)?;
        let read = projects::read_as(path, &original.source)?;
        Ok(Self {
            original,
            read,
            path,
        })
    }

    /// The file with facts that it lacks, and what is odd about these.
    pub fn extended(
        &self,
        missing: &[ReleaseEntry],
    ) -> Result<(String, Vec<Diagnostic>), ReadError> {
        let text = extend::with_releases(&self.original, missing)
            .map_err(|error| ReadError::Content(vec![error]))?;
        let source = Source::of_file(input::shown(self.path), &text);
        let read = projects::read_as(self.path, &source)?;
        let old = self.read.warnings.iter();
        let known: HashSet<_> = old.map(|old| (old.code, &*old.title)).collect();
        let mut warnings = read.warnings.clone();
        warnings.retain(|warning| !known.contains(&(warning.code, &*warning.title)));
        Ok((text, warnings))
    }
}
