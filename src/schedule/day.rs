//! Calendar days in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::length::Length;

/// A calendar day in UTC, from 1970-01-01 to 9999-12-31.
///
/// All arithmetic is checked: what would leave that range is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of that year, month (1–12) and day of the month (1–31), if
    /// there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(Self::checked)
    }

    fn checked(date: NaiveDate) -> Option<Self> {
        (1970..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The day that many days after 1970-01-01.
    pub fn from_number(number: i32) -> Option<Self> {
        NaiveDate::from_epoch_days(number).and_then(Self::checked)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The year, 1970–9999.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day `length` later. Months come first, then days; a day that the
    /// month lacks becomes the month's last.
    pub fn after(self, length: Length) -> Option<Self> {
        self.0
            .checked_add_months(Months::new(length.months))?
            .checked_add_days(Days::new(length.days.into()))
            .and_then(Self::checked)
    }

    /// The day `length` earlier.
    pub fn before(self, length: Length) -> Option<Self> {
        self.0
            .checked_sub_months(Months::new(length.months))?
            .checked_sub_days(Days::new(length.days.into()))
            .and_then(Self::checked)
    }

    /// The next day.
    pub fn next(self) -> Option<Self> {
        self.after(Length::days(1))
    }

    /// The day before.
    pub fn previous(self) -> Option<Self> {
        self.before(Length::days(1))
    }

    /// Whether it is a Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The day itself, or the Monday after it when it is a Saturday or Sunday.
    pub fn off_the_weekend(self) -> Option<Self> {
        match self.0.weekday() {
            Weekday::Sat => self.after(Length::days(2)),
            Weekday::Sun => self.after(Length::days(1)),
            _ => Some(self),
        }
    }

    /// Its day of the week.
    pub(super) fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Its week, counted from 1 since the first day of the year.
    pub(super) fn week(self) -> u32 {
        self.0.ordinal0() / 7 + 1
    }

    /// That weekday of its month, from the first to the fifth; where there is
    /// no fifth, the fourth.
    pub(super) fn nth_weekday(self, weekday: Weekday, n: u8) -> Option<Self> {
        let nth = |n| NaiveDate::from_weekday_of_month_opt(self.year(), self.month(), weekday, n);
        nth(n).or_else(|| nth(4)).and_then(Self::checked)
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        self.in_month(31)
    }

    /// The last day of its quarter.
    #[must_use]
    pub fn last_of_quarter(self) -> Self {
        let month = self.month().div_ceil(3) * 3;
        Self::new(self.year(), month, 1).map_or(self, Self::last_of_month)
    }

    /// The last day of its year.
    #[must_use]
    pub fn last_of_year(self) -> Self {
        Self::new(self.year(), 12, 31).unwrap_or(self)
    }

    /// That day of its month, 1–31; a day that the month lacks becomes the
    /// month's last.
    #[must_use]
    pub fn in_month(self, day: u32) -> Self {
        let found = (1..=day).rev().find_map(|day| self.0.with_day(day));
        found.map_or(self, Self)
    }

    /// `20 November 2026`.
    pub fn in_words(self) -> String {
        format!("{} {} {}", self.day(), self.month_name(), self.year())
    }

    /// `20 Nov 2026`.
    pub fn in_short(self) -> String {
        format!("{} {} {}", self.day(), self.month_short(), self.year())
    }

    /// `November`.
    pub fn month_name(self) -> &'static str {
        let number = u8::try_from(self.month()).unwrap_or_default();
        chrono::Month::try_from(number).map_or("", |month| month.name())
    }

    /// `Nov`.
    pub fn month_short(self) -> &'static str {
        &self.month_name()[..3]
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = String;

    /// Reads `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Self, String> {
        let [year, month, day] = digits(text, [4, 2, 2])
            .ok_or_else(|| format!("`{text}` is not a day of the form `YYYY-MM-DD`"))?;
        if !(1970..=9999).contains(&year) {
            return Err(format!("`{text}` is outside the years 1970 to 9999"));
        }
        Self::new(year.cast_signed(), month, day)
            .ok_or_else(|| format!("`{text}` is not a day of the calendar"))
    }
}

/// The earlier of two days, as far as they are known.
pub(super) fn earliest(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    a.into_iter().chain(b).min()
}

/// Fields of exactly so many digits, parted by hyphens.
pub(super) fn digits<const N: usize>(text: &str, widths: [usize; N]) -> Option<[u32; N]> {
    let mut fields = text.split('-');
    let mut values = [0; N];
    for (value, width) in values.iter_mut().zip(widths) {
        let field = fields.next()?;
        let sound = field.len() == width && field.bytes().all(|b| b.is_ascii_digit());
        *value = sound.then(|| field.parse().ok())??;
    }
    fields.next().is_none().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_that_the_month_lacks_becomes_its_last() {
        let start = day("2026-01-31");
        assert_eq!(start.after(Length::months(1)), Some(day("2026-02-28")));
        assert_eq!(start.after(Length::months(2)), Some(day("2026-03-31")));
        assert_eq!(
            day("2024-02-29").after(Length::months(12)),
            Some(day("2025-02-28"))
        );
    }

    #[test]
    fn arithmetic_ends_with_the_calendar() {
        assert_eq!(day("9999-12-31").next(), None);
        assert_eq!(day("1970-01-01").previous(), None);
        assert_eq!(day("9999-01-01").after(Length::months(24)), None);
    }

    #[test]
    fn only_whole_days_are_days() {
        for text in [
            "2026-1-05",
            "2026-02-30",
            "2026-02-03T00:00",
            "1969-12-31",
            "",
            "+026-01-01",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_weekend_gives_way_to_monday() {
        assert_eq!(day("2026-06-20").off_the_weekend(), Some(day("2026-06-22")));
        assert_eq!(day("2026-06-21").off_the_weekend(), Some(day("2026-06-22")));
        assert_eq!(day("2026-06-22").off_the_weekend(), Some(day("2026-06-22")));
    }

    #[test]
    fn numbers_count_from_1970() {
        assert_eq!(day("1970-01-02").number(), 1);
        assert_eq!(
            Day::from_number(20_777).map(|d| d.to_string()),
            Some("2026-11-20".into())
        );
        assert_eq!(Day::from_number(-1), None);
    }
}
