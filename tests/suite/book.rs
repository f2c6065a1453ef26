//! A book's way through the preprocessor: what mdBook sends, what it gets
//! back, and what is said when something is wrong.

mod anchors;
mod built;
mod faults;
mod real;

use serde_json::Value;
use snapbox::str;

use crate::project::{Project, Run};
use crate::schedules::WASMTIME;

/// What three versions of mdBook send.
const SENT: [(&str, &str); 3] = [
    ("0.4.37", include_str!("../data/mdbook-0.4.37.json")),
    ("0.4.52", include_str!("../data/mdbook-0.4.52.json")),
    ("0.5.4", include_str!("../data/mdbook-0.5.4.json")),
];

/// A book's folder with its schedule.
fn shelf() -> Project {
    Project::new().file("data/trains.toml", WASMTIME)
}

impl Project {
    /// mdBook's preprocessor, with that on stdin and started anywhere but in
    /// this folder.
    pub(crate) fn preprocess(&self, json: &str) -> Run {
        self.run_program("mdbook-trainboard", "")
            .stdin(json.replace("/book\"", &format!("{}\"", self.root().display())))
    }

    /// A book with one chapter and those options, sent by mdBook 0.5.
    fn preprocess_chapter(&self, options: &str, content: &str) -> Run {
        self.preprocess(&sent(options, "html", &[("page.md", content)]))
    }
}

/// What mdBook 0.5 sends for a book with those chapters.
fn sent(options: &str, renderer: &str, chapters: &[(&str, &str)]) -> String {
    let mut options: Value = serde_json::from_str(options).unwrap();
    options["schedule"] = "data/trains.toml".into();
    if options["date"].is_null() {
        options["date"] = "2026-11-20".into();
    }
    book_of(&options, renderer, chapters)
}

/// What mdBook 0.5 sends for a book with just those options.
pub(crate) fn book_of(options: &Value, renderer: &str, chapters: &[(&str, &str)]) -> String {
    let items = chapters.iter().map(|(path, content)| {
        serde_json::json!({"Chapter": {
            "name": "A", "content": content, "number": [1], "sub_items": [],
            "path": path, "source_path": path, "parent_names": [],
        }})
    });
    let items: Vec<_> = items.collect();
    let context = serde_json::json!({
        "root": "/book", "renderer": renderer, "mdbook_version": "0.5.4",
        "config": {"book": {}, "preprocessor": {"trainboard": options}},
    });
    serde_json::json!([context, {"items": items}]).to_string()
}

/// The content of the only chapter of what came back.
fn content(answer: &str) -> String {
    let book: Value = serde_json::from_str(answer).unwrap();
    book["items"][0]["Chapter"]["content"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Puts the contents of one book into another of the same shape.
fn copy_contents(from: &Value, to: &mut Value) {
    match (from, to) {
        (Value::Array(from), Value::Array(to)) => {
            from.iter()
                .zip(to)
                .for_each(|(from, to)| copy_contents(from, to));
        }
        (Value::Object(from), Value::Object(to)) => {
            for (key, to) in to {
                match (key.as_str(), from.get(key)) {
                    ("content", Some(content)) => *to = content.clone(),
                    (_, Some(from)) => copy_contents(from, to),
                    (_, None) => {}
                }
            }
        }
        _ => {}
    }
}

#[test]
fn nothing_but_the_contents_changes_whatever_version_sends_it() {
    for (version, sent) in SENT {
        let answer = shelf().preprocess(sent).succeeds();
        let [_, before]: [Value; 2] = serde_json::from_str(sent).unwrap();
        let mut after: Value = serde_json::from_str(&answer).unwrap();
        copy_contents(&before, &mut after);
        let after = after.to_string();
        assert!(sent.ends_with(&format!(",{after}]")), "{version}");
    }
}

#[test]
fn markers_become_what_they_are_in_a_site_whatever_version_sends_them() {
    for (version, sent) in SENT {
        let answer = shelf().preprocess(sent).succeeds();
        let book: Value = serde_json::from_str(&answer).unwrap();
        let items = book.get("items").unwrap_or(&book["sections"]);
        let releases = &items[2]["Chapter"];
        let content = releases["content"].as_str().unwrap();
        assert!(
            content.contains("<caption>Holds from 20 November"),
            "{version}"
        );
        assert!(!content.contains("\nold\n"), "{version}");
        assert!(
            content.ends_with("\n\n`<!-- trainboard gantt -->`\n\nINCLUDED\n"),
            "{version}"
        );
        let child = &releases["sub_items"][0]["Chapter"]["content"];
        assert!(
            child.as_str().unwrap().ends_with("🚂\n\nTake 51.0.0.\n"),
            "{version}"
        );
        assert_eq!(items[3]["Chapter"]["content"], "");
        assert_eq!(items[6]["Chapter"]["content"], "# Second\n");
    }
}

#[test]
fn a_fragment_is_one_block_without_ids_or_headings() {
    let project = shelf();
    let answer = project.preprocess_chapter("{}", "a\n\n<!-- trainboard board -->\n\nb\n");
    let content = content(&answer.succeeds());
    let block = content
        .strip_prefix("a\n\n")
        .unwrap()
        .strip_suffix("\n\nb\n")
        .unwrap();
    assert!(block.starts_with("<div "));
    assert!(block.ends_with("</div>"));
    for foreign in [
        "\n\n",
        " id=",
        "<h1",
        "<h2",
        "<img",
        "<i ",
        "{{",
        "<?xml",
        "<!DOCTYPE",
        "<script",
    ] {
        assert!(!block.contains(foreign), "{foreign}");
    }
    let svg = block.lines().find(|line| line.starts_with("<svg")).unwrap();
    assert!(svg.ends_with('>'));
}

#[test]
fn the_first_view_of_a_chapter_brings_the_style() {
    let two = "<!-- trainboard value current.version -->\n\n<!-- trainboard table -->\n\n<!-- trainboard gantt -->\n";
    let project = shelf();
    let inline = content(&project.preprocess_chapter("{}", two).succeeds());
    assert_eq!(inline.matches("<style>").count(), 1);
    assert!(inline.starts_with("51.0.0\n\n<div class=\"tb\">\n<style>\n"));
    let none = project
        .preprocess_chapter(r#"{"style":"none"}"#, two)
        .succeeds();
    assert!(!content(&none).contains("<style>"));
    let values = project.preprocess_chapter("{}", "<!-- trainboard value current.version -->");
    assert_eq!(content(&values.succeeds()), "51.0.0");
}

#[test]
fn the_same_program_is_a_command_of_trainboard() {
    let project = shelf();
    let json = SENT[2]
        .1
        .replace("/book\"", &format!("{}\"", project.root().display()));
    let one = project.run("mdbook").stdin(&json).succeeds();
    assert_eq!(one, project.preprocess(&json).succeeds());
}

#[test]
fn only_html_is_supported_unasked() {
    for program in ["trainboard mdbook", "mdbook-trainboard"] {
        let (program, command) = program.split_once(' ').unwrap_or((program, ""));
        let supports = |renderer: &str| {
            Project::new().run_program(program, &format!("{command} supports {renderer}"))
        };
        assert_eq!(supports("html").succeeds(), "");
        for other in ["markdown", "test", "linkcheck", "HTML"] {
            supports(other).fails(1, "");
        }
    }
}

#[test]
fn other_renderers_get_markdown() {
    let text = "a\n<!-- trainboard board -->\nb\n\n> - <!-- trainboard gantt -->\n\nin <!-- trainboard value current.version -->\n";
    let project = shelf();
    let answer = project.preprocess(&sent("{}", "markdown", &[("page.md", text)]));
    snapbox::assert_data_eq!(
        content(&answer.succeeds()),
        str![[r#"
a

**Wasmtime 51.0.0** is the current release (by plan), supported until 20 January 2027; for long-term support choose **48.0.0**, supported until 20 August 2028.

Also supported: **50.0.0** (by plan) until 20 December 2026 and **36.0.0** until 20 August 2027.

Next comes **52.0.0**: its branch is due on 5 December 2026 and its release is due on 20 December 2026.

| Version | Status | Branch | Release | End | Latest |
| --- | --- | --- | --- | --- | --- |
| **36.0.0 LTS** | **Supported, Long-term support** | 5 Aug 2025 | 20 Aug 2025 | **20 Aug 2027** | [36.0.14](https://github.com/bytecodealliance/wasmtime/releases/tag/v36.0.14) |
| **48.0.0 LTS** | **Supported, Long-term support** | 5 Aug 2026 | 20 Aug 2026 | **20 Aug 2028** | [48.0.0](https://github.com/bytecodealliance/wasmtime/releases/tag/v48.0.0) |
| 49.0.0 | Ended | 5 Sep 2026 | 20 Sep 2026 (by plan) | 20 Nov 2026 | – |
| **50.0.0** | **Supported** | 5 Oct 2026 | 20 Oct 2026 (by plan) | **20 Dec 2026** | – |
| **51.0.0** | **Supported** | 5 Nov 2026 | 20 Nov 2026 (by plan) | **20 Jan 2027** | – |
| 52.0.0 | Planned | 5 Dec 2026 | 20 Dec 2026 | 20 Feb 2027 | – |
| 60.0.0 LTS | Planned | 5 Aug 2027 | 20 Aug 2027 | 20 Aug 2029 | – |

Holds from 20 November until 5 December 2026. The end is the first day without support.

b

> - Supported: 36.0.0 until 20 August 2027, 48.0.0 until 20 August 2028, 50.0.0 (by plan) until 20 December 2026 and 51.0.0 (by plan) until 20 January 2027. Next: 52.0.0, due 20 December 2026.

in 51.0.0

"#]]
    );
}

#[test]
fn markdown_keeps_to_the_place_of_its_marker() {
    let text = "> a\n> <!-- trainboard table columns=version -->\n> b\n\n1. <!-- trainboard table columns=version -->\n2. c\n";
    let project = shelf();
    let answer = project.preprocess(&sent("{}", "markdown", &[("page.md", text)]));
    snapbox::assert_data_eq!(
        content(&answer.succeeds()),
        str![[r#"
> a
> 
> | Version |
> | --- |
> | **36.0.0 LTS** |
> | **48.0.0 LTS** |
> | 49.0.0 |
> | **50.0.0** |
> | **51.0.0** |
> | 52.0.0 |
> | 60.0.0 LTS |
>
> Holds from 20 November until 5 December 2026. The end is the first day without support.
>
> b

1. | Version |
   | --- |
   | **36.0.0 LTS** |
   | **48.0.0 LTS** |
   | 49.0.0 |
   | **50.0.0** |
   | **51.0.0** |
   | 52.0.0 |
   | 60.0.0 LTS |

   Holds from 20 November until 5 December 2026. The end is the first day without support.

2. c

"#]]
    );
}

#[test]
fn windows_line_ends_stay() {
    let project = shelf();
    let answer =
        project.preprocess_chapter("{}", "a\r\n\r\n<!-- trainboard table -->\r\n\r\nb\r\n");
    let content = content(&answer.succeeds());
    assert!(content.starts_with("a\r\n\r\n<div"));
    assert!(content.ends_with("</div>\r\n\r\nb\r\n"));
}

#[test]
fn the_day_is_a_string_or_a_date_of_toml() {
    for date in [
        r#""2026-12-20""#,
        r#"{"$__toml_private_datetime":"2026-12-20"}"#,
    ] {
        let options = format!(r#"{{"date":{date},"command":null,"style":null}}"#);
        let project = shelf();
        let text = "<!-- trainboard value current.version -->";
        let answer = project.preprocess_chapter(&options, text).succeeds();
        assert_eq!(content(&answer), "52.0.0");
    }
}

#[test]
fn without_a_date_the_day_of_source_date_epoch_counts() {
    let json = SENT[2].1.replace(
        r#""date":{"$__toml_private_datetime":"2026-11-20"}"#,
        r#""date":null"#,
    );
    let run = shelf()
        .preprocess(&json)
        .env("SOURCE_DATE_EPOCH", "1797724800");
    assert!(run.succeeds().contains("Take 52.0.0"));
}

#[test]
fn a_schedule_outside_the_repository_of_the_book_is_not_read() {
    let all = Project::new()
        .file("secret.toml", "password = 1\n")
        .file("repository/.git/HEAD", "ref: refs/heads/main\n")
        .file("repository/trains.toml", WASMTIME)
        .file("repository/book/book.toml", "");
    let book = |schedule: &str| {
        let options = serde_json::json!({"schedule": schedule, "date": "2026-11-20"});
        let json = book_of(
            &options,
            "html",
            &[("page.md", "<!-- trainboard table -->\n")],
        );
        let root = all.path("repository/book").display().to_string();
        let json = json.replace("/book\"", &format!("{root}\""));
        all.run_program("mdbook-trainboard", "").stdin(&json)
    };
    book("../trains.toml").succeeds();
    let said = book("../../secret.toml").stderr(1);
    assert_eq!(
        said,
        "error[bad-path]: `../../secret.toml` is outside the repository of the book\n |\nhelp: keep a copy of it in the repository\n"
    );
}
