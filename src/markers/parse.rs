//! What a marker says.

use std::ops::Range;
use std::sync::Arc;

use super::Mark;
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::views::gantt::Span;
use crate::views::table::{Columns, UnknownColumn, columns};

const NAMES: &[&str] = &[
    "board", "summary", "table", "gantt", "versions", "value", "security", "overview", "train",
    "trains",
];

/// A marker that was understood.
pub(crate) struct Marker {
    pub(crate) view: View,
    /// The project that it names.
    pub(crate) project: Option<Name>,
}

/// A name that a marker gives, and where.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// What goes in a marker's place.
pub(crate) enum View {
    /// A view of a project's board.
    Board(BoardView),
    /// The branches that a security fix goes to, or the text to use when there
    /// are none.
    Versions(Option<String>),
    /// One value.
    Value(Value),
    /// All projects.
    Overview,
    /// The train that the page is about.
    Train,
}

/// A view of a project's board that has lines of its own.
pub(crate) enum BoardView {
    /// Summary, table and chart.
    Board,
    /// The answer in words.
    Summary,
    /// The table.
    Table(Columns),
    /// The chart.
    Gantt(Span),
    /// Which versions get security fixes.
    Security,
    /// All trains.
    Trains,
}

/// A value that is asked for.
pub(crate) struct Value {
    pub(crate) name: Name,
    /// The text to use when there is none.
    pub(crate) default: Option<String>,
}

impl Value {
    /// Whether it is one of the train that the page is about.
    pub(super) fn is_of_a_train(&self) -> bool {
        let name = &*self.name.text;
        name.starts_with("train.") || name == "train"
    }
}

impl View {
    /// Whether it becomes a block; else it is a part of a sentence.
    pub(crate) fn is_block(&self) -> bool {
        !matches!(self, Self::Versions(_) | Self::Value(_))
    }
}

/// A word of a marker: a name, or an option with its value.
struct Word<'a> {
    span: Range<usize>,
    key: &'a str,
    value: Option<(&'a str, Range<usize>)>,
}

/// What a marker says.
pub(super) fn marker(source: &Arc<Source>, mark: &Mark) -> Result<Marker, Diagnostic> {
    let Some(words) = mark.words.clone() else {
        let (view, project) = (View::Board(BoardView::Board), None);
        return Ok(Marker { view, project });
    };
    let mut words = Words {
        source,
        rest: words,
        project: None,
    };
    let view = view(&mut words, mark)?;
    let project = words.project;
    Ok(Marker { view, project })
}

fn view(words: &mut Words<'_>, mark: &Mark) -> Result<View, Diagnostic> {
    let source = words.source;
    let Some(name) = words.next()? else {
        return Err(
            Diagnostic::error("unknown-marker", "this marker names no view")
                .at(source, mark.open.clone(), "a name is missing here")
                .help(format!("the names are {}", list(NAMES))),
        );
    };
    match (name.key, &name.value) {
        ("board", None) => words.no_options("board", View::Board(BoardView::Board)),
        ("summary", None) => words.no_options("summary", View::Board(BoardView::Summary)),
        ("versions", None) => Ok(View::Versions(default(words, "versions")?)),
        ("security", None) => words.no_options("security", View::Board(BoardView::Security)),
        ("overview", None) => words.no_options("overview", View::Overview),
        ("train", None) => words.no_options("train", View::Train),
        ("trains", None) => words.no_options("trains", View::Board(BoardView::Trains)),
        ("table", None) => table(words),
        ("gantt", None) => gantt(words),
        ("value", None) => value(words, mark),
        _ => Err(unknown(source, "unknown-marker", "view", &name.span, NAMES)),
    }
}

fn table(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let mut asked = Columns::default();
    while let Some(word) = words.next()? {
        let (text, span) = words.option(&word, "table", &["columns"])?;
        asked = Columns::parse(text).map_err(|UnknownColumn(name)| {
            let at = span.start + text.find(name).unwrap_or(0);
            let span = at..at + name.len();
            unknown(words.source, "unknown-column", "column", &span, &columns())
        })?;
    }
    Ok(View::Board(BoardView::Table(asked)))
}

fn gantt(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let mut shown = Span::Window;
    while let Some(word) = words.next()? {
        let (text, span) = words.option(&word, "gantt", &["span"])?;
        shown = text.parse().map_err(|message: String| {
            Diagnostic::error("bad-span", message)
                .at(words.source, span, "how far to look before and after")
                .help("write a number from 1 and a unit: `6m`, `12w`, `90d`, `1y`")
        })?;
    }
    Ok(View::Board(BoardView::Gantt(shown)))
}

fn value(words: &mut Words<'_>, mark: &Mark) -> Result<View, Diagnostic> {
    let name = words.next()?.filter(|word| word.value.is_none());
    let Some(name) = name else {
        return Err(
            Diagnostic::error("unknown-value", "this marker names no value")
                .at(words.source, mark.open.clone(), "a name is missing here")
                .help("write `value` and then a name such as `current.version`"),
        );
    };
    let default = default(words, "value")?;
    Ok(View::Value(Value {
        name: Name {
            text: name.key.to_owned(),
            span: name.span,
        },
        default,
    }))
}

/// What a marker says is to be written when there is nothing.
fn default(words: &mut Words<'_>, name: &str) -> Result<Option<String>, Diagnostic> {
    let mut default = None;
    while let Some(word) = words.next()? {
        let (text, _) = words.option(&word, name, &["default"])?;
        default = Some(text.to_owned());
    }
    Ok(default)
}

struct Words<'a> {
    source: &'a Arc<Source>,
    rest: Range<usize>,
    /// The project that a word has named.
    project: Option<Name>,
}

impl<'a> Words<'a> {
    /// The next word, but for the one that names a project: any marker may
    /// have that.
    fn next(&mut self) -> Result<Option<Word<'a>>, Diagnostic> {
        while let Some(word) = self.any()? {
            match word.value {
                Some((text, span)) if word.key == "project" => {
                    let text = text.to_owned();
                    self.project = Some(Name { text, span });
                }
                _ => return Ok(Some(word)),
            }
        }
        Ok(None)
    }

    fn any(&mut self) -> Result<Option<Word<'a>>, Diagnostic> {
        let rest = &self.source.text[self.rest.clone()];
        let text = rest.trim_start();
        let start = self.rest.start + (rest.len() - text.len());
        if text.is_empty() {
            return Ok(None);
        }
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (key, value) = match text[..end].find('=') {
            Some(equals) => (&text[..equals], Some(equals + 1)),
            None => (&text[..end], None),
        };
        let Some(from) = value else {
            self.rest.start = start + end;
            let span = start..start + end;
            return Ok(Some(Word {
                span,
                key,
                value: None,
            }));
        };
        let (value, end) = self.value(&text[from..], start + from)?;
        self.rest.start = end;
        Ok(Some(Word {
            span: start..start + key.len(),
            key,
            value: Some(value),
        }))
    }

    /// The value that begins a text, and where the word ends.
    fn value(
        &self,
        text: &'a str,
        at: usize,
    ) -> Result<((&'a str, Range<usize>), usize), Diagnostic> {
        let Some(quoted) = text.strip_prefix('"') else {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            return Ok(((&text[..end], at..at + end), at + end));
        };
        let Some(length) = quoted.find('"') else {
            return Err(
                Diagnostic::error("unclosed-quote", "this value has no closing quote").at(
                    self.source,
                    at..at + 1,
                    "opened here",
                ),
            );
        };
        let span = at + 1..at + 1 + length;
        Ok(((&quoted[..length], span.clone()), span.end + 1))
    }

    /// The value of an option, which must be one of those known.
    fn option(
        &self,
        word: &Word<'a>,
        view: &str,
        known: &[&str],
    ) -> Result<(&'a str, Range<usize>), Diagnostic> {
        match &word.value {
            Some((value, span)) if known.contains(&word.key) => Ok((value, span.clone())),
            _ => Err(self.unknown_option(word, view, known)),
        }
    }

    fn unknown_option(&self, word: &Word<'_>, view: &str, known: &[&str]) -> Diagnostic {
        let title = format!("`{view}` has no option `{}`", word.key);
        let error = Diagnostic::error("unknown-option", title).at(
            self.source,
            word.span.clone(),
            "not known here",
        );
        let known = [known, &["project"]].concat();
        match nearest(word.key, known.iter().copied()) {
            Some(near) => error.help(format!("write `{near}=…`")),
            None => error.help(format!("the options of `{view}`: {}", list(&known))),
        }
    }

    fn no_options(&mut self, name: &str, view: View) -> Result<View, Diagnostic> {
        match self.next()? {
            None => Ok(view),
            Some(word) => Err(self.unknown_option(&word, name, &[])),
        }
    }
}

/// Some name that is not known, with the nearest that is.
pub(super) fn unknown(
    source: &Arc<Source>,
    code: &'static str,
    what: &str,
    span: &Range<usize>,
    known: &[&str],
) -> Diagnostic {
    let name = &source.text[span.clone()];
    let error = Diagnostic::error(code, format!("there is no {what} `{name}`")).at(
        source,
        span.clone(),
        "not known",
    );
    match nearest(name, known.iter().copied()) {
        Some(near) => error
            .help(format!("the nearest is `{near}`"))
            .patch(span.clone(), near),
        None => error.help(format!("the {what}s are {}", list(known))),
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
