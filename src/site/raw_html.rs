//! HTML that people write: the addresses and the places in it.
//!
//! Each piece is read by the tokenizer that browsers use, and must end where
//! it began, between two tags. What a browser would do with it is judged when
//! all of the page is there.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span, Tokenizer};

use super::address::{self, Refused};
use super::browser::{self, Role};

/// Something of note in a piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// What may not be.
    Refused(Range<usize>, Refused),
    /// An address.
    Address {
        span: Range<usize>,
        address: String,
        role: Role,
    },
    /// A place that can be linked to.
    Anchor(String),
    /// A heading of the first level.
    Title,
    /// The beginning or the end of a link.
    Link { opens: bool },
}

/// Elements whose text is not HTML, except in a drawing.
const TEXT_ONLY: &[&str] = &["style", "textarea", "title"];

/// All that is of note in a piece of HTML, in order.
pub(super) fn notes(html: &str) -> Vec<Note> {
    let mut reader = Reader {
        html,
        ..Reader::default()
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        reader.read(&event, span.start..span.end);
        None::<()>
    });
    emitter.naively_switch_states(true);
    let tokenizer = Tokenizer::new_with_emitter(html, emitter);
    tokenizer.for_each(drop);
    reader.finish();
    reader.notes
}

#[derive(Default)]
struct Reader<'a> {
    html: &'a str,
    notes: Vec<Note>,
    /// The name of the last element that began, and where it did.
    element: String,
    start: usize,
    attribute: Option<(Vec<u8>, Range<usize>)>,
    /// The element whose text is being read, and its start tag.
    text_of: Option<(String, Range<usize>)>,
}

impl Reader<'_> {
    fn read(&mut self, event: &CallbackEvent<'_>, span: Range<usize>) {
        let span = self.bounded(&span);
        match event {
            CallbackEvent::OpenStartTag { name } => self.start_tag(name, span),
            CallbackEvent::AttributeName { name } => {
                self.flush();
                self.attribute = Some((name.to_vec(), span));
            }
            CallbackEvent::AttributeValue { value } => {
                let span = self.whole_value(span);
                if let Some((name, _)) = self.attribute.take() {
                    let value = String::from_utf8_lossy(value).into_owned();
                    self.attribute(&name, &value, &span);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                self.flush();
                self.close_start_tag(span.end);
            }
            CallbackEvent::EndTag { name } => {
                self.attribute = None;
                if browser::local(&String::from_utf8_lossy(name)) == "a" {
                    self.notes.push(Note::Link { opens: false });
                }
                self.text_of
                    .take_if(|(open, _)| open.as_bytes() == &name[..]);
            }
            CallbackEvent::Error(error) => self.error(*error, span),
            _ => {}
        }
    }

    /// A span that can be cut out of the text.
    fn bounded(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.html.floor_char_boundary(span.start);
        start..self.html.floor_char_boundary(span.end).max(start)
    }

    /// The tokenizer places a value without quotes one byte late.
    fn whole_value(&self, span: Range<usize>) -> Range<usize> {
        let before = self.html[..span.start].chars().next_back();
        let is_outside = |c: char| matches!(c, '"' | '\'' | '=') || c.is_whitespace();
        match before {
            Some(c) if !is_outside(c) => span.start - c.len_utf8()..span.end,
            _ => span,
        }
    }

    fn start_tag(&mut self, name: &[u8], span: Range<usize>) {
        self.element = browser::local(&String::from_utf8_lossy(name));
        self.start = span.start;
        match &*self.element {
            "h1" => self.notes.push(Note::Title),
            "a" => self.notes.push(Note::Link { opens: true }),
            _ => {}
        }
    }

    fn close_start_tag(&mut self, end: usize) {
        let is_text = TEXT_ONLY.contains(&&*self.element);
        if self.text_of.is_none() && is_text {
            self.text_of = Some((self.element.clone(), self.start..end));
        }
    }

    fn flush(&mut self) {
        if let Some((name, place)) = self.attribute.take() {
            self.attribute(&name, "", &place);
        }
    }

    fn attribute(&mut self, name: &[u8], value: &str, span: &Range<usize>) {
        let name = browser::local(&String::from_utf8_lossy(name));
        let is_place = name == "id" || (name == "name" && self.element == "a");
        if is_place && !value.is_empty() {
            self.notes.push(Note::Anchor(value.to_owned()));
        }
        if browser::is_refused(&self.element) {
            return;
        }
        let found = browser::addresses(&self.element, &name, value);
        self.notes.extend(found.map(|(found, role)| Note::Address {
            span: span.clone(),
            address: address::as_browsers_read(found).into_owned(),
            role,
        }));
    }

    fn error(&mut self, error: Error, span: Range<usize>) {
        let what = match error {
            Error::EofInTag | Error::EofBeforeTagName => "tag",
            Error::EofInComment => "comment",
            Error::EofInDoctype => "doctype",
            Error::EofInCdata => "section",
            _ => return,
        };
        let start = self.start.min(span.start);
        let help = "a blank line ends HTML in Markdown; write the tag without one";
        let refused = Refused::new(format!("this {what} has no end"), help);
        let note = Note::Refused(start..self.html.len(), refused);
        self.notes.push(note);
    }

    fn finish(&mut self) {
        if let Some((name, span)) = self.text_of.take() {
            let help = "a blank line ends HTML in Markdown; write the element without one";
            let refused = Refused::new(format!("this `{name}` element has no end"), help);
            self.notes.push(Note::Refused(span, refused));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(html: &str) -> Vec<String> {
        let title = |note| match note {
            Note::Refused(_, refused) => Some(refused.title),
            _ => None,
        };
        notes(html).into_iter().filter_map(title).collect()
    }

    #[test]
    fn a_piece_ends_between_two_tags() {
        assert_eq!(titles("<div title=\"x"), ["this tag has no end"]);
        assert_eq!(titles("<!-- x"), ["this comment has no end"]);
        assert!(titles("<div>\n</b> a < b & c").is_empty());
    }

    #[test]
    fn addresses_have_a_place_and_a_role() {
        let html =
            r#"<p><a class=x href="a&amp;b.md">x</a> <img alt="" src='y.png'><img src=z.png>"#;
        let found: Vec<_> = notes(html)
            .into_iter()
            .filter(|note| !matches!(note, Note::Link { .. }))
            .map(|note| match note {
                Note::Address {
                    span,
                    address,
                    role,
                } => (&html[span], address, role),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            found,
            [
                ("a&amp;b.md", "a&b.md".to_owned(), Role::Link),
                ("y.png", "y.png".to_owned(), Role::Picture),
                ("z.png", "z.png".to_owned(), Role::Picture),
            ]
        );
    }
}
