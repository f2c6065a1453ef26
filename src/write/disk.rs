//! What is asked of the file system, each with an error that names the path.

#![expect(
    clippy::disallowed_methods,
    reason = "the door: what the rest of the program may not call is called here"
)]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempPath;

use super::error::WriteError;
use crate::input::regular::{self, Unread};
use crate::output::{CHANCE, TEMPORARY, is_temporary};

/// Where folders cannot be locked, the name of the file that is locked instead.
const LOCK: &str = ".trainboard.lock";

/// How long another run is waited for: this often, for so long.
const TURNS: u32 = 3000;
const TURN: Duration = Duration::from_millis(10);

/// Whether a name is one that comes and goes, and tells nothing of a site.
pub(super) fn is_passing(name: &str) -> bool {
    is_temporary(name) || name == LOCK
}

/// What is at a path; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Absent,
    Folder,
    File {
        size: u64,
    },
    /// A link, a device, a socket.
    Other,
}

pub(super) fn kind(path: &Path) -> Result<FileKind, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(FileKind::Folder),
        Ok(found) if found.is_file() => Ok(FileKind::File { size: found.len() }),
        Ok(_) => Ok(FileKind::Other),
        Err(error) if is_absence(&error) => Ok(FileKind::Absent),
        Err(error) => Err(WriteError::machine(path, "read", &error)),
    }
}

/// The folders that a relative path is in: for `a/b/c` they are `a/b` and `a`.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(end, _)| &path[..end])
}

/// Whether all that a path goes through are real folders, so that no link
/// leads out.
pub(super) fn stays_in(out: &Path, path: &str) -> Result<bool, WriteError> {
    for folder in parents(path) {
        if kind(&out.join(folder))? != FileKind::Folder {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The bytes of a file, if it is there.
pub(super) fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, WriteError> {
    match regular::read(path, limit) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Unread::Machine(error)) if is_absence(&error) => Ok(None),
        Err(Unread::Machine(error)) => Err(WriteError::machine(path, "read", &error)),
        Err(Unread::Special) => Err(WriteError::in_the_way(path, "is no regular file")),
        Err(Unread::TooLarge) => {
            let what = format!("has more than {limit} bytes");
            Err(WriteError::in_the_way(path, &what))
        }
    }
}

/// Whether a regular file has exactly those bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let FileKind::File { size } = kind(path)? else {
        return Ok(false);
    };
    let is_like = size == bytes.len() as u64;
    Ok(is_like && read(path, size)?.is_some_and(|there| there == bytes))
}

/// The path with all links resolved, if it leads to something.
pub(super) fn real_path(path: &Path) -> Result<Option<PathBuf>, WriteError> {
    found(fs::canonicalize(path)).map_err(|error| WriteError::machine(path, "found", &error))
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(it) => Ok(Some(it)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Below a file there is nothing either.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether it is a file that can be renamed over, links followed.
pub(super) fn is_regular(path: &Path) -> Result<bool, WriteError> {
    let found = fs::metadata(path).map(|found| found.is_file());
    found.map_err(|error| WriteError::machine(path, "read", &error))
}

/// The names of everything in a folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, WriteError> {
    let names = || -> io::Result<Vec<String>> {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect()
    };
    names().map_err(|error| WriteError::machine(folder, "read", &error))
}

/// The temporary files in a folder, which a killed run left if no other is at
/// work there.
pub(super) fn temporaries(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut found = Vec::new();
    for name in names(folder)?.iter().filter(|name| is_temporary(name)) {
        let place = folder.join(name);
        if matches!(kind(&place)?, FileKind::File { .. }) {
            found.push(place);
        }
    }
    Ok(found)
}

/// Deletes the temporary files in a folder.
pub(super) fn sweep(folder: &Path) -> Result<(), WriteError> {
    let mut left = temporaries(folder)?.into_iter();
    left.try_for_each(|place| remove_file(&place))
}

/// Writes a file under a temporary name beside the place that it is meant for.
pub(super) fn stage(place: &Path, bytes: &[u8]) -> Result<TempPath, WriteError> {
    let stage = || -> io::Result<TempPath> {
        check_limit(bytes.len())?;
        let mut file = temporary_name().tempfile_in(folder_of(place))?;
        file.write_all(bytes)?;
        Ok(file.into_temp_path())
    };
    stage().map_err(|error| WriteError::machine(place, "written", &error))
}

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn temporary_name() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).rand_bytes(CHANCE);
    // Temporary files are private; a site is for all whom the umask lets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Over the limit for the size of a file, the system does not answer with an
/// error but ends the process, and temporary files would stay.
#[cfg(unix)]
fn check_limit(size: usize) -> io::Result<()> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Fsize).current;
    match limit {
        Some(limit) if u64::try_from(size).is_ok_and(|size| size > limit) => {
            Err(ErrorKind::FileTooLarge.into())
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn check_limit(_size: usize) -> io::Result<()> {
    Ok(())
}

pub(super) fn rename(temporary: TempPath, place: &Path) -> Result<(), WriteError> {
    temporary
        .persist(place)
        .map_err(|failed| WriteError::machine(place, "replaced", &failed.error))
}

/// Gives a new file its name, unless something has come to be there meanwhile.
pub(super) fn create(temporary: TempPath, place: &Path) -> Result<(), WriteError> {
    temporary
        .persist_noclobber(place)
        .map_err(|failed| WriteError::machine(place, "made", &failed.error))
}

/// Gives a file of ours another name.
pub(super) fn move_file(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::rename(from, to).map_err(|error| WriteError::machine(to, "replaced", &error))
}

/// Lets a file that replaces another have its permissions.
pub(super) fn copy_mode(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::metadata(from)
        .and_then(|old| fs::set_permissions(to, old.permissions()))
        .map_err(|error| WriteError::machine(from, "replaced", &error))
}

pub(super) fn write_through(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| WriteError::machine(path, "written", &error))
}

pub(super) fn remove_file(path: &Path) -> Result<(), WriteError> {
    found(fs::remove_file(path))
        .map(drop)
        .map_err(|error| WriteError::machine(path, "deleted", &error))
}

/// Removes a folder if nothing is in it.
pub(super) fn remove_if_empty(folder: &Path) {
    // What is not empty, or not ours to remove, stays: no harm is done.
    let _ = fs::remove_dir(folder);
}

/// Makes one folder; it may have come into being meanwhile.
pub(super) fn make_folder(folder: &Path) -> Result<(), WriteError> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(WriteError::machine(folder, "made", &error)),
        Ok(()) => Ok(()),
    }
}

/// Makes a folder and those that it is in, and notes which were missing,
/// parents before children.
pub(super) fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), WriteError> {
    let folders = folder.ancestors();
    let missing = folders.take_while(|folder| *folder != Path::new("") && !folder.exists());
    for folder in missing.collect::<Vec<_>>().into_iter().rev() {
        make_folder(folder)?;
        made.push(folder.to_owned());
    }
    Ok(())
}

/// Removes the folders that were made, if nothing is in them.
pub(super) fn unmake_folders(made: &[PathBuf]) {
    made.iter().rev().for_each(|folder| remove_if_empty(folder));
}

/// Says so if a file is marked as one that nobody shall change, though it
/// could be renamed over.
pub(super) fn expect_writable(path: &Path) -> Result<(), WriteError> {
    match fs::metadata(path) {
        Ok(found) if found.permissions().readonly() => {
            let error = io::Error::from(ErrorKind::PermissionDenied);
            Err(WriteError::machine(path, "replaced", &error))
        }
        _ => Ok(()),
    }
}

/// Locks a folder until the file is dropped, and says nothing if the folder
/// has gone before we had it. Waits for whoever has it now, but not for ever.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, WriteError> {
    lock_within(folder, TURNS).map_err(|error| WriteError::unlocked(folder, &error))
}

fn lock_within(folder: &Path, turns: u32) -> io::Result<Option<File>> {
    let Some(handle) = found(lockable(folder))? else {
        return Ok(None);
    };
    wait_for(&handle, turns)?;
    Ok(is_still(&handle, folder)?.then_some(handle))
}

fn wait_for(handle: &File, turns: u32) -> io::Result<()> {
    for _ in 0..turns {
        match handle.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(TURN),
            // Some network's disk: then it is for its users to take turns.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                return Ok(());
            }
            tried => return Ok(tried?),
        }
    }
    Err(ErrorKind::WouldBlock.into())
}

/// Locks a folder of somebody else's, if that leaves no file in it, and if we
/// may.
#[cfg(unix)]
pub(super) fn lock_if_traceless(folder: &Path) -> Result<Option<File>, WriteError> {
    if !folder.is_dir() {
        return Ok(None);
    }
    match lock_within(folder, TURNS) {
        Err(error) if error.kind() != ErrorKind::WouldBlock => Ok(None),
        tried => tried.map_err(|error| WriteError::unlocked(folder, &error)),
    }
}

#[cfg(not(unix))]
pub(super) fn lock_if_traceless(_folder: &Path) -> Result<Option<File>, WriteError> {
    Ok(None)
}

/// The folder itself, so that no lock file is ever left in it.
#[cfg(unix)]
fn lockable(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

#[cfg(unix)]
fn is_still(handle: &File, folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let (locked, there) = (handle.metadata()?, found(fs::metadata(folder))?);
    Ok(there.is_some_and(|there| (there.dev(), there.ino()) == (locked.dev(), locked.ino())))
}

/// A file that stays in the folder, and means nothing while nobody holds it.
#[cfg(not(unix))]
fn lockable(folder: &Path) -> io::Result<File> {
    File::create(folder.join(LOCK))
}

#[cfg(not(unix))]
fn is_still(_handle: &File, _folder: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn another_run_is_not_waited_for_for_ever() {
        let folder = tempfile::TempDir::new().unwrap();
        let other = lock(folder.path()).unwrap().unwrap();
        let error = lock_within(folder.path(), 2).unwrap_err();
        let told = WriteError::unlocked(Path::new("public"), &error);
        assert_eq!(
            told.to_string(),
            "other runs have been at work in `public` for half a minute"
        );
        drop(other);
        assert!(lock_within(folder.path(), 1).unwrap().is_some());
    }
}
