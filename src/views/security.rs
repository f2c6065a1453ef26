//! Which versions get security fixes, as a `SECURITY.md` says it.

use super::grid::{Grid, Line};
use super::prose::{Sentence, words};
use super::words::{self, Style};
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
        let by_plan = words::by_plan(row, board.has_facts());
        let until = words::until(row, board.end_day(), Style::Words);
        let how = [words(format!("{yes}{how}"))].into_iter().chain(by_plan);
        line(row, how.chain([words(",")]).chain(until).collect())
    });
    let extended = board.extended().rev().map(|row| {
        let answer = words(format!("{no}extended support only,"));
        let until = words::until_end(row.end(), board.end_day(), Style::Words);
        line(row, [answer].into_iter().chain(until).collect())
    });
    let ended = board.trains().rev();
    let ended = ended
        .filter(|row| row.status() == Status::Ended)
        .map(|row| {
            let since = words::since(row.end(), board.end_day());
            let answer = words(format!("{no}no"));
            line(row, [answer].into_iter().chain(since).collect())
        });
    let others = Line {
        status: "ended",
        cells: vec![vec![words("All others")], vec![words(format!("{no}no"))]],
        ..Line::default()
    };
    let lines = supported
        .chain(extended)
        .chain(ended)
        .chain([others])
        .collect();
    Grid {
        name: words::table_name(board.project()),
        ..Grid::new(words::caption(board), &["Version", "Supported"], lines)
    }
}

fn line(row: &Row, answer: Sentence) -> Line {
    let branch = row.train().branch_label.to_string();
    Line {
        status: row.status().as_str(),
        cells: vec![vec![words(branch)], answer],
        ..Line::default()
    }
}
