//! The file of a product in endoflife.date's repository: made, and kept up.

use std::collections::BTreeMap;
use std::fs;

use jsonschema::Validator;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};
use trainboard::views::feeds::endoflife;

use crate::import;
use crate::project::Project;
use crate::schedules::{WASMTIME, day};

const THEIRS: &str = include_str!("../data/endoflife-product-kubernetes.md");
const AS_OF: &str = "2026-08-22";

/// The schema of such a file. It calls databases `db`, which the build of the site
/// refuses, as does every database there: `database` is added.
fn schema() -> Validator {
    let text = include_str!("../data/endoflife-product-schema.json");
    let mut schema: Value = serde_json::from_str(text).unwrap();
    let categories = &mut schema["properties"]["category"]["enum"];
    categories.as_array_mut().unwrap().push(json!("database"));
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7);
    let options = options.should_validate_formats(true);
    options.build(&schema).unwrap()
}

fn front_matter(page: &str) -> Value {
    let (front, _) = page
        .strip_prefix("---\n")
        .unwrap()
        .split_once("\n---\n")
        .unwrap();
    serde_saphyr::from_str(front).unwrap()
}

#[track_caller]
fn fits(page: &str) {
    let front = front_matter(page);
    let errors: Vec<_> = schema()
        .iter_errors(&front)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?} in {page}");
}

/// What the build of the site asks of releases, beyond its schema.
#[track_caller]
fn is_built(page: &str) {
    let front = front_matter(page);
    let releases = front["releases"].as_array().unwrap();
    let days: Vec<_> = releases
        .iter()
        .map(|one| one["releaseDate"].as_str().unwrap())
        .collect();
    assert!(days.is_sorted_by(|newer, older| newer >= older), "{page}");
    for release in releases {
        let ends = ["releaseDate", "eoas", "eol", "eoes"].map(|key| release[key].as_str());
        let ends: Vec<_> = ends.into_iter().flatten().collect();
        assert!(ends.is_sorted(), "{release}");
        let has = |key: &str| !release[key].is_null();
        assert_eq!(has("latest"), front["latestColumn"].is_null(), "{release}");
        assert_eq!(has("eoas"), !front["eoasColumn"].is_null(), "{release}");
        assert!(has("eol"), "{release}");
    }
}

fn examples() -> BTreeMap<String, String> {
    let files = fs::read_dir("examples")
        .unwrap()
        .map(|file| file.unwrap().path());
    let examples = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let named = examples.map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    named.collect()
}

#[test]
fn every_example_makes_a_page_that_fits_the_schema_of_the_site() {
    for (name, text) in examples() {
        let project = Project::with_schedule(&text);
        for date in ["2026-08-22", "2026-11-20", "2027-06-01"] {
            let render = format!("render endoflife --category database --date {date}");
            let page = project.run(&render).ends();
            assert!(page.contains("\n  - releaseCycle: \""), "{name}: {page}");
            fits(&page);
            is_built(&page);
        }
    }
}

#[test]
fn the_schema_refuses_what_the_site_could_not_read() {
    let page = Project::with_schedule(WASMTIME)
        .run("render endoflife --category app --date 2026-11-20")
        .succeeds();
    let front = front_matter(&page);
    for (pointer, wrong) in [
        ("/category", json!("lamp")),
        ("/permalink", json!("wasmtime")),
        ("/releases/0/releaseCycle", json!(48)),
        ("/releases/0/eol", json!("2026-02")),
        ("/releases/0/releaseDate", json!(true)),
    ] {
        let mut front = front.clone();
        *front.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema().is_valid(&front), "{pointer}");
    }
}

/// What the API says of each cycle: its release, and the last day of support, or
/// whether it is over.
fn told(source: &Value) -> BTreeMap<String, [Value; 2]> {
    let releases = source["result"]["releases"].as_array().unwrap().iter();
    let told = releases.map(|release| {
        let name = release["name"].as_str().unwrap().to_owned();
        let end = match &release["eolFrom"] {
            Value::Null => &release["isEol"],
            day => day,
        };
        (name, [release["releaseDate"].clone(), end.clone()])
    });
    told.collect()
}

/// From the API through a schedule to the file: the same days.
#[test]
fn a_product_that_is_imported_has_the_days_that_it_had() {
    let (mut same, mut other) = (0, Vec::new());
    for (name, schedule) in import::schedules::of_products() {
        let Ok(text) = fs::read_to_string(format!("tests/data/endoflife/{name}.json")) else {
            continue;
        };
        let source: Value = serde_json::from_str(&text).unwrap();
        let board = schedule.all_at(day(AS_OF)).unwrap();
        let cycles = endoflife::cycles(&board).unwrap();
        let page = endoflife::page(&board, "os", &cycles.list);
        fits(&page);
        is_built(&page);
        let told = told(&source);
        for release in front_matter(&page)["releases"].as_array().unwrap() {
            let cycle = release["releaseCycle"].as_str().unwrap();
            let ours = [release["releaseDate"].clone(), release["eol"].clone()];
            match told.get(cycle) {
                Some(theirs) if *theirs == ours => same += 1,
                theirs => other.push(format!("{name} {cycle}: {ours:?} {theirs:?}")),
            }
        }
    }
    assert!(other.is_empty(), "{other:#?}");
    assert!(same > 500, "{same}");
}

fn kept_up(schedule: &str, date: &str) -> (String, String) {
    let project = Project::with_schedule(schedule).file("products/kubernetes.md", THEIRS);
    let render = "render endoflife --from products/kubernetes.md -o products/kubernetes.md";
    let said = project.run(&format!("{render} --date {date}")).says();
    (project.read("products/kubernetes.md"), said)
}

#[test]
fn a_file_that_is_true_stays_byte_for_byte() {
    let (page, said) = kept_up(&examples()["kubernetes"], AS_OF);
    assert_eq!(page, THEIRS);
    assert_data_eq!(
        said,
        str![[r#"
not in the schedule, and left as it is: `1.32`, `1.31`, `1.30`, `1.29`, `1.28` and 12 more
products/kubernetes.md is up to date

"#]]
    );
}

const CHANGED: &str = r#"
[project]
name = "Kubernetes"
end-day = "unsupported"
[[train]]
version = "1.34"
released = 2025-08-27
phases = [{ name = "Standard" }, { name = "Maintenance", level = "maintenance", from = 2026-08-28 }]
end = "2026-10"
[[train]]
version = "1.35"
released = 2025-12-18
phases = [{ name = "Standard" }, { name = "Maintenance", level = "maintenance", from = 2026-12-29 }]
[[train]]
version = "1.36"
released = 2026-04-22
phases = [{ name = "Standard" }, { name = "Maintenance", level = "maintenance", from = 2027-04-29 }]
end = 2027-06-29
[[train]]
version = "1.37"
name = "Say \"hello\""
released = 2026-08-26
[[train]]
version = "1.38"
release = 2026-12-09
[[release]]
version = "1.35.9"
date = 2026-09-10
[[release]]
version = "1.36.3"
date = 2026-07-14
"#;

/// What differs: a day of release, an end that is not announced, a later release, and
/// a cycle that is new. A month holds the day that is there, an older release is not
/// news, and what is planned is not out.
#[test]
fn a_file_is_kept_up_where_the_schedule_says_something_else() {
    let (page, said) = kept_up(CHANGED, "2026-09-20");
    let difference = similar::TextDiff::from_lines(THEIRS, &page);
    let difference = difference.unified_diff().context_radius(1).to_string();
    assert_data_eq!(
        difference,
        str![[r#"
@@ -27,2 +27,8 @@
 releases:
+  - releaseCycle: "1.37"
+    codename: "Say /"hello/""
+    releaseDate: 2026-08-26
+    eoas: false
+    eol: false
+
   - releaseCycle: "1.36"
@@ -35,7 +41,7 @@
   - releaseCycle: "1.35"
-    releaseDate: 2025-12-17
+    releaseDate: 2025-12-18
     eoas: 2026-12-28
-    eol: 2027-02-28
-    latest: "1.35.8"
-    latestReleaseDate: 2026-08-20
+    eol: false
+    latest: "1.35.9"
+    latestReleaseDate: 2026-09-10
 

"#]]
    );
    assert_data_eq!(
        said,
        str![[r#"
`1.37` is new, and lacks `latest`: write it there
not in the schedule, and left as it is: `1.33`, `1.32`, `1.31`, `1.30`, `1.29` and 13 more
wrote products/kubernetes.md

"#]]
    );
    fits(&page);
}

#[test]
fn a_file_that_is_no_product_is_told() {
    let project = Project::with_schedule(WASMTIME)
        .file("a.md", "# Kubernetes\n")
        .file("b.md", "---\nreleases:\n  - { releaseCycle: \"1\" }\n---\n");
    let run = |path: &str| project.run(&format!("render endoflife --from {path}"));
    assert_data_eq!(
        run("a.md").stderr(1),
        str![[r#"
error[other-format]: `a.md` is no product of endoflife.date: it has no list `releases`
 |
help: give a file of the folder `products` of https://github.com/endoflife-date/endoflife.date, or no `--from` for a new one

"#]]
    );
    assert_data_eq!(
        run("b.md").stderr(1),
        str![[r#"
error[other-format]: this release is not written as endoflife.date writes them
 --> b.md:3:5
  |
3 |   - { releaseCycle: "1" }
  |     ^ here
  |
help: begin each with a line `- releaseCycle: "1.2"`, and give each key its line

"#]]
    );
}

#[test]
fn a_new_page_needs_a_category_of_the_site() {
    let project = Project::with_schedule(WASMTIME);
    let said = project.run("render endoflife").stderr(2);
    assert_data_eq!(
        said,
        str![[r#"
error: `render endoflife` needs `--from`, the file of the product, or for a new one `--category`: one of app, database, device, framework, lang, os, server-app, service, standard

"#]]
    );
    let said = project.run("render table --category app").stderr(2);
    assert_data_eq!(
        said,
        str![[r#"
error: `render table` has no use for `--category`

"#]]
    );
    let text = WASMTIME.replace("[project]", "[project]\ncategory = \"Frameworks\"");
    let page = Project::with_schedule(&text)
        .run("render endoflife")
        .succeeds();
    assert!(page.contains("\ncategory: framework\n"), "{page}");
}
