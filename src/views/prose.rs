//! Sentences, before they become HTML, Markdown or text.

use std::fmt::Write;

use super::escape;
use crate::schedule::{Day, End, EndDay};

/// A piece of a sentence or of a cell.
pub(super) enum Piece {
    Words(String),
    /// A train, or what else the sentence is about.
    Train(String),
    /// A day, in words.
    Day(Day),
    /// A day, short.
    Short(Day),
    /// A name that leads somewhere.
    Link {
        text: String,
        to: String,
    },
    /// A short word that marks what stands before it.
    Badge(String),
    /// What is said in passing.
    Aside(String),
}

pub(super) type Sentence = Vec<Piece>;

pub(super) fn words(text: impl Into<String>) -> Piece {
    Piece::Words(text.into())
}

/// A name, which leads somewhere if there is something to lead to.
pub(super) fn name(text: &str, to: Option<String>) -> Piece {
    let text = text.to_owned();
    match to {
        Some(to) => Piece::Link { text, to },
        None => Piece::Words(text),
    }
}

/// ` until 20 January 2027`, with what the day means where it still counts.
pub(super) fn until(end: End, meaning: EndDay) -> Sentence {
    match end {
        End::Day(day) => vec![words(through(meaning)), Piece::Day(day)],
        End::Month(month) => vec![words(" into "), words(month.in_words())],
        End::Open | End::Unknown => vec![words(" with no end announced")],
    }
}

/// What stands before the day of an end.
pub(super) fn through(meaning: EndDay) -> &'static str {
    match meaning {
        EndDay::Unsupported => " until ",
        EndDay::Supported => " through ",
    }
}

/// A paragraph of HTML for each sentence.
pub(super) fn html(sentences: &[Sentence]) -> String {
    let paragraph = |sentence: &Sentence| format!("<p>{}</p>\n", html_pieces(sentence));
    sentences.iter().map(paragraph).collect()
}

/// A paragraph of Markdown for each sentence.
pub(super) fn markdown(sentences: &[Sentence]) -> String {
    paragraphs(sentences, markdown_pieces)
}

/// A paragraph of plain text for each sentence.
pub(super) fn text(sentences: &[Sentence]) -> String {
    paragraphs(sentences, |sentence| sentence.iter().map(plain).collect())
}

fn paragraphs(sentences: &[Sentence], text: impl Fn(&[Piece]) -> String) -> String {
    let lines: Vec<_> = sentences.iter().map(|sentence| text(sentence)).collect();
    lines.join("\n\n") + "\n"
}

pub(super) fn html_pieces(pieces: &[Piece]) -> String {
    let mut html = String::new();
    for piece in pieces {
        // A string takes all that is written into it.
        let _ = match piece {
            Piece::Words(text) => write!(html, "{}", escape::Html(text)),
            Piece::Train(text) => {
                write!(html, "<strong><bdi>{}</bdi></strong>", escape::Html(text))
            }
            Piece::Day(day) => write!(html, "<time datetime=\"{day}\">{}</time>", day.in_words()),
            Piece::Short(day) => write!(html, "<time datetime=\"{day}\">{}</time>", day.in_short()),
            Piece::Link { text, to } => {
                let (to, text) = (escape::Html(to), escape::Html(text));
                write!(html, "<a href=\"{to}\"><bdi>{text}</bdi></a>")
            }
            Piece::Badge(text) => {
                write!(
                    html,
                    " <span class=\"tb-badge\">{}</span>",
                    escape::Html(text)
                )
            }
            Piece::Aside(text) => {
                write!(
                    html,
                    " <span class=\"tb-mark\">{}</span>",
                    escape::Html(text)
                )
            }
        };
    }
    html
}

pub(super) fn markdown_pieces(pieces: &[Piece]) -> String {
    let markdown = |piece: &Piece| match piece {
        Piece::Train(label) => format!("**{}**", escape::Markdown(label)),
        Piece::Words(words) => escape::Markdown(words).to_string(),
        Piece::Badge(text) | Piece::Aside(text) => format!(" {}", escape::Markdown(text)),
        Piece::Link { text, to } => {
            format!("[{}]({})", escape::Markdown(text), escape::Address(to))
        }
        Piece::Day(_) | Piece::Short(_) => plain(piece),
    };
    pieces.iter().map(markdown).collect()
}

fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Words(text) | Piece::Train(text) | Piece::Link { text, .. } => text.clone(),
        Piece::Badge(text) | Piece::Aside(text) => format!(" {text}"),
        Piece::Day(day) => day.in_words(),
        Piece::Short(day) => day.in_short(),
    }
}
