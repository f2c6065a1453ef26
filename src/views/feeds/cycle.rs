//! What the shapes of endoflife.date say of a train: its release, and a last day
//! for each kind of support.
//!
//! There, the day of an end still counts: a cycle is over when today is later
//! than that day (`explode_date_or_boolean_field` in the site's
//! `_plugins/product-data-enricher.rb`).

use crate::schedule::{Board, Day, End, Level, Phase, Row, Status, Train, When};

/// A train, as far as these shapes can tell of it.
pub(super) struct Cycle {
    /// The day of its release, where that is known.
    pub(super) release: Option<Day>,
    /// Whether it has long-term support, or had it.
    pub(super) is_lts: bool,
    /// The day on which that begins, where it comes after the release.
    pub(super) lts_from: Option<Day>,
    /// The first day that this may be, where only a month is known.
    pub(super) lts_earliest: Option<Day>,
    pub(super) active: Ending,
    pub(super) ordinary: Ending,
    /// None where it has no extended support.
    pub(super) extended: Option<Ending>,
}

impl Cycle {
    pub(super) fn of(board: &Board, row: &Row, kinds: &Kinds) -> Self {
        let train = row.train();
        let release = row.release().when().and_then(When::day);
        let lts_from = lts(train).and_then(|n| train.phases[n].begins());
        let lts_begins = lts(train).and_then(|n| train.phases[n].from);
        let ordinary = Ending::of_support(board, row);
        let active = maintenance(train).map(|start| Ending::before(row, start));
        let extended = extended(train).filter(|_| kinds.extended);
        Self {
            release,
            is_lts: is_lts(row),
            lts_from: lts_from.filter(|from| release.is_some_and(|release| *from > release)),
            lts_earliest: lts_begins.map(When::first_day),
            active: active.unwrap_or(ordinary),
            ordinary,
            extended: extended.map(|_| Ending::of_all(board, row)),
        }
    }
}

/// Which kinds of support a project has.
pub(super) struct Kinds {
    pub(super) active: bool,
    pub(super) extended: bool,
    pub(super) lts: bool,
}

impl Kinds {
    pub(super) fn of(board: &Board) -> Self {
        let any = |last: fn(&Train) -> Option<usize>| {
            board.trains().any(|row| last(row.train()).is_some())
        };
        Self {
            active: any(maintenance),
            extended: any(extended),
            lts: board.trains().any(is_lts),
        }
    }
}

/// The index of the first phase after active support, in which everybody still
/// has some.
fn maintenance(train: &Train) -> Option<usize> {
    let end = extended(train).unwrap_or(train.phases.len());
    let ordinary = &train.phases[..end];
    let is_full = |phase: &Phase| phase.level != Level::Maintenance;
    let start = ordinary.iter().rposition(is_full)? + 1;
    (start < end && ordinary[start - 1].level != Level::Pre).then_some(start)
}

/// The index of the first phase of extended support, which nothing else
/// follows.
fn extended(train: &Train) -> Option<usize> {
    let is_other = |phase: &Phase| phase.level != Level::Extended;
    let start = train.phases.iter().rposition(is_other).map_or(0, |n| n + 1);
    (start < train.phases.len()).then_some(start)
}

/// What the phases before each kind of end are called: of active support and of
/// extended support by the newest train that has them, and of ordinary support
/// where all trains agree.
pub(super) fn names(board: &Board) -> [Option<&str>; 3] {
    let newest = || board.trains().rev().map(Row::train);
    let mut ordinary = newest().filter_map(last_ordinary);
    let name = ordinary.next();
    let all_the_same = ordinary.all(|other| Some(other) == name);
    let extended = newest().find_map(|train| train.phases[extended(train)?..].last());
    [
        newest().find_map(last_active),
        name.filter(|_| all_the_same),
        extended.map(|phase| &*phase.name),
    ]
}

fn last_active(train: &Train) -> Option<&str> {
    let before = maintenance(train)?.checked_sub(1)?;
    Some(&train.phases.get(before)?.name)
}

fn last_ordinary(train: &Train) -> Option<&str> {
    let end = extended(train).unwrap_or(train.phases.len());
    let mut ordinary = train.phases[..end]
        .iter()
        .filter(|phase| phase.is_ordinary());
    ordinary.next_back().map(|phase| &*phase.name)
}

/// An end of some kind of support.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    pub(super) is_over: bool,
    /// The last day with it, while that is known; of a month, its last day.
    pub(super) last_day: Option<Day>,
    /// The first day that may be the last one.
    pub(super) earliest: Option<Day>,
}

impl Ending {
    /// Where that phase begins.
    fn before(row: &Row, phase: usize) -> Self {
        let phases = &row.train().phases;
        let last_day = phases[phase].begins().and_then(Day::previous);
        Self::new(has_begun(row, phase), phases[phase].from, last_day)
    }

    /// The end of the support that everybody has.
    fn of_support(board: &Board, row: &Row) -> Self {
        let is_over = matches!(row.status(), Status::Extended | Status::Ended);
        Self::of(board, row.support_end(), is_over)
    }

    /// The end of all support.
    fn of_all(board: &Board, row: &Row) -> Self {
        Self::of(board, row.end(), row.status() == Status::Ended)
    }

    fn of(board: &Board, end: End, is_over: bool) -> Self {
        let first = end.first_day_without(board.end_day());
        // Support that waits for a newer train goes on past its planned end.
        let certain = first.filter(|day| is_over || !board.period().has_come(*day));
        Self::new(is_over, end.when(), certain.and_then(Day::previous))
    }

    fn new(is_over: bool, when: Option<When>, last_day: Option<Day>) -> Self {
        let vague = when.filter(|when| when.day().is_none());
        let earliest = vague.map(When::first_day).or(last_day);
        Self {
            is_over,
            last_day,
            earliest: earliest.min(last_day),
        }
    }
}

/// Whether a phase has begun, be it over or not.
fn has_begun(row: &Row, phase: usize) -> bool {
    let now = row.phase();
    let phases = &row.train().phases[phase..];
    row.status() == Status::Ended || phases.iter().any(|phase| Some(phase) == now)
}

/// The index of the first phase of long-term support.
fn lts(train: &Train) -> Option<usize> {
    train
        .phases
        .iter()
        .position(|phase| phase.level == Level::Lts)
}

/// Whether it has long-term support, or had it.
fn is_lts(row: &Row) -> bool {
    row.is_lts() || lts(row.train()).is_some_and(|phase| has_begun(row, phase))
}
