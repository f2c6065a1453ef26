//! What views say alike.

use crate::schedule::{Board, Day, End, EndDay, Level, Period, Phase, Row, Status};

/// `from 20 November until 5 December 2026`; empty for a board that always
/// holds.
pub(crate) fn period(period: Period) -> String {
    match (period.valid_from, period.next_change) {
        (Some(from), Some(until)) if from.year() == until.year() => {
            let (day, month) = (from.day(), from.month_name());
            format!("from {day} {month} until {}", until.in_words())
        }
        (Some(from), Some(until)) => format!("from {} until {}", from.in_words(), until.in_words()),
        (Some(from), None) => format!("from {} on", from.in_words()),
        (None, Some(until)) => format!("until {}", until.in_words()),
        (None, None) => String::new(),
    }
}

/// The title of a table: whose trains, and for which days it holds.
pub(crate) fn caption(board: &Board) -> String {
    let holds = period(board.period());
    let space = if holds.is_empty() { "" } else { " " };
    let meaning = match board.end_day() {
        EndDay::Unsupported => "the first day without support",
        EndDay::Supported => "the last day with support",
    };
    format!(
        "{} releases{space}{holds}. The end is {meaning}.",
        board.project().name
    )
}

/// Where a train stands: `Supported`, `Stabilising`, `Alpha`.
pub(crate) fn status(row: &Row) -> &str {
    let extended = row
        .phase()
        .is_some_and(|phase| phase.level == Level::Extended);
    match row.status() {
        Status::Planned => "Planned",
        Status::Stabilising => row.phase_name().unwrap_or("Stabilising"),
        Status::Supported if extended => "Extended support",
        Status::Supported => "Supported",
        Status::Ended => "Ended",
    }
}

/// The phase of a supported train, where it says more than its status.
pub(crate) fn phase_beside_status(row: &Row) -> Option<&str> {
    let phase = row.phase().filter(|_| row.is_supported())?;
    (*phase.name != *status(row)).then_some(&*phase.name)
}

/// An end, short: `20 Jan 2027`, `Oct 2030`, `not announced`, `unknown`.
pub(crate) fn end_in_short(end: End) -> String {
    match end {
        End::Day(day) => day.in_short(),
        End::Month(month) => month.in_short(),
        End::Open => "not announced".to_owned(),
        End::Unknown => "unknown".to_owned(),
    }
}

/// An end, in words, while it is known.
pub(crate) fn end_in_words(end: End) -> Option<String> {
    match end {
        End::Day(day) => Some(day.in_words()),
        End::Month(month) => Some(month.in_words()),
        End::Open | End::Unknown => None,
    }
}

/// A day, short, or a dash.
pub(crate) fn day_or_dash(day: Option<Day>) -> String {
    day.map_or_else(|| "–".to_owned(), Day::in_short)
}

/// The phases of a train that begin on a day of their own: one that begins with
/// the release is told with it.
pub(crate) fn later_phases(row: &Row) -> impl Iterator<Item = (&Phase, Day)> {
    let release = row.release();
    let phases = row.train().phases.iter();
    let dated = phases.filter_map(|phase| Some((phase, phase.from?)));
    dated.filter(move |(_, from)| ![release.planned, release.recorded].contains(&Some(*from)))
}

/// First day on which a train is no longer supported, as far as it is known.
pub(crate) fn first_day_without(end: End, meaning: EndDay) -> Option<Day> {
    match (end, meaning) {
        (End::Day(day), EndDay::Unsupported) => Some(day),
        (end, _) => end.day().and_then(Day::next),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    let Some((last, rest)) = items.split_last() else {
        return String::new();
    };
    let rest: Vec<_> = rest.iter().map(AsRef::as_ref).collect();
    if rest.is_empty() {
        last.as_ref().to_owned()
    } else {
        format!("{} and {}", rest.join(", "), last.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: Option<&str>, until: Option<&str>) -> String {
        let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        period(Period {
            valid_from: day(from),
            next_change: day(until),
        })
    }

    #[test]
    fn a_period_names_the_year_once_where_it_is_one() {
        assert_eq!(
            of(Some("2026-11-20"), Some("2026-12-05")),
            "from 20 November until 5 December 2026"
        );
        assert_eq!(
            of(Some("2026-12-20"), Some("2027-01-05")),
            "from 20 December 2026 until 5 January 2027"
        );
        assert_eq!(of(Some("2026-12-20"), None), "from 20 December 2026 on");
        assert_eq!(of(None, Some("2027-01-05")), "until 5 January 2027");
    }

    #[test]
    fn a_list_ends_with_and() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
