//! A site that is built again: what comes out is what a first build makes,
//! and what did not change was not made.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use trainboard::diagnostic::{Diagnostic, Source};
use trainboard::input;
use trainboard::output::{Output, SitePath};
use trainboard::schedule::{Boards, Projects};
use trainboard::site::{
    Asset, Builder, Built, Content, FrontMatter, PageFile, Settings, Template, build,
};

const SCHEDULE: &str = r#"
[project]
name = "Wasmtime"
[cadence]
anchor = { version = "20.0.0", date = 2024-04-20 }
every = "1 month"
[[channel]]
name = "Normal"
phases = [{ name = "Supported", for = "2 months" }]
"#;

/// A project in memory, whose parts stay the same until they are replaced.
#[derive(Clone)]
struct Sources {
    pages: BTreeMap<String, PageFile>,
    assets: BTreeMap<String, Asset>,
    template: Option<Template>,
    summary: Option<Arc<Source>>,
    settings: Settings,
    boards: Boards,
}

fn boards(day: &str) -> Boards {
    let source = Source::new("schedule.toml", SCHEDULE);
    let schedule = input::schedule::parse(&source).unwrap().schedule;
    Projects::only(schedule).at(day.parse().unwrap()).unwrap()
}

impl Sources {
    fn new() -> Self {
        let mut sources = Self {
            pages: BTreeMap::new(),
            assets: BTreeMap::new(),
            template: None,
            summary: None,
            settings: Settings::default(),
            boards: boards("2026-11-20"),
        };
        for (path, text) in [
            ("index.md", "# Home\n\n[a](a.md#one)\n"),
            ("a.md", "# A\n\n## One\n\n<!-- trainboard table -->\n"),
            ("b/c.md", "# C\n\nplain\n"),
            ("b/d.md", "# D\n\nplain too\n"),
        ] {
            sources.write(path, text);
        }
        sources
    }

    fn write(&mut self, path: &str, text: &str) {
        let page = PageFile {
            path: SitePath::new(path).unwrap(),
            source: Source::new(format!("content/{path}"), text),
            front: FrontMatter::default(),
            body: 0,
        };
        self.pages.insert(path.to_owned(), page);
    }

    fn content(&self) -> Content {
        Content {
            pages: self.pages.values().cloned().collect(),
            summary: self.summary.clone(),
            assets: self.assets.values().cloned().collect(),
            statics: Vec::new(),
            templates: self.template.clone().into_iter().collect(),
        }
    }

    fn built_by(&self, builder: &mut Builder) -> Result<Built, Vec<Diagnostic>> {
        builder.build(self.content(), &self.settings, &self.boards)
    }

    fn built(&self) -> Result<Built, Vec<Diagnostic>> {
        build(self.content(), &self.settings, &self.boards)
    }

    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Write(path, text) => self.write(path, text),
            Edit::Remove(path) => drop(self.pages.remove(*path)),
            Edit::Asset(path, bytes) => {
                let asset = Asset {
                    path: SitePath::new(*path).unwrap(),
                    bytes: bytes.as_bytes().to_vec().into(),
                    name: format!("`content/{path}`"),
                };
                self.assets.insert((*path).to_owned(), asset);
            }
            Edit::Day(day) => {
                self.boards = day.map(boards).unwrap_or_default();
            }
            Edit::Title(title) => self.settings.title = title.map(|title| title.parse().unwrap()),
            Edit::BaseUrl(url) => self.settings.base_url = url.map(|url| url.parse().unwrap()),
            Edit::Template(text) => {
                self.template = text.map(|text| Template {
                    path: SitePath::new("page.html").unwrap(),
                    source: Source::new("templates/page.html", text),
                });
            }
            Edit::Summary(text) => {
                self.summary = text.map(|text| Source::new("content/SUMMARY.md", text));
            }
        }
    }
}

/// Something that a writer does.
#[derive(Clone, Debug)]
enum Edit {
    Write(&'static str, &'static str),
    Remove(&'static str),
    Asset(&'static str, &'static str),
    Day(Option<&'static str>),
    Title(Option<&'static str>),
    BaseUrl(Option<&'static str>),
    Template(Option<&'static str>),
    Summary(Option<&'static str>),
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = || prop::sample::select(vec!["index.md", "a.md", "b/c.md", "b/d.md", "e.md"]);
    let text = prop::sample::select(vec![
        "# Home\n",
        "# A\n\n## One\n",
        "# A\n\n[home](/index.md) [home](index.md) [d](b/d.md)\n",
        "# Now\n\nUse <!-- trainboard value current.version -->.\n",
        "# Then\n\n<!-- trainboard gantt -->\n",
        "<script>\n",
        "no heading, [nowhere](x.md)\n",
        "![a picture](a.png) [one](#one)\n",
    ]);
    let summary = "# Summary\n\n- [First](a.md)\n- [Home](index.md)\n";
    prop_oneof![
        6 => (path(), text).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => path().prop_map(Edit::Remove),
        1 => prop::sample::select(vec!["x", "y"]).prop_map(|bytes| Edit::Asset("a.png", bytes)),
        1 => prop::sample::select(vec![
            None, Some("2026-11-20"), Some("2026-11-21"), Some("2026-12-20")
        ]).prop_map(Edit::Day),
        1 => prop::sample::select(vec![None, Some("Trains")]).prop_map(Edit::Title),
        1 => prop::sample::select(vec![None, Some("https://example.org/")])
            .prop_map(Edit::BaseUrl),
        1 => prop::sample::select(vec![
            None, Some("<!doctype html><title>{{ page.title }}</title>{{ nav }}{{ content }}")
        ]).prop_map(Edit::Template),
        1 => prop::sample::select(vec![None, Some(summary)]).prop_map(Edit::Summary),
    ]
}

fn files(output: &Output) -> BTreeMap<&str, &[u8]> {
    output
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_site_built_again_is_as_one_built_first(edits in prop::collection::vec(edit(), 1..12)) {
        let mut sources = Sources::new();
        let mut builder = Builder::default();
        sources.built_by(&mut builder).unwrap();
        for edit in edits {
            sources.edit(&edit);
            match (sources.built_by(&mut builder), sources.built()) {
                (Ok(again), Ok(first)) => {
                    prop_assert_eq!(files(&again.output), files(&first.output));
                    prop_assert_eq!(again.warnings, first.warnings);
                    prop_assert_eq!(again.advice, first.advice);
                    prop_assert_eq!(again.pages, first.pages);
                }
                (Err(again), Err(first)) => prop_assert_eq!(again, first),
                (again, first) => prop_assert!(false, "{again:?} is not {first:?}"),
            }
        }
    }
}

/// Which files of the second output were made anew.
fn made(before: &Built, after: &Built) -> Vec<String> {
    let is_new = |path: &&str| match (before.output.get(path), after.output.get(path)) {
        (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
        _ => true,
    };
    let paths = after.output.iter().map(|(path, _)| path.as_str());
    paths
        .filter(|path| path.ends_with(".html"))
        .filter(is_new)
        .map(str::to_owned)
        .collect()
}

/// What is made anew after an edit.
fn made_after(edit: &Edit) -> Vec<String> {
    let mut sources = Sources::new();
    let mut builder = Builder::default();
    let before = sources.built_by(&mut builder).unwrap();
    sources.edit(edit);
    made(&before, &sources.built_by(&mut builder).unwrap())
}

#[test]
fn a_page_whose_text_changes_is_made_alone() {
    assert_eq!(
        made_after(&Edit::Write("b/c.md", "# C\n\nnew\n")),
        ["b/c.html"]
    );
}

#[test]
fn a_new_title_is_made_wherever_it_is_shown() {
    let all = ["a.html", "b/c.html", "b/d.html", "index.html"];
    assert_eq!(made_after(&Edit::Write("b/c.md", "# New\n\nplain\n")), all);
}

#[test]
fn another_day_makes_the_pages_that_show_it() {
    assert_eq!(made_after(&Edit::Day(Some("2026-12-20"))), ["a.html"]);
}

#[test]
fn another_day_of_the_same_period_makes_nothing() {
    assert!(made_after(&Edit::Day(Some("2026-11-25"))).is_empty());
}
