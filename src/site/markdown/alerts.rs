//! Quotes, and alerts with the title that GitHub gives them or their own.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, OffsetIter, Tag, TagEnd};

use super::Writer;
use crate::views::words;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Alert {
    #[default]
    None,
    /// The last event began one.
    Begun,
    /// The last events began and ended one: its text may follow as a quote.
    Empty,
    /// The last event began a quote that is one with a title of its own, if a
    /// paragraph follows: of which kind, and where the title begins.
    Titled(BlockQuoteKind, usize),
    /// What stands before its title is being passed over.
    Mark(usize),
    /// Its title is being written, in so many elements.
    Title(usize),
}

const KINDS: [(&str, BlockQuoteKind); 5] = [
    ("note", BlockQuoteKind::Note),
    ("tip", BlockQuoteKind::Tip),
    ("important", BlockQuoteKind::Important),
    ("warning", BlockQuoteKind::Warning),
    ("caution", BlockQuoteKind::Caution),
];

impl<'a> Writer<'a> {
    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.html.push_str("<blockquote>\n");
        };
        self.open_alert(kind);
        let (class, english) = (class(kind), self.links.around.english());
        let title = words::capital(class);
        let _ = writeln!(self.html, "<p class=\"alert-title\"{english}>{title}</p>");
    }

    fn open_alert(&mut self, kind: BlockQuoteKind) {
        let class = class(kind);
        let _ = writeln!(self.html, "<blockquote class=\"alert alert-{class}\">");
    }

    /// Takes the events that make an alert otherwise than Markdown sees it;
    /// gives back the others.
    pub(super) fn take_for_alert(
        &mut self,
        event: Event<'a>,
        span: &Range<usize>,
        events: &OffsetIter<'a>,
    ) -> Option<Event<'a>> {
        match (self.alert, &event) {
            (Alert::Mark(_) | Alert::Title(_), _) => return self.title_event(event, span),
            (Alert::Titled(kind, start), Event::Start(Tag::Paragraph)) => {
                self.open_alert(kind);
                self.html.push_str("<p class=\"alert-title\">");
                self.alert = Alert::Mark(start);
                return None;
            }
            (Alert::Titled(..), _) => {
                self.alert = Alert::None;
                self.html.push_str("<blockquote>\n");
            }
            _ => {}
        }
        if self.skips_for_alert(&event) {
            return None;
        }
        if let Event::Start(Tag::BlockQuote(None)) = event
            && let Some((kind, start)) = self.titled(span, events)
        {
            self.alert = Alert::Titled(kind, start);
            return None;
        }
        Some(event)
    }

    /// An alert whose title is followed by an empty line reaches us as an
    /// empty alert and a quote. Both are one to the writer.
    fn skips_for_alert(&mut self, event: &Event<'_>) -> bool {
        let is_end = matches!(event, Event::End(TagEnd::BlockQuote(_)));
        match (self.alert, event) {
            (_, Event::Start(Tag::BlockQuote(Some(_)))) => self.alert = Alert::Begun,
            (Alert::Begun, _) if is_end => {
                self.alert = Alert::Empty;
                return true;
            }
            (Alert::Empty, Event::Start(Tag::BlockQuote(None))) => {
                self.alert = Alert::None;
                return true;
            }
            (Alert::Empty, _) => {
                self.alert = Alert::None;
                self.html.push_str("</blockquote>\n");
            }
            _ => self.alert = Alert::None,
        }
        false
    }

    /// The kind of alert that a quote is which begins with `[!NOTE] Title`, and
    /// where its title begins.
    fn titled(
        &self,
        span: &Range<usize>,
        events: &OffsetIter<'a>,
    ) -> Option<(BlockQuoteKind, usize)> {
        let quote = self.expanded.text.get(span.clone())?.strip_prefix('>')?;
        let mark = quote.strip_prefix([' ', '\t']).unwrap_or(quote);
        let line = mark.strip_prefix("[!")?.lines().next()?;
        let (name, title) = line.split_once(']')?;
        let lower = name.to_ascii_lowercase();
        let (_, kind) = KINDS.into_iter().find(|(name, _)| *name == lower)?;
        let is_title = title.starts_with([' ', '\t']) && !title.trim().is_empty();
        let is_link = events
            .reference_definitions()
            .get(&mark[1..=name.len() + 1]);
        let before = span.len() - mark.len() + 2 + line.len();
        let start = span.start + before - title.trim_start().len();
        (is_title && is_link.is_none()).then_some((kind, start))
    }

    /// An event of the paragraph that begins with the title of an alert.
    fn title_event(&mut self, event: Event<'a>, span: &Range<usize>) -> Option<Event<'a>> {
        if let Alert::Mark(start) = self.alert {
            if span.end <= start {
                return None;
            }
            self.alert = Alert::Title(0);
            if let Event::Text(text) = &event
                && let Some(rest) = text.get(start.saturating_sub(span.start)..)
            {
                return Some(Event::Text(rest.to_owned().into()));
            }
        }
        let Alert::Title(depth) = self.alert else {
            return Some(event);
        };
        match event {
            Event::Start(_) => self.alert = Alert::Title(depth + 1),
            Event::End(TagEnd::Paragraph) => self.alert = Alert::None,
            Event::End(_) => self.alert = Alert::Title(depth.saturating_sub(1)),
            Event::SoftBreak | Event::HardBreak if depth == 0 => {
                self.alert = Alert::None;
                self.html.push_str("</p>\n");
                self.open_paragraph();
                return None;
            }
            _ => {}
        }
        Some(event)
    }
}

fn class(kind: BlockQuoteKind) -> &'static str {
    let found = KINDS.into_iter().find(|(_, other)| *other == kind);
    found.map_or("note", |(name, _)| name)
}
