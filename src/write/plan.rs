//! What a run has to do: the site beside what is in the folder.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use super::disk::{self, Kind};
use super::error::WriteError;
use super::manifest::{Manifest, Stamp};
use super::{Files, Written};

/// What is to be done, found out before anything is.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// New and changed files in the order of their appearance: assets, pages,
    /// the index.
    pub(super) changed: Vec<&'a str>,
    /// Files of ours that the site no longer has.
    pub(super) removed: Vec<String>,
    /// Folders to make, parents before children.
    pub(super) new_folders: Vec<String>,
    /// Folders of ours that the site no longer needs, parents before children.
    pub(super) idle_folders: Vec<String>,
    /// The manifest when all is done.
    pub(super) next: Manifest,
    unchanged: usize,
}

impl<'a> Plan<'a> {
    /// Compares; an error if something stands in the way that is not ours.
    pub(super) fn new(out: &Path, site: &Files<'a>, ours: &Manifest) -> Result<Self, WriteError> {
        let needed = folders(site);
        let new_folders = absent_folders(out, &needed)?;
        let (changed, stamps) = compare(out, site, ours)?;
        let is_kept = |folder: &&String| needed.contains(folder.as_str());
        let (kept, idle): (Vec<_>, Vec<_>) = ours.folders.iter().partition(is_kept);
        Ok(Self {
            unchanged: site.len() - changed.len(),
            changed,
            removed: removed(out, site, ours)?,
            next: Manifest::new(stamps, kept.into_iter().chain(&new_folders).cloned()),
            idle_folders: idle.into_iter().cloned().collect(),
            new_folders,
        })
    }

    /// Whether the folder is already as it should be, with its manifest.
    pub(super) fn changes_nothing(&self, ours: &Manifest) -> bool {
        self.changed.is_empty() && self.removed.is_empty() && self.next == *ours
    }

    pub(super) fn summary(&self) -> Written {
        Written {
            written: self.changed.len(),
            unchanged: self.unchanged,
            removed: self.removed.len(),
        }
    }
}

/// All folders that the paths are in.
fn folders<'a>(site: &Files<'a>) -> BTreeSet<&'a str> {
    site.keys().flat_map(|path| disk::parents(path)).collect()
}

fn absent_folders(out: &Path, needed: &BTreeSet<&str>) -> Result<Vec<String>, WriteError> {
    let mut absent = Vec::new();
    for folder in needed {
        let path = out.join(folder);
        match disk::kind(&path)? {
            Kind::Folder => {}
            Kind::Absent => absent.push((*folder).to_owned()),
            Kind::File { .. } | Kind::Other => {
                let what = "is no folder, and the site needs one there";
                return Err(WriteError::in_the_way(&path, what));
            }
        }
    }
    Ok(absent)
}

type Compared<'a> = (Vec<&'a str>, Vec<(String, Stamp)>);

/// Which files differ from what is there, and the stamps of all.
fn compare<'a>(out: &Path, site: &Files<'a>, ours: &Manifest) -> Result<Compared<'a>, WriteError> {
    let compared: Vec<_> = site
        .par_iter()
        .map(|(&path, bytes)| Ok((path, differs(out, path, bytes, ours)?, Stamp::of(bytes))))
        .collect();
    let mut changed = Vec::new();
    let mut stamps = Vec::with_capacity(site.len());
    for file in compared {
        let (path, differs, stamp) = file?;
        changed.extend(differs.then_some(path));
        stamps.push((path.to_owned(), stamp));
    }
    changed.sort_by_key(|path| appearance(path));
    Ok((changed, stamps))
}

/// Assets come before the pages that use them, the index after the pages that
/// it leads to.
fn appearance(path: &str) -> u8 {
    match path.rsplit_once('.') {
        Some(("index", "html")) => 2,
        Some((_, "html")) => 1,
        _ => 0,
    }
}

/// Whether a file must be written; an error if what is there is not ours.
fn differs(out: &Path, path: &str, bytes: &[u8], ours: &Manifest) -> Result<bool, WriteError> {
    let place = out.join(path);
    let size = match disk::kind(&place)? {
        Kind::Absent => return Ok(true),
        Kind::File { size } => size,
        Kind::Folder => return Err(WriteError::in_the_way(&place, "is a folder, not a file")),
        Kind::Other => return Err(WriteError::in_the_way(&place, "is no regular file")),
    };
    let known = ours.knows_size(path, size);
    if known || size == bytes.len() as u64 {
        let there = disk::read(&place)?.unwrap_or_default();
        if there == bytes {
            return Ok(false);
        }
        if known && ours.knows(path, &there) {
            return Ok(true);
        }
    }
    let what = "is not as trainboard wrote it, and is not replaced";
    Err(WriteError::in_the_way(&place, what))
}

/// The files that we wrote, that the site no longer has, and that nobody has
/// touched since.
fn removed(out: &Path, site: &Files<'_>, ours: &Manifest) -> Result<Vec<String>, WriteError> {
    let mut removed = Vec::new();
    for path in ours.paths() {
        if !site.contains_key(path) && is_ours(out, path, ours)? {
            removed.push(path.to_owned());
        }
    }
    Ok(removed)
}

fn is_ours(out: &Path, path: &str, ours: &Manifest) -> Result<bool, WriteError> {
    if !disk::stays_in(out, path)? {
        return Ok(false);
    }
    let place = out.join(path);
    match disk::kind(&place)? {
        Kind::File { size } if ours.knows_size(path, size) => {}
        _ => return Ok(false),
    }
    Ok(disk::read(&place)?.is_some_and(|there| ours.knows(path, &there)))
}
