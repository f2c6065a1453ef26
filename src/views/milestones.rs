//! The milestones of a train, in order of time.

use super::words;
use crate::schedule::{Day, EndDay, Milestone, NamedMilestone, Patch, Phase, Row, When};

/// Which milestone of its train.
#[derive(Clone, Copy)]
pub(super) enum MilestoneKind<'a> {
    Branch,
    Release,
    /// A phase that begins on a day of its own.
    Phase(&'a Phase, When),
    /// A day that the schedule names.
    Named(&'a NamedMilestone),
    /// A patch release of which no version is recorded.
    Patch(&'a Patch),
    /// A day before a patch release.
    OfPatch(&'a Patch, &'a NamedMilestone),
    End,
}

/// The milestones of a train in order of time, the end last.
pub(super) fn of_train(row: &Row) -> Vec<MilestoneKind<'_>> {
    let branch = row.branch().when().map(|_| MilestoneKind::Branch);
    let phases = words::later_phases(row).map(|(phase, from)| MilestoneKind::Phase(phase, from));
    let named = row.train().milestones.iter().map(MilestoneKind::Named);
    let kinds = branch.into_iter().chain([MilestoneKind::Release]);
    let kinds = kinds.chain(named).chain(phases);
    let patches = row.patches().iter().flat_map(MilestoneKind::of_patch);
    let mut kinds: Vec<_> = kinds.chain(patches).collect();
    kinds.sort_by_key(|kind| kind.days(row).when());
    kinds.push(MilestoneKind::End);
    kinds
}

impl<'a> MilestoneKind<'a> {
    fn of_patch(patch: &'a Patch) -> impl Iterator<Item = Self> {
        let days = patch.milestones.iter();
        let days = days.map(move |day| Self::OfPatch(patch, day));
        let own = patch.version.is_none().then_some(Self::Patch(patch));
        days.chain(own)
    }

    /// Whether it belongs to a patch release.
    pub(super) fn is_of_patch(self) -> bool {
        matches!(self, Self::Patch(_) | Self::OfPatch(..))
    }

    /// As a line of a table names it.
    pub(super) fn title(self, meaning: EndDay) -> &'a str {
        match self {
            Self::Branch => "Branch",
            Self::Release => "Release",
            Self::Phase(phase, _) => &phase.name,
            Self::Named(named) | Self::OfPatch(_, named) => &named.name.name,
            Self::Patch(_) => "Patch release",
            Self::End => words::end_day(meaning),
        }
    }

    /// The day as planned, and as recorded.
    pub(super) fn days(self, row: &Row) -> Milestone {
        let (planned, recorded) = match self {
            Self::Branch => return row.branch(),
            Self::Release => return row.release(),
            Self::Phase(_, from) => (Some(from), None),
            Self::Named(named) | Self::OfPatch(_, named) => (Some(named.date), None),
            Self::Patch(patch) => (Some(patch.date.into()), None),
            Self::End => (row.end().when(), row.recorded_end()),
        };
        Milestone { planned, recorded }
    }

    /// First day on which it holds.
    pub(super) fn first_day(self, row: &Row, meaning: EndDay) -> Option<Day> {
        match self {
            Self::Branch | Self::Release | Self::Named(_) | Self::Patch(_) | Self::OfPatch(..) => {
                self.days(row).comes()
            }
            Self::Phase(phase, _) => phase.begins(),
            Self::End => row.end().first_day_without(meaning),
        }
    }
}
