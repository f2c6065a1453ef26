//! The axis: steps of the calendar, in two tiers.

use crate::schedule::{Day, Length};

use super::stretch::Stretch;
use crate::views::lettering::{Px, px};

/// Where lines and labels stand along time.
#[derive(Default)]
pub(super) struct Axis {
    /// The month or year that the stretch begins in, when it is named so.
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
    /// Months of the year.
    Months(u32),
    /// Years that are multiples.
    Years(u32),
}

/// From fine to coarse, each with the room that its labels need, in pixels,
/// and the step of the thin lines between.
const STEPS: [(Step, i32, Option<Step>); 10] = [
    (Step::Days(1), 24, None),
    (Step::Days(7), 24, Some(Step::Days(1))),
    (Step::Days(14), 40, Some(Step::Days(7))),
    (Step::Months(1), 34, None),
    (Step::Months(3), 38, Some(Step::Months(1))),
    (Step::Months(6), 38, Some(Step::Months(3))),
    (Step::Years(1), 46, Some(Step::Months(6))),
    (Step::Years(2), 46, Some(Step::Years(1))),
    (Step::Years(5), 46, Some(Step::Years(1))),
    (Step::Years(10), 46, Some(Step::Years(5))),
];

impl Step {
    /// The least number of days from one to the next.
    fn days(self) -> i64 {
        match self {
            Self::Days(1) => 1,
            Self::Days(14) => 14,
            Self::Days(_) => 7,
            Self::Months(months) => i64::from(months) * 365 / 12 - 2,
            Self::Years(years) => i64::from(years) * 365,
        }
    }

    /// The step that the upper tier takes above this one.
    fn above(self) -> Self {
        match self {
            Self::Days(_) => Self::Months(1),
            Self::Months(_) => Self::Years(1),
            Self::Years(_) => self,
        }
    }

    fn holds(self, day: Day) -> bool {
        match self {
            Self::Days(1) => true,
            Self::Days(14) => matches!(day.day(), 1 | 15),
            Self::Days(_) => matches!(day.day(), 1 | 8 | 15 | 22),
            Self::Months(months) => day.day() == 1 && (day.month() - 1).is_multiple_of(months),
            Self::Years(years) => {
                day.day() == 1
                    && day.month() == 1
                    && day.year().cast_unsigned().is_multiple_of(years)
            }
        }
    }

    /// From one day that may hold to the next.
    fn stride(self) -> Length {
        match self {
            Self::Days(_) => Length::days(1),
            Self::Months(_) => Length::months(1),
            Self::Years(_) => Length::months(12),
        }
    }

    /// The last day, not after that one, from which strides lead only to days
    /// that may hold.
    fn start(self, day: Day) -> Day {
        match self {
            Self::Days(_) => day,
            Self::Months(_) => day.first_of_month(),
            Self::Years(_) => Day::new(day.year(), 1, 1).unwrap_or(day),
        }
    }

    /// All days within the stretch on which it holds.
    fn within(self, stretch: Stretch) -> impl Iterator<Item = Day> {
        let start = Day::from_number(stretch.from).map(|day| self.start(day));
        std::iter::successors(start, move |day| day.after(self.stride()))
            .take_while(move |day| day.number() <= stretch.to)
            .filter(move |day| day.number() >= stretch.from && self.holds(*day))
    }

    fn label(self, day: Day) -> String {
        match self {
            Self::Days(_) => day.day().to_string(),
            Self::Months(_) => day.month_short().to_owned(),
            Self::Years(_) => day.year().to_string(),
        }
    }

    /// As the upper tier writes it.
    fn heading(self, day: Day) -> String {
        match self {
            Self::Months(_) => format!("{} {}", day.month_short(), day.year()),
            _ => day.year().to_string(),
        }
    }

    /// The month or year that the stretch begins in.
    fn opening(self, stretch: Stretch) -> Option<String> {
        let first = Day::from_number(stretch.from)?;
        let named = matches!(self, Self::Months(_) | Self::Years(1));
        (named && !self.holds(first)).then(|| self.heading(first))
    }
}

impl Axis {
    /// The first steps whose labels fit when the stretch is that wide.
    pub(super) fn new(stretch: Stretch, width: Px) -> Self {
        let room = |step: Step| step.days() * i64::from(width) / i64::from(stretch.days());
        let fits = |(step, need, _): &&(Step, i32, Option<Step>)| room(*step) >= px(*need).into();
        let (step, minor) = STEPS.iter().find(fits).map_or_else(
            || (coarse(|step| room(step) >= px(46).into()), None),
            |(step, _, minor)| (*step, minor.filter(|minor| room(*minor) >= px(6).into())),
        );
        let upper = step.above();
        let mark = |day: Day, text| Mark {
            day: day.number(),
            text,
        };
        let below = step.within(stretch).filter(|day| !upper.holds(*day));
        let thin = minor.into_iter().flat_map(|minor| minor.within(stretch));
        Self {
            opening: upper.opening(stretch),
            upper: upper
                .within(stretch)
                .map(|day| mark(day, upper.heading(day)))
                .collect(),
            lower: below.map(|day| mark(day, step.label(day))).collect(),
            minor: thin
                .filter(|day| !step.holds(*day) && !upper.holds(*day))
                .map(Day::number)
                .collect(),
        }
    }
}

/// Steps beyond the usual ones, for ends that are meant to be never.
fn coarse(fits: impl Fn(Step) -> bool) -> Step {
    let steps = [20, 50, 100, 200, 500, 1000, 2000].map(Step::Years);
    steps
        .into_iter()
        .find(|step| fits(*step))
        .unwrap_or(Step::Years(5000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(from: &str, to: &str) -> Stretch {
        let number = |text: &str| text.parse::<Day>().unwrap().number();
        Stretch {
            from: number(from),
            to: number(to),
        }
    }

    fn texts(marks: &[Mark]) -> Vec<&str> {
        marks.iter().map(|mark| &*mark.text).collect()
    }

    #[test]
    fn three_years_on_a_wide_chart_are_marked_by_quarters() {
        let axis = Axis::new(stretch("2025-08-01", "2028-08-25"), px(600));
        assert_eq!(axis.opening.as_deref(), Some("2025"));
        assert_eq!(texts(&axis.upper), ["2026", "2027", "2028"]);
        assert_eq!(texts(&axis.lower)[..4], ["Oct", "Apr", "Jul", "Oct"]);
        assert_eq!(axis.minor.len(), 25);
    }

    #[test]
    fn a_month_is_marked_by_weeks_that_begin_with_it() {
        let axis = Axis::new(stretch("2026-11-05", "2026-12-20"), px(300));
        assert_eq!(axis.opening.as_deref(), Some("Nov 2026"));
        assert_eq!(texts(&axis.upper), ["Dec 2026"]);
        assert_eq!(texts(&axis.lower), ["8", "15", "22", "8", "15"]);
    }

    #[test]
    fn decades_are_marked_by_years_in_one_tier() {
        let axis = Axis::new(stretch("1990-01-01", "2040-01-01"), px(300));
        assert_eq!(texts(&axis.upper)[..2], ["1990", "2000"]);
        assert!(axis.lower.is_empty());
    }

    #[test]
    fn labels_have_their_room_whatever_the_stretch() {
        for days in (1..4000).chain([100_000, 2_900_000]) {
            let stretch = Stretch {
                from: 9_000,
                to: 9_000 + days,
            };
            let axis = Axis::new(stretch, px(320));
            let place = |day: i32| i64::from(day - stretch.from) * 3200 / i64::from(days);
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
