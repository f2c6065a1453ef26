//! A book of 500 chapters and 3 MB with 50 markers on its way through the
//! preprocessor, beside the floor of reading and writing the same JSON. The
//! target is three times the floor, and less than ten times the input in
//! memory: see the columns of `max alloc`.

use std::fmt::Write;
use std::hint::black_box;

use divan::{AllocProfiler, Bencher};
use serde_json::{Value, json};
use trainboard::book::Request;
use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Boards, Day, Projects};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const CHAPTERS: usize = 500;
const SCHEDULE: &str = include_str!("../schedule.toml");

/// What a book's markers are: views on a few pages, values on most.
const MARKERS: [&str; 10] = [
    "board",
    "table",
    "gantt",
    "value current.version",
    "value current.end",
    "value next.version",
    "value next.release",
    "value lts.version",
    "versions",
    "summary",
];

fn main() {
    divan::main();
}

fn boards() -> Boards {
    let source = Source::new("schedule.toml", SCHEDULE);
    let read = input::schedule::parse(&source).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let day: Day = "2026-11-20"
        .parse()
        .unwrap_or_else(|wrong| panic!("{wrong}"));
    Projects::only(read.schedule)
        .at(day)
        .unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// What mdBook sends: chapters of 6 KB, nested by tens, every tenth with a
/// marker.
fn sent(marker: impl Fn(usize) -> &'static str) -> Vec<u8> {
    let chapter = |n: usize, sub_items: Vec<Value>| {
        let path = format!("part/page-{n}.md");
        let content = text(n, (n % 10 == 3).then(|| marker(n / 10)));
        json!({"Chapter": {
            "name": format!("Page {n}"), "content": content, "number": [n], "sub_items": sub_items,
            "path": path, "source_path": path, "parent_names": ["Part"],
        }})
    };
    let part = |n: usize| chapter(n, (n + 1..n + 10).map(|n| chapter(n, Vec::new())).collect());
    let items: Vec<_> = (0..CHAPTERS).step_by(10).map(part).collect();
    let context = json!({
        "root": "/book", "renderer": "html", "mdbook_version": "0.5.4",
        "config": {"book": {"title": "A"}, "preprocessor": {"trainboard": {}}},
    });
    json!([context, {"items": items}]).to_string().into_bytes()
}

/// About 6 KB of what people write.
fn text(n: usize, marker: Option<&str>) -> String {
    let mut text = format!("# Page {n}\n\n");
    if let Some(marker) = marker {
        let _ = write!(text, "<!-- trainboard {marker} -->\n\n");
    }
    for section in 0..8 {
        let _ = write!(text, "## Section {section} of page {n}\n\n");
        text += &"A paragraph with *emphasis*, `code` and a [link](https://example.org/page), long enough to be read. ".repeat(6);
        text += "\n\n- one thing\n- another thing with **weight**\n- a third\n\n";
        text += "```rust\nfn main() {\n    println!(\"hello\");\n}\n```\n\n";
    }
    text
}

fn usual(n: usize) -> &'static str {
    MARKERS[n % MARKERS.len()]
}

#[divan::bench(args = ["usual markers", "only boards"])]
fn floor(bencher: Bencher<'_, '_>, markers: &str) {
    let sent = book(markers);
    bencher.bench(|| {
        let read: (Value, Value) =
            serde_json::from_slice(&sent).unwrap_or_else(|wrong| panic!("{wrong}"));
        black_box(serde_json::to_vec(&read.1).unwrap_or_else(|wrong| panic!("{wrong}")));
    });
}

#[divan::bench(args = ["usual markers", "only boards"])]
fn preprocessor(bencher: Bencher<'_, '_>, markers: &str) {
    let sent = book(markers);
    let boards = boards();
    bencher.bench(|| {
        let request = Request::read(&sent).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        let answer = request
            .answer(&boards)
            .unwrap_or_else(|wrong| panic!("{wrong:?}"));
        let mut out = Vec::new();
        answer
            .write(&mut out)
            .unwrap_or_else(|wrong| panic!("{wrong}"));
        black_box(out);
    });
}

fn book(markers: &str) -> Vec<u8> {
    let book = match markers {
        "only boards" => sent(|_| "board"),
        _ => sent(usual),
    };
    assert!(book.len() > 3_000_000);
    book
}
