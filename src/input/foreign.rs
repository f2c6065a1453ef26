//! Files that other projects write: JSON, TOML and YAML become one plain
//! value, in which everything is as it was written and knows its place.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_saphyr::Spanned as Placed;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ReadError;
use crate::diagnostic::{Diagnostic, Source};
use crate::import::{Document, Kind, Value};

/// How deep tables and lists may lie in each other.
const MAX_DEPTH: usize = 32;

/// Reads a file that is JSON.
pub fn json(path: &Path) -> Result<Document, ReadError> {
    with(path, parse_json)
}

/// Reads a file that is JSON, or else TOML: what is JSON begins with a brace.
pub fn json_or_toml(path: &Path) -> Result<Document, ReadError> {
    with(path, |source| {
        if source.text.trim_start().starts_with('{') {
            parse_json(source)
        } else {
            parse_toml(source)
        }
    })
}

/// Reads a file that is YAML.
pub fn yaml(path: &Path) -> Result<Document, ReadError> {
    with(path, parse_yaml)
}

type Parse = fn(&Arc<Source>) -> Result<Document, Diagnostic>;

fn with(path: &Path, parse: Parse) -> Result<Document, ReadError> {
    let wrong = |diagnostic| ReadError::Content(vec![diagnostic]);
    parse(&super::text(path)?).map_err(wrong)
}

fn document(source: &Arc<Source>, root: Value) -> Document {
    Document {
        source: Arc::clone(source),
        root,
    }
}

fn syntax(source: &Arc<Source>, title: impl Into<String>, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("syntax", title).at(source, span, "")
}

fn too_deep(source: &Arc<Source>, span: Range<usize>) -> Diagnostic {
    let title = format!("more than {MAX_DEPTH} lists and tables lie in each other");
    syntax(source, title, span)
}

/// The byte at a line and a column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// Reads a text that is JSON.
///
/// # Errors
///
/// The first place that is none.
pub fn parse_json(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let text = &*source.text;
    let raw: &RawValue =
        serde_json::from_str(text).map_err(|error| json_error(source, &error, 0))?;
    Ok(document(source, json_value(source, raw, 0)?))
}

/// `serde_json` counts from where the piece begins that it was given.
fn json_error(source: &Arc<Source>, error: &serde_json::Error, start: usize) -> Diagnostic {
    let at = start + offset(&source.text[start..], error.line(), error.column());
    let told = error.to_string();
    let title = match told.split_once(" at line ") {
        _ if error.is_eof() => "it ends too early",
        Some((title, _)) => title,
        None => &told,
    };
    syntax(source, format!("this is no JSON: {title}"), at..at + 1)
}

fn json_value(source: &Arc<Source>, raw: &RawValue, depth: usize) -> Result<Value, Diagnostic> {
    let written = raw.get();
    let start = written.as_ptr() as usize - source.text.as_ptr() as usize;
    let span = start..start + written.len();
    if depth > MAX_DEPTH {
        return Err(too_deep(source, start..start + 1));
    }
    let wrong = |error| json_error(source, &error, start);
    let inner = |raw| json_value(source, raw, depth + 1);
    let kind = match written.as_bytes().first() {
        Some(b'{') => {
            let pairs: Pairs<'_> = serde_json::from_str(written).map_err(wrong)?;
            let pairs = pairs.0.into_iter();
            let entries = pairs.map(|(key, raw)| Ok((key, inner(raw)?)));
            Kind::Table(entries.collect::<Result<_, Diagnostic>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(written).map_err(wrong)?;
            Kind::List(items.into_iter().map(inner).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Kind::Text(serde_json::from_str(written).map_err(wrong)?),
        Some(b't') => Kind::Flag(true),
        Some(b'f') => Kind::Flag(false),
        Some(b'n') => Kind::Nothing,
        _ => Kind::Text(written.to_owned()),
    };
    Ok(Value { kind, span })
}

/// An object of JSON, in its order.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// Reads a text that is TOML.
///
/// # Errors
///
/// The first place that is none.
pub fn parse_toml(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    if let Some(error) = errors.first() {
        let end = source.text.len();
        let title = error.message().lines().collect::<Vec<_>>().join(", ");
        return Err(syntax(source, title, error.span().unwrap_or(end..end)));
    }
    let span = root.span();
    let kind = toml_table(source, root.get_ref(), 0, &span)?;
    Ok(document(source, Value { kind, span }))
}

fn toml_table(
    source: &Arc<Source>,
    table: &DeTable<'_>,
    depth: usize,
    span: &Range<usize>,
) -> Result<Kind, Diagnostic> {
    if depth > MAX_DEPTH {
        return Err(too_deep(source, span.clone()));
    }
    // The map is sorted by name; the file has an order of its own.
    let mut pairs: Vec<_> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    let inner = |value| toml_value(source, value, depth + 1);
    let entries = pairs
        .into_iter()
        .map(|(key, value)| Ok((key.get_ref().to_string(), inner(value)?)));
    Ok(Kind::Table(entries.collect::<Result<_, Diagnostic>>()?))
}

fn toml_value(
    source: &Arc<Source>,
    value: &Spanned<DeValue<'_>>,
    depth: usize,
) -> Result<Value, Diagnostic> {
    let span = value.span();
    if depth > MAX_DEPTH {
        return Err(too_deep(source, span));
    }
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Boolean(flag) => Kind::Flag(*flag),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| toml_value(source, item, depth + 1));
            Kind::List(items.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => toml_table(source, table, depth, &span)?,
        _ => Kind::Text(source.text.get(span.clone()).unwrap_or_default().to_owned()),
    };
    Ok(Value { kind, span })
}

/// Reads a text that is YAML.
///
/// # Errors
///
/// The first place that is none.
pub fn parse_yaml(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = MAX_DEPTH;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.with_snippet = false;
    let node: Result<Placed<Node>, _> = serde_saphyr::from_str_with_options(&source.text, options);
    match node {
        Ok(node) => Ok(document(source, yaml_value(source, node))),
        Err(error) => Err(yaml_error(source, &error)),
    }
}

fn yaml_error(source: &Arc<Source>, error: &serde_saphyr::Error) -> Diagnostic {
    let end = source.text.len();
    let place = error
        .location()
        .and_then(|place| place.span().byte_offset());
    let at = place.and_then(|at| usize::try_from(at).ok()).unwrap_or(end);
    let told = error.without_snippet().to_string();
    let line = told.lines().next().unwrap_or_default();
    let title = line.split(" at line ").next().unwrap_or(line);
    syntax(source, format!("this is no YAML: {title}"), at..at + 1)
}

/// A value of YAML. What looks like a number is read from the text later on.
enum Node {
    Nothing,
    Flag(bool),
    Number,
    Text(String),
    List(Vec<Placed<Node>>),
    Table(Vec<(String, Placed<Node>)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeReader)
    }
}

struct NodeReader;

impl<'de> Visitor<'de> for NodeReader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Node, E> {
        Err(E::custom("binary data is no part of a schedule"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries: Vec<(String, Placed<Node>)> = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Table(entries))
    }
}

fn yaml_value(source: &Arc<Source>, node: Placed<Node>) -> Value {
    let place = node.referenced.span();
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let start = number(place.byte_offset()).min(source.text.len());
    let span = start..start + number(place.byte_len());
    let kind = match node.value {
        Node::Nothing => Kind::Nothing,
        Node::Flag(flag) => Kind::Flag(flag),
        Node::Text(text) => Kind::Text(text),
        Node::Number => {
            let written = node.defined.span();
            let start = number(written.byte_offset());
            let span = start..start + number(written.byte_len());
            Kind::Text(source.text.get(span).unwrap_or_default().trim().to_owned())
        }
        Node::List(items) => Kind::List(
            items
                .into_iter()
                .map(|item| yaml_value(source, item))
                .collect(),
        ),
        Node::Table(entries) => {
            let entries = entries.into_iter();
            Kind::Table(
                entries
                    .map(|(key, item)| (key, yaml_value(source, item)))
                    .collect(),
            )
        }
    };
    Value { kind, span }
}
