//! Quotes, alerts, code and tables.

use std::fmt::Write;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::Writer;
use super::headings::push_attribute;

#[derive(Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alert {
    None,
    /// The last event began one.
    Begun,
    /// The last events began and ended one: its text may follow as a quote.
    Empty,
}

impl Writer<'_> {
    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, title) = match kind {
            None => return self.html.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "Note"),
            Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
            Some(BlockQuoteKind::Important) => ("important", "Important"),
            Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
        };
        let _ = writeln!(
            self.html,
            "<blockquote class=\"alert alert-{class}\">\n<p class=\"alert-title\">{title}</p>"
        );
    }

    /// An alert whose title is followed by an empty line reaches us as an
    /// empty alert and a quote. Both are one to the writer.
    pub(super) fn skips_for_alert(&mut self, event: &Event<'_>) -> bool {
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

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.html.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let mut words = info.split([' ', '\t', ',']);
            if let Some(language) = words.find(|word| !word.is_empty()) {
                push_attribute(&mut self.html, "class", &format!("language-{language}"));
            }
        }
        self.html.push('>');
    }

    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table {
            alignments,
            column: 0,
            in_head: true,
        };
        let wrapper = "<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">";
        self.html.push_str(wrapper);
        self.html.push_str("<table>\n");
    }

    pub(super) fn open_row(&mut self, tag: &Tag<'_>) {
        self.table.column = 0;
        let is_head = matches!(tag, Tag::TableHead);
        self.html
            .push_str(if is_head { "<thead><tr>" } else { "<tr>" });
    }

    pub(super) fn open_cell(&mut self) {
        let tag = if self.table.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        };
        self.html.push_str(tag);
        self.html.push_str(class);
    }
}
