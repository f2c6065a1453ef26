//! A book on its way through mdBook, with its markers replaced.
//!
//! mdBook sends a pair, what it is doing and the book, as JSON. The book is
//! edited in place as plain JSON and sent back with everything in it that
//! this code knows nothing of: so one program serves all versions of mdBook.

mod chapters;
mod options;

use std::io::{self, Write};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::markers::{self, MarkerContext, OutputFormat, ViewCache};
use crate::schedule::Boards;
use crate::views;

pub use options::Options;

/// What mdBook asks of a preprocessor.
#[derive(Debug)]
pub struct Request {
    /// The book's folder, absolute.
    pub root: String,
    /// What `[preprocessor.trainboard]` in `book.toml` says.
    pub options: Options,
    /// The folder of the chapters, from the book's.
    src: String,
    /// What the book is made into.
    renderer: String,
    book: Value,
}

/// A book with its markers replaced.
#[derive(Debug)]
pub struct Answer {
    book: Value,
    /// What is odd about it.
    pub warnings: Vec<Diagnostic>,
}

/// The part of what mdBook is doing that counts here.
#[derive(Deserialize)]
struct Context {
    root: String,
    renderer: String,
    config: Value,
}

impl Answer {
    /// Writes the book as mdBook reads it.
    pub fn write(&self, to: impl Write) -> io::Result<()> {
        serde_json::to_writer(to, &self.book).map_err(io::Error::from)
    }
}

impl Request {
    /// Reads what mdBook sends.
    ///
    /// # Errors
    ///
    /// What is no JSON, or not of this form; all options that are wrong.
    pub fn read(json: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        if json.trim_ascii().is_empty() {
            return Err(vec![foreign("there is nothing on stdin")]);
        }
        let (context, book): (Context, Value) = serde_json::from_slice(json)
            .map_err(|error| vec![foreign(&format!("stdin is not what mdBook sends: {error}"))])?;
        let options = Options::read(&context.config["preprocessor"]["trainboard"])?;
        let src = context.config["book"]["src"].as_str().unwrap_or("src");
        Ok(Self {
            src: src.trim_end_matches('/').to_owned(),
            root: context.root,
            renderer: context.renderer,
            options,
            book,
        })
    }

    /// The paths of the schedules that markers name, from the book's folder.
    pub fn schedules(&self) -> Vec<String> {
        chapters::schedules(&self.book)
    }

    /// The book with the markers of all its chapters replaced by what they
    /// stand for on those boards.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in any chapter.
    pub fn answer(mut self, boards: &Boards) -> Result<Answer, Vec<Diagnostic>> {
        let style = self.options.has_style.then(|| compact(&views::style(None)));
        let style = style.as_deref();
        let format = match self.renderer.as_str() {
            "html" => OutputFormat::Fragment { style },
            _ => OutputFormat::Markdown,
        };
        let count = chapters::expand(&mut self.book, &self.src, boards, format)?;
        let severity = self.options.on_missing;
        let missing = (count == 0).then(|| no_marker(severity));
        let warnings = Vec::from_iter(missing);
        if severity == Severity::Error && !warnings.is_empty() {
            return Err(warnings);
        }
        Ok(Answer {
            book: self.book,
            warnings,
        })
    }
}

/// What is wrong with the markers in the chapters of a book, as it is written.
pub fn findings(chapters: &[Arc<Source>], boards: &Boards) -> Vec<Diagnostic> {
    let views = ViewCache::default();
    let scope = MarkerContext {
        views: Some(&views),
        ..MarkerContext::new(boards)
    };
    let with_markers = chapters
        .iter()
        .filter(|chapter| markers::may_be_in(&chapter.text));
    let expanded =
        with_markers.map(|chapter| markers::expand(chapter, 0, scope, OutputFormat::Markdown));
    expanded.filter_map(Result::err).flatten().collect()
}

/// A style sheet as one line.
fn compact(style: &str) -> String {
    style.lines().map(str::trim).chain(["\n"]).collect()
}

fn foreign(title: &str) -> Diagnostic {
    Diagnostic::error("not-a-book", title).help(
        "mdBook runs this command: write `[preprocessor.trainboard]` into `book.toml`, and run `mdbook build`",
    )
}

fn no_marker(severity: Severity) -> Diagnostic {
    let help = "write `<!-- trainboard board -->` into one; for a book that may go without, \
                write `on-missing = \"warn\"` under `[preprocessor.trainboard]` in `book.toml`";
    Diagnostic {
        severity,
        ..Diagnostic::error("no-marker", "no chapter of this book has a marker").help(help)
    }
}
