//! What is wrong with a project, so that there is no site of it as it is.

use crate::diagnostic::Diagnostic;
use crate::input::ReadError;
use crate::report;

/// What is wrong, whether with texts or with the machine.
#[derive(Clone, Debug, Default)]
pub(super) struct BuildErrors {
    found: Vec<Diagnostic>,
    machine: Vec<String>,
}

impl BuildErrors {
    /// Something that no text is to blame for.
    pub(super) fn of_machine(title: String) -> Self {
        Self {
            found: Vec::new(),
            machine: vec![title],
        }
    }

    /// As the terminal says it, without colour.
    pub(super) fn text(&self) -> String {
        let mut found: Vec<_> = self.found.iter().collect();
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        let machine = self.machine.iter().map(|title| format!("error: {title}"));
        let found = report::first_of_each(found);
        let found = found.iter().map(report::plain);
        machine.chain(found).collect::<Vec<_>>().join("\n\n")
    }

    /// Says it on the terminal.
    pub(super) fn print(&self) {
        for title in &self.machine {
            report::error(title, None);
        }
        report::print(&self.found);
    }
}

impl FromIterator<ReadError> for BuildErrors {
    fn from_iter<I: IntoIterator<Item = ReadError>>(errors: I) -> Self {
        let mut all = Self::default();
        for error in errors {
            match error {
                ReadError::Content(found) => all.found.extend(found),
                ReadError::Absent(why) | ReadError::Machine(why) => all.machine.push(why),
            }
        }
        all
    }
}

impl From<Vec<Diagnostic>> for BuildErrors {
    fn from(found: Vec<Diagnostic>) -> Self {
        let machine = Vec::new();
        Self { found, machine }
    }
}
