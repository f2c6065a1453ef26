//! Files that nobody would write: each is told in a line, and none brings
//! trainboard down.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use snapbox::{assert_data_eq, str};
use trainboard::diagnostic::Source;
use trainboard::import::{self, Document, Imported, parse};
use trainboard::input::ReadError;

use super::{label, read, text};
use crate::cases::cases;
use crate::project::Project;
use crate::schedules::day;

#[test]
fn a_file_that_is_something_else_is_told_with_where_to_get_the_right_one() {
    let project = Project::new()
        .file("list.json", "[]")
        .file("a.json", "{ \"a\": 1 }")
        .file("text.yaml", "just words\n");
    let said = [
        project.run("import node a.json").stderr(1),
        project.run("import python a.json").stderr(1),
        project.run("import endoflife a.json").stderr(1),
        project.run("import kubernetes text.yaml").stderr(1),
        project.run("import dotnet list.json").stderr(1),
    ];
    assert_data_eq!(
        said.concat(),
        str![[r#"
error[other-format]: `a.json` is no schedule of Node.js: no version in it has `start` or `end`
 |
help: save it with `curl -O https://raw.githubusercontent.com/nodejs/Release/main/schedule.json`
error[other-format]: `a.json` is no release data of Python: no version in it has a first release
 |
help: save it with `curl -O https://peps.python.org/api/release-cycle.json` or `curl -O https://peps.python.org/api/python-releases.json`
error[other-format]: `a.json` is no product of endoflife.date: it has no list `releases`
 |
help: save a product with `curl -o NAME.json https://endoflife.date/api/v1/products/NAME/`
error[other-format]: `text.yaml` is no schedule of Kubernetes: it has no list `schedules` or `branches`
 |
help: save it with `curl -O https://raw.githubusercontent.com/kubernetes/website/main/data/releases/schedule.yaml`, and `eol.yaml` beside it
error[other-format]: `list.json` is no index of .NET: it has no list `releases-index`
 |
help: save it with `curl -O https://raw.githubusercontent.com/dotnet/core/main/release-notes/releases-index.json`

"#]]
    );
}

#[test]
fn where_a_text_breaks_is_a_place_in_it() {
    let broken: [(parse::Parser, &str); 4] = [
        (parse::json, "{ \"a\": {\n"),
        (parse::json, "{ \"a\":\u{9b}"),
        (parse::yaml, "a: b\nc: d: e\n"),
        (parse::yaml, "a: \"b\n"),
    ];
    for (parse, text) in broken {
        let source = Source::new("a", text);
        let error = parse(&source).unwrap_err();
        let span = error.labels[0].span.clone();
        assert!(source.text.get(span).is_some(), "{error:#?}");
    }
}

#[test]
fn what_cannot_be_parsed_is_shown_where_it_breaks() {
    let project = Project::new()
        .file("a.json", "{\n  \"v4\": { \"start\": 2015 08 }\n}\n")
        .file("empty.json", "")
        .file("a.yaml", "schedules:\n  - release: \"1.30\n")
        .file("a.toml", "[metadata.\"3.14\"]\nstatus = bugfix\n")
        .file("latin.json", b"{ \"v4\": \"\xe9\" }");
    let said = [
        project.run("import node a.json").stderr(1),
        project.run("import endoflife empty.json").stderr(1),
        project.run("import kubernetes a.yaml").stderr(1),
        project.run("import python a.toml").stderr(1),
        project.run("import dotnet latin.json").stderr(1),
    ];
    assert_data_eq!(
        said.concat(),
        str![[r#"
error[syntax]: this is no JSON: expected `,` or `}`
 --> a.json:2:25
  |
2 |   "v4": { "start": 2015 08 }
  |                         ^
error[syntax]: this is no JSON: it ends too early
 --> empty.json:1:1
  |
1 |
  | ^
error[syntax]: this is no YAML: invalid indentation in multiline quoted scalar
 --> a.yaml:3:1
  |
3 |
  | ^
error[syntax]: string values must be quoted, expected literal string
 --> a.toml:2:10
  |
2 | status = bugfix
  |          ^^^^^^
error[not-utf-8]: `latin.json` is not UTF-8: byte 9 is no part of a character

"#]]
    );
    project.run("import node gone.json").fails(
        3,
        str![[r#"
error: there is no `gone.json`

"#]],
    );
}

#[test]
fn what_lies_too_deep_is_refused() {
    let deep = |open: &str, close: &str, depth: usize| {
        format!("{{ \"a\": {}{} }}", open.repeat(depth), close.repeat(depth))
    };
    let toml = |depth: usize| format!("a = {}{}\n", "[".repeat(depth), "]".repeat(depth));
    let yaml = |depth: usize| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    for depth in [40, 200, 400_000] {
        let json = Source::new("a.json", deep("[", "]", depth));
        assert_eq!(parse::json(&json).unwrap_err().code, "syntax");
        let json = Source::new("a.json", deep("{\"a\":", "1}", depth));
        assert!(parse::json(&json).is_err());
        assert!(parse::toml(&Source::new("a.toml", toml(depth))).is_err());
        assert!(parse::yaml(&Source::new("a.yaml", yaml(depth))).is_err());
    }
    assert!(parse::json(&Source::new("a.json", deep("[", "]", 20))).is_ok());
    assert!(parse::toml(&Source::new("a.toml", toml(20))).is_ok());
    assert!(parse::yaml(&Source::new("a.yaml", yaml(20))).is_ok());
}

#[test]
fn a_file_of_more_than_8_mib_is_not_read() {
    let project = Project::new().file("a.json", " ".repeat(8 * 1024 * 1024 + 1));
    project.run("import node a.json").fails(
        1,
        str![[r#"
error[file-size]: `a.json` is larger than the limit of 8 MiB
 |
help: make it shorter, or part it: nobody reads or writes so much by hand

"#]],
    );
}

#[test]
fn aliases_do_not_make_a_small_file_large() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let items = vec![format!("*a{}", n - 1); 9].join(", ");
        let _ = writeln!(text, "a{n}: &a{n} [{items}]");
    }
    let error = parse::yaml(&Source::new("a.yaml", text)).unwrap_err();
    assert_eq!(error.code, "syntax");
}

#[test]
fn more_trains_than_a_schedule_has_are_an_error() {
    let mut text = String::from("[");
    for n in 0..20_000 {
        let _ = write!(
            text,
            "{{\"cycle\": \"{n}\", \"releaseDate\": \"x{n}\", \"eol\": false}},"
        );
    }
    text.pop();
    let project = Project::new().file("a.json", text + "]");
    let said = project.run("import endoflife a.json").stderr(1);
    assert!(
        said.starts_with("error[too-many]: 20000 trains are more than the limit of 5000"),
        "{said}"
    );
}

/// Numbers of JSON and YAML are names here: 1.30 is not 1.3.
#[test]
fn a_version_is_what_was_written() {
    let yaml = "schedules:\n- release: 1.30\n  releaseDate: 2024-04-17\n  endOfLifeDate: TBD\n";
    let document = parse::yaml(&Source::new("a.yaml", yaml)).unwrap();
    let imported = import::kubernetes::schedule(&[document], &label("Kubernetes")).unwrap();
    let names = |imported: &import::Imported| -> Vec<_> {
        let trains = imported.draft.trains.iter();
        trains.map(|train| train.version.to_string()).collect()
    };
    assert_eq!(names(&imported), ["1.30"]);
    let row = read(imported).row_of(&"1.30".parse().unwrap(), day("2030-01-01"));
    assert!(row.unwrap().is_supported(), "no end is known");
    let list = "[{\"cycle\": 1.30, \"eol\": false}, {\"cycle\": 1.3, \"eol\": true}]";
    let document = parse::json(&Source::new("a.json", list)).unwrap();
    let imported = import::endoflife::schedule(&document, &label("A")).unwrap();
    assert_eq!(names(&imported), ["1.3", "1.30"]);
}

/// All places of a value that lie in it.
fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    found.push(place.to_owned());
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                places(
                    value,
                    &format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                places(value, &format!("{place}/{n}"), found);
            }
        }
        _ => {}
    }
}

/// A file in which some values are something else: odd ones, or others of it.
fn changed(value: Value) -> impl Strategy<Value = Value> {
    const ODD: [&str; 14] = [
        "null",
        "true",
        "\"\"",
        "\" \"",
        "\"2030-02-30\"",
        "\"2030-10\"",
        "0.1",
        "[]",
        "{}",
        "[[1]]",
        "\"1969-01-01\"",
        "\"9999-12-31\"",
        "\"2010-01-01\"",
        "\"a\\u0000b\"",
    ];
    let mut all = Vec::new();
    places(&value, "", &mut all);
    let odd = prop::sample::select(ODD.to_vec());
    let odd = odd.prop_map(|odd| Err(serde_json::from_str::<Value>(odd).unwrap()));
    let new = prop_oneof![odd, any::<Index>().prop_map(Ok)];
    prop::collection::vec((any::<Index>(), new), 1..8).prop_map(move |changes| {
        let mut changed = value.clone();
        for (place, new) in changes {
            let new = match new {
                Ok(other) => value.pointer(other.get::<String>(&all)).unwrap().clone(),
                Err(odd) => odd,
            };
            if let Some(place) = changed.pointer_mut(place.get::<String>(&all)) {
                *place = new;
            }
        }
        changed
    })
}

fn value(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&text(path)).unwrap()
}

type Import = fn(&Document) -> Result<Imported, ReadError>;

/// It is refused, or what is made of it can be read.
#[track_caller]
fn survives(value: &Value, import: Import) {
    let source = Source::new("a.json", value.to_string());
    let Ok(document) = parse::json(&source) else {
        return;
    };
    if let Ok(imported) = import(&document) {
        read(imported);
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_changed_file_of_node_is_read_or_refused(value in changed(value("node-schedule.json"))) {
        survives(&value, |document| import::node::schedule(document, &label("A")));
    }

    #[test]
    fn a_changed_file_of_dotnet_is_read_or_refused(value in changed(value("dotnet-releases-index.json"))) {
        survives(&value, |document| import::dotnet::schedule(document, &label("A")));
    }

    #[test]
    fn a_changed_product_is_read_or_refused(value in changed(value("endoflife/ubuntu.json"))) {
        survives(&value, |document| import::endoflife::schedule(document, &label("A")));
    }

    #[test]
    fn changed_files_of_python_are_read_or_refused(
        full in changed(value("python-releases.json")),
        short in changed(value("python-release-cycle.json")),
    ) {
        let import: Import = |document| {
            let short = super::json("python-release-cycle.json");
            import::python::schedule(&[document.clone(), short], &label("A"))
        };
        survives(&full, import);
        survives(&short, |document| import::python::schedule(std::slice::from_ref(document), &label("A")));
    }

    #[test]
    fn changed_files_of_kubernetes_are_read_or_refused(
        schedule in changed(yaml("kubernetes-schedule.yaml")),
        ended in changed(yaml("kubernetes-eol.yaml")),
    ) {
        let import: Import = |document| {
            let all = [document.clone(), document.clone()];
            import::kubernetes::schedule(&all, &label("A"))
        };
        survives(&schedule, import);
        survives(&ended, import);
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,200}") {
        let source = Source::new("a", &text);
        let _ = parse::json(&source);
        let _ = parse::toml(&source);
        let _ = parse::yaml(&source);
    }
}
