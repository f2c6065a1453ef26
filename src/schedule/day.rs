//! Calendar days in UTC, and lengths of time made of months and days.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

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

    /// The day itself, or the Monday after it when it is a Saturday or Sunday.
    pub fn off_the_weekend(self) -> Option<Self> {
        match self.0.weekday() {
            Weekday::Sat => self.after(Length::days(2)),
            Weekday::Sun => self.after(Length::days(1)),
            _ => Some(self),
        }
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        self.in_month(31)
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

/// A month of a year, for ends whose day nobody has announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Day);

impl Month {
    /// Its last day.
    pub fn last_day(self) -> Day {
        self.0.last_of_month()
    }

    /// Its first day.
    pub fn first_day(self) -> Day {
        self.0
    }

    /// `October 2030`.
    pub fn in_words(self) -> String {
        format!("{} {}", self.0.month_name(), self.0.year())
    }

    /// `Oct 2030`.
    pub fn in_short(self) -> String {
        format!("{} {}", self.0.month_short(), self.0.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = String;

    /// Reads `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, String> {
        digits(text, [4, 2])
            .and_then(|[year, month]| Day::new(year.cast_signed(), month, 1))
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not a month of the form `YYYY-MM`"))
    }
}

/// Fields of exactly so many digits, parted by hyphens.
fn digits<const N: usize>(text: &str, widths: [usize; N]) -> Option<[u32; N]> {
    let mut fields = text.split('-');
    let mut values = [0; N];
    for (value, width) in values.iter_mut().zip(widths) {
        let field = fields.next()?;
        let sound = field.len() == width && field.bytes().all(|b| b.is_ascii_digit());
        *value = sound.then(|| field.parse().ok())??;
    }
    fields.next().is_none().then_some(values)
}

/// A length of time in calendar months and days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    months: u32,
    days: u32,
}

impl Length {
    /// So many days.
    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// So many months.
    pub const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// Whether it is made of whole months.
    pub fn is_months(self) -> bool {
        self.days == 0 && self.months > 0
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    /// That many times this length.
    pub fn times(self, factor: u32) -> Option<Self> {
        Some(Self {
            months: self.months.checked_mul(factor)?,
            days: self.days.checked_mul(factor)?,
        })
    }

    /// This length and then another, so that several in a row are counted
    /// from one day and never drift.
    pub fn and(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
        })
    }
}

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

/// The place of a name in a list of names.
fn place_of(name: &str, names: &[&str]) -> Option<u8> {
    let place = names.iter().position(|other| *other == name)?;
    u8::try_from(place).ok()
}

impl WeekdayOfMonth {
    /// That day of the month that `day` is in.
    pub fn of_month(self, day: Day) -> Option<Day> {
        let (year, month) = (day.year(), day.month());
        let nth = |n| NaiveDate::from_weekday_of_month_opt(year, month, self.weekday, n);
        // The last one is the fifth, where the month has five.
        let found = nth(self.ordinal + 1).or_else(|| nth(4));
        found.and_then(Day::checked)
    }
}

impl fmt::Display for WeekdayOfMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ordinal = ORDINALS[usize::from(self.ordinal)];
        let weekday = WEEKDAYS[self.weekday.num_days_from_monday() as usize];
        write!(f, "{ordinal} {weekday}")
    }
}

impl FromStr for WeekdayOfMonth {
    type Err = String;

    /// Reads an ordinal and a weekday: `second tuesday`, `last friday`.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = text.split_once(' ').and_then(|(ordinal, weekday)| {
            let ordinal = place_of(ordinal, &ORDINALS)?;
            let weekday = Weekday::try_from(place_of(weekday, &WEEKDAYS)?).ok()?;
            Some(Self { ordinal, weekday })
        });
        read.ok_or_else(|| {
            format!("`{text}` is not a day of a month such as `second tuesday` or `last friday`")
        })
    }
}

/// To which later day the end of a phase moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// The last of its month.
    MonthEnd,
    /// The 31st of December.
    YearEnd,
    /// The next day of that number, 1–31.
    Day(u32),
}

impl Round {
    /// The first such day from `day` on.
    pub fn from_on(self, day: Day) -> Option<Day> {
        match self {
            Self::MonthEnd => Some(day.last_of_month()),
            Self::YearEnd => Some(day.last_of_year()),
            Self::Day(number) => {
                let next = || day.in_month(1).after(Length::months(1));
                let here = Some(day.in_month(number)).filter(|here| *here >= day);
                here.or_else(|| Some(next()?.in_month(number)))
            }
        }
    }
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MonthEnd => f.write_str("month-end"),
            Self::YearEnd => f.write_str("year-end"),
            Self::Day(number) => write!(f, "day {number}"),
        }
    }
}

impl FromStr for Round {
    type Err = String;

    /// Reads `month-end`, `year-end` or `day 28`.
    fn from_str(text: &str) -> Result<Self, String> {
        let number = || text.strip_prefix("day ")?.parse().ok();
        match (text, number()) {
            ("month-end", _) => Ok(Self::MonthEnd),
            ("year-end", _) => Ok(Self::YearEnd),
            (_, Some(number @ 1..=31)) => Ok(Self::Day(number)),
            _ => Err(format!(
                "`{text}` is not `month-end`, `year-end` or such as `day 28`"
            )),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self.months {
            0 => (self.days, "day"),
            months => (months, "month"),
        };
        let ending = if number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{ending}")
    }
}

impl FromStr for Length {
    type Err = String;

    /// Reads a number and a unit: `15 days`, `6 weeks`, `1 month`, `2 years`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not a length such as `15 days`, `6 weeks`, `24 months` or `2 years`"
            )
        };
        let (number, unit) = text.split_once(' ').ok_or_else(wrong)?;
        let number = number.parse().map_err(|_| wrong())?;
        let one = match unit {
            "day" | "days" => Self::days(1),
            "week" | "weeks" => Self::days(7),
            "month" | "months" => Self::months(1),
            "year" | "years" => Self::months(12),
            _ => return Err(wrong()),
        };
        let length = one.times(number);
        length
            .filter(|length| length.days.max(length.months) <= 4_000_000)
            .ok_or_else(|| format!("`{text}` is longer than the calendar"))
    }
}

/// How long before another day: `15 days before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before(pub Length);

impl fmt::Display for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} before", self.0)
    }
}

impl FromStr for Before {
    type Err = String;

    /// Reads a length and `before`.
    fn from_str(text: &str) -> Result<Self, String> {
        let length = text.strip_suffix(" before").map(str::parse);
        match length {
            Some(Ok(length)) => Ok(Self(length)),
            _ => Err(format!("`{text}` is not a length such as `15 days before`")),
        }
    }
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
    fn a_month_is_known_by_its_last_day() {
        let month: Month = "2028-02".parse().unwrap();
        assert_eq!(month.last_day(), day("2028-02-29"));
        assert_eq!(month.in_words(), "February 2028");
        assert_eq!(
            "9999-12".parse::<Month>().unwrap().last_day(),
            day("9999-12-31")
        );
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

    #[test]
    fn a_weekend_gives_way_to_monday() {
        assert_eq!(day("2026-06-20").off_the_weekend(), Some(day("2026-06-22")));
        assert_eq!(day("2026-06-21").off_the_weekend(), Some(day("2026-06-22")));
        assert_eq!(day("2026-06-22").off_the_weekend(), Some(day("2026-06-22")));
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
        let round = |round: &str, from: &str| round.parse::<Round>().unwrap().from_on(day(from));
        assert_eq!(round("month-end", "2028-02-10"), Some(day("2028-02-29")));
        assert_eq!(round("year-end", "2026-12-31"), Some(day("2026-12-31")));
        assert_eq!(round("day 28", "2026-04-17"), Some(day("2026-04-28")));
        assert_eq!(round("day 28", "2026-04-29"), Some(day("2026-05-28")));
        assert_eq!(round("day 31", "2026-02-03"), Some(day("2026-02-28")));
        for text in ["", "day", "day 0", "day 32", "week-end", "day 2.5"] {
            assert!(text.parse::<Round>().is_err(), "{text}");
        }
    }

    #[test]
    fn lengths_are_a_number_and_a_unit() {
        assert_eq!("6 weeks".parse(), Ok(Length::days(42)));
        assert_eq!("2 years".parse(), Ok(Length::months(24)));
        for text in [
            "",
            "month",
            "1.5 months",
            "-1 days",
            "1  day",
            "2 moons",
            "9999999999 days",
        ] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }
}
