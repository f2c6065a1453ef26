//! JSON Schemas of our files, by which editors complete and check. They are of
//! draft 7: every tool that reads schemas knows it, taplo with them.

use serde_json::{Map, Value, json};

use super::keys::{Key, Keyed, Shape};
use super::settings::File;
use crate::schedule::Draft;

/// The schema of `schedule.toml`.
pub fn schedule() -> String {
    file(
        "schedule.toml",
        "A release schedule for trainboard: its rules and its facts.",
        Draft::SHAPE,
    )
}

/// The schema of `trainboard.toml`.
pub fn settings() -> String {
    file(
        "trainboard.toml",
        "The settings of a site that trainboard builds.",
        File::SHAPE,
    )
}

fn file(title: &str, meaning: &str, shape: &Shape) -> String {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "description": meaning,
    });
    extend(&mut schema, table(shape));
    // Strings, numbers and lists cannot fail to be written.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn extend(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

/// The schema of a table.
pub(super) fn table(shape: &Shape) -> Value {
    let keys = shape.keys.iter();
    let properties: Map<_, _> = keys
        .clone()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    let required: Vec<_> = keys
        .filter(|key| key.is_required)
        .map(|key| key.name)
        .collect();
    let mut schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if let Some((keys, _)) = shape.clash.first() {
        schema["not"] = json!({"required": keys});
    }
    schema["additionalProperties"] = json!(false);
    schema
}

fn property(key: &Key) -> Value {
    let mut schema = json!({"description": key.meaning.trim()});
    extend(&mut schema, (key.schema)(key.limits));
    if let Some(usual) = key.usual {
        schema["default"] = usual();
    }
    schema
}
