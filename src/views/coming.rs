//! The milestones to come.

use super::grid::{Grid, Line, Listing};
use super::milestones::{self, MilestoneKind};
use super::prose::{Piece, words};
use super::value::NamedTrain;
use super::words;
use crate::schedule::{Board, Row, When};

/// Which milestones are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Those of one train; else of all that the board shows.
    pub train: Option<NamedTrain>,
    /// At most so many.
    pub count: Option<usize>,
}

/// The milestones to come as a table, in order of time; patch releases have a
/// table of their own.
pub fn listing(board: &Board, asked: Asked) -> Listing {
    let rows: Vec<_> = match asked.train {
        Some(train) => train.of(board).into_iter().collect(),
        None => board.trains().collect(),
    };
    let mut coming: Vec<_> = rows
        .into_iter()
        .flat_map(|row| of_row(board, row))
        .collect();
    coming.sort_by_key(|(when, ..)| *when);
    coming.truncate(asked.count.unwrap_or(usize::MAX));
    let lines = coming.into_iter().map(|coming| line(board, coming));
    let caption = words::held("milestones to come", board.project(), board.period());
    Listing {
        grid: Grid::new(caption, &["Milestone", "Version", "Day"], lines.collect()),
        nothing: "No milestone to come is known.",
    }
}

/// When a milestone is, of which train, and which.
type Coming<'a> = (When, &'a Row, MilestoneKind<'a>);

fn of_row<'a>(board: &Board, row: &'a Row) -> impl Iterator<Item = Coming<'a>> {
    let (meaning, period) = (board.end_day(), board.period());
    let kinds = milestones::of_train(row).into_iter();
    let kinds = kinds.filter(|kind| !kind.is_of_patch());
    kinds.filter_map(move |kind| {
        let when = kind.days(row).when()?;
        let day = kind.first_day(row, meaning);
        let has_come = day.is_some_and(|day| period.has_come(day));
        (!has_come).then_some((when, row, kind))
    })
}

fn line(board: &Board, (when, row, kind): Coming<'_>) -> Line {
    Line {
        status: "milestone",
        cells: vec![
            vec![words(kind.title(board.end_day()))],
            vec![Piece::Name(row.train().label.to_string())],
            vec![Piece::Short(when)],
        ],
        ..Line::default()
    }
}
