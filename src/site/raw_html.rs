//! HTML that people write: what is in it, and what may not be.
//!
//! Each piece is read by the tokenizer that browsers use, and must end where
//! it began, between two tags. So pieces can be judged one by one, whatever
//! Markdown stands between them.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span, Tokenizer};

use super::address::{self, Refused};

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

/// The tags of elements whose text is not HTML, except in a drawing.
const TEXT_ONLY: &[&str] = &["<style", "<textarea", "<title"];

/// All that is of note in a piece of HTML, in order.
pub(super) fn notes(html: &str) -> Vec<Note> {
    let mut notes = tokens(html, false);
    let lower = html.to_ascii_lowercase();
    if TEXT_ONLY.iter().any(|tag| lower.contains(tag)) {
        let refused = |note: &Note| matches!(note, Note::Refused(..));
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
    let lower = svg.to_ascii_lowercase();
    for (begin, title) in [
        ("<!entity", "a drawing may not define entities"),
        ("<?xml-stylesheet", "a drawing may not load a style sheet"),
    ] {
        if let Some(at) = lower.find(begin) {
            notes.push(refused(at..at + begin.len(), title));
        }
    }
    notes
}

fn refused(span: Range<usize>, title: impl Into<String>) -> Note {
    let help = "no script gets into the site, and nothing from another host";
    Note::Refused(span, Refused::new(title, help))
}

/// Reads it once; `as_text` says whether the text of some elements counts as
/// text, as in a page, or as HTML, as in a drawing.
fn tokens(html: &str, as_text: bool) -> Vec<Note> {
    let mut reader = Reader {
        html,
        ..Reader::default()
    };
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
                if let Some((name, place)) = self.attribute.take() {
                    let value = String::from_utf8_lossy(value).into_owned();
                    self.attribute(&name, &value, &place, &span);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                self.flush();
                self.close_start_tag(span.end);
            }
            CallbackEvent::EndTag { name } => {
                self.attribute = None;
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
        self.element = local(name);
        self.start = span.start;
        match &*self.element {
            "h1" => self.notes.push(Note::Title),
            name if REFUSED.contains(&name) => {
                let title = format!("a page may not have a `{name}` element");
                self.notes.push(refused(span, title));
            }
            _ => {}
        }
    }

    fn close_start_tag(&mut self, end: usize) {
        let is_text = TEXT_ONLY.iter().any(|tag| tag[1..] == self.element);
        if self.text_of.is_none() && is_text {
            self.text_of = Some((self.element.clone(), self.start..end));
        }
    }

    fn flush(&mut self) {
        if let Some((name, place)) = self.attribute.take() {
            self.attribute(&name, "", &place, &place);
        }
    }

    fn attribute(&mut self, name: &[u8], value: &str, place: &Range<usize>, span: &Range<usize>) {
        let name = local(name);
        if name == "srcset" || name == "imagesrcset" {
            let candidates = value.split(',');
            let addresses = candidates.filter_map(|text| text.split_whitespace().next());
            self.notes.extend(addresses.map(|address| Note::Address {
                span: span.clone(),
                address: address.to_owned(),
                role: Role::Picture,
            }));
        } else {
            let note = attribute(&self.element, &name, value, place, span);
            self.notes.extend(note);
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

/// A name without the prefix that XML may give it.
fn local(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    let colon = name.rfind(':');
    colon.map_or(&*name, |at| &name[at + 1..]).to_owned()
}

/// What is of note in an attribute with that place, whose value has another.
pub(super) fn attribute(
    element: &str,
    name: &str,
    value: &str,
    place: &Range<usize>,
    span: &Range<usize>,
) -> Option<Note> {
    let refused = |title: &str| Some(refused(place.clone(), title));
    if name.len() > 2 && name.get(..2)?.eq_ignore_ascii_case("on") {
        return refused(&format!("a page may not have an attribute `{name}`"));
    }
    let role = match (element, name) {
        // A further policy can only forbid more.
        ("meta", "http-equiv") if value.eq_ignore_ascii_case("content-security-policy") => {
            return None;
        }
        ("meta", "http-equiv") => {
            return refused("a page may not have a `meta` element with `http-equiv`");
        }
        (_, "srcdoc") => return refused("a page may not have an attribute `srcdoc`"),
        ("animate" | "set" | "animatetransform", "attributename") if changes_address(value) => {
            return refused("an animation may not change an address");
        }
        (_, "id") | ("a", "name") if !value.is_empty() => {
            return Some(Note::Anchor(value.to_owned()));
        }
        ("a" | "area", "href") => Role::Link,
        (_, "href" | "src" | "poster" | "background") => Role::Picture,
        (_, "action" | "formaction" | "cite" | "longdesc" | "ping" | "data") => Role::Other,
        _ => return None,
    };
    Some(Note::Address {
        span: span.clone(),
        address: address::as_browsers_read(value).into_owned(),
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
            Note::Refused(_, refused) => Some(refused.title),
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
        let title = |note: &Note| matches!(note, Note::Refused(_, it) if it.title.starts_with("a drawing may not"));
        assert_eq!(found.iter().filter(|note| title(note)).count(), 2);
    }
}
