//! Addresses in CSS, and whether they lead to another host.

use std::iter::Peekable;
use std::str::Chars;

use super::super::address;

/// Whether CSS names something that is not of the site.
pub(super) fn foreign(css: &str) -> bool {
    let mut reader = Reader {
        rest: css.chars().peekable(),
    };
    std::iter::from_fn(|| reader.next()).any(|text| leaves(&text))
}

/// Whether an address brings a picture or a font along.
pub(super) fn is_embedded(lower: &str) -> bool {
    ["data:image/", "data:font/", "data:application/font"]
        .iter()
        .any(|begin| lower.starts_with(begin))
}

fn leaves(text: &str) -> bool {
    let text = address::as_browsers_read(text).to_ascii_lowercase();
    let slashes = text.chars().take(2).filter(|c| matches!(c, '/' | '\\'));
    let schemes = [
        "http:",
        "https:",
        "ftp:",
        "ws:",
        "wss:",
        "file:",
        "blob:",
        "data:",
        "filesystem:",
        "javascript:",
    ];
    slashes.count() == 2
        || schemes.iter().any(|scheme| text.starts_with(scheme)) && !is_embedded(&text)
}

/// Reads strings and addresses, and passes over all else.
struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<String> {
        loop {
            match self.rest.next()? {
                '/' if self.rest.peek() == Some(&'*') => self.comment(),
                quote @ ('"' | '\'') => return Some(self.until(|c| c == quote || c == '\n')),
                c if is_of_name(c) || c == '\\' => {
                    let name = self.name(c);
                    let is_call = self.rest.next_if_eq(&'(').is_some();
                    if is_call && name.eq_ignore_ascii_case("url") && !self.is_quoted() {
                        return Some(self.until(|c| c == ')'));
                    }
                }
                _ => {}
            }
        }
    }

    fn comment(&mut self) {
        let mut last = ' ';
        self.rest.next();
        for c in self.rest.by_ref() {
            if (last, c) == ('*', '/') {
                return;
            }
            last = c;
        }
    }

    fn name(&mut self, first: char) -> String {
        let mut name = String::new();
        let mut next = Some(first);
        while let Some(c) = next {
            name.extend(if c == '\\' { self.escaped() } else { Some(c) });
            next = self.rest.next_if(|c| is_of_name(*c) || *c == '\\');
        }
        name
    }

    /// Whether a quote stands next, after white space.
    fn is_quoted(&mut self) -> bool {
        while self.rest.next_if(char::is_ascii_whitespace).is_some() {}
        matches!(self.rest.peek(), Some('"' | '\''))
    }

    fn until(&mut self, is_end: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => text.extend(self.escaped()),
                c if is_end(c) => break,
                c => text.push(c),
            }
        }
        text
    }

    /// The character that an escape stands for; none for the end of a line.
    fn escaped(&mut self) -> Option<char> {
        let mut digits = String::new();
        while digits.len() < 6
            && let Some(digit) = self.rest.next_if(char::is_ascii_hexdigit)
        {
            digits.push(digit);
        }
        if digits.is_empty() {
            return self.rest.next().filter(|c| *c != '\n');
        }
        self.rest.next_if(char::is_ascii_whitespace);
        let number = u32::from_str_radix(&digits, 16).ok()?;
        Some(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn addresses_of_other_hosts_are_found_in_all_disguises() {
        for css in [
            "@import 'https://a.example/x.css'",
            "@import url(//a.example/x.css)",
            "p { background: URL( \"http://a.example/x\" ) }",
            "p { background: u\\72 l(\\68 ttps://a.example/x) }",
            "p { background: image-set('https://a.example/x' 1x) }",
            "@import 'ht\\\ntps://a.example/x.css'",
            "@import 'data:text/css,x'",
            "/* ' */ @import '\\2f/a.example'",
            "@import 'https:a.example",
        ] {
            assert!(foreign(css), "{css}");
        }
    }

    #[test]
    fn what_is_of_the_site_is_not() {
        for css in [
            "@import 'own.css'; p { background: url(x.png) }",
            "/* https://a.example and url(//b.example) */",
            "p { background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\") }",
            "p::before { content: 'Note: x' } a { fill: url(#a) }",
            "",
        ] {
            assert!(!foreign(css), "{css}");
        }
    }
}
