//! Labels that mean something to every format: the text comes back whole, and
//! nothing else comes with it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};
use trainboard::schedule::{Board, Draft, Label, Schedule, TrainEntry};
use trainboard::views::feeds::{self, Badge, SitePlace};
use trainboard::views::gantt::{self, Span};
use trainboard::views::table::{self, Columns};
use trainboard::views::{Place, json, security, summary};

use crate::calendar::Calendar;
use crate::project::Project;
use crate::schedules::day;

fn labels() -> Vec<String> {
    let pieces = [
        "<script>alert(1)</script>",
        "<b onclick=\"x\">'&amp;'",
        "]]> --> <!-- <![CDATA[",
        ",;\\:|`*_~[x](y)#",
        "🚂🇩🇪👩‍👩‍👧",
        "שלום עולם",
        "a\u{202e}b\u{2066}c",
        "a\u{2069}\u{2069}b\u{202c}\u{202e}c",
        "{{ 7 * 7 }} {% x %} {{#include x}}",
        "%00%2e%2e &lt;",
        "\u{301}combining e\u{301}",
        "  two  spaces  ",
        "$HOME $(x) \"'\"",
        "\\n \\, \\; \\\\",
        "\u{fdfd} ﷽ 𒐫 ⸻",
        "END:VEVENT",
        "urn:uuid:x&#10;&#x0;&nbsp;",
    ];
    let long = pieces
        .iter()
        .map(|piece| piece.repeat(200 / piece.chars().count()));
    pieces
        .iter()
        .map(|piece| (*piece).to_owned())
        .chain(long)
        .collect()
}

fn board(label: &str) -> Board {
    let mut draft = Draft::new(trainboard::schedule::Project::new(label.parse().unwrap()));
    let mut train = TrainEntry::new("1".parse().unwrap());
    train.name = Some(label.parse().unwrap());
    train.badge = Some(label.parse().unwrap());
    train.channel = Some(label.parse().unwrap());
    train.release = Some(day("2026-01-01").into());
    train.note = Some(label.parse().unwrap());
    draft.trains = vec![train];
    Schedule::new(draft).unwrap().at(day("2026-11-20")).unwrap()
}

/// A board for each label, and the label that is to come back from it.
fn boards() -> impl Iterator<Item = (Board, String)> {
    labels()
        .into_iter()
        .map(|label| (board(&label), whole(&label)))
}

/// The label as the schedule keeps it: its directions end with it.
fn whole(label: &str) -> String {
    label.parse::<Label>().unwrap().to_string()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(html: &str, selector: &str) -> String {
    let html = Html::parse_document(html);
    let found = html.select(&Selector::parse(selector).unwrap()).next();
    found.unwrap().text().collect()
}

fn elements(html: &str) -> usize {
    Html::parse_document(html)
        .select(&Selector::parse("*").unwrap())
        .count()
}

/// What a screen reader calls the table.
fn table_name(html: &str) -> String {
    let html = Html::parse_fragment(html);
    let tables = Selector::parse("table").unwrap();
    let table = html.select(&tables).next().unwrap();
    table.attr("aria-label").unwrap().to_owned()
}

#[test]
fn the_table_gives_labels_back() {
    let plain = elements(&table::html(
        &board("plain"),
        &Columns::default(),
        Place::Book,
    ));
    for (board, label) in boards() {
        let html = table::html(&board, &Columns::default(), Place::Book);
        assert_eq!(text_of(&html, ".tb-codename"), label);
        assert_eq!(text_of(&html, ".tb-badge"), label);
        assert_eq!(table_name(&html), format!("{label} releases"));
        assert_eq!(elements(&html), plain, "{label}");
    }
}

#[test]
fn the_summary_gives_labels_back() {
    for (board, label) in boards() {
        let html = summary::html(&board);
        assert_eq!(text_of(&html, "strong"), format!("{label} 1"));
        assert!(!html.contains("\n\n"));
    }
}

#[test]
fn the_json_gives_labels_back() {
    for (board, label) in boards() {
        let board: serde_json::Value = serde_json::from_str(&json::board(&board)).unwrap();
        assert_eq!(board["project"], label.as_str());
        assert_eq!(board["trains"][0]["codename"], label.as_str());
    }
}

#[test]
fn markdown_gives_labels_back() {
    for (board, label) in boards() {
        let markdown = table::markdown(&board, &Columns::parse("version"));
        let mut cells = Vec::new();
        let mut cell: Option<String> = None;
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::TableCell) => cell = Some(String::new()),
                Event::End(TagEnd::TableCell) => cells.extend(cell.take()),
                Event::Text(text) => cell.iter_mut().for_each(|cell| cell.push_str(&text)),
                Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => panic!("{markdown}"),
                _ => {}
            }
        }
        assert_eq!(
            folded(&cells[1]),
            folded(&format!("1 {label} {label}")),
            "{markdown}"
        );
    }
}

#[test]
fn charts_give_labels_back_and_hold_nothing_else() {
    let names = |svg: &str| -> Vec<String> {
        let html = Html::parse_document(svg);
        let inside = Selector::parse("svg *").unwrap();
        html.select(&inside)
            .map(|element| element.value().name().to_owned())
            .collect()
    };
    for (board, label) in boards() {
        for chart in [
            gantt::html(&board, Span::Window),
            gantt::svg(&board, Span::Window),
        ] {
            let known = [
                "style", "title", "desc", "g", "rect", "path", "text", "line", "polygon",
            ];
            assert!(
                names(&chart)
                    .iter()
                    .all(|name| known.contains(&name.as_str())),
                "{label}"
            );
            let all: String = Html::parse_document(&chart).root_element().text().collect();
            assert!(folded(&all).contains(&folded(&label)), "{label}");
            assert!(!chart.contains("\n\n"));
        }
    }
}

#[test]
fn a_page_gives_labels_back() {
    for label in labels() {
        let whole = whole(&label);
        let quoted = toml::Value::String(label.clone()).to_string();
        let schedule = format!(
            "[project]\nname = \"x\"\n[[train]]\nversion = \"1\"\nname = {quoted}\nrelease = 2026-01-01\n"
        );
        let project = Project::with_schedule(&schedule).file(
            "content/index.md",
            "# Home\n\n> - <!-- trainboard table -->\n\n<!-- trainboard gantt -->\n",
        );
        project.run("build --date 2026-11-20").succeeds();
        let page = project.read("public/index.html");
        assert_eq!(text_of(&page, "blockquote li .tb-codename"), whole);
        assert_eq!(text_of(&page, "main h1"), "Home");
    }
}

/// Whether each line ends in the direction in which it began.
fn keeps_its_directions(text: &str) -> bool {
    text.lines().all(|line| {
        let count = |of: &[char]| line.chars().filter(|c| of.contains(c)).count();
        let isolates = count(&['\u{2066}', '\u{2067}', '\u{2068}']);
        let embeddings = count(&['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}']);
        isolates == count(&['\u{2069}']) && embeddings <= count(&['\u{202c}'])
    })
}

#[test]
fn no_text_turns_what_stands_around_a_label() {
    assert!(!keeps_its_directions("a\u{202e}b"));
    for (board, label) in boards() {
        for text in [
            table::text(&board, &Columns::default(), false),
            table::markdown(&board, &Columns::default()),
            table::html(&board, &Columns::default(), Place::Book),
            summary::text(&board),
            summary::html(&board),
            gantt::in_words(&board),
            json::board(&board),
            feeds::calendar(&board, &SitePlace::default()).replace("\r\n ", ""),
            feeds::atom(&board, &SitePlace::default()),
            feeds::api(&board, &SitePlace::default()),
            security::markdown(&board),
        ] {
            assert!(keeps_its_directions(&text), "{label:?} in\n{text:?}");
        }
    }
}

/// The elements of that name, and their text.
fn xml_texts(xml: &str, name: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let nodes = document.descendants();
    let named = nodes.filter(|node| node.tag_name().name() == name);
    named
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn calendars_give_labels_back() {
    for (board, label) in boards() {
        let calendar = Calendar::read(&feeds::calendar(&board, &SitePlace::default()));
        assert_eq!(calendar.name, format!("{label} releases"));
        assert_eq!(calendar.events.len(), 1);
        assert_eq!(calendar.events[0].summary, format!("{label} 1 is released"));
        let note = label.trim_end_matches('.');
        let description = &calendar.events[0].description;
        assert!(
            description.ends_with(&format!("\n{note}.")),
            "{description}"
        );
    }
}

#[test]
fn news_give_labels_back() {
    for (board, label) in boards() {
        let atom = feeds::atom(&board, &SitePlace::default());
        assert_eq!(xml_texts(&atom, "name"), [label.as_str()]);
        assert_eq!(
            xml_texts(&atom, "title"),
            [
                format!("{label} releases"),
                format!("{label} 1 is released")
            ]
        );
        assert_eq!(xml_texts(&atom, "entry").len(), 1);
        let note = label.trim_end_matches('.');
        let content = xml_texts(&atom, "content").concat();
        assert!(content.ends_with(&format!("\n{note}.")), "{content}");
    }
}

#[test]
fn products_give_labels_back() {
    for (board, label) in boards() {
        let product = feeds::api(&board, &SitePlace::default());
        let product: serde_json::Value = serde_json::from_str(&product).unwrap();
        assert_eq!(product["result"]["label"], label.as_str());
        assert_eq!(product["result"]["releases"][0]["codename"], label.as_str());
    }
}

#[test]
fn badges_give_labels_back_and_hold_nothing_else() {
    for (board, label) in boards() {
        let badge = feeds::badge(&board, Badge::Supported);
        let whole = format!("{label} 1: supported, no end announced");
        assert_eq!(xml_texts(&badge, "title"), [whole]);
        let document = roxmltree::Document::parse(&badge).unwrap();
        let elements = document.descendants().filter(roxmltree::Node::is_element);
        let names: Vec<_> = elements
            .map(|node| node.tag_name().name().to_owned())
            .collect();
        let known = "svg title clipPath rect g rect rect rect g text text";
        assert_eq!(names.join(" "), known, "{label}");
    }
}

#[test]
fn the_versions_that_get_fixes_give_labels_back() {
    for (board, label) in boards() {
        let html = security::html(&board);
        assert_eq!(table_name(&html), format!("{label} releases"));
        assert_eq!(
            elements(&html),
            elements(&security::html(&self::board("plain")))
        );
    }
}
