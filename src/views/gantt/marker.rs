//! The marker of the period: a band through all rows, with a line at its start
//! and one at the next change.

use crate::schedule::{Day, Period};

use super::time_range::TimeRange;
use crate::views::text_metrics::{Px, px};

/// The least width of a band.
const LEAST: Px = px(2);

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

/// Whether any day of the period lies within the range.
pub(super) fn is_in_sight(period: Period, range: TimeRange) -> bool {
    let [start, change] = days(period);
    start.or(change).is_some()
        && start.is_none_or(|day| day < range.to)
        && change.is_none_or(|day| day > range.from)
}

impl PeriodMarker {
    /// The marker where those days are; none when it is out of sight.
    pub(super) fn new(period: Period, range: TimeRange, x: impl Fn(i32) -> Px) -> Option<Self> {
        let TimeRange { from, to, .. } = range;
        let [start, change] = days(period);
        let left = x(start.unwrap_or(from).clamp(from, to));
        let right = x(change.unwrap_or(to).clamp(from, to)).max(left + LEAST);
        let is_within = |day: &i32| (from..=to).contains(day);
        let start = start.filter(is_within).map(|_| PeriodLine::start(left));
        let change = change.filter(is_within).map(|_| PeriodLine::change(right));
        is_in_sight(period, range).then(|| Self {
            left,
            right,
            lines: start.into_iter().chain(change).collect(),
        })
    }
}

pub(super) fn days(period: Period) -> [Option<i32>; 2] {
    [period.valid_from, period.next_change].map(|day| day.map(Day::number))
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
