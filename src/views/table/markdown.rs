//! The table as Markdown.

use std::fmt::Write;

use super::cells::Cell;
use super::columns::{Column, Columns};
use crate::schedule::{Board, Row};
use crate::views::escape::{Address, Markdown};
use crate::views::words;

/// The table as Markdown, with its caption as a line below.
pub fn markdown(board: &Board, columns: &Columns) -> String {
    let columns = columns.of(board);
    let mut out = String::new();
    let titles = columns
        .iter()
        .map(|column| Markdown(column.title()).to_string());
    line(&mut out, titles);
    line(&mut out, columns.iter().map(|_| "---".to_owned()));
    for row in board.trains() {
        line(
            &mut out,
            columns.iter().map(|column| content(board, row, column)),
        );
    }
    let _ = writeln!(out, "\n{}", Markdown(&words::caption(board)));
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

fn content(board: &Board, row: &Row, column: &Column) -> String {
    let cell = Cell::of(board, row, column);
    let text = Markdown(cell.text(" (planned)").trim()).to_string();
    let text = match &cell {
        Cell::Latest(Some(release)) => match &release.link {
            Some(link) => format!("[{text}]({})", Address(link)),
            None => text,
        },
        _ => text,
    };
    if row.is_supported() && *column != Column::Latest {
        format!("**{text}**")
    } else {
        text
    }
}
