//! The floors of the code: each uses only those below it, and only the doors
//! touch files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// What the code of each part of `src/` may use of the crate.
const FLOORS: [(&str, &[&str]); 19] = [
    ("main.rs", &[]),
    ("bin", &["cli"]),
    ("lib.rs", &[]),
    (
        "cli",
        &[
            "book",
            "check",
            "diagnostic",
            "import",
            "init",
            "input",
            "markers",
            "output",
            "report",
            "rules",
            "schedule",
            "serve",
            "site",
            "views",
            "write",
        ],
    ),
    (
        "serve",
        &[
            "diagnostic",
            "input",
            "output",
            "report",
            "schedule",
            "site",
            "views",
        ],
    ),
    ("report", &["diagnostic"]),
    (
        "check",
        &["diagnostic", "output", "schedule", "site", "views"],
    ),
    ("input", &["diagnostic", "output", "schedule", "site"]),
    ("write", &["input", "output"]),
    ("write.rs", &[]),
    (
        "site",
        &["diagnostic", "markers", "output", "schedule", "views"],
    ),
    ("book", &["diagnostic", "markers", "schedule", "views"]),
    ("init", &["schedule"]),
    ("import", &["diagnostic", "input", "schedule", "views"]),
    ("markers", &["diagnostic", "output", "schedule", "views"]),
    ("views", &["schedule"]),
    ("output.rs", &[]),
    ("rules.rs", &[]),
    ("schedule", &["diagnostic"]),
];

/// Which parts or files may use what of other crates and of the machine.
const DOORS: [(&str, &[&str]); 8] = [
    ("std::fs", &["input", "write", "write.rs"]),
    ("toml::", &["input", "import/extend.rs", "import/parse.rs"]),
    ("saphyr", &["input"]),
    (
        "serde_json",
        &[
            "book",
            "check",
            "import/parse.rs",
            "input",
            "report",
            "serve",
            "views",
            "write/manifest.rs",
        ],
    ),
    ("plotters", &["views"]),
    ("SystemTime", &["cli", "input"]),
    ("std::env", &["bin", "cli", "import/git.rs", "main.rs"]),
    ("Command::new", &["import/git.rs"]),
];

/// The sources: the part of `src/` they belong to, their name, and their code
/// without tests and comments.
fn sources() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = WalkDir::new(&src).into_iter().map(Result::unwrap);
    let rust = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"));
    rust.map(|entry| {
        let name = entry
            .path()
            .strip_prefix(&src)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let part = name.split('/').next().unwrap().to_owned();
        (part, name, code(&fs::read_to_string(entry.path()).unwrap()))
    })
    .collect()
}

fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The names after `crate::`, also those of a group in braces.
fn used(code: &str) -> BTreeSet<String> {
    let name = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => names.extend(
                group
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(|part| name(part.trim())),
            ),
            None => {
                names.insert(name(after));
            }
        }
    }
    names.remove("");
    names
}

fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.ends_with("samples.rs")
}

#[test]
fn each_floor_uses_only_those_below_it() {
    for (part, name, code) in sources() {
        if part == "diagnostic.rs" || is_test(&name) {
            continue;
        }
        let floor = FLOORS.iter().find(|(floor, _)| *floor == part);
        let (_, allowed) = floor.unwrap_or_else(|| panic!("`{part}` belongs to no floor"));
        for used in used(&code)
            .iter()
            .filter(|used| !part.starts_with(used.as_str()))
        {
            assert!(
                allowed.contains(&used.as_str()),
                "src/{name} uses `crate::{used}`"
            );
        }
    }
}

#[test]
fn only_the_doors_touch_files_and_know_toml() {
    for (part, name, code) in sources() {
        if is_test(&name) {
            continue;
        }
        for (what, allowed) in DOORS {
            let is_allowed = allowed.contains(&part.as_str()) || allowed.contains(&name.as_str());
            assert!(
                is_allowed || !code.contains(what),
                "src/{name} uses `{what}`"
            );
        }
    }
}

#[test]
fn only_the_adapter_knows_plotters() {
    let know: Vec<_> = sources()
        .into_iter()
        .filter(|(_, name, code)| !is_test(name) && code.contains("plotters"))
        .collect();
    let names: Vec<_> = know.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names, ["views/gantt/plot.rs"]);
}

#[test]
fn the_map_in_contributing_names_every_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let map = text.split("\n## ").find(|part| part.starts_with("The map"));
    let named = |name: &str| map.unwrap().contains(&format!("`{name}`"));
    for room in fs::read_dir(root.join("src")).unwrap().map(Result::unwrap) {
        let slash = if room.path().is_dir() { "/" } else { "" };
        let name = format!("{}{slash}", room.file_name().to_str().unwrap());
        assert!(named(&name), "src/{name} is not on the map");
    }
}

#[test]
fn contributing_names_only_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let quoted = text.split('`').skip(1).step_by(2);
    for path in quoted.filter(|path| !path.contains("NAME")) {
        if ["src/", "tests/", "content/"]
            .iter()
            .any(|top| path.starts_with(top))
        {
            assert!(root.join(path).exists(), "`{path}` is not there");
        }
    }
}
