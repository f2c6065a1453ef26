//! Whole builds: the repository's own site, twice and on many days; builds
//! that fail; builds without a schedule.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use scraper::{Html, Selector};
use snapbox::{assert_data_eq, str};
use walkdir::WalkDir;

use crate::project::Project;
use crate::schedules::WASMTIME;

/// A copy of the repository's own project.
fn repository() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut project = Project::new();
    for file in ["schedule.toml", "trainboard.toml"] {
        project = project.file(file, fs::read(root.join(file)).unwrap());
    }
    let folders = ["content", "examples"].into_iter();
    for entry in folders
        .flat_map(|folder| WalkDir::new(root.join(folder)))
        .map(Result::unwrap)
    {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root).unwrap();
            project = project.file(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
        }
    }
    project
}

/// All files of a folder, without trainboard's list of them.
fn files(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let top = project.path(folder);
    let all = WalkDir::new(&top).into_iter().map(Result::unwrap);
    let files = all.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&top).unwrap();
            (
                path.to_str().unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .filter(|(path, _)| !path.starts_with(".trainboard"))
        .collect()
}

fn built_on(project: &Project, date: &str) -> BTreeMap<String, Vec<u8>> {
    project
        .run(&format!(
            "build --date {date} --out public-{date} --base-url https://example.org/x"
        ))
        .succeeds();
    files(project, &format!("public-{date}"))
}

#[test]
fn the_repository_builds_and_says_so_in_one_line() {
    let said = repository().run("build --date 2026-11-20").says();
    assert_data_eq!(
        said,
        str![[r#"
built [..] pages in public/, valid from 2026-11-20 until 2026-11-24
open public/index.html

"#]]
    );
}

#[test]
fn no_page_carries_script_or_asks_another_host() {
    let project = repository();
    let site = built_on(&project, "2026-11-20");
    let everything = Selector::parse("*").unwrap();
    let mut pages = 0;
    for (path, bytes) in site
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.ends_with(".svg"))
    {
        pages += 1;
        let text = String::from_utf8(bytes.clone()).unwrap();
        for element in Html::parse_document(&text).select(&everything) {
            check_element(path, element.value());
        }
    }
    assert!(pages > 10, "{pages} pages");
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".css")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            !text.contains("@import") && !text.contains("url("),
            "{path}"
        );
    }
}

pub(crate) fn check_element(path: &str, element: &scraper::node::Element) {
    let name = element.name();
    let forbidden = ["script", "iframe", "object", "embed", "base", "form"];
    assert!(!forbidden.contains(&name), "<{name}> in {path}");
    for (attribute, value) in element.attrs() {
        assert!(
            !attribute.starts_with("on"),
            "{attribute} of <{name}> in {path}"
        );
        let value = value.trim().to_ascii_lowercase();
        assert!(!value.starts_with("javascript:"), "{value} in {path}");
        let is_asset =
            attribute == "src" || attribute == "srcset" || attribute == "href" && name != "a";
        let leaves = value.starts_with("http") || value.starts_with("//");
        let is_canonical = element.attr("rel") == Some("canonical") || path == "404.html";
        assert!(!(is_asset && leaves && !is_canonical), "{value} in {path}");
    }
}

#[test]
fn the_release_page_is_small_and_needs_three_requests() {
    let project = repository();
    let site = built_on(&project, "2026-11-20");
    let page = &site["release-process.html"];
    assert!(page.len() <= 60 * 1024, "{} bytes", page.len());
    let html = Html::parse_document(std::str::from_utf8(page).unwrap());
    let assets = "link[rel=stylesheet], img, source, video, audio, link[rel=preload]";
    let assets = html.select(&Selector::parse(assets).unwrap()).count();
    assert!(assets < 3, "{assets} assets");
    let table = html
        .select(&Selector::parse("table tbody th[scope=row]").unwrap())
        .count();
    assert_eq!(table, 7);
    assert_eq!(
        html.select(&Selector::parse("figure svg").unwrap()).count(),
        4,
        "two drawings of two charts"
    );
}

#[test]
fn every_page_has_what_a_page_needs() {
    let project = repository();
    for (path, bytes) in built_on(&project, "2026-11-20") {
        if !path.ends_with(".html") {
            continue;
        }
        let html = Html::parse_document(std::str::from_utf8(&bytes).unwrap());
        let count = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
        for selector in [
            "html[lang=en]",
            "head > title",
            "meta[name=viewport]",
            "meta[http-equiv='Content-Security-Policy']",
            "main",
            "h1",
            "body > a[href^='#']",
        ] {
            assert_eq!(count(selector), 1, "{selector} in {path}");
        }
        if path != "404.html" {
            assert_eq!(count("link[rel=canonical]"), 1, "{path}");
            assert_eq!(count("nav [aria-current]"), 1, "{path}");
        }
    }
}

#[test]
fn two_builds_are_equal_byte_for_byte() {
    let project = repository();
    project.run("build --date 2026-11-20 --out a").succeeds();
    project.run("build --date 2026-11-20 --out b").succeeds();
    assert_eq!(files(&project, "a"), files(&project, "b"));
}

#[test]
fn a_site_is_the_same_on_every_day_of_a_period_and_another_on_the_next() {
    let project = repository();
    let first = built_on(&project, "2026-11-20");
    for day in ["2026-11-21", "2026-11-23"] {
        assert!(first == built_on(&project, day), "{day}");
    }
    let changed = built_on(&project, "2026-12-05");
    assert_ne!(
        first["release-process.html"],
        changed["release-process.html"]
    );
    assert_ne!(first["board.json"], changed["board.json"]);
    assert_ne!(first["schedule.svg"], changed["schedule.svg"]);
}

#[test]
fn the_time_zone_changes_nothing() {
    let project = repository();
    for (zone, out) in [("Pacific/Kiritimati", "a"), ("Etc/GMT+12", "b")] {
        project
            .run(&format!("build --out {out}"))
            .env("TZ", zone)
            .succeeds();
    }
    assert_eq!(files(&project, "a"), files(&project, "b"));
}

#[test]
fn the_order_of_the_folder_changes_nothing() {
    let names = ["b.md", "a.md", "z/index.md", "z/a.md", "c.md"];
    let project = |names: &[&str]| {
        let files = names.iter().map(|name| {
            (
                format!("content/{name}"),
                format!("# About {name}\n\n<!-- trainboard table -->\n"),
            )
        });
        let project = files.fold(Project::with_schedule(WASMTIME), |project, (path, text)| {
            project.file(&path, text)
        });
        project.run("build --date 2026-11-20").succeeds();
        files_of(&project)
    };
    let files_there = project(&names);
    let mut reversed = names;
    reversed.reverse();
    assert_eq!(files_there, project(&reversed));
}

fn files_of(project: &Project) -> BTreeMap<String, Vec<u8>> {
    files(project, "public")
}

#[test]
fn content_without_a_schedule_builds() {
    let project = Project::new().file("content/index.md", "# Notes\n\nNo trains here.\n");
    assert_data_eq!(
        project.run("build").says(),
        str![[r#"
built 1 page in public/
open public/index.html

"#]]
    );
    assert!(
        project
            .read("public/index.html")
            .contains("No trains here.")
    );
}

#[test]
fn a_marker_without_a_schedule_is_an_error_with_its_place() {
    let project = Project::new().file("content/index.md", "# Notes\n\n<!-- trainboard table -->\n");
    project.run("build").fails(
        1,
        str![[r#"
error[no-schedule]: there is no schedule for this marker
 --> content/index.md:3:1
  |
3 | <!-- trainboard table -->
  | ^^^^^^^^^^^^^^^^^^^^^^^^^ nothing to show here
  |
help: write a `schedule.toml`, or name the file in `trainboard.toml`

"#]],
    );
}

#[test]
fn a_build_that_fails_leaves_the_last_one_as_it_was() {
    let project =
        Project::with_schedule(WASMTIME).file("content/index.md", "# Home\n\n[about](about.md)\n");
    project.write("content/about.md", "# About\n");
    project.run("build --date 2026-11-20").succeeds();
    let before = files_of(&project);
    project.write("content/index.md", "# Home\n\n[about](abuot.md)\n");
    project.run("build --date 2026-11-20").fails(
        1,
        str![[r#"
error[dead-link]: there is no `abuot.md`
 --> content/index.md:3:9
  |
3 | [about](abuot.md)
  |         ^^^^^^^^ leads nowhere
  |
help: the nearest is `about.md`

"#]],
    );
    project.write("content/index.md", "# Home\n");
    project.write(
        "schedule.toml",
        "[project]\nname = \"x\"\n[cadence]\nevery = \"1 mnth\"\n",
    );
    project.run("build --date 2026-11-20").fails(
        1,
        str![[r#"
error[missing-key]: `anchor` is missing
 --> schedule.toml:3:1
  |
3 | [cadence]
  | ^^^^^^^^^ in this table

error[bad-value]: `1 mnth` is not a length such as `15 days`, `6 weeks`, `24 months` or `2 years`
 --> schedule.toml:4:9
  |
4 | every = "1 mnth"
  |         ^^^^^^^^ the value of `every`

"#]],
    );
    project.write("schedule.toml", WASMTIME);
    project.write("templates/page.html", "<h1>{{ page.title }</h1>\n");
    project.run("build --date 2026-11-20").fails(
        1,
        str![[r#"
error[template]: found `}` but expected }}
 --> templates/page.html:1:19
  |
1 | <h1>{{ page.title }</h1>
  |                   ^ here

"#]],
    );
    assert_eq!(files_of(&project), before);
}

#[test]
fn foreign_files_in_the_output_survive() {
    let project = Project::with_schedule(WASMTIME).file("content/index.md", "# Home\n");
    project.run("build --date 2026-11-20").succeeds();
    project.write("public/CNAME", "trains.example\n");
    project.write("content/index.md", "# Another home\n");
    project.run("build --date 2026-11-20").succeeds();
    assert_eq!(project.read("public/CNAME"), "trains.example\n");
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let project = Project::new()
        .file("content/index.md", "# Home\n")
        .file("public/photo.jpg", "mine");
    project.run("build").fails(
        2,
        str![[r#"
error: the output folder `public` is not empty, and not trainboard's
 |
help: choose another, or adopt it with `--force`, which deletes nothing in it

"#]],
    );
    project.run("build --force").succeeds();
    assert_eq!(project.read("public/photo.jpg"), "mine");
    project.run("build --out .").fails(
        2,
        str![[r#"
error: the output folder `.` is the project's root
 |
help: choose a folder of its own for the site, such as `public`

"#]],
    );
    project.run("build --out content/x").fails(
        2,
        str![[r#"
error: the output folder `content/x` lies in `content`, a source
 |
help: choose a folder of its own for the site, such as `public`

"#]],
    );
}

#[test]
fn warnings_are_told_and_strict_makes_errors_of_them() {
    let schedule = "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-01\n[[release]]\nversion = \"2.0\"\ndate = 2024-01-01\n";
    let project = Project::with_schedule(schedule).file("content/index.md", "# Home\n");
    let said = project.run("build --date 2026-11-20").says();
    assert!(
        said.starts_with("warning[no-train]: release `2.0` fits no train\n"),
        "{said}"
    );
    project.run("build --date 2026-11-20 --strict").fails(
        1,
        str![[r#"
error[no-train]: release `2.0` fits no train
 --> schedule.toml:7:11
  |
7 | version = "2.0"
  |           ^^^^^ no train is `2.0` or a prefix of it
  |
help: name the train that it rides on with `train`, or write one as `[[train]]`

"#]],
    );
}

#[test]
fn a_schedule_that_was_asked_for_must_be_there() {
    let project = Project::new().file("content/index.md", "# Home\n");
    project.run("build --schedule other.toml").fails(
        3,
        str![[r#"
error: there is no `other.toml`

"#]],
    );
}

#[test]
fn settings_that_make_no_sense_are_told_in_one_run() {
    let project = Project::new()
        .file("content/index.md", "# Home\n")
        .file("trainboard.toml", "[site]\ntitel = \"x\"\nbase-url = \"example.org\"\nedit-url = \"https://example.org/\"\nlang = \"en_GB\"\noutput = \"/\"\n");
    project.run("build").fails(1, str![[r#"
error[unknown-key]: `titel` is not a known key
 --> trainboard.toml:2:1
  |
2 | titel = "x"
  | ^^^^^ not known here
  |
help: the nearest known key is
  |
2 - titel = "x"
2 + title = "x"
  |

error[bad-value]: the address `example.org` is not a full address that begins with `https://` or `http://`
 --> trainboard.toml:3:12
  |
3 | base-url = "example.org"
  |            ^^^^^^^^^^^^^ the value of `base-url`

error[bad-value]: the address `https://example.org/` does not say where the path goes: `{path}`
 --> trainboard.toml:4:12
  |
4 | edit-url = "https://example.org/"
  |            ^^^^^^^^^^^^^^^^^^^^^^ the value of `edit-url`

error[bad-value]: `en_GB` is not a language such as `en` or `pt-BR`
 --> trainboard.toml:5:8
  |
5 | lang = "en_GB"
  |        ^^^^^^^ the value of `lang`

error[bad-value]: `/` is not a path from the project's folder
 --> trainboard.toml:6:10
  |
6 | output = "/"
  |          ^^^ the value of `output`

"#]]);
}

#[test]
fn a_project_without_content_says_what_to_make() {
    Project::new().run("build").fails(
        1,
        str![[r#"
error[no-content]: there is no folder `content`
 |
help: make it, with an `index.md` in it, or name another folder in `trainboard.toml`

"#]],
    );
}
