//! What is written, word by word, and what is said of it.

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};
use trainboard::diagnostic::Source;
use trainboard::import::{self, parse};
use trainboard::input::schedule;
use trainboard::schedule::{Draft, Level};

use super::{AS_OF, Support, boundaries, label, product, products, read_trusting, text};
use crate::project::Project;
use crate::schedules::day;

/// A project with a copy of some files of data.
fn with(files: &[&str]) -> Project {
    let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    files.iter().fold(Project::new(), |project, path| {
        project.file(&name(path), text(path))
    })
}

/// What is written of a file, and what is said.
fn written(command: &str, name: &str, text: &str) -> (String, String) {
    let project = Project::new().file(name, text);
    let run = || project.run(&format!("import {command} {name} --as-of {AS_OF}"));
    (run().succeeds(), run().says())
}

const PRODUCT: &str = r#"{
  "generated_at": "2026-08-22T00:00:00+00:00",
  "result": {
    "label": "Quality \"Linux\"",
    "labels": { "eoas": "Hardware & Maintenance", "eol": "Security Support", "eoes": "ESM" },
    "links": { "html": "https://endoflife.date/quality", "releasePolicy": null },
    "releases": [
      { "name": "12", "codename": null, "label": "12", "releaseDate": "2026-10-01",
        "isLts": false, "ltsFrom": "2027-04-01", "isEoas": false, "eoasFrom": "2028-10-01",
        "isEol": false, "eolFrom": "2029-10-01", "isEoes": false, "eoesFrom": null,
        "isMaintained": true, "latest": null },
      { "name": "11", "codename": "Jammy", "label": "11 'Jammy' (LTS)", "releaseDate": "2024-04-01",
        "isLts": true, "ltsFrom": null, "isEoas": true, "eoasFrom": "2026-04-01",
        "isEol": false, "eolFrom": "2027-04-01", "isEoes": false, "eoesFrom": "2030-04-01",
        "isMaintained": true,
        "latest": { "name": "11.2", "date": "2026-08-01", "link": "https://example.org/11.2" } },
      { "name": "10-sp1", "codename": null, "label": "10 Service Pack 1", "releaseDate": "2020-04-01",
        "isLts": false, "ltsFrom": null, "isEoas": true, "eoasFrom": null,
        "isEol": true, "eolFrom": "2022-04-01", "isEoes": null, "eoesFrom": null,
        "isMaintained": false,
        "latest": { "name": "10.9", "date": "2022-03-01", "link": null } },
      { "name": "9", "codename": null, "label": "9", "releaseDate": "2016-04-01",
        "isLts": false, "ltsFrom": null, "isEoas": true, "eoasFrom": null,
        "isEol": true, "eolFrom": null, "isEoes": null, "eoesFrom": null,
        "isMaintained": false, "latest": null, "custom": { "kernel": "4.4" } }
    ]
  }
}
"#;

#[test]
fn a_product_becomes_a_schedule_that_a_person_would_write() {
    let (schedule, said) = written("endoflife", "quality.json", PRODUCT);
    assert_data_eq!(
        schedule,
        str![[r##"
# Imported from quality.json, data of endoflife.date, as of 2026-08-22.
#
# See https://endoflife.date/quality
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of `10-sp1` nobody says when active support ended: the phase is left out
# - a schedule has no place for the product's own fields: `kernel`

[project]
name = "Quality /"Linux/""
end-day = "supported"

[[train]]
version = "9"
release = 2016-04-01
ended = true

[[train]]
version = "10-sp1"
name = "10 Service Pack 1"
release = 2020-04-01
phases = [{ name = "Security support", level = "maintenance" }]
end = 2022-04-01

[[train]]
version = "11"
name = "Jammy"
badge = "LTS"
release = 2024-04-01
phases = [
  { name = "Hardware & Maintenance", level = "lts" },
  { name = "Security support",       level = "maintenance", from = 2026-04-02 },
  { name = "ESM",                    level = "extended",    from = 2027-04-02 },
]
end = 2030-04-01

[[train]]
version = "12"
badge = "LTS"
release = 2026-10-01
phases = [
  { name = "Hardware & Maintenance" },
  { name = "Long-term support",      level = "lts",         from = 2027-04-01 },
  { name = "Security support",       level = "maintenance", from = 2028-10-02 },
  { name = "ESM",                    level = "extended",    from = 2029-10-02 },
]

[[release]]
version = "9"
date = 2016-04-01

[[release]]
version = "10-sp1"
date = 2020-04-01

[[release]]
version = "10.9"
date = 2022-03-01
train = "10-sp1"

[[release]]
version = "11"
date = 2024-04-01

[[release]]
version = "11.2"
date = 2026-08-01
link = "https://example.org/11.2"

"##]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[left-out]: a schedule has no place for the product's own fields: `kernel`
 --> quality.json:1:1
  |
1 | {
  | ^

warning[left-out]: of `10-sp1` nobody says when active support ended: the phase is left out
  --> quality.json:17:17
   |
17 |       { "name": "10-sp1", "codename": null, "label": "10 Service Pack 1", "releaseDate": "2020-04-01",
   |                 ^^^^^^^^

"#]]
    );
}

#[test]
fn the_places_of_versions_in_a_link_are_filled_in() {
    let link = "https://example.org/__RELEASE_CYCLE__/__LATEST__/";
    let text = format!(
        r#"{{ "generated_at": "2026-08-22T00:00:00+00:00", "result": {{ "label": "Gaps", "releases": [
  {{ "name": "2", "releaseDate": "2020-01-01", "isEol": false, "isMaintained": true,
    "latest": {{ "name": "2.1", "date": "2021-01-01", "link": "{link}" }} }} ] }} }}"#
    );
    let (schedule, said) = written("endoflife", "gaps.json", &text);
    assert_eq!(said, "");
    assert!(
        schedule.contains("link = \"https://example.org/2/2.1/\""),
        "{schedule}"
    );
}

#[test]
fn contradictions_are_told_and_what_is_supported_is_written() {
    let odd = r#"{ "generated_at": "2026-08-22T00:00:00+00:00", "result": { "label": "Odd", "releases": [
  { "name": "5", "releaseDate": "2026-01-01", "isEol": true, "eolFrom": "2020-01-01", "isMaintained": false },
  { "name": "4", "releaseDate": "2020-01-01", "isEoas": false, "eoasFrom": "2028-01-01",
    "isEol": true, "eolFrom": "2024-01-01", "isMaintained": true },
  { "name": "3", "releaseDate": "2020-01-01", "isEol": true, "eolFrom": "2024-01-01", "isMaintained": true },
  { "name": "2", "releaseDate": "2020-01-01", "isEol": false, "eolFrom": "2024-01-01", "isMaintained": false,
    "latest": { "name": "2.0", "date": "2021-01-01", "link": "javascript:alert(1)" } },
  { "name": "1.0", "releaseDate": "2019-01-01", "isEol": false, "isMaintained": false },
  { "name": "1", "releaseDate": "2018-01-01", "isEol": true, "isMaintained": false }
] } }
"#;
    let (schedule, said) = written("endoflife", "odd.json", odd);
    assert_data_eq!(
        schedule,
        str![[r##"
# Imported from odd.json, data of endoflife.date, as of 2026-08-22.
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of `1.0` support is not over, and it is said not to be maintained: the former is taken
# - of `2` security support is said not to be over, and its day says otherwise: the day is
#   taken
# - of `2` the release is on 2020-01-01, and the latest, which is that, on 2021-01-01: the
#   first is taken
# - of `3` each end is over, and it is said to be maintained: extended support is written,
#   without an end
# - of `4` active support ends after security support: both days are taken
# - of `5` security support ends before the release: it is taken to be none

[project]
name = "Odd"
end-day = "supported"

[[train]]
version = "1"
release = 2018-01-01
ended = true

[[train]]
version = "1.0"
release = 2019-01-01

[[train]]
version = "2"
release = 2020-01-01
end = 2024-01-01

[[train]]
version = "3"
release = 2020-01-01
phases = [
  { name = "Security support" },
  { name = "Extended support", level = "extended", from = 2024-01-02 },
]

[[train]]
version = "4"
release = 2020-01-01
phases = [
  { name = "Security support", level = "maintenance" },
  { name = "Active support",   level = "extended",    from = 2024-01-02 },
]
end = 2028-01-01

[[train]]
version = "5"
release = 2026-01-01
ended = true

[[release]]
version = "1"
date = 2018-01-01

[[release]]
version = "1.0"
date = 2019-01-01

[[release]]
version = "2.0"
date = 2020-01-01

[[release]]
version = "3"
date = 2020-01-01

[[release]]
version = "4"
date = 2020-01-01

[[release]]
version = "5"
date = 2026-01-01

"##]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[contradiction]: of `5` security support ends before the release: it is taken to be none
 --> odd.json:2:13
  |
2 |   { "name": "5", "releaseDate": "2026-01-01", "isEol": true, "eolFrom": "2020-01-01", "isMaintained": false },
  |             ^^^

warning[contradiction]: of `4` active support ends after security support: both days are taken
 --> odd.json:3:13
  |
3 |   { "name": "4", "releaseDate": "2020-01-01", "isEoas": false, "eoasFrom": "2028-01-01",
  |             ^^^

warning[contradiction]: of `3` each end is over, and it is said to be maintained: extended support is written, without an end
 --> odd.json:5:13
  |
5 |   { "name": "3", "releaseDate": "2020-01-01", "isEol": true, "eolFrom": "2024-01-01", "isMaintained": true },
  |             ^^^

warning[contradiction]: of `2` security support is said not to be over, and its day says otherwise: the day is taken
 --> odd.json:6:13
  |
6 |   { "name": "2", "releaseDate": "2020-01-01", "isEol": false, "eolFrom": "2024-01-01", "isMaintained": false,
  |             ^^^

warning[contradiction]: of `2` the release is on 2020-01-01, and the latest, which is that, on 2021-01-01: the first is taken
 --> odd.json:6:13
  |
6 |   { "name": "2", "releaseDate": "2020-01-01", "isEol": false, "eolFrom": "2024-01-01", "isMaintained": false,
  |             ^^^

warning[contradiction]: of `1.0` support is not over, and it is said not to be maintained: the former is taken
 --> odd.json:8:13
  |
8 |   { "name": "1.0", "releaseDate": "2019-01-01", "isEol": false, "isMaintained": false },
  |             ^^^^^

"#]]
    );
}

#[test]
fn long_term_support_begins_on_its_day() {
    let imported = product("nodejs").unwrap();
    let phases = |draft: &Draft, version: &str| -> Vec<_> {
        let train = draft
            .trains
            .iter()
            .find(|train| train.version.as_str() == version);
        let phases = train.unwrap().phases.iter();
        phases
            .map(|phase| (phase.name.to_string(), phase.level, phase.from))
            .collect()
    };
    assert_eq!(
        phases(&imported.draft, "24"),
        [
            ("Active support".to_owned(), Level::Current, None),
            (
                "Long-term support".to_owned(),
                Level::Lts,
                Some(day("2025-10-28").into())
            ),
            (
                "Security support".to_owned(),
                Level::Maintenance,
                Some(day("2026-10-21").into())
            ),
        ]
    );
}

/// The older list of a product.
fn older(product: &Value) -> Value {
    let releases = product["result"]["releases"].as_array().unwrap();
    let cycle = |release: &Value| {
        let mut cycle = json!({ "cycle": release["name"], "releaseDate": release["releaseDate"] });
        let columns = [
            ("eol", "isEol", "eolFrom", true),
            ("support", "isEoas", "eoasFrom", false),
            ("extendedSupport", "isEoes", "eoesFrom", false),
            ("discontinued", "isDiscontinued", "discontinuedFrom", true),
        ];
        for (key, flag, from, over) in columns {
            if let Some(is_over) = release[flag].as_bool() {
                let day = Some(release[from].clone()).filter(|day| !day.is_null());
                cycle[key] = day.unwrap_or(json!(is_over == over));
            }
        }
        cycle
    };
    releases.iter().map(cycle).collect()
}

#[test]
fn the_older_list_of_a_product_says_the_same() {
    for name in products() {
        let new = read_trusting(product(&name).unwrap());
        let document = serde_json::from_str(&text(&format!("endoflife/{name}.json"))).unwrap();
        let older = older(&document);
        let days = boundaries(&older);
        let source = Source::new("a.json", older.to_string());
        let document = parse::json(&source).unwrap();
        let old = read_trusting(import::endoflife::schedule(&document, &label("A")).unwrap());
        for cycle in older.as_array().unwrap() {
            let version = cycle["cycle"].as_str().unwrap().parse().unwrap();
            let [new, old] = [&new, &old].map(|one| one.train_of(&version).unwrap());
            for on in &days {
                let [new, old] = [&new, &old].map(|train| Support::of(train, *on));
                assert_eq!(new, old, "{name} {version} {on}");
            }
        }
    }
}

#[test]
fn an_older_list_is_called_like_its_file() {
    let list = r#"[{ "cycle": "8", "releaseDate": "2024-01-10", "eol": false, "support": true,
  "lts": "2024-06-01", "latest": "8.2", "latestReleaseDate": "2024-09-01", "link": "https://example.org/" }]"#;
    let (schedule, said) = written("endoflife", "tool.json", list);
    assert_data_eq!(
        schedule.clone(),
        str![[r##"
# Imported from tool.json, data of endoflife.date.

[project]
name = "tool"
end-day = "supported"

[[train]]
version = "8"
badge = "LTS"
release = 2024-01-10
phases = [
  { name = "Active support" },
  { name = "Long-term support", level = "lts", from = 2024-06-01 },
]

[[release]]
version = "8"
date = 2024-01-10

[[release]]
version = "8.2"
date = 2024-09-01
link = "https://example.org/"

"##]]
    );
    assert_data_eq!(said, str![]);
    let project = Project::new().file("tool.json", list);
    let named = project
        .run("import endoflife tool.json --name Tool")
        .succeeds();
    assert_eq!(
        named,
        schedule.replace("name = \"tool\"", "name = \"Tool\"")
    );
}

#[test]
fn the_files_of_python_are_held_against_each_other() {
    let project = with(&["python-release-cycle.json", "python-releases.json"]);
    let said = project
        .run("import python python-release-cycle.json python-releases.json")
        .says();
    assert_data_eq!(
        said,
        str![[r#"
warning[left-out]: of 26 trains a schedule has no place for the release manager: `1.6`, `2.0`, `2.1`, `2.2`, `2.3` and 21 more
 --> python-releases.json:3:5
  |
3 |     "1.6": {
  |     ^^^^^^^^ the first

warning[contradiction]: of `2.3` the first release is on 2003-06-29, and in the list of releases on 2003-07-29: the latter, which is a record, is taken
   --> python-releases.json:567:17
    |
567 |         "date": "2003-07-29",
    |                 ^^^^^^^^^^^^

warning[left-out]: of 4 trains releases are expected, and only what is out can be recorded: `3.13`, `3.14`, `3.15` and `3.16`
    --> python-releases.json:3885:17
     |
3885 |         "date": "2026-10-06",
     |                 ^^^^^^^^^^^^ the first

warning[contradiction]: of `3.16` the first release is on 2027-10-06, and in the list of releases on 2027-10-05: the former is taken
    --> python-releases.json:4245:17
     |
4245 |         "date": "2027-10-05",
     |                 ^^^^^^^^^^^^

"#]]
    );
    let schedule = project.run("import python python-releases.json").succeeds();
    let newest = schedule.split("[[train]]").last().unwrap();
    assert_data_eq!(
        newest.split("[[release]]").next().unwrap().to_owned(),
        str![[r#"

version = "3.16"
release = 2027-10-06
phases = [
  { name = "Feature",    level = "pre",         from = 2026-05-07 },
  { name = "Prerelease", level = "pre",         from = 2027-05-04 },
  { name = "Bugfix" },
  { name = "Security",   level = "maintenance", from = 2029-10-07 },
]
end = "2032-10"
link = "https://peps.python.org/pep-0826/"


"#]]
    );
    let project = project.file("a.json", r#"{ "3.14": { "status": "bugfix", "first_release": "2025-10-08", "end_of_life": "2031-10" } }"#);
    let said = project
        .run("import python python-releases.json a.json")
        .says();
    let differing: Vec<_> = said
        .lines()
        .filter(|line| line.contains("file and"))
        .collect();
    assert_data_eq!(
        differing.join("\n"),
        str![[r#"
warning[contradiction]: of `3.14` `first_release` is `2025-10-07` in one file and `2025-10-08` in the other: the first is taken
warning[contradiction]: of `3.14` `end_of_life` is `2030-10-01` in one file and `2031-10` in the other: the first is taken
"#]]
    );
}

#[test]
fn one_file_of_python_says_what_it_knows() {
    let cycle = r#"{
  "3.16": { "branch": "main", "pep": 826, "status": "feature", "first_release": "2027-10-06", "end_of_life": "2032-10" },
  "3.12": { "branch": "3.12", "pep": 693, "status": "security", "first_release": "2023-10-02", "end_of_life": "2028-10" },
  "2.7": { "branch": "2.7", "pep": 373, "status": "end-of-life", "first_release": "2010-07-03", "end_of_life": "2020-01-01" }
}"#;
    let (schedule, said) = written("python", "release-cycle.json", cycle);
    assert_data_eq!(
        schedule,
        str![[r##"
# Imported from release-cycle.json, release data of github.com/python/peps.
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of 2 trains the file does not say when bug fixes end: no phase is written: `3.12` and
#   `3.16`
# - of `3.16` the phases before the release have no days: they are left out

[project]
name = "Python"
branch-label = "{version}"
end-day = "supported"

[[train]]
version = "2.7"
released = 2010-07-03
end = 2020-01-01
link = "https://peps.python.org/pep-0373/"

[[train]]
version = "3.12"
released = 2023-10-02
end = "2028-10"
link = "https://peps.python.org/pep-0693/"

[[train]]
version = "3.16"
release = 2027-10-06
end = "2032-10"
link = "https://peps.python.org/pep-0826/"

"##]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[left-out]: of `3.16` the phases before the release have no days: they are left out
 --> release-cycle.json:2:11
  |
2 |   "3.16": { "branch": "main", "pep": 826, "status": "feature", "first_release": "2027-10-06", "end_of_life": "2032-10" },
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

warning[left-out]: of 2 trains the file does not say when bug fixes end: no phase is written: `3.12` and `3.16`
 --> release-cycle.json:3:11
  |
3 |   "3.12": { "branch": "3.12", "pep": 693, "status": "security", "first_release": "2023-10-02", "end_of_life": "2028-10" },
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the first

"#]]
    );
}

/// The file says of a phase only that it holds now.
#[test]
fn a_file_of_python_without_the_end_of_bug_fixes_tells_no_phase_of_a_train_that_is_out() {
    let cycle = super::json("python-release-cycle.json");
    let schedule = read_trusting(import::python::schedule(&[cycle], &label("Python")).unwrap());
    for on in ["2022-01-01", AS_OF, "2028-01-01"] {
        for row in schedule.all_at(day(on)).unwrap().trains() {
            let phase = row.phase().map(|phase| (&*phase.name, phase.level));
            let supported = row.is_supported().then_some(("Supported", Level::Current));
            assert_eq!(phase, supported, "{on} {}", row.train().label);
        }
    }
}

#[test]
fn a_month_stays_a_month_wherever_it_stands() {
    let months = [
        (
            "node",
            r#"{ "v30": { "alpha": "2029-01", "start": "2029-04", "lts": "2029-10", "maintenance": "2030-10", "end": "2032-04" } }"#,
        ),
        (
            "python",
            r#"{ "metadata": { "3.17": { "status": "feature", "start_of_development": "2027-05", "feature_freeze": "2028-05",
  "first_release": "2028-10", "end_of_bugfix": "2030-10", "end_of_life": "2033-10" } },
  "releases": { "3.17": [{ "stage": "3.17.0 final", "state": "expected", "date": "2028-10-04" }] } }"#,
        ),
        (
            "kubernetes",
            "schedules:\n- release: 1.40\n  releaseDate: 2027-08\n  maintenanceModeStartDate: 2028-08\n  endOfLifeDate: 2028-10\n",
        ),
    ];
    let written = months.map(|(importer, text)| {
        let (schedule, _) = written(importer, "a.json", text);
        let (_, trains) = schedule.split_once("[[train]]\n").unwrap();
        format!("{importer}\n{trains}")
    });
    assert_data_eq!(
        written.join("\n"),
        str![[r#"
node
version = "v30"
badge = "LTS"
release = "2029-04"
phases = [
  { name = "Alpha",       level = "pre",         from = "2029-01" },
  { name = "Current" },
  { name = "Active LTS",  level = "lts",         from = "2029-10" },
  { name = "Maintenance", level = "maintenance", from = "2030-10" },
]
end = "2032-04"

python
version = "3.17"
release = 2028-10-04
phases = [
  { name = "Feature",    level = "pre",         from = "2027-05" },
  { name = "Prerelease", level = "pre",         from = "2028-05" },
  { name = "Bugfix" },
  { name = "Security",   level = "maintenance", from = "2030-10" },
]
end = "2033-10"

kubernetes
version = "1.40"
release = "2027-08"
phases = [
  { name = "Standard support" },
  { name = "Maintenance",      level = "maintenance", from = "2028-08" },
]
end = "2028-10"

"#]]
    );
}

/// A phase takes the place of one that begins on the same day, and none begins
/// before the one that it follows: a month has come when it is over.
#[test]
fn months_and_days_are_in_order_of_when_they_have_come() {
    let told = |maintenance: &str| {
        let text = format!(
            r#"{{ "v30": {{ "start": "2029-04", "lts": "2029-10", "maintenance": "{maintenance}", "end": "2032-04" }} }}"#
        );
        let document = parse::json(&Source::new("a.json", text)).unwrap();
        let imported = import::node::schedule(&document, &label("Node.js")).unwrap();
        let phases = imported.draft.trains[0].phases.iter();
        let phases: Vec<_> = phases.map(|phase| phase.name.to_string()).collect();
        let reports = imported.reports.len();
        read_trusting(imported);
        (phases.join(", "), reports)
    };
    assert_eq!(
        told("2029-11-02"),
        ("Current, Active LTS, Maintenance".to_owned(), 0)
    );
    assert_eq!(told("2029-11-01"), ("Current, Maintenance".to_owned(), 0));
    assert_eq!(told("2029-10-31"), ("Current, Active LTS".to_owned(), 1));
    assert_eq!(told("2029-09"), ("Current, Active LTS".to_owned(), 1));
}

#[test]
fn an_older_copy_of_kubernetes_has_numbers_and_unknown_days() {
    let yaml = "schedules:
- release: 1.31
  releaseDate: 2024-08-13
  maintenanceModeStartDate: 2025-08-28
  endOfLifeDate: 2025-10-28
  previousPatches:
  - release: 1.31.1
    cherryPickDeadline: 2024-09-06
    targetDate: 2024-09-11
    note: >-
      Out of [band](https://example.org/a).
  - release: 1.31.2
    targetDate: TBD
- release: 1.30
  releaseDate: 2024-04-17
  next: N/A
  endOfLifeDate: 2025-06
";
    let eol = "branches:
- release: \"1.31\"
  endOfLifeDate: \"2025-11-11\"
  finalPatchRelease: \"1.31.14\"
- release: \"1.2\"
  finalPatchRelease: \"1.2.7\"
  endOfLifeDate: \"2016-10-23\"
  note: the last of its kind
";
    let project = Project::new()
        .file("schedule.yaml", yaml)
        .file("eol.yaml", eol);
    let run = || {
        project.run(&format!(
            "import kubernetes eol.yaml schedule.yaml --as-of {AS_OF}"
        ))
    };
    assert_data_eq!(
        run().succeeds(),
        str![[r##"
# Imported from eol.yaml and schedule.yaml, data of github.com/kubernetes/website
# (CC-BY-4.0, The Kubernetes Authors).
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of `1.31` the end is `2025-10-28` in one place and `2025-11-11` in another: the first
#   is taken
# - of `1.2` the final patch has no day: it is left out
# - of `1.31` a schedule has no place for cherry-pick deadlines
# - of `1.31` a patch has no day or no name: it is left out

[project]
name = "Kubernetes"
end-day = "supported"

[project.links]
release = "https://github.com/kubernetes/kubernetes/releases/tag/v{version}"

[[train]]
version = "1.2"
released = true
end = 2016-10-23
note = "the last of its kind"

[[train]]
version = "1.30"
release = 2024-04-17
end = "2025-06"

[[train]]
version = "1.31"
release = 2024-08-13
phases = [
  { name = "Standard support" },
  { name = "Maintenance",      level = "maintenance", from = 2025-08-28 },
]
end = 2025-10-28

[[release]]
version = "1.30.0"
date = 2024-04-17

[[release]]
version = "1.31.0"
date = 2024-08-13

[[release]]
version = "1.31.1"
date = 2024-09-11
note = "Out of band (https://example.org/a)."

"##]]
    );
    assert_data_eq!(
        run().says(),
        str![[r#"
warning[left-out]: of `1.2` the final patch has no day: it is left out
 --> eol.yaml:5:12
  |
5 | - release: "1.2"
  |            ^^^^^

warning[contradiction]: of `1.31` the end is `2025-10-28` in one place and `2025-11-11` in another: the first is taken
 --> schedule.yaml:2:12
  |
2 | - release: 1.31
  |            ^^^^

warning[left-out]: of `1.31` a schedule has no place for cherry-pick deadlines
 --> schedule.yaml:2:12
  |
2 | - release: 1.31
  |            ^^^^

warning[left-out]: of `1.31` a patch has no day or no name: it is left out
  --> schedule.yaml:12:14
   |
12 |   - release: 1.31.2
   |              ^^^^^^

"#]]
    );
}

/// What a file says of days to come is no fact, though it stands beside facts.
#[test]
fn a_release_after_the_day_of_a_file_is_a_plan() {
    let yaml = "schedules:
- release: 1.31
  releaseDate: 2026-08-26
  endOfLifeDate: 2027-10-28
  previousPatches:
  - release: 1.31.1
    targetDate: 2026-09-09
- release: 1.30
  releaseDate: 2026-04-17
  endOfLifeDate: 2027-06-28
  previousPatches:
  - release: 1.30.1
    targetDate: 2026-08-22
";
    let (schedule, said) = written("kubernetes", "schedule.yaml", yaml);
    let (_, trains) = schedule.split_once("[[train]]\n").unwrap();
    assert_data_eq!(
        trains,
        str![[r#"
version = "1.30"
release = 2026-04-17
end = 2027-06-28

[[train]]
version = "1.31"
release = 2026-08-26
end = 2027-10-28

[[release]]
version = "1.30.0"
date = 2026-04-17

[[release]]
version = "1.30.1"
date = 2026-08-22

"#]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[left-out]: releases after 2026-08-22 are planned, and only what is out can be recorded: `1.31.1`

"#]]
    );
    let later = Project::new().file("schedule.yaml", yaml);
    let later = later.run("import kubernetes schedule.yaml --as-of 2026-09-09");
    let later = later.succeeds();
    assert!(
        later.contains("version = \"1.31.1\"\ndate = 2026-09-09\n"),
        "{later}"
    );
}

#[test]
fn a_train_of_dotnet_that_is_first_released_after_its_end_has_no_such_release() {
    let index = r#"{ "releases-index": [
  { "channel-version": "8.0", "latest-release": "8.0.0", "latest-release-date": "2025-11-10",
    "support-phase": "eol", "eol-date": "2025-11-10" },
  { "channel-version": "7.0", "latest-release": "7.0.0", "latest-release-date": "2025-11-11",
    "support-phase": "eol", "eol-date": "2025-11-10" },
  { "channel-version": "6.0", "latest-release": "6.0.0", "latest-release-date": "2025-12-01",
    "support-phase": "eol", "eol-date": "2025-11" }
] }"#;
    let (schedule, said) = written("dotnet", "releases-index.json", index);
    let (_, releases) = schedule.split_once("[[release]]").unwrap();
    assert_data_eq!(
        releases,
        str![[r#"

version = "8.0.0"
date = 2025-11-10

"#]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[contradiction]: of 2 trains the latest release, which is its first, comes after the end: it is left out: `6.0` and `7.0`
 --> releases-index.json:6:81
  |
6 |   { "channel-version": "6.0", "latest-release": "6.0.0", "latest-release-date": "2025-12-01",
  |                                                                                 ^^^^^^^^^^^^ the first

"#]]
    );
}

#[test]
fn dotnet_has_no_days_of_release() {
    let index = r#"{ "releases-index": [
  { "channel-version": "11.0", "latest-release": "11.0.0-preview.6", "latest-release-date": "2026-07-14",
    "support-phase": "preview", "release-type": "sts" },
  { "channel-version": "10.0", "latest-release": "10.0.10", "latest-release-date": "2026-07-14", "security": true,
    "support-phase": "active", "release-type": "lts", "eol-date": "2028-11-14",
    "releases.json": "https://example.org/10.0/releases.json" }
] }"#;
    let (schedule, said) = written("dotnet", "releases-index.json", index);
    assert_data_eq!(
        schedule,
        str![[r##"
# Imported from releases-index.json, the index of releases of github.com/dotnet/core.
#
# The index has no days of release, and says of a phase only that it holds now.
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of `11.0` phase `preview` has no day: it is left out

[project]
name = ".NET"
end-day = "supported"

[[train]]
version = "10.0"
channel = "LTS"
badge = "LTS"
released = true
phases = [{ name = "Active support", level = "lts" }]
end = 2028-11-14
link = "https://example.org/10.0/releases.json"

[[train]]
version = "11.0"
channel = "STS"

[[release]]
version = "10.0.10"
date = 2026-07-14
security = true

[[release]]
version = "11.0.0-preview.6"
date = 2026-07-14

"##]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[left-out]: of `11.0` phase `preview` has no day: it is left out
 --> releases-index.json:3:22
  |
3 |     "support-phase": "preview", "release-type": "sts" },
  |                      ^^^^^^^^^

"#]]
    );
}

#[test]
fn node_is_written_by_phase() {
    let json = r#"{
  "v26": { "start": "2026-05-05", "alpha": "2026-04-01", "lts": "2026-10-28", "maintenance": "2027-10-20", "end": "2029-04-30", "codename": "" },
  "v24": { "start": "2025-05-06", "lts": "2025-10-28", "maintenance": "2026-10-20", "end": "2028-04-30", "codename": "Krypton" },
  "v5": { "start": "2015-10-29", "lts": "2015-09-01", "maintenance": "2016-04-30", "end": "2016-06-30" }
}"#;
    let (schedule, said) = written("node", "schedule.json", json);
    assert_data_eq!(
        schedule,
        str![[r##"
# Imported from schedule.json, the schedule of github.com/nodejs/Release. The day of an
# end is the first without support.
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of `v5` phase `Active LTS` begins before what it follows: it is left out

[project]
name = "Node.js"

[project.links]
release = "https://github.com/nodejs/node/releases/tag/v{version}"

[[train]]
version = "v26"
badge = "LTS"
released = 2026-05-05
phases = [
  { name = "Alpha",       level = "pre",         from = 2026-04-01 },
  { name = "Current" },
  { name = "Active LTS",  level = "lts",         from = 2026-10-28 },
  { name = "Maintenance", level = "maintenance", from = 2027-10-20 },
]
end = 2029-04-30

[[train]]
version = "v24"
name = "Krypton"
badge = "LTS"
released = 2025-05-06
phases = [
  { name = "Current" },
  { name = "Active LTS",  level = "lts",         from = 2025-10-28 },
  { name = "Maintenance", level = "maintenance", from = 2026-10-20 },
]
end = 2028-04-30

[[train]]
version = "v5"
released = 2015-10-29
phases = [
  { name = "Current" },
  { name = "Maintenance", level = "maintenance", from = 2016-04-30 },
]
end = 2016-06-30

"##]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[contradiction]: of `v5` phase `Active LTS` begins before what it follows: it is left out
 --> schedule.json:4:9
  |
4 |   "v5": { "start": "2015-10-29", "lts": "2015-09-01", "maintenance": "2016-04-30", "end": "2016-06-30" }
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

"#]]
    );
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let project = with(&["node-schedule.json"]);
    let run = |more: &str| {
        project.run(&format!(
            "import node node-schedule.json -o schedules/node.toml{more}"
        ))
    };
    run("").fails(
        0,
        str![[r#"
wrote 27 trains to schedules/node.toml

"#]],
    );
    let written = project.read("schedules/node.toml");
    assert_eq!(
        written,
        project.run("import node node-schedule.json").succeeds()
    );
    run("").fails(
        0,
        str![[r#"
schedules/node.toml is up to date

"#]],
    );
    project.write("schedules/node.toml", "# mine\n");
    run("").fails(2, str![[r#"
error: `schedules/node.toml` is there and says something else: replace it with `--force`, or write to another file

"#]]);
    assert_eq!(project.read("schedules/node.toml"), "# mine\n");
    run(" --force").fails(
        0,
        str![[r#"
wrote 27 trains to schedules/node.toml

"#]],
    );
    assert_eq!(project.read("schedules/node.toml"), written);
    run(" --force").fails(
        0,
        str![[r#"
schedules/node.toml is up to date

"#]],
    );
    project.run("import node node-schedule.json --force").fails(
        2,
        str![[r#"
error: the following required arguments were not provided:
  --output <FILE>

Usage: trainboard import node --output <FILE> --force <FILE>

For more information, try '--help'.

"#]],
    );
    project
        .run("import node node-schedule.json -o schedules")
        .fails(
            2,
            str![[r#"
error: `schedules` is a folder: name a file in it

"#]],
        );
}

/// What `check` finds in an imported schedule is what its source says: days of
/// releases that contradict the days of their trains, and trains without numbers.
#[test]
fn an_imported_schedule_has_nothing_wrong_of_its_own() {
    const OF_SOURCES: [&str; 5] = [
        "no-number",
        "released-after-end",
        "released-on-end",
        "released-before-train",
        "end-on-release",
    ];
    let of_products = products().into_iter().map(|name| product(&name).unwrap());
    let cycles = ["python-releases.json"].map(super::json);
    let yaml = ["kubernetes-eol.yaml", "kubernetes-schedule.yaml"]
        .map(|path| parse::yaml(&super::source(path)).unwrap());
    let others = [
        import::node::schedule(&super::json("node-schedule.json"), &label("Node.js")),
        import::python::schedule(&cycles, &label("Python")),
        import::kubernetes::schedule(&yaml, &label("Kubernetes")),
        import::dotnet::schedule(&super::json("dotnet-releases-index.json"), &label(".NET")),
    ];
    for imported in of_products.chain(others.map(Result::unwrap)) {
        let imported = imported.with_facts_until(day(AS_OF));
        let text = trainboard::input::written::schedule(&imported.draft, &imported.about);
        let source = Source::new("schedule.toml", &text);
        let read = schedule::parse(&source).unwrap();
        let odd = read
            .warnings
            .iter()
            .filter(|one| !OF_SOURCES.contains(&one.code));
        assert_eq!(odd.count(), 0, "{:?}", read.warnings);
        let today = day(AS_OF);
        let notices = read.schedule.notices(today).unwrap();
        let overdue: Vec<_> = notices.iter().filter(|one| one.code == "overdue").collect();
        assert!(overdue.is_empty(), "{overdue:?}");
    }
}

#[test]
fn a_release_that_is_the_train_itself_gives_it_no_day() {
    let product = r#"{ "generated_at": "2026-08-22T00:00:00+00:00", "result": { "label": "Old", "releases": [
      { "name": "SE-3", "label": "SE-3", "releaseDate": null, "isLts": false, "isEol": true, "eolFrom": "2012-11-21",
        "isMaintained": false, "latest": { "name": "SE-3", "date": "2023-03-09", "link": null } } ] } }"#;
    let (schedule, said) = written("endoflife", "old.json", product);
    assert_data_eq!(
        schedule,
        str![[r##"
# Imported from old.json, data of endoflife.date, as of 2026-08-22.
#
# What the source has and this file has not, and where it contradicts itself:
#
# - of `SE-3` the latest release is its first, whose day is not told: it is left out

[project]
name = "Old"
end-day = "supported"

[[train]]
version = "SE-3"
released = true
end = 2012-11-21

"##]]
    );
    assert_data_eq!(
        said,
        str![[r#"
warning[left-out]: of `SE-3` the latest release is its first, whose day is not told: it is left out
 --> old.json:2:17
  |
2 |       { "name": "SE-3", "label": "SE-3", "releaseDate": null, "isLts": false, "isEol": true, "eolFrom": "2012-11-21",
  |                 ^^^^^^

"#]]
    );
}
