//! What is said when something is wrong with a book.

use std::io::Write;
use std::process::{Command, Stdio};

use snapbox::str;

use super::{SENT, content, sent, shelf};
use crate::project::Project;

#[test]
fn errors_name_the_chapter_the_line_and_the_column() {
    let chapters = [
        ("a.md", "# A\n\n<!-- trainboard tabel -->\n"),
        (
            "deep/b.md",
            "> b <!-- trainboard value curent.version -->\n",
        ),
        ("c.md", "<!-- trainboard board -->"),
    ];
    let out = shelf().preprocess(&sent("{}", "html", &chapters)).fails(
        1,
        str![[r#"
error[unknown-marker]: there is no view `tabel`
 --> src/a.md:3:17
  |
3 | <!-- trainboard tabel -->
  |                 ^^^^^ not known
  |
help: the nearest is `table`
  |
3 - <!-- trainboard tabel -->
3 + <!-- trainboard table -->
  |

error[unknown-value]: there is no value `curent.version`
 --> src/deep/b.md:1:27
  |
1 | > b <!-- trainboard value curent.version -->
  |                           ^^^^^^^^^^^^^^ not known
  |
help: the nearest is `current.version`
  |
1 | > b <!-- trainboard value current.version -->
  |                              +

"#]],
    );
    assert_eq!(out, "");
}

#[test]
fn chapters_are_named_by_their_file_and_not_by_their_page() {
    let readme = SENT[0]
        .1
        .replace("trainboard summary", "trainboard sumary")
        .replace(r#""src":"src""#, r#""src":"docs/""#);
    let said = shelf().preprocess(&readme);
    said.fails(
        1,
        str![[r#"
error[unknown-marker]: there is no view `sumary`
 --> docs/README.md:2:17
  |
2 | <!-- trainboard sumary -->
  |                 ^^^^^^ not known
  |
help: the nearest is `summary`
  |
2 | <!-- trainboard summary -->
  |                    +

"#]],
    );
}

#[test]
fn options_that_are_wrong_are_told_in_one_run() {
    let options =
        r#"{"schedul":"a","colour":1,"style":"inlin","on-missing":"perhaps","date":"2026-13-01"}"#;
    shelf().preprocess_chapter(options, "").fails(
        1,
        str![[r#"
error[bad-option]: in `[preprocessor.trainboard]` of `book.toml`, `style` knows no `inlin`
 |
help: the nearest is `inline`

error[bad-option]: in `[preprocessor.trainboard]` of `book.toml`, `on-missing` knows no `perhaps`
 |
help: one of `error`, `warn`

error[bad-option]: in `[preprocessor.trainboard]` of `book.toml`, `2026-13-01` is not a day of the calendar

error[unknown-key]: `schedul` is not a known key of `[preprocessor.trainboard]` in `book.toml`
 |
help: the nearest known key is `schedule`

error[unknown-key]: `colour` is not a known key of `[preprocessor.trainboard]` in `book.toml`
 |
help: known here: `schedule`, `date`, `style`, `on-missing`

"#]],
    );
}

#[test]
fn a_date_is_a_day() {
    for date in [
        r#"{"$__toml_private_datetime":"2026-11-20T10:00:00"}"#,
        "20261120",
    ] {
        let options = format!(r#"{{"date":{date}}}"#);
        let said = shelf().preprocess_chapter(&options, "");
        assert!(said.stderr(1).contains("`date ="), "{date}");
    }
}

#[test]
fn mdbooks_own_keys_are_no_concern() {
    let options =
        r#"{"command":"x","renderers":["html"],"before":["a"],"after":["links"],"optional":true}"#;
    let text = "<!-- trainboard value current.version -->";
    let answer = shelf().preprocess_chapter(options, text).succeeds();
    assert_eq!(content(&answer), "51.0.0");
}

#[test]
fn a_book_without_a_marker_is_an_error_unless_told_otherwise() {
    let text = "# A\n\n`<!-- trainboard board -->`\n";
    shelf().preprocess_chapter("{}", text).fails(
        1,
        str![[r#"
error[no-marker]: no chapter of this book has a marker
 |
help: write `<!-- trainboard board -->` into one; for a book that may go without, write `on-missing = "warn"` under `[preprocessor.trainboard]` in `book.toml`

"#]],
    );
    let warned = shelf().preprocess_chapter(r#"{"on-missing":"warn"}"#, text);
    snapbox::assert_data_eq!(
        warned.says(),
        str![[r#"
warning[no-marker]: no chapter of this book has a marker
 |
help: write `<!-- trainboard board -->` into one; for a book that may go without, write `on-missing = "warn"` under `[preprocessor.trainboard]` in `book.toml`

"#]]
    );
    let warned = shelf().preprocess_chapter(r#"{"on-missing":"warn"}"#, text);
    assert_eq!(content(&warned.succeeds()), text);
}

#[test]
fn a_schedule_that_is_not_there_is_named_from_the_books_folder() {
    Project::new().preprocess(SENT[1].1).fails(
        1,
        str![[r#"
error[no-schedule]: there is no `data/trains.toml`
 |
help: name the schedule, from the book's folder: `schedule = "…"` under `[preprocessor.trainboard]` in `book.toml`

"#]],
    );
}

#[test]
fn a_schedule_that_is_wrong_is_shown() {
    let shelf = Project::new().file("data/trains.toml", "[projekt]\nname = \"A\"\n");
    shelf.preprocess(SENT[1].1).fails(
        1,
        str![[r#"
error[missing-key]: `project` is missing
 --> data/trains.toml:1:1
  |
1 | [projekt]
  | ^ in this table

error[unknown-key]: `projekt` is not a known key
 --> data/trains.toml:1:2
  |
1 | [projekt]
  |  ^^^^^^^ not known here
  |
help: the nearest known key is
  |
1 - [projekt]
1 + [project]
  |

"#]],
    );
}

#[test]
fn a_book_that_is_cut_off_is_an_error() {
    let sent = SENT[2].1;
    for end in [1, 100, sent.len() / 2, sent.len() - 1] {
        let said = shelf().preprocess(&sent[..end]).stderr(1);
        assert!(
            said.contains("stdin is not what mdBook sends: EOF"),
            "{said}"
        );
    }
}

#[test]
fn an_empty_input_says_who_runs_this() {
    shelf().preprocess("").fails(
        1,
        str![[r#"
error[not-a-book]: there is nothing on stdin
 |
help: mdBook runs this command: write `[preprocessor.trainboard]` into `book.toml`, and run `mdbook build`

"#]],
    );
}

#[test]
fn json_that_is_no_book_is_an_error() {
    for text in ["{}", "[]", "[{},{}]", "[1,2]", "null", "[[[[", "[{},{},{}]"] {
        let said = shelf().preprocess(text).stderr(1);
        assert!(
            said.contains("stdin is not what mdBook sends"),
            "{text}: {said}"
        );
    }
    let deep = r#"[{"root":"/","renderer":"html","config":"#.to_owned() + &"[".repeat(1_000_000);
    let deep = shelf().preprocess(&deep).stderr(1);
    assert!(deep.contains("recursion limit"), "{deep}");
}

#[test]
fn a_book_with_neither_list_is_never_passed_on() {
    let renamed = SENT[2].1.replace("\"items\"", "\"pages\"");
    let out = shelf().preprocess(&renamed).fails(
        1,
        str![[r#"
error[not-a-book]: this book has neither a list `items` nor a list `sections`
 |
help: this mdBook is newer than trainboard, or something before it changed the book

"#]],
    );
    assert_eq!(out, "");
}

#[test]
fn a_book_over_the_limit_is_refused() {
    let huge = " ".repeat(64 * 1024 * 1024 + 1);
    shelf().preprocess(&huge).fails(
        1,
        str![[r#"
error[book-size]: this book is larger than the limit of 64 MiB

"#]],
    );
}

#[test]
fn odd_chapters_are_handed_back() {
    let json = sent("{}", "html", &[("a.md", "<!-- trainboard versions -->")]).replace(
        r#""items":["#,
        r#""items":[17,null,"Separator",{"Chapter":[]},{"Chapter":{"content":1,"sub_items":{}}},{"PartTitle":"trainboard"},"#,
    );
    let answer = shelf().preprocess(&json).succeeds();
    assert!(answer.starts_with(r#"{"items":[17,null,"Separator",{"Chapter":[]},{"Chapter":{"content":1,"sub_items":{}}},{"PartTitle":"trainboard"},"#));
}

#[test]
fn a_reader_that_leaves_is_an_error_here() {
    let shelf = shelf();
    let mut child = Command::new(snapbox::cmd::cargo_bin!("mdbook-trainboard"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let json = SENT[2]
        .1
        .replace("/book\"", &format!("{}\"", shelf.root().display()));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(json.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.starts_with("error: mdBook does not take the book back: "),
        "{said}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_an_error() {
    let shelf = shelf();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut child = Command::new(snapbox::cmd::cargo_bin!("mdbook-trainboard"))
        .stdin(Stdio::piped())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let json = SENT[2]
        .1
        .replace("/book\"", &format!("{}\"", shelf.root().display()));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(json.as_bytes())
        .unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(3));
}
