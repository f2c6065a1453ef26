//! The patch releases to come.

use super::grid::{Grid, Line, Listing, or_dash};
use super::prose::{Piece, Sentence};
use super::words;
use crate::schedule::{Board, MilestoneName, Patch, Row};

/// The next patch release of each supported train as a table, with the days
/// before it, and before that the last one while nobody recorded it.
pub fn listing(board: &Board) -> Listing {
    let names = names(board);
    let titles = ["Version", "Patch release"].into_iter();
    let titles: Vec<_> = titles.chain(names.iter().map(|name| &*name.name)).collect();
    let of_row = |row| patches(row).map(|(row, patch)| line(row, patch, &names));
    let lines = board.supported().rev().flat_map(of_row).collect();
    let caption = words::held("patch releases to come", board.project(), board.period());
    Listing {
        grid: Grid::new(caption, &titles, lines),
        nothing: "No patch release to come is known.",
    }
}

fn patches(row: &Row) -> impl Iterator<Item = (&Row, &Patch)> {
    row.patches().iter().map(move |patch| (row, patch))
}

/// The days before any of the patches, by their names.
fn names(board: &Board) -> Vec<&MilestoneName> {
    let mut names: Vec<&MilestoneName> = Vec::new();
    let patches = board.supported().rev().flat_map(Row::patches);
    for day in patches.flat_map(|patch| &patch.milestones) {
        if !names.iter().any(|known| known.id == day.name.id) {
            names.push(&day.name);
        }
    }
    names
}

fn line(row: &Row, patch: &Patch, names: &[&MilestoneName]) -> Line {
    let cells = [vec![Piece::Name(row.train().label.to_string())], day(patch)];
    let days = names.iter().map(|name| {
        let mut days = patch.milestones.iter();
        let day = days.find(|day| day.name.id == name.id);
        or_dash(day.map(|day| Piece::Short(day.date)))
    });
    Line {
        status: "milestone",
        cells: cells.into_iter().chain(days).collect(),
        ..Line::default()
    }
}

fn day(patch: &Patch) -> Sentence {
    let version = patch.version.as_ref();
    let version = version.map(|version| Piece::Aside(version.to_string()));
    let mark = patch.is_unrecorded.then_some(Piece::Mark("not recorded"));
    let day = [Piece::Short(patch.date.into())].into_iter();
    day.chain(version).chain(mark).collect()
}
