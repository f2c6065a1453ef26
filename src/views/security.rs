//! Which versions get security fixes, as a `SECURITY.md` says it.

use super::grid::{Grid, Line};
use super::prose::{Sentence, words};
use super::words;
use crate::schedule::{Board, Row, Status};

/// The versions as one block of HTML.
pub fn html(board: &Board) -> String {
    grid(board, "", "").html()
}

/// The versions as Markdown: a table as GitHub proposes it, and for which days
/// it holds.
pub fn markdown(board: &Board) -> String {
    grid(board, "✅ ", "❌ ").markdown("---|")
}

/// The supported branches and those of the board that have ended, the newest
/// first, and then all others. A mark stands before each answer; not every font
/// of a page has such signs.
fn grid(board: &Board, yes: &str, no: &str) -> Grid {
    let supported = board.supported().rev().map(|row| {
        let how = match words::status(row) {
            "Supported" => "yes".to_owned(),
            other => other.to_lowercase(),
        };
        let until = words::until(row.end(), board.end_day());
        line(row, format!("{yes}{how},"), until)
    });
    let ended = board.trains().rev();
    let ended = ended
        .filter(|row| row.status() == Status::Ended)
        .map(|row| {
            let since = words::since(row.end(), board.end_day());
            line(row, format!("{no}no"), since)
        });
    let others = Line {
        status: "ended",
        cells: vec![vec![words("All others")], vec![words(format!("{no}no"))]],
        ..Line::default()
    };
    let lines = supported.chain(ended).chain([others]).collect();
    Grid::new(words::caption(board), &["Version", "Supported"], lines)
}

fn line(row: &Row, answer: String, day: Sentence) -> Line {
    let branch = row.train().branch_label.to_string();
    let answer = [words(answer)].into_iter().chain(day);
    Line {
        status: row.status().as_str(),
        cells: vec![vec![words(branch)], answer.collect()],
        ..Line::default()
    }
}
