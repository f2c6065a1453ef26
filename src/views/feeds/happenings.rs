//! What happens to trains, on which days.

use crate::schedule::{Board, Day, End, EndDay, Level, Month, Note, Row, Status};
use crate::views::words;

/// Something that happens to a train.
pub(super) struct Happening<'a> {
    pub(super) row: &'a Row,
    /// What it is called among all that happens to the train, whenever that is.
    pub(super) key: String,
    pub(super) when: When,
    /// In a sentence, without its stop.
    pub(super) title: String,
    /// What else there is to know, in sentences.
    pub(super) more: Vec<String>,
    /// Where to read more.
    pub(super) link: Option<&'a str>,
    /// Whether it is certain; else it is planned.
    pub(super) is_certain: bool,
}

/// When something happens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    On(Day),
    /// On some day of that month.
    Within(Month),
}

impl When {
    pub(super) fn first(self) -> Day {
        match self {
            Self::On(day) => day,
            Self::Within(month) => month.first_day(),
        }
    }

    pub(super) fn last(self) -> Day {
        match self {
            Self::On(day) => day,
            Self::Within(month) => month.last_day(),
        }
    }
}

/// All that is known to happen to the trains of a board, in order of time.
pub(super) fn all(board: &Board) -> Vec<Happening<'_>> {
    let of_row = |row| {
        let (branch, release) = (branch(board, row), release(board, row));
        let phases = phases(board, row);
        branch
            .into_iter()
            .chain(release)
            .chain(phases)
            .chain(end(board, row))
    };
    let mut all: Vec<_> = board.trains().flat_map(of_row).collect();
    all.sort_by_key(|happening| happening.when.first());
    all
}

/// The name of a train: the project's and its label.
pub(super) fn name(board: &Board, row: &Row) -> String {
    format!("{} {}", board.project().name, row.train().label)
}

/// Whether a day has come on every day of the board's period.
pub(super) fn has_come(board: &Board, day: Day) -> bool {
    let from = board.period().valid_from;
    from.is_some_and(|from| day <= from)
}

fn branch<'a>(board: &Board, row: &'a Row) -> Option<Happening<'a>> {
    let day = row.branch().day()?;
    let title = format!("The branch of {} is cut", name(board, row));
    let is_certain = row.branch().recorded.is_some() || has_come(board, day);
    Some(Happening {
        is_certain,
        ..happening(row, "branch", When::On(day), title)
    })
}

fn release<'a>(board: &Board, row: &'a Row) -> Option<Happening<'a>> {
    let milestone = row.release();
    let day = milestone.day()?;
    let unrecorded = board.keeps_records() && milestone.recorded.is_none();
    let own = row.train().releases.iter();
    let own = own
        .clone()
        .find(|r| r.version.is_same_release(&row.train().version));
    let slipped = milestone.planned.filter(|plan| *plan != day);
    let mut more: Vec<_> = slipped
        .map(|plan| format!("It was planned for {}.", plan.in_words()))
        .into_iter()
        .collect();
    if unrecorded && has_come(board, day) {
        more.push("It is planned for this day, and not recorded yet.".to_owned());
    }
    more.extend(own.and_then(|release| release.note.as_ref()).map(stopped));
    more.push(format!("It {}.", support(board, row)));
    more.extend(note(row));
    let title = format!("{} is released", name(board, row));
    let link = own.and_then(|release| release.link.as_deref());
    let plain = happening(row, "release", When::On(day), title);
    Some(Happening {
        more,
        link: link.or(plain.link),
        is_certain: milestone.recorded.is_some() || !unrecorded && has_come(board, day),
        ..plain
    })
}

/// `is supported until 20 January 2027`
pub(super) fn support(board: &Board, row: &Row) -> String {
    let is = match row.status() {
        Status::Ended => "was",
        _ => "is",
    };
    match (row.end(), board.end_day()) {
        (End::Day(day), EndDay::Unsupported) => format!("{is} supported until {}", day.in_words()),
        (End::Day(day), EndDay::Supported) => format!("{is} supported through {}", day.in_words()),
        (End::Month(month), _) => format!("{is} supported into {}", month.in_words()),
        (End::Open, _) => format!("{is} supported with no end announced"),
        (End::Unknown, _) => "was supported until a day that is not recorded".to_owned(),
    }
}

fn phases<'a>(board: &Board, row: &'a Row) -> Vec<Happening<'a>> {
    let mut phases: Vec<Happening<'a>> = Vec::new();
    for (phase, from) in words::later_phases(row) {
        // A train may go through a phase of one name twice.
        let mut key = format!("phase {}", phase.name);
        while phases.iter().any(|other| other.key == key) {
            key.push_str(" again");
        }
        let title = format!("{}: {} begins", name(board, row), phase.name);
        let supported = phase.level != Level::Pre;
        let supported = supported.then(|| format!("It {}.", support(board, row)));
        phases.push(Happening {
            more: supported.into_iter().chain(note(row)).collect(),
            is_certain: has_come(board, from),
            ..happening(row, &key, When::On(from), title)
        });
    }
    phases
}

fn end<'a>(board: &Board, row: &'a Row) -> Option<Happening<'a>> {
    let name = name(board, row);
    let (when, title, more) = match (row.end(), board.end_day()) {
        (End::Day(day), EndDay::Unsupported) => (
            When::On(day),
            format!("{name} is no longer supported"),
            "This is the first day without support.".to_owned(),
        ),
        (End::Day(day), EndDay::Supported) => (
            When::On(day),
            format!("Last day of support for {name}"),
            "From the next day on it is no longer supported.".to_owned(),
        ),
        (End::Month(month), _) => (
            When::Within(month),
            format!("Support of {name} ends in {}", month.in_words()),
            "The day is not announced.".to_owned(),
        ),
        (End::Open | End::Unknown, _) => return None,
    };
    Some(Happening {
        more: [more].into_iter().chain(note(row)).collect(),
        is_certain: row.status() == Status::Ended,
        ..happening(row, "end", when, title)
    })
}

fn happening<'a>(row: &'a Row, key: &str, when: When, title: String) -> Happening<'a> {
    Happening {
        row,
        key: key.to_owned(),
        when,
        title,
        more: note(row).into_iter().collect(),
        link: row.train().link.as_deref(),
        is_certain: false,
    }
}

/// The reason for what is different about a train.
pub(super) fn note(row: &Row) -> Option<String> {
    row.train().note.as_ref().map(stopped)
}

/// A note with a stop at its end.
pub(super) fn stopped(note: &Note) -> String {
    format!("{}.", note.trim_end_matches('.'))
}
