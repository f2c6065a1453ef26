//! What a browser would make of a file: the elements that it builds, and what
//! may not be among them.
//!
//! Judged is what is emitted, as a browser reads it: HTML by the algorithm of
//! the standard, XML by a parser of XML. Where a thing is written is another
//! question, and answered by who asks.

mod css;
mod html;
mod xml;

use std::ops::Range;
use std::sync::Arc;

use super::address::{self, Address, Refused};

pub(super) use html::HtmlReader;

use crate::diagnostic::{Diagnostic, Source, article};

/// How browsers read a file, by the end of its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Html,
    Xml,
    Css,
}

/// How browsers read a file of that name, if something in it may run.
pub(super) fn reading(name: &str) -> Option<Reading> {
    let (_, ending) = name.rsplit_once('.')?;
    match &*ending.to_ascii_lowercase() {
        "html" | "htm" | "shtml" => Some(Reading::Html),
        "svg" | "xml" | "xhtml" | "xht" | "xsl" | "xslt" | "rdf" | "rss" | "atom" | "mml" => {
            Some(Reading::Xml)
        }
        "css" => Some(Reading::Css),
        _ => None,
    }
}

/// What may not be in a file, with its places.
pub(super) fn file(text: &str, reading: Reading) -> Vec<(Range<usize>, Refused)> {
    match reading {
        Reading::Html => html::page(text),
        Reading::Xml => xml::file(text),
        Reading::Css if css::foreign(text) => vec![(0..0, foreign())],
        Reading::Css => Vec::new(),
    }
}

/// What may not be in a file, as errors in its source.
pub(super) fn errors(
    text: &str,
    reading: Reading,
    source: impl FnOnce() -> Arc<Source>,
) -> Vec<Diagnostic> {
    let found = file(text, reading);
    if found.is_empty() {
        return Vec::new();
    }
    let source = source();
    let found = found.into_iter();
    found
        .map(|(span, refused)| refused.at(&source, span))
        .collect()
}

/// Looks for something written in a text from some byte on, be it in capitals.
pub(super) fn find(text: &str, written: &str, from: usize) -> Option<Range<usize>> {
    let text = text.as_bytes().get(from..)?;
    let mut windows = text.windows(written.len().max(1));
    let at = windows.position(|it| it.eq_ignore_ascii_case(written.as_bytes()))?;
    Some(from + at..from + at + written.len())
}

/// What a browser would do that it may not.
#[derive(Debug)]
pub(super) struct Finding {
    /// What to look for in the source.
    pub(super) written: String,
    pub(super) refused: Refused,
}

/// How much of a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// What stands in the frame of a page.
    Part,
    /// All of it, so that it may load its style sheets.
    Whole,
}

/// An element as a browser builds it; its names are in lower case and without
/// a prefix.
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute of it.
pub(super) struct Attribute {
    pub(super) name: String,
    /// Its name as it is written.
    pub(super) written: String,
    pub(super) value: String,
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

/// Those of them that show what is elsewhere.
const FRAMES: &[&str] = &["embed", "iframe", "object"];

/// Attributes whose value is CSS, or may be.
const STYLED: &[&str] = &[
    "by",
    "clip-path",
    "cursor",
    "fill",
    "filter",
    "from",
    "marker",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "stroke",
    "style",
    "to",
    "values",
];

/// What a link of a whole page may be without being loaded.
const NOT_LOADED: &[&str] = &[
    "alternate",
    "author",
    "canonical",
    "help",
    "license",
    "me",
    "next",
    "prev",
    "search",
    "self",
    "up",
];

fn refused(title: impl Into<String>) -> Refused {
    let help = "no script gets into the site, and nothing from another host";
    Refused::new(title, help)
}

/// Why an element of that name may not be.
fn refused_element(name: &str) -> Refused {
    let title = format!("a page may not have {} `{name}` element", article(name));
    if FRAMES.contains(&name) {
        let help =
            "write a link to it: no script gets into the site, and nothing from another host";
        return Refused::new(title, help);
    }
    refused(title)
}

/// Whether no element of that name may be, whatever its attributes say.
pub(super) fn is_refused(name: &str) -> bool {
    REFUSED.contains(&name)
}

fn foreign() -> Refused {
    let help = "copy the file into the site: no page makes a request to another host";
    Refused::new("this comes from another host", help)
}

impl Element {
    /// An element with one attribute.
    pub(super) fn with(name: &str, attribute: &str, value: &str) -> Self {
        let attribute = Attribute {
            name: local(attribute),
            written: attribute.to_owned(),
            value: value.to_owned(),
        };
        Self {
            name: local(name),
            attributes: vec![attribute],
        }
    }

    /// How it is written that it has a style of its own, if it has.
    pub(super) fn own_style(&self) -> Option<&'static str> {
        if self.name == "style" {
            return Some("<style");
        }
        let has_one = self.attributes.iter().any(|it| it.name == "style");
        has_one.then_some("style")
    }

    /// Whether it, or what is in it, may not be.
    pub(super) fn findings(&self, extent: Extent) -> Vec<Finding> {
        let name = &*self.name;
        if is_refused(name) || (name == "link" && extent == Extent::Part) {
            return vec![Finding {
                written: format!("<{name}"),
                refused: refused_element(name),
            }];
        }
        let attributes = self.attributes.iter().filter_map(|attribute| {
            let (written, refused) = self.refused(attribute, extent)?;
            let written = written.to_owned();
            Some(Finding { written, refused })
        });
        attributes.collect()
    }

    /// Why an attribute may not be, and the part of it that is to blame.
    fn refused<'a>(&self, attribute: &'a Attribute, extent: Extent) -> Option<(&'a str, Refused)> {
        let Attribute {
            name,
            written,
            value,
        } = attribute;
        let may_not_be = || {
            let title = format!("a page may not have an attribute `{name}`");
            Some((&**written, refused(title)))
        };
        match (&*self.name, &**name) {
            (_, name) if name.len() > 2 && name.starts_with("on") => may_not_be(),
            (_, "srcdoc" | "attributionsrc") => may_not_be(),
            ("meta", "http-equiv") if !self.is_sound_meta(value, extent) => {
                let title = "a page may not have a `meta` element with `http-equiv`";
                Some((written, refused(title)))
            }
            ("meta", "charset") if !value.trim().eq_ignore_ascii_case("utf-8") => {
                Some((value, refused("a page is UTF-8, and nothing else")))
            }
            (_, "attributename") => {
                let title = "an animation may not change an address";
                changes_address(value).then(|| (&**written, refused(title)))
            }
            (_, name) if STYLED.contains(&name) => {
                let found = css::foreign(value);
                found.then(|| (&**written, foreign()))
            }
            ("link", "href") => self.refused_link(value).map(|refused| (&**value, refused)),
            (element, name) => {
                let mut addresses = addresses(element, name, value);
                addresses.find_map(|(address, role)| {
                    refused_address(address, role, extent).map(|refused| (address, refused))
                })
            }
        }
    }

    /// A further policy can only forbid more.
    fn is_sound_meta(&self, value: &str, extent: Extent) -> bool {
        let is = |name: &str| value.trim().eq_ignore_ascii_case(name);
        let content = self.value("content").to_ascii_lowercase();
        let content: String = content.split_whitespace().collect();
        is("content-security-policy")
            || extent == Extent::Whole
                && (is("x-ua-compatible")
                    || (is("content-type") && content == "text/html;charset=utf-8"))
    }

    /// A link of a whole page: what it loads comes from the same host.
    fn refused_link(&self, address: &str) -> Option<Refused> {
        let rel = self.value("rel").to_ascii_lowercase();
        let is_loaded = |word: &str| !NOT_LOADED.contains(&word);
        let role = if rel.split_whitespace().any(is_loaded) {
            Role::Picture
        } else {
            Role::Other
        };
        refused_address(address, role, Extent::Whole)
    }

    fn value(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|other| other.name == name);
        found.map_or("", |attribute| &attribute.value)
    }
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

/// The addresses in an attribute, and what each of them is for.
pub(super) fn addresses<'a>(
    element: &str,
    name: &str,
    value: &'a str,
) -> impl Iterator<Item = (&'a str, Role)> {
    let role = match (element, name) {
        ("a" | "area", "href") => Some(Role::Link),
        (_, "href" | "src" | "poster" | "background" | "lowsrc" | "dynsrc") => Some(Role::Picture),
        (_, "action" | "formaction" | "cite" | "longdesc" | "data") => Some(Role::Other),
        _ => None,
    };
    let between = match name {
        "srcset" | "imagesrcset" => Some(','),
        "ping" => Some(' '),
        _ => None,
    };
    let parts = value.split(move |c| Some(c) == between);
    parts.filter_map(move |part| match between {
        Some(_) => Some((part.split_whitespace().next()?, Role::Picture)),
        None => Some((part, role?)),
    })
}

/// Why an address may not be.
fn refused_address(address: &str, role: Role, extent: Extent) -> Option<Refused> {
    let address = address::as_browsers_read(address);
    let is_whole = extent == Extent::Whole;
    if is_whole && role != Role::Link && css::is_embedded(&address.to_ascii_lowercase()) {
        return None;
    }
    let leaves = address.starts_with("//") || address.contains('\\');
    match address::read(&address) {
        Ok(Address::Outside) => (role == Role::Picture).then(foreign),
        Ok(Address::Inside(_)) => None,
        Err(refused) => (refused.is_scheme || !is_whole || leaves).then_some(refused),
    }
}

fn changes_address(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let local = name.rsplit(':').next().unwrap_or_default();
    local == "href" || local == "src" || local.starts_with("on")
}

/// A name without the prefix that XML may give it, in lower case.
pub(super) fn local(name: &str) -> String {
    let local = name.rsplit(':').next().unwrap_or_default();
    local.to_ascii_lowercase()
}
