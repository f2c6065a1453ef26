//! The board in words: what is supported and until when, what to choose, what
//! comes next. Dates, never the reader's day.

use super::prose::{self, Piece, Sentence, words};
use super::words;
use crate::schedule::{Board, Row};

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
    sentences.extend(board.next().map(|next| coming(board, next)));
    sentences.extend(board.skipped().iter().map(|skipped| {
        vec![
            Piece::Train(skipped.label.to_string()),
            words(format!(" is skipped: {}", words::stopped(&skipped.reason))),
        ]
    }));
    sentences
}

/// The name of a train: the project's, its label, its codename.
fn train(board: &Board, row: &Row) -> Piece {
    Piece::Train(format!("{} {}", board.project().name, row.train().label))
}

fn label(row: &Row) -> Piece {
    Piece::Train(row.train().label.to_string())
}

/// What to choose.
fn choice(board: &Board, current: &Row) -> Sentence {
    let lts = board.lts();
    let has_long = lts.is_some_and(|lts| std::ptr::eq(lts, current));
    let mut sentence = vec![train(board, current), words(" is the current release")];
    sentence.push(words(if has_long {
        " and has long-term support"
    } else {
        ", supported"
    }));
    sentence.extend(until(board, current));
    if let Some(lts) = lts.filter(|_| !has_long) {
        sentence.push(words("; for long-term support choose "));
        sentence.push(label(lts));
        sentence.push(words(", supported"));
        sentence.extend(until(board, lts));
    }
    sentence.push(words("."));
    sentence
}

fn until(board: &Board, row: &Row) -> Sentence {
    words::until(row.end(), board.end_day())
}

/// The supported trains that the choice does not name.
fn others(board: &Board) -> Option<Sentence> {
    let named = |row: &Row| {
        let is = |other: Option<&Row>| other.is_some_and(|other| std::ptr::eq(other, row));
        is(board.current()) || is(board.lts())
    };
    let others: Vec<_> = board.supported().rev().filter(|row| !named(row)).collect();
    let last = others.len().checked_sub(1)?;
    let mut sentence = vec![words("Also supported: ")];
    for (n, row) in others.into_iter().enumerate() {
        let before = match n {
            0 => "",
            n if n == last => " and ",
            _ => ", ",
        };
        sentence.extend([words(before), label(row)]);
        sentence.extend(until(board, row));
    }
    sentence.push(words("."));
    Some(sentence)
}

/// What comes next.
fn coming(board: &Board, next: &Row) -> Sentence {
    let mut sentence = vec![words("Next comes "), label(next)];
    match (next.branch().day(), next.release().day()) {
        (Some(day), Some(release)) => {
            let is_cut = board.period().has_come(day);
            let verb = if is_cut { "was" } else { "is" };
            sentence.extend([
                words(format!(": its branch {verb} cut on ")),
                Piece::Day(day),
                words(" and its release is due on "),
                Piece::Day(release),
            ]);
        }
        (_, Some(release)) => sentence.extend([words(", due on "), Piece::Day(release)]),
        (_, None) => sentence.push(words("; its day is not announced")),
    }
    sentence.push(words("."));
    sentence
}
