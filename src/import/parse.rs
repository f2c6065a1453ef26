//! JSON, TOML and YAML become one plain value, in which everything is as it
//! was written and knows its place.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, Value, ValueKind};
use crate::diagnostic::{Diagnostic, Source};
use crate::input::toml::syntax_error;
use crate::input::yaml::{self, MAX_DEPTH, Node, Placed, Refusal};

/// What reads a text of some form.
pub type Parser = fn(&Arc<Source>) -> Result<Document, Diagnostic>;

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
        return Err(syntax_error(source, 0, error));
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

/// Reads a text that is YAML.
///
/// # Errors
///
/// The first place that is none.
pub fn yaml(source: &Arc<Source>) -> Result<Document, Diagnostic> {
    match yaml::parse(&source.text) {
        Ok(root) => {
            let Ok(root) = yaml_value(source, root);
            Ok(document(source, root))
        }
        Err(Refusal { title, at }) => Err(syntax(source, title, at..at + 1)),
    }
}

fn yaml_value(source: &Source, value: Placed) -> Result<Value, Infallible> {
    let (span, written, node) = value.parts(&source.text);
    let number = source.text.get(written).unwrap_or_default().trim();
    let kind = node.into_kind(number, |inner| yaml_value(source, inner))?;
    Ok(Value { kind, span })
}
