//! What stands in a marker's place.

use std::fmt::Write;
use std::sync::Arc;

use super::parse::{Value, unknown};
use super::{Mark, Marker};
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::Board;
use crate::views::{self, VALUES};

/// What stands in the marker's place on that board.
pub(super) fn text(
    source: &Arc<Source>,
    mark: &Mark,
    marker: &Marker,
    board: &Board,
) -> Result<String, Diagnostic> {
    Ok(match marker {
        Marker::Versions => literal(&versions(source, mark, board)?),
        Marker::Value(value) => literal(&value_text(source, value, board)?),
        view => lines_in_place(&block(view, board), &source.text, mark),
    })
}

fn block(view: &Marker, board: &Board) -> String {
    match view {
        Marker::Table(columns) => views::table::html(board, columns),
        Marker::Gantt(span) => views::gantt::html(board, *span),
        Marker::Summary => views::summary::html(board),
        _ => views::board(board),
    }
}

pub(super) fn versions(
    source: &Arc<Source>,
    mark: &Mark,
    board: &Board,
) -> Result<String, Diagnostic> {
    views::versions(board).ok_or_else(|| {
        Diagnostic::error("no-value", "no version is supported in this period").at(
            source,
            mark.open.clone(),
            "has nothing to list now",
        )
    })
}

pub(super) fn value_text(
    source: &Arc<Source>,
    value: &Value,
    board: &Board,
) -> Result<String, Diagnostic> {
    let found = views::value(board, &value.name)
        .map_err(|_| unknown(source, "unknown-value", "value", &value.span, &VALUES))?;
    found.or_else(|| value.default.clone()).ok_or_else(|| {
        let title = format!("there is no `{}` in this period", value.name);
        Diagnostic::error("no-value", title)
            .at(source, value.span.clone(), "has no value now")
            .help("say what to write then: `default=\"not yet\"`")
    })
}

/// A block without blank lines, each line behind the quote marks and the
/// indent of the marker, and a blank line after it where Markdown goes on.
fn lines_in_place(block: &str, source: &str, mark: &Mark) -> String {
    let line_start = source[..mark.span.start].rfind('\n').map_or(0, |at| at + 1);
    let prefix: String = source[line_start..mark.span.start]
        .chars()
        .map(|c| if matches!(c, '>' | '\t') { c } else { ' ' })
        .collect();
    let mut placed = String::with_capacity(block.len() + 64);
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        if !placed.is_empty() {
            placed.push('\n');
            placed.push_str(&prefix);
        }
        placed.push_str(line);
    }
    if mark.begins_block && text_follows(&source[mark.span.end..]) {
        placed.push('\n');
        placed.push_str(prefix.trim_end());
    }
    placed
}

/// Whether the line after this one has text.
fn text_follows(rest: &str) -> bool {
    let next = rest.split('\n').nth(1);
    next.is_some_and(|line| !line.trim_matches([' ', '\t', '>']).is_empty())
}

/// Text that stays itself in Markdown and in raw HTML alike: what might mean
/// something to either becomes a character reference.
pub(crate) fn literal(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        if is_plain(before, c, after) {
            safe.push(c);
        } else {
            let _ = write!(safe, "&#{};", u32::from(c));
        }
        before = Some(c);
    }
    safe
}

/// Whether a character means nothing but itself between those two.
fn is_plain(before: Option<char>, c: char, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '.' | '-' | '+' => is_word(before) && is_word(after),
        ' ' => before.is_some_and(|c| c != ' ') && after.is_some_and(|c| c != ' '),
        ',' | ';' | '/' => is_word(before),
        c => c.is_alphanumeric() || !(c.is_ascii() || c.is_control()),
    }
}
