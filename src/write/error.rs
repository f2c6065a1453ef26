//! Why something was not written.

use std::fmt;
use std::io;
use std::path::Path;

/// Whose fault it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The output is not one to write to: bad usage, and nothing was written.
    Refused,
    /// A file, a folder or the disk does not let us.
    Machine,
}

/// Why something was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    fault: Fault,
    title: String,
    help: Option<&'static str>,
}

impl WriteError {
    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        self.help
    }

    pub(super) fn refused(title: String, help: &'static str) -> Self {
        Self {
            fault: Fault::Refused,
            title,
            help: Some(help),
        }
    }

    /// Something stands where we write, and is not ours to replace.
    pub(super) fn in_the_way(path: &Path, what: &str) -> Self {
        Self {
            fault: Fault::Machine,
            title: format!("`{}` {what}", path.display()),
            help: Some("move it out of the way, then build again"),
        }
    }

    /// A folder in which another run has been at work all the time, or that
    /// cannot be locked at all.
    pub(super) fn unlocked(folder: &Path, error: &io::Error) -> Self {
        let shown = folder.display();
        match error.kind() {
            io::ErrorKind::WouldBlock => Self {
                fault: Fault::Machine,
                title: format!("other runs have been at work in `{shown}` for half a minute"),
                help: Some("let them end, then try again"),
            },
            _ => Self::machine(folder, "locked", error),
        }
    }

    pub(super) fn machine(path: &Path, cannot: &str, error: &io::Error) -> Self {
        Self {
            fault: Fault::Machine,
            title: format!("`{}` cannot be {cannot}: {}", path.display(), reason(error)),
            help: None,
        }
    }
}

/// What the system says, in lower case where the standard library has words
/// for it, and without the temporary names that nobody asked for.
fn reason(error: &io::Error) -> String {
    match error.kind().to_string() {
        vague if vague.ends_with("error") => error.to_string(),
        known => known,
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for WriteError {}
