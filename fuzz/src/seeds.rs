//! The files that are changed: those of this repository, and the examples of
//! its rules.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use trainboard::rules::{Example, RULES};
use trainboard::site;

use crate::project::SETTINGS;

type Seeds = Vec<Vec<u8>>;

/// The largest that is changed, in bytes: what is larger takes long and shows
/// no more.
const MAX_SEED: usize = 48 * 1024;

/// The files with that ending in a folder of the repository, by name.
fn files(folder: &str, ending: &str) -> Seeds {
    let folder = root().join(folder);
    let there = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<_> = there.map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == ending));
    paths.sort();
    small(paths.iter().map(|path| read(path)))
}

/// Those files of the repository.
fn named<const N: usize>(paths: [&str; N]) -> Seeds {
    small(paths.iter().map(|path| read(&root().join(path))))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn small(seeds: impl Iterator<Item = Vec<u8>>) -> Seeds {
    seeds.filter(|seed| seed.len() <= MAX_SEED).collect()
}

/// The files of that kind in the examples of the rules, broken and mended.
fn of_rules(is_one: impl Fn(&str) -> bool) -> Seeds {
    let files = RULES.iter().flat_map(|rule| {
        let files = match &rule.example {
            Example::Files(files) | Example::Command(_, files) => &files[..],
            Example::Words(_) => &[],
        };
        files.iter().chain(&rule.mended)
    });
    let files = files.filter(|(path, _)| is_one(path));
    files.map(|(_, text)| text.as_bytes().to_vec()).collect()
}

fn texts<const N: usize>(texts: [&str; N]) -> Seeds {
    texts.map(|text| text.as_bytes().to_vec()).into()
}

/// The vectors of those places.
fn vectors(places: &[&str]) -> Seeds {
    let lines = include_str!("../../tests/data/vectors/vectors.jsonl").lines();
    let vectors = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let text = |vector: Value| {
        let is_of = places.iter().any(|place| vector["place"] == **place);
        Some(vector["text"].as_str().filter(|_| is_of)?.into())
    };
    vectors.filter_map(text).collect()
}

pub(crate) fn schedules() -> Seeds {
    [
        named(["schedule.toml", "tests/referees/hostile.toml"]),
        files("tests/fixtures", "toml"),
        files("tests/data/told", "toml"),
        files("examples", "toml"),
        of_rules(|path| path.ends_with(".toml") && path.starts_with("schedule")),
    ]
    .concat()
}

pub(crate) fn settings() -> Seeds {
    let all = "[site]\ntitle = \"Releases\"\nbase-url = \"https://trains.example/x/\"\n\
               lang = \"pt-BR\"\nedit-url = \"https://trains.example/{path}\"\n\
               schedule = \"schedule.toml\"\ncontent = \"content\"\noutput = \"public\"\n";
    [
        texts([SETTINGS, all]),
        named(["trainboard.toml", "tests/themed/trainboard.toml"]),
        of_rules(|path| path == "trainboard.toml"),
    ]
    .concat()
}

pub(crate) fn pages() -> Seeds {
    [
        texts([PAGE, PAIRS]),
        files("content", "md"),
        files("content/guide", "md"),
        files("tests/book/src", "md"),
        of_rules(|path| path.starts_with("content/") && path.ends_with(".md")),
    ]
    .concat()
}

pub(crate) fn raw_html() -> Seeds {
    vectors(&["page"])
}

pub(crate) fn summaries() -> Seeds {
    let own = "# Summary\n\n[Home](index.md)\n\n# Part\n\n- [Page](page.md)\n  - [Draft]()\n    \
               - [Train](train.md)\n\n---\n\n[End](page.md)\n";
    [
        texts([own]),
        named(["content/SUMMARY.md", "tests/book/src/SUMMARY.md"]),
        of_rules(|path| path == "content/SUMMARY.md"),
    ]
    .concat()
}

pub(crate) fn templates() -> Seeds {
    let embedded = site::embedded().filter(|file| file.name.ends_with(".html"));
    [
        embedded.map(|file| file.text.into()).collect(),
        texts([TEMPLATE]),
        named(["tests/themed/templates/nav.html"]),
        of_rules(|path| path.starts_with("templates/")),
    ]
    .concat()
}

pub(crate) fn static_files() -> Seeds {
    [
        vectors(&["svg", "xml", "xhtml", "html"]),
        named(["static/site.css", "content/chart.svg"]),
    ]
    .concat()
}

pub(crate) fn updated() -> Seeds {
    [
        texts([PAIRS]),
        named(["README.md"]),
        of_rules(|path| path == "README.md"),
    ]
    .concat()
}

pub(crate) fn books() -> Seeds {
    named([
        "tests/data/mdbook-0.4.37.json",
        "tests/data/mdbook-0.4.52.json",
        "tests/data/mdbook-0.5.4.json",
    ])
}

pub(crate) fn changelogs() -> Seeds {
    [
        texts([CHANGELOG]),
        named(["CHANGELOG.md"]),
        of_rules(|path| path == "CHANGELOG.md"),
    ]
    .concat()
}

pub(crate) fn tags() -> Seeds {
    texts([
        "v1.36.0\x001772000000\nv1.36.1\x001774000000\nv1.37.0-rc.1\x001784000000\nv1.36.0^{}\x00\n",
        "1.35\x001760000000\n1.36.2\x00253402300799\nnightly-2\x001\n1.37\x00-1\nlatest\x000\n",
    ])
}

pub(crate) fn node() -> Seeds {
    [
        named(["tests/data/node-schedule.json"]),
        of_rules(|path| path == "schedule.json"),
    ]
    .concat()
}

pub(crate) fn python() -> Seeds {
    let toml = include_str!("../../tests/data/python-releases.toml");
    let start = toml.split("\n[metadata.").take(3);
    let start = start.collect::<Vec<_>>().join("\n[metadata.");
    [
        named(["tests/data/python-release-cycle.json"]),
        texts([&start]),
        vec![few_pythons()],
    ]
    .concat()
}

/// A few trains of the file that has all releases.
fn few_pythons() -> Vec<u8> {
    let json = include_str!("../../tests/data/python-releases.json");
    let mut json: Value = serde_json::from_str(json).expect("JSON");
    for table in json.as_object_mut().expect("a table").values_mut() {
        if let Some(table) = table.as_object_mut() {
            table.retain(|key, _| ["2.0", "3.13", "3.15"].contains(&key.as_str()));
        }
    }
    json.to_string().into_bytes()
}

pub(crate) fn endoflife() -> Seeds {
    [
        files("tests/data/endoflife", "json"),
        of_rules(|path| path == "product.json"),
    ]
    .concat()
}

pub(crate) fn kubernetes() -> Seeds {
    named([
        "tests/data/kubernetes-schedule.yaml",
        "tests/data/kubernetes-eol.yaml",
    ])
}

pub(crate) fn dotnet() -> Seeds {
    [
        named(["tests/data/dotnet-releases-index.json"]),
        of_rules(|path| path == "releases.json"),
    ]
    .concat()
}

/// Every marker, in all places, and all that Markdown can say.
const PAGE: &str = r#"+++
title = "Release"
weight = -3
+++

# Head {#id .class}

<!-- trainboard board -->

- a <!-- trainboard versions --> b

  1. <!-- trainboard table columns=version,end -->

<details>

<!-- trainboard gantt span=6m -->
</details>

> <!-- trainboard summary -->

<!-- trainboard milestones count=3 -->

<!-- trainboard patches -->

<!-- trainboard security -->

<!-- trainboard trains -->

<!-- trainboard overview -->

| a | b |
|---|---|
| <!-- trainboard value current.version -->50<!-- /trainboard --> | [x](index.md#home) |

[home]: index.md "Home"

![i][home] <span title="x">y</span> [^1] <https://example.org/> &amp;

[^1]: A note.
"#;

/// A file that is updated in place.
const PAIRS: &str = include_str!("../../tests/data/pairs.md");

/// All that tera can say.
const TEMPLATE: &str = r#"{% macro item(name, n=1) %}{{ name }} {{ n + 1 }}{% endmacro %}
<!DOCTYPE html><html lang="{{ site.lang }}"><head><title>{{ page.title }}</title></head><body>
{% set a = [1, 2, 3] %}{% for x in a %}{{ loop.index }}{{ x * 2 % 3 }}{% else %}-{% endfor %}
{% if page.title and not site.base_url %}{{ page.title | upper | trim }}{% elif a is defined %}b{% endif %}
{{ page.content | safe }}{% raw %}{{ }}{% endraw %}{# a comment #}
{% include "nav.html" %}{{ a[0] ~ "x" }}{{ 7 // 2 - 3 / 1.5 }}{{ a | length | default(value=0) }}
{% filter replace(from="a", to="b") %}{{ page.title[0:3] }}{% endfilter %}</body></html>
"#;

/// Headings as changelogs have them.
const CHANGELOG: &str = "# Changes\n\n## [Unreleased]\n\n- One\n\n## [1.37.1] - 2026-09-08\n\n\
    ## 1.37.0 (2026-08-27)\n\n## v1.36.3 - [YANKED]\n\n### 1.36.2\n\nReleased on 14 Jul 2026.\n\n\
    1.36.1 / July 9th, 2026\n-----------------------\n\n## Version 1.36.0-rc.1, 2026.04.03\n";
