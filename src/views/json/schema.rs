//! The JSON Schema of the board, of draft 7, which every tool knows.

use serde_json::{Map, Value, json};

use super::{Board, Fields, Milestone, Patch, Phase, Train, Word, text};
use crate::schedule::{Day, When};

/// Defines objects of JSON. Their comments are the descriptions of the schema;
/// the words after a field are all that it may hold.
macro_rules! objects {
    ($(
        $(#[doc = $about:literal])+
        $name:ident {$(
            $(#[doc = $meaning:literal])+
            $(#[serde($default:ident)])?
            $field:ident: $form:ty $(= $($word:literal)|+)?,
        )+}
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name {$(
            $(#[doc = $meaning])+
            $(#[serde($default)])?
            pub $field: $form,
        )+}

        impl $crate::views::json::schema::Described for $name {
            fn schema() -> serde_json::Value {
                $crate::views::json::schema::object(vec![$((
                    stringify!($field),
                    concat!($($meaning),+),
                    $crate::views::json::schema::choice(&[$($($word),+)?]).unwrap_or_else(<$form>::schema),
                )),+])
            }
        }

        impl $crate::views::json::schema::Defined for $name {
            const NAME: &str = stringify!($name);
            const MEANING: &str = concat!($($about),+);
        }
    )+};
}

pub(super) use objects;

/// The JSON Schema of a board.
pub fn schema() -> String {
    let mut train = definition::<Train>();
    train["allOf"] = json!([
        {
            "if": {"properties": {"status": {"const": "supported"}}},
            "then": {"properties": {"supported": {"const": true}}},
            "else": {"properties": {"supported": {"const": false}}},
        },
        {
            "if": {"properties": {"end_precision": {"enum": ["open", "unknown"]}}},
            "then": {"properties": {"end": {"type": "null"}}},
            "else": {"properties": {"end": When::schema()}},
        },
    ]);
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "board.json",
    });
    extend(&mut schema, definition::<Board>());
    schema["definitions"] = json!({
        "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "date": {"anyOf": [
            {"$ref": "#/definitions/day"},
            {"type": "string", "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$"},
        ]},
        "train": train,
        "phase": definition::<Phase>(),
        "milestone": definition::<Milestone>(),
        "patch": definition::<Patch>(),
    });
    text(&schema)
}

/// What a schema can describe.
pub(super) trait Described {
    fn schema() -> Value;
}

/// What a schema describes once, for all places that it stands in.
pub(super) trait Defined: Described {
    const NAME: &str;
    const MEANING: &str;
}

impl Described for Word {
    fn schema() -> Value {
        json!({"type": "string"})
    }
}

impl Described for Day {
    fn schema() -> Value {
        json!({"$ref": "#/definitions/day"})
    }
}

impl Described for When {
    fn schema() -> Value {
        json!({"$ref": "#/definitions/date"})
    }
}

impl Described for Fields {
    fn schema() -> Value {
        json!({"type": "object", "additionalProperties": Word::schema()})
    }
}

impl Described for bool {
    fn schema() -> Value {
        json!({"type": "boolean"})
    }
}

impl<T: Described> Described for Option<T> {
    fn schema() -> Value {
        let mut schema = T::schema();
        match schema.get("type") {
            Some(form) => schema["type"] = json!([form, "null"]),
            None => schema = json!({"anyOf": [schema, {"type": "null"}]}),
        }
        schema
    }
}

impl<T: Defined> Described for Vec<T> {
    fn schema() -> Value {
        let name = T::NAME.to_lowercase();
        json!({"type": "array", "items": {"$ref": format!("#/definitions/{name}")}})
    }
}

fn definition<T: Defined>() -> Value {
    described(T::MEANING, T::schema())
}

fn described(meaning: &str, schema: Value) -> Value {
    let mut described = json!({"description": meaning.trim()});
    extend(&mut described, schema);
    described
}

fn extend(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

pub(super) fn object(fields: Vec<(&str, &str, Value)>) -> Value {
    let required: Vec<_> = fields.iter().map(|(name, ..)| *name).collect();
    let mut object = json!({"type": "object", "additionalProperties": false, "required": required});
    let properties = fields.into_iter();
    let properties: Map<_, _> = properties
        .map(|(name, meaning, schema)| (name.to_owned(), described(meaning, schema)))
        .collect();
    object["properties"] = properties.into();
    object
}

pub(super) fn choice(words: &[&str]) -> Option<Value> {
    (!words.is_empty()).then(|| json!({"enum": words}))
}
