//! JSON, TOML and YAML become one plain value, in which everything is as it
//! was written and knows its place.

use std::convert::Infallible;
use std::fmt;
use std::iter::from_fn;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, Value, ValueKind};
use crate::diagnostic::{Diagnostic, Source};
use crate::input::toml::syntax_error;

/// What reads a text of some form.
pub type Parser = fn(&Arc<Source>) -> Result<Document, Diagnostic>;

/// How deep tables and lists may lie in each other.
const MAX_DEPTH: usize = 32;

fn document(source: &Arc<Source>, root: Value) -> Document {
    let source = Arc::clone(source);
    Document { source, root }
}

fn syntax(source: &Arc<Source>, title: impl Into<String>, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("syntax", title).at(source, span, "")
}

/// Refuses a value that lies in too many others.
fn sound_depth(source: &Arc<Source>, depth: usize, span: Range<usize>) -> Result<(), Diagnostic> {
    let title = format!("more than {MAX_DEPTH} lists and tables lie in each other");
    match depth {
        0..=MAX_DEPTH => Ok(()),
        _ => Err(syntax(source, title, span)),
    }
}

/// A value, in which those within it are still as `T` has them.
enum Node<T> {
    Nothing,
    Flag(bool),
    /// A number or a day, whose text only the source knows.
    Number,
    Text(String),
    List(Vec<T>),
    Table(Vec<(String, T)>),
}

impl<T> Node<T> {
    /// The value, whose number was written like that.
    fn into_kind<E>(
        self,
        number: &str,
        mut inner: impl FnMut(T) -> Result<Value, E>,
    ) -> Result<ValueKind, E> {
        Ok(match self {
            Self::Nothing => ValueKind::Nothing,
            Self::Flag(flag) => ValueKind::Flag(flag),
            Self::Number => ValueKind::Text(number.to_owned()),
            Self::Text(text) => ValueKind::Text(text),
            Self::List(items) => {
                ValueKind::List(items.into_iter().map(inner).collect::<Result<_, _>>()?)
            }
            Self::Table(entries) => {
                let entries = entries.into_iter();
                let entries = entries.map(|(key, value)| Ok((key, inner(value)?)));
                ValueKind::Table(entries.collect::<Result<_, _>>()?)
            }
        })
    }
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
        Err(E::custom("binary data is no part of a schedule"))
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

/// Reads a text that is JSON.
///
/// # Errors
///
/// The first place that is none.
pub fn json(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let raw: &RawValue =
        serde_json::from_str(&source.text).map_err(|error| json_error(source, &error, 0))?;
    Ok(document(source, json_value(source, raw, 0)?))
}

fn json_value(source: &Arc<Source>, raw: &RawValue, depth: usize) -> Result<Value, Diagnostic> {
    let written = raw.get();
    let start = written.as_ptr() as usize - source.text.as_ptr() as usize;
    sound_depth(source, depth, start..start + 1)?;
    let is_number = written.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let node = if is_number {
        Node::Number
    } else {
        serde_json::from_str(written).map_err(|error| json_error(source, &error, start))?
    };
    Ok(Value {
        kind: node.into_kind(written, |raw| json_value(source, raw, depth + 1))?,
        span: start..start + written.len(),
    })
}

/// The error of a piece of the text that begins there: `serde_json` counts
/// lines and columns from there, too.
fn json_error(source: &Arc<Source>, error: &serde_json::Error, start: usize) -> Diagnostic {
    let (line, column) = (error.line(), error.column());
    let lines = source.text[start..].split_inclusive('\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
    let at = (start + before + column.saturating_sub(1)).min(source.text.len());
    let told = error.to_string();
    let place = format!(" at line {line} column {column}");
    let title = match told.strip_suffix(&place) {
        _ if error.is_eof() => "it ends too early",
        title => title.unwrap_or(&told),
    };
    syntax(source, format!("this is no JSON: {title}"), at..at + 1)
}

/// Reads a text that is TOML.
///
/// # Errors
///
/// The first place that is none.
pub fn toml(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    if let Some(error) = errors.first() {
        return Err(syntax_error(source, error));
    }
    let root = Spanned::new(root.span(), DeValue::Table(root.into_inner()));
    Ok(document(source, toml_value(source, &root, 0)?))
}

fn toml_value(
    source: &Arc<Source>,
    value: &Spanned<DeValue<'_>>,
    depth: usize,
) -> Result<Value, Diagnostic> {
    let span = value.span();
    sound_depth(source, depth, span.clone())?;
    let node = match value.get_ref() {
        DeValue::String(text) => Node::Text(text.to_string()),
        DeValue::Boolean(flag) => Node::Flag(*flag),
        DeValue::Array(items) => Node::List(items.iter().collect()),
        DeValue::Table(table) => {
            // The map is sorted by name; the file has an order of its own.
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            let entries = entries.into_iter();
            let named = entries.map(|(key, value)| (key.get_ref().to_string(), value));
            Node::Table(named.collect())
        }
        _ => Node::Number,
    };
    let written = source.text.get(span.clone()).unwrap_or_default();
    let kind = node.into_kind(written, |inner| toml_value(source, inner, depth + 1))?;
    Ok(Value { kind, span })
}

/// Reads a text that is JSON, or else TOML: what is JSON begins with a brace.
///
/// # Errors
///
/// The first place that is none.
pub fn json_or_toml(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let is_json = source.text.trim_start().starts_with('{');
    if is_json { json(source) } else { toml(source) }
}

/// A value of YAML with its places.
#[derive(Deserialize)]
#[serde(transparent)]
struct Placed(serde_saphyr::Spanned<Node<Placed>>);

/// Reads a text that is YAML.
///
/// # Errors
///
/// The first place that is none.
pub fn yaml(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = MAX_DEPTH;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.with_snippet = false;
    match serde_saphyr::from_str_with_options(&source.text, options) {
        Ok(root) => {
            let Ok(root) = yaml_value(source, root);
            Ok(document(source, root))
        }
        Err(error) => Err(yaml_error(source, &error)),
    }
}

fn yaml_value(source: &Source, Placed(node): Placed) -> Result<Value, Infallible> {
    let number = source.text.get(bytes(source, node.defined));
    let number = number.unwrap_or_default().trim();
    let kind = node
        .value
        .into_kind(number, |inner| yaml_value(source, inner))?;
    let span = bytes(source, node.referenced);
    Ok(Value { kind, span })
}

fn bytes(source: &Source, place: serde_saphyr::Location) -> Range<usize> {
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let span = place.span();
    let start = number(span.byte_offset()).min(source.text.len());
    start..start + number(span.byte_len())
}

fn yaml_error(source: &Arc<Source>, error: &serde_saphyr::Error) -> Diagnostic {
    let end = source.text.len();
    let place = error.location();
    let at = place.and_then(|place| place.span().byte_offset());
    let at = at.and_then(|at| usize::try_from(at).ok()).unwrap_or(end);
    let told = error.to_string();
    let place = place.map(|place| format!(" at line {}, column {}", place.line(), place.column()));
    let title = place.and_then(|place| told.strip_suffix(&place));
    let title = title.unwrap_or(&told);
    syntax(source, format!("this is no YAML: {title}"), at..at + 1)
}
