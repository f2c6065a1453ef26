//! The output folder while it is ours alone, and the bookkeeping in it.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::disk::{self, FileKind};
use super::error::WriteError;
use super::manifest::Manifest;

const MANIFEST: &str = ".trainboard";
/// The manifest of a run under way, or of one that was killed.
const NEXT: &str = ".trainboard.next";
/// The largest manifest, in bytes: that of half a million files.
const MAX_MANIFEST: u64 = 64 * 1024 * 1024;

/// A locked folder; dropping it unlocks.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    pub(super) path: &'a Path,
    /// The folders that this run made to have it, outermost first.
    made: Vec<PathBuf>,
    _lock: File,
}

impl<'a> Folder<'a> {
    /// Makes the folder if need be, and waits until it is ours.
    pub(super) fn lock(path: &'a Path) -> Result<Self, WriteError> {
        let mut made = Vec::new();
        let lock = make_and_lock(path, &mut made);
        let lock = lock.inspect_err(|_| disk::unmake_folders(&made))?;
        Ok(Self {
            path,
            made,
            _lock: lock,
        })
    }

    /// What earlier runs wrote. Puts in order what a killed one left.
    pub(super) fn manifest(&self, force: bool) -> Result<Manifest, WriteError> {
        let settled = self.read(MANIFEST, force)?;
        let next = self.read(NEXT, force)?;
        let is_unknown = settled.is_none() && next.is_none();
        if is_unknown && !force {
            self.refuse_foreign()?;
        }
        // What is in a folder that was adopted is not known to be ours.
        if !is_unknown || !force {
            disk::sweep(self.path)?;
        }
        let Some(next) = next else {
            return Ok(settled.unwrap_or_default());
        };
        let known = settled.unwrap_or_default().union(next);
        for folder in known.all_folders() {
            if self.is_real(folder)? {
                let place = self.path.join(folder);
                // A single file may just come to be there.
                let _lock = disk::lock_if_traceless(&place)?;
                disk::sweep(&place)?;
            }
        }
        self.save(MANIFEST, &known)?;
        disk::remove_file(&self.path.join(NEXT))?;
        Ok(known)
    }

    /// Whether it is a folder, and in this one.
    fn is_real(&self, folder: &str) -> Result<bool, WriteError> {
        let is_folder = disk::kind(&self.path.join(folder))? == FileKind::Folder;
        Ok(is_folder && disk::stays_in(self.path, folder)?)
    }

    fn read(&self, name: &str, force: bool) -> Result<Option<Manifest>, WriteError> {
        let path = self.path.join(name);
        let Some(text) = disk::read(&path, MAX_MANIFEST)? else {
            return Ok(None);
        };
        match Manifest::parse(&text) {
            None if !force => Err(WriteError::refused(
                format!("`{}` is not a manifest of trainboard", path.display()),
                "choose another folder, or adopt this one with `--force`",
            )),
            manifest => Ok(manifest),
        }
    }

    fn save(&self, name: &str, manifest: &Manifest) -> Result<(), WriteError> {
        let path = self.path.join(name);
        disk::rename(disk::stage(&path, manifest.to_text().as_bytes())?, &path)
    }

    fn refuse_foreign(&self) -> Result<(), WriteError> {
        let names = disk::names(self.path)?;
        if names.iter().all(|name| disk::is_passing(name)) {
            return Ok(());
        }
        let path = self.path.display();
        Err(WriteError::refused(
            format!("the output folder `{path}` is not empty, and not trainboard's"),
            "choose another, or adopt it with `--force`, which deletes nothing in it",
        ))
    }

    /// Says what this run is about to write, before it does.
    pub(super) fn announce(&self, next: &Manifest) -> Result<(), WriteError> {
        self.save(NEXT, next)
    }

    /// Takes the announcement back, and the folders that were made for it.
    pub(super) fn undo(&self, new_folders: &BTreeSet<String>) {
        self.prune(new_folders);
        // If it stays, the next run finds files announced that are not there.
        let _ = disk::remove_file(&self.path.join(NEXT));
    }

    /// What was announced has been done.
    pub(super) fn settle(&self) -> Result<(), WriteError> {
        disk::move_file(&self.path.join(NEXT), &self.path.join(MANIFEST))
    }

    /// Removes those folders that are empty.
    pub(super) fn prune(&self, folders: &BTreeSet<String>) {
        // Children come after their parents.
        for folder in folders.iter().rev() {
            if self.is_real(folder).unwrap_or(false) {
                disk::remove_if_empty(&self.path.join(folder));
            }
        }
    }

    /// Leaves no empty folder behind that was not there before.
    pub(super) fn abandon(&self) {
        disk::unmake_folders(&self.made);
    }
}

/// Whether a site in one of the folders that this one is in has been announced:
/// temporary files here may then be that run's, which has not locked this folder.
pub(super) fn is_announced_above(folder: &Path) -> bool {
    let mut above = folder.ancestors().skip(1);
    above.any(|folder| folder.join(NEXT).exists())
}

/// Another run may remove the folder while we wait for it: when that run fails
/// and the folder was its own.
fn make_and_lock(path: &Path, made: &mut Vec<PathBuf>) -> Result<File, WriteError> {
    loop {
        disk::make_folders(path, made)?;
        if let Some(lock) = disk::lock(path)? {
            return Ok(lock);
        }
    }
}
