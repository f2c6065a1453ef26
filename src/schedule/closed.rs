//! Days on which nothing is released, and where a release goes instead.

use std::fmt;
use std::str::FromStr;

use super::day::Day;
use super::draft::Weekend;

/// Days on which nothing is released.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed(pub Vec<ClosedDays>);

/// A day on which nothing is released, or all from a first to a last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedDays {
    first: Day,
    last: Day,
}

impl From<Day> for ClosedDays {
    fn from(day: Day) -> Self {
        let (first, last) = (day, day);
        Self { first, last }
    }
}

impl fmt::Display for ClosedDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.first == self.last {
            return Ok(());
        }
        write!(f, "/{}", self.last)
    }
}

impl FromStr for ClosedDays {
    type Err = String;

    /// Reads a day, or the first and the last of several: `2026-12-24/2027-01-04`.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some((first, last)) = text.split_once('/') else {
            return text.parse().map(Day::into);
        };
        let (first, last) = (first.parse()?, last.parse()?);
        if last < first {
            return Err(format!("`{text}` ends before it begins"));
        }
        Ok(Self { first, last })
    }
}

impl ClosedDays {
    /// The day itself, where it is one.
    pub fn day(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first)
    }

    fn contains(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

impl Closed {
    /// Where a release planned for that day goes, so that it is on no closed
    /// day and, unless those are kept, on no weekend. Nothing when there is no
    /// such day.
    pub(super) fn moved(&self, weekend: Weekend, day: Day) -> Option<Day> {
        let after = || self.open(weekend, day, |days| days.last.next());
        let before = || self.open(weekend, day, |days| days.first.previous());
        match weekend {
            Weekend::Keep | Weekend::After => after(),
            Weekend::Before => before(),
            Weekend::Nearest => {
                let distance = |to: &Day| (to.number() - day.number()).abs();
                after().into_iter().chain(before()).min_by_key(distance)
            }
        }
    }

    /// The first open day from that one on, by a step from closed days to the
    /// next beyond them.
    fn open(
        &self,
        weekend: Weekend,
        mut day: Day,
        beyond: impl Fn(ClosedDays) -> Option<Day>,
    ) -> Option<Day> {
        loop {
            let is_free = weekend != Weekend::Keep && day.is_weekend();
            let mut closed = self.0.iter().copied();
            let closed = closed.find(|days| days.contains(day));
            match closed.or(is_free.then(|| day.into())) {
                Some(closed) => day = beyond(closed)?,
                None => return Some(day),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(texts: &[&str]) -> Closed {
        Closed(texts.iter().map(|text| text.parse().unwrap()).collect())
    }

    #[track_caller]
    fn moves(closed: &Closed, weekend: Weekend, from: &str, to: &str) {
        let moved = closed.moved(weekend, from.parse().unwrap());
        assert_eq!(moved.unwrap().to_string(), to, "{weekend:?} {from}");
    }

    #[test]
    fn a_weekend_gives_way_as_it_is_said() {
        let never = Closed::default();
        for (weekend, saturday, sunday) in [
            (Weekend::Keep, "2026-06-20", "2026-06-21"),
            (Weekend::After, "2026-06-22", "2026-06-22"),
            (Weekend::Before, "2026-06-19", "2026-06-19"),
            (Weekend::Nearest, "2026-06-19", "2026-06-22"),
        ] {
            moves(&never, weekend, "2026-06-20", saturday);
            moves(&never, weekend, "2026-06-21", sunday);
            moves(&never, weekend, "2026-06-22", "2026-06-22");
        }
    }

    #[test]
    fn closed_days_give_way_in_the_same_direction() {
        let holidays = closed(&["2026-12-24/2027-01-01", "2027-01-04", "2026-12-23"]);
        // 2 and 3 January 2027 are a weekend.
        moves(&holidays, Weekend::Keep, "2026-12-24", "2027-01-02");
        moves(&holidays, Weekend::After, "2026-12-24", "2027-01-05");
        moves(&holidays, Weekend::Before, "2027-01-04", "2026-12-22");
        moves(&holidays, Weekend::Nearest, "2026-12-26", "2026-12-22");
        moves(&holidays, Weekend::Nearest, "2027-01-02", "2027-01-05");
        moves(&holidays, Weekend::After, "2026-12-22", "2026-12-22");
    }

    #[test]
    fn of_two_days_as_near_the_later_is_taken() {
        let wednesday = closed(&["2026-06-17"]);
        moves(&wednesday, Weekend::Nearest, "2026-06-17", "2026-06-18");
    }

    #[test]
    fn a_time_that_never_ends_moves_nothing() {
        let forever = closed(&["2026-12-24/9999-12-31"]);
        let day = "2026-12-25".parse().unwrap();
        assert_eq!(forever.moved(Weekend::After, day), None);
        assert!(forever.moved(Weekend::Before, day).is_some());
    }

    #[test]
    fn closed_days_are_written_as_they_were_read() {
        for text in ["2026-12-24", "2026-12-24/2027-01-04"] {
            assert_eq!(text.parse::<ClosedDays>().unwrap().to_string(), text);
        }
        for text in ["", "2026-12", "2026-12-24/2026-12-23", "2026-12-24/", "a/b"] {
            assert!(text.parse::<ClosedDays>().is_err(), "{text}");
        }
    }
}
