//! What stands in a marker's place.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use super::parse::{Name, Value, View, unknown};
use super::scene::{Goals, Subject};
use super::{Form, Mark, Place};
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::Board;
use crate::views::{self, TRAIN_VALUES, UnknownValue, VALUES};

/// What stands in the marker's place.
pub(super) fn text(
    source: &Arc<Source>,
    mark: &Mark,
    view: &View,
    subject: Subject<'_>,
    place: Place<'_>,
) -> Result<String, Diagnostic> {
    if !view.is_block() {
        return Ok(literal(&phrase(source, mark, view, subject)?));
    }
    let goals = place.scene.goals;
    let words = mark
        .words
        .clone()
        .map_or("board", |words| &source.text[words]);
    Ok(match place.form {
        // Where a list leads depends on the page that it is on.
        Form::Html if matches!(view, View::Trains) => {
            block_in_place(&block(view, subject, goals), &source.text, mark)
        }
        Form::Html => {
            let draw = || block(view, subject, goals);
            let block = place.scene.block(subject, words.trim(), draw);
            block_in_place(&block, &source.text, mark)
        }
        Form::Fragment(fragments) => {
            let block = fragments.block(words, place.is_first, || block(view, subject, goals));
            block_in_place(&block, &source.text, mark)
        }
        Form::Markdown => lines_in_place(&markdown(view, subject, goals, None), &source.text, mark),
    })
}

/// What a marker in a sentence stands for, as plain text.
pub(super) fn phrase(
    source: &Arc<Source>,
    mark: &Mark,
    view: &View,
    subject: Subject<'_>,
) -> Result<String, Diagnostic> {
    match (view, subject) {
        (View::Value(value), Subject::Train(train)) => {
            let found = views::train_value(train, &value.name.text);
            let when = format!("for {}", train.row().train().label);
            value_text(source, value, found, &TRAIN_VALUES, &when)
        }
        (View::Value(value), Subject::Project(project)) => {
            let found = views::value(&project.board, &value.name.text);
            value_text(source, value, found, &VALUES, "in this period")
        }
        (View::Versions(default), Subject::Project(project)) => {
            versions(source, mark, &project.board, default.as_deref())
        }
        _ => Ok(String::new()),
    }
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

fn block(view: &View, subject: Subject<'_>, goals: Goals<'_>) -> String {
    match subject {
        Subject::All(boards) => views::overview::html(boards, &|id| goals.project(id)),
        Subject::Train(train) => {
            let id = train.project().id();
            views::train::html(train, &|other| goals.train(id, other))
        }
        Subject::Project(project) => {
            let board = &project.board;
            match view {
                View::Table(columns) => views::table::html(board, columns),
                View::Gantt(span) => views::gantt::html(board, *span),
                View::Summary => views::summary::html(board),
                View::Security => views::security::html(board),
                View::Trains => {
                    let id = project.id();
                    views::train::list_html(project, &|train| goals.train(id, train))
                }
                _ => views::board(board),
            }
        }
    }
}

/// A view as Markdown, with its chart as a picture at that address. A chart
/// has no other place in Markdown: what it shows is said in words.
pub(super) fn markdown(
    view: &View,
    subject: Subject<'_>,
    goals: Goals<'_>,
    chart: Option<&str>,
) -> String {
    match subject {
        Subject::All(boards) => views::overview::markdown(boards, &|id| goals.project(id)),
        // HTML is Markdown too.
        Subject::Train(_) => block(view, subject, goals),
        Subject::Project(project) => {
            let board = &project.board;
            match (view, chart) {
                (View::Table(columns), _) => views::table::markdown(board, columns),
                (View::Gantt(_), Some(chart)) => views::gantt::picture(board, chart),
                (View::Gantt(_), None) => views::gantt::in_words(board),
                (View::Summary, _) => views::summary::markdown(board),
                (View::Security, _) => views::security::markdown(board),
                (View::Trains, _) => {
                    let id = project.id();
                    views::train::list_markdown(project, &|train| goals.train(id, train))
                }
                _ => views::board_as_markdown(board, chart),
            }
        }
    }
}

fn versions(
    source: &Arc<Source>,
    mark: &Mark,
    board: &Board,
    default: Option<&str>,
) -> Result<String, Diagnostic> {
    let found = views::versions(board).or(default.map(str::to_owned));
    found.ok_or_else(|| {
        Diagnostic::error("no-value", "no version is supported in this period")
            .at(source, mark.open.clone(), "has nothing to list now")
            .help("say what to write then: `default=\"none\"`")
    })
}

fn value_text(
    source: &Arc<Source>,
    value: &Value,
    found: Result<Option<String>, UnknownValue>,
    known: &[&str],
    when: &str,
) -> Result<String, Diagnostic> {
    let Name { text, span } = &value.name;
    let found = found.map_err(|_| unknown(source, "unknown-value", "value", span, known))?;
    found.or_else(|| value.default.clone()).ok_or_else(|| {
        let title = format!("there is no `{text}` {when}");
        Diagnostic::error("no-value", title)
            .at(source, span.clone(), "has no value now")
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
