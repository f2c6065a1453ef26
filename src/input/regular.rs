//! Regular files, which alone are read: a pipe would be waited for, and a device
//! may never end.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is a pipe, a socket or a device.
    Special,
    /// It has more bytes than the limit.
    TooLarge,
    /// The machine does not let us.
    Machine(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Machine(error)
    }
}

/// The bytes of a regular file, links followed. No more than one byte over the
/// limit is read, also of a file that grows meanwhile.
///
/// # Errors
///
/// Why it was not read.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    let found = path.metadata()?;
    // What a pipe or a device does when it is opened is not for us to find out.
    expect_no_device(&found)?;
    let file = open(path)?;
    let opened = file.metadata()?;
    expect_no_device(&opened)?;
    let mut bytes = Vec::new();
    if opened.len() > limit {
        return Err(Unread::TooLarge);
    }
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Unread::TooLarge);
    }
    Ok(bytes)
}

/// Of a folder the system itself says that it cannot be read.
fn expect_no_device(found: &std::fs::Metadata) -> Result<(), Unread> {
    if found.is_file() || found.is_dir() {
        Ok(())
    } else {
        Err(Unread::Special)
    }
}

/// Opens without waiting, should a pipe have taken the place of the file.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let at_once = rustix::fs::OFlags::NONBLOCK.bits();
    let flags = i32::try_from(at_once).unwrap_or_default();
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}
