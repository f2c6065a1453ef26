//! The board in words: what is supported and until when, what to choose, what
//! comes next. Dates, never the reader's day.

use super::prose::{self, Piece, Sentence, words};
use super::words::{self, Style};
use crate::schedule::{Board, EndDay, Row};

/// The summary as one block of HTML.
pub fn html(board: &Board) -> String {
    let paragraphs = prose::html(&sentences(board));
    format!("<div class=\"tb-summary\">\n{paragraphs}</div>\n")
}

/// The summary as Markdown.
pub fn markdown(board: &Board) -> String {
    prose::markdown(&sentences(board))
}

/// The summary as plain text.
pub fn text(board: &Board) -> String {
    prose::text(&sentences(board))
}

fn sentences(board: &Board) -> Vec<Sentence> {
    let name = &board.project().name;
    let mut sentences = vec![match board.current() {
        Some(current) => choice(board, current),
        None => vec![words(format!("No release of {name} is supported."))],
    }];
    sentences.extend(others(board));
    sentences.extend(extended(board));
    sentences.extend(board.due().map(due));
    sentences.extend(board.upcoming().map(|next| coming(board, next)));
    sentences.extend(board.skipped().iter().map(|skipped| {
        vec![
            Piece::Train(skipped.label.to_string()),
            words(format!(" is skipped: {}", words::stopped(&skipped.reason))),
        ]
    }));
    sentences
}

/// The name of a train: the project's, its label.
fn train(board: &Board, row: &Row) -> Piece {
    Piece::Train(words::full_name(board.project(), row.train()))
}

fn label(row: &Row) -> Piece {
    Piece::Train(row.train().label.to_string())
}

/// What to choose.
fn choice(board: &Board, current: &Row) -> Sentence {
    let lts = board.lts();
    let has_long = lts.is_some_and(|lts| std::ptr::eq(lts, current));
    let mut sentence = vec![train(board, current), words(" is the current release")];
    sentence.extend(words::by_plan(current, board.has_facts()));
    sentence.push(words(if has_long {
        " and has long-term support"
    } else {
        ", supported"
    }));
    sentence.extend(until(board, current));
    sentence.extend(words::extended_until(current, board.end_day()));
    if let Some(lts) = lts.filter(|_| !has_long) {
        sentence.extend(long_term(board, lts, current));
    }
    sentence.push(words("."));
    sentence
}

/// The train with long-term support beside the current one: what to choose, if
/// its support does not end before that one's.
fn long_term(board: &Board, lts: &Row, current: &Row) -> Sentence {
    let is_earlier = ends_before(lts, current, board.end_day());
    let (before, after) = if is_earlier {
        ("; ", " has long-term support")
    } else {
        ("; for long-term support choose ", ", supported")
    };
    let mut sentence = vec![words(before), label(lts)];
    sentence.extend(words::by_plan(lts, board.has_facts()));
    sentence.push(words(after));
    sentence.extend(until(board, lts));
    sentence.extend(is_earlier.then(|| words(", which is earlier")));
    sentence.extend(words::extended_until(lts, board.end_day()));
    sentence
}

/// Whether the ordinary support of a train ends first, as far as both ends are
/// known and wait for no other train.
fn ends_before(row: &Row, other: &Row, meaning: EndDay) -> bool {
    let is_known = row.is_waiting_for().is_none() && other.is_waiting_for().is_none();
    let [end, later] = [row, other].map(|row| row.support_end().first_day_without(meaning));
    is_known && end.zip(later).is_some_and(|(end, later)| end < later)
}

fn until(board: &Board, row: &Row) -> Sentence {
    words::until(row, board.end_day(), Style::Words)
}

/// The supported trains that the choice does not name.
fn others(board: &Board) -> Option<Sentence> {
    let named = |row: &Row| {
        let is = |other: Option<&Row>| other.is_some_and(|other| std::ptr::eq(other, row));
        is(board.current()) || is(board.lts())
    };
    let others = board.supported().rev().filter(|row| !named(row));
    let others = others.map(|row| item(board, row, until(board, row)));
    list("Also supported: ", others.collect())
}

/// The trains that only some are supported on.
fn extended(board: &Board) -> Option<Sentence> {
    let rows = board.extended().rev().map(|row| {
        let until = words::until_end(row.end(), board.end_day(), Style::Words);
        item(board, row, until)
    });
    list("Extended support only: ", rows.collect())
}

/// A train, whether it is out by plan alone, and until when it is supported.
fn item(board: &Board, row: &Row, until: Sentence) -> Sentence {
    let by_plan = words::by_plan(row, board.has_facts());
    [label(row)]
        .into_iter()
        .chain(by_plan)
        .chain(until)
        .collect()
}

/// Trains in a row, after what is said of all of them.
fn list(title: &str, items: Vec<Sentence>) -> Option<Sentence> {
    let last = items.len().checked_sub(1)?;
    let mut sentence = vec![words(title)];
    for (n, item) in items.into_iter().enumerate() {
        let before = match n {
            0 => "",
            n if n == last => " and ",
            _ => ", ",
        };
        sentence.push(words(before));
        sentence.extend(item);
    }
    sentence.push(words("."));
    Some(sentence)
}

/// A train whose day has come, and that nobody recorded.
fn due(row: &Row) -> Sentence {
    let mut sentence = vec![label(row), words(" is due")];
    let planned = row.release().planned;
    sentence.extend(
        planned
            .into_iter()
            .flat_map(|when| words::since_plan(when, Style::Words)),
    );
    sentence.push(words(", not recorded."));
    sentence
}

/// What comes next.
fn coming(board: &Board, next: &Row) -> Sentence {
    let mut sentence = vec![words("Next comes "), label(next)];
    match (next.branch().when(), next.release().when()) {
        (Some(branch), Some(release)) => {
            let has_come = branch
                .comes()
                .is_some_and(|day| board.period().has_come(day));
            let verb = if has_come { "was" } else { "is" };
            sentence.push(words(format!(": its branch {verb} due")));
            sentence.extend(words::on(branch));
            sentence.push(words(" and its release is due"));
            sentence.extend(words::on(release));
        }
        (None, Some(release)) => {
            sentence.push(words(", due"));
            sentence.extend(words::on(release));
        }
        (_, None) => sentence.push(words("; its day is not announced")),
    }
    sentence.push(words("."));
    sentence
}
