//! The marker of the period: a band through all rows, with a line at its start
//! and one at the next change.

use crate::schedule::{Day, Period};

use super::time_range::TimeRange;
use crate::views::text_metrics::{Px, px};

/// The least width of a band.
const LEAST: Px = px(2);

/// The days of a period as far as they lie within a drawing.
#[derive(Clone, Copy)]
pub(super) struct PeriodDays {
    range: TimeRange,
    start: Option<i32>,
    change: Option<i32>,
}

impl PeriodDays {
    /// None when no day of the period lies within the range.
    pub(super) fn within(range: TimeRange, period: Period) -> Option<Self> {
        let [start, change] =
            [period.valid_from, period.next_change].map(|day| day.map(Day::number));
        let is_known = start.or(change).is_some();
        let is_within =
            start.is_none_or(|day| day < range.to) && change.is_none_or(|day| day > range.from);
        (is_known && is_within).then_some(Self {
            range,
            start,
            change,
        })
    }

    /// The band from its first day within the range to its last.
    pub(super) fn place(self, x: impl Fn(i32) -> Px) -> PeriodMarker {
        let TimeRange { from, to } = self.range;
        let left = x(self.start.unwrap_or(from).clamp(from, to));
        let right = x(self.change.unwrap_or(to).clamp(from, to)).max(left + LEAST);
        let is_within = |day: &i32| (from..=to).contains(day);
        let start = self
            .start
            .filter(is_within)
            .map(|_| PeriodLine::start(left));
        let change = self
            .change
            .filter(is_within)
            .map(|_| PeriodLine::change(right));
        PeriodMarker {
            left,
            right,
            lines: start.into_iter().chain(change).collect(),
        }
    }
}

/// The band of a period with its lines.
pub(super) struct PeriodMarker {
    pub(super) left: Px,
    pub(super) right: Px,
    pub(super) lines: Vec<PeriodLine>,
}

/// A line of the period, strong at its start, lighter at the next change.
pub(super) struct PeriodLine {
    pub(super) class: &'static str,
    /// What keeps it clear of a bar.
    pub(super) halo: &'static str,
    pub(super) x: Px,
}

impl PeriodLine {
    pub(super) fn start(x: Px) -> Self {
        Self {
            class: "tb-from",
            halo: "tb-halo",
            x,
        }
    }

    pub(super) fn change(x: Px) -> Self {
        Self {
            class: "tb-change",
            halo: "tb-halo tb-slight",
            x,
        }
    }
}
