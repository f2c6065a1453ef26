//! The axis: steps of the calendar, in two tiers.

use crate::schedule::{Day, Length};

use super::time_range::TimeRange;
use crate::views::text_metrics::{Px, px};

/// Where lines and labels stand along time.
#[derive(Default)]
pub(super) struct Axis {
    /// The month or year that the range begins in, when it is named so.
    pub(super) opening: Option<String>,
    /// The upper tier: years, or months when days are marked.
    pub(super) upper: Vec<Mark>,
    /// The lower tier, without what the upper one marks.
    pub(super) lower: Vec<Mark>,
    /// Days of the thinnest lines.
    pub(super) minor: Vec<i32>,
}

/// A labelled day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Days since 1970-01-01.
    pub(super) day: i32,
    pub(super) text: String,
}

/// A step of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Every day, or the 1st, 8th, 15th and 22nd, or the 1st and 15th.
    Days(u32),
    /// Months that are multiples, counted from the year 0.
    Months(u32),
}

const fn years(count: u32) -> Step {
    Step::Months(12 * count)
}

/// From fine to coarse, each with the room that its labels need, in pixels,
/// and the step of the thin lines between. Those beyond ten years are for ends
/// that are meant to be never.
const STEPS: [(Step, i32, Option<Step>); 18] = [
    (Step::Days(1), 24, None),
    (Step::Days(7), 24, Some(Step::Days(1))),
    (Step::Days(14), 40, Some(Step::Days(7))),
    (Step::Months(1), 34, None),
    (Step::Months(3), 38, Some(Step::Months(1))),
    (Step::Months(6), 38, Some(Step::Months(3))),
    (years(1), 46, Some(Step::Months(6))),
    (years(2), 46, Some(years(1))),
    (years(5), 46, Some(years(1))),
    (years(10), 46, Some(years(5))),
    (years(20), 46, None),
    (years(50), 46, None),
    (years(100), 46, None),
    (years(200), 46, None),
    (years(500), 46, None),
    (years(1000), 46, None),
    (years(2000), 46, None),
    (years(5000), 0, None),
];

impl Step {
    /// The least number of days from one to the next.
    fn days(self) -> i64 {
        match self {
            Self::Days(1) => 1,
            Self::Days(14) => 14,
            Self::Days(_) => 7,
            Self::Months(months @ ..12) => i64::from(months) * 365 / 12 - 2,
            Self::Months(months) => i64::from(months) / 12 * 365,
        }
    }

    /// The step that the upper tier takes above this one.
    fn above(self) -> Self {
        match self {
            Self::Days(_) => Self::Months(1),
            Self::Months(months) => Self::Months(months.max(12)),
        }
    }

    fn holds(self, day: Day) -> bool {
        match self {
            Self::Days(1) => true,
            Self::Days(14) => matches!(day.day(), 1 | 15),
            Self::Days(_) => matches!(day.day(), 1 | 8 | 15 | 22),
            Self::Months(months) => {
                let month = day.year().cast_unsigned() * 12 + day.month() - 1;
                day.day() == 1 && month.is_multiple_of(months)
            }
        }
    }

    /// All days within the range on which it holds.
    fn within(self, range: TimeRange) -> impl Iterator<Item = Day> {
        let first = Day::from_number(range.from);
        let (start, stride) = match self {
            Self::Days(_) => (first, Length::days(1)),
            Self::Months(months) => (
                first.and_then(|day| Day::new(day.year(), 1, 1)),
                Length::months(months.min(12)),
            ),
        };
        std::iter::successors(start, move |day| day.after(stride))
            .take_while(move |day| day.number() <= range.measured)
            .filter(move |day| day.number() >= range.from && self.holds(*day))
    }

    /// As the lower tier writes it.
    fn label(self, day: Day) -> String {
        match self {
            Self::Days(_) => day.day().to_string(),
            Self::Months(..12) => day.month_short().to_owned(),
            Self::Months(_) => day.year().to_string(),
        }
    }

    /// As the upper tier writes it.
    fn heading(self, day: Day) -> String {
        match self {
            Self::Months(..12) => format!("{} {}", day.month_short(), day.year()),
            _ => day.year().to_string(),
        }
    }

    /// The month or year that the range begins in.
    fn opening(self, range: TimeRange) -> Option<String> {
        let first = Day::from_number(range.from)?;
        let is_named = matches!(self, Self::Months(..=12));
        (is_named && !self.holds(first)).then(|| self.heading(first))
    }
}

impl Axis {
    /// The first steps whose labels fit when the range is that wide.
    pub(super) fn new(range: TimeRange, width: Px) -> Self {
        let room = |step: Step| step.days() * i64::from(width) / i64::from(range.days());
        let fits = |(step, need, _): &(Step, i32, _)| room(*step) >= px(*need).into();
        let fitting = STEPS.into_iter().find(fits);
        let (step, _, minor) = fitting.unwrap_or(STEPS[STEPS.len() - 1]);
        let minor = minor.filter(|minor| room(*minor) >= px(6).into());
        let upper = step.above();
        let lower = step.within(range).filter(|day| !upper.holds(*day));
        let minor = minor.into_iter().flat_map(|minor| minor.within(range));
        Self {
            opening: upper.opening(range),
            upper: marks(upper.within(range), |day| upper.heading(day)),
            lower: marks(lower, |day| step.label(day)),
            minor: minor
                .filter(|day| !step.holds(*day) && !upper.holds(*day))
                .map(Day::number)
                .collect(),
        }
    }
}

fn marks(days: impl Iterator<Item = Day>, text: impl Fn(Day) -> String) -> Vec<Mark> {
    days.map(|day| Mark {
        day: day.number(),
        text: text(day),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str) -> TimeRange {
        let number = |text: &str| text.parse::<Day>().unwrap().number();
        TimeRange::measured(number(from), number(to))
    }

    fn texts(marks: &[Mark]) -> Vec<&str> {
        marks.iter().map(|mark| &*mark.text).collect()
    }

    #[test]
    fn three_years_on_a_wide_chart_are_marked_by_quarters() {
        let axis = Axis::new(range("2025-08-01", "2028-08-25"), px(600));
        assert_eq!(axis.opening.as_deref(), Some("2025"));
        assert_eq!(texts(&axis.upper), ["2026", "2027", "2028"]);
        assert_eq!(texts(&axis.lower)[..4], ["Oct", "Apr", "Jul", "Oct"]);
        assert_eq!(axis.minor.len(), 25);
    }

    #[test]
    fn a_month_is_marked_by_weeks_that_begin_with_it() {
        let axis = Axis::new(range("2026-11-05", "2026-12-20"), px(300));
        assert_eq!(axis.opening.as_deref(), Some("Nov 2026"));
        assert_eq!(texts(&axis.upper), ["Dec 2026"]);
        assert_eq!(texts(&axis.lower), ["8", "15", "22", "8", "15"]);
    }

    #[test]
    fn decades_are_marked_by_years_in_one_tier() {
        let axis = Axis::new(range("1990-01-01", "2040-01-01"), px(300));
        assert_eq!(texts(&axis.upper)[..2], ["1990", "2000"]);
        assert!(axis.lower.is_empty());
    }

    #[test]
    fn labels_have_their_room_whatever_the_range() {
        for days in (1..4000).chain([100_000, 2_900_000]) {
            let range = TimeRange::measured(9_000, 9_000 + days);
            let axis = Axis::new(range, px(320));
            let place = |day: i32| i64::from(day - range.from) * 3200 / i64::from(days);
            for pair in axis.lower.windows(2) {
                assert!(
                    place(pair[1].day) - place(pair[0].day) >= 190,
                    "{days} days"
                );
            }
            assert!(axis.upper.len() + axis.lower.len() < 24, "{days} days");
        }
    }
}
