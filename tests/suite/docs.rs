//! The commands that the README and the guide show say what they show, and
//! their links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::project::Project;
use crate::schedules::WASMTIME;

#[test]
fn the_commands_of_the_readme_and_the_guide_say_what_they_show() {
    trycmd::TestCases::new()
        .register_bin("trainboard", snapbox::cmd::cargo_bin!("trainboard"))
        .case("README.md")
        .case("content/guide/*.md")
        .run();
}

#[test]
fn the_picture_of_the_readme_is_the_chart() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there = std::fs::read_to_string(root.join("content/chart.svg")).unwrap();
    let chart = Project::with_schedule(WASMTIME)
        .run("render gantt --date 2026-11-20")
        .succeeds();
    assert!(
        there == chart,
        "run: trainboard render gantt --date 2026-11-20 -o content/chart.svg"
    );
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of that folder that end in `.md`, from the top of the repository.
fn texts(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(root().join(folder)).unwrap();
    let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = names.filter(|name| name.ends_with(".md"));
    let path = |name: String| Path::new(folder).join(name).display().to_string();
    names
        .map(path)
        .map(|path| (path.clone(), fs::read_to_string(root().join(path)).unwrap()))
        .collect()
}

/// The README and the guide.
fn manuals() -> Vec<(String, String)> {
    let mut manuals = texts("content/guide");
    assert!(manuals.len() > 10);
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    manuals.push(("README.md".to_owned(), readme));
    manuals
}

/// The lines of the blocks of a shell, each with the paragraph before its block.
fn shell_lines(text: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let (mut before, mut is_shell) = (String::new(), false);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                is_shell =
                    matches!(kind, pulldown_cmark::CodeBlockKind::Fenced(name) if &*name == "sh");
            }
            Event::End(TagEnd::CodeBlock) => is_shell = false,
            Event::Start(Tag::Paragraph) => before.clear(),
            Event::Text(code) if is_shell => {
                lines.extend(code.lines().map(|line| (before.clone(), line.to_owned())));
            }
            Event::Text(words) => before.push_str(&words),
            _ => {}
        }
    }
    lines
}

/// What is there from the first release on.
const NOT_THERE_YET: [&str; 4] = [
    "cargo install trainboard ",
    "cargo binstall ",
    "uvx ",
    "pipx ",
];

/// The programs of others, and what `.ci/run` runs.
const OTHERS: [&str; 12] = [
    "cargo install --path . --locked",
    "cargo run --release -- build",
    "cargo test",
    "cd ",
    "curl ",
    "git ",
    "hugo ",
    "mdbook ",
    "mkdir ",
    "mkdocs ",
    "npx ",
    "sphinx-build ",
];

/// A project in which every command of the docs finds what it speaks of.
fn project(command: &str) -> Project {
    let project = Project::new();
    if command.starts_with("init") {
        let book = "[book]\ntitle = \"Lantern\"\n";
        return if command.contains("--mdbook") {
            project.file("book.toml", book)
        } else {
            project
        };
    }
    let data = |name: &str| fs::read(root().join("tests/data").join(name)).unwrap();
    let ubuntu = data("endoflife/ubuntu.json");
    let project = project
        .file("schedule.toml", WASMTIME)
        .file("content/index.md", "# Home\n")
        .file(
            "README.md",
            "<!-- trainboard board -->\n<!-- /trainboard -->\n",
        )
        .file(
            "SECURITY.md",
            "<!-- trainboard security -->\n<!-- /trainboard -->\n",
        )
        .file(
            "docs/support.md",
            "<!-- trainboard versions --><!-- /trainboard -->\n",
        )
        .file(
            "products/wasmtime.md",
            data("endoflife-product-kubernetes.md"),
        )
        .file("CHANGELOG.md", "## 48.0.0 - 2026-08-20\n")
        .file("schedule.json", data("node-schedule.json"))
        .file("release-cycle.json", data("python-release-cycle.json"))
        .file("python-releases.json", data("python-releases.json"))
        .file("schedule.yaml", data("kubernetes-schedule.yaml"))
        .file("eol.yaml", data("kubernetes-eol.yaml"))
        .file("releases-index.json", data("dotnet-releases-index.json"))
        .file("ubuntu.json", ubuntu);
    if command.contains("schedules/ubuntu.toml") {
        project
            .run("import endoflife ubuntu.json -o schedules/ubuntu.toml")
            .succeeds();
    }
    project
}

/// Runs it. One that would wait for a writer, for the web or for a repository
/// with tags is asked for its help, which no wrong option comes to.
fn run(command: &str) -> i32 {
    let mut arguments = command.split(['|', '>']).next().unwrap().trim().to_owned();
    let waits = ["serve", "check --published http", "import git"];
    if waits.iter().any(|begin| arguments.starts_with(begin)) {
        arguments.push_str(" --help");
    }
    arguments = arguments.replace("~/", "home/");
    project(command).run(&arguments).code()
}

#[test]
fn every_command_that_is_shown_is_run_or_stands_under_the_first_release() {
    let mut shown = 0;
    for (file, text) in manuals() {
        for (before, line) in shell_lines(&text) {
            let command = line.trim().trim_start_matches(|c: char| {
                // A variable before the program, such as that of mdBook.
                c.is_ascii_uppercase() || c == '_' || c == '=' || c.is_ascii_digit() || c == '-'
            });
            let command = command.trim_start();
            let begins = |begin: &&str| format!("{command} ").starts_with(*begin);
            if command.is_empty() || command.starts_with('#') || OTHERS.iter().any(begins) {
                continue;
            }
            if NOT_THERE_YET.iter().any(begins) {
                let is_told = before.to_lowercase().contains("from the first release on");
                assert!(is_told, "{file}: `{line}` is not there yet");
                continue;
            }
            let arguments = command
                .strip_prefix("trainboard ")
                .unwrap_or_else(|| panic!("{file}: who runs `{line}`?"));
            let code = run(arguments);
            // Only what checks may find something.
            let most = i32::from(arguments.contains("check"));
            assert!(code <= most, "{file}: `{line}` ends with {code}");
            shown += 1;
        }
    }
    assert!(shown > 30, "{shown}");
}

/// The anchors that GitHub gives to the headings of a text.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                anchors.extend(heading.take().map(|words| slug(&words)));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    anchors
}

fn slug(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn links(text: &str) -> Vec<String> {
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn every_link_of_the_texts_on_github_leads_to_a_file_and_a_heading() {
    let (mut all, mut followed) = (texts(""), 0);
    all.extend(texts("content/guide"));
    for (file, text) in all {
        for link in links(&text).iter().filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let place = match path {
                "" => root().join(&file),
                path => root().join(&file).parent().unwrap().join(path),
            };
            assert!(place.exists(), "{file}: {link}");
            if !anchor.is_empty() {
                let headings = anchors(&fs::read_to_string(&place).unwrap());
                assert!(headings.contains(anchor), "{file}: {link}: {headings:?}");
            }
            followed += 1;
        }
    }
    assert!(followed > 60, "{followed}");
}
