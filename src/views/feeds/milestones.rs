//! The milestones of trains, as events.

use crate::schedule::{Board, Day, End, Level, Month, Row, Status};
use crate::views::prose::plain_pieces;
use crate::views::words;

/// A milestone of a train.
pub(super) struct Milestone<'a> {
    pub(super) row: &'a Row,
    pub(super) kind: Kind,
    /// What it is called among all milestones of the train, whenever it is.
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

/// Which milestone of its train.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Branch,
    Release,
    Phase,
    End,
}

/// When a milestone is.
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

/// All known milestones of the trains of a board, in order of time.
pub(super) fn all(board: &Board) -> Vec<Milestone<'_>> {
    let of_row = |row| {
        let first = [branch(board, row), release(board, row)];
        let end = end(board, row);
        first
            .into_iter()
            .flatten()
            .chain(phases(board, row))
            .chain(end)
    };
    let mut all: Vec<_> = board.trains().flat_map(of_row).collect();
    all.sort_by_key(|milestone| milestone.when.first());
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

fn branch<'a>(board: &Board, row: &'a Row) -> Option<Milestone<'a>> {
    let day = row.branch().day()?;
    let title = format!("The branch of {} is cut", name(board, row));
    Some(Milestone {
        is_certain: row.branch().recorded.is_some() || has_come(board, day),
        ..milestone(row, Kind::Branch, When::On(day), title)
    })
}

fn release<'a>(board: &Board, row: &'a Row) -> Option<Milestone<'a>> {
    let days = row.release();
    let day = days.day()?;
    let unrecorded = board.keeps_records() && days.recorded.is_none();
    let train = row.train();
    let mut releases = train.releases.iter();
    let own = releases.find(|release| release.version.is_same_release(&train.version));
    let slipped = days.planned.filter(|plan| *plan != day);
    let slipped = slipped.map(|plan| format!("It was planned for {}.", plan.in_words()));
    let mut more: Vec<_> = slipped.into_iter().collect();
    if unrecorded && has_come(board, day) {
        more.push("It is planned for this day, and not recorded yet.".to_owned());
    }
    let own_note = own.and_then(|release| release.note.as_deref());
    more.extend(own_note.map(words::stopped));
    more.push(support(board, row));
    more.extend(note(row));
    let title = format!("{} is released", name(board, row));
    let link = own.and_then(|release| release.link.as_deref());
    let plain = milestone(row, Kind::Release, When::On(day), title);
    Some(Milestone {
        more,
        link: link.or(plain.link),
        is_certain: days.recorded.is_some() || !unrecorded && has_come(board, day),
        ..plain
    })
}

/// `It is supported until 20 January 2027.`
pub(super) fn support(board: &Board, row: &Row) -> String {
    format!("It {}.", supported(board, row))
}

/// `is supported until 20 January 2027`
pub(super) fn supported(board: &Board, row: &Row) -> String {
    let is = match row.status() {
        Status::Ended => "was",
        Status::Planned | Status::Stabilising | Status::Supported => "is",
    };
    if row.end() == End::Unknown {
        return "was supported until a day that is not recorded".to_owned();
    }
    let until = words::until(row.end(), board.end_day());
    format!("{is} supported{}", plain_pieces(&until))
}

fn phases<'a>(board: &Board, row: &'a Row) -> Vec<Milestone<'a>> {
    let mut phases: Vec<Milestone<'a>> = Vec::new();
    for (phase, from) in words::later_phases(row) {
        // A train may go through a phase of one name twice.
        let mut key = format!("phase {}", phase.name);
        while phases.iter().any(|other| other.key == key) {
            key.push_str(" again");
        }
        let title = format!("{}: {} begins", name(board, row), phase.name);
        let is_supported = phase.level != Level::Pre;
        let supported = is_supported.then(|| support(board, row));
        phases.push(Milestone {
            key,
            more: supported.into_iter().chain(note(row)).collect(),
            is_certain: has_come(board, from),
            ..milestone(row, Kind::Phase, When::On(from), title)
        });
    }
    phases
}

fn end<'a>(board: &Board, row: &'a Row) -> Option<Milestone<'a>> {
    let name = name(board, row);
    let (when, (title, more)) = match row.end() {
        End::Day(day) => (When::On(day), words::end_on(&name, board.end_day())),
        End::Month(month) => (When::Within(month), words::end_within(&name, month)),
        End::Open | End::Unknown => return None,
    };
    Some(Milestone {
        more: [more].into_iter().chain(note(row)).collect(),
        is_certain: row.status() == Status::Ended,
        ..milestone(row, Kind::End, when, title)
    })
}

fn milestone(row: &Row, kind: Kind, when: When, title: String) -> Milestone<'_> {
    let key = match kind {
        Kind::Branch => "branch",
        Kind::Release => "release",
        Kind::Phase => "phase",
        Kind::End => "end",
    };
    Milestone {
        row,
        kind,
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
    row.train().note.as_deref().map(words::stopped)
}
