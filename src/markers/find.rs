//! Where the markers are.

mod in_mdx;
mod in_rst;

use std::ops::Range;
use std::sync::Arc;

use html5gum::{DefaultEmitter, Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::DIALECT;
use super::syntax::{Comment, HTML, Syntax};
use crate::diagnostic::{Diagnostic, Source, nearest};

/// The element by which Wasmtime's own page marks the place of its table.
const ADOPTED: &str = "version-table";

/// A marker and its place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    pub(super) source: &'a Arc<Source>,
    /// The marker, and the fallback and the closing marker when it is a pair.
    pub(super) span: Range<usize>,
    /// The opening marker alone.
    pub(super) open: Range<usize>,
    /// The closing marker of a pair.
    pub(super) close: Option<Range<usize>>,
    /// What is written in it after `trainboard`; none for an adopted element.
    pub(super) words: Option<Range<usize>>,
    /// Nothing else stands on its lines, and it is no part of a paragraph.
    pub(super) stands_alone: bool,
    /// It is a part of a sentence, and in no tag.
    pub(super) is_in_text: bool,
    /// It is the first thing of its HTML block.
    pub(super) begins_block: bool,
}

impl Mark<'_> {
    /// An error of the marker as a whole.
    pub(super) fn error(&self, code: &'static str, title: &str, label: &str) -> Diagnostic {
        Diagnostic::error(code, title).at(self.source, self.open.clone(), label)
    }

    /// The text that it is in.
    pub(super) fn text(&self) -> &str {
        &self.source.text
    }
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As a page: a marker needs no close, and the adopted element is one too.
    Page,
    /// As a file that is updated in place: it has nothing but pairs, and the
    /// adopted element is HTML like any other.
    Pairs,
}

/// Whether a text has any of the words by which markers are found; else it need
/// not be looked at any closer.
pub(crate) fn may_be_in(text: &str) -> bool {
    text.contains("trainboard") || text.contains(ADOPTED)
}

/// The markers of a source, or all that is wrong with them.
type Found<'a> = Result<Vec<Mark<'a>>, Vec<Diagnostic>>;

/// The markers of a source from some byte on, in order.
pub(super) fn marks(source: &Arc<Source>, from: usize, reading: Reading) -> Found<'_> {
    let text = &source.text[from..];
    if !may_be_in(text) {
        return Ok(Vec::new());
    }
    let finder = Finder {
        source,
        text: &source.text,
        reading,
        marks: Vec::new(),
        open: None,
        element: None,
        tag_end: 0,
        errors: Vec::new(),
    };
    match (reading, Syntax::of(source)) {
        (Reading::Pairs, Syntax::Mdx) => finder.in_mdx(),
        (Reading::Pairs, Syntax::Rst) => finder.in_rst(),
        _ => finder.in_markdown(from),
    }
}

/// A block of raw HTML.
struct Block {
    span: Range<usize>,
    /// Where the text of each of its lines begins.
    lines: Vec<usize>,
}

impl Block {
    /// Where the text of the line begins that a byte stands in.
    fn line_of(&self, at: usize) -> Option<usize> {
        let after = self.lines.partition_point(|line| *line <= at);
        Some(self.lines[after.checked_sub(1)?])
    }
}

/// What a comment says.
enum Said {
    /// A marker, with the words that are its own.
    Marker(Range<usize>),
    /// The close of one.
    Close,
    /// Nothing to us.
    Nothing,
}

struct Finder<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    reading: Reading,
    marks: Vec<Mark<'a>>,
    /// The last marker, while a close may belong to it.
    open: Option<usize>,
    /// The adopted element that is open, and how many elements are open in it.
    element: Option<(Mark<'a>, usize)>,
    /// Where the last element's tag ends: what looks like one in it is none.
    tag_end: usize,
    errors: Vec<Diagnostic>,
}

impl<'a> Finder<'a> {
    fn in_markdown(mut self, from: usize) -> Found<'a> {
        let mut block: Option<Block> = None;
        for (event, span) in Parser::new_ext(&self.text[from..], DIALECT).into_offset_iter() {
            let span = span.start + from..span.end + from;
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let lines = Vec::new();
                    block = Some(Block { span, lines });
                }
                Event::Html(_) => block.iter_mut().for_each(|b| b.lines.push(span.start)),
                Event::End(TagEnd::HtmlBlock) => {
                    if let Some(block) = block.take() {
                        self.read(block.span.clone(), Some(&block));
                    }
                }
                Event::InlineHtml(_) => self.read(span, None),
                _ => {}
            }
        }
        self.finish()
    }

    /// Reads a stretch of raw HTML.
    fn read(&mut self, span: Range<usize>, block: Option<&Block>) {
        let mut at = span.start;
        while let Some(found) = self.text[at..span.end].find('<') {
            let start = at + found;
            let rest = &self.text[start..span.end];
            at = start + 1;
            if rest.starts_with("<!--") {
                at = self.comment(start, &span, block);
            } else if is_tag(rest, "<div") {
                self.div(start, &span, block);
            } else if is_tag(rest, "</div") {
                self.div_end(start, &span);
            }
        }
    }

    /// Reads the comment that begins there, and says where it ends.
    fn comment(&mut self, start: usize, span: &Range<usize>, block: Option<&Block>) -> usize {
        let (whole, said) = self.said(start, HTML, span.end);
        match said {
            _ if self.element.is_some() => {}
            Said::Marker(words) => {
                let mut mark = self.mark(whole.clone(), Some(words), block);
                mark.is_in_text = mark.begins_block || (block.is_none() && mark.open == *span);
                self.push(mark);
            }
            Said::Close => self.close(whole.clone()),
            Said::Nothing => {}
        }
        whole.end
    }

    /// The bytes of the comment that begins there, and what it says; one that does
    /// not end before `until` ends there.
    fn said(&mut self, start: usize, (begin, end): Comment, until: usize) -> (Range<usize>, Said) {
        let inside = start + begin.len();
        let Some(length) = self.text[inside..until].find(end) else {
            self.unclosed_comment(start, begin, end, until);
            return (start..until, Said::Nothing);
        };
        let words = inside..inside + length;
        (start..words.end + end.len(), self.said_by(words))
    }

    /// What the words of a comment say.
    fn said_by(&self, words: Range<usize>) -> Said {
        match first_word(&self.text[words.clone()]) {
            Some(("trainboard", after)) => Said::Marker(words.start + after..words.end),
            Some(("/trainboard", _)) => Said::Close,
            _ => Said::Nothing,
        }
    }

    fn push(&mut self, mark: Mark<'a>) {
        self.open = Some(self.marks.len());
        self.marks.push(mark);
    }

    /// Takes what a comment says of a language whose markers are known by their
    /// lines.
    fn take(&mut self, whole: Range<usize>, said: Said, leads_line: bool) {
        match said {
            Said::Marker(words) => {
                let mark = self.mark(whole, Some(words), None);
                self.push(Mark {
                    stands_alone: leads_line,
                    ..mark
                });
            }
            Said::Close => self.close(whole),
            Said::Nothing => {}
        }
    }

    fn unclosed_comment(&mut self, start: usize, begin: &str, end: &str, until: usize) {
        let inside = start + begin.len();
        if is_ours(&self.text[inside..until]) {
            let error = Diagnostic::error("unclosed-marker", "this marker has no end");
            let error = error.at(self.source, start..inside, "begins here");
            self.errors.push(error.help(format!("end it with `{end}`")));
        }
    }

    fn close(&mut self, close: Range<usize>) {
        let Some(open) = self.open.take() else {
            let error = Diagnostic::error("stray-close", "this closing marker closes nothing");
            let error = error.at(self.source, close, "no marker is open here");
            self.errors.push(error.help("a closing marker belongs to the last marker before it, and each can be closed once"));
            return;
        };
        self.marks.truncate(open + 1);
        let mark = &mut self.marks[open];
        mark.span.end = close.end;
        mark.close = Some(close);
    }

    fn div(&mut self, start: usize, span: &Range<usize>, block: Option<&Block>) {
        if self.reading == Reading::Pairs || start < self.tag_end {
            return;
        }
        if let Some((_, depth)) = &mut self.element {
            *depth += 1;
            return;
        }
        let (length, is_adopted) = tag(&self.text[start..span.end]);
        self.tag_end = start + length;
        if is_adopted {
            let mark = self.mark(start..self.tag_end, None, block);
            self.element = Some((mark, 1));
        }
    }

    fn div_end(&mut self, start: usize, span: &Range<usize>) {
        let closed = self.element.take_if(|(_, depth)| {
            *depth -= 1;
            *depth == 0
        });
        if let Some((mut mark, _)) = closed {
            let end = self.text[start..span.end].find('>');
            mark.span.end = end.map_or(span.end, |end| start + end + 1);
            self.marks.push(mark);
        }
    }

    fn mark(
        &self,
        open: Range<usize>,
        words: Option<Range<usize>>,
        block: Option<&Block>,
    ) -> Mark<'a> {
        let before = |from: usize| &self.text[from..open.start];
        let leads_line = |b: &Block| is_blank_on_line(before(b.line_of(open.start).unwrap_or(0)));
        Mark {
            source: self.source,
            span: open.clone(),
            close: None,
            words,
            stands_alone: block.is_some_and(leads_line),
            is_in_text: false,
            begins_block: block.is_some_and(|b| before(b.span.start).trim_start().is_empty()),
            open,
        }
    }

    fn finish(mut self) -> Found<'a> {
        if let Some((mark, _)) = self.element {
            let title = "this element is never closed";
            let error = mark.error("unclosed-element", title, "opened here");
            let help = "everything up to its `</div>` is replaced by the board";
            self.errors.push(error.help(help));
        }
        if self.reading == Reading::Pairs {
            let alone = self.marks.iter().filter(|mark| mark.close.is_none());
            self.errors.extend(alone.map(unpaired));
        }
        for mark in &mut self.marks {
            mark.stands_alone =
                mark.stands_alone && is_blank_until_line_end(self.text, mark.span.end);
        }
        if self.errors.is_empty() {
            Ok(self.marks)
        } else {
            Err(self.errors)
        }
    }
}

fn unpaired(mark: &Mark<'_>) -> Diagnostic {
    let title = "this marker is never closed";
    let error = mark.error("unpaired-marker", title, "opened here");
    let close = Syntax::of(mark.source).marker("/trainboard");
    error.help(format!(
        "write `{close}` where its content ends: only a pair can be updated in place"
    ))
}

/// The first thing in a stretch of a source that looks like a marker, be it
/// code.
pub(super) fn first_like_a_marker(source: &Source, stretch: &Range<usize>) -> Option<Range<usize>> {
    let text = &source.text[..stretch.end];
    let like = |begin: &'static str| {
        let places = text[stretch.start..].match_indices(begin);
        let mut places = places.map(|(at, _)| stretch.start + at..stretch.start + at + begin.len());
        places.find(|place| is_ours(&text[place.end..]))
    };
    Syntax::of(source)
        .begins()
        .filter_map(like)
        .min_by_key(|place| place.start)
}

/// The first words of comments that are nearly those of a marker, from some byte
/// of a text on: these stay comments.
pub(super) fn nearly(text: &str, from: usize) -> Vec<Range<usize>> {
    let comments = text[from..].match_indices("<!--");
    let words = comments.filter_map(|(at, begin)| {
        let inside = from + at + begin.len();
        // A word ends where the next comment begins, as far as slips go.
        let until = text[inside..].find("<!--").unwrap_or(text.len() - inside);
        let (word, end) = first_word(&text[inside..][..until])?;
        let end = inside + end;
        is_nearly_ours(word).then_some(end - word.len()..end)
    });
    words.collect()
}

fn is_nearly_ours(word: &str) -> bool {
    let plain = word.strip_prefix('/').unwrap_or(word);
    let meant = plain.trim_end_matches([':', ',']).to_ascii_lowercase();
    plain != "trainboard" && nearest(&meant, ["trainboard"]).is_some()
}

fn is_ours(comment: &str) -> bool {
    matches!(first_word(comment), Some(("trainboard" | "/trainboard", _)))
}

/// The first word of a comment and where it ends.
fn first_word(comment: &str) -> Option<(&str, usize)> {
    let start = comment.len() - comment.trim_start().len();
    let word = comment[start..].split_whitespace().next()?;
    Some((word, start + word.len()))
}

/// Whether nothing stands on the last line of a text. It looks no further than
/// the first thing that does, as does the next: a line may have many markers.
fn is_blank_on_line(before: &str) -> bool {
    let mut line = before.chars().rev().take_while(|c| *c != '\n');
    line.all(char::is_whitespace)
}

fn is_blank_until_line_end(text: &str, from: usize) -> bool {
    let mut line = text[from..].chars().take_while(|c| *c != '\n');
    line.all(char::is_whitespace)
}

/// Whether that text begins with that tag, and not with a longer name.
fn is_tag(text: &str, tag: &str) -> bool {
    text.get(..tag.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(tag))
        && text[tag.len()..]
            .starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
}

/// The length of the tag that begins a text, and whether it is that of the
/// adopted element.
fn tag(text: &str) -> (usize, bool) {
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut tokens = Tokenizer::new_with_emitter(text, emitter);
    let tag = tokens.find_map(|Ok(token)| match token {
        Token::StartTag(tag) => Some(tag),
        _ => None,
    });
    tag.map_or((text.len(), false), |tag| {
        let id = tag.attributes.get(&b"id"[..]);
        let is_adopted = id.is_some_and(|id| ***id == *ADOPTED.as_bytes());
        (tag.span.end, is_adopted)
    })
}
