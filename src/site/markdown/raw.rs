//! Raw HTML in Markdown.

use std::collections::HashSet;
use std::fmt::Write;
use std::ops::Range;

use super::super::browser::{self, Extent, Finding, HtmlReader};
use super::super::raw_html::{self, Note};
use super::Writer;
use crate::diagnostic::Diagnostic;
use crate::views::escape::HtmlProse;

/// What stands around the number of a piece, while the page is being written:
/// no text has it.
const MARK: char = '\0';

/// A block of raw HTML, or a tag.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) html: String,
    /// Where its lines begin, there and in the text.
    pub(super) lines: Vec<(usize, usize)>,
    /// Which of the errors are of it.
    errors: Range<usize>,
}

impl Writer<'_> {
    pub(super) fn raw_line(&mut self, html: &str, start: usize) {
        if let Some(raw) = &mut self.raw {
            raw.lines.push((raw.html.len(), start));
            raw.html.push_str(html);
        }
    }

    pub(super) fn close_raw(&mut self) {
        if let Some(raw) = self.raw.take() {
            let checked = self.checked(&raw.html, &raw.lines);
            self.html.push_str(&checked);
            if !checked.ends_with('\n') {
                self.html.push('\n');
            }
        }
    }

    /// Raw HTML with its links led to pages; what may not be in it is
    /// reported.
    pub(super) fn checked(&mut self, html: &str, lines: &[(usize, usize)]) -> String {
        let number = self.pieces.len();
        let mut checked = format!("{MARK}{number}{MARK}");
        let before = self.errors.len();
        let mut done = 0;
        for note in raw_html::notes(html) {
            match note {
                Note::Refused(span, refused) => {
                    let place = self.raw_place(&span, lines);
                    self.refuse(place, refused);
                }
                Note::Anchor(anchor) => self.body.anchors.push(anchor),
                Note::Title => self.body.has_title = true,
                Note::Link { opens } => self.is_in_raw_link = opens,
                Note::Address {
                    span,
                    address: written,
                    role,
                } => {
                    let place = self.raw_place(&span, lines);
                    let address = self.address(&written, role, place);
                    if address != written && span.start >= done {
                        checked.push_str(&html[done..span.start]);
                        let _ = write!(checked, "{}", HtmlProse(&address));
                        done = span.end;
                    }
                }
            }
        }
        self.pieces.push(Piece {
            html: html.to_owned(),
            lines: lines.to_vec(),
            errors: before..self.errors.len(),
        });
        checked.push_str(&html[done..]);
        checked
    }

    /// Judges what the page has become, as browsers read it, if any of it is
    /// HTML that somebody wrote: all else is safe by the way it is made.
    pub(super) fn judge(&mut self) {
        if self.pieces.is_empty() {
            return;
        }
        let reader = self.read_by_piece();
        let pieces = std::mem::take(&mut self.pieces);
        self.advise_against_styles(reader.dropped(), &pieces);
        let mut said = self.said(&pieces);
        let mut after = (0, 0);
        for (number, Finding { written, refused }) in reader.finish() {
            let piece = &pieces[number];
            if after.0 != number {
                after = (number, 0);
            }
            let found = browser::find(&piece.html, &written, after.1);
            after.1 = found.as_ref().map_or(after.1, |found| found.end);
            if said.insert((number, refused.title.clone())) {
                let place = self.raw_place(&found.unwrap_or(0..piece.html.len()), &piece.lines);
                self.refuse(place, refused);
            }
        }
    }

    /// Tells of styles that browsers do not apply, once for each piece.
    fn advise_against_styles(&mut self, mut dropped: Vec<(usize, &str)>, pieces: &[Piece]) {
        dropped.dedup_by_key(|(number, _)| *number);
        for (number, written) in dropped {
            let piece = &pieces[number];
            let found = browser::find(&piece.html, written, 0);
            let place = self.raw_place(&found.unwrap_or(0..piece.html.len()), &piece.lines);
            self.dropped_style(place);
        }
    }

    pub(super) fn dropped_style(&mut self, place: Range<usize>) {
        let title = "no browser applies a style that is written in a page";
        let advice = Diagnostic::warning("dropped-style", title)
            .at(self.links.source, place, "its policy allows style sheets only")
            .help("give it a `class`, and write the style into a file that `css` in `trainboard.toml` names");
        self.body.advice.push(advice);
    }

    /// What browsers read, without the marks.
    fn read_by_piece(&mut self) -> HtmlReader {
        let marked = std::mem::take(&mut self.html);
        let reader = HtmlReader::new(Extent::Part);
        let mut number = 0;
        for (n, part) in marked.split(MARK).enumerate() {
            if n % 2 == 1 {
                number = part.parse().unwrap_or(number);
            } else {
                reader.feed(part, number);
                self.html.push_str(part);
            }
        }
        reader
    }

    /// What was said of each piece when it was written.
    fn said(&self, pieces: &[Piece]) -> HashSet<(usize, String)> {
        let pieces = pieces.iter().enumerate();
        let said = pieces.flat_map(|(number, piece)| {
            let errors = self.errors[piece.errors.clone()].iter();
            errors.map(move |error| (number, error.title.clone()))
        });
        said.collect()
    }

    /// The bytes of the source that a stretch of raw HTML came from.
    pub(super) fn raw_place(&self, span: &Range<usize>, lines: &[(usize, usize)]) -> Range<usize> {
        let place = |at: usize| {
            let line = lines.partition_point(|(start, _)| *start <= at);
            let line = line.checked_sub(1).and_then(|line| lines.get(line));
            line.map_or(0, |(start, text)| text + (at - start))
        };
        let start = place(span.start);
        let end = place(span.end.saturating_sub(1).max(span.start)) + 1;
        let length = self.expanded.text.len();
        self.expanded.place(start.min(length)..end.min(length))
    }
}

/// Where the lines of a tag within a paragraph begin, in it and in the text,
/// where quote marks may stand before them.
pub(super) fn inline_lines(html: &str, span: &Range<usize>, text: &str) -> Vec<(usize, usize)> {
    let mut lines = vec![(0, span.start)];
    if html.len() == span.len() {
        return lines;
    }
    let mut at = span.start;
    for (end, _) in html.match_indices('\n') {
        let line = html[end + 1..].lines().next().unwrap_or_default();
        at = text[at..].find('\n').map_or(at, |newline| at + newline + 1);
        let written = text[at..].lines().next().unwrap_or_default();
        at += written.find(line).unwrap_or(0);
        lines.push((end + 1, at));
    }
    lines
}
