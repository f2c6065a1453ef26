//! Files whose pairs are brought up to date in place, for readers who see the
//! file itself, such as a README on GitHub, and for other generators.
//!
//! What is between the two markers of a pair is replaced, as Markdown or as
//! reStructuredText. All else stays, byte for byte.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Component, Path};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::context::{Block, MarkerContext, Shown};
use super::parse::{BoardView, Marker, Subject};
use super::syntax::Syntax;
use super::{MAX_PAGE, Mark, Reading, find, parse, render, too_large};
use crate::diagnostic::{BYTE_ORDER_MARK, Diagnostic, Source};
use crate::schedule::Boards;
use crate::views::gantt::{Picture, Span};
use crate::views::rst;

/// A file as it should be.
#[derive(Debug)]
pub struct Updated {
    /// All of it, with the byte order mark and the line ends it had.
    pub text: String,
    /// The charts that it shows.
    pub charts: Vec<Chart>,
}

/// A pair that shows the chart, which is a file of its own.
#[derive(Debug)]
pub struct Chart {
    /// The address of its picture, as seen from the file.
    pub address: String,
    drawing: Drawing,
    source: Arc<Source>,
    at: Range<usize>,
}

/// A pair, and what belongs into it.
struct Pair<'a> {
    mark: Mark<'a>,
    /// What is between its markers.
    content: Range<usize>,
    /// What should be there.
    text: String,
    /// The chart that it shows, and the address of that.
    chart: Option<(Drawing, String)>,
}

/// Which chart of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// What it is a chart of.
    pub of: Drawn,
    /// How much time it shows.
    pub span: Span,
}

/// What a chart is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// The project of that id.
    Project(String),
    /// The schedule at that path, which is no project of the site.
    Schedule(String),
}

/// A file with the contents of its pairs replaced by what they stand for on
/// that board. Its charts are pictures at `chart`, addresses as seen from the
/// file; without these, pictures stay where they are.
///
/// # Errors
///
/// No pair, and every marker that has no partner, cannot be understood or has
/// nothing to show.
pub fn update(
    raw: &str,
    source: &Arc<Source>,
    boards: &Boards,
    chart: Option<Picture<'_>>,
) -> Result<Updated, Vec<Diagnostic>> {
    let pairs = pairs(source, boards, chart)?;
    if pairs.is_empty() {
        return Err(vec![no_pair(source)]);
    }
    let text = File::new(raw).with(&pairs);
    if let Some(lost) = unread(&pairs, &text, boards, chart) {
        return Err(vec![misplaced(lost)]);
    }
    let chart = |pair: Pair<'_>| {
        let (drawing, address) = pair.chart?;
        Some(Chart {
            address,
            drawing,
            source: Arc::clone(source),
            at: pair.mark.open,
        })
    };
    let charts = pairs.into_iter().filter_map(chart).collect();
    Ok(Updated { text, charts })
}

/// The paths of the schedules that the markers of such a file name. What is wrong
/// with one is told where it is replaced.
pub fn schedules(source: &Arc<Source>) -> Vec<String> {
    super::schedules_of(source, 0, Reading::Pairs)
}

/// Which chart it is, of which there is one for all files; none when nothing
/// shows it.
///
/// # Errors
///
/// Two pairs that ask for different charts.
pub fn drawing_of(charts: &[Chart]) -> Result<Option<&Drawing>, Diagnostic> {
    let Some(first) = charts.first() else {
        return Ok(None);
    };
    let Some(other) = charts.iter().find(|chart| chart.drawing != first.drawing) else {
        return Ok(Some(&first.drawing));
    };
    let is_of_one = other.drawing.of == first.drawing.of;
    let what = if is_of_one { "span" } else { "project" };
    let title = format!("one chart cannot show two {what}s");
    let help = format!(
        "give both the same `{what}`, or update the files one by one, each with a `--chart` of its own"
    );
    Err(Diagnostic::error("two-charts", title)
        .at(
            &other.source,
            other.at.clone(),
            format!("asks for another {what}"),
        )
        .at(&first.source, first.at.clone(), "than this one")
        .help(help))
}

/// The address of one file as seen from another; both paths are absolute.
pub fn address(from: &Path, to: &Path) -> String {
    let (from, to) = (parts(from), parts(to));
    let folder = &from[..from.len().saturating_sub(1)];
    let shared = folder.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = folder[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..].iter().map(|part| encoded(part));
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The names in a path, without what leads nowhere.
fn parts(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()),
            part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts
}

/// What means nothing else in an address, nor in Markdown.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

fn encoded(name: &str) -> String {
    utf8_percent_encode(name, PLAIN).to_string()
}

fn pairs<'a>(
    source: &'a Arc<Source>,
    boards: &Boards,
    chart: Option<Picture<'_>>,
) -> Result<Vec<Pair<'a>>, Vec<Diagnostic>> {
    let mut pairs = Vec::new();
    let mut errors = Vec::new();
    let mut size = 0;
    for mark in find::marks(source, 0, Reading::Pairs)? {
        let Some(close) = &mark.close else { continue };
        let content = mark.open.end..close.start;
        match fill(&mark, content.clone(), boards, chart) {
            Ok((text, _)) if size + text.len() > MAX_PAGE => {
                errors.push(too_large(&mark));
                break;
            }
            Ok((text, chart)) => {
                size += text.len();
                pairs.push(Pair {
                    mark,
                    content,
                    text,
                    chart,
                });
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(pairs)
    } else {
        Err(errors)
    }
}

/// What belongs into a pair, and the chart that it shows, with its address.
fn fill(
    mark: &Mark<'_>,
    content: Range<usize>,
    boards: &Boards,
    chart: Option<Picture<'_>>,
) -> Result<(String, Option<(Drawing, String)>), Diagnostic> {
    let marker = parse::marker(mark)?;
    let syntax = Syntax::of(mark.source);
    let chart = chart.or_else(|| picture(&mark.text()[content.clone()], syntax));
    let chart = chart.map(|chart| for_syntax(chart, syntax));
    if let Some(inner) = find::first_like_a_marker(mark.source, &content) {
        return Err(marker_in_pair(mark, inner));
    }
    if marker.view.is_block() && !mark.stands_alone {
        return Err(shared_line(mark));
    }
    let scope = MarkerContext::new(boards).about(&marker);
    let (text, drawing, has_lines) = match scope.shown(mark, &marker)? {
        Shown::Block(shown) => {
            let drawing = drawing(shown, &marker, chart).map_err(|()| no_chart(mark))?;
            let text = render::markdown(shown, scope.links, chart);
            (in_syntax(text, syntax), drawing, true)
        }
        Shown::Phrase(phrase) => {
            let text = render::phrase(mark, phrase, None)?;
            let has_lines = mark.stands_alone && mark.text()[content].contains('\n');
            (literal(&text, syntax), None, has_lines)
        }
    };
    let chart = drawing.zip(chart.map(|chart| chart.address.to_owned()));
    if has_lines {
        return Ok((block(&text, mark), chart));
    }
    Ok((text, chart))
}

/// A picture as that language can have it: two in one are HTML.
fn for_syntax(picture: Picture<'_>, syntax: Syntax) -> Picture<'_> {
    Picture {
        dark: picture.dark.filter(|_| syntax == Syntax::Markdown),
        ..picture
    }
}

/// A view in the language of its file.
fn in_syntax(markdown: String, syntax: Syntax) -> String {
    match syntax {
        Syntax::Markdown | Syntax::Mdx => markdown,
        Syntax::Rst => rst::from_markdown(&markdown),
    }
}

/// Text that means nothing but itself in the language of its file.
fn literal(text: &str, syntax: Syntax) -> String {
    match syntax {
        Syntax::Markdown | Syntax::Mdx => render::literal(text),
        Syntax::Rst => rst::literal(text),
    }
}

/// The picture of a chart that is in a pair already.
fn picture(content: &str, syntax: Syntax) -> Option<Picture<'_>> {
    let mut lines = content
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    if syntax == Syntax::Rst {
        let address = lines.find_map(|line| line.strip_prefix(".. image:: "))?;
        return is_address(address).then_some(Picture {
            address,
            dark: None,
        });
    }
    let dark = lines
        .clone()
        .find_map(|line| attribute(line, "<source ", "srcset"));
    let address = lines.find_map(|line| {
        let plain = || {
            line.strip_prefix("![")?
                .strip_suffix(')')?
                .rsplit_once("](")
        };
        let plain = plain().map(|(_, address)| address);
        plain.or_else(|| attribute(line, "<img ", "src"))
    })?;
    is_address(address).then_some(Picture { address, dark })
}

fn is_address(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// An address in a line that is one element of HTML, as pictures are written here.
fn attribute<'a>(line: &'a str, element: &str, name: &str) -> Option<&'a str> {
    let attributes = line.strip_prefix(element)?;
    let (_, value) = attributes.split_once(&format!("{name}=\""))?;
    let (value, _) = value.split_once('"')?;
    is_address(value).then_some(value)
}

/// The chart that a view shows; an error where it is nothing else and there
/// is no place for it.
fn drawing(
    block: Block<'_>,
    marker: &Marker,
    chart: Option<Picture<'_>>,
) -> Result<Option<Drawing>, ()> {
    let Block::Board(project, view) = block else {
        return Ok(None);
    };
    let span = match view {
        BoardView::Gantt(_) if chart.is_none() => return Err(()),
        BoardView::Gantt(span) => *span,
        BoardView::Board if chart.is_some() => Span::Window,
        BoardView::Board
        | BoardView::Summary
        | BoardView::Table(_)
        | BoardView::Milestones(_)
        | BoardView::Patches
        | BoardView::Security
        | BoardView::Trains => return Ok(None),
    };
    let of = match &marker.subject {
        Some(Subject::Schedule(path)) => Drawn::Schedule(path.text.clone()),
        _ => Drawn::Project(project.id().to_owned()),
    };
    Ok(Some(Drawing { of, span }))
}

/// A block with its line ends and blank lines around it, so that Markdown sees it after an HTML comment, in the quote or list it is in.
fn block(text: &str, mark: &Mark<'_>) -> String {
    let prefix = prefix(mark);
    let (lines, blank) = (render::lines_behind(&prefix, text), prefix.trim_end());
    format!("\n{blank}{lines}\n{blank}\n{prefix}")
}

/// What the lines in a pair begin with: the quote marks and the indent of the
/// opening marker or, where that shares its line with the bullet of a list,
/// of the closing one.
fn prefix(mark: &Mark<'_>) -> String {
    let source = mark.text();
    let is_plain = |at: &usize| {
        let mut before = render::line_before(source, *at).chars();
        before.all(|c| matches!(c, '>' | ' ' | '\t'))
    };
    let open = mark.open.start;
    let close = mark.close.as_ref().map(|close| close.start);
    let plain = [Some(open), close].into_iter().flatten().find(is_plain);
    render::prefix(source, plain.unwrap_or(open))
}

/// The first pair that is not found again, as it should be, in the text that
/// was made; so that the next run changes nothing.
fn unread<'p, 'a>(
    pairs: &'p [Pair<'a>],
    text: &str,
    boards: &Boards,
    chart: Option<Picture<'_>>,
) -> Option<&'p Mark<'a>> {
    let name = pairs.first().map(|pair| &*pair.mark.source.name);
    let source = Source::of_file(name.unwrap_or_default(), text);
    let again = self::pairs(&source, boards, chart).unwrap_or_default();
    let is_read = |old: &Pair<'_>, new: &Pair<'_>| {
        old.text == new.text && source.text[new.content.clone()] == new.text
    };
    let read = pairs
        .iter()
        .zip(&again)
        .take_while(|(old, new)| is_read(old, new));
    let read = read.count();
    let is_whole = read == pairs.len() && read == again.len();
    let lost = pairs.get(read).or(pairs.last()).filter(|_| !is_whole);
    lost.map(|pair| &pair.mark)
}

/// A file, and where in it the text is that was read from it.
struct File<'a> {
    raw: &'a str,
    /// The length of its byte order mark.
    before: usize,
    /// Where in the text the lines end that have CRLF in the file.
    returns: Vec<usize>,
}

impl<'a> File<'a> {
    fn new(raw: &'a str) -> Self {
        let text = raw.strip_prefix(BYTE_ORDER_MARK).unwrap_or(raw);
        let returns = text.match_indices("\r\n").enumerate();
        Self {
            raw,
            before: raw.len() - text.len(),
            returns: returns.map(|(earlier, (at, _))| at - earlier).collect(),
        }
    }

    /// Where a place of the text is in the file.
    fn place(&self, at: usize) -> usize {
        let returns = self.returns.partition_point(|line_end| *line_end < at);
        self.before + at + returns
    }

    /// How lines end there: as the line before does, else as the next.
    fn line_end(&self, at: usize) -> &'static str {
        let at = self.place(at);
        let before = self.raw[..at].rfind('\n');
        let line_end = before.or_else(|| Some(at + self.raw[at..].find('\n')?));
        match line_end {
            Some(line_end) if self.raw[..line_end].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    fn with_line_ends<'p>(&self, pair: &'p Pair<'_>) -> Cow<'p, str> {
        if pair.text.contains('\n') && self.line_end(pair.mark.open.start) == "\r\n" {
            pair.text.replace('\n', "\r\n").into()
        } else {
            pair.text.as_str().into()
        }
    }

    fn with(&self, pairs: &[Pair<'_>]) -> String {
        let mut new = String::with_capacity(self.raw.len());
        let mut done = 0;
        for pair in pairs {
            new.push_str(&self.raw[done..self.place(pair.content.start)]);
            new.push_str(&self.with_line_ends(pair));
            done = self.place(pair.content.end);
        }
        new + &self.raw[done..]
    }
}

fn no_pair(source: &Source) -> Diagnostic {
    let title = format!("`{}` has no pair of markers", source.name);
    let syntax = Syntax::of(source);
    let [open, close] = ["trainboard board", "/trainboard"].map(|words| syntax.marker(words));
    let help = match syntax {
        Syntax::Markdown if source.text.contains("{/* trainboard") => format!(
            "markers in braces are for files that end in `.mdx`; here, write `{open}` and `{close}`"
        ),
        _ => format!("write `{open}` where the board goes, and `{close}` on the next line"),
    };
    Diagnostic::error("no-pair", title).help(help)
}

/// Most likely the close of this pair is in code by mistake, and what follows
/// it would be lost.
fn marker_in_pair(mark: &Mark<'_>, inner: Range<usize>) -> Diagnostic {
    let title = "there is a marker in this pair, in code";
    let opened = "opened here, and not closed before the next";
    mark.error("marker-in-pair", title, opened)
        .at(mark.source, inner, "this one does not count")
        .help("delete what is between this marker and its close")
}

fn no_chart(mark: &Mark<'_>) -> Diagnostic {
    let title = "the chart of this pair has no file";
    mark.error("no-chart", title, "becomes a picture")
        .help("say where to write it, for example with `--chart docs/schedule.svg`")
}

fn shared_line(mark: &Mark<'_>) -> Diagnostic {
    let title = "this pair becomes a block, and shares its lines";
    mark.error("shared-line", title, "a block has its lines to itself")
        .help("put both markers on lines of their own, with a blank line before the first")
}

fn misplaced(mark: &Mark<'_>) -> Diagnostic {
    let title = "what belongs into this pair would be read as something else";
    mark.error("misplaced-pair", title, "cannot be filled here")
        .help("put both markers on lines of their own, outside of other blocks, with nothing between them")
}

#[cfg(test)]
mod tests;
