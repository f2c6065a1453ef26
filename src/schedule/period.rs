//! The days between two changes.

use super::day::{Day, earliest};

/// The days for which a board holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The last day, not after the board's own, on which what it says
    /// changed; none when nothing has changed yet.
    pub valid_from: Option<Day>,
    /// The first later day on which it changes; none when it never does.
    pub next_change: Option<Day>,
}

impl Period {
    /// The days of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            valid_from: self.valid_from.max(other.valid_from),
            next_change: earliest(self.next_change, other.next_change),
        }
    }
}
