//! Texts that were sound once and were cut, doubled, shuffled and salted: no
//! panic, and whatever is said of them points into them.
//!
//! `PROPTEST_CASES` makes it look longer.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use scraper::{Html, Selector};
use tempfile::TempDir;
use trainboard::check;
use trainboard::diagnostic::{Diagnostic, Severity, Source};
use trainboard::input::{self, ReadError, front_matter};
use trainboard::markers::update;
use trainboard::output::SitePath;
use trainboard::report;
use trainboard::schedule::{Board, Boards, Day, Projects, Schedule};
use trainboard::site::{self, Content, PageFile, Settings, Template};
use trainboard::views::coming::{self, Asked};
use trainboard::views::gantt::{self, Picture, Span};
use trainboard::views::table::{self, Columns};
use trainboard::views::{self, Place, json, patches, summary};

use crate::builds::check_element;
use crate::cases::cases;
use crate::milestones::KUBERNETES;
use crate::schedules::{NODE, WASMTIME, day, schedule};

/// A change of a text.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(Stretch),
    Duplicate(Stretch),
    Swap(Stretch, Stretch),
    Insert(Index, &'static str),
    Replace(Stretch, &'static str),
    DeleteLine(Index),
    DuplicateLine(Index),
    SwapLines(Index, Index),
    /// All lines end as those of Windows do.
    CarriageReturns,
}

/// Up to so many bytes from there on.
#[derive(Clone, Debug)]
struct Stretch(Index, usize);

impl Stretch {
    fn of(&self, text: &str) -> Range<usize> {
        let start = place(self.0, text);
        start
            ..text
                .floor_char_boundary((start + self.1).min(text.len()))
                .max(start)
    }
}

fn place(index: Index, text: &str) -> usize {
    text.floor_char_boundary(index.index(text.len() + 1))
}

/// What means something to TOML, Markdown, HTML, markers or templates.
const TOKENS: [&str; 62] = [
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\\",
    "\\u0000",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "\0",
    "\u{1b}",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "🚂",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "ﷺ",
    "9999-12-31",
    "1970-01-01",
    "0000-00-00",
    "2026-02-30",
    "2026-11",
    "2026-11-20T10:00:00Z",
    "4294967295",
    "99999999999999999999",
    "-1",
    "1e9",
    "0 days",
    "9999 years",
    "inf",
    "true",
    "<!-- trainboard",
    "-->",
    "<!-- /trainboard -->",
    "<!-- trainboard table -->",
    "<!-- trainboard value next.release default=\"a\" -->",
    "<div id=\"version-table\">",
    "</div>",
    "+++\n",
    "`",
    "```\n",
    "~~~\n",
    "> ",
    "- ",
    "| a |\n|---|\n",
    "[^1]: ",
    "<script>",
    "<a href=\"javascript:x\" onclick='x'>",
    "{{ page.title | x }}{% if %}",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let stretch = || (any::<Index>(), 0..60_usize).prop_map(|(at, length)| Stretch(at, length));
    let token = || select(&TOKENS[..]);
    prop_oneof![
        2 => stretch().prop_map(Mutation::Delete),
        2 => stretch().prop_map(Mutation::Duplicate),
        1 => (stretch(), stretch()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        4 => (any::<Index>(), token()).prop_map(|(at, token)| Mutation::Insert(at, token)),
        3 => (stretch(), token()).prop_map(|(stretch, token)| Mutation::Replace(stretch, token)),
        2 => any::<Index>().prop_map(Mutation::DeleteLine),
        2 => any::<Index>().prop_map(Mutation::DuplicateLine),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mutation::SwapLines(a, b)),
        1 => Just(Mutation::CarriageReturns),
    ]
}

impl Mutation {
    fn apply(&self, text: &mut String) {
        match self {
            Self::Delete(stretch) => text.replace_range(stretch.of(text), ""),
            Self::Duplicate(stretch) => {
                let range = stretch.of(text);
                let again = text[range.clone()].to_owned();
                text.insert_str(range.end, &again);
            }
            Self::Swap(a, b) => {
                let (a, b) = (a.of(text), b.of(text));
                let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
                if first.end <= second.start {
                    let (before, after) = (
                        text[first.clone()].to_owned(),
                        text[second.clone()].to_owned(),
                    );
                    text.replace_range(second, &before);
                    text.replace_range(first, &after);
                }
            }
            Self::Insert(at, token) => text.insert_str(place(*at, text), token),
            Self::Replace(stretch, token) => text.replace_range(stretch.of(text), token),
            Self::CarriageReturns => *text = text.replace('\n', "\r\n"),
            Self::DeleteLine(at) => {
                with_lines(text, |lines| {
                    lines.remove(at.index(lines.len()));
                });
            }
            Self::DuplicateLine(at) => with_lines(text, |lines| {
                let at = at.index(lines.len());
                lines.insert(at, lines[at].clone());
            }),
            Self::SwapLines(a, b) => with_lines(text, |lines| {
                let count = lines.len();
                lines.swap(a.index(count), b.index(count));
            }),
        }
    }
}

fn with_lines(text: &mut String, change: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<_> = text.split_inclusive('\n').map(str::to_owned).collect();
    if !lines.is_empty() {
        change(&mut lines);
        *text = lines.concat();
    }
}

/// A few changes.
fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    prop::collection::vec(mutation(), 0..5)
}

fn applied(text: &str, mutations: &[Mutation]) -> String {
    let mut text = text.to_owned();
    for mutation in mutations {
        mutation.apply(&mut text);
    }
    text
}

/// One of those texts, with a few changes.
fn mutated(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(texts), mutations()).prop_map(|(text, mutations)| applied(text, &mutations))
}

/// Each place is in its text and between characters, the rule is there, and
/// all printers can print it.
fn assert_told(found: &[Diagnostic]) {
    for diagnostic in found {
        assert!(
            trainboard::rules::rule(diagnostic.code).is_some(),
            "{}",
            diagnostic.code
        );
        for label in &diagnostic.labels {
            assert!(
                label.source.text.get(label.span.clone()).is_some(),
                "{diagnostic:#?}"
            );
        }
        if let Some(patch) = &diagnostic.patch {
            let source = &diagnostic.labels[0].source;
            assert!(
                source.text.get(patch.span.clone()).is_some(),
                "{diagnostic:#?}"
            );
        }
        assert!(!report::plain(diagnostic).is_empty());
    }
    assert!(!report::json(found).is_empty());
    report::short(found);
    report::github(found);
}

/// All that can be shown of a schedule on that day.
fn show(schedule: &Schedule, source: &Arc<Source>, date: Day) {
    let notices = schedule.notices(date).unwrap_or_default();
    let located = notices.iter();
    let located = located.map(|finding| input::schedule::locate(source, finding));
    assert_told(&located.collect::<Vec<_>>());
    for board in [schedule.at(date), schedule.all_at(date)]
        .into_iter()
        .flatten()
    {
        show_board(&board);
    }
}

fn show_board(board: &Board) {
    table::html(board, &Columns::default(), Place::Page);
    table::markdown(board, &Columns::default());
    table::text(board, &Columns::default(), true);
    gantt::svg(board, Span::Window);
    gantt::html(board, "6m".parse().unwrap());
    summary::text(board);
    summary::html(board);
    json::board(board);
    coming::listing(board, Asked::default()).html();
    patches::listing(board).html();
    views::versions(board);
}

/// Wasmtime with its first releases, Node.js, one of everything, and one with
/// milestones and patches.
static SCHEDULES: LazyLock<[&str; 4]> = LazyLock::new(|| {
    let end = WASMTIME.find("version = \"6.0.0\"").unwrap();
    let start = WASMTIME[..end].rfind("[[release]]").unwrap();
    [&WASMTIME[..start], NODE, EVERYTHING, KUBERNETES]
});

const EVERYTHING: &str = r#"
[project]
name = "Example <&>"
version-label = "v{version}"
branch-label = "release-{major}.{minor}"
end-day = "supported"
links = { release = "https://example.org/{version}" }
[cadence]
anchor = { version = "1.0.0", date = 2025-01-31 }
every = "6 weeks"
bump = "minor"
branch = "2 weeks before"
weekend = "after"
[window]
recent = 2
upcoming = 2
supported = false
[[channel]]
name = "LTS"
every = 4
from = "1.4.0"
badge = "LTS"
upcoming = 1
support-from = "release"
phases = [{ name = "Beta", short = "b", level = "pre" }, { name = "Long", level = "lts", for = "18 months" }, { name = "Late", level = "extended", for = "1 year" }]
[[channel]]
name = "Normal"
phases = [{ name = "Supported", releases = 2 }]
[[train]]
version = "1.3.0"
skip = "holidays 🎄"
[[train]]
version = "1.5.0"
name = "Name"
channel = "LTS"
badge = "X"
branch = "2025-06-01"
release = 2025-06-20
end = "2027-10"
note = "why"
link = "https://example.org/"
allow = ["released-late"]
[[train]]
version = "0.9"
ended = true
released = true
[[release]]
version = "1.0.0"
date = 2025-01-31
[[release]]
version = "1.0.1-rc.1"
date = 2025-02-03
train = "1.0.0"
pre = true
security = true
link = "https://example.org/1"
note = "a note"
"#;

const SETTINGS: [&str; 2] = [
    "[site]\ntitle = \"Releases\"\nbase-url = \"https://example.org/x/\"\nlang = \"pt-BR\"\nedit-url = \"https://example.org/{path}\"\nschedule = \"data/schedule.toml\"\ncontent = \"docs\"\noutput = \"public\"\n",
    include_str!("../../trainboard.toml"),
];

/// Pages with every marker, in all places, and with front matter.
static PAGES: LazyLock<[&str; 6]> = LazyLock::new(|| {
    let headings = include_str!("../book/src/headings.md");
    [
        include_str!("../book/src/places.md"),
        include_str!("../book/src/adopted.md"),
        include_str!("../book/src/code.md"),
        headings.split("[one](").next().unwrap(),
        EVERY_MARKER,
        PAIRS,
    ]
});

const EVERY_MARKER: &str = r#"+++
title = "Release 🚂"
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

| a | b |
|---|---|
| <!-- trainboard value current.version -->50<!-- /trainboard --> | [x](other.md#other) |

[home]: index.md "Home"

![i][home] <span title="x">y</span> [^1] <https://example.org/> &amp;

[^1]: A note.
"#;

/// Where the chart of that README is.
const CHART: Picture<'_> = Picture {
    address: "chart.svg",
    dark: None,
};

/// A README that is updated in place.
const PAIRS: &str = include_str!("../data/pairs.md");

const SUMMARIES: [&str; 2] = [
    include_str!("../../content/SUMMARY.md"),
    "# Summary\n\n[Home](index.md)\n\n# Part\n\n- [Other](other.md)\n  - [Draft]()\n    - [Deep](page.md)\n\n---\n\n[End](other.md)\n",
];

const TEMPLATES: [(&str, &str); 3] = [
    ("page.html", include_str!("../../templates/page.html")),
    ("nav.html", include_str!("../../templates/nav.html")),
    ("404.html", include_str!("../../templates/404.html")),
];

static BOARDS: LazyLock<Boards> = LazyLock::new(|| {
    Projects::only(schedule(WASMTIME))
        .at(day("2026-11-20"))
        .unwrap()
});

/// A page of that text.
fn page(path: &str, text: &str) -> PageFile {
    let source = Source::of_file(format!("content/{path}"), text);
    let (front, body, wrong) = front_matter::read(&source);
    assert_told(&wrong);
    assert!(source.text.is_char_boundary(body));
    let path = SitePath::new(path).unwrap();
    PageFile {
        path,
        source,
        front,
        body,
        wrong,
    }
}

fn content(text: &str) -> Content {
    Content {
        pages: vec![
            page("page.md", text),
            page("index.md", "# Home\n\n[page](page.md)\n"),
            page("other.md", "# Other\n"),
            page("plain.md", "# Plain\n"),
        ],
        ..Content::default()
    }
}

/// Builds the site, checks it, and looks for script in what came out.
fn build(content: &Content, settings: &Settings) {
    assert_told(&check::pages(content.clone(), settings, &BOARDS, false).findings);
    match site::build(content.clone(), settings, &BOARDS) {
        Err(errors) => {
            assert!(errors.iter().any(|error| error.severity == Severity::Error));
        }
        Ok(built) => {
            let page = built.output.get("page.html").map_or(&[][..], |page| page);
            let page = Html::parse_document(std::str::from_utf8(page).unwrap());
            for element in page.select(&Selector::parse("*").unwrap()) {
                check_element("page.html", element.value());
            }
        }
    }
}

#[test]
fn the_texts_are_sound_before_they_are_mutated() {
    for text in *SCHEDULES {
        schedule(text);
    }
    for text in SETTINGS {
        input::settings::parse(&Source::new("trainboard.toml", text)).unwrap();
    }
    let built = |content| site::build(content, &Settings::default(), &BOARDS);
    for text in *PAGES {
        built(content(text)).unwrap();
    }
    let source = Source::new("README.md", PAIRS);
    update::update(PAIRS, &source, &BOARDS, Some(CHART)).unwrap();
    for (path, text) in TEMPLATES {
        let mut content = content("# Page\n");
        content.templates.push(template(path, text));
        built(content).unwrap();
    }
}

fn template(path: &str, text: &str) -> Template {
    Template {
        path: SitePath::new(path).unwrap(),
        source: Source::of_file(format!("templates/{path}"), text),
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_mutated_schedule_is_read_or_told_and_can_be_shown(
        text in mutated(&*SCHEDULES),
        date in select(&["1970-01-01", "2025-07-01", "2026-11-20", "2040-02-29"][..]),
    ) {
        let source = Source::of_file("schedule.toml", &text);
        match input::schedule::parse(&source) {
            Err(found) => {
                assert!(found.iter().any(|found| found.severity == Severity::Error));
                assert_told(&found);
            }
            Ok(read) => {
                assert_told(&read.warnings);
                show(&read.schedule, &source, day(date));
            }
        }
    }

    #[test]
    fn mutated_settings_are_read_or_told(text in mutated(&SETTINGS)) {
        if let Err(found) = input::settings::parse(&Source::of_file("trainboard.toml", &text)) {
            assert!(!found.is_empty());
            assert_told(&found);
        }
    }
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn a_mutated_page_is_built_or_told(text in mutated(&*PAGES)) {
        build(&content(&text), &Settings::default());
    }

    #[test]
    fn a_mutated_readme_is_updated_or_told(text in mutated(&[PAIRS])) {
        let source = Source::of_file("README.md", &text);
        match update::update(&text, &source, &BOARDS, Some(CHART)) {
            Err(found) => assert_told(&found),
            Ok(updated) => {
                let source = Source::of_file("README.md", &updated.text);
                let again = update::update(&updated.text, &source, &BOARDS, Some(CHART));
                assert_eq!(again.unwrap().text, updated.text);
            }
        }
    }

    #[test]
    fn a_mutated_summary_is_followed_or_told(text in mutated(&SUMMARIES)) {
        let mut content = content("# Page\n");
        content.summary = Some(Source::of_file("content/SUMMARY.md", &text));
        build(&content, &Settings::default());
    }

    #[test]
    fn a_mutated_template_is_filled_or_told(which in select(&TEMPLATES[..]), mutations in mutations()) {
        let (path, text) = which;
        let mut content = content("# Page\n");
        content.templates.push(template(path, &applied(text, &mutations)));
        let found = check::pages(content, &Settings::default(), &BOARDS, false).findings;
        assert_told(&found);
    }
}

/// Bytes of which no text need come.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let salt = prop::collection::vec(
        (
            any::<Index>(),
            select(&b"\0\x1b\xff\xc3\xef\xbb\xbf\r\n\x80a"[..]),
        ),
        0..6,
    );
    (mutated(&*PAGES), salt).prop_map(|(text, salt)| {
        let mut bytes = text.into_bytes();
        for (at, byte) in salt {
            bytes.insert(at.index(bytes.len() + 1), byte);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn mutated_bytes_of_a_file_are_read_or_told(bytes in bytes()) {
        let folder = TempDir::new().unwrap();
        for name in ["content/index.md", "schedule.toml", "trainboard.toml"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &bytes).unwrap();
        }
        let told = |error| match error {
            ReadError::Content(found) => assert_told(&found),
            other => panic!("{other:?}"),
        };
        input::settings::read(folder.path()).map_or_else(told, drop);
        input::projects::read(&folder.path().join("schedule.toml")).map_or_else(told, drop);
        input::read(&folder.path().join("schedule.toml")).map_or_else(told, drop);
        input::content::read(folder.path(), &Settings::default()).map_or_else(told, drop);
    }
}
