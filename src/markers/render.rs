//! What stands in a marker's place.

use std::fmt::Write;
use std::ops::Range;

use super::context::{Block, PageLinks, PageOf, Phrase, Shown};
use super::parse::{BoardView, Name, unknown};
use super::{Mark, OutputFormat, Progress};
use crate::diagnostic::Diagnostic;
use crate::schedule::Day;
use crate::views::Place;
use crate::views::gantt::Picture;
use crate::views::table::Columns;
use crate::views::{self, train_values, values};

/// What stands in the marker's place.
pub(super) fn text(
    mark: &Mark<'_>,
    shown: Shown<'_>,
    progress: Progress<'_>,
) -> Result<String, Diagnostic> {
    let block = match shown {
        Shown::Block(block) => block,
        Shown::Phrase(phrase) => {
            let text = self::phrase(mark, phrase, progress.context.from)?;
            return Ok(phrase_in_place(&text, mark, phrase, progress));
        }
    };
    let context = &progress.context;
    let style = match progress.format {
        OutputFormat::Markdown => {
            let text = markdown(block, context.links, None);
            return Ok(lines_in_place(&text, mark));
        }
        OutputFormat::Html => None,
        OutputFormat::Fragment { style } => style.filter(|_| progress.is_first),
    };
    let words = mark.words.clone();
    let words = words.map_or("board", |words| mark.text()[words].trim());
    let place = match progress.format {
        OutputFormat::Html => Place::Page,
        OutputFormat::Markdown | OutputFormat::Fragment { .. } => Place::Book,
    };
    let html = || {
        context
            .around
            .block(self::html(block, context.links, place))
    };
    let html = context.block(block, words, html);
    Ok(match style {
        Some(style) => block_in_place(&views::fragment(&html, Some(style)), mark),
        None => block_in_place(&html, mark),
    })
}

/// The text of a marker for the middle of a sentence, with its language where
/// that is another.
fn phrase_in_place(
    text: &str,
    mark: &Mark<'_>,
    phrase: Phrase<'_>,
    progress: Progress<'_>,
) -> String {
    let is_default = phrase.default().is_some_and(|default| default == text);
    let text = literal(text);
    if is_default || !mark.is_in_text {
        return text;
    }
    progress.context.around.phrase(text, phrase.has_words())
}

/// What a marker in a sentence stands for, as plain text; on boards that hold
/// from some day on, when that is still to come.
pub(super) fn phrase(
    mark: &Mark<'_>,
    phrase: Phrase<'_>,
    from: Option<Day>,
) -> Result<String, Diagnostic> {
    let (value, found, known, period) = match phrase {
        Phrase::Versions(project, default) => {
            let found = views::versions(&project.board).or(default.map(str::to_owned));
            return found.ok_or_else(|| {
                let what = "no version is supported";
                let lacks = (mark.open.clone(), "has nothing to list");
                no_value(mark, lacks, what, " in this period", from)
                    .help("say what to write then: `default=\"none\"`")
            });
        }
        Phrase::TrainValue(train, value) => {
            let found = views::train_value(train, &value.name.text, value.form);
            let of = format!(" for {}", train.row().train().label);
            (value, found, train_values(train), (of, ""))
        }
        Phrase::Value(project, value) => {
            let found = views::value(&project.board, &value.name.text, value.form);
            (
                value,
                found,
                values(&project.board),
                (String::new(), " in this period"),
            )
        }
    };
    let Name { text, span } = &value.name;
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    let found = found.map_err(|_| unknown(mark, "unknown-value", "value", span, &known))?;
    found.or_else(|| value.default.clone()).ok_or_else(|| {
        let (of, period) = period;
        let what = format!("there is no `{text}`{of}");
        let lacks = (span.clone(), "has no value");
        no_value(mark, lacks, &what, period, from)
            .help("say what to write then: `default=\"not yet\"`")
    })
}

/// A marker that has nothing to say, now or from some day on.
fn no_value(
    mark: &Mark<'_>,
    (span, lacks): (Range<usize>, &str),
    what: &str,
    period: &str,
    from: Option<Day>,
) -> Diagnostic {
    let (title, when) = match from {
        Some(day) => (format!("from {day} on, {what}"), "then"),
        None => (format!("{what}{period}"), "now"),
    };
    Diagnostic::error("no-value", title).at(mark.source, span, format!("{lacks} {when}"))
}

fn html(block: Block<'_>, links: PageLinks<'_>, place: Place) -> String {
    let (project, view) = match block {
        Block::Overview(boards) => {
            return views::overview::html(boards, &|id| links(PageOf::Project(id)));
        }
        Block::Train(train) => {
            let id = train.project().id();
            return views::train::html(train, &|other| links(PageOf::Train(id, other)));
        }
        Block::Board(project, view) => (project, view),
    };
    let board = &project.board;
    match view {
        BoardView::Board => views::board(board, place),
        BoardView::Summary => views::summary::html(board),
        BoardView::Table(names) => views::table::html(board, &columns(names.as_ref()), place),
        BoardView::Milestones(asked) => views::coming::listing(board, *asked).html(),
        BoardView::Patches => views::patches::listing(board).html(),
        BoardView::Gantt(span) => views::gantt::html(board, *span),
        BoardView::Security => views::security::html(board),
        BoardView::Trains => {
            views::train::list_html(project, &|train| links(PageOf::Train(project.id(), train)))
        }
    }
}

/// The columns that a marker asks for.
fn columns(names: Option<&Name>) -> Columns {
    names.map_or_else(Columns::default, |names| Columns::parse(&names.text))
}

/// A view as Markdown, with its chart as a picture at that address. A chart
/// has no other place in Markdown: what it shows is said in words.
pub(super) fn markdown(
    block: Block<'_>,
    links: PageLinks<'_>,
    chart: Option<Picture<'_>>,
) -> String {
    let (project, view) = match block {
        Block::Overview(boards) => {
            return views::overview::markdown(boards, &|id| links(PageOf::Project(id)));
        }
        // HTML is Markdown too.
        Block::Train(_) => return html(block, links, Place::Book),
        Block::Board(project, view) => (project, view),
    };
    let board = &project.board;
    match view {
        BoardView::Board => views::board_as_markdown(board, chart),
        BoardView::Summary => views::summary::markdown(board),
        BoardView::Table(names) => views::table::markdown(board, &columns(names.as_ref())),
        BoardView::Milestones(asked) => views::coming::listing(board, *asked).markdown(),
        BoardView::Patches => views::patches::listing(board).markdown(),
        BoardView::Gantt(_) => match chart {
            Some(chart) => views::gantt::picture(board, chart),
            None => views::gantt::in_words(board),
        },
        BoardView::Security => views::security::markdown(board),
        BoardView::Trains => {
            views::train::list_markdown(project, &|train| links(PageOf::Train(project.id(), train)))
        }
    }
}

/// A block of HTML without blank lines, for the lines of a marker, and a blank
/// line after it where Markdown goes on.
fn block_in_place(block: &str, mark: &Mark<'_>) -> String {
    let source = mark.text();
    let prefix = prefix(source, mark.open.start);
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    let mut placed = lines.collect::<Vec<_>>().join(&format!("\n{prefix}"));
    if mark.begins_block && text_follows(&source[mark.span.end..]) {
        placed.push('\n');
        placed.push_str(prefix.trim_end());
    }
    placed
}

/// Markdown for the lines of a marker, with a blank line before and after it
/// where there is text.
fn lines_in_place(text: &str, mark: &Mark<'_>) -> String {
    let source = mark.text();
    let prefix = prefix(source, mark.open.start);
    let lines = lines_behind(&prefix, text);
    let line_start = format!("\n{prefix}");
    let mut placed = String::with_capacity(lines.len() + 64);
    if text_precedes(&source[..mark.span.start]) {
        placed.push_str(&line_start);
    }
    placed.push_str(lines.strip_prefix(&line_start).unwrap_or(&lines));
    if text_follows(&source[mark.span.end..]) {
        placed.push('\n');
        placed.push_str(prefix.trim_end());
    }
    placed
}

/// The lines of a text, each after a line end and the prefix.
pub(super) fn lines_behind(prefix: &str, text: &str) -> String {
    let blank = prefix.trim_end();
    let line = |line: &str| match line {
        "" => format!("\n{blank}"),
        line => format!("\n{prefix}{line}"),
    };
    text.lines().map(line).collect()
}

/// The quote marks and the indent of a marker that begins at that byte: what
/// continues its line on the next.
pub(super) fn prefix(source: &str, at: usize) -> String {
    let space = |c: char| if matches!(c, '>' | '\t') { c } else { ' ' };
    line_before(source, at).chars().map(space).collect()
}

/// The part of a line that stands before some byte of it.
pub(super) fn line_before(source: &str, at: usize) -> &str {
    &source[source[..at].rfind('\n').map_or(0, |end| end + 1)..at]
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
