//! Dates as precisely as they are known.

use std::fmt;
use std::str::FromStr;

use super::choice::choice;
use super::day::{Day, digits};
use super::length::Length;

choice! {
    /// How precisely a date is known.
    Precision {
        /// To the day.
        Day = "day",
        /// Some day of a month.
        Month = "month",
        /// Some day of a quarter of a year.
        Quarter = "quarter",
        /// Some day of a year.
        Year = "year",
    }
}

/// A date as precisely as it is known: a day, a month, a quarter or a year.
///
/// Dates are in the order of their last days; of two with the same last day,
/// the more precise comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    last: Day,
    precision: Precision,
}

impl When {
    /// The day itself, or the month, quarter or year that it is in.
    pub fn new(day: Day, precision: Precision) -> Self {
        let last = match precision {
            Precision::Day => day,
            Precision::Month => day.last_of_month(),
            Precision::Quarter => day.last_of_quarter(),
            Precision::Year => day.last_of_year(),
        };
        Self { last, precision }
    }

    /// How precisely it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The day, where it is known.
    pub fn day(self) -> Option<Day> {
        (self.precision == Precision::Day).then_some(self.last)
    }

    /// The first day that it may be.
    pub fn first_day(self) -> Day {
        let month = match self.precision {
            Precision::Day => return self.last,
            Precision::Month => self.last.month(),
            Precision::Quarter => self.last.month() - 2,
            Precision::Year => 1,
        };
        Day::new(self.last.year(), month, 1).unwrap_or(self.last)
    }

    /// The last day that it may be.
    pub fn last_day(self) -> Day {
        self.last
    }

    /// First day on which what is planned for it has come: the day itself, or
    /// the day after the month, quarter or year.
    pub fn comes(self) -> Option<Day> {
        match self.precision {
            Precision::Day => Some(self.last),
            Precision::Month | Precision::Quarter | Precision::Year => self.last.next(),
        }
    }

    /// The date `length` later, as precise as this one, counted from its last
    /// day.
    pub fn after(self, length: Length) -> Option<Self> {
        Some(Self::new(self.last.after(length)?, self.precision))
    }

    /// The date `length` earlier, likewise.
    pub fn before(self, length: Length) -> Option<Self> {
        Some(Self::new(self.last.before(length)?, self.precision))
    }

    /// `20 November 2026`, `November 2026`, `Q4 2026`, `2026`.
    pub fn in_words(self) -> String {
        match self.precision {
            Precision::Day => self.last.in_words(),
            Precision::Month => format!("{} {}", self.last.month_name(), self.last.year()),
            Precision::Quarter | Precision::Year => self.in_short(),
        }
    }

    /// `20 Nov 2026`, `Nov 2026`, `Q4 2026`, `2026`.
    pub fn in_short(self) -> String {
        let (month, year) = (self.last.month_short(), self.last.year());
        match self.precision {
            Precision::Day => self.last.in_short(),
            Precision::Month => format!("{month} {year}"),
            Precision::Quarter => format!("Q{} {year}", self.quarter()),
            Precision::Year => year.to_string(),
        }
    }

    fn quarter(self) -> u32 {
        self.last.month() / 3
    }
}

impl From<Day> for When {
    fn from(day: Day) -> Self {
        Self::new(day, Precision::Day)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.last.year();
        match self.precision {
            Precision::Day => self.last.fmt(f),
            Precision::Month => write!(f, "{year:04}-{:02}", self.last.month()),
            Precision::Quarter => write!(f, "{year:04}-Q{}", self.quarter()),
            Precision::Year => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for When {
    type Err = String;

    /// Reads `YYYY-MM-DD`, `YYYY-MM`, `YYYY-Q1` or `YYYY`.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() > 7 {
            return text.parse().map(Day::into);
        }
        let start = |year: u32, month| Day::new(i32::try_from(year).ok()?, month, 1);
        let quarter = || {
            let (year, quarter) = text.split_once("-Q")?;
            let ([year], [quarter]) = (digits(year, [4])?, digits(quarter, [1])?);
            let day = start(year, (quarter * 3).checked_sub(2)?)?;
            Some(Self::new(day, Precision::Quarter))
        };
        let month = || {
            let [year, month] = digits(text, [4, 2])?;
            Some(Self::new(start(year, month)?, Precision::Month))
        };
        let year = || {
            let [year] = digits(text, [4])?;
            Some(Self::new(start(year, 1)?, Precision::Year))
        };
        month().or_else(quarter).or_else(year).ok_or_else(|| {
            format!("`{text}` is not a day, month, quarter or year: `2026-10-28`, `2026-10`, `2026-Q4` or `2026`")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_is_written_as_it_was_read() {
        for (text, words, short) in [
            ("2026-11-20", "20 November 2026", "20 Nov 2026"),
            ("2028-02", "February 2028", "Feb 2028"),
            ("2028-Q1", "Q1 2028", "Q1 2028"),
            ("2028", "2028", "2028"),
        ] {
            assert_eq!(when(text).to_string(), text);
            assert_eq!(when(text).in_words(), words);
            assert_eq!(when(text).in_short(), short);
        }
        for text in [
            "", "2028-13", "2028-Q5", "2028-Q0", "28", "2028-q1", "1969", "2028-1",
        ] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_comes_after_its_last() {
        let comes = |text: &str| when(text).comes().map(|day| day.to_string());
        assert_eq!(comes("2028-02").as_deref(), Some("2028-03-01"));
        assert_eq!(comes("2028-Q2").as_deref(), Some("2028-07-01"));
        assert_eq!(comes("2028").as_deref(), Some("2029-01-01"));
        assert_eq!(comes("2028-02-03").as_deref(), Some("2028-02-03"));
        assert_eq!(when("9999").comes(), None);
        assert_eq!(when("2028-Q3").first_day().to_string(), "2028-07-01");
    }

    #[test]
    fn lengths_are_counted_from_the_last_day() {
        let later = |text: &str, months| when(text).after(Length::months(months));
        assert_eq!(later("2027-02", 24), Some(when("2029-02")));
        assert_eq!(later("2027-02", 1), Some(when("2027-03")));
        assert_eq!(later("2027-Q1", 3), Some(when("2027-Q2")));
        assert_eq!(later("2027", 24), Some(when("2029")));
        assert_eq!(
            when("2027-03").before(Length::days(31)),
            Some(when("2027-02"))
        );
    }
}
