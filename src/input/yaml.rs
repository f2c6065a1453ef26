//! Texts of YAML, in which everything knows its place.

use std::fmt;
use std::iter::from_fn;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::Shape;
use crate::diagnostic::{Diagnostic, Source};

/// How deep tables and lists may lie in each other.
pub(crate) const MAX_DEPTH: usize = 32;

/// A value, in which those within it are still as `T` has them.
pub(crate) enum Node<T> {
    Nothing,
    Flag(bool),
    /// A number or a day, whose text only the source knows.
    Number,
    Text(String),
    List(Vec<T>),
    Table(Vec<(String, T)>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Node<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor(PhantomData))
    }
}

struct NodeVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NodeVisitor<T> {
    type Value = Node<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<T>, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node<T>, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node<T>, E> {
        Ok(Node::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node<T>, E> {
        Ok(Node::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<T>, E> {
        Ok(Node::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<T>, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Node<T>, E> {
        Err(E::custom("binary data is no text"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<T>, A::Error> {
        let items: Result<_, _> = from_fn(|| seq.next_element().transpose()).collect();
        items.map(Node::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<T>, A::Error> {
        let entries: Result<_, _> = from_fn(|| map.next_entry().transpose()).collect();
        entries.map(Node::Table)
    }
}

/// A value of YAML with its places.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Placed(serde_saphyr::Spanned<Node<Placed>>);

impl Placed {
    /// The bytes at which it stands in a text, those at which it is written,
    /// and what it is: an alias stands elsewhere than it is written.
    pub(crate) fn parts(self, text: &str) -> (Range<usize>, Range<usize>, Node<Self>) {
        let Self(spanned) = self;
        let stands = bytes(text, spanned.referenced);
        (stands, bytes(text, spanned.defined), spanned.value)
    }
}

fn bytes(text: &str, place: serde_saphyr::Location) -> Range<usize> {
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let span = place.span();
    let start = number(span.byte_offset()).min(text.len());
    start..start + number(span.byte_len())
}

/// Why a text is no YAML, and the byte at which that shows.
pub(crate) struct Refusal {
    pub(crate) title: String,
    pub(crate) at: usize,
}

/// The value that a text of YAML is.
pub(crate) fn parse(text: &str) -> Result<Placed, Refusal> {
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = MAX_DEPTH;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.with_snippet = false;
    serde_saphyr::from_str_with_options(text, options).map_err(|error| refusal(text, &error))
}

fn refusal(text: &str, error: &serde_saphyr::Error) -> Refusal {
    let place = error.location();
    let at = place.and_then(|place| place.span().byte_offset());
    let at = at.and_then(|at| usize::try_from(at).ok());
    let told = error.to_string();
    let place = place.map(|place| format!(" at line {}, column {}", place.line(), place.column()));
    let title = place.and_then(|place| told.strip_suffix(&place));
    Refusal {
        title: format!("this is no YAML: {}", title.unwrap_or(&told)),
        at: at.unwrap_or(text.len()),
    }
}

/// Those bytes of a source, which are YAML, as the table of TOML that says the
/// same: so both are read by one definition of the keys.
pub(super) fn table<'a>(
    source: &'a Arc<Source>,
    span: &Range<usize>,
    shape: &Shape,
) -> Result<Spanned<DeTable<'a>>, Diagnostic> {
    let text = &source.text[span.clone()];
    let whole = 0..text.len();
    let root = parse(text).map_err(|Refusal { title, at }| {
        let at = (span.start + at).min(source.text.len());
        Diagnostic::error("syntax", title).at(source, at..at + 1, "")
    })?;
    match root.parts(text) {
        (_, _, Node::Nothing) => Ok(Spanned::new(whole, DeTable::new())),
        (.., Node::Table(entries)) => Ok(Spanned::new(whole, keyed(text, shape, entries))),
        _ => {
            let title = "the front matter has no keys with values";
            let error = Diagnostic::error("front-matter", title);
            let error = error.at(source, span.clone(), "written here");
            Err(error.help("write for example `title: Home`; a line across the page is `***`"))
        }
    }
}

fn keyed<'a>(text: &'a str, shape: &Shape, entries: Vec<(String, Placed)>) -> DeTable<'a> {
    let mut table = DeTable::new();
    let mut after = 0;
    for (key, value) in entries {
        let known = shape.key(&key);
        let takes_number = known.is_some_and(|key| (key.schema)(None)["type"] == "integer");
        let (span, value) = toml_value(text, value, takes_number);
        // A key with escapes is not written as it reads, and stands before its value all
        // the same.
        let before = text.get(after..span.start).unwrap_or_default();
        let at = before.find(&*key).map_or(after, |at| after + at);
        let place = at..at + key.len();
        after = span.end.max(at).min(text.len());
        after = text.ceil_char_boundary(after);
        // A known key without a value says nothing.
        if let Some(value) = value.or_else(|| known.is_none().then(|| text_value(""))) {
            table.insert(Spanned::new(place, key.into()), Spanned::new(span, value));
        }
    }
    table
}

fn text_value(text: &str) -> DeValue<'static> {
    DeValue::String(text.to_owned().into())
}

/// A value as one of TOML: scalars are texts, but where a number is wanted.
fn toml_value(
    text: &str,
    value: Placed,
    takes_number: bool,
) -> (Range<usize>, Option<DeValue<'_>>) {
    let (span, written, node) = value.parts(text);
    let written = text.get(written).unwrap_or_default().trim();
    let value = match node {
        Node::Nothing => None,
        Node::Flag(flag) => Some(DeValue::Boolean(flag)),
        Node::Number => Some(number(written, takes_number)),
        // What is folded over lines has a line end of its own.
        Node::Text(text) => Some(text_value(&text.trim_end().replace('\n', " "))),
        Node::List(items) => {
            let items = items.into_iter().map(|item| toml_value(text, item, false));
            let items = items
                .map(|(span, item)| Spanned::new(span, item.unwrap_or_else(|| text_value(""))));
            Some(DeValue::Array(items.collect()))
        }
        // No key of front matter takes a table: that it is one is all that counts.
        Node::Table(_) => Some(DeValue::Table(DeTable::new())),
    };
    (span, value)
}

fn number(written: &str, takes_number: bool) -> DeValue<'_> {
    let parsed = DeValue::parse(written).ok().filter(|_| takes_number);
    parsed.map_or_else(|| text_value(written), Spanned::into_inner)
}
