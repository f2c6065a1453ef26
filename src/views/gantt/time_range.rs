//! The range of time that a drawing shows.

use crate::schedule::{Day, Length, Period, Row, Status};

use super::Span;
use super::marker;
use super::timeline::Timeline;

/// How far before and after the period anything is drawn: an end that is
/// meant as "never" would leave no room for all others.
const HORIZON: Length = Length::months(25 * 12);

/// Over so many rows, all time of all of them is shown.
const MANY: usize = 24;

/// A train due so soon after the period's start is drawn whole.
const SOON: Length = Length::months(3);

/// The fewest days that a chart shows.
const LEAST: i32 = 14;

/// A range of time, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeRange {
    pub(super) from: i32,
    pub(super) to: i32,
    /// Up to where it is measured. A period without an end reaches further, and
    /// nobody knows how far.
    pub(super) measured: i32,
}

impl TimeRange {
    /// For a drawing in which nothing has a day.
    pub(super) const UNKNOWN: Self = Self::measured(0, LEAST);

    /// A range that is measured to its end.
    pub(super) const fn measured(from: i32, to: i32) -> Self {
        Self {
            from,
            to,
            measured: to,
        }
    }

    /// The range that these trains need; none when no day is known.
    ///
    /// It holds what is supported in the period or due soon; where nothing is,
    /// or where the trains are many, it holds all of them.
    pub(super) fn of(timelines: &[Timeline], period: Period, span: Span) -> Option<Self> {
        if let (Span::Near(length), Some(start)) = (span, anchor(period)) {
            return Some(Self::around(start, length).widened());
        }
        let present = timelines.iter().filter(|one| is_present(one.row, period));
        if timelines.len() > MANY || present.clone().next().is_none() {
            Self::holding(timelines.iter(), period)
        } else {
            Self::holding(present, period)
        }
    }

    /// Never zero.
    pub(super) fn days(self) -> i32 {
        (self.to - self.from).max(1)
    }

    /// Over how much of it a bar without an end vanishes.
    pub(super) fn fade(self) -> i32 {
        self.days() / 12 + 1
    }

    fn around(start: Day, length: Length) -> Self {
        Self::measured(
            start.before(length).map_or(0, Day::number),
            start.after(length).map_or(last_day(), Day::number),
        )
    }

    /// From the first start to the last end of these, with the whole period, and
    /// a little more.
    fn holding<'t>(
        timelines: impl Iterator<Item = &'t Timeline<'t>> + Clone,
        period: Period,
    ) -> Option<Self> {
        let mut stages = timelines.flat_map(|timeline| &timeline.stages);
        let of_period = marker::days(period);
        let of_stages = stages.clone().flat_map(|stage| [stage.from, stage.to]);
        let days = of_stages.chain(of_period).flatten();
        let (from, to) = days.clone().min().zip(days.max())?;
        let range = Self::measured(from, to).within_sight(period);
        let is_endless = period.valid_from.is_some() && period.next_change.is_none();
        let is_open = stages.any(|stage| stage.to.is_none());
        let range = match (is_endless, is_open) {
            (true, _) => range.padded().widened().beyond(),
            (false, true) => range.padded().to_open().widened(),
            (false, false) => range.padded().widened(),
        };
        Some(range)
    }

    /// With room for bars that vanish.
    fn to_open(self) -> Self {
        Self::measured(self.from, (self.to + self.fade()).min(last_day()))
    }

    /// With room for what lies after all that is known.
    fn beyond(self) -> Self {
        let room = (self.days() / 4).max(LEAST);
        Self {
            to: self.to + room,
            ..self
        }
    }

    fn within_sight(self, period: Period) -> Self {
        let sight = anchor(period).map(|start| Self::around(start, HORIZON));
        sight.map_or(self, |sight| {
            let [from, to] = [self.from, self.to].map(|day| day.clamp(sight.from, sight.to));
            Self::measured(from, to)
        })
    }

    fn padded(self) -> Self {
        let pad = self.days() / 100 + 1;
        Self::measured((self.from - pad).max(0), (self.to + pad).min(last_day()))
    }

    fn widened(self) -> Self {
        let missing = (LEAST - self.days()).max(0);
        let from = (self.from - missing / 2).clamp(0, last_day() - LEAST);
        Self::measured(from, self.to.max(from + LEAST))
    }
}

fn last_day() -> i32 {
    Day::new(9999, 12, 31).map_or(i32::MAX, Day::number)
}

/// The day by which a period is found in time.
fn anchor(period: Period) -> Option<Day> {
    period.valid_from.or(period.next_change)
}

fn is_soon(day: Day, period: Period) -> bool {
    let limit = anchor(period).and_then(|start| start.after(SOON));
    limit.is_some_and(|limit| day <= limit)
}

/// Whether a train is supported in the period or due soon.
fn is_present(row: &Row, period: Period) -> bool {
    match row.status() {
        Status::Supported | Status::Extended | Status::Due => true,
        Status::Ended => false,
        Status::Planned | Status::Stabilising => {
            let due = row.release().comes();
            due.is_some_and(|due| is_soon(due, period))
        }
    }
}
