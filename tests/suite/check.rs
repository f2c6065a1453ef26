//! `check` and `explain`: every rule has an example that breaks it, and what
//! is said of it is held word by word.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::{Data, assert_data_eq, str};
use trainboard::rules::{Example, RULES, Rule};
use walkdir::WalkDir;

use crate::book;
use crate::project::{Project, Run};
use crate::writer;

fn project(files: &[(&str, &str)]) -> Project {
    let mut project = Project::new();
    for (path, text) in files {
        project = project.file(path, text);
    }
    if !project.path("content").exists() {
        project = project.file("content/index.md", "# Home\n");
    }
    project
}

type Made = fn() -> Run;

/// What no text of an example shows, made of files and run.
const MADE: [(&str, Made); 9] = [
    ("book-size", || {
        let book = " ".repeat(64 * 1024 * 1024 + 1);
        Project::new().run("mdbook").stdin(book)
    }),
    ("file-size", || {
        let release = "[[release]]\nversion = \"1.1\"\ndate = 2024-02-01\n";
        checked(&project(&[("schedule.toml", &release.repeat(200_000))]))
    }),
    ("link-dead", || linked("gone.md", "content/a.md")),
    ("link-loop", || linked("../content", "content/again")),
    ("link-out", || linked("/etc/passwd", "content/a.md")),
    ("no-content", || {
        let project = Project::new().file("schedule.toml", PROJECT);
        checked(&project.file("trainboard.toml", ""))
    }),
    ("not-a-book", || {
        Project::new()
            .run("mdbook")
            .stdin("[book]\ntitle = \"A\"\n")
    }),
    ("not-utf-8", || {
        let project = Project::new().file("schedule.toml", PROJECT);
        checked(&project.file("content/index.md", b"# Caf\xe9\n"))
    }),
    ("special-file", || {
        let project = project(&[("schedule.toml", PROJECT)]);
        let made = Command::new("mkfifo")
            .arg(project.path("content/pipe.md"))
            .status();
        assert!(made.unwrap().success());
        checked(&project)
    }),
];

const PROJECT: &str = "[project]\nname = \"Example\"\n";

pub(crate) fn checked(project: &Project) -> Run {
    project.run("check --date 2026-11-20")
}

fn linked(target: &str, link: &str) -> Run {
    let project = project(&[("schedule.toml", PROJECT)]);
    std::os::unix::fs::symlink(target, project.path(link)).unwrap();
    checked(&project)
}

/// The run that finds what an example is about.
fn found_by(command: &str, files: &[(&str, &str)]) -> Run {
    match command.strip_prefix("trainboard ") {
        Some(arguments) => {
            let project = files.iter().fold(Project::new(), |project, (path, text)| {
                project.file(path, text)
            });
            // Facts are the same on every day.
            let date = if arguments.starts_with("import ") {
                ""
            } else {
                " --date 2026-11-20"
            };
            project.run(&format!("{arguments}{date}"))
        }
        None => preprocessed(files),
    }
}

/// trainboard as mdBook runs it for a book of those files.
fn preprocessed(files: &[(&str, &str)]) -> Run {
    let mut options = serde_json::Value::Null;
    let mut chapters = Vec::new();
    let mut project = Project::new();
    for (path, text) in files {
        if *path == "book.toml" {
            let book: toml::Table = text.parse().unwrap();
            options = serde_json::to_value(&book["preprocessor"]["trainboard"]).unwrap();
        } else if let Some(path) = path.strip_prefix("src/") {
            chapters.push((path, *text));
        } else {
            project = project.file(path, text);
        }
    }
    options["date"] = "2026-11-20".into();
    project.preprocess(&book::book_of(&options, "html", &chapters))
}

#[test]
fn every_rule_is_broken_by_an_example_and_told_word_by_word() {
    let made: Vec<_> = MADE.iter().map(|(code, _)| *code).collect();
    let words = RULES
        .iter()
        .filter(|rule| matches!(rule.example, Example::Words(_)));
    assert_eq!(made, words.map(|rule| rule.code).collect::<Vec<_>>());
    let told = |rule: &Rule| match &rule.example {
        Example::Files(files) => checked(&project(files)).told(),
        Example::Command(command, files) => found_by(command, files).told(),
        Example::Words(_) => MADE.iter().find(|(code, _)| *code == rule.code).unwrap().1().told(),
    };
    for rule in RULES.iter() {
        let told = told(rule);
        assert!(
            told.contains(&format!("[{}]", rule.code)),
            "{}: {told}",
            rule.code
        );
        let path = snapshots().join(format!("{}.txt", rule.code));
        assert_data_eq!(told, Data::read_from(&path, None).raw());
    }
}

/// Rules whose example is a schedule, and which time breaks, not the writer.
const NOT_TO_MEND: [&str; 1] = ["ends-soon"];

#[test]
fn a_mended_example_keeps_its_rule_and_all_others() {
    let mut broken = Vec::new();
    for rule in RULES.iter() {
        let Some((path, text)) = rule.mended else {
            let is_schedule = matches!(&rule.example, Example::Files(files) if matches!(files[..], [("schedule.toml", _)]));
            let is_exempt = !is_schedule || NOT_TO_MEND.contains(&rule.code);
            assert!(is_exempt, "{} is not mended", rule.code);
            continue;
        };
        let mended = |files: &[(&'static str, &'static str)]| {
            let others = files.iter().filter(|(other, _)| *other != path);
            others.copied().chain([(path, text)]).collect::<Vec<_>>()
        };
        let told = match &rule.example {
            Example::Files(files) => checked(&project(&mended(files))).told(),
            Example::Command(command, files) => found_by(command, &mended(files)).told(),
            Example::Words(words) => panic!("{}: {words} is mended", rule.code),
        };
        let findings = [&format!("[{}]", rule.code), "error", "warning"];
        if findings.iter().any(|finding| told.contains(*finding)) {
            broken.push(format!("{}: {told}", rule.code));
        }
    }
    assert_eq!(broken, [""; 0]);
}

pub(crate) fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

#[test]
fn every_rule_has_its_snapshot_and_every_snapshot_its_rule() {
    let files = fs::read_dir(snapshots()).unwrap();
    let names: BTreeSet<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != writer::FOLDER)
        .collect();
    let rules: BTreeSet<_> = RULES
        .iter()
        .map(|rule| format!("{}.txt", rule.code))
        .collect();
    assert_eq!(names, rules);
}

#[test]
fn examples_that_check_finds_are_in_its_json_too() {
    for rule in RULES.iter() {
        let Example::Files(files) = &rule.example else {
            continue;
        };
        // Nobody waits twice for its end.
        if rule.code == "endless-template" {
            continue;
        }
        let json = project(files)
            .run("check --date 2026-11-20 --format json")
            .ends();
        let found: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert!(
            found.iter().any(|finding| finding["code"] == rule.code),
            "{}: {json}",
            rule.code
        );
    }
}

#[test]
fn rules_are_sorted_and_have_names_of_words() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted());
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    for rule in RULES.iter() {
        assert!(
            rule.code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        );
        assert!(rule.sentence.ends_with('.'), "{}", rule.code);
    }
}

/// The codes that the sources make diagnostics of.
fn codes_in_the_sources() -> BTreeSet<String> {
    let makers = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "Diagnostic::notice(",
        "Finding::error(",
        "Finding::warning(",
        "mark.error(",
        "Finding::notice(",
        "self.warning(",
        "self.wrong(",
        "self.tell(",
        "code: ",
        "_DIFFERS: &str = ",
    ];
    let mut codes = BTreeSet::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in WalkDir::new(src).into_iter().map(Result::unwrap) {
        if !entry.file_type().is_file() || entry.path().ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for maker in makers {
            for after in text.split(maker).skip(1) {
                if let Some(code) = after.trim_start().strip_prefix('"') {
                    codes.insert(code.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    codes
}

#[test]
fn every_code_is_explained_and_every_rule_is_used() {
    let rules: BTreeSet<_> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    let codes = codes_in_the_sources();
    let unexplained: Vec<_> = codes.difference(&rules).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    let indirect = [
        "end-twice",
        "release-twice",
        "released-after-end",
        "released-before-train",
        "released-early",
        "released-late",
        "released-on-end",
        "unknown-column",
        "unknown-train",
    ];
    let unused: Vec<_> = rules
        .difference(&codes)
        .filter(|code| !indirect.contains(&code.as_str()))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_repository_has_nothing_wrong_on_the_day_its_facts_end() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut project = Project::new();
    for folder in [
        "schedule.toml",
        "trainboard.toml",
        "content",
        "templates",
        "static",
        "examples",
    ] {
        for entry in WalkDir::new(root.join(folder))
            .into_iter()
            .map(Result::unwrap)
        {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(root).unwrap();
                project = project.file(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
            }
        }
    }
    assert_data_eq!(
        project.run("check --strict --date 2026-08-21").says(),
        str![[r#"
notice[ends-soon]: support of `11` ends within a month: 31 August 2026
  --> examples/debian.toml:24:11
   |
24 | version = "11"
   |           ^^^^ this train

checked [..] pages: 1 notice
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
}

fn three_findings() -> Project {
    project(&[
        (
            "schedule.toml",
            "[project]\nname = \"Example\"\n[window]\nrecnet = 3\n",
        ),
        (
            "content/index.md",
            "# Home\n\nA [link](about:blank), 100 % éà [dead](nowhere.md)\n",
        ),
    ])
}

#[test]
fn findings_are_sorted_and_counted() {
    three_findings().run("check").fails(
        1,
        str![[r#"
error[refused-html]: an address may not begin with `about:`
 --> content/index.md:3:10
  |
3 | A [link](about:blank), 100 % éà [dead](nowhere.md)
  |          ^^^^^^^^^^^ refused
  |
help: an address is relative, or begins with `https:`, `http:` or `mailto:`

error[dead-link]: there is no `nowhere.md`
 --> content/index.md:3:40
  |
3 | A [link](about:blank), 100 % éà [dead](nowhere.md)
  |                                        ^^^^^^^^^^ leads nowhere

error[unknown-key]: `recnet` is not a known key
 --> schedule.toml:4:1
  |
4 | recnet = 3
  | ^^^^^^ not known here
  |
help: the nearest known key is
  |
4 - recnet = 3
4 + recent = 3
  |

checked 1 page: 3 errors
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
    );
}

#[test]
fn the_short_form_is_a_line_each() {
    assert_data_eq!(
        three_findings().run("check --format short").ends(),
        str![[r#"
content/index.md:3:10: error[refused-html]: an address may not begin with `about:`
content/index.md:3:40: error[dead-link]: there is no `nowhere.md`
schedule.toml:4:1: error[unknown-key]: `recnet` is not a known key

"#]]
    );
}

#[test]
fn json_says_where_in_lines_and_columns_of_characters() {
    let json = three_findings().run("check --format json").ends();
    let found: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let place = |n: usize| {
        let place = &found[n]["places"][0];
        format!(
            "{}:{}:{}-{}",
            place["file"].as_str().unwrap(),
            place["line"],
            place["column"],
            place["end_column"]
        )
    };
    assert_eq!(place(1), "content/index.md:3:40-50");
    assert_eq!(place(2), "schedule.toml:4:1-7");
    assert_eq!(found[2]["replacement"], "recent");
    assert_eq!(found[0]["severity"], "error");
}

#[test]
fn an_address_cannot_move_a_terminal() {
    let page = "[x](a\u{9b}31mb.md)\n";
    let project = project(&[("content/index.md", page)]);
    for format in ["short", "github", "human"] {
        let run = || project.run(&format!("check --format {format}"));
        let told = run().ends() + &run().told();
        assert!(!told.contains('\u{9b}'), "{told}");
        assert!(told.contains("a\u{fffd}31mb.md"), "{told}");
    }
}

#[test]
fn a_key_cannot_forge_a_line_or_move_a_terminal() {
    let schedule = "[project]\nname = \"Example\"\n\"a\\nb.md:1:1: error\" = 1\n\"c\\u001b[31md\" = 1\n\"e\\u202ef\" = 1\n";
    let project = project(&[("schedule.toml", schedule)]);
    for format in ["short", "github", "human"] {
        let run = || project.run(&format!("check --format {format}"));
        let told = run().ends() + &run().told();
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told}");
        assert!(!told.contains("\nb.md"), "{told}");
        assert!(
            told.contains("c\u{fffd}[31md") || told.contains("c\u{241b}[31md"),
            "{told}"
        );
    }
}

#[test]
fn a_line_that_is_shown_cannot_move_a_terminal() {
    let page = "# Home\n\n\u{9b}31m [x](nowhere.md)\n";
    let project = project(&[("content/index.md", page)]);
    let told = project.run("check").told();
    assert!(told.contains("3 | \u{fffd}31m [x](nowhere.md)"), "{told}");
    assert!(!told.contains('\u{9b}'), "{told}");
}

#[test]
fn annotations_of_a_workflow_are_escaped() {
    let text = three_findings().run("check --format github").ends();
    assert_data_eq!(
        text.clone(),
        str![[r#"
::error file=content/index.md,line=3,col=10,endLine=3,title=refused-html::an address may not begin with `about:`%0Ahelp: an address is relative, or begins with `https:`, `http:` or `mailto:`
::error file=content/index.md,line=3,col=40,endLine=3,title=dead-link::there is no `nowhere.md`
::error file=schedule.toml,line=4,col=1,endLine=4,title=unknown-key::`recnet` is not a known key%0Ahelp: the nearest known key is

"#]]
    );
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&three_findings().run("check --format json").ends()).unwrap();
    for (line, finding) in text.lines().zip(&json) {
        let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (severity, properties) = command.split_once(' ').unwrap();
        assert_eq!(severity, finding["severity"]);
        let title = message.replace("%0A", "\n").replace("%25", "%");
        assert_eq!(title.lines().next().unwrap(), finding["title"]);
        assert!(properties.contains(&format!("line={}", finding["places"][0]["line"])));
    }
}

#[test]
fn strict_makes_errors_of_warnings() {
    let project = project(&[
        ("content/index.md", "# Home\n"),
        (
            "content/old.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
        ),
    ]);
    assert_data_eq!(
        project.run("check").says(),
        str![[r#"
warning[unused-file]: no page shows or links to `content/old.svg`

checked 1 page: 1 warning
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
    project.run("check --strict").fails(
        1,
        str![[r#"
error[unused-file]: no page shows or links to `content/old.svg`

checked 1 page: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
    );
}

#[test]
fn explain_has_an_example() {
    let project = Project::new();
    assert_data_eq!(
        project.run("explain end-before-release").succeeds(),
        str![[r#"
end-before-release

A train does not end before it is released.

Wrong, in schedule.toml:

    [project]
    name = "Example"
    [[train]]
    version = "1.0"
    release = 2026-01-15
    end = 2025-01-15

Right, in schedule.toml:

    [project]
    name = "Example"
    [[train]]
    version = "1.0"
    release = 2026-01-15
    end = 2027-01-15

"#]]
    );
    assert_data_eq!(
        project.run("explain link-out").succeeds(),
        str![[r#"
link-out

A symbolic link stays in the project.

For example: `content/a.md`, a link to `/etc/passwd`

"#]]
    );
    project.run("explain end-before-relase").fails(
        2,
        str![[r#"
error: there is no rule `end-before-relase`; the nearest is `end-before-release`

"#]],
    );
    let all = project.run("explain").succeeds();
    assert_eq!(all.lines().count(), RULES.len());
}

#[test]
fn a_page_with_wrong_markers_is_looked_through_for_all_else() {
    let page = "# Home\n\nUse <!-- trainboard value curent.version -->, see [that](away.md).\n";
    let project =
        Project::with_schedule("[project]\nname = \"X\"\n").file("content/index.md", page);
    assert_data_eq!(
        project.run("check").told(),
        str![[r#"
error[unknown-value]: there is no value `curent.version`
 --> content/index.md:3:27
  |
3 | Use <!-- trainboard value curent.version -->, see [that](away.md).
  |                           ^^^^^^^^^^^^^^ not known
  |
help: the nearest is `current.version`
  |
3 | Use <!-- trainboard value current.version -->, see [that](away.md).
  |                              +

error[dead-link]: there is no `away.md`
 --> content/index.md:3:58
  |
3 | Use <!-- trainboard value curent.version -->, see [that](away.md).
  |                                                          ^^^^^^^ leads nowhere

checked 1 page: 2 errors
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
}

#[test]
fn a_day_that_does_not_exist_is_told_once() {
    let text = "[project]\nname = \"X\"\n[[release]]\nversion = \"1\"\ndate = 2025-09-31\n";
    let project = Project::with_schedule(text).file("content/index.md", "# Home\n");
    assert_data_eq!(
        project.run("check").told(),
        str![[r#"
error[bad-value]: `2025-09-31` is not a day of the calendar
 --> schedule.toml:5:8
  |
5 | date = 2025-09-31
  |        ^^^^^^^^^^ the value of `date`

checked 1 page: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
}

#[test]
fn what_will_stop_a_build_on_the_next_change_is_told_before() {
    let schedule = "[project]\nname = \"X\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-01\nend = 2026-12-15\n";
    let page = "# Home\n\nUse <!-- trainboard value current.version -->.\n";
    let project = Project::with_schedule(schedule).file("content/index.md", page);
    assert_data_eq!(
        project.run("check --date 2026-11-20").told(),
        str![[r#"
notice[no-value]: from 2026-12-15 on, there is no `current.version`
 --> content/index.md:3:27
  |
3 | Use <!-- trainboard value current.version -->.
  |                           ^^^^^^^^^^^^^^^ has no value then
  |
help: say what to write then: `default="not yet"`

notice[ends-soon]: support of `1` ends within a month: 15 December 2026
 --> schedule.toml:4:11
  |
4 | version = "1"
  |           ^^^ this train

checked 1 page: 2 notices
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
    let page = "# Home\n\nA fix goes to <!-- trainboard versions default=\"none\" -->.\n";
    let project = project.file("content/index.md", page);
    let told = project.run("check --strict --date 2026-11-20").says();
    assert!(!told.contains("no-value"), "{told}");
    project.run("build --date 2026-12-15").succeeds();
    assert!(
        project
            .read("public/index.html")
            .contains("A fix goes to none.")
    );
}

#[test]
fn what_contradicts_itself_is_an_error() {
    for (text, title) in [
        (
            "[[train]]\nversion = \"3.0.0\"\nend = 2026-03-01\n",
            "`3.0.0` ends before its release on 2026-03-20",
        ),
        (
            "[[train]]\nversion = \"3.0.0\"\nskip = \"why\"\nrelease = 2026-03-21\n",
            "train `3.0.0` is skipped, and has a release",
        ),
        (
            "[[channel]]\nname = \"A\"\nphases = [{ name = \"B\" }, { name = \"C\", for = \"2 weeks\" }]\n",
            "phase `B` has no length, and `C` is to follow it",
        ),
    ] {
        let cadence =
            "[cadence]\nanchor = { version = \"1.0.0\", date = 2026-01-20 }\nevery = \"1 month\"\n";
        let schedule = format!("[project]\nname = \"X\"\n{cadence}{text}");
        let project = Project::with_schedule(&schedule).file("content/index.md", "# Home\n");
        let told = project.run("check --date 2026-11-20").stderr(1);
        assert!(told.contains(title), "{told}");
    }
}

#[test]
fn a_schedule_that_the_settings_name_has_to_be_there() {
    for (name, page) in [
        ("nope.toml", "# Home\n\n<!-- trainboard board -->\n"),
        ("schedule.toml", "# Home\n"),
    ] {
        let project = Project::new()
            .file(
                "trainboard.toml",
                format!("[site]\nschedule = \"{name}\"\n"),
            )
            .file("content/index.md", page);
        for command in ["build", "check"] {
            let told = project.run(command).stderr(3);
            assert!(
                told.starts_with(&format!("error: there is no `{name}`\n")),
                "{told}"
            );
        }
    }
}

#[test]
fn a_key_of_another_table_is_told_where_it_belongs() {
    let project = Project::with_schedule("[project]\nname = \"X\"\n")
        .file("trainboard.toml", "title = \"X\"\n")
        .file("content/index.md", "# Home\n");
    assert_data_eq!(
        project.run("check").told(),
        str![[r#"
error[unknown-key]: `title` is not a known key
 --> trainboard.toml:1:1
  |
1 | title = "X"
  | ^^^^^ not known here
  |
help: it belongs below `[site]`

"#]]
    );
}

#[test]
fn an_option_that_a_view_has_no_use_for_is_refused() {
    let project = Project::with_schedule("[project]\nname = \"X\"\n");
    for (call, option) in [
        ("render table --span 3m", "--span"),
        ("render gantt --columns version", "--columns"),
        ("render summary --name x", "--name"),
    ] {
        let view = call.split(' ').nth(1).unwrap();
        let told = project.run(call).stderr(2);
        assert_eq!(
            told,
            format!("error: `render {view}` has no use for `{option}`\n")
        );
    }
}

#[test]
fn what_is_overdue_is_an_error_only_where_that_is_asked_for() {
    let schedule = "[project]\nname = \"X\"\nplans = \"confirmed\"\n[cadence]\nanchor = { version = \"1\", date = 2026-10-20 }\nevery = \"1 month\"\n";
    let project = Project::with_schedule(schedule).file("content/index.md", "# Home\n");
    let told = project.run("check --strict --date 2026-11-20").says();
    assert_data_eq!(
        told,
        str![[r#"
notice[overdue]: no release of `1` is recorded, planned for 2026-10-20, nor of the next train
 --> schedule.toml:2:8
  |
2 | name = "X"
  |        ^^^ of this project
  |
help: record it as `[[release]]`, or skip the train: `[[train]]` with `skip = "why"`

checked 1 page: 1 notice
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
    let told = project.run("check --due --date 2026-11-20").stderr(1);
    assert!(told.starts_with("error[overdue]: "), "{told}");
}

#[test]
fn an_end_that_is_near_is_never_an_error() {
    let schedule = "[project]\nname = \"X\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-20\nend = 2026-12-20\n";
    let project = Project::with_schedule(schedule).file("content/index.md", "# Home\n");
    for (day, is_told) in [("2026-11-19", false), ("2026-11-20", true)] {
        let check = format!("check --strict --due --date {day} --format short");
        let told = project.run(&check).succeeds();
        assert_eq!(told.contains("notice[ends-soon]"), is_told, "{told}");
    }
}

#[test]
fn a_schedule_beside_a_readme_is_checked_by_itself() {
    let project = Project::new()
        .file("README.md", "# Example\n")
        .file("schedule.toml", PROJECT);
    assert_data_eq!(
        checked(&project).says(),
        str![[r#"
checked the schedule: nothing is wrong

"#]]
    );
    let slip = project.file("schedule.toml", format!("{PROJECT}[window]\nrecnet = 3\n"));
    let told = checked(&slip).told();
    assert!(told.contains("error[unknown-key]"), "{told}");
    assert!(!told.contains("no-content"), "{told}");
    let nothing = checked(&Project::new()).told();
    assert!(nothing.contains("error[no-content]"), "{nothing}");
}

#[test]
fn a_book_is_checked_by_its_chapters() {
    let project = Project::new()
        .file("book.toml", "[book]\ntitle = \"Example\"\n")
        .file("src/SUMMARY.md", "- [Home](home.md)\n")
        .file("src/home.md", "# Home\n");
    project.run("init --mdbook --date 2026-11-20").succeeds();
    assert_data_eq!(
        checked(&project).says(),
        str![[r#"
checked 1 chapter: nothing is wrong

"#]]
    );
    let slip = project.file("src/home.md", "# Home\n\n<!-- trainboard tabel -->\n");
    assert_data_eq!(
        checked(&slip).told(),
        str![[r#"
error[unknown-marker]: there is no view `tabel`
[..]
  |
3 | <!-- trainboard tabel -->
  |                 ^^^^^ not known
  |
help: the nearest is `table`
  |
3 - <!-- trainboard tabel -->
3 + <!-- trainboard table -->
  |

checked 1 chapter: 1 error

"#]]
    );
}

#[test]
fn the_schedule_of_a_book_is_the_one_that_its_settings_name() {
    let project = Project::new()
        .file(
            "book.toml",
            "[preprocessor.trainboard]\nschedule = \"data/trains.toml\"\n",
        )
        .file("data/trains.toml", PROJECT)
        .file("src/home.md", "# Home\n\n<!-- trainboard board -->\n");
    let said = checked(&project).says();
    assert!(
        said.contains("checked 1 chapter: nothing is wrong"),
        "{said}"
    );
}
