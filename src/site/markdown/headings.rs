//! Headings and terms, with their anchors.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::super::address::{self, Refused};
use super::super::browser::{Element, Extent};
use super::{Heading, Writer};
use crate::views::escape::HtmlProse;

/// A heading, or a term that is defined.
pub(super) struct OpenHeading<'a> {
    pub(super) start: usize,
    /// Where it is written.
    pub(super) span: Range<usize>,
    pub(super) text: String,
    pub(super) id: Option<CowStr<'a>>,
    pub(super) classes: Vec<CowStr<'a>>,
    pub(super) attributes: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
}

impl<'a> Writer<'a> {
    /// A heading that begins here, with nothing given.
    pub(super) fn open_heading(&self, span: &Range<usize>) -> OpenHeading<'a> {
        OpenHeading {
            start: self.html.len(),
            span: span.clone(),
            text: String::new(),
            id: None,
            classes: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Writes the start tag, now that the text is known that the anchor is
    /// made of.
    pub(super) fn close_heading(&mut self, level: Option<u8>) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let given = heading.id.as_deref().map(str::to_owned);
        let id = given.unwrap_or_else(|| self.ids.of(&heading.text));
        let name = level.map_or("dt".to_owned(), |level| format!("h{level}"));
        let tag = self.heading_tag(&name, &id, &heading);
        self.html.insert_str(heading.start, &tag);
        if level.is_some_and(|level| level > 1) && !id.is_empty() {
            let _ = write!(
                self.html,
                "<a class=\"anchor\" aria-hidden=\"true\" tabindex=\"-1\" href=\"#{}\"></a>",
                address::encoded(&id)
            );
        }
        let _ = writeln!(self.html, "</{name}>");
        let Some(level) = level else {
            self.body.anchors.push(id);
            return;
        };
        self.body.has_title |= level == 1;
        let title = heading.text.trim().replace('\n', " ");
        self.body.headings.push(Heading { level, id, title });
    }

    fn heading_tag(&mut self, name: &str, id: &str, heading: &OpenHeading<'_>) -> String {
        let mut tag = format!("<{name}");
        if !id.is_empty() {
            push_attribute(&mut tag, "id", id);
        }
        if !heading.classes.is_empty() {
            push_attribute(&mut tag, "class", &heading.classes.join(" "));
        }
        self.check_attributes(name, heading);
        for (attribute, value) in &heading.attributes {
            push_attribute(&mut tag, attribute, value.as_deref().unwrap_or_default());
        }
        tag.push('>');
        tag
    }

    /// Attributes have names that stay names, and mean nothing to a browser.
    fn check_attributes(&mut self, name: &str, heading: &OpenHeading<'_>) {
        for (attribute, value) in &heading.attributes {
            let place = self.place_of(attribute, heading);
            if !is_name(attribute) {
                let title = format!("a heading may not have an attribute `{attribute}`");
                let help = "its name is of letters, digits, hyphens and underscores";
                self.refuse(place, Refused::new(title, help));
                continue;
            }
            let element = Element::with(name, attribute, value.as_deref().unwrap_or_default());
            if element.own_style().is_some() {
                self.dropped_style(place.clone());
            }
            for finding in element.findings(Extent::Part) {
                self.refuse(place.clone(), finding.refused);
            }
        }
    }

    /// Where an attribute of a heading is written, as nearly as is known.
    fn place_of(&self, attribute: &str, heading: &OpenHeading<'_>) -> Range<usize> {
        let written = &self.expanded.text[heading.span.clone()];
        let found = written.rfind(attribute).map(|at| heading.span.start + at);
        let place = found.map(|at| at..at + attribute.len());
        self.expanded
            .place(place.unwrap_or_else(|| heading.span.clone()))
    }
}

/// Adds an attribute with a space before it.
pub(super) fn push_attribute(html: &mut String, name: &str, value: &str) {
    let _ = write!(html, " {name}=\"{}\"", HtmlProse(value));
}

fn is_name(text: &str) -> bool {
    let is_of_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_of_name)
}
