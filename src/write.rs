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
//! 4. files come one by one, on any thread. One that differs is staged under a
//!    temporary name in its folder. Before the first is, `OUT/.trainboard.next`
//!    says where such names may be;
//! 5. when all have come, the new manifest takes its place there: while it is
//!    there, a file is ours if either of the two knows it. Until here every
//!    failure is undone, and the old site is as it was;
//! 6. staged files are renamed, pages after assets, the index last; then files
//!    that the new site does not have are deleted, if they are still as we wrote
//!    them;
//! 7. the new manifest takes the place of the old one.

mod disk;
mod error;
mod folder;
mod manifest;
mod plan;
mod refuse;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

pub use self::error::{Fault, WriteError};
use self::folder::Folder;
use self::manifest::{Manifest, Stamp};
use self::plan::Plan;

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

impl Target<'_> {
    /// Whether it is a folder of its own, for a site and nothing else.
    ///
    /// # Errors
    ///
    /// It is not, or cannot be looked at.
    pub fn expect_own_folder(&self) -> Result<(), WriteError> {
        refuse::folder(self)
    }
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

impl Written {
    /// Whether nothing of the site was there before.
    pub fn is_new(&self) -> bool {
        self.unchanged == 0 && self.removed == 0
    }
}

/// A site on its way into its folder. Dropped before it is finished, it leaves
/// the folder as it was.
pub struct Writing<'a> {
    folder: Folder<'a>,
    ours: Manifest,
    plan: Plan,
    /// Whether it was said what comes, and the new folders were made.
    is_announced: Mutex<bool>,
    files: Mutex<Vec<Come>>,
    /// Whether files that readers see are being changed.
    is_committed: bool,
}

/// A file that has come.
struct Come {
    path: String,
    stamp: Stamp,
    /// Its temporary file, where it differs from what is there.
    staged: Option<TempPath>,
}

impl<'a> Writing<'a> {
    /// Begins to write a site that has files at those paths. Runs into one
    /// folder wait for each other, but not for ever.
    ///
    /// # Errors
    ///
    /// The folder is none to write to, or something stands in the way.
    pub fn begin<'p>(
        target: &Target<'a>,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, WriteError> {
        let paths: BTreeSet<_> = paths.into_iter().collect();
        refuse::paths(&paths)?;
        target.expect_own_folder()?;
        let folder = Folder::lock(target.out)?;
        let begun = folder.manifest(target.force).and_then(|ours| {
            let plan = Plan::new(folder.path, &paths, &ours)?;
            Ok((ours, plan))
        });
        let (ours, plan) = begun.inspect_err(|_| folder.abandon())?;
        Ok(Self {
            folder,
            ours,
            plan,
            is_announced: Mutex::new(false),
            files: Mutex::new(Vec::new()),
            is_committed: false,
        })
    }

    /// Takes a file at one of the paths.
    ///
    /// # Errors
    ///
    /// What is there is not ours, or the machine does not let us.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let staged = if plan::differs(self.folder.path, path, bytes, &self.ours)? {
            self.announce()?;
            Some(disk::stage(&self.folder.path.join(path), bytes)?)
        } else {
            None
        };
        let file = Come {
            path: path.to_owned(),
            stamp: Stamp::of(bytes),
            staged,
        };
        locked(&self.files).push(file);
        Ok(())
    }

    /// Says where temporary files may come to be, before the first does.
    fn announce(&self) -> Result<(), WriteError> {
        let mut is_announced = locked(&self.is_announced);
        if *is_announced {
            return Ok(());
        }
        *is_announced = true;
        self.folder.announce(&self.plan.announced)?;
        for new in &self.plan.announced.folders {
            disk::make_folder(&self.folder.path.join(new))?;
        }
        Ok(())
    }

    /// Makes the site that of the files that have come.
    ///
    /// # Errors
    ///
    /// The machine does not let us.
    pub fn finish(mut self) -> Result<Written, WriteError> {
        let mut files = std::mem::take(&mut *locked(&self.files));
        files.sort_by(|a, b| plan::appearance(&a.path).cmp(&plan::appearance(&b.path)));
        let stamps = files
            .iter()
            .map(|file| (file.path.clone(), file.stamp.clone()));
        let next = self.plan.next(stamps);
        let staged = files
            .into_iter()
            .filter_map(|file| Some((file.path, file.staged?)));
        let staged: Vec<_> = staged.collect();
        let written = Written {
            written: staged.len(),
            unchanged: next.files.len() - staged.len(),
            removed: self.plan.removed.len(),
        };
        if staged.is_empty() && self.plan.removed.is_empty() && next == self.ours {
            return Ok(written);
        }
        self.announce()?;
        self.folder.announce(&next)?;
        for path in &self.plan.removed {
            // Tries the folders in which files are only deleted.
            disk::stage(&self.folder.path.join(path), b"")?;
        }
        self.is_committed = true;
        self.commit(staged)?;
        Ok(written)
    }

    fn commit(&self, staged: Vec<(String, TempPath)>) -> Result<(), WriteError> {
        for (path, temporary) in staged {
            disk::rename(temporary, &self.folder.path.join(path))?;
        }
        for path in &self.plan.removed {
            disk::remove_file(&self.folder.path.join(path))?;
        }
        self.folder.prune(&self.plan.idle_folders);
        self.folder.settle()
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if self.is_committed {
            return;
        }
        locked(&self.files).clear();
        if *locked(&self.is_announced) {
            self.folder.undo(&self.plan.announced.folders);
        }
        self.folder.abandon();
    }
}

/// What one thread left behind when it panicked is as good as any.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
    create_all(&[], files)
}

/// Makes new files and replaces others, each whole, and says of each, the new
/// ones first, whether it was not there before with the same bytes.
///
/// Where anything else is in the place of a new file, nothing is written, and
/// the error names all such places. If something fails later on, what was made
/// goes again. The first of the new files comes last, so that where it is, none
/// is missing.
pub fn create_all(
    new: &[(&Path, &[u8])],
    replaced: &[(&Path, &[u8])],
) -> Result<Vec<bool>, WriteError> {
    let all = new.iter().chain(replaced).map(|(path, _)| *path);
    let _locks = tidied(all)?;
    refuse::existing(new)?;
    let mut made = Made::default();
    made.all(new, replaced).inspect_err(|_| made.undo())
}

/// Locks the folders of files, and deletes what killed runs left in them. Where
/// folders cannot be locked, another run may be at work, and all is left.
fn tidied<'a>(files: impl Iterator<Item = &'a Path>) -> Result<Vec<File>, WriteError> {
    let mut folders = BTreeSet::new();
    for file in files {
        let place = disk::real_path(file)?.unwrap_or_else(|| file.to_owned());
        folders.extend(disk::real_path(disk::folder_of(&place))?);
    }
    let mut locks = Vec::new();
    // All take them in one order, so that none waits for another in a circle.
    for folder in &folders {
        if let Some(lock) = disk::lock_if_traceless(folder)? {
            locks.push(lock);
            // What cannot be deleted harms nobody.
            let _ = tidy(folder);
        }
    }
    Ok(locks)
}

/// Deletes what killed runs left in a folder that is locked.
fn tidy(folder: &Path) -> Result<(), WriteError> {
    let left = disk::temporaries(folder)?;
    // Asked after they were seen: what a run has announced is either still so,
    // or has got its name meanwhile.
    if !folder::is_announced_above(folder) {
        left.iter().try_for_each(|place| disk::remove_file(place))?;
    }
    Ok(())
}

/// The files and folders that came to be.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn all(
        &mut self,
        new: &[(&Path, &[u8])],
        replaced: &[(&Path, &[u8])],
    ) -> Result<Vec<bool>, WriteError> {
        let mut staged = Vec::new();
        for (path, bytes) in new {
            staged.push((Change::stage_new(path, bytes, &mut self.folders)?, bytes));
        }
        for (path, bytes) in replaced {
            staged.push((Change::stage(path, bytes, &mut self.folders)?, bytes));
        }
        let changes = staged.iter();
        let changes = changes.map(|(change, _)| !matches!(change, Change::None));
        let changes = changes.collect();
        staged[..new.len()].reverse();
        for (change, bytes) in staged {
            self.files.extend(change.make(bytes)?);
        }
        Ok(changes)
    }

    fn undo(&self) {
        for file in &self.files {
            // What failed first is told.
            let _ = disk::remove_file(file);
        }
        disk::unmake_folders(&self.folders);
    }
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
    fn stage(path: &Path, bytes: &[u8], folders: &mut Vec<PathBuf>) -> Result<Self, WriteError> {
        let Some(place) = disk::real_path(path)? else {
            disk::make_folders(disk::folder_of(path), folders)?;
            return Ok(Self::Rename(disk::stage(path, bytes)?, path.to_owned()));
        };
        if !disk::is_regular(&place)? {
            return Ok(Self::Through(place));
        }
        if disk::holds(&place, bytes)? {
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
        if disk::kind(path)? != disk::FileKind::Absent {
            return Ok(Self::None);
        }
        disk::make_folders(disk::folder_of(path), folders)?;
        Ok(Self::Create(disk::stage(path, bytes)?, path.to_owned()))
    }

    /// Does it, and says which file is new.
    fn make(self, bytes: &[u8]) -> Result<Option<PathBuf>, WriteError> {
        match self {
            Self::None => Ok(None),
            Self::Create(staged, place) => disk::create(staged, &place).map(|()| Some(place)),
            Self::Rename(staged, place) => disk::rename(staged, &place).map(|()| None),
            Self::Through(place) => disk::write_through(&place, bytes).map(|()| None),
        }
    }
}
