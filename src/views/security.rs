//! Which versions get security fixes, as a `SECURITY.md` says it.

use super::grid::{Grid, Line};
use super::prose::{Sentence, words};
use super::words;
use crate::schedule::{Board, Row, Status};

/// The versions as one block of HTML.
pub fn html(board: &Board) -> String {
    grid(board, &Marks { yes: "", no: "" }).html()
}

/// The versions as Markdown: a table as GitHub proposes it, and for which days
/// it holds.
pub fn markdown(board: &Board) -> String {
    let (yes, no) = ("✅ ", "❌ ");
    grid(board, &Marks { yes, no }).markdown("---|")
}

/// What stands before an answer. Not every font of a page has such signs.
struct Marks {
    yes: &'static str,
    no: &'static str,
}

/// The supported branches and those of the board that have ended, the newest
/// first, and then all others.
fn grid(board: &Board, marks: &Marks) -> Grid {
    let supported = board.supported().rev();
    let supported = supported.map(|row| line(row, yes(board, row, marks)));
    let ended = board.trains().rev();
    let ended = ended.filter(|row| row.status() == Status::Ended);
    let ended = ended.map(|row| line(row, no(board, row, marks)));
    let none = words(format!("{}no", marks.no));
    let others = Line {
        status: "ended",
        cells: vec![vec![words("All others")], vec![none]],
        ..Line::default()
    };
    let lines = supported.chain(ended).chain([others]).collect();
    Grid::new(words::caption(board), &["Version", "Supported"], lines)
}

fn line(row: &Row, answer: Sentence) -> Line {
    let branch = row.train().branch_label.to_string();
    Line {
        status: row.status().as_str(),
        cells: vec![vec![words(branch)], answer],
        ..Line::default()
    }
}

fn yes(board: &Board, row: &Row, marks: &Marks) -> Sentence {
    let how = match words::status(row) {
        "Supported" => "yes".to_owned(),
        other => other.to_lowercase(),
    };
    let mut answer = vec![words(format!("{}{how},", marks.yes))];
    answer.extend(words::until(row.end(), board.end_day()));
    answer
}

fn no(board: &Board, row: &Row, marks: &Marks) -> Sentence {
    let mut answer = vec![words(format!("{}no", marks.no))];
    answer.extend(words::since(row.end(), board.end_day()));
    answer
}
