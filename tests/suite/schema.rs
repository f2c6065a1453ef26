//! `trainboard schema`: an independent validator says of each file what the
//! reader says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use trainboard::diagnostic::{Diagnostic, Severity, Source};
use trainboard::rules::{Example, RULES};
use trainboard::{input, input::schema};

use crate::project::Project;
use crate::schedules::{NODE, WASMTIME};

/// Rules about the form of a schedule, which its schema holds.
const FORM: [&str; 13] = [
    "bad-value",
    "clash",
    "empty-cadence",
    "empty-channel",
    "missing-key",
    "no-length",
    "not-a-day",
    "syntax",
    "too-many",
    "unknown-code",
    "unknown-key",
    "unquoted",
    "wrong-type",
];

/// Rules about what a schedule means, of which its schema knows nothing.
const MEANING: [&str; 53] = [
    "allow-without-note",
    "bad-anchor",
    "bad-until",
    "between-multiples",
    "calendar-version",
    "doubtful-train",
    "duplicate-channel",
    "duplicate-column",
    "duplicate-milestone",
    "duplicate-release",
    "duplicate-train",
    "empty-phase",
    "end-before-release",
    "end-on-release",
    "end-twice",
    "ends-soon",
    "fixed-phase",
    "gap",
    "idle-allow",
    "idle-count",
    "letter-for-digit",
    "milestone-circle",
    "month-in-days",
    "no-branch",
    "no-number",
    "no-release",
    "no-train",
    "off-weekday",
    "overdue",
    "phase-order",
    "pre-with-length",
    "release-twice",
    "released-after-end",
    "released-before-train",
    "released-early",
    "released-late",
    "released-on-end",
    "repeated-version",
    "rolling-and-released",
    "second-from-branch",
    "skipped-and-released",
    "start-before-release",
    "taken-id",
    "two-lengths",
    "unknown-channel",
    "unknown-field",
    "unknown-milestone",
    "unknown-placeholder",
    "unreachable-channel",
    "weekday-without-months",
    "weekend-contradicted",
    "zero-lost",
    "wrong-bump",
];

/// A schedule with every table and every key that must be there.
const SCHEDULE: &str = r#"
[project]
name = "Example"
links = {}
[cadence]
anchor = { version = "1.0.0", date = 2024-01-20 }
every = "1 month"
branch = "5 days before"
[window]
[[channel]]
name = "Normal"
fields = {}
phases = [{ name = "Supported" }]
patches = { every = "1 month", milestones = [{ name = "Deadline", when = "4 days before release" }] }
[[column]]
id = "php"
title = "PHP"
[[milestone]]
name = "Freeze"
when = "6 weeks before release"
[[train]]
version = "2.0.0"
note = "why"
phases = [{ name = "Current" }]
milestones = { freeze = 2024-02-20 }
fields = {}
[[release]]
version = "3.0.0"
date = 2024-03-20
note = "why"
"#;

const SETTINGS: &str = "[site]\n";

/// What anybody might write behind a key.
const VALUES: &str = r#"
texts = ["", " ", "x", "a\u0007b", "a\nb", "2026-01-20", "2026-02-30", "1969-12-31", "2026-01", "2026-13",
    "6 weeks", "0 days", "1 month before", "0 days before", "1 day before release", "1 day after release",
    "1 day after Freeze", "18 months after release", "0 days after release", "1 day after freeze ", "soon", "major", "minor", "keep", "after", "plan",
    "release", "supported", "unsupported", "pre", "lts", "LTS", "en", "pt-BR", "e", "en_GB", "/abs", "sub/folder",
    "https://example.org/{version}", "https://example.org/a b", "ftp://example.org", "https://example.org/?x",
    "https:///x", "https://{path}", "https://example.org/edit/{path}", "javascript:{path}"]
numbers = [-1, 0, 1, 3, 5000, 5001, 4294967295, 4294967296, 9223372036854775807, 1.5]
flags = [true, false]
days = [2026-01-20, 1969-12-31, 2026-01-20T10:00:00, 2026-01-20T10:00:00Z, 10:00:00]
lists = [[], ["released-late"], ["nonsense"], ["gap", "gap"], [1], [[]], [{}], [{ x = 1 }]]
tables = [{}, { x = 1 }]
"#;

fn values() -> Vec<toml::Value> {
    let table: toml::Table = VALUES.parse().unwrap();
    let lists = table.into_iter().flat_map(|(_, list)| match list {
        toml::Value::Array(list) => list,
        other => panic!("{other}"),
    });
    let long = [200, 201, 1000, 1001].map(|count| toml::Value::String("é".repeat(count)));
    lists.chain(long).collect()
}

fn validator(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).unwrap();
    let options = jsonschema::options().with_draft(Draft::Draft7);
    options
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// A table as language servers hand it to a validator: dates are strings.
fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            let entries = table
                .iter()
                .map(|(key, value)| (key.clone(), json_of(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

/// What the validator finds wrong in a text; a text that is no TOML is.
fn objections(validator: &Validator, text: &str) -> Vec<String> {
    match text.parse::<toml::Table>() {
        Err(error) => vec![error.to_string()],
        Ok(table) => {
            let json = json_of(&toml::Value::Table(table));
            let errors = validator.iter_errors(&json);
            errors
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect()
        }
    }
}

fn schedule_findings(text: &str) -> Vec<Diagnostic> {
    let read = input::schedule::parse(&Source::new("schedule.toml", text));
    read.map_or_else(|found| found, |read| read.warnings)
}

fn settings_findings(text: &str) -> Vec<Diagnostic> {
    let read = input::settings::parse(&Source::new("trainboard.toml", text));
    read.err().unwrap_or_default()
}

#[test]
fn the_command_prints_the_schemas() {
    let project = Project::new();
    let printed = project.run("schema").succeeds();
    assert_eq!(printed, schema::schedule());
    assert_eq!(project.run("schema schedule").succeeds(), printed);
    assert_eq!(
        project.run("schema settings").succeeds(),
        schema::settings()
    );
    assert!(printed.starts_with("{\n") && printed.ends_with("\n}\n"));
    for schema in [printed, schema::settings()] {
        let schema: Value = serde_json::from_str(&schema).unwrap();
        assert!(jsonschema::draft7::meta::is_valid(&schema));
    }
}

/// The blocks of TOML in a page of the guide.
fn blocks(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(path).unwrap();
    let blocks = text.split("```toml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_schedule_of_the_repository_is_accepted() {
    let validator = validator(&schema::schedule());
    let files = [
        WASMTIME,
        NODE,
        SCHEDULE,
        include_str!("../fixtures/sixty-trains.toml"),
        include_str!("../book/data/schedule.toml"),
    ];
    let mut texts = files.map(str::to_owned).to_vec();
    texts.extend(crate::examples::texts());
    texts.push(format!("#:schema ./schedule.schema.json\n{WASMTIME}"));
    for block in blocks("content/guide/schedule.md")
        .into_iter()
        .chain(blocks("content/guide/README.md"))
        .chain(blocks("content/guide/how-to-say.md"))
    {
        let project = if block.contains("[project]") {
            ""
        } else {
            "[project]\nname = \"Example\"\n"
        };
        texts.push(format!("{project}{block}"));
    }
    for text in texts {
        let errors: Vec<_> = schedule_findings(&text)
            .into_iter()
            .filter(|found| found.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{text}\n{errors:#?}");
        assert_eq!(objections(&validator, &text), [""; 0], "{text}");
    }
}

#[test]
fn every_settings_file_of_the_repository_is_accepted() {
    let validator = validator(&schema::settings());
    let mut texts = blocks("content/guide/pages.md");
    texts.retain(|text| text.contains("[site]"));
    assert!(!texts.is_empty());
    texts.extend(["", SETTINGS, include_str!("../../trainboard.toml")].map(str::to_owned));
    for text in texts {
        assert!(settings_findings(&text).is_empty(), "{text}");
        assert_eq!(objections(&validator, &text), [""; 0], "{text}");
    }
}

#[test]
fn of_the_examples_those_of_form_are_rejected_and_those_of_meaning_are_not() {
    let validator = validator(&schema::schedule());
    let mut decided = BTreeSet::new();
    for rule in RULES.iter() {
        let Example::Files(files) = &rule.example else {
            continue;
        };
        let [("schedule.toml", text)] = files[..] else {
            continue;
        };
        let objections = objections(&validator, text);
        if FORM.contains(&rule.code) {
            assert!(!objections.is_empty(), "{}", rule.code);
        } else {
            assert!(MEANING.contains(&rule.code), "{} is undecided", rule.code);
            assert_eq!(objections, [""; 0], "{}", rule.code);
        }
        decided.insert(rule.code);
    }
    let named: BTreeSet<_> = FORM.into_iter().chain(MEANING).collect();
    assert_eq!(decided, named);
}

/// The keys of all tables of a schema, each with the way to it.
fn keys(schema: &Value, way: &[String]) -> Vec<(Vec<String>, Value)> {
    let mut found = Vec::new();
    let table = if schema["items"].is_object() {
        &schema["items"]
    } else {
        schema
    };
    let Some(properties) = table["properties"].as_object() else {
        return found;
    };
    for (name, property) in properties {
        let way = [way, std::slice::from_ref(name)].concat();
        found.extend(keys(property, &way));
        found.push((way, property.clone()));
    }
    found
}

/// The table in which the last key of that way stands; of a list, the first.
fn table_of<'a>(root: &'a mut toml::Table, way: &[String]) -> &'a mut toml::Table {
    way[..way.len() - 1].iter().fold(root, |table, key| {
        let value = &mut table[key.as_str()];
        let value = if value.is_array() {
            &mut value[0]
        } else {
            value
        };
        value.as_table_mut().unwrap()
    })
}

fn is_day(property: &Value) -> bool {
    let first = property["anyOf"].get(0).unwrap_or(property);
    first["format"] == "date"
}

/// The reader's findings about the form of a table.
fn form(table: &toml::Table, read: fn(&str) -> Vec<Diagnostic>) -> Vec<String> {
    let found = read(&toml::to_string(table).unwrap());
    let of_form = found
        .into_iter()
        .filter(|found| FORM.contains(&found.code) || found.code == "unknown-value");
    of_form.map(|found| found.title).collect()
}

/// Holds the validator against the reader: with each key left out, and with
/// each of the values behind each key.
fn agree(schema: &str, text: &str, read: fn(&str) -> Vec<Diagnostic>) {
    let whole = validator(schema);
    let sound: toml::Table = text.parse().unwrap();
    for (way, property) in keys(&serde_json::from_str(schema).unwrap(), &[]) {
        let last = way.last().unwrap();
        let mut sound = sound.clone();
        if way[0] != "cadence" {
            // Making trains takes time, thousands of times.
            sound.remove("cadence");
        }
        let mut without = sound.clone();
        table_of(&mut without, &way).remove(last);
        let wrong = form(&without, read);
        let is_valid = whole.is_valid(&json_of(&without.clone().into()));
        assert_eq!(is_valid, wrong.is_empty(), "without {way:?}: {wrong:#?}");
        let part = validator(&property.to_string());
        for value in values() {
            // In JSON, a date where a text belongs is a text.
            if value.is_datetime() && !is_day(&property) {
                continue;
            }
            let mut with = sound.clone();
            table_of(&mut with, &way).insert(last.clone(), value.clone());
            let wrong = form(&with, read);
            let is_valid = part.is_valid(&json_of(&value));
            assert_eq!(is_valid, wrong.is_empty(), "{way:?} = {value}: {wrong:#?}");
        }
    }
}

#[test]
fn the_validator_and_the_reader_agree_on_every_key() {
    agree(&schema::schedule(), SCHEDULE, schedule_findings);
    agree(&schema::settings(), SETTINGS, settings_findings);
}

#[test]
fn both_have_the_same_limits() {
    let validator = validator(&schema::schedule());
    let facts = |count: usize| {
        let fact = |n| format!("[[release]]\nversion = \"1.{n}\"\ndate = 2026-01-01\n");
        let facts: String = (0..count).map(fact).collect();
        format!("[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\n{facts}")
    };
    assert_eq!(objections(&validator, &facts(50_000)), [""; 0]);
    assert_eq!(objections(&validator, &facts(50_001)).len(), 1);
    let trains = |count: usize| {
        let train = |n| format!("[[train]]\nversion = \"{n}\"\n");
        format!(
            "[project]\nname = \"Example\"\n{}",
            (0..count).map(train).collect::<String>()
        )
    };
    assert_eq!(objections(&validator, &trains(5_000)), [""; 0]);
    assert_eq!(objections(&validator, &trains(5_001)).len(), 1);
}

#[test]
fn a_default_is_what_counts_without_the_key() {
    let with = |text: &str, way: &[String], value: &Value| {
        let mut table: toml::Table = text.parse().unwrap();
        let value = toml::Value::try_from(value).unwrap();
        table_of(&mut table, way).insert(way.last().unwrap().clone(), value);
        toml::to_string(&table).unwrap()
    };
    let schedule = |text: &str| {
        let read = input::schedule::parse(&Source::new("schedule.toml", text));
        format!("{:?}", read.unwrap().schedule)
    };
    let settings = |text: &str| {
        let read = input::settings::parse(&Source::new("trainboard.toml", text));
        format!("{:?}", read.unwrap())
    };
    let mut count = 0;
    for (way, key) in keys(&serde_json::from_str(&schema::schedule()).unwrap(), &[]) {
        if let Some(default) = key.get("default") {
            count += 1;
            let way_said = with(SCHEDULE, &way, default);
            if way.last().unwrap() != "version-label" {
                assert_eq!(schedule(&way_said), schedule(SCHEDULE), "{way:?}");
            }
        }
    }
    for (way, key) in keys(&serde_json::from_str(&schema::settings()).unwrap(), &[]) {
        if let Some(default) = key.get("default") {
            count += 1;
            // A schedule that the settings name has to be there.
            if way == ["site", "schedule"] {
                continue;
            }
            assert_eq!(
                settings(&with(SETTINGS, &way, default)),
                settings(SETTINGS),
                "{way:?}"
            );
        }
    }
    assert!(count > 0);
}

#[test]
fn the_guide_has_every_key() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guide");
    for (schema, page) in [
        (schema::schedule(), "schedule.md"),
        (schema::settings(), "pages.md"),
    ] {
        let text = fs::read_to_string(root.join(page)).unwrap();
        for (way, property) in keys(&serde_json::from_str(&schema).unwrap(), &[]) {
            let name = way.last().unwrap();
            let is_there = text.contains(&format!("| `{name}` |"))
                || text.contains(&format!("[{}]", way.join(".")))
                || way == ["cadence", "anchor", "version"]
                || way == ["cadence", "anchor", "date"];
            assert!(is_there, "{page} has no `{name}`");
            assert!(
                property["description"].as_str().unwrap().ends_with('.'),
                "{name}"
            );
        }
    }
}
