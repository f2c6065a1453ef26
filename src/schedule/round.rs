//! Days that recur: weekdays of a month, and the days to which ends move.

use std::fmt;
use std::str::FromStr;

use chrono::Weekday;

use super::choice::Choice;
use super::day::Day;
use super::length::Length;
use super::when::{Precision, When};

/// A day of a month by its weekday: the second Tuesday, the last Friday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekdayOfMonth {
    /// Its place among the [`ORDINALS`].
    ordinal: u8,
    weekday: Weekday,
}

const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "last"];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The place of a name in a list of names.
fn place_of(name: &str, names: &[&str]) -> Option<u8> {
    let place = names.iter().position(|other| *other == name)?;
    u8::try_from(place).ok()
}

fn weekday(name: &str) -> Option<Weekday> {
    Weekday::try_from(place_of(name, &WEEKDAYS)?).ok()
}

fn name_of(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.num_days_from_monday() as usize]
}

impl WeekdayOfMonth {
    /// That day of the month that `day` is in.
    pub fn of_month(self, day: Day) -> Option<Day> {
        // The last one is the fifth, where the month has five.
        day.nth_weekday(self.weekday, self.ordinal + 1)
    }
}

impl fmt::Display for WeekdayOfMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ordinal = ORDINALS[usize::from(self.ordinal)];
        write!(f, "{ordinal} {}", name_of(self.weekday))
    }
}

impl FromStr for WeekdayOfMonth {
    type Err = String;

    /// Reads an ordinal and a weekday: `second tuesday`, `last friday`.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = text.split_once(' ').and_then(|(ordinal, weekday)| {
            let ordinal = place_of(ordinal, &ORDINALS)?;
            let weekday = self::weekday(weekday)?;
            Some(Self { ordinal, weekday })
        });
        read.ok_or_else(|| {
            format!("`{text}` is not a day of a month such as `second tuesday` or `last friday`")
        })
    }
}

/// To which later day the end of a phase moves, or how precisely it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// The last day of its month, quarter or year.
    EndOf(Precision),
    /// No day at all: its month, quarter or year.
    Within(Precision),
    /// The next day of that number, 1–31.
    Day(u32),
    /// The next such weekday.
    Weekday(Weekday),
    /// The next such day of a month.
    OfMonth(WeekdayOfMonth),
    /// The next such day of that month, 1–12.
    OfYear(WeekdayOfMonth, u32),
}

const MONTH: Length = Length::months(1);

impl Round {
    /// The first such day from `day` on, or the month, quarter or year that
    /// `day` is in.
    pub fn from_on(self, day: Day) -> Option<When> {
        let found = match self {
            Self::EndOf(precision) => Some(When::new(day, precision).last_day()),
            Self::Within(precision) => return Some(When::new(day, precision)),
            Self::Day(number) => first_from(day, MONTH, |month| Some(month.in_month(number))),
            Self::Weekday(weekday) => {
                let mut days = (0..7).filter_map(|n| day.after(Length::days(n)));
                days.find(|day| day.weekday() == weekday)
            }
            Self::OfMonth(on) => first_from(day, MONTH, |month| on.of_month(month)),
            Self::OfYear(on, number) => first_from(day, Length::months(12), |year| {
                on.of_month(Day::new(year.year(), number, 1)?)
            }),
        };
        found.map(When::from)
    }
}

/// The first of such days, one for each month or year, that is not before
/// `day`.
fn first_from(day: Day, every: Length, of: impl Fn(Day) -> Option<Day>) -> Option<Day> {
    let here = of(day).filter(|here| *here >= day);
    here.or_else(|| of(day.in_month(1).after(every)?))
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndOf(precision) => write!(f, "{}-end", precision.as_str()),
            Self::Within(precision) => f.write_str(precision.as_str()),
            Self::Day(number) => write!(f, "day {number}"),
            Self::Weekday(weekday) => f.write_str(name_of(*weekday)),
            Self::OfMonth(on) => on.fmt(f),
            Self::OfYear(on, month) => {
                let month = MONTHS[*month as usize - 1];
                write!(f, "{on} of {month}")
            }
        }
    }
}

impl FromStr for Round {
    type Err = String;

    /// Reads `month-end`, `quarter-end`, `year-end`, `month`, `quarter`,
    /// `year`, `day 28`, `tuesday`, `second tuesday` or `second thursday of
    /// november`.
    fn from_str(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| {
            format!(
                "`{text}` is not `month-end`, `quarter-end`, `year-end`, `month`, `quarter`, \
                 `year`, or such as `day 28`, `tuesday`, `second tuesday` or \
                 `second thursday of november`"
            )
        })
    }
}

impl Round {
    fn read(text: &str) -> Option<Self> {
        let precision = |text: &str| {
            let coarse = Precision::ALL[1..].iter();
            let mut known = coarse.filter(|(word, _)| *word == text);
            known.next().map(|(_, precision)| *precision)
        };
        if let Some(number) = text.strip_prefix("day ") {
            let number = number.parse().ok()?;
            return (1..=31).contains(&number).then_some(Self::Day(number));
        }
        if let Some((on, month)) = text.split_once(" of ") {
            let month = u32::from(place_of(month, &MONTHS)?) + 1;
            return Some(Self::OfYear(on.parse().ok()?, month));
        }
        let end = text.strip_suffix("-end").and_then(precision);
        end.map(Self::EndOf)
            .or_else(|| precision(text).map(Self::Within))
            .or_else(|| weekday(text).map(Self::Weekday))
            .or_else(|| text.parse().ok().map(Self::OfMonth))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekday_of_a_month_is_found_in_every_month() {
        let second: WeekdayOfMonth = "second tuesday".parse().unwrap();
        // A month that begins on a Tuesday has its second one on the 8th.
        assert_eq!(second.of_month(day("2026-09-30")), Some(day("2026-09-08")));
        assert_eq!(second.of_month(day("2026-10-01")), Some(day("2026-10-13")));
        let last: WeekdayOfMonth = "last friday".parse().unwrap();
        assert_eq!(last.of_month(day("2026-02-01")), Some(day("2026-02-27")));
        assert_eq!(last.of_month(day("2026-01-01")), Some(day("2026-01-30")));
        assert_eq!(last.to_string(), "last friday");
        for text in [
            "",
            "tuesday",
            "fifth tuesday",
            "second  tuesday",
            "second moonday",
            "Second Tuesday",
        ] {
            assert!(text.parse::<WeekdayOfMonth>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_end_is_rounded_to_a_later_day() {
        let round = |round: &str, from: &str| {
            round
                .parse::<Round>()
                .unwrap()
                .from_on(day(from))
                .and_then(When::day)
        };
        assert_eq!(round("month-end", "2028-02-10"), Some(day("2028-02-29")));
        assert_eq!(round("year-end", "2026-12-31"), Some(day("2026-12-31")));
        assert_eq!(round("day 28", "2026-04-17"), Some(day("2026-04-28")));
        assert_eq!(round("day 28", "2026-04-29"), Some(day("2026-05-28")));
        assert_eq!(round("quarter-end", "2026-04-01"), Some(day("2026-06-30")));
        assert_eq!(round("tuesday", "2026-11-10"), Some(day("2026-11-10")));
        assert_eq!(round("tuesday", "2026-11-11"), Some(day("2026-11-17")));
        assert_eq!(
            round("second tuesday", "2026-11-11"),
            Some(day("2026-12-08"))
        );
        let autumn = "second thursday of november";
        assert_eq!(round(autumn, "2026-11-12"), Some(day("2026-11-12")));
        assert_eq!(round(autumn, "2026-11-13"), Some(day("2027-11-11")));
        assert_eq!(round(autumn, "2026-01-31"), Some(day("2026-11-12")));
        let quarter = "quarter".parse::<Round>().unwrap();
        assert_eq!(quarter.from_on(day("2026-11-13")), "2026-Q4".parse().ok());
        for text in [
            "quarter-end",
            "year",
            "day 28",
            autumn,
            "last friday",
            "sunday",
        ] {
            assert_eq!(text.parse::<Round>().unwrap().to_string(), text);
        }
        assert_eq!(round("day 31", "2026-02-03"), Some(day("2026-02-28")));
        for text in [
            "",
            "day",
            "day 0",
            "day 32",
            "week-end",
            "day 2.5",
            "day-end",
            "second tuesday of may ",
            "tuesday of may",
        ] {
            assert!(text.parse::<Round>().is_err(), "{text}");
        }
    }
}
