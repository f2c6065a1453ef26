//! The addresses of feeds, and the lasting ids of their entries.

use sha2::{Digest, Sha256};

use crate::schedule::{Board, Day};
use crate::views::escape::Uri;

/// Where the feeds of a project are published.
#[derive(Clone, Copy, Debug, Default)]
pub struct SitePlace<'a> {
    /// The full address of the top of the site, with a slash at its end.
    pub base: Option<&'a str>,
    /// The folder of the project: empty, or with a slash at its end.
    pub folder: &'a str,
    /// The page of the project, from the top of the site: empty for the first
    /// page.
    pub page: &'a str,
}

impl SitePlace<'_> {
    /// The full address of a file of the project.
    pub(super) fn address(&self, name: &str) -> Option<String> {
        self.full(&format!("{}{name}", self.folder))
    }

    /// The full address of the project's page.
    pub(super) fn page(&self) -> Option<String> {
        self.full(self.page)
    }

    fn full(&self, path: &str) -> Option<String> {
        Some(format!("{}{}", self.base?, Uri(path)))
    }
}

/// The name of a thing that stays the same whatever is said about it: a UUID
/// of version 8, made from the project's id, the train and what it is.
///
/// No day goes into it: a milestone that moves stays the same milestone. Nor
/// does an address: a site that moves keeps its readers.
pub(super) fn identity(board: &Board, train: &str, what: &str) -> String {
    let name = [board.project().id(), train, what].join("\0");
    let hash = Sha256::digest(format!("trainboard\0{name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = bytes.map(|byte| format!("{byte:02x}")).concat();
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    parts.join("-")
}

/// The day since which all that a board says holds; the calendar's first day
/// for a board on which nothing has changed yet.
pub(super) fn since(board: &Board) -> String {
    let from = board.period().valid_from;
    from.or_else(|| Day::from_number(0))
        .map_or_else(String::new, |day| day.to_string())
}
