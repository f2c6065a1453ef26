//! Lengths of time made of months and days.

use std::fmt;
use std::str::FromStr;

use super::id::Id;
use super::when::When;

/// A length of time in calendar months and days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    pub(super) months: u32,
    pub(super) days: u32,
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

/// How long a phase lasts: from its own beginning, `24 months`, or in all,
/// `18 months after release`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseLength {
    /// The time itself.
    pub length: Length,
    /// Whether it is counted from the release of the train.
    pub is_after_release: bool,
}

impl PhaseLength {
    const AFTER_RELEASE: &str = " after release";
}

impl From<Length> for PhaseLength {
    /// Counted from the beginning of the phase.
    fn from(length: Length) -> Self {
        Self {
            length,
            is_after_release: false,
        }
    }
}

impl fmt::Display for PhaseLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = if self.is_after_release {
            Self::AFTER_RELEASE
        } else {
            ""
        };
        write!(f, "{}{from}", self.length)
    }
}

impl FromStr for PhaseLength {
    type Err = String;

    /// Reads a length, and perhaps `after release`.
    fn from_str(text: &str) -> Result<Self, String> {
        let after_release = text.strip_suffix(Self::AFTER_RELEASE);
        Ok(Self {
            length: after_release.unwrap_or(text).parse()?,
            is_after_release: after_release.is_some(),
        })
    }
}

/// How long before the release of a patch: `4 days before release`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeforeRelease(pub Length);

impl fmt::Display for BeforeRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} before release", self.0)
    }
}

impl FromStr for BeforeRelease {
    type Err = String;

    /// Reads a length and `before release`.
    fn from_str(text: &str) -> Result<Self, String> {
        let before = text.strip_suffix(" release").map(str::parse);
        match before {
            Some(Ok(Before(length))) => Ok(Self(length)),
            _ => Err(format!(
                "`{text}` is not a length such as `4 days before release`"
            )),
        }
    }
}

/// How long before or after another day of a train: `6 weeks before release`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offset {
    length: Length,
    is_after: bool,
    /// The day that it is counted from: `branch`, `release`, `end` or the id of
    /// a milestone.
    pub base: Id,
}

impl Offset {
    /// The date so far from that of its base, and as precise.
    pub(super) fn date(&self, base: When) -> Option<When> {
        if self.is_after {
            base.after(self.length)
        } else {
            base.before(self.length)
        }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.is_after { "after" } else { "before" };
        write!(f, "{} {side} {}", self.length, self.base)
    }
}

impl FromStr for Offset {
    type Err = String;

    /// Reads a length, `before` or `after`, and the name of a day.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = |(length, base): (&str, &str), is_after| {
            Some(Self {
                length: length.parse().ok()?,
                is_after,
                base: base.parse().ok()?,
            })
        };
        let before = text.split_once(" before ").map(|parts| read(parts, false));
        let after = || text.split_once(" after ").map(|parts| read(parts, true));
        before.or_else(after).flatten().ok_or_else(|| {
            format!(
                "`{text}` is not such as `6 weeks before release`, `3 days after branch` or \
                 `1 month before end`"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
