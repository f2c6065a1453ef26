//! What stands in a marker's place.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use super::parse::{Value, unknown};
use super::{Form, Mark, Marker, Place};
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::Board;
use crate::views::{self, VALUES};

/// What stands in the marker's place on that board.
pub(super) fn text(
    source: &Arc<Source>,
    mark: &Mark,
    marker: &Marker,
    board: &Board,
    place: Place<'_>,
) -> Result<String, Diagnostic> {
    Ok(match (marker, place.form) {
        (Marker::Versions, _) => literal(&versions(source, mark, board)?),
        (Marker::Value(value), _) => literal(&value_text(source, value, board)?),
        (view, Form::Html) => block_in_place(&block(view, board), &source.text, mark),
        (view, Form::Fragment(fragments)) => {
            let words = mark
                .words
                .clone()
                .map_or("board", |words| &source.text[words]);
            let block = fragments.block(words, place.is_first, || block(view, board));
            block_in_place(&block, &source.text, mark)
        }
        (view, Form::Markdown) => lines_in_place(&markdown(view, board), &source.text, mark),
    })
}

/// The views of one board for the pages of a book. Each is drawn once, however
/// many pages show it.
#[derive(Debug)]
pub(crate) struct Fragments {
    style: Option<String>,
    /// By the words of their markers, without the style sheet and with it.
    drawn: [RefCell<HashMap<String, String>>; 2],
}

impl Fragments {
    /// With the style sheet that the first view of a page brings along, if it
    /// is to.
    pub(crate) fn with(style: Option<String>) -> Self {
        Self {
            style,
            drawn: Default::default(),
        }
    }

    fn block(&self, words: &str, is_first: bool, draw: impl FnOnce() -> String) -> String {
        let style = self.style.as_deref().filter(|_| is_first);
        let mut drawn = self.drawn[usize::from(style.is_some())].borrow_mut();
        let words = words.trim();
        if let Some(block) = drawn.get(words) {
            return block.clone();
        }
        let block = match style {
            Some(style) => views::fragment(&draw(), style),
            None => draw(),
        };
        drawn.insert(words.to_owned(), block.clone());
        block
    }
}

fn block(view: &Marker, board: &Board) -> String {
    match view {
        Marker::Table(columns) => views::table::html(board, columns),
        Marker::Gantt(span) => views::gantt::html(board, *span),
        Marker::Summary => views::summary::html(board),
        _ => views::board(board),
    }
}

/// A chart has no place in Markdown: what it shows is said in words.
fn markdown(view: &Marker, board: &Board) -> String {
    match view {
        Marker::Table(columns) => views::table::markdown(board, columns),
        Marker::Gantt(_) => views::gantt::in_words(board),
        Marker::Summary => views::summary::markdown(board),
        _ => views::board_as_markdown(board, None),
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
fn block_in_place(block: &str, source: &str, mark: &Mark) -> String {
    let prefix = prefix(source, mark);
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

/// Markdown, each line behind the quote marks and the indent of the marker,
/// and parted from the text around it.
fn lines_in_place(text: &str, source: &str, mark: &Mark) -> String {
    let prefix = prefix(source, mark);
    let blank = format!("\n{}", prefix.trim_end());
    let mut placed = String::with_capacity(text.len() + 64);
    if text_precedes(&source[..mark.span.start]) {
        let _ = write!(placed, "\n{prefix}");
    }
    for (n, line) in text.lines().enumerate() {
        match (n, line) {
            (0, line) => placed.push_str(line),
            (_, "") => placed.push_str(&blank),
            (_, line) => {
                let _ = write!(placed, "\n{prefix}{line}");
            }
        }
    }
    if text_follows(&source[mark.span.end..]) {
        placed.push_str(&blank);
    }
    placed
}

/// What continues the marker's line on the next: its quote marks and indent.
fn prefix(source: &str, mark: &Mark) -> String {
    let line_start = source[..mark.span.start].rfind('\n').map_or(0, |at| at + 1);
    source[line_start..mark.span.start]
        .chars()
        .map(|c| if matches!(c, '>' | '\t') { c } else { ' ' })
        .collect()
}

/// Whether the line before this one has text that this one goes on with.
fn text_precedes(before: &str) -> bool {
    let mut lines = before
        .rsplit('\n')
        .map(|line| line.trim_matches(is_blank_or_quote));
    let begins_item = lines.next().is_some_and(|line| !line.is_empty());
    !begins_item && lines.next().is_some_and(|line| !line.is_empty())
}

/// Whether the line after this one has text.
fn text_follows(rest: &str) -> bool {
    let next = rest.split('\n').nth(1);
    next.is_some_and(|line| !line.trim_matches(is_blank_or_quote).is_empty())
}

fn is_blank_or_quote(c: char) -> bool {
    c == '>' || c.is_ascii_whitespace()
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
