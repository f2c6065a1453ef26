//! Addresses in pages: what they are, and where they lead.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::diagnostic::{Diagnostic, Source};

/// What an address is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// On the web, or a mail address.
    Outside,
    /// From the page on.
    Inside(Inside<'a>),
}

/// An address within the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inside<'a> {
    /// Empty for the page itself.
    pub(super) path: &'a str,
    /// With its question mark, or empty.
    pub(super) query: &'a str,
    /// Without its hash sign.
    pub(super) fragment: Option<&'a str>,
}

/// Why an address, or other HTML, is refused, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// Whether its scheme is to blame, which may run something.
    pub(super) is_scheme: bool,
    pub(super) title: String,
    pub(super) help: Cow<'static, str>,
}

impl Refused {
    /// Why something other than a scheme is refused.
    pub(super) fn new(title: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self {
            is_scheme: false,
            title: title.into(),
            help: help.into(),
        }
    }

    /// The error at some place.
    pub(super) fn at(self, source: &Arc<Source>, span: Range<usize>) -> Diagnostic {
        let error = Diagnostic::error("refused-html", self.title);
        error.at(source, span, "refused").help(self.help)
    }
}

/// An address as a browser reads it: without white space around it, and
/// without tabs and line ends anywhere.
pub(super) fn as_browsers_read(address: &str) -> Cow<'_, str> {
    let address = address.trim_matches(|c: char| c <= ' ');
    if address.contains(['\t', '\n', '\r']) {
        Cow::Owned(address.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(address)
    }
}

/// What an address is, if it is one that a page may have.
pub(super) fn read(address: &str) -> Result<Address<'_>, Refused> {
    if let Some(scheme) = scheme(address) {
        return match &*scheme.to_ascii_lowercase() {
            "http" | "https" | "mailto" => Ok(Address::Outside),
            other => Err(Refused {
                is_scheme: true,
                title: format!("an address may not begin with `{other}:`"),
                help: "an address is relative, or begins with `https:`, `http:` or `mailto:`"
                    .into(),
            }),
        };
    }
    let refused = |title: &str, help: &'static str| Err(Refused::new(title, help));
    if address.contains('\\') {
        return refused("an address may not have a backslash", "write `/`");
    }
    if address.starts_with("//") {
        return refused("an address may not begin with `//`", "write `https://`");
    }
    if address.starts_with('/') {
        return refused(
            "an address may not begin with `/`",
            "write it from the page on, so that the site works under any path",
        );
    }
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (address, None),
    };
    let query = rest.find('?').unwrap_or(rest.len());
    Ok(Address::Inside(Inside {
        path: &rest[..query],
        query: &rest[query..],
        fragment,
    }))
}

fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    let scheme = &address[..end];
    let is_scheme = address.as_bytes()[end] == b':'
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// The path that a relative one means in some folder; none when it leads out.
pub(super) fn resolved(folder: &str, path: &str) -> Option<String> {
    let path = decoded(path);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Text without its percent signs; left as it is where they hide no text.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.unwrap_or(Cow::Borrowed(text))
}

/// What an address may not have as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'+')
    .remove(b'@');

/// A path as an address: all but plain characters behind percent signs.
pub(crate) fn encoded(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, ENCODED).into()
}

/// The way from a folder to a file, as an address.
pub(super) fn relative(folder: &str, to: &str) -> String {
    let mut from = folder.split('/').filter(|part| !part.is_empty()).peekable();
    let mut rest = to;
    while let (Some(part), Some((first, tail))) = (from.peek(), rest.split_once('/')) {
        if *part != first {
            break;
        }
        rest = tail;
        from.next();
    }
    let up = "../".repeat(from.count());
    up + &encoded(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(address: &str) -> String {
        read(&as_browsers_read(address)).unwrap_err().title
    }

    #[test]
    fn schemes_that_run_or_carry_something_are_refused_in_all_disguises() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "  \u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "\tjava\tscript\t:alert(1)",
        ] {
            assert_eq!(
                refusal(address),
                "an address may not begin with `javascript:`"
            );
        }
        assert_eq!(
            refusal("data:text/html,x"),
            "an address may not begin with `data:`"
        );
        assert_eq!(
            refusal("vbscript:x"),
            "an address may not begin with `vbscript:`"
        );
        assert_eq!(refusal("blob:x"), "an address may not begin with `blob:`");
    }

    #[test]
    fn addresses_that_depend_on_the_host_are_refused() {
        assert_eq!(
            refusal("//example.org"),
            "an address may not begin with `//`"
        );
        assert_eq!(refusal("/about.html"), "an address may not begin with `/`");
        assert_eq!(
            refusal("\\\\example.org"),
            "an address may not have a backslash"
        );
    }

    #[test]
    fn a_relative_address_has_parts() {
        let inside = Inside {
            path: "a/b.md",
            query: "?x",
            fragment: Some("y"),
        };
        assert_eq!(read("a/b.md?x#y"), Ok(Address::Inside(inside)));
        assert_eq!(read("https://example.org"), Ok(Address::Outside));
        assert_eq!(read("MAILTO:a@example.org"), Ok(Address::Outside));
    }

    #[test]
    fn paths_are_resolved_and_cannot_leave() {
        assert_eq!(resolved("guide", "../a.md"), Some("a.md".to_owned()));
        assert_eq!(
            resolved("guide", "./x/../b%20c.md"),
            Some("guide/b c.md".to_owned())
        );
        assert_eq!(resolved("guide", "../../a.md"), None);
        assert_eq!(resolved("guide", "%2e%2e/%2e%2e/a.md"), None);
    }

    #[test]
    fn the_way_between_two_files_is_short() {
        assert_eq!(relative("", "a.html"), "a.html");
        assert_eq!(relative("a/b", "a/c/d.html"), "../c/d.html");
        assert_eq!(relative("a", "b#c.html"), "../b%23c.html");
        assert_eq!(relative("a", "a"), "../a");
    }
}
