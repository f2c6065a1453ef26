//! Sentences and cells in pieces, before they become HTML, Markdown or text.

use std::fmt::Display;

use super::escape;
use crate::schedule::{Precision, When};

/// A piece of a sentence or of a cell.
pub(super) enum Piece {
    Words(String),
    /// A train, or what else the sentence is about.
    Train(String),
    /// The name of a train, in a cell.
    Name(String),
    /// The codename of the train before it.
    Codename(String),
    /// A date, in words.
    Date(When),
    /// A date, short.
    Short(When),
    /// What marks a date that is no fact.
    Mark(&'static str),
    /// What stands below the rest of its cell: what it is, and until when.
    Below(&'static str, String),
    /// A name that leads somewhere.
    Link {
        text: String,
        to: String,
    },
    /// Plain words that lead somewhere.
    Source {
        text: String,
        to: String,
    },
    /// A short word that marks what stands before it.
    Badge(String),
    /// A remark beside the words before it.
    Aside(String),
    /// The phase of the train whose status stands before it.
    Phase(String),
}

/// A name of more characters than this may break.
const LONGEST_LINE: usize = 20;

pub(super) type Sentence = Vec<Piece>;

impl Piece {
    /// A date, in words.
    pub(super) fn date(when: impl Into<When>) -> Self {
        Self::Date(when.into())
    }

    pub(super) fn source(text: String, to: &str) -> Self {
        let to = to.to_owned();
        Self::Source { text, to }
    }
}

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
    paragraphs(sentences, plain_pieces)
}

fn paragraphs(sentences: &[Sentence], text: impl Fn(&[Piece]) -> String) -> String {
    let lines: Vec<_> = sentences.iter().map(|sentence| text(sentence)).collect();
    lines.join("\n\n") + "\n"
}

pub(super) fn html_pieces(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::html).collect()
}

pub(super) fn markdown_pieces(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::markdown).collect()
}

pub(super) fn plain_pieces(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::plain).collect()
}

impl Piece {
    /// Whether its words stay on one line, as the style sheet has it.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Name(text) | Self::Codename(text) => !is_long(text),
            Self::Date(_) | Self::Short(_) | Self::Badge(_) => true,
            Self::Words(_)
            | Self::Train(_)
            | Self::Mark(_)
            | Self::Below(..)
            | Self::Link { .. }
            | Self::Source { .. }
            | Self::Aside(_)
            | Self::Phase(_) => false,
        }
    }

    /// Whether it is written small.
    pub(super) fn is_remark(&self) -> bool {
        matches!(
            self,
            Self::Mark(_) | Self::Below(..) | Self::Aside(_) | Self::Phase(_)
        )
    }

    fn html(&self) -> String {
        let html = |text| escape::Html(text);
        match self {
            Self::Words(text) => html(text).to_string(),
            Self::Train(text) => format!("<strong><bdi>{}</bdi></strong>", html(text)),
            Self::Name(text) => isolated(text),
            Self::Codename(text) => span("codename", isolated(text)),
            Self::Date(when) => time(*when, &when.in_words()),
            Self::Short(when) => time(*when, &when.in_short()),
            Self::Mark(text) => span("mark", text),
            Self::Below(what, until) => {
                span("below", format!("{what}: <bdi>{}</bdi>", html(until)))
            }
            Self::Link { text, to } => {
                format!("<a href=\"{}\"><bdi>{}</bdi></a>", html(to), html(text))
            }
            Self::Source { text, to } => format!("<a href=\"{}\">{}</a>", html(to), html(text)),
            Self::Badge(text) => span("badge", html(text)),
            Self::Aside(text) => span("mark", html(text)),
            Self::Phase(text) => span("phase", html(text)),
        }
    }

    fn markdown(&self) -> String {
        let text = escape::Markdown(&self.plain()).to_string();
        match self {
            Self::Train(_) => format!("**{text}**"),
            Self::Link { to, .. } | Self::Source { to, .. } => {
                format!("[{text}]({})", escape::LinkAddress(to))
            }
            _ => text,
        }
    }

    pub(super) fn plain(&self) -> String {
        match self {
            Self::Words(text)
            | Self::Train(text)
            | Self::Name(text)
            | Self::Link { text, .. }
            | Self::Source { text, .. } => text.clone(),
            Self::Codename(text) | Self::Badge(text) | Self::Aside(text) => format!(" {text}"),
            Self::Date(when) => when.in_words(),
            Self::Short(when) => when.in_short(),
            Self::Mark(text) => format!(" ({text})"),
            Self::Below(what, until) => format!(" ({what}: {until})"),
            Self::Phase(text) => format!(", {text}"),
        }
    }
}

/// A name, which stays on one line while it is short.
fn isolated(text: &str) -> String {
    let class = if is_long(text) {
        " class=\"tb-long\""
    } else {
        ""
    };
    format!("<bdi{class}>{}</bdi>", escape::Html(text))
}

/// Whether a name may take several lines of its cell.
fn is_long(text: &str) -> bool {
    text.chars().nth(LONGEST_LINE).is_some()
}

fn span(class: &str, html: impl Display) -> String {
    format!(" <span class=\"tb-{class}\">{html}</span>")
}

/// A date for programs, too; of a quarter, HTML has no form.
fn time(at: When, text: &str) -> String {
    match at.precision() {
        Precision::Quarter => text.to_owned(),
        _ => format!("<time datetime=\"{at}\">{text}</time>"),
    }
}
