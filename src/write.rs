//! The door through which files leave: a site into its folder, or one file to
//! its place.
//!
//! A site is written so that at any instant each of its files is wholly old or
//! wholly new, and that nothing which trainboard did not write is touched:
//!
//! 1. dangerous folders are refused, and the folder is locked;
//! 2. the manifest, `OUT/.trainboard`, says what earlier runs wrote. What a
//!    killed run left behind is put in order first;
//! 3. every target must be absent, ours or equal, in real folders;
//! 4. the new manifest goes to `OUT/.trainboard.next`. While that exists, a
//!    file is ours if either of the two knows it;
//! 5. changed files are staged under temporary names in their folders. Until
//!    here every failure is undone, and the old site is as it was;
//! 6. they are renamed, pages after assets, the index last; then files that the
//!    new site does not have are deleted, if they are still as we wrote them;
//! 7. the new manifest takes the place of the old one.

mod disk;
mod error;
mod folder;
mod manifest;
mod plan;
mod refuse;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::TempPath;

pub use self::error::{Fault, WriteError};
use self::folder::Folder;
use self::plan::Plan;

/// What is to be written, by relative path with forward slashes.
pub type Files<'a> = BTreeMap<&'a str, &'a [u8]>;

/// Where a site goes, and what must not be harmed by it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The folder of the site; made if it is absent.
    pub out: &'a Path,
    /// The project's root. Neither it nor a folder that holds it is written to.
    pub root: &'a Path,
    /// What the site is made from, as seen from the working directory. None of
    /// it may hold the output, or be in it.
    pub sources: &'a [PathBuf],
    /// Whether a folder that is neither empty nor ours is adopted.
    pub force: bool,
}

/// How many files a run has dealt with, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New or changed.
    pub written: usize,
    /// Left as they were, down to their time.
    pub unchanged: usize,
    /// No longer in the site, and deleted.
    pub removed: usize,
}

/// Writes a site into its folder. Runs into one folder wait for each other.
pub fn write(target: &Target<'_>, site: &Files<'_>) -> Result<Written, WriteError> {
    refuse::paths(site)?;
    refuse::folder(target)?;
    let folder = Folder::lock(target.out)?;
    let written = write_locked(target, &folder, site);
    if written.is_err() {
        folder.abandon();
    }
    written
}

fn write_locked(
    target: &Target<'_>,
    folder: &Folder<'_>,
    site: &Files<'_>,
) -> Result<Written, WriteError> {
    let ours = folder.manifest(target.force)?;
    let plan = Plan::new(folder.path, site, &ours)?;
    if plan.changes_nothing(&ours) {
        return Ok(plan.summary());
    }
    let staged = stage(folder, &plan, site).inspect_err(|_| folder.undo(&plan.new_folders))?;
    for (temporary, path) in staged {
        disk::rename(temporary, &folder.path.join(path))?;
    }
    for path in &plan.removed {
        disk::remove_file(&folder.path.join(path))?;
    }
    folder.prune(&plan.idle_folders);
    folder.settle()?;
    Ok(plan.summary())
}

/// Puts everything that is going to be renamed beside its place, in the order
/// of renaming, and tries the folders in which files are only deleted.
fn stage<'a>(
    folder: &Folder<'_>,
    plan: &Plan<'a>,
    site: &Files<'_>,
) -> Result<Vec<(TempPath, &'a str)>, WriteError> {
    folder.announce(&plan.next)?;
    for new in &plan.new_folders {
        disk::make_folder(&folder.path.join(new))?;
    }
    for path in &plan.removed {
        disk::stage(&folder.path.join(path), b"")?;
    }
    let staged: Vec<_> = plan
        .changed
        .par_iter()
        .map(|path| Ok((disk::stage(&folder.path.join(path), site[path])?, *path)))
        .collect();
    staged.into_iter().collect()
}

/// Replaces one file, whole, if its bytes differ. Says whether they did.
///
/// A link stays a link: what it leads to is replaced. What is no regular file,
/// such as `/dev/stdout`, is written to. Folders that are missing are made.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let changed = replace_all(&[(path, bytes)])?;
    Ok(changed == [true])
}

/// Replaces files, each whole, if their bytes differ, and says of each whether
/// they did. All that can fail is tried for all files before the first of them
/// is replaced.
pub fn replace_all(files: &[(&Path, &[u8])]) -> Result<Vec<bool>, WriteError> {
    let mut made = Vec::new();
    let staged: Result<Vec<_>, _> = files
        .iter()
        .map(|(path, bytes)| Change::stage(path, bytes, &mut made))
        .collect();
    let staged = staged.inspect_err(|_| disk::unmake_folders(&made))?;
    let changes = staged.iter().map(|change| !matches!(change, Change::None));
    let changes = changes.collect();
    for (change, (_, bytes)) in staged.into_iter().zip(files) {
        change.make(bytes)?;
    }
    Ok(changes)
}

/// Makes new files and replaces others, each whole, and says of each of the new
/// ones whether it was not there before with the same bytes.
///
/// Where anything else is in the place of a new file, nothing is written, and
/// the error names all such places. If something fails later on, what was made
/// goes again.
pub fn create_all(
    new: &[(&Path, &[u8])],
    replaced: &[(&Path, &[u8])],
) -> Result<Vec<bool>, WriteError> {
    refuse::existing(new)?;
    let mut folders = Vec::new();
    let mut created = Vec::new();
    let done = create(new, replaced, &mut folders, &mut created);
    if done.is_err() {
        for path in created {
            // What failed first is told.
            let _ = disk::remove_file(path);
        }
        disk::unmake_folders(&folders);
    }
    done
}

fn create<'a>(
    new: &[(&'a Path, &[u8])],
    replaced: &[(&Path, &[u8])],
    folders: &mut Vec<PathBuf>,
    created: &mut Vec<&'a Path>,
) -> Result<Vec<bool>, WriteError> {
    let mut staged = Vec::new();
    for (path, bytes) in new {
        staged.push(Change::stage_new(path, bytes, folders)?);
    }
    let mut changes = Vec::new();
    for (path, bytes) in replaced {
        changes.push(Change::stage(path, bytes, folders)?);
    }
    let is_new = staged.iter().map(|change| !matches!(change, Change::None));
    let is_new: Vec<_> = is_new.collect();
    for (change, (path, bytes)) in staged.into_iter().zip(new) {
        let is_made = matches!(change, Change::Create(..));
        change.make(bytes)?;
        created.extend(is_made.then_some(path));
    }
    for (change, (_, bytes)) in changes.into_iter().zip(replaced) {
        change.make(bytes)?;
    }
    Ok(is_new)
}

/// What is to be done so that a file has the bytes it should have.
enum Change {
    None,
    /// Rename this to there, if nothing is there.
    Create(TempPath, PathBuf),
    /// Rename this to there.
    Rename(TempPath, PathBuf),
    /// Write to what is there and is no regular file.
    Through(PathBuf),
}

impl Change {
    fn stage(path: &Path, bytes: &[u8], made: &mut Vec<PathBuf>) -> Result<Self, WriteError> {
        let Some(place) = disk::real_path(path)? else {
            disk::make_folders_of(path, made)?;
            return Ok(Self::Rename(disk::stage(path, bytes)?, path.to_owned()));
        };
        if !disk::is_regular(&place)? {
            return Ok(Self::Through(place));
        }
        if disk::read(&place)?.is_some_and(|old| old == bytes) {
            return Ok(Self::None);
        }
        disk::expect_writable(path)?;
        let staged = disk::stage(&place, bytes)?;
        disk::copy_mode(&place, &staged)?;
        Ok(Self::Rename(staged, place))
    }

    /// Something new; what is there already is known to be equal.
    fn stage_new(
        path: &Path,
        bytes: &[u8],
        folders: &mut Vec<PathBuf>,
    ) -> Result<Self, WriteError> {
        if disk::kind(path)? != disk::Kind::Absent {
            return Ok(Self::None);
        }
        disk::make_folders_of(path, folders)?;
        Ok(Self::Create(disk::stage(path, bytes)?, path.to_owned()))
    }

    fn make(self, bytes: &[u8]) -> Result<(), WriteError> {
        match self {
            Self::None => Ok(()),
            Self::Create(staged, place) => disk::create(staged, &place),
            Self::Rename(staged, place) => disk::rename(staged, &place),
            Self::Through(place) => disk::write_through(&place, bytes),
        }
    }
}
