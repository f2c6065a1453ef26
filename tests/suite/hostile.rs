//! Labels that mean something to every format: the text comes back whole, and
//! nothing else comes with it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};
use trainboard::schedule::{Board, Draft, Schedule, TrainEntry};
use trainboard::views::gantt::{self, Span};
use trainboard::views::table::{self, Columns};
use trainboard::views::{json, summary};

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
        "{{ 7 * 7 }} {% x %} {{#include x}}",
        "%00%2e%2e &lt;",
        "\u{301}combining e\u{301}",
        "  two  spaces  ",
        "$HOME $(x) \"'\"",
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
    let mut draft = Draft::new(label.parse().unwrap());
    let mut train = TrainEntry::new("1".parse().unwrap());
    train.name = Some(label.parse().unwrap());
    train.badge = Some(label.parse().unwrap());
    train.channel = Some(label.parse().unwrap());
    train.release = Some(day("2026-01-01"));
    draft.trains = vec![train];
    Schedule::new(draft).unwrap().at(day("2026-11-20")).unwrap()
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

#[test]
fn the_table_gives_labels_back() {
    let plain = elements(&table::html(&board("plain"), &Columns::default()));
    for label in labels() {
        let html = table::html(&board(&label), &Columns::default());
        assert_eq!(text_of(&html, ".tb-codename"), label);
        assert_eq!(text_of(&html, ".tb-badge"), label);
        assert!(text_of(&html, "caption").starts_with(&label));
        assert_eq!(elements(&html), plain, "{label}");
    }
}

#[test]
fn the_summary_gives_labels_back() {
    for label in labels() {
        let html = summary::html(&board(&label));
        assert_eq!(text_of(&html, "strong"), format!("{label} 1"));
        assert!(!html.contains("\n\n"));
    }
}

#[test]
fn the_json_gives_labels_back() {
    for label in labels() {
        let board: serde_json::Value = serde_json::from_str(&json::board(&board(&label))).unwrap();
        assert_eq!(board["project"], label.as_str());
        assert_eq!(board["trains"][0]["codename"], label.as_str());
    }
}

#[test]
fn markdown_gives_labels_back() {
    for label in labels() {
        let markdown = table::markdown(&board(&label), &Columns::parse("version").unwrap());
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
    for label in labels() {
        for chart in [
            gantt::html(&board(&label), Span::Window),
            gantt::svg(&board(&label), Span::Window),
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
        assert_eq!(text_of(&page, "blockquote li .tb-codename"), label);
        assert_eq!(text_of(&page, "main h1"), "Home");
    }
}
