//! Which versions get security fixes, as a `SECURITY.md` says it.

use super::grid::{Grid, Line};
use super::prose::{Piece, Sentence, until, words};
use super::words;
use crate::schedule::{Board, End, EndDay, Row, Status};

/// The versions as one block of HTML.
pub fn html(board: &Board) -> String {
    grid(board).html()
}

/// The versions as Markdown: a table as GitHub proposes it, and for which days
/// it holds.
pub fn markdown(board: &Board) -> String {
    grid(board).markdown()
}

/// The supported branches and those of the board that have ended, the newest
/// first, and then all others.
fn grid(board: &Board) -> Grid {
    let supported = board
        .supported()
        .rev()
        .map(|row| line(row, yes(board, row)));
    let ended = board.trains().rev();
    let ended = ended.filter(|row| row.status() == Status::Ended);
    let ended = ended.map(|row| line(row, no(board, row)));
    let others = Line {
        status: "ended",
        cells: vec![vec![words("All others")], vec![words("❌ no")]],
    };
    let lines = supported.chain(ended).chain([others]).collect();
    Grid::new(words::caption(board), &["Version", "Supported"], lines)
}

fn line(row: &Row, answer: Sentence) -> Line {
    let branch = row.train().branch_label.to_string();
    Line {
        status: row.status().as_str(),
        cells: vec![vec![words(branch)], answer],
    }
}

fn yes(board: &Board, row: &Row) -> Sentence {
    let yes = match words::status(row) {
        "Supported" => "✅ yes,".to_owned(),
        other => format!("✅ {},", other.to_lowercase()),
    };
    let mut answer = vec![words(yes)];
    answer.extend(until(row.end(), board.end_day()));
    answer
}

fn no(board: &Board, row: &Row) -> Sentence {
    match (row.end(), board.end_day()) {
        (End::Day(day), EndDay::Unsupported) => vec![words("❌ no, since "), Piece::Day(day)],
        (End::Day(day), EndDay::Supported) => vec![words("❌ no, ended with "), Piece::Day(day)],
        (End::Month(month), _) => vec![words(format!("❌ no, ended with {}", month.in_words()))],
        (End::Open | End::Unknown, _) => vec![words("❌ no")],
    }
}
