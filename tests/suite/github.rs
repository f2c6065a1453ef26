//! A README and a SECURITY.md as GitHub shows them, kept by `update`:
//! `tests/sites/github`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use pulldown_cmark::{Options, Parser, html};
use scraper::{Html, Node};
use serde::Deserialize;
use snapbox::{assert_data_eq, str};

use crate::project::Project;

const FOLDER: &str = "tests/sites/github";
const FILES: [&str; 7] = [
    "README.md",
    "SECURITY.md",
    "schedule.toml",
    "docs/badge-current.svg",
    "docs/badge-lts.svg",
    "docs/schedule.svg",
    "docs/schedule-dark.svg",
];
const UPDATE: &str = "update README.md SECURITY.md --chart docs/schedule.svg \
                      --dark-chart docs/schedule-dark.svg --date 2026-11-20";

fn site() -> Project {
    let files = FILES.iter();
    files.fold(Project::new(), |project, path| {
        project.file(path, fs::read(format!("{FOLDER}/{path}")).unwrap())
    })
}

#[test]
fn one_command_keeps_the_files_and_their_pictures() {
    let site = site();
    site.run(&format!("{UPDATE} --check")).succeeds();
    for badge in ["current", "lts"] {
        let path = format!("docs/badge-{badge}.svg");
        let render = format!("render badge --name {badge} --date 2026-11-20");
        assert_eq!(site.run(&render).succeeds(), site.read(&path));
    }
    let [light, dark] = ["docs/schedule.svg", "docs/schedule-dark.svg"].map(|p| site.read(p));
    assert_ne!(light, dark);
    site.write("docs/schedule-dark.svg", &light);
    let said = site.run(&format!("{UPDATE} --check")).stderr(1);
    assert!(said.contains("docs/schedule-dark.svg is stale"), "{said}");
}

/// Each picture has the colours of its scheme and no way to others.
#[test]
fn a_picture_for_dark_pages_is_dark_alone() {
    let site = site();
    let of = |scheme: &str| {
        let render = format!("render gantt --scheme {scheme} --date 2026-11-20");
        site.run(&render).succeeds()
    };
    assert_eq!(of("light"), site.read("docs/schedule.svg"));
    assert_eq!(of("dark"), site.read("docs/schedule-dark.svg"));
    assert!(of("auto").contains("light-dark("));
    for scheme in ["light", "dark"] {
        let svg = of(scheme);
        assert!(
            !svg.contains("light-dark(") && !svg.contains("var("),
            "{svg}"
        );
    }
}

/// Without `--chart` both pictures stay where they are.
#[test]
fn a_picture_that_is_there_stays_with_its_dark_one() {
    let site = site();
    let readme = site.read("README.md");
    site.run("update README.md --date 2026-11-20").succeeds();
    assert_eq!(site.read("README.md"), readme);
    site.run("update README.md --chart docs/schedule.svg --date 2026-11-20")
        .succeeds();
    assert!(!site.read("README.md").contains("<picture>"));
}

#[test]
fn a_dark_picture_needs_a_light_one_of_another_name() {
    let site = site();
    let said = site.run("update README.md --chart a.svg --dark-chart a.svg");
    assert_data_eq!(
        said.stderr(2),
        str![[r#"
error: `a.svg` cannot be both the chart for light pages and that for dark ones

"#]]
    );
    let said = site.run("update README.md --chart a.svg --dark-chart README.md");
    assert_data_eq!(
        said.stderr(2),
        str![[r#"
error: `README.md` cannot be both a file to update and the chart

"#]]
    );
    site.run("update README.md --dark-chart a.svg").stderr(2);
    let said = site.run("render gantt --format html --scheme dark");
    assert_data_eq!(
        said.stderr(2),
        str![[r#"
error: `render gantt --format html` has no use for `--scheme`

"#]]
    );
}

/// What GitHub leaves in a page.
#[derive(Deserialize)]
struct Allowed {
    elements: BTreeSet<String>,
    /// By element, and `all`.
    attributes: BTreeMap<String, BTreeSet<String>>,
}

impl Allowed {
    fn has(&self, element: &str, attribute: &str) -> bool {
        let lists = [element, "all"].into_iter();
        let mut lists = lists.filter_map(|name| self.attributes.get(name));
        lists.any(|list| list.contains(attribute))
    }

    /// What it would take away.
    fn dropped(&self, html: &str) -> Vec<String> {
        let fragment = Html::parse_fragment(html);
        let elements = fragment.tree.nodes().filter_map(|node| match node.value() {
            // These the parser adds.
            Node::Element(element) if !matches!(element.name(), "html" | "body") => Some(element),
            _ => None,
        });
        let mut dropped = Vec::new();
        for element in elements {
            let name = element.name();
            if !self.elements.contains(name) {
                dropped.push(format!("<{name}>"));
            }
            let attributes = element.attrs().map(|(attribute, _)| attribute);
            let lost = attributes.filter(|attribute| !self.has(name, attribute));
            dropped.extend(lost.map(|attribute| format!("<{name} {attribute}>")));
        }
        dropped
    }
}

#[test]
fn github_takes_nothing_away_of_what_is_written() {
    let allowed = include_str!("../data/github-allowlist.json");
    let allowed: Allowed = serde_json::from_str(allowed).unwrap();
    for path in ["README.md", "SECURITY.md"] {
        let markdown = site().read(path);
        let mut page = String::new();
        html::push_html(
            &mut page,
            Parser::new_ext(&markdown, Options::ENABLE_TABLES),
        );
        assert!(page.contains("<table>"), "{page}");
        assert_eq!(page.contains("<picture>"), path == "README.md", "{page}");
        assert_eq!(allowed.dropped(&page), [""; 0], "{page}");
    }
    let foreign = "<p style=\"color:red\"><svg></svg><script></script></p>";
    assert_eq!(allowed.dropped(foreign), ["<p style>", "<svg>", "<script>"]);
}
