//! All projects on the day.

use crate::input::projects::All;
use crate::schedule::{Board, Boards, Day, Schedule};

/// What there is to say on the day.
#[derive(Default)]
pub(super) struct Today {
    pub(super) all: All,
    pub(super) date: Option<Day>,
    pub(super) boards: Boards,
}

impl Today {
    /// The next day on which any board says something else.
    pub(super) fn next_change(&self) -> Option<Day> {
        self.boards.period()?.next_change
    }

    /// The schedule that the site is about, and its board.
    pub(super) fn main(&self) -> Option<(&Schedule, &Board, Day)> {
        let schedule = &self.all.main.as_ref()?.schedule;
        Some((schedule, &self.boards.main()?.board, self.date?))
    }
}
