//! What holds of everything that is said and made, whatever it is made from.

use std::sync::atomic::{AtomicUsize, Ordering};

use roxmltree::{Document, Node, ParsingOptions};
use scraper::{ElementRef, Html, Node as HtmlNode};
use trainboard::diagnostic::{Diagnostic, Source};
use trainboard::output::Output;
use trainboard::{report, rules};

/// The most that is said of an input below 64 KiB, in bytes.
const MAX_SAID: usize = 1024 * 1024;

static LARGEST: AtomicUsize = AtomicUsize::new(0);

/// The size of the largest output since it was last asked for, in bytes.
pub fn largest() -> usize {
    LARGEST.swap(0, Ordering::Relaxed)
}

/// That what is said in one form comes to an end.
pub(crate) fn bounded(said: &str) {
    assert!(said.len() < MAX_SAID, "{} bytes are said", said.len());
}

/// That findings point into their texts, belong to rules, can be printed in
/// every form, and come to an end.
pub(crate) fn told(found: &[Diagnostic]) {
    found.iter().for_each(placed);
    let mut sorted: Vec<_> = found.iter().collect();
    sorted.sort_by(|a, b| a.order().cmp(&b.order()));
    let shown = report::first_of_each(sorted);
    let plain: String = shown.iter().map(report::plain).collect();
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!plain.contains(is_control), "{plain:?}");
    bounded(&plain);
    bounded(&report::short(found));
    bounded(&report::github(found));
    let json = report::json(found);
    bounded(&json);
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
}

fn placed(diagnostic: &Diagnostic) {
    let code = diagnostic.code;
    assert!(rules::rule(code).is_some(), "`{code}` is no rule");
    let is_in = |source: &Source, span: &std::ops::Range<usize>| {
        assert!(source.text.get(span.clone()).is_some(), "{diagnostic:#?}");
    };
    for label in &diagnostic.labels {
        is_in(&label.source, &label.span);
    }
    if let Some(patch) = &diagnostic.patch {
        is_in(&diagnostic.labels[0].source, &patch.span);
    }
}

/// Claims about what is made of an input.
pub(crate) struct Claims {
    /// Whether the input itself says what is no number.
    has_no_number: bool,
}

impl Claims {
    pub(crate) fn of(input: &[u8]) -> Self {
        Self {
            has_no_number: no_number(&String::from_utf8_lossy(input)).is_some(),
        }
    }

    /// About all files of a site.
    pub(crate) fn site(&self, output: &Output) {
        for (path, bytes) in output.iter() {
            self.file(path.as_str(), bytes);
        }
    }

    /// About a file, as its name says.
    pub(crate) fn file(&self, path: &str, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no text"));
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("html") => self.html(text),
            Some("svg" | "xhtml" | "xml" | "atom") => self.xml(text),
            _ => self.text(text),
        }
    }

    /// About a text of any kind.
    pub(crate) fn text(&self, text: &str) {
        LARGEST.fetch_max(text.len(), Ordering::Relaxed);
        let found = no_number(text).filter(|_| !self.has_no_number);
        assert!(found.is_none(), "`{}` in {text}", found.unwrap_or_default());
    }

    /// About a page or a part of one: in the tree that a browser makes of it,
    /// nothing runs and nothing is fetched from another host.
    pub(crate) fn html(&self, text: &str) {
        self.text(text);
        let html = Html::parse_document(text);
        let elements = html.tree.nodes().filter_map(ElementRef::wrap);
        for element in elements {
            let element = element.value();
            harmless(element.name(), element.attrs());
        }
        let runs = |node: &HtmlNode| matches!(node, HtmlNode::ProcessingInstruction(_));
        assert!(!html.tree.values().any(runs), "an instruction in {text}");
    }

    /// About a picture, a feed or another document of XML: it is well-formed,
    /// nothing in it runs, and its lines lead to places.
    pub(crate) fn xml(&self, text: &str) {
        self.text(text);
        let options = ParsingOptions {
            allow_dtd: true,
            ..ParsingOptions::default()
        };
        let document = Document::parse_with_options(text, options);
        let document = document.unwrap_or_else(|error| panic!("{error}: {text}"));
        for node in document.descendants() {
            let transforms = node.pi().is_some_and(|pi| pi.target == "xml-stylesheet");
            assert!(!transforms, "a style sheet in {text}");
            if LIVING
                .iter()
                .any(|name| node.tag_name().namespace() == Some(name))
            {
                living(&node);
            }
        }
    }
}

/// The namespaces whose elements do something in a browser.
const LIVING: [&str; 3] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML",
];

fn living(element: &Node<'_, '_>) {
    let attributes = element.attributes();
    let attributes = attributes.map(|one| (one.name(), one.value()));
    harmless(element.tag_name().name(), attributes.clone());
    attributes.for_each(placed_in_picture);
}

/// A word that a program writes in place of a number.
fn no_number(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| ["NaN", "inf", "Infinity"].contains(word))
}

/// Attributes that say where something is drawn.
const GEOMETRY: [&str; 16] = [
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "d",
    "points",
    "width",
    "height",
    "viewBox",
    "transform",
];

fn placed_in_picture((name, value): (&str, &str)) {
    let is_placed = !GEOMETRY.contains(&name) || no_number(value).is_none();
    assert!(is_placed, "{name}=\"{value}\"");
}

const RUNNING: [&str; 6] = ["script", "iframe", "object", "embed", "base", "frame"];

/// Attributes that a browser reads as an address.
const ADDRESSES: [&str; 9] = [
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "srcset",
];

/// Attributes by which an animation gives an address to another element.
const ANIMATED: [&str; 4] = ["to", "from", "by", "values"];

fn harmless<'a>(element: &str, attributes: impl Iterator<Item = (&'a str, &'a str)>) {
    let element = element.to_ascii_lowercase();
    assert!(!RUNNING.contains(&&*element), "<{element}>");
    let attributes: Vec<_> = attributes.collect();
    let animates = attributes
        .iter()
        .any(|(name, value)| *name == "attributeName" && is_named_href(value));
    for (name, value) in attributes {
        let is_address = ADDRESSES.contains(&name) || animates && ANIMATED.contains(&name);
        let runs = is_handler(name) || is_address && is_script(value);
        assert!(!runs, "{name}=\"{value}\" of <{element}>");
        let fetches = name == "src" && is_elsewhere(value);
        assert!(!fetches, "{name}=\"{value}\" of <{element}>");
    }
}

fn is_named_href(value: &str) -> bool {
    let name = value.trim().rsplit(':').next();
    name.is_some_and(|name| name.eq_ignore_ascii_case("href"))
}

/// The names of what a browser runs have nothing but letters.
fn is_handler(name: &str) -> bool {
    let event = name.strip_prefix("on").unwrap_or_default();
    !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_script(value: &str) -> bool {
    let schemes = ["javascript:", "vbscript:", "data:text/html"];
    let mut addresses = value.split(';').map(address);
    addresses.any(|address| schemes.iter().any(|scheme| address.starts_with(scheme)))
}

fn is_elsewhere(value: &str) -> bool {
    let address = address(value);
    let hosts = ["http:", "https:", "//"];
    hosts.iter().any(|host| address.starts_with(host))
}

/// An attribute's value as a browser reads an address.
fn address(value: &str) -> String {
    let kept = value.trim_start_matches(|c: char| c <= ' ');
    let kept = kept.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    kept.map(|c| c.to_ascii_lowercase()).take(32).collect()
}
