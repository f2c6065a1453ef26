//! The board in words: what is supported and until when, what to choose, what
//! comes next. Dates, never the reader's day.

use super::prose::{self, Piece, Sentence, words};
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
            words(format!(" is skipped: {}", ended_with_stop(&skipped.reason))),
        ]
    }));
    sentences
}

fn ended_with_stop(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
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
    let mut sentence = vec![train(board, current)];
    match board.lts() {
        Some(lts) if std::ptr::eq(lts, current) => {
            sentence.push(words(" is the current release and has long-term support"));
            sentence.extend(until(board, current));
        }
        Some(lts) => {
            sentence.push(words(" is the current release, supported"));
            sentence.extend(until(board, current));
            sentence.push(words("; for long-term support choose "));
            sentence.push(label(lts));
            sentence.push(words(", supported"));
            sentence.extend(until(board, lts));
        }
        None => {
            sentence.push(words(" is the current release, supported"));
            sentence.extend(until(board, current));
        }
    }
    sentence.push(words("."));
    sentence
}

fn until(board: &Board, row: &Row) -> Sentence {
    prose::until(row.end(), board.end_day())
}

/// The supported trains that the choice does not name.
fn others(board: &Board) -> Option<Sentence> {
    let named = |row: &Row| {
        let is = |other: Option<&Row>| other.is_some_and(|other| std::ptr::eq(other, row));
        is(board.current()) || is(board.lts())
    };
    let others: Vec<_> = board.supported().rev().filter(|row| !named(row)).collect();
    let (last, rest) = others.split_last()?;
    let mut sentence = vec![words("Also supported: ")];
    for row in rest {
        sentence.push(label(row));
        sentence.extend(until(board, row));
        sentence.push(words(if std::ptr::eq(*row, rest[rest.len() - 1]) {
            " and "
        } else {
            ", "
        }));
    }
    sentence.push(label(last));
    sentence.extend(until(board, last));
    sentence.push(words("."));
    Some(sentence)
}

/// What comes next.
fn coming(board: &Board, next: &Row) -> Sentence {
    let mut sentence = vec![words("Next comes "), label(next)];
    let from = board.period().valid_from;
    let branch = next
        .branch()
        .day()
        .map(|day| (day, from.is_some_and(|from| day <= from)));
    match (branch, next.release().day()) {
        (Some((day, is_cut)), Some(release)) => {
            sentence.push(words(if is_cut {
                ": its branch was cut on "
            } else {
                ": its branch is cut on "
            }));
            sentence.extend([
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
