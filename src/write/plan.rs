//! What a run has to do: the site beside what is in the folder.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{self, FileKind};
use super::error::WriteError;
use super::manifest::{Manifest, Stamp};

/// What can be known before the files of a site have come.
#[derive(Debug)]
pub(super) struct Plan {
    /// Files of ours that the site no longer has.
    pub(super) removed: Vec<String>,
    /// Folders of ours that the site no longer needs.
    pub(super) idle_folders: BTreeSet<String>,
    /// All places, with nothing known of what comes there, and the folders to
    /// make.
    pub(super) announced: Manifest,
    /// Folders of ours that the site needs.
    kept_folders: BTreeSet<String>,
}

impl Plan {
    /// Compares; an error if something stands in the way that is not ours.
    pub(super) fn new(
        out: &Path,
        paths: &BTreeSet<&str>,
        ours: &Manifest,
    ) -> Result<Self, WriteError> {
        let needed: BTreeSet<_> = paths.iter().flat_map(|path| disk::parents(path)).collect();
        let is_kept = |folder: &String| needed.contains(folder.as_str());
        let folders = ours.folders.iter().cloned();
        let (kept_folders, idle_folders) = folders.partition(is_kept);
        let unknown = paths.iter().map(|path| (path.to_string(), BTreeSet::new()));
        Ok(Self {
            removed: removed(out, paths, ours)?,
            announced: Manifest {
                files: unknown.collect(),
                folders: absent_folders(out, &needed)?,
            },
            idle_folders,
            kept_folders,
        })
    }

    /// The manifest when all is done.
    pub(super) fn next(&self, files: impl Iterator<Item = (String, Stamp)>) -> Manifest {
        Manifest {
            files: files.map(|(path, stamp)| (path, [stamp].into())).collect(),
            folders: &self.kept_folders | &self.announced.folders,
        }
    }
}

fn absent_folders(out: &Path, needed: &BTreeSet<&str>) -> Result<BTreeSet<String>, WriteError> {
    let mut absent = BTreeSet::new();
    for folder in needed {
        let path = out.join(folder);
        match disk::kind(&path)? {
            FileKind::Folder => {}
            FileKind::Absent => drop(absent.insert((*folder).to_owned())),
            FileKind::File { .. } | FileKind::Other => {
                let what = "is no folder, and the site needs one there";
                return Err(WriteError::in_the_way(&path, what));
            }
        }
    }
    Ok(absent)
}

/// The order in which files appear: assets before the pages that use them, the
/// index after the pages that it leads to.
pub(super) fn appearance(path: &str) -> (u8, &str) {
    let turn = match path.rsplit_once('.') {
        Some(("index", "html")) => 2,
        Some((_, "html")) => 1,
        _ => 0,
    };
    (turn, path)
}

/// Whether a file must be written; an error if what is there is not ours.
pub(super) fn differs(
    out: &Path,
    path: &str,
    bytes: &[u8],
    ours: &Manifest,
) -> Result<bool, WriteError> {
    let place = out.join(path);
    let size = match disk::kind(&place)? {
        FileKind::Absent => return Ok(true),
        FileKind::File { size } => size,
        FileKind::Folder => return Err(WriteError::in_the_way(&place, "is a folder, not a file")),
        FileKind::Other => return Err(WriteError::in_the_way(&place, "is no regular file")),
    };
    let known = ours.knows_size(path, size);
    if known || size == bytes.len() as u64 {
        let there = disk::read(&place, size)?.unwrap_or_default();
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
fn removed(out: &Path, site: &BTreeSet<&str>, ours: &Manifest) -> Result<Vec<String>, WriteError> {
    let mut removed = Vec::new();
    for path in ours.files.keys() {
        if !site.contains(&**path) && is_ours(out, path, ours)? {
            removed.push(path.clone());
        }
    }
    Ok(removed)
}

fn is_ours(out: &Path, path: &str, ours: &Manifest) -> Result<bool, WriteError> {
    if !disk::stays_in(out, path)? {
        return Ok(false);
    }
    let place = out.join(path);
    let size = match disk::kind(&place)? {
        FileKind::File { size } if ours.knows_size(path, size) => size,
        _ => return Ok(false),
    };
    Ok(disk::read(&place, size)?.is_some_and(|there| ours.knows(path, &there)))
}
