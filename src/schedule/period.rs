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
    /// Whether a day has come on each of its days.
    pub fn has_come(self, day: Day) -> bool {
        self.valid_from.is_some_and(|from| day <= from)
    }

    /// The days of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            valid_from: self.valid_from.max(other.valid_from),
            next_change: earliest(self.next_change, other.next_change),
        }
    }
}
