//! The table as HTML: one block, without a blank line.

use std::fmt::Write;

use super::cells::Cell;
use super::columns::{Column, Columns};
use crate::schedule::{Board, Day, End, Release, Row};
use crate::views::escape::Html;
use crate::views::words;

/// The table as one block of HTML. On a narrow page its style sheet folds the
/// other columns under the first, and leaves a table what it is to a screen
/// reader.
pub fn html(board: &Board, columns: &Columns) -> String {
    let columns = columns.of(board);
    let mut out = String::with_capacity(512 + 640 * board.trains().count());
    out.push_str("<div class=\"tb-table\">\n<table>\n");
    let _ = writeln!(out, "<caption>{}</caption>", Html(&words::caption(board)));
    out.push_str("<thead>\n<tr>\n");
    for column in &columns {
        let title = Html(column.title());
        let _ = writeln!(out, "<th scope=\"col\">{title}</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in board.trains() {
        table_row(&mut out, board, row, &columns);
    }
    out.push_str("</tbody>\n</table>\n");
    if board.keeps_records() && board.trains().any(Row::release_is_only_planned) {
        out.push_str("<p class=\"tb-note\">Planned: the day has come, and the release is not recorded yet.</p>\n");
    }
    notes(&mut out, board);
    out.push_str("</div>\n");
    out
}

fn table_row(out: &mut String, board: &Board, row: &Row, columns: &[Column]) {
    let status = row.status().as_str();
    let _ = writeln!(out, "<tr class=\"tb-{status}\">");
    for column in columns {
        let cell = Cell::of(board, row, column);
        if *column == Column::Version {
            let _ = writeln!(out, "<th scope=\"row\">{}</th>", content(&cell));
        } else {
            let class = class(column);
            let (title, content) = (Html(column.title()), content(&cell));
            let _ = writeln!(
                out,
                "<td class=\"{class}\" data-label=\"{title}\">{content}</td>"
            );
        }
    }
    out.push_str("</tr>\n");
}

fn class(column: &Column) -> &'static str {
    match column {
        Column::Version => "tb-version",
        Column::Status => "tb-status",
        Column::Branch | Column::Phase(_) | Column::Release => "tb-day",
        Column::End => "tb-end",
        Column::Latest => "tb-latest",
    }
}

fn content(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Version {
            label,
            codename,
            badge,
        } => version(label, *codename, *badge),
        Cell::Status { words, phase } => {
            let mut status = Html(words).to_string();
            if let Some(phase) = phase {
                let _ = write!(status, " <span class=\"tb-phase\">{}</span>", Html(phase));
            }
            status
        }
        Cell::Day {
            day: Some(day),
            only_planned,
        } => {
            time(*day)
                + if *only_planned {
                    " <span class=\"tb-mark\">planned</span>"
                } else {
                    ""
                }
        }
        Cell::End(End::Day(day)) => time(*day),
        Cell::End(End::Month(month)) => {
            format!("<time datetime=\"{month}\">{}</time>", month.in_short())
        }
        Cell::Latest(Some(release)) => latest(release),
        Cell::Day { .. } | Cell::End(_) | Cell::Latest(None) => cell.text(""),
    }
}

fn version(label: &str, codename: Option<&str>, badge: Option<&str>) -> String {
    let mut version = format!("<bdi>{}</bdi>", Html(label));
    if let Some(codename) = codename {
        let _ = write!(
            version,
            " <span class=\"tb-codename\"><bdi>{}</bdi></span>",
            Html(codename)
        );
    }
    if let Some(badge) = badge {
        let _ = write!(version, " <span class=\"tb-badge\">{}</span>", Html(badge));
    }
    version
}

fn time(day: Day) -> String {
    format!("<time datetime=\"{day}\">{}</time>", day.in_short())
}

fn latest(release: &Release) -> String {
    let version = Html(release.version.as_str());
    match &release.link {
        Some(link) => format!("<a href=\"{}\">{version}</a>", Html(link)),
        None => version.to_string(),
    }
}

/// Why trains are skipped or differ from the rule.
fn notes(out: &mut String, board: &Board) {
    for row in board.trains() {
        let train = row.train();
        if let Some(note) = &train.note {
            note_line(out, &train.label, note, train.link.as_deref());
        }
    }
    for skipped in board.skipped() {
        let reason = format!("skipped: {}", skipped.reason);
        note_line(out, &skipped.label, &reason, skipped.link.as_deref());
    }
}

fn note_line(out: &mut String, label: &str, note: &str, link: Option<&str>) {
    let _ = write!(
        out,
        "<p class=\"tb-note\"><strong><bdi>{}</bdi></strong> {}",
        Html(label),
        Html(note)
    );
    if let Some(link) = link {
        let _ = write!(
            out,
            " (<a href=\"{}\">more about {}</a>)",
            Html(link),
            Html(label)
        );
    }
    out.push_str("</p>\n");
}
