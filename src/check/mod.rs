//! Everything that can be wrong with a project, found in one run.

pub mod published;

use crate::diagnostic::{Diagnostic, Severity};
use crate::schedule::{Boards, Day};
use crate::site::{self, Built, Content, Settings};

/// What a look at the pages of a project found.
#[derive(Debug)]
pub struct Pages {
    /// How many pages there are.
    pub count: usize,
    /// What is wrong with them, in no order.
    pub findings: Vec<Diagnostic>,
    /// What a build would make, where it can.
    pub built: Option<Built>,
}

/// What a build stops at on the day of the next change, though today's does
/// not: values that are there no more.
pub fn ahead(content: Content, settings: &Settings, boards: &Boards, day: Day) -> Vec<Diagnostic> {
    let mut found = site::errors_from(content, settings, boards, day);
    found.retain(|error| error.code == "no-value");
    for error in &mut found {
        error.severity = Severity::Notice;
    }
    found
}

/// Looks at the pages, the templates and the other files of a project. Without
/// boards, markers are not held against pages when it is the schedule that is
/// wrong.
pub fn pages(
    content: Content,
    settings: &Settings,
    boards: &Boards,
    schedule_is_wrong: bool,
) -> Pages {
    let count = content.pages.len();
    let (mut findings, built) = match site::build(content, settings, boards) {
        Ok(built) => ([&*built.warnings, &built.advice].concat(), Some(built)),
        Err(errors) => (errors, None),
    };
    let count = built.as_ref().map_or(count, |built| built.pages);
    findings.retain(|finding| !(schedule_is_wrong && finding.code == "no-schedule"));
    Pages {
        count,
        findings,
        built,
    }
}
