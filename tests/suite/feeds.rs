//! Calendar, news, API and badges: what each holds, and that all of them say
//! what the board says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use proptest::prelude::*;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use snapbox::{IntoData, assert_data_eq, str};
use trainboard::schedule::{Board, Day, Draft, Label, Schedule, TrainEntry};
use trainboard::views::feeds::{self, Badge, MOST, SitePlace};
use trainboard::views::gantt::{self, Span};
use trainboard::views::table::{self, Columns};
use trainboard::views::{Place, json as views_json, security};

use crate::calendar::{Calendar, Event};
use crate::import;
use crate::project::Project;
use crate::schedules::{WASMTIME, WASMTIME_RULES, day, schedule};

/// A project of which little is known, and whose days move.
const ODD: &str = r#"
[project]
name = "Lantern; a lamp, & more"
id = "lantern"
category = "Lamps"
end-day = "supported"

[[train]]
version = "1"
released = true
ended = true
[[train]]
version = "2"
name = "Two; or too"
release = 2024-02-29
end = "2026-10"
link = "https://lantern.example/two"
note = "Its day is not known yet"
[[train]]
version = "3"
release = 2025-01-31
phases = [
  { name = "Active", from = 2025-01-31 },
  { name = "Maintenance", level = "maintenance", from = 2025-06-30 },
  { name = "Paid", level = "extended", from = 2026-06-30 },
]
end = 2026-12-31
[[train]]
version = "4"
badge = "LTS"
branch = 2026-11-02
released = 2026-11-10
[[train]]
version = "5"
skip = "there was no need"
[[train]]
version = "6"
"#;

/// The schedules that there are to test with, by name.
fn schedules() -> BTreeMap<String, Schedule> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let named = files.filter(|file| file.extension().is_some_and(|end| end == "toml"));
    let fixtures = named.map(|file| {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, schedule(&fs::read_to_string(file).unwrap()))
    });
    let own = [
        ("wasmtime", WASMTIME),
        ("rules", WASMTIME_RULES),
        ("odd", ODD),
    ];
    let own = own.map(|(name, text)| (name.to_owned(), schedule(text)));
    fixtures
        .chain(own)
        .chain(import::schedules::of_products())
        .collect()
}

/// Days on which boards differ much.
const DAYS: [&str; 5] = [
    "1971-01-01",
    "2024-06-15",
    "2025-12-31",
    "2026-11-20",
    "2031-07-01",
];

/// The whole boards of all schedules on several days.
fn wholes() -> Vec<Board> {
    let schedules = schedules().into_values();
    let on_all_days = |schedule: Schedule| DAYS.map(|text| schedule.all_at(day(text)).unwrap());
    schedules.flat_map(on_all_days).collect()
}

fn whole(text: &str, date: &str) -> Board {
    schedule(text).all_at(day(date)).unwrap()
}

fn nowhere() -> SitePlace<'static> {
    SitePlace::default()
}

fn somewhere() -> SitePlace<'static> {
    SitePlace {
        base: Some("https://trains.example/docs/"),
        folder: "projects/lantern/",
        page: "projects/lantern.html",
    }
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn board_json(board: &Board) -> Value {
    value(&views_json::board(board))
}

fn product(board: &Board) -> Value {
    value(&feeds::api(board, &nowhere()))["result"].take()
}

#[track_caller]
fn fits(schema: &Validator, value: &Value) {
    let errors: Vec<_> = schema
        .iter_errors(value)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?} in {value:#}");
}

// JSON

fn board_schema() -> Validator {
    let schema = value(&views_json::schema());
    jsonschema::draft7::meta::validate(&schema).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

#[test]
fn every_board_fits_its_schema() {
    let schema = board_schema();
    for board in wholes() {
        fits(&schema, &board_json(&board));
    }
}

#[test]
fn the_schema_refuses_what_is_no_board() {
    let schema = board_schema();
    let board = board_json(&whole(ODD, "2026-11-20"));
    fits(&schema, &board);
    let train = |n: usize, key: &str, new: Value| {
        let mut board = board.clone();
        board["trains"][n][key] = new;
        board
    };
    for wrong in [
        train(1, "status", json!("over")),
        train(1, "supported", json!(true)),
        train(1, "release", json!("2024-02-30")),
        train(1, "release", json!("February")),
        train(1, "end", Value::Null),
        train(0, "end", json!("2024-02-29")),
        train(0, "more", json!(1)),
        json!([]),
    ] {
        assert!(!schema.is_valid(&wrong), "{wrong:#}");
    }
    for path in ["", "/trains/2", "/trains/2/planned", "/trains/2/phases/0"] {
        let keys: Vec<_> = board
            .pointer(path)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .collect();
        for key in keys {
            let mut less = board.clone();
            less.pointer_mut(path)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            assert!(!schema.is_valid(&less), "{path} without {key}");
        }
    }
}

#[test]
fn the_schema_of_a_board_is_printed_and_published() {
    let project = Project::with_schedule(ODD).file("content/index.md", "# Home\n");
    assert_eq!(project.run("schema board").succeeds(), views_json::schema());
    project.run("build --date 2026-11-20").succeeds();
    assert_eq!(
        project.read("public/board.schema.json"),
        views_json::schema()
    );
}

// API

/// What endoflife.date says that the answer for a product is.
fn product_schema() -> Validator {
    let text = include_str!("../data/endoflife-api-v1-openapi.yml");
    let description = text.splitn(3, "---\n").nth(2).unwrap();
    let mut schema: Value = serde_saphyr::from_str(description).unwrap();
    schema["$ref"] = json!("#/components/schemas/ProductResponse");
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

#[test]
fn every_product_fits_the_schema_of_the_api() {
    let schema = product_schema();
    for board in wholes() {
        for place in [nowhere(), somewhere()] {
            fits(&schema, &value(&feeds::api(&board, &place)));
        }
    }
    let mut wrong = value(&feeds::api(&whole(WASMTIME, "2026-11-20"), &nowhere()));
    wrong["result"]["releases"][0]["releaseDate"] = Value::Null;
    assert!(!schema.is_valid(&wrong));
    wrong["result"]["releases"] = json!([]);
    wrong["result"]["links"]["html"] = json!("no address");
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn a_product_says_what_is_known_and_nothing_more() {
    let board = whole(ODD, "2026-11-20");
    assert_data_eq!(
        feeds::api(&board, &somewhere()),
        str![[r#"
{
  "schema_version": "1.2.1",
  "generated_at": "2026-11-10T00:00:00+00:00",
  "last_modified": "2026-11-10T00:00:00+00:00",
  "result": {
    "name": "lantern",
    "label": "Lantern; a lamp, & more",
    "aliases": [],
    "category": "Lamps",
    "tags": [
      "Lamps"
    ],
    "versionCommand": null,
    "identifiers": [],
    "labels": {
      "eoas": "Active",
      "discontinued": null,
      "eol": "Supported",
      "eoes": "Paid"
    },
    "links": {
      "icon": null,
      "html": "https://trains.example/docs/projects/lantern.html",
      "releasePolicy": null
    },
    "releases": [
      {
        "name": "4",
        "codename": null,
        "label": "4",
        "releaseDate": "2026-11-10",
        "isLts": true,
        "ltsFrom": null,
        "isEoas": false,
        "eoasFrom": null,
        "isEol": false,
        "eolFrom": null,
        "isEoes": null,
        "eoesFrom": null,
        "isMaintained": true,
        "latest": null
      },
      {
        "name": "3",
        "codename": null,
        "label": "3",
        "releaseDate": "2025-01-31",
        "isLts": false,
        "ltsFrom": null,
        "isEoas": true,
        "eoasFrom": "2025-06-29",
        "isEol": true,
        "eolFrom": "2026-06-29",
        "isEoes": false,
        "eoesFrom": "2026-12-31",
        "isMaintained": true,
        "latest": null
      },
      {
        "name": "2",
        "codename": "Two; or too",
        "label": "2",
        "releaseDate": "2024-02-29",
        "isLts": false,
        "ltsFrom": null,
        "isEoas": true,
        "eoasFrom": "2026-10-31",
        "isEol": true,
        "eolFrom": "2026-10-31",
        "isEoes": null,
        "eoesFrom": null,
        "isMaintained": false,
        "latest": null
      }
    ]
  }
}

"#]]
    );
}

/// Support that is paid for is maintained and no more, as is support that goes
/// on only until a newer train is out. A train that is due is not out.
#[test]
fn a_product_calls_maintained_what_has_any_support() {
    let text = r#"
[project]
name = "Lantern"
[[channel]]
name = "All"
phases = [{ name = "Full", releases = 1 }, { name = "Paid", level = "extended", for = "1 year" }]
[[train]]
version = "1"
released = 2024-01-10
phases = [{ name = "Paid", level = "extended" }]
[[train]]
version = "2"
released = 2025-01-10
[[train]]
version = "3"
released = 2025-03-10
[[train]]
version = "4"
release = 2026-01-10
"#;
    let releases = |date: &str| -> Vec<_> {
        let product = product(&whole(text, date));
        let releases = product["releases"].as_array().unwrap().iter();
        let keys = ["isEol", "eolFrom", "isEoes", "eoesFrom", "isMaintained"];
        let told = |release: &Value| {
            let values = keys.map(|key| release[key].to_string());
            format!("{}: {}", release["name"], values.join(" "))
        };
        releases.map(told).collect()
    };
    assert_eq!(
        releases("2026-01-09"),
        [
            r#""4": false null null null false"#,
            r#""3": false "2026-01-09" false "2027-01-09" true"#,
            r#""2": true "2025-03-09" false "2026-03-09" true"#,
            r#""1": true null false null true"#,
        ]
    );
    assert_eq!(
        releases("2026-03-10"),
        [
            r#""3": false null false "2027-01-09" true"#,
            r#""2": true "2025-03-09" true "2026-03-09" false"#,
            r#""1": true null false null true"#,
        ]
    );
}

/// The kinds of ends that endoflife.date lists for the same trains; where they
/// differ is told, with the reason, in `rules.rs`.
#[test]
fn a_product_has_the_days_that_the_api_itself_has() {
    for project in ["kubernetes", "php"] {
        let path = format!("tests/data/endoflife/{project}.json");
        let theirs = value(&fs::read_to_string(path).unwrap());
        let schedule = &schedules()[project];
        let ours = product(&schedule.all_at(day("2026-08-22")).unwrap());
        let by_name = |product: &Value| -> BTreeMap<String, Value> {
            let releases = product["releases"].as_array().unwrap().clone();
            let named = |release: Value| (release["name"].as_str().unwrap().to_owned(), release);
            releases.into_iter().map(named).collect()
        };
        let (ours, theirs) = (by_name(&ours), by_name(&theirs["result"]));
        let mut same = 0;
        for (name, theirs) in &theirs {
            let Some(ours) = ours.get(name) else { continue };
            let days =
                |release: &Value| [release["releaseDate"].clone(), release["eolFrom"].clone()];
            if days(ours) == days(theirs) {
                assert_eq!(ours["isEol"], theirs["isEol"], "{project} {name}");
                assert_eq!(
                    ours["isMaintained"], theirs["isMaintained"],
                    "{project} {name}"
                );
                same += 1;
            }
        }
        assert!(
            same > theirs.len() / 4,
            "{project}: {same} of {}",
            theirs.len()
        );
    }
}

// Calendar

fn events(board: &Board) -> Vec<Event> {
    Calendar::read(&feeds::calendar(board, &nowhere())).events
}

#[test]
fn every_calendar_keeps_the_rules_of_its_format() {
    for board in wholes() {
        for place in [nowhere(), somewhere()] {
            Calendar::read(&feeds::calendar(&board, &place));
        }
    }
}

#[test]
fn a_calendar_has_an_event_for_each_milestone() {
    let board = whole(ODD, "2026-11-20");
    assert_data_eq!(
        feeds::calendar(&board, &somewhere()).replace('\r', ""),
        str![[r#"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//trainboard//trainboard//EN
CALSCALE:GREGORIAN
NAME:Lantern\; a lamp\, & more releases
X-WR-CALNAME:Lantern\; a lamp\, & more releases
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL:P1D
SOURCE;VALUE=URI:https://trains.example/docs/projects/lantern/calendar.ics
BEGIN:VEVENT
UID:a3f0cb81-758a-862b-9244-ae59c12f8568
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20240229
DTEND;VALUE=DATE:20240301
SUMMARY:Lantern\; a lamp\, & more 2 is released
DESCRIPTION:It was supported into October 2026.\nIts day is not known yet.
 \nhttps://lantern.example/two
URL:https://lantern.example/two
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:dd5d0da3-bffd-836f-bda7-c2c558f87797
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20250131
DTEND;VALUE=DATE:20250201
SUMMARY:Lantern\; a lamp\, & more 3 is released
DESCRIPTION:It was supported through 29 June 2026\, and has extended suppor
 t through 31 December 2026.
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:dc6e1cef-7e01-821e-98eb-f73df050e925
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20250630
DTEND;VALUE=DATE:20250701
SUMMARY:Lantern\; a lamp\, & more 3: the phase “Maintenance” begins
DESCRIPTION:It was supported through 29 June 2026\, and has extended suppor
 t through 31 December 2026.
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:d21517cf-ee5b-86a7-818e-ec1a0e84e473
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20260630
DTEND;VALUE=DATE:20260701
SUMMARY:Lantern\; a lamp\, & more 3: the phase “Paid” begins
DESCRIPTION:It was supported through 29 June 2026\, and has extended suppor
 t through 31 December 2026.
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:e83d5f11-1548-86aa-9c9e-2dda53980450
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20261001
DTEND;VALUE=DATE:20261101
SUMMARY:Support of Lantern\; a lamp\, & more 2 ends in October 2026
DESCRIPTION:The day is not announced.\nIts day is not known yet.\nhttps://l
 antern.example/two
URL:https://lantern.example/two
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:af4efc01-c03a-8691-bb7f-3203c05dc87f
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20261102
DTEND;VALUE=DATE:20261103
SUMMARY:The branch of Lantern\; a lamp\, & more 4 is cut
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:74ef2fa8-55dd-82d6-8a9a-a6af8537ac41
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20261110
DTEND;VALUE=DATE:20261111
SUMMARY:Lantern\; a lamp\, & more 4 is released
DESCRIPTION:It is supported with no end announced.
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:de13a047-3067-8e10-b5f8-fba661a478bc
DTSTAMP:20261110T000000Z
DTSTART;VALUE=DATE:20261231
DTEND;VALUE=DATE:20270101
SUMMARY:Last day of extended support for Lantern\; a lamp\, & more 3
DESCRIPTION:From the next day on there is no extended support.
STATUS:TENTATIVE
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR

"#]]
        .raw()
    );
}

#[test]
fn a_milestone_that_moves_stays_the_same() {
    let uids = |text: &str| -> BTreeMap<String, (String, String)> {
        let events = events(&whole(text, "2026-11-20"));
        let named = |event: Event| (event.summary.clone(), (event.uid.clone(), event.start));
        events.into_iter().map(named).collect()
    };
    let before = uids(WASMTIME_RULES);
    let after = uids(&WASMTIME_RULES.replace("date = 2024-04-20", "date = 2024-05-02"));
    let mut moved = 0;
    for (title, (uid, start)) in &before {
        let Some((other, later)) = after.get(title) else {
            continue;
        };
        assert_eq!(uid, other, "{title}");
        moved += usize::from(start < later);
    }
    assert!(moved > before.len() / 2, "{moved} of {}", before.len());
    let other = uids(&WASMTIME_RULES.replace("\"Wasmtime\"", "\"Lantern\""));
    let uids: BTreeSet<_> = before.values().map(|(uid, _)| uid).collect();
    assert!(other.values().all(|(uid, _)| !uids.contains(uid)));
}

#[test]
fn facts_are_confirmed_and_plans_tentative() {
    let status = |date: &str, summary: &str| {
        let events = events(&whole(WASMTIME, date));
        let event = events.into_iter().find(|event| event.summary == summary);
        event.unwrap_or_else(|| panic!("no {summary}")).status
    };
    let release = "Wasmtime 48.0.0 is released";
    assert_eq!(
        status("2026-08-01", release),
        "CONFIRMED",
        "its day was recorded"
    );
    let unrecorded = "Wasmtime 51.0.0 is released";
    assert_eq!(
        status("2026-11-25", unrecorded),
        "TENTATIVE",
        "nobody recorded it"
    );
    let end = "Wasmtime 49.0.0 is no longer supported";
    assert_eq!(status("2026-11-19", end), "TENTATIVE");
    assert_eq!(status("2026-11-20", end), "CONFIRMED");
}

// News

fn entries(atom: &str) -> Vec<BTreeMap<String, String>> {
    let document = roxmltree::Document::parse(atom).unwrap();
    let root = document.root_element();
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.w3.org/2005/Atom")
    );
    let entries = root
        .children()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry")));
    let fields = |entry: roxmltree::Node<'_, '_>| {
        let elements = entry.children().filter(roxmltree::Node::is_element);
        let field = |node: roxmltree::Node<'_, '_>| {
            let text = node.text().or(node.attribute("href")).unwrap_or_default();
            (node.tag_name().name().to_owned(), text.to_owned())
        };
        elements.map(field).collect()
    };
    entries.map(fields).collect()
}

#[test]
fn news_are_new_stable_and_few() {
    for board in wholes() {
        let entries = entries(&feeds::atom(&board, &nowhere()));
        assert!(entries.len() <= MOST);
        let ids: BTreeSet<_> = entries.iter().map(|entry| &entry["id"]).collect();
        assert_eq!(ids.len(), entries.len(), "{ids:#?}");
        let days: Vec<_> = entries.iter().map(|entry| &entry["updated"]).collect();
        assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
        let from = board.period().valid_from.map(|day| day.to_string());
        let newest = days.first().map(|day| day[..10].to_owned());
        assert!(newest <= from, "{newest:?} on a board of {from:?}");
    }
}

#[test]
fn old_news_stay_as_they_were() {
    let read = |date: &str| entries(&feeds::atom(&whole(WASMTIME, date), &nowhere()));
    let (before, after) = (read("2026-08-19"), read("2026-08-20"));
    let kept: Vec<_> = after
        .iter()
        .filter(|entry| before.iter().any(|old| old["id"] == entry["id"]))
        .collect();
    assert!(kept.len() > 20, "{}", kept.len());
    for entry in kept {
        let old = before.iter().find(|old| old["id"] == entry["id"]).unwrap();
        assert_eq!(
            (&old["title"], &old["updated"]),
            (&entry["title"], &entry["updated"])
        );
    }
}

#[test]
fn news_say_what_came_and_where_to_read_of_it() {
    let text = format!(
        "{ODD}\n[[release]]\nversion = \"3\"\ndate = 2025-02-03\n[[release]]\nversion = \"3.1\"\ndate = 2025-03-01\nsecurity = true\nnote = \"Fixes a leak\"\nlink = \"https://lantern.example/3.1?a=1&b=2\"\n[[release]]\nversion = \"3.2-rc.1\"\ndate = 2025-03-02\n"
    );
    let board = whole(&text, "2026-11-20");
    assert_data_eq!(feeds::atom(&board, &somewhere()), str![[r#"
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom">
 <title>Lantern; a lamp, &amp; more releases</title>
 <id>urn:uuid:f65de06a-43f7-8ec6-b04f-3edb8649be7f</id>
 <updated>2026-11-01T00:00:00+00:00</updated>
 <author>
  <name>Lantern; a lamp, &amp; more</name>
 </author>
 <generator>trainboard</generator>
 <link href="https://trains.example/docs/projects/lantern/releases.atom" rel="self" type="application/atom+xml"/>
 <link href="https://trains.example/docs/projects/lantern.html" rel="alternate" type="text/html"/>
 <entry>
  <title>Lantern; a lamp, &amp; more 2 is no longer supported</title>
  <id>urn:uuid:e83d5f11-1548-86aa-9c9e-2dda53980450</id>
  <updated>2026-11-01T00:00:00+00:00</updated>
  <link href="https://lantern.example/two" rel="alternate"/>
  <published>2026-11-01T00:00:00+00:00</published>
  <content type="text">It was supported into October 2026.
Its day is not known yet.</content>
 </entry>
 <entry>
  <title>Lantern; a lamp, &amp; more 3: the phase “Paid” begins</title>
  <id>urn:uuid:d21517cf-ee5b-86a7-818e-ec1a0e84e473</id>
  <updated>2026-06-30T00:00:00+00:00</updated>
  <published>2026-06-30T00:00:00+00:00</published>
  <content type="text">It was supported through 29 June 2026, and has extended support through 31 December 2026.</content>
 </entry>
 <entry>
  <title>Lantern; a lamp, &amp; more 3: the phase “Maintenance” begins</title>
  <id>urn:uuid:dc6e1cef-7e01-821e-98eb-f73df050e925</id>
  <updated>2025-06-30T00:00:00+00:00</updated>
  <published>2025-06-30T00:00:00+00:00</published>
  <content type="text">It was supported through 29 June 2026, and has extended support through 31 December 2026.</content>
 </entry>
 <entry>
  <title>Lantern; a lamp, &amp; more 3.1 is released (security)</title>
  <id>urn:uuid:f818043a-3645-8d8d-9be3-75bad5432c01</id>
  <updated>2025-03-01T00:00:00+00:00</updated>
  <category term="security"/>
  <link href="https://lantern.example/3.1?a=1&amp;b=2" rel="alternate"/>
  <published>2025-03-01T00:00:00+00:00</published>
  <content type="text">Lantern; a lamp, &amp; more 3 was supported through 29 June 2026, and has extended support through 31 December 2026.
Fixes a leak.</content>
 </entry>
 <entry>
  <title>Lantern; a lamp, &amp; more 3 is released</title>
  <id>urn:uuid:dd5d0da3-bffd-836f-bda7-c2c558f87797</id>
  <updated>2025-02-03T00:00:00+00:00</updated>
  <published>2025-02-03T00:00:00+00:00</published>
  <content type="text">Lantern; a lamp, &amp; more 3 was supported through 29 June 2026, and has extended support through 31 December 2026.</content>
 </entry>
</feed>

"#]].raw());
}

#[test]
fn only_a_published_feed_says_where_it_is() {
    let board = whole(WASMTIME, "2026-11-20");
    let links = |place: &SitePlace<'_>| {
        let atom = feeds::atom(&board, place);
        let document = roxmltree::Document::parse(&atom).unwrap();
        let own = document
            .root_element()
            .children()
            .filter(|node| node.tag_name().name() == "link");
        own.map(|node| node.attribute("href").unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(links(&nowhere()), Vec::<String>::new());
    assert_eq!(
        links(&somewhere()),
        [
            "https://trains.example/docs/projects/lantern/releases.atom",
            "https://trains.example/docs/projects/lantern.html"
        ]
    );
}

// Badges

/// What a badge says to those who do not see it, and what it shows.
fn said(board: &Board, badge: Badge) -> (String, Vec<String>) {
    let svg = feeds::badge(board, badge);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let texts = |name: &str| -> Vec<String> {
        let nodes = document
            .descendants()
            .filter(|node| node.tag_name().name() == name);
        nodes
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect()
    };
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("aria-labelledby"), Some("title"));
    (texts("title").concat(), texts("text"))
}

#[test]
fn badges_say_what_is_known() {
    let titles = |text: &str, date: &str| {
        let board = whole(text, date);
        [Badge::Current, Badge::Supported, Badge::Lts].map(|badge| said(&board, badge).0)
    };
    assert_eq!(
        titles(WASMTIME, "2026-11-20"),
        [
            "Wasmtime current: 51.0.0",
            "Wasmtime 51.0.0: supported until 20 Jan 2027",
            "Wasmtime LTS: 48.0.0"
        ]
    );
    let name = "Lantern; a lamp, & more";
    assert_eq!(
        titles(ODD, "2024-06-01"),
        [
            format!("{name} current: 2"),
            format!("{name} 2: supported into Oct 2026"),
            format!("{name} LTS: none")
        ]
    );
    assert_eq!(
        titles(ODD, "2026-11-20")[1],
        format!("{name} 4: supported, no end announced")
    );
    assert_eq!(
        titles(ODD, "1999-01-01"),
        [
            format!("{name} current: none"),
            format!("{name}: no release is supported"),
            format!("{name} LTS: none")
        ]
    );
}

#[test]
fn a_badge_shows_sixty_letters_and_says_all() {
    let long = |letter: &str, length: usize| {
        let name = letter.repeat(length);
        let text = format!(
            "[project]\nname = \"{name}\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-01\n"
        );
        (name, said(&whole(&text, "2026-11-20"), Badge::Supported))
    };
    let (name, (_, shown)) = long("n", 58);
    assert_eq!(shown[0], format!("{name} 1"));
    let (name, (title, shown)) = long("W", 200);
    assert!(
        shown[0].ends_with('…') && shown[0].chars().count() < 60,
        "{shown:?}"
    );
    assert!(title.starts_with(&name), "{title}");
}

// Security

#[test]
fn the_versions_that_get_fixes_go_into_a_file_for_reporters() {
    let board = schedule(WASMTIME).at(day("2026-11-20")).unwrap();
    assert_data_eq!(
        security::markdown(&board),
        str![[r#"
| Version | Supported |
|---|---|
| 51.0.x | ✅ yes (by plan), until 20 January 2027 |
| 50.0.x | ✅ yes (by plan), until 20 December 2026 |
| 48.0.x | ✅ yes, until 20 August 2028 |
| 36.0.x | ✅ yes, until 20 August 2027 |
| 49.0.x | ❌ no, since 20 November 2026 |
| All others | ❌ no |

Holds from 20 November until 5 December 2026. The end is the first day without support.

"#]]
    );
    let policy = "# Security\n\n<!-- trainboard security -->\n<!-- /trainboard -->\n";
    let project = Project::with_schedule(ODD).file("SECURITY.md", policy);
    project
        .run("update SECURITY.md --date 2026-11-20")
        .succeeds();
    assert_data_eq!(
        project.read("SECURITY.md"),
        str![[r#"
# Security

<!-- trainboard security -->

| Version | Supported |
|---|---|
| 4.x | ✅ yes, with no end announced |
| 3.x | ❌ extended support only, through 31 December 2026 |
| 2.x | ❌ no, ended with October 2026 |
| All others | ❌ no |

Holds from 10 November 2026 until 1 January 2027. The end is the last day with support.

<!-- /trainboard -->

"#]]
    );
    project
        .run("update SECURITY.md --check --date 2026-11-25")
        .succeeds();
}

#[test]
fn a_page_shows_the_versions_that_get_fixes() {
    let page = "# Security\n\n<!-- trainboard security -->\n";
    let project = Project::with_schedule(WASMTIME).file("content/index.md", page);
    project.run("build --date 2026-11-20").succeeds();
    let html = Html::parse_document(&project.read("public/index.html"));
    let rows = Selector::parse("tbody tr").unwrap();
    let texts = html
        .select(&rows)
        .map(|row| row.text().collect::<Vec<_>>().join(" "));
    let texts: Vec<_> = texts
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(texts[0], "51.0.x yes (by plan), until 20 January 2027");
    assert_eq!(texts.last().unwrap(), "All others no");
}

// All of them

/// What is known of a train: its status, its release, an end.
type Known = BTreeMap<String, (String, Option<String>, Option<String>)>;

/// As JSON has it, with one of the ends that it has: what the others are held
/// against.
fn from_json(board: &Value, end: &str) -> Known {
    let trains = board["trains"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let known = |train: &Value| {
        let status = text(&train["status"]).unwrap();
        let label = text(&train["label"]).unwrap();
        (label, (status, text(&train["release"]), text(&train[end])))
    };
    trains.map(known).collect()
}

fn from_table(board: &Board) -> Known {
    let columns = Columns::parse("version,status,release,end");
    let html = Html::parse_fragment(&table::html(board, &columns, Place::Page));
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let (rows, label, release, end) = (
        select("tbody tr"),
        select("th > bdi"),
        select(".tb-day time"),
        select(".tb-end time"),
    );
    let known = |row: scraper::ElementRef<'_>| {
        let text = row.select(&label).next().unwrap().text().collect();
        let day = |selector| {
            let time = row.select(selector).next();
            time.and_then(|time| time.value().attr("datetime"))
                .map(str::to_owned)
        };
        let is_level = |class: &&str| ["tb-lts", "tb-maintenance"].contains(class);
        let mut classes = row.value().classes();
        let status = classes.find(|class| !is_level(class)).unwrap();
        let status = status.strip_prefix("tb-").unwrap().to_owned();
        (text, (status, day(&release), day(&end)))
    };
    html.select(&rows).map(known).collect()
}

/// What the calendar says of it, with the day since which it says so.
fn from_calendar(board: &Board, known: &Known) {
    let project = &board.project().name;
    let mut left: Vec<Event> = events(board);
    let mut take = |summary: String| {
        let at = left.iter().position(|event| event.summary == summary);
        at.map(|at| left.swap_remove(at))
    };
    let written = |day: &str| day.replace('-', "");
    for (label, (status, release, end)) in known {
        let name = format!("{project} {label}");
        let event = take(format!("{name} is released"));
        assert_eq!(
            event.map(|event| event.start),
            release.as_deref().map(written),
            "{name}"
        );
        let ends = [
            [
                format!("{name} is no longer supported"),
                format!("{name} has no extended support any more"),
            ],
            [
                format!("Last day of support for {name}"),
                format!("Last day of extended support for {name}"),
            ],
        ];
        let meant = board.end_day().as_str() == "supported";
        let event = match end.as_deref().filter(|end| end.len() == 7) {
            None => ends[usize::from(meant)]
                .iter()
                .find_map(|title| take(title.clone())),
            Some(month) => {
                let first = day(&format!("{month}-01"));
                let (month, year) = (first.month_name(), first.year());
                let title = |what| format!("{what} of {name} ends in {month} {year}");
                let titles = ["Support", "Extended support"].map(title);
                let event = titles.into_iter().find_map(&mut take).unwrap();
                let last = first.last_of_month().next().unwrap();
                assert_eq!(event.end.as_deref(), Some(&*written(&last.to_string())));
                Some(event)
            }
        };
        let first = end.as_deref().map(|end| {
            if end.len() == 7 {
                format!("{end}-01")
            } else {
                end.to_owned()
            }
        });
        let is_over = event
            .as_ref()
            .is_some_and(|event| event.status == "CONFIRMED");
        assert_eq!(is_over, status == "ended" && end.is_some(), "{name}");
        assert_eq!(
            event.map(|event| event.start),
            first.as_deref().map(written),
            "{name}"
        );
    }
    left.retain(|event| {
        let other = event.summary.ends_with(" begins") || event.summary.ends_with(" is cut");
        !other && !event.summary.starts_with("Security check of ")
    });
    assert_eq!(left.len(), 0, "{left:#?}");
}

fn from_product(board: &Board, known: &Known) {
    let product = product(board);
    let releases = product["releases"].as_array().unwrap();
    let dated = known
        .values()
        .filter(|(status, release, _)| release.is_some() && status != "due")
        .count();
    assert_eq!(releases.len(), dated);
    let is_last_day = board.end_day().as_str() == "supported";
    for release in releases {
        let label = release["label"].as_str().unwrap();
        let label = label.strip_suffix(" (by plan)").unwrap_or(label);
        let (status, day_of_release, end) = &known[label];
        assert_eq!(
            release["releaseDate"].as_str(),
            day_of_release.as_deref(),
            "{label}"
        );
        assert_eq!(
            release["isMaintained"],
            json!(status == "supported" || status == "extended"),
            "{label}"
        );
        // Where support can be paid for, it ends when that does.
        let (from, is) = match &release["isEoes"] {
            Value::Bool(_) => (&release["eoesFrom"], &release["isEoes"]),
            _ => (&release["eolFrom"], &release["isEol"]),
        };
        assert_eq!(*is, json!(status == "ended"), "{label}");
        let last = end.as_deref().map(|end| match (end.len(), is_last_day) {
            (7, _) => day(&format!("{end}-01")).last_of_month(),
            (_, true) => day(end),
            (_, false) => day(end).previous().unwrap(),
        });
        assert_eq!(
            from.as_str(),
            last.map(|day: Day| day.to_string()).as_deref(),
            "{label}"
        );
    }
}

/// What is over, and what is out, as far back as the news reach.
fn from_news(board: &Board, known: &Known) {
    let entries = entries(&feeds::atom(board, &nowhere()));
    let project = &board.project().name;
    let over = |title: &str| {
        let ends = [
            " is no longer supported",
            " has no extended support any more",
        ];
        let label = ends.iter().find_map(|end| title.strip_suffix(end));
        label.map(str::to_owned)
    };
    for entry in &entries {
        let Some(label) = over(&entry["title"]) else {
            continue;
        };
        let label = label.strip_prefix(&format!("{project} ")).unwrap();
        assert_eq!(known[label].0, "ended", "{label}");
    }
    if entries.len() < MOST {
        let over = entries
            .iter()
            .filter(|entry| over(&entry["title"]).is_some())
            .count();
        let ended = known
            .values()
            .filter(|(status, _, end)| status == "ended" && end.is_some())
            .count();
        assert_eq!(over, ended);
    }
    for row in board.trains() {
        for release in &row.train().releases {
            let title = format!("{project} {} is released", release.version);
            let oldest = entries
                .last()
                .map(|entry| entry["updated"][..10].to_owned());
            let is_out = board
                .period()
                .valid_from
                .is_some_and(|from| release.date <= from);
            let day = release.date.to_string();
            if entries.len() == MOST && oldest.as_ref() == Some(&day) {
                continue;
            }
            let is_new = entries.len() < MOST || oldest.is_some_and(|oldest| day > oldest);
            let told = entries
                .iter()
                .find(|entry| entry["title"].starts_with(&title));
            assert_eq!(told.is_some(), is_out && is_new && !release.pre, "{title}");
            assert!(
                told.is_none_or(|entry| entry["updated"].starts_with(&release.date.to_string()))
            );
        }
    }
}

fn from_chart(board: &Board, known: &Known) {
    let svg = gantt::svg(board, Span::Window);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let titles = document
        .descendants()
        .filter(|node| node.tag_name().name() == "title");
    let titles: Vec<_> = titles.filter_map(|node| node.text()).collect();
    for (label, (status, release, end)) in known {
        let of_train = |title: &&&str| {
            let rest = title.strip_prefix(&**label);
            rest.is_some_and(|rest| rest.starts_with([':', ' ']))
        };
        let title = titles
            .iter()
            .find(of_train)
            .unwrap_or_else(|| panic!("{label} in {titles:#?}"));
        let words = |text: &str| match text.len() {
            7 => {
                let first = day(&format!("{text}-01"));
                format!("{} {}", first.month_name(), first.year())
            }
            _ => day(text).in_words(),
        };
        let is_known = release.is_some() || status == "ended" || status == "supported";
        let is_released = is_known && status != "due";
        let end = end.as_deref().filter(|_| is_released).map(words);
        assert!(end.is_none_or(|end| title.contains(&end)), "{title}");
        let release = release
            .as_deref()
            .map(|day| format!("; release {}", words(day)));
        assert!(
            release.is_none_or(|release| title.contains(&release)),
            "{title}"
        );
        assert_eq!(status == "ended", title.contains(": ended"), "{title}");
    }
}

fn from_badge(board: &Board, known: &Known) {
    let (title, shown) = said(board, Badge::Supported);
    let project = &board.project().name;
    match board.current() {
        None => assert!(
            known.values().all(|(status, ..)| status != "supported"),
            "{title}"
        ),
        Some(row) => {
            let label = &*row.train().label;
            assert_eq!(known[label].0, "supported");
            assert!(
                title.starts_with(&format!("{project} {label}: supported")),
                "{title}"
            );
            let end = known[label].2.as_deref().filter(|end| end.len() > 7);
            assert!(
                end.is_none_or(|end| shown[1].ends_with(&day(end).in_short())),
                "{shown:?}"
            );
        }
    }
}

#[test]
fn all_that_is_made_of_a_board_says_the_same() {
    for board in wholes() {
        let json = board_json(&board);
        let [ordinary, whole] = ["support_end", "end"].map(|end| from_json(&json, end));
        assert_eq!(from_table(&board), ordinary);
        from_chart(&board, &whole);
        from_calendar(&board, &whole);
        from_product(&board, &whole);
        from_news(&board, &whole);
        from_badge(&board, &ordinary);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(24))]

    #[test]
    fn any_label_comes_back_from_a_calendar_and_from_the_news(label in "[^\\p{Cc}\u{fffe}\u{ffff}]{1,199}") {
        prop_assume!(label.parse::<Label>().is_ok_and(|whole| *whole == *label));
        let mut draft = Draft::new(trainboard::schedule::Project::new(label.parse().unwrap()));
        let mut train = TrainEntry::new("1".parse().unwrap());
        train.release = Some(day("2026-01-01").into());
        draft.trains.push(train);
        let board = Schedule::new(draft).unwrap().all_at(day("2026-11-20")).unwrap();
        let title = format!("{label} 1 is released");
        prop_assert_eq!(&events(&board)[0].summary, &title);
        prop_assert_eq!(&entries(&feeds::atom(&board, &nowhere()))[0]["title"], &title);
    }

    #[test]
    fn feeds_are_the_same_on_every_day_of_a_period(start in 18_000..22_500_i32, later in 0..400_i32) {
        for (name, schedule) in &schedules() {
            let today = Day::from_number(start).unwrap();
            let board = schedule.all_at(today).unwrap();
            let last = board.period().next_change.map_or(start + 400, |day| day.number() - 1);
            let other = Day::from_number(last.min(start + later)).unwrap();
            let other = schedule.all_at(other).unwrap();
            prop_assert_eq!(feeds::all(&board, &somewhere()), feeds::all(&other, &somewhere()), "{}", name);
        }
    }
}

// Where they are found

#[test]
fn a_site_has_the_feeds_of_its_projects_and_leads_to_them() {
    let project = Project::with_schedule(WASMTIME_RULES)
        .file("schedules/lantern.toml", ODD)
        .file(
            "content/index.md",
            "# Home\n\nIt is <!-- trainboard value current.version -->.\n",
        )
        .file("content/a/b.md", "# Other\n\n<!-- trainboard board -->\n")
        .file("content/plain.md", "# Plain\n");
    project
        .run("build --date 2026-11-20 --base-url https://trains.example/docs/")
        .succeeds();
    let hrefs = |page: &str, selector: &str| -> Vec<String> {
        let html = Html::parse_document(&project.read(page));
        let links = Selector::parse(selector).unwrap();
        html.select(&links)
            .map(|link| link.value().attr("href").unwrap().to_owned())
            .collect()
    };
    let files = ["calendar.ics", "releases.atom", "board.json"];
    for selector in ["link[rel=alternate]", ".feeds a"] {
        assert_eq!(hrefs("public/index.html", selector), files);
        assert_eq!(
            hrefs("public/a/b.html", selector),
            files.map(|file| format!("../{file}"))
        );
        assert_eq!(
            hrefs("public/projects/lantern.html", selector),
            files.map(|file| format!("../projects/lantern/{file}"))
        );
        assert_eq!(hrefs("public/plain.html", selector), Vec::<String>::new());
    }
    let board = schedule(ODD).all_at(day("2026-11-20")).unwrap();
    for feed in feeds::all(&board, &somewhere()) {
        assert_eq!(
            project.read(&format!("public/{}", feed.path)),
            feed.text,
            "{}",
            feed.path
        );
    }
    assert!(project.path("public/api/v1/products/wasmtime").is_file());
}

#[test]
fn each_feed_is_rendered_by_itself() {
    let project = Project::with_schedule(ODD);
    let board = whole(ODD, "2026-11-20");
    let render = |view: &str| {
        project
            .run(&format!("render {view} --date 2026-11-20"))
            .succeeds()
    };
    assert_eq!(render("calendar"), feeds::calendar(&board, &nowhere()));
    assert_eq!(render("atom"), feeds::atom(&board, &nowhere()));
    assert_eq!(render("api"), feeds::api(&board, &nowhere()));
    assert_eq!(render("badge --name lts"), feeds::badge(&board, Badge::Lts));
    assert_eq!(
        render("json"),
        project
            .run("status --format json --date 2026-11-20")
            .succeeds()
    );
    project.write(
        "trainboard.toml",
        "[site]\nbase-url = \"https://trains.example/\"\n",
    );
    assert!(render("atom").contains("href=\"https://trains.example/releases.atom\""));
    project
        .run("render calendar --date 2026-11-20 -o out/calendar.ics")
        .succeeds();
    assert!(
        project
            .read("out/calendar.ics")
            .ends_with("END:VCALENDAR\r\n")
    );
}

#[test]
fn a_badge_is_asked_for_by_its_name() {
    let project = Project::with_schedule(ODD);
    project.run("render badge").fails(
        2,
        str![[r#"
error: `render badge` needs `--name`: one of current, supported, lts

"#]],
    );
    project.run("render badge --name curent").fails(
        2,
        str![[r#"
error: there is no badge `curent`; the nearest is `current`

"#]],
    );
    project.run("render calendar --format json").fails(
        2,
        str![[r#"
error: `calendar` cannot be written as `json`

"#]],
    );
}

#[test]
fn stale_feeds_are_told() {
    let project = Project::with_schedule(WASMTIME_RULES).file("content/index.md", "# Home\n");
    project.run("build --date 2026-11-20").succeeds();
    let check = |project: &Project| project.run("check --published public --date 2026-11-20");
    check(&project).succeeds();
    let calendar = project.read("public/calendar.ics");
    project.write(
        "public/calendar.ics",
        calendar.replace("20261220", "20261221"),
    );
    fs::remove_file(project.path("public/api/v1/products/wasmtime")).unwrap();
    check(&project).fails(1, str![[r#"
error[published-page]: `calendar.ics` is published with other contents than a build makes
 |
help: line 909 is published as `DTSTART;VALUE=DATE:20261221`, and a build makes `DTSTART;VALUE=DATE:20261220`

error[published-page]: `api/v1/products/wasmtime` is not published

checked 1 page: 2 errors
the board at public holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]);
}
