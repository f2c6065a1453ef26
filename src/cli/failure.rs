//! Why a command did not do what was asked, and its exit code.

use crate::diagnostic::Diagnostic;
use crate::input::ReadError;
use crate::report;
use crate::schedule::TooMany;
use crate::write::{Fault, WriteError};

/// What went wrong.
pub(super) enum Failure {
    /// The content is wrong.
    Content(Vec<Diagnostic>),
    /// The answer is no, and has been given.
    No,
    /// What was asked for makes no sense.
    Usage(String),
    /// A file, a port, the disk.
    Machine(String),
    /// The output cannot be written, or must not be.
    Output(WriteError),
}

impl Failure {
    /// 1: the content; 2: the usage; 3: the machine.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Content(_) | Self::No => 1,
            Self::Usage(_) => 2,
            Self::Machine(_) => 3,
            Self::Output(error) => match error.fault() {
                Fault::Refused => 2,
                Fault::Machine => 3,
            },
        }
    }

    /// Says it on stderr.
    pub(super) fn tell(&self) {
        match self {
            Self::Content(diagnostics) => report::print(diagnostics),
            Self::No => {}
            Self::Usage(title) | Self::Machine(title) => report::error(title, None),
            Self::Output(error) => report::error(&error.to_string(), error.help()),
        }
    }
}

impl From<Diagnostic> for Failure {
    fn from(error: Diagnostic) -> Self {
        Self::Content(vec![error])
    }
}

impl From<TooMany> for Failure {
    fn from(error: TooMany) -> Self {
        Diagnostic::error("too-many", error.to_string()).into()
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(found: Vec<Diagnostic>) -> Self {
        Self::Content(found)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Output(error)
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Content(diagnostics) => Self::Content(diagnostics),
            ReadError::Absent(message) | ReadError::Machine(message) => Self::Machine(message),
        }
    }
}
