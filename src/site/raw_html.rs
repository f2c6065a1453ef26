//! HTML that people write: what is in it, and what may not be.
//!
//! Each piece is read by the tokenizer that browsers use, and must end where
//! it began, between two tags. So pieces can be judged one by one, whatever
//! Markdown stands between them.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span, Tokenizer};

use super::address;

/// Something of note in a piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// What may not be.
    Refused {
        span: Range<usize>,
        title: String,
        help: &'static str,
    },
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
}

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// To go there.
    Link,
    /// To show what is there.
    Picture,
    /// To send something there, or to name a source.
    Other,
}

/// Elements that run or load something, or change how a page is read.
const REFUSED: &[&str] = &[
    "applet",
    "base",
    "embed",
    "fencedframe",
    "frame",
    "frameset",
    "iframe",
    "link",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "portal",
    "script",
    "template",
    "xmp",
];

/// Elements whose text is not HTML, except in a drawing.
const TEXT_ONLY: &[&str] = &["style", "textarea", "title"];

/// All that is of note in a piece of HTML, in order.
pub(super) fn notes(html: &str) -> Vec<Note> {
    let mut notes = tokens(html, false);
    if TEXT_ONLY.iter().any(|name| opens(html, name)) {
        let refused = |note: &Note| matches!(note, Note::Refused { .. });
        for note in tokens(html, true).into_iter().filter(refused) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// What may not be in a drawing that is a file of its own.
pub(super) fn notes_of_svg(svg: &str) -> Vec<Note> {
    let mut notes = notes(svg);
    notes.retain(|note| !matches!(note, Note::Anchor(_) | Note::Title));
    for (needle, title) in [
        ("<!ENTITY", "a drawing may not define entities"),
        ("<?xml-stylesheet", "a drawing may not load a style sheet"),
    ] {
        if let Some(at) = find_ignoring_case(svg, needle) {
            notes.push(refused(at..at + needle.len(), title.to_owned()));
        }
    }
    notes
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let needle = needle.as_bytes();
    text.as_bytes()
        .windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle))
}

fn opens(html: &str, name: &str) -> bool {
    html.match_indices('<').any(|(at, _)| {
        let rest = html.as_bytes().get(at + 1..at + 1 + name.len());
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name.as_bytes()))
    })
}

fn refused(span: Range<usize>, title: String) -> Note {
    Note::Refused {
        span,
        title,
        help: "no script gets into the site, and nothing from another host",
    }
}

/// Reads it once; `as_text` says whether the text of some elements counts as
/// text, as in a page, or as HTML, as in a drawing.
fn tokens(html: &str, as_text: bool) -> Vec<Note> {
    let mut reader = Reader::new(html);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        reader.read(&event, span.start..span.end);
        None::<()>
    });
    emitter.naively_switch_states(as_text);
    let tokenizer = Tokenizer::new_with_emitter(html, emitter);
    tokenizer.for_each(drop);
    if as_text {
        reader.finish();
    }
    reader.notes
}

struct Reader<'a> {
    html: &'a str,
    notes: Vec<Note>,
    element: Vec<u8>,
    start: usize,
    attribute: Option<(Vec<u8>, Range<usize>)>,
    /// The element whose text is being read, and its start tag.
    text_of: Option<(Vec<u8>, Range<usize>)>,
}

impl<'a> Reader<'a> {
    fn new(html: &'a str) -> Self {
        Self {
            html,
            notes: Vec::new(),
            element: Vec::new(),
            start: 0,
            attribute: None,
            text_of: None,
        }
    }

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
                if let Some((name, place)) = self.attribute.take() {
                    let value = String::from_utf8_lossy(value).into_owned();
                    self.attribute(&name, &value, &place, span);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                self.flush();
                self.close_start_tag(span.end);
            }
            CallbackEvent::EndTag { name } => {
                self.attribute = None;
                let ends = |(open, _): &(Vec<u8>, _)| open == name;
                if self.text_of.as_ref().is_some_and(ends) {
                    self.text_of = None;
                }
            }
            CallbackEvent::Error(error) => self.error(*error, span),
            _ => {}
        }
    }

    /// A span that can be cut out of the text.
    fn bounded(&self, span: &Range<usize>) -> Range<usize> {
        let boundary = |at: usize| {
            let is_boundary = |at: &usize| self.html.is_char_boundary(*at);
            (0..=at.min(self.html.len()))
                .rev()
                .find(is_boundary)
                .unwrap_or(0)
        };
        let start = boundary(span.start);
        start..boundary(span.end).max(start)
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
        self.element = local(name).to_vec();
        self.start = span.start;
        let name = String::from_utf8_lossy(&self.element);
        if REFUSED.contains(&&*name) {
            let title = format!("a page may not have a `{name}` element");
            self.notes.push(refused(span, title));
        } else if name == "h1" {
            self.notes.push(Note::Title);
        }
    }

    fn close_start_tag(&mut self, end: usize) {
        let is_text = TEXT_ONLY.iter().any(|name| name.as_bytes() == self.element);
        if self.text_of.is_none() && is_text {
            self.text_of = Some((self.element.clone(), self.start..end));
        }
    }

    fn flush(&mut self) {
        if let Some((name, span)) = self.attribute.take() {
            self.attribute(&name, "", &span, span.clone());
        }
    }

    fn attribute(&mut self, name: &[u8], value: &str, place: &Range<usize>, span: Range<usize>) {
        let element = String::from_utf8_lossy(&self.element).into_owned();
        let name = String::from_utf8_lossy(local(name)).into_owned();
        if let Some(note) = attribute(&element, &name, value, span.clone()) {
            self.notes.push(match note {
                Note::Refused { title, help, .. } => Note::Refused {
                    span: place.clone(),
                    title,
                    help,
                },
                note => note,
            });
        } else if name == "srcset" || name == "imagesrcset" {
            self.candidates(value, &span);
        }
    }

    /// The addresses of a `srcset`.
    fn candidates(&mut self, value: &str, span: &Range<usize>) {
        for candidate in value.split(',') {
            if let Some(address) = candidate.split_whitespace().next() {
                self.notes.push(Note::Address {
                    span: span.clone(),
                    address: address.to_owned(),
                    role: Role::Picture,
                });
            }
        }
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
        self.notes.push(Note::Refused {
            span: start..self.html.len(),
            title: format!("this {what} has no end"),
            help: "a blank line ends HTML in Markdown; write the tag without one",
        });
    }

    fn finish(&mut self) {
        if let Some((name, span)) = self.text_of.take() {
            let name = String::from_utf8_lossy(&name);
            self.notes.push(Note::Refused {
                span,
                title: format!("this `{name}` element has no end"),
                help: "a blank line ends HTML in Markdown; write the element without one",
            });
        }
    }
}

/// A name without the prefix that XML may give it.
fn local(name: &[u8]) -> &[u8] {
    let colon = name.iter().rposition(|byte| *byte == b':');
    colon.map_or(name, |at| &name[at + 1..])
}

/// What is of note in an attribute.
pub(super) fn attribute(
    element: &str,
    name: &str,
    value: &str,
    span: Range<usize>,
) -> Option<Note> {
    if name.len() > 2 && name.get(..2)?.eq_ignore_ascii_case("on") {
        let title = format!("a page may not have an attribute `{name}`");
        return Some(refused(span, title));
    }
    let role = match (element, name) {
        // A further policy can only forbid more.
        ("meta", "http-equiv") if value.eq_ignore_ascii_case("content-security-policy") => {
            return None;
        }
        ("meta", "http-equiv") => {
            let title = "a page may not have a `meta` element with `http-equiv`";
            return Some(refused(span, title.to_owned()));
        }
        (_, "srcdoc") => {
            let title = "a page may not have an attribute `srcdoc`";
            return Some(refused(span, title.to_owned()));
        }
        ("animate" | "set" | "animatetransform", "attributename") => {
            return changes_address(value).then(|| {
                let title = "an animation may not change an address";
                refused(span, title.to_owned())
            });
        }
        (_, "id") | ("a", "name") if !value.is_empty() => {
            return Some(Note::Anchor(value.to_owned()));
        }
        ("a" | "area", "href") => Role::Link,
        (_, "href" | "src" | "poster" | "background") => Role::Picture,
        (_, "action" | "formaction" | "cite" | "longdesc" | "ping" | "data") => Role::Other,
        _ => return None,
    };
    let address = address::as_browsers_read(value).into_owned();
    Some(Note::Address {
        span,
        address,
        role,
    })
}

fn changes_address(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name == "href" || name.ends_with(":href")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(html: &str) -> Vec<String> {
        let title = |note| match note {
            Note::Refused { title, .. } => Some(title),
            _ => None,
        };
        notes(html).into_iter().filter_map(title).collect()
    }

    #[test]
    fn what_runs_script_is_refused() {
        for (html, title) in [
            (
                "<ScRiPt>x</script>",
                "a page may not have a `script` element",
            ),
            (
                "<iframe src=x></iframe>",
                "a page may not have a `iframe` element",
            ),
            (
                "<object data=x></object>",
                "a page may not have a `object` element",
            ),
            ("<embed src=x>", "a page may not have a `embed` element"),
            ("<base href=x>", "a page may not have a `base` element"),
            ("<svg:script>", "a page may not have a `script` element"),
            (
                "<img OnError=x()>",
                "a page may not have an attribute `onerror`",
            ),
            (
                "<img/onerror=x()>",
                "a page may not have an attribute `onerror`",
            ),
            (
                "<meta http-equiv=refresh content=0>",
                "a page may not have a `meta` element with `http-equiv`",
            ),
            ("<b srcdoc=x>", "a page may not have an attribute `srcdoc`"),
            (
                "<svg><animate attributeName=xlink:href to=x>",
                "an animation may not change an address",
            ),
            (
                "<!--> <script> -->",
                "a page may not have a `script` element",
            ),
        ] {
            assert_eq!(titles(html), [title], "{html}");
        }
    }

    #[test]
    fn text_that_hides_tags_is_read_both_ways() {
        let hidden = r#"<title><b title="</title><img src=x onerror=y>"></title>"#;
        assert_eq!(
            titles(hidden),
            ["a page may not have an attribute `onerror`"]
        );
        let drawn = "<svg><style><img src=x onerror=y></style></svg>";
        assert_eq!(
            titles(drawn),
            ["a page may not have an attribute `onerror`"]
        );
        assert_eq!(titles("<textarea>"), ["this `textarea` element has no end"]);
        assert!(titles("<svg><title>A chart</title></svg>").is_empty());
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

    #[test]
    fn a_drawing_has_neither_entities_nor_style_sheets() {
        let found = notes_of_svg(
            "<?xml-stylesheet href='x'?><!DOCTYPE svg [<!ENTITY x 'y'>]><svg id='a'/>",
        );
        let title = |note: &Note| matches!(note, Note::Refused { title, .. } if title.starts_with("a drawing may not"));
        assert_eq!(found.iter().filter(|note| title(note)).count(), 2);
    }
}
