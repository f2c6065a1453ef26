//! Markers in Markdown: the places where a view or a value goes.
//!
//! They are found in the source and replaced there, before Markdown is
//! parsed: so one piece of code serves the site, a book's preprocessor and a
//! file that is updated in place.

mod around;
mod context;
mod find;
mod parse;
mod render;
mod syntax;
pub mod update;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Options;

use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::Period;

use parse::Subject;

pub(crate) use around::Around;
pub(crate) use context::{MarkerContext, PageOf, ViewCache};
pub(crate) use find::may_be_in;
use find::{Mark, Reading};
pub(crate) use render::literal;

/// The Markdown that pages are written in: mdBook's, so that a page can move
/// between a book and a site.
pub(crate) const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// The largest page, in bytes.
pub(crate) const MAX_PAGE: usize = 64 * 1024 * 1024;

/// In which format views take the place of their markers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OutputFormat<'a> {
    /// As HTML, in a page that has the style sheet.
    Html,
    /// As HTML, in a page that may not have it: the first view of a page brings
    /// it along, if there is one.
    Fragment { style: Option<&'a str> },
    /// As Markdown, for what is not read in a browser.
    Markdown,
}

/// What a page's markers are replaced with, and how far that has come.
#[derive(Clone, Copy)]
struct Progress<'a> {
    format: OutputFormat<'a>,
    context: MarkerContext<'a>,
    /// No view stands before it.
    is_first: bool,
    /// The days for which all that stands before it holds.
    period: Option<Period>,
}

/// Markdown with its markers replaced.
#[derive(Debug)]
pub(crate) struct Expanded<'a> {
    pub(crate) text: Cow<'a, str>,
    source: &'a str,
    /// Where the text begins in its source.
    from: usize,
    replaced: Vec<Replaced>,
    /// The days for which all of it holds; none where it does not depend on the
    /// day.
    pub(crate) period: Option<Period>,
}

/// A stretch of the source and what stands there instead.
#[derive(Debug)]
struct Replaced {
    source: Range<usize>,
    text: Range<usize>,
    /// It is the first thing on a line that goes on.
    begins_line: bool,
}

impl Expanded<'_> {
    /// Adds what stands before a marker, and what takes the marker's place.
    fn add(&mut self, before: &str, new: &str, mark: &Mark<'_>) {
        let text = self.text.to_mut();
        text.push_str(before);
        let start = text.len();
        text.push_str(new);
        self.replaced.push(Replaced {
            source: mark.span.clone(),
            text: start..text.len(),
            begins_line: mark.begins_block && !mark.stands_alone,
        });
    }

    /// Whether there was a marker, so that the text depends on the day.
    pub(crate) fn depends_on_the_day(&self) -> bool {
        !self.replaced.is_empty()
    }

    /// How many markers were replaced.
    pub(crate) fn count(&self) -> usize {
        self.replaced.len()
    }

    /// The markers that begin a line of text, where Markdown without
    /// trainboard takes the rest of it for HTML.
    pub(crate) fn beginning_lines(&self) -> impl Iterator<Item = &Range<usize>> {
        let replaced = self.replaced.iter();
        replaced
            .filter(|piece| piece.begins_line)
            .map(|piece| &piece.source)
    }

    /// The bytes of the source that a stretch of the text came from; what came
    /// from a marker is the marker.
    pub(crate) fn place(&self, span: Range<usize>) -> Range<usize> {
        let start = self.origin(span.start).start;
        let last = self.origin(span.end.saturating_sub(1).max(span.start)).end;
        let start = self.source.floor_char_boundary(start);
        let end = self.source.ceil_char_boundary(last);
        start..end.max(start)
    }

    fn origin(&self, at: usize) -> Range<usize> {
        let next = self.replaced.partition_point(|piece| piece.text.end <= at);
        if let Some(piece) = self.replaced.get(next)
            && piece.text.start <= at
        {
            return piece.source.clone();
        }
        let before = next.checked_sub(1).map(|last| &self.replaced[last]);
        let (source, text) = before.map_or((self.from, 0), |p| (p.source.end, p.text.end));
        let at = source + (at - text);
        at..at + 1
    }
}

/// A source from some byte on, with its markers replaced by what they stand
/// for.
///
/// # Errors
///
/// All markers that cannot be understood, or have nothing to show.
pub(crate) fn expand<'a>(
    source: &'a Arc<Source>,
    from: usize,
    context: MarkerContext<'_>,
    format: OutputFormat<'_>,
) -> Result<Expanded<'a>, Vec<Diagnostic>> {
    match expand_all(source, from, context, format) {
        (expanded, errors) if errors.is_empty() => Ok(expanded),
        (_, errors) => Err(errors),
    }
}

/// The same, as far as it can be: markers that are wrong become nothing.
pub(crate) fn expand_all<'a>(
    source: &'a Arc<Source>,
    from: usize,
    context: MarkerContext<'_>,
    format: OutputFormat<'_>,
) -> (Expanded<'a>, Vec<Diagnostic>) {
    let (marks, mut errors, mut done) = match find::marks(source, from, Reading::Page) {
        Ok(marks) => (marks, Vec::new(), from),
        // Where markers end is not known, and so nor is what else there is.
        Err(errors) => (Vec::new(), errors, source.text.len()),
    };
    let mut progress = Progress {
        format,
        context,
        is_first: true,
        period: None,
    };
    let mut expanded = Expanded {
        text: Cow::Borrowed(""),
        source: &source.text,
        from,
        replaced: Vec::with_capacity(marks.len()),
        period: None,
    };
    for mark in &marks {
        let new = replacement(mark, &mut progress).unwrap_or_else(|error| {
            errors.push(error);
            String::new()
        });
        if expanded.text.len() + new.len() > MAX_PAGE {
            errors.push(too_large(mark));
            break;
        }
        expanded.add(&source.text[done..mark.span.start], &new, mark);
        done = mark.span.end;
    }
    expanded.text += &source.text[done..];
    expanded.period = progress.period;
    (expanded, errors)
}

/// The paths of the schedules that markers name, from some byte of a page on.
/// What is wrong with a marker is told where it is replaced.
pub fn schedules(source: &Arc<Source>, from: usize) -> Vec<String> {
    schedules_of(source, from, Reading::Page)
}

fn schedules_of(source: &Arc<Source>, from: usize, reading: Reading) -> Vec<String> {
    if !source.text.contains("schedule=") {
        return Vec::new();
    }
    let marks = find::marks(source, from, reading).unwrap_or_default();
    let named = marks.iter().filter_map(|mark| {
        let marker = parse::marker(mark).ok()?;
        match marker.subject? {
            Subject::Schedule(path) => Some(path.text),
            Subject::Project(_) => None,
        }
    });
    named.collect()
}

/// Comments that are nearly markers, and so nothing.
pub(crate) fn nearly(source: &Arc<Source>, from: usize) -> impl Iterator<Item = Diagnostic> {
    let places = find::nearly(&source.text, from).into_iter();
    places.map(|place| {
        let word = &source.text[place.clone()];
        let title = format!("`{word}` is nearly `trainboard`, and this stays a comment");
        Diagnostic::warning("near-marker", title).at(source, place, "not a marker")
    })
}

/// A page that grows beyond its limit by its views and values.
fn too_large(mark: &Mark<'_>) -> Diagnostic {
    let title = "this page becomes larger than the limit of 64 MiB";
    mark.error("page-size", title, "one view too many")
}

/// What stands in a marker's place.
fn replacement(mark: &Mark<'_>, progress: &mut Progress<'_>) -> Result<String, Diagnostic> {
    let marker = parse::marker(mark)?;
    let is_block = marker.view.is_block();
    if is_block && !mark.stands_alone {
        let title = "this marker becomes a block, and shares its line";
        let error = mark.error("shared-line", title, "a block has its line to itself");
        let help = "put the marker on a line of its own, with a blank line before and after it";
        return Err(error.help(help));
    }
    let shown = progress.context.shown(mark, &marker)?;
    let context = progress.context.about(&marker);
    let text = render::text(
        mark,
        shown,
        Progress {
            context,
            ..*progress
        },
    )?;
    progress.is_first &= !is_block;
    let holds = shown.period();
    progress.period = progress
        .period
        .map_or(holds, |period| Some(period.and(holds?)));
    Ok(text)
}

#[cfg(test)]
mod tests;
