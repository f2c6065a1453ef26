//! Versions that a calendar writes: `24.04`, `2024.1`.

use std::fmt;
use std::str::FromStr;

use super::day::Day;
use super::text::Label;
use super::version::Version;
use super::when::Precision;

/// How the versions of trains are written from their days: `YY.0M`, in the
/// tokens of calver.org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionPattern {
    text: Label,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// A part of a date.
    Date(Token),
    /// Any other character.
    Text(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    LongYear,
    ShortYear,
    PaddedYear,
    Month,
    PaddedMonth,
    Week,
    PaddedWeek,
    Day,
    PaddedDay,
}

/// Longer ones come before those that they begin with. Years are short by
/// 2000; weeks count since the start of the year.
const TOKENS: [(&str, Token); 9] = [
    ("YYYY", Token::LongYear),
    ("YY", Token::ShortYear),
    ("0Y", Token::PaddedYear),
    ("MM", Token::Month),
    ("0M", Token::PaddedMonth),
    ("WW", Token::Week),
    ("0W", Token::PaddedWeek),
    ("DD", Token::Day),
    ("0D", Token::PaddedDay),
];

impl Token {
    fn write(self, day: Day) -> String {
        let year = match day.year() {
            year @ ..2000 => year % 100,
            year => year - 2000,
        };
        match self {
            Self::LongYear => day.year().to_string(),
            Self::ShortYear => year.to_string(),
            Self::PaddedYear => format!("{year:02}"),
            Self::Month => day.month().to_string(),
            Self::PaddedMonth => format!("{:02}", day.month()),
            Self::Week => day.week().to_string(),
            Self::PaddedWeek => format!("{:02}", day.week()),
            Self::Day => day.day().to_string(),
            Self::PaddedDay => format!("{:02}", day.day()),
        }
    }

    /// How precisely a date must be known for it to be written.
    fn precision(self) -> Precision {
        match self {
            Self::LongYear | Self::ShortYear | Self::PaddedYear => Precision::Year,
            Self::Month | Self::PaddedMonth => Precision::Month,
            Self::Week | Self::PaddedWeek | Self::Day | Self::PaddedDay => Precision::Day,
        }
    }
}

impl VersionPattern {
    /// The version of the train of that day.
    pub fn write(&self, day: Day) -> Option<Version> {
        let parts = self.parts.iter().map(|part| match part {
            Part::Date(token) => token.write(day),
            Part::Text(c) => c.to_string(),
        });
        parts.collect::<String>().parse().ok()
    }

    /// How precisely the days of trains must be known.
    pub fn precision(&self) -> Precision {
        let precisions = self.parts.iter().filter_map(|part| match part {
            Part::Date(token) => Some(token.precision()),
            Part::Text(_) => None,
        });
        precisions.min().unwrap_or(Precision::Year)
    }
}

impl fmt::Display for VersionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl FromStr for VersionPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut tokens = TOKENS.iter();
            match tokens.find(|(word, _)| rest.starts_with(word)) {
                Some((word, token)) => {
                    parts.push(Part::Date(*token));
                    rest = &rest[word.len()..];
                }
                None if "YMWD".contains(c) => return Err(not_of_a_date(text)),
                None => {
                    parts.push(Part::Text(c));
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        if !parts.iter().any(|part| matches!(part, Part::Date(_))) {
            return Err(not_of_a_date(text));
        }
        let text = text.parse()?;
        Ok(Self { text, parts })
    }
}

fn not_of_a_date(text: &str) -> String {
    let words: Vec<_> = TOKENS.iter().map(|(word, _)| *word).collect();
    format!(
        "`{text}` is not written from a date: it may have `{}`, and other text, such as `YY.0M`",
        words.join("`, `")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_gives_a_version() {
        for (pattern, day, version) in [
            ("YY.0M", "2024-04-25", "24.04"),
            ("YY.MM", "2024-04-25", "24.4"),
            ("YYYY.MM.DD", "2024-04-05", "2024.4.5"),
            ("0Y.0M.0D", "2006-04-05", "06.04.05"),
            ("YY", "2006-04-05", "6"),
            ("YY", "2106-04-05", "106"),
            ("0Y", "1998-04-05", "98"),
            ("YYYY.WW", "2024-01-07", "2024.1"),
            ("YYYY.0W", "2024-01-08", "2024.02"),
            ("YYYY-WW", "2024-12-31", "2024-53"),
            ("vYYYY LTS", "2024-12-31", "v2024 LTS"),
            ("YYYYMM", "2024-12-31", "202412"),
        ] {
            let pattern: VersionPattern = pattern.parse().unwrap();
            let written = pattern.write(day.parse().unwrap()).unwrap();
            assert_eq!(written.as_str(), version, "{pattern} on {day}");
        }
    }

    #[test]
    fn what_no_date_gives_is_refused() {
        for text in [
            "",
            "1.2",
            "YYYYY.0M",
            "MAJOR.MINOR",
            "YY.MICRO",
            "Y",
            "YY.D",
        ] {
            let refused = text.parse::<VersionPattern>();
            assert!(refused.is_err(), "{text}: {refused:?}");
        }
    }

    #[test]
    fn a_pattern_needs_days_that_are_known() {
        let precision = |text: &str| text.parse::<VersionPattern>().unwrap().precision();
        assert_eq!(precision("YYYY"), Precision::Year);
        assert_eq!(precision("YY.0M"), Precision::Month);
        assert_eq!(precision("YY.0W"), Precision::Day);
    }
}
