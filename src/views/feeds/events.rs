//! What happens to trains, for feeds.

use crate::schedule::{Board, Day, End, Level, MilestoneName, Patch, Release, Row, Status};
use crate::views::milestones::{self, MilestoneKind};
use crate::views::prose::{self, plain_pieces};
use crate::views::words::{self, Style};

/// A milestone of a train, or one of its later releases.
pub(super) struct Event<'a> {
    pub(super) row: &'a Row,
    pub(super) kind: MilestoneKind<'a>,
    /// Its name among the events of the train, the same when its day moves.
    pub(super) key: String,
    pub(super) first_day: Day,
    /// That day, or the last one of the month, quarter or year of which the day
    /// is not known.
    pub(super) last_day: Day,
    /// In a sentence, without its stop.
    pub(super) title: String,
    /// What else there is to know, in sentences.
    pub(super) more: Vec<String>,
    /// Where to read more.
    pub(super) link: Option<&'a str>,
    /// Whether it is certain; else it is planned.
    pub(super) is_certain: bool,
    /// Whether it mends a security issue.
    pub(super) is_security: bool,
}

/// All known milestones of the trains of a board, in order of time.
pub(super) fn all(board: &Board) -> Vec<Event<'_>> {
    let events = board.trains().flat_map(|row| of_row(board, row));
    let mut all: Vec<_> = events.collect();
    all.sort_by_key(|event| event.first_day);
    all
}

fn of_row<'a>(board: &Board, row: &'a Row) -> Vec<Event<'a>> {
    let mut events: Vec<Event<'_>> = Vec::new();
    let kinds = milestones::of_train(row).into_iter();
    for mut event in kinds.filter_map(|kind| event(board, row, kind)) {
        // A train may go through a phase of one name twice.
        while events.iter().any(|other| other.key == event.key) {
            event.key.push_str(" again");
        }
        events.push(event);
    }
    events
}

/// A milestone as an event, while its day or month is known.
fn event<'a>(board: &Board, row: &'a Row, kind: MilestoneKind<'a>) -> Option<Event<'a>> {
    let name = name(board, row);
    let when = kind.days(row).when()?;
    let mut link = row.train().link.as_deref();
    let mut more = Vec::new();
    let (key, title) = match kind {
        MilestoneKind::Branch => ("branch".to_owned(), format!("The branch of {name} is cut")),
        MilestoneKind::Release => {
            let own = own_release(row).and_then(|release| release.link.as_deref());
            link = own.or(link);
            more = about_release(board, row);
            ("release".to_owned(), format!("{name} is released"))
        }
        MilestoneKind::Phase(phase, _) => {
            more.extend((phase.level != Level::Pre).then(|| support(board, row)));
            let phase = &phase.name;
            let begins = words::phase_begins(phase);
            (format!("phase {phase}"), format!("{name}: {begins}"))
        }
        MilestoneKind::Named(named) => of_named(&named.name, &name),
        MilestoneKind::Patch(patch) => {
            more.extend(patch.is_unrecorded.then(|| UNRECORDED.to_owned()));
            let title = format!("A patch release of {name} is planned");
            (format!("patch {}", patch.planned), title)
        }
        MilestoneKind::OfPatch(patch, named) => of_patch(patch, &named.name, &name),
        MilestoneKind::End => {
            let (title, about) = words::end_event(row, &name, board.end_day());
            more.push(about);
            ("end".to_owned(), title)
        }
    };
    more.extend(note(row));
    Some(Event {
        row,
        kind,
        key,
        first_day: when.first_day(),
        last_day: when.last_day(),
        title,
        more,
        link,
        is_certain: is_certain(board, row, kind),
        is_security: false,
    })
}

/// The key and the title of a milestone with a name.
fn of_named(named: &MilestoneName, train: &str) -> (String, String) {
    let title = format!("{} of {train}", named.name);
    (format!("milestone {}", named.id), title)
}

/// Those of a day before a patch release.
fn of_patch(patch: &Patch, named: &MilestoneName, train: &str) -> (String, String) {
    let title = format!("{} of the next patch release of {train}", named.name);
    (format!("patch {} {}", patch.planned, named.id), title)
}

fn is_certain(board: &Board, row: &Row, kind: MilestoneKind<'_>) -> bool {
    let day = kind.first_day(row, board.end_day());
    let has_come = || day.is_some_and(|day| board.period().has_come(day));
    match kind {
        MilestoneKind::Release if row.release().recorded.is_some() => true,
        MilestoneKind::Release => row.is_out() && !row.is_by_plan() && has_come(),
        MilestoneKind::Branch
        | MilestoneKind::Phase(..)
        | MilestoneKind::Named(_)
        | MilestoneKind::OfPatch(..) => has_come(),
        MilestoneKind::Patch(_) => false,
        MilestoneKind::End => row.status() == Status::Ended,
    }
}

/// The release that the train is named after.
fn own_release(row: &Row) -> Option<&Release> {
    let train = row.train();
    let mut releases = train.releases.iter();
    releases.find(|release| release.version.is_same_release(&train.version))
}

const UNRECORDED: &str = "It is planned for this day, and not recorded yet.";

/// What there is to know about the first release of a train.
fn about_release(board: &Board, row: &Row) -> Vec<String> {
    let days = row.release();
    let slipped = days.planned.filter(|plan| Some(*plan) != days.when());
    let slipped = slipped.map(|plan| format!("It was planned for {}.", plan.in_words()));
    let is_unrecorded = row.status() == Status::Due || board.has_facts() && row.is_by_plan();
    let unrecorded = is_unrecorded.then(|| UNRECORDED.to_owned());
    let note = own_release(row).and_then(|release| release.note.as_deref());
    let known = slipped.into_iter().chain(unrecorded);
    known
        .chain(note.map(words::stopped))
        .chain([support(board, row)])
        .collect()
}

/// The name of a train: the project's and its label.
pub(super) fn name(board: &Board, row: &Row) -> String {
    words::full_name(board.project(), row.train())
}

/// `It is supported until 20 January 2027.`
pub(super) fn support(board: &Board, row: &Row) -> String {
    format!("It {}.", supported(board, row))
}

/// `is supported until 20 January 2027`
pub(super) fn supported(board: &Board, row: &Row) -> String {
    let is = match row.status() {
        Status::Ended | Status::Extended => "was",
        Status::Planned | Status::Stabilising | Status::Due | Status::Supported => "is",
    };
    if row.end() == End::Unknown {
        return "was supported until a day that is not recorded".to_owned();
    }
    let meaning = board.end_day();
    let mut until = words::until(row, meaning, Style::Words);
    if row.status() == Status::Extended {
        until.push(prose::words(", and has extended support"));
        until.extend(words::until_end(row.end(), meaning, Style::Words));
    } else {
        until.extend(words::extended_until(row, meaning));
    }
    format!("{is} supported{}", plain_pieces(&until))
}

/// The reason for what is different about a train.
pub(super) fn note(row: &Row) -> Option<String> {
    row.train().note.as_deref().map(words::stopped)
}
