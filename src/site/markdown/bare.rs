//! Bare addresses, such as `https://example.org`, which become links.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::super::address::{self, Address};
use super::super::browser::Role;
use super::Writer;
use super::headings::push_attribute;

/// Text that comes in pieces, one after another, and has an address in it.
#[derive(Default)]
pub(super) struct Run<'a> {
    pieces: Vec<(CowStr<'a>, Range<usize>)>,
}

impl<'a> Writer<'a> {
    /// Takes a piece of text that may be a part of an address; gives back any
    /// other.
    pub(super) fn take_for_address(
        &mut self,
        text: CowStr<'a>,
        span: &Range<usize>,
    ) -> Option<CowStr<'a>> {
        let goes_on = self.run.pieces.last().map(|(_, last)| last.end) == Some(span.start);
        if !goes_on {
            self.write_run();
        }
        let may_be_link = self.link_depth == 0 && !self.is_in_raw_link;
        if goes_on || (may_be_link && has_scheme(&text)) {
            self.run.pieces.push((text, span.clone()));
            return None;
        }
        Some(text)
    }

    /// Writes the pieces that were taken.
    pub(super) fn write_run(&mut self) {
        if self.run.pieces.is_empty() {
            return;
        }
        let pieces = std::mem::take(&mut self.run.pieces);
        let source = &*self.expanded.text;
        let shown: Vec<_> = pieces
            .iter()
            .map(|(text, span)| as_written(text, source.get(span.clone()).unwrap_or(text)))
            .collect();
        let whole = shown.concat();
        let links = addresses(&whole, source[..pieces[0].1.start].chars().next_back());
        let mut links = links.into_iter().peekable();
        let mut at = 0;
        for ((text, span), shown) in pieces.iter().zip(shown) {
            let end = at + shown.len();
            if links.peek().is_none_or(|link| link.start >= end) {
                self.text(text);
            } else {
                let place = pieces[0].1.start.min(span.start)..span.end;
                self.write_piece(&whole, at..end, &mut links, place);
            }
            at = end;
        }
    }

    /// Writes a piece that an address is in, or a part of one.
    fn write_piece(
        &mut self,
        whole: &str,
        piece: Range<usize>,
        links: &mut std::iter::Peekable<std::vec::IntoIter<Range<usize>>>,
        place: Range<usize>,
    ) {
        let mut at = piece.start;
        while let Some(link) = links.peek().filter(|link| link.start < piece.end).cloned() {
            if link.start >= at {
                self.text(&whole[at..link.start]);
                self.open_bare(&whole[link.clone()], place.clone());
                at = link.start;
            }
            if link.end > piece.end {
                break;
            }
            self.text(&whole[at..link.end]);
            self.html.push_str("</a>");
            at = link.end;
            links.next();
        }
        self.text(&whole[at..piece.end]);
    }

    fn open_bare(&mut self, to: &str, place: Range<usize>) {
        let place = self.expanded.place(place);
        let address = self.address(to, Role::Link, place);
        self.html.push_str("<a class=\"bare\"");
        push_attribute(&mut self.html, "href", &address);
        self.html.push('>');
    }
}

fn has_scheme(text: &str) -> bool {
    text.contains("http") && (text.contains("http://") || text.contains("https://"))
}

/// A piece of text as its writer sees it: with its dashes and quotes, but
/// without character references.
fn as_written<'t>(text: &'t str, source: &'t str) -> &'t str {
    if source.starts_with('&') {
        text
    } else {
        source
    }
}

/// The addresses in a text, before which stands that character.
fn addresses(text: &str, before: Option<char>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("http") {
        let start = at + next;
        let before = text[..start].chars().next_back().or(before);
        let length = address_at(&text[start..]);
        let is_start = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '@'));
        at = match length.filter(|_| is_start) {
            Some(length) => {
                found.push(start..start + length);
                start + length
            }
            None => start + "http".len(),
        };
    }
    found
}

/// How long the address is that a text begins with.
fn address_at(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("https://");
    let rest = rest.or_else(|| text.strip_prefix("http://"))?;
    let is_part = |c: char| match c {
        '<' | '>' | '"' => false,
        c => c.is_ascii_graphic() || (!c.is_ascii() && c.is_alphanumeric()),
    };
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let rest = &rest[..trimmed(&rest[..length])];
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let is_host = host.contains('.') && host.split('.').all(is_name);
    let is_sound = is_host && !rest.contains(['{', '}', '[', ']', '\\', '^', '`', '|']);
    let length = text.len().min(text.find("://")? + 3 + rest.len());
    let is_outside = address::read(&text[..length]) == Ok(Address::Outside);
    (is_sound && is_outside).then_some(length)
}

/// The length of an address without what ends the sentence around it.
fn trimmed(text: &str) -> usize {
    let count = |c| text.matches(c).count();
    let mut unopened = [
        (')', count(')').saturating_sub(count('('))),
        (']', count(']').saturating_sub(count('['))),
    ];
    let mut end = text.len();
    while let Some(last) = text[..end].chars().next_back() {
        let bracket = unopened.iter_mut().find(|(c, _)| *c == last);
        match bracket {
            Some((_, left)) if *left > 0 => *left -= 1,
            None if "?!.,:;*_~'".contains(last) => {}
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str) -> Vec<&str> {
        let found = addresses(text, None).into_iter();
        found.map(|span| &text[span]).collect()
    }

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        assert_eq!(found("See https://example.org."), ["https://example.org"]);
        assert_eq!(
            found("(http://example.org/a_(b)), “https://example.org/?x=1&y=2#z”!"),
            ["http://example.org/a_(b)", "https://example.org/?x=1&y=2#z"]
        );
        assert_eq!(
            found("https://example.org/a--b...)]).,"),
            ["https://example.org/a--b"]
        );
        assert_eq!(found("https://example.org/ä。"), ["https://example.org/ä"]);
    }

    #[test]
    fn what_is_no_address_of_the_web_stays_text() {
        for text in [
            "https://localhost:8000",
            "https://",
            "https://.example.org",
            "xhttps://example.org",
            "https:example.org",
            "https://example.org/{path}",
            "example.org",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
