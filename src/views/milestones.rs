//! The milestones of a train, in order of time.

use super::words;
use crate::schedule::{Day, EndDay, Milestone, Phase, Row, When};

/// Which milestone of its train.
#[derive(Clone, Copy)]
pub(super) enum MilestoneKind<'a> {
    Branch,
    Release,
    /// A phase that begins on a day of its own.
    Phase(&'a Phase, When),
    End,
}

/// The milestones of a train in order of time, the end last.
pub(super) fn of_train(row: &Row) -> Vec<MilestoneKind<'_>> {
    let branch = row.branch().when().map(|_| MilestoneKind::Branch);
    let phases = words::later_phases(row).map(|(phase, from)| MilestoneKind::Phase(phase, from));
    let kinds = branch.into_iter().chain([MilestoneKind::Release]);
    let mut kinds: Vec<_> = kinds.chain(phases).collect();
    kinds.sort_by_key(|kind| kind.days(row).when());
    kinds.push(MilestoneKind::End);
    kinds
}

impl MilestoneKind<'_> {
    /// The day as planned, and as recorded.
    pub(super) fn days(self, row: &Row) -> Milestone {
        let (planned, recorded) = match self {
            Self::Branch => return row.branch(),
            Self::Release => return row.release(),
            Self::Phase(_, from) => (Some(from), None),
            Self::End => (row.end().when(), row.recorded_end()),
        };
        Milestone { planned, recorded }
    }

    /// First day on which it holds.
    pub(super) fn first_day(self, row: &Row, meaning: EndDay) -> Option<Day> {
        match self {
            Self::Branch | Self::Release => self.days(row).comes(),
            Self::Phase(phase, _) => phase.begins(),
            Self::End => row.end().first_day_without(meaning),
        }
    }
}
