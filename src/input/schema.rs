//! JSON Schemas of our files, by which editors complete and check. They are of
//! draft 7: every tool that reads schemas knows it, taplo with them.

use serde_json::{Map, Value, json};

use super::shape::schedule::SCHEDULE;
use super::shape::settings::SETTINGS;
use super::shape::{Form, Key, Shape, Usual};

/// The schema of `schedule.toml`.
pub fn schedule() -> String {
    file(
        "schedule.toml",
        "A release schedule for trainboard: its rules and its facts.",
        &SCHEDULE,
    )
}

/// The schema of `trainboard.toml`.
pub fn settings() -> String {
    file(
        "trainboard.toml",
        "The settings of a site that trainboard builds.",
        &SETTINGS,
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

fn table(shape: &Shape) -> Value {
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
    if let Some(clash) = &shape.clash {
        schema["not"] = json!({"required": clash.keys});
    }
    schema["additionalProperties"] = json!(false);
    schema
}

fn property(key: &Key) -> Value {
    let mut schema = json!({"description": key.meaning});
    extend(&mut schema, value(&key.form));
    match key.usual {
        None => {}
        Some(Usual::Text(text)) => schema["default"] = json!(text),
        Some(Usual::Count(count)) => schema["default"] = json!(count),
        Some(Usual::Flag(flag)) => schema["default"] = json!(flag),
    }
    schema
}

fn value(form: &Form) -> Value {
    match form {
        Form::Line(limit) => line(*limit, LINE),
        Form::Address(limit) => line(*limit, r"^https?://[^\s\u0000-\u001F\u007F-\u009F]*$"),
        Form::Id => text("^[a-z0-9][a-z0-9._-]{0,63}$"),
        Form::Day => day(),
        Form::DayOrMonth => json!({"anyOf": [day(), text(&format!("^{YEAR}-(0[1-9]|1[0-2])$"))]}),
        Form::Length => text(&format!("^\\+?0*[1-9][0-9]* {UNIT}$")),
        Form::LengthBefore => text(&format!("^\\+?[0-9]+ {UNIT} before$")),
        Form::WeekdayOfMonth => text(WEEKDAY_OF_MONTH),
        Form::Round => text("^(month-end|year-end|day \\+?0*([1-9]|[12][0-9]|3[01]))$"),
        Form::Count(first, last) => {
            json!({"type": "integer", "minimum": first, "maximum": last})
        }
        Form::Number => json!({"type": "integer"}),
        Form::Flag => json!({"type": "boolean"}),
        Form::Choice(words) => json!({"type": "string", "enum": words}),
        Form::Choices(words) => {
            json!({"type": "array", "items": {"type": "string", "enum": words}})
        }
        Form::BaseUrl => text(r#"^https?://[^/?#\s\\"<>][^?#\s\\"<>]*$"#),
        Form::EditUrl => text(r#"^https?://(\{path\}|[^/\s\\"<>][^\s\\"<>]*\{path\})[^\s\\"<>]*$"#),
        Form::Lang => text("^[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8})*$"),
        Form::Path => text("^[^/]"),
        Form::Table(shape) => table(shape),
        Form::TableOrTables(shape) => json!({"anyOf": [table(shape), tables(shape, None)]}),
        Form::Tables(shape, limit) => tables(shape, *limit),
    }
}

/// Not blank, and without control characters and line ends.
const LINE: &str = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$";

const YEAR: &str = "(19[7-9][0-9]|[2-9][0-9]{3})";

const WEEKDAY_OF_MONTH: &str =
    "^(first|second|third|fourth|last) (mon|tues|wednes|thurs|fri|satur|sun)day$";

const UNIT: &str = "(days?|weeks?|months?|years?)";

fn line(limit: usize, pattern: &str) -> Value {
    json!({"type": "string", "maxLength": limit, "pattern": pattern})
}

fn day() -> Value {
    let pattern = format!("^{YEAR}-[0-9]{{2}}-[0-9]{{2}}$");
    json!({"type": "string", "format": "date", "pattern": pattern})
}

fn text(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn tables(shape: &Shape, limit: Option<usize>) -> Value {
    let mut schema = json!({"type": "array", "items": table(shape)});
    if let Some(limit) = limit {
        schema["maxItems"] = json!(limit);
    }
    schema
}
