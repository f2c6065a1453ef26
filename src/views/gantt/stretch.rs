//! Which stretch of time is drawn.

use crate::schedule::{Day, Length, Period, Row, Status};

use super::stages::Stage;
use super::{MANY, Span};

/// How far before and after the period anything is drawn: an end that is
/// meant as "never" would leave no room for all others.
const HORIZON: Length = Length::months(25 * 12);

/// What is due so soon after the period's start is drawn whole.
const SOON: Length = Length::months(3);

/// The fewest days that a chart shows.
const LEAST: i32 = 14;

/// A stretch of time, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: i32,
    pub(super) to: i32,
}

/// A train with what it goes through.
pub(super) struct Course<'a> {
    pub(super) row: &'a Row,
    pub(super) stages: Vec<Stage<'a>>,
}

impl Stretch {
    /// For a drawing in which nothing has a day.
    pub(super) const NOWHEN: Self = Self { from: 0, to: LEAST };

    /// The stretch that these trains need; none when no day is known.
    pub(super) fn of(courses: &[Course], period: Period, span: Span) -> Option<Self> {
        match (span, anchor(period)) {
            (Span::Near(length), Some(start)) => Some(Self::around(start, length)),
            _ if courses.len() > MANY => Self::holding(courses.iter(), period),
            _ => Self::window(courses, period),
        }
    }

    /// Never zero.
    pub(super) fn days(self) -> i32 {
        (self.to - self.from).max(1)
    }

    fn around(start: Day, length: Length) -> Self {
        let from = start.before(length).map_or(0, Day::number);
        let to = start.after(length).map_or(last_day(), Day::number);
        Self { from, to }.widened()
    }

    /// From the first start to the last end of what is supported in the
    /// period or due soon; where nothing is, of everything.
    fn window(courses: &[Course], period: Period) -> Option<Self> {
        let chosen = || courses.iter().filter(|course| matters(course.row, period));
        if chosen().next().is_some() {
            Self::holding(chosen(), period)
        } else {
            Self::holding(courses.iter(), period)
        }
    }

    /// From the first start to the last end of these.
    fn holding<'c>(
        courses: impl Iterator<Item = &'c Course<'c>> + Clone,
        period: Period,
    ) -> Option<Self> {
        let stages = courses.flat_map(|course| &course.stages);
        let days = stages.clone().flat_map(|stage| [stage.from, stage.to]);
        let held = [
            period.valid_from,
            period.next_change.filter(|_| soon(period)),
        ];
        let known = days.chain(held.map(|day| day.map(Day::number))).flatten();
        let (from, to) = bounds(known)?;
        let is_open = stages.clone().any(|stage| stage.to.is_none());
        let room = if is_open {
            ((to - from) / 4).max(60)
        } else {
            0
        };
        let far = Self {
            from,
            to: to.saturating_add(room),
        };
        Some(far.within_sight(anchor(period)).padded().widened())
    }

    fn within_sight(self, start: Option<Day>) -> Self {
        let Some(start) = start else { return self };
        let past = start.before(HORIZON).map_or(0, Day::number);
        let future = start.after(HORIZON).map_or(last_day(), Day::number);
        Self {
            from: self.from.clamp(past, future),
            to: self.to.clamp(past, future),
        }
    }

    fn padded(self) -> Self {
        let pad = self.days() / 100 + 1;
        Self {
            from: (self.from - pad).max(0),
            to: (self.to + pad).min(last_day()),
        }
    }

    fn widened(self) -> Self {
        let missing = (LEAST - self.days()).max(0);
        let from = (self.from - missing / 2).clamp(0, last_day() - LEAST);
        Self {
            from,
            to: self.to.max(from + LEAST),
        }
    }
}

fn last_day() -> i32 {
    Day::new(9999, 12, 31).map_or(i32::MAX, Day::number)
}

fn bounds(days: impl Iterator<Item = i32> + Clone) -> Option<(i32, i32)> {
    days.clone().min().zip(days.max())
}

/// The day by which a period is found in time.
fn anchor(period: Period) -> Option<Day> {
    period.valid_from.or(period.next_change)
}

fn soon(period: Period) -> bool {
    let limit = anchor(period).and_then(|start| start.after(SOON));
    period.next_change <= limit
}

fn matters(row: &Row, period: Period) -> bool {
    match row.status() {
        Status::Supported => true,
        Status::Ended => false,
        Status::Planned | Status::Stabilising => {
            let limit = anchor(period).and_then(|start| start.after(SOON));
            let due = row.release().day();
            due.zip(limit).is_some_and(|(due, limit)| due <= limit)
        }
    }
}
