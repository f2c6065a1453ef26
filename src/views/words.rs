//! The words that several views share. All of them are here, so that another
//! language is another file.

use std::fmt::Display;

use super::prose::{Piece, Sentence, words};
use crate::schedule::{
    Board, Day, End, EndDay, NamedMilestone, Period, Phase, Project, Row, Status, Train, When,
};

/// `from 20 November until 5 December 2026`; empty for a board that always
/// holds.
pub(crate) fn period(period: Period) -> String {
    let until = period.next_change;
    let from = period.valid_from.map(|from| match until {
        Some(until) if from.year() == until.year() => {
            format!("{} {}", from.day(), from.month_name())
        }
        _ => from.in_words(),
    });
    between(from, until.map(Day::in_words)).unwrap_or_default()
}

/// `from 2026-11-20 until 2026-12-05`; none for a board that always holds.
pub(crate) fn period_in_iso(period: Period) -> Option<String> {
    between(period.valid_from, period.next_change)
}

fn between(from: Option<impl Display>, until: Option<impl Display>) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) => Some(format!("from {from} until {until}")),
        (Some(from), None) => Some(format!("from {from} on")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}

/// What stands beside a table or a chart: for which days it holds, whether all
/// of it is by plan, and what the day of an end is.
pub(crate) fn caption(board: &Board) -> String {
    let meaning = meaning_of(board.end_day());
    let holds = match (period(board.period()), board.is_by_plan()) {
        (holds, false) if holds.is_empty() => String::new(),
        (holds, true) if holds.is_empty() => "All days are by plan. ".to_owned(),
        (holds, false) => format!("Holds {holds}. "),
        (holds, true) => format!("Holds {holds}, by plan. "),
    };
    format!("{holds}The end is {meaning}.")
}

/// What a table of trains is called, where its caption does not say it.
pub(super) fn table_name(project: &Project) -> String {
    format!("{} releases", project.name)
}

/// The title of a list of a project, and for which days it holds.
pub(super) fn held(what: &str, project: &Project, period: Period) -> String {
    let caption = format!("{}: {what} {}", project.name, self::period(period));
    caption.trim_end().to_owned() + "."
}

/// The name of a train in full: the project's and its label, which may name the
/// project itself.
pub(crate) fn full_name(project: &Project, train: &Train) -> String {
    let (name, label) = (&*project.name, &*train.label);
    if names(label, name) {
        label.to_owned()
    } else {
        format!("{name} {label}")
    }
}

/// Whether a label begins with a name, or with its first word: the label
/// `Debian 13` names `Debian GNU/Linux`.
fn names(label: &str, name: &str) -> bool {
    let first_word = |text: &str| text.split(' ').next().map(str::to_lowercase);
    let rest = label.strip_prefix(name);
    let is_whole = rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    is_whole || first_word(label) == first_word(name)
}

/// What the day of an end is.
pub(crate) fn meaning_of(end_day: EndDay) -> &'static str {
    match end_day {
        EndDay::Unsupported => "the first day without support",
        EndDay::Supported => "the last day with support",
    }
}

/// What marks a release that nobody confirmed.
pub(crate) const BY_PLAN: &str = "by plan";

/// What is said of a plan whose day has come without a record.
pub(super) const NOT_RECORDED: &str = "planned, not recorded";

/// A milestone in a sentence: `feature freeze of 1.38`, `RC 1 of 1.38`; with
/// its month, where no day is known.
pub(super) fn milestone(named: &NamedMilestone, of: &str) -> String {
    let name = in_sentence(&named.name.name);
    match named.date.day() {
        Some(_) => format!("{name}{of}"),
        None => format!("{name}{of}, planned for {}", named.date.in_words()),
    }
}

/// A name in the middle of a sentence: a first word that has no other capital
/// has none at all.
fn in_sentence(name: &str) -> String {
    let (first, rest) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    let word = rest.split(' ').next().unwrap_or_default();
    let has_capital = word.is_empty() || word.chars().any(char::is_uppercase);
    if has_capital {
        name.to_owned()
    } else {
        first.to_lowercase() + rest
    }
}

/// What a branch is that is never released.
pub(super) const ROLLING: &str = "a branch that is always there";

/// ` (by plan)` behind a train that is out and that nothing confirms, where
/// others are confirmed.
pub(super) fn by_plan(row: &Row, has_facts: bool) -> Option<Piece> {
    let is_told = has_facts && row.is_by_plan();
    is_told.then(|| words(format!(" ({BY_PLAN})")))
}

/// How long a date is written.
#[derive(Clone, Copy)]
pub(super) enum Style {
    /// `20 January 2027`
    Words,
    /// `20 Jan 2027`
    Short,
}

impl Style {
    fn piece(self, when: When) -> Piece {
        match self {
            Self::Words => Piece::Date(when),
            Self::Short => Piece::Short(when),
        }
    }
}

/// ` until 20 January 2027`: what follows `supported`, of ordinary support.
pub(super) fn until(row: &Row, meaning: EndDay, style: Style) -> Sentence {
    match row.is_waiting_for() {
        Some(other) => vec![
            words(format!(" until {} is out, planned for ", other.label)),
            style.piece(other.planned),
        ],
        None => until_end(row.support_end(), meaning, style),
    }
}

/// ` until 20 January 2027`, of any end.
pub(super) fn until_end(end: End, meaning: EndDay, style: Style) -> Sentence {
    let Some(when) = end.when() else {
        return vec![words(match style {
            Style::Words => " with no end announced",
            Style::Short => ", no end announced",
        })];
    };
    let until = match when.day() {
        Some(_) => until_or_through(meaning),
        None => "into",
    };
    vec![words(format!(" {until} ")), style.piece(when)]
}

/// `; extended support until 20 January 2030`: what follows the end of ordinary
/// support.
pub(super) fn extended_until(row: &Row, meaning: EndDay) -> Sentence {
    if !has_extended(row) {
        return Sentence::new();
    }
    let mut sentence = vec![words("; extended support")];
    sentence.extend(until_end(row.end(), meaning, Style::Words));
    sentence
}

/// Whether support goes on for some when that for everybody has ended.
pub(super) fn has_extended(row: &Row) -> bool {
    row.support_end() != row.end()
}

/// What stands before the day of an end.
fn until_or_through(meaning: EndDay) -> &'static str {
    match meaning {
        EndDay::Unsupported => "until",
        EndDay::Supported => "through",
    }
}

/// ` on 20 January 2027`, ` in January 2027`
pub(super) fn on(when: When) -> Sentence {
    let on = if when.day().is_some() { " on " } else { " in " };
    vec![words(on), Piece::Date(when)]
}

/// ` since 20 January 2027`, ` since the end of January 2027`
pub(super) fn since_plan(when: When, style: Style) -> Sentence {
    let since = match when.day() {
        Some(_) => " since ",
        None => " since the end of ",
    };
    vec![words(since), style.piece(when)]
}

/// `, since 20 January 2027`: what follows `not supported`.
pub(super) fn since(end: End, meaning: EndDay) -> Sentence {
    let Some(when) = end.when() else {
        return Sentence::new();
    };
    let is_first_day_without = when.day().is_some() && meaning == EndDay::Unsupported;
    let since = if is_first_day_without {
        ", since "
    } else {
        ", ended with "
    };
    vec![words(since), Piece::Date(when)]
}

/// `; its support ended on 20 January 2027`: what follows `no longer supported`.
pub(super) fn ended(end: End) -> Sentence {
    let Some(when) = end.when() else {
        return Sentence::new();
    };
    let mut sentence = vec![words("; its support ended")];
    sentence.extend(on(when));
    sentence
}

/// What the day of an end is called in a list of days.
pub(super) fn end_day(meaning: EndDay) -> &'static str {
    match meaning {
        EndDay::Unsupported => "End",
        EndDay::Supported => "Last day",
    }
}

/// What ends with the end of a train: `support` or `extended support`.
pub(super) fn what_ends(row: &Row) -> &'static str {
    if has_extended(row) {
        "extended support"
    } else {
        "support"
    }
}

/// The end of all of a train's support as an event: its title, and what to
/// know.
pub(super) fn end_event(row: &Row, name: &str, meaning: EndDay) -> (String, String) {
    let what = what_ends(row);
    if let Some(when) = row.end().when().filter(|when| when.day().is_none()) {
        let title = format!("{} of {name} ends in {}", capital(what), when.in_words());
        return (title, "The day is not announced.".to_owned());
    }
    match meaning {
        EndDay::Unsupported => (
            no_longer(row, name),
            format!("This is the first day without {what}."),
        ),
        EndDay::Supported => (
            format!("Last day of {what} for {name}"),
            format!("From the next day on there is no {what}."),
        ),
    }
}

/// `Wasmtime 50 is no longer supported`
pub(super) fn no_longer(row: &Row, name: &str) -> String {
    if has_extended(row) {
        format!("{name} has no extended support any more")
    } else {
        format!("{name} is no longer supported")
    }
}

/// With a capital for its first letter, which is of ASCII.
pub(crate) fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}

/// `1 day`, `2 days`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// `3 errors and 1 warning`, without what there is none of.
pub(crate) fn counts<const N: usize>(counts: [(usize, &str); N]) -> Option<String> {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let words: Vec<_> = some.map(|(count, noun)| counted(*count, noun)).collect();
    (!words.is_empty()).then(|| list(&words))
}

/// A text of somebody else, with one stop at its end.
pub(super) fn stopped(text: &str) -> String {
    format!("{}.", unstopped(text))
}

/// A text of somebody else, for the middle of a sentence.
pub(super) fn unstopped(text: &str) -> &str {
    text.trim_end_matches('.')
}

/// The name of the time between branch and release when no phase has one.
pub(crate) const STABILISING: &str = "Stabilising";

/// The name of the phase that a train is in.
pub(crate) fn phase(row: &Row) -> Option<&str> {
    let stabilising = (row.status() == Status::Stabilising).then_some(STABILISING);
    row.phase().map(|phase| &*phase.name).or(stabilising)
}

/// `the phase “Maintenance” begins`: its name is in quotes, since it may be
/// singular or plural.
pub(super) fn phase_begins(name: &str) -> String {
    format!("the phase “{name}” begins")
}

/// The status of a train: `Supported`, `Stabilising`, `Alpha`.
pub(crate) fn status(row: &Row) -> &str {
    match row.status() {
        Status::Planned if row.train().rolling => "Rolling",
        Status::Planned => "Planned",
        Status::Stabilising => phase(row).unwrap_or(STABILISING),
        Status::Due => "Due",
        Status::Supported => "Supported",
        Status::Extended => "Extended support",
        Status::Ended => "Ended",
    }
}

/// The phase of a train that is out, where it says more than its status.
pub(crate) fn phase_beside_status(row: &Row) -> Option<&str> {
    let phase = row.phase().filter(|_| row.is_out())?;
    (*phase.name != *status(row)).then_some(&*phase.name)
}

/// An end, short: `20 Jan 2027`, `Oct 2030`, `not announced`, `unknown`.
pub(crate) fn end_in_short(end: End) -> String {
    match end {
        End::On(when) => when.in_short(),
        End::Open => "not announced".to_owned(),
        End::Unknown => "unknown".to_owned(),
    }
}

/// An end, in words, while it is known.
pub(crate) fn end_in_words(end: End) -> Option<String> {
    end.when().map(When::in_words)
}

/// So many trains that have ended.
pub(crate) fn ended_trains(count: usize) -> String {
    match count {
        1 => "1 train that has ended".to_owned(),
        count => format!("{count} trains that have ended"),
    }
}

/// The phases of a train that begin on a date of their own: one that begins
/// with the release is told with it.
pub(crate) fn later_phases(row: &Row) -> impl Iterator<Item = (&Phase, When)> {
    let release = row.release();
    let days = [release.planned, release.recorded.map(When::from)];
    let phases = row.train().phases.iter();
    let dated = phases.filter_map(|phase| Some((phase, phase.from?)));
    dated.filter(move |(_, from)| !days.contains(&Some(*from)))
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<_> = items.iter().map(AsRef::as_ref).collect();
    match &items[..] {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        items => items.concat(),
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
    fn a_label_names_its_project_with_the_first_word_that_both_have() {
        for (label, name, is_named) in [
            ("Debian 13", "Debian", true),
            ("debian 13", "Debian", true),
            ("Debian 13", "Debian GNU/Linux", true),
            ("Node.js 24", "Node", true),
            ("Golf 8", "Go", false),
            ("v24", "Node.js", false),
        ] {
            assert_eq!(names(label, name), is_named, "{label} of {name}");
        }
    }

    #[test]
    fn only_a_plain_word_loses_its_capital_in_a_sentence() {
        for (name, in_sentence) in [
            ("Feature freeze", "feature freeze"),
            ("Cherry-pick deadline", "cherry-pick deadline"),
            ("RC 1", "RC 1"),
            ("A", "A"),
            ("", ""),
        ] {
            assert_eq!(super::in_sentence(name), in_sentence);
        }
    }

    #[test]
    fn a_list_ends_with_and() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
