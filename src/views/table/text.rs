//! The table as text in columns.

use unicode_width::UnicodeWidthStr;

use super::cells::Cell;
use super::columns::Columns;
use crate::schedule::{Board, Row};
use crate::views::words;

const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// The table as text. With `bold`, supported rows are wrapped in the escape
/// sequences of a terminal.
pub fn text(board: &Board, columns: &Columns, bold: bool) -> String {
    let columns = columns.of(board);
    let cells = |row: &Row| -> Vec<String> {
        columns
            .iter()
            .map(|column| Cell::of(board, row, column).text(" (planned)"))
            .collect()
    };
    let titles: Vec<_> = columns
        .iter()
        .map(|column| column.title().to_owned())
        .collect();
    let rows: Vec<_> = board
        .trains()
        .map(|row| (row.is_supported(), cells(row)))
        .collect();
    let widths: Vec<usize> = (0..titles.len())
        .map(|n| {
            rows.iter()
                .map(|(_, cells)| &cells[n])
                .chain([&titles[n]])
                .map(|cell| cell.width())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut out = format!("{}\n\n{}\n", words::caption(board), line(&titles, &widths));
    for (supported, cells) in &rows {
        let line = line(cells, &widths);
        if bold && *supported {
            out.extend([BOLD, &line, RESET, "\n"]);
        } else {
            out.extend([&line, "\n"]);
        }
    }
    for skipped in board.skipped() {
        out.extend(["\n", &skipped.label, " is skipped: ", &skipped.reason, "\n"]);
    }
    out
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, width)| {
        let missing = width.saturating_sub(cell.width());
        cell.clone() + &" ".repeat(missing)
    });
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}
