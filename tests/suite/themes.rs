//! Files of the theme, taken into a project; and the example in
//! `tests/themed`, which replaces two of them.

use std::fs;
use std::path::Path;

use scraper::{Html, Selector};
use snapbox::{assert_data_eq, str};
use walkdir::WalkDir;

use crate::project::Project;
use crate::schedules::WASMTIME_RULES;

fn site() -> Project {
    Project::with_schedule(WASMTIME_RULES)
        .file("content/index.md", "# Home\n\n<!-- trainboard board -->\n")
        .file("content/about.md", "# About\n\n## One\n\n## Two\n")
}

const FILES: [&str; 4] = ["page.html", "nav.html", "404.html", "site.css"];

/// All files of a build with a base URL.
fn built(project: &Project) -> Vec<(String, Vec<u8>)> {
    project
        .run("build --strict --date 2026-11-20 --base-url https://trains.example/x")
        .succeeds();
    let top = project.path("public");
    let all = WalkDir::new(&top)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let files = all.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&top).unwrap();
            (
                path.to_str().unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_list_tells_which_files_are_yours() {
    let project = Project::new()
        .file("templates/nav.html", "")
        .file("static/site.css", "");
    assert_data_eq!(
        project.run("theme list").succeeds(),
        str![[r#"
page.html  default  the frame of every page
nav.html   yours    the navigation
404.html   default  the page for addresses that do not exist
site.css   yours    the style sheet of the pages

"#]]
    );
}

#[test]
fn a_copy_of_the_whole_theme_changes_no_page() {
    let project = site();
    let before = built(&project);
    for name in FILES {
        let said = project.run(&format!("theme eject {name}")).says();
        assert!(said.starts_with("made "), "{said}");
    }
    assert!(
        project
            .run("theme list")
            .succeeds()
            .lines()
            .all(|line| line.contains(" yours "))
    );
    assert_eq!(built(&project), before);
    project.run("check --strict --date 2026-11-20").succeeds();
}

#[test]
fn a_copy_goes_where_it_counts_and_is_never_made_twice() {
    let project = Project::new();
    assert_data_eq!(
        project.run("theme eject site.css").says(),
        str![[r#"
made static/site.css: the style sheet of the pages, yours from now on

"#]]
    );
    assert_data_eq!(
        project.run("theme eject static/site.css").says(),
        str![[r#"
static/site.css is a copy of the default already

"#]]
    );
    project.write("static/site.css", "/* mine */\n");
    project.run("theme eject site.css").fails(
        2,
        str![[r#"
error: `static/site.css` is there already
 |
help: move away what is there: it is never replaced, and nothing was written

"#]],
    );
    assert_eq!(project.read("static/site.css"), "/* mine */\n");
}

#[test]
fn a_name_that_the_theme_does_not_know_gets_the_nearest() {
    let project = Project::new();
    project.run("theme eject pag.html").fails(
        2,
        str![[r#"
error: the theme has no file `pag.html`; the nearest is `page.html`

"#]],
    );
    project.run("theme eject fonts").fails(
        2,
        str![[r#"
error: the theme has no file `fonts`; its files are page.html, nav.html, 404.html, site.css

"#]],
    );
}

/// A copy of the example.
fn themed() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themed");
    let all = WalkDir::new(&root).into_iter().map(Result::unwrap);
    let files = all.filter(|entry| entry.file_type().is_file());
    files.fold(Project::new(), |project, entry| {
        let path = entry.path().strip_prefix(&root).unwrap();
        project.file(path.to_str().unwrap(), fs::read(entry.path()).unwrap())
    })
}

#[test]
fn the_example_has_its_own_navigation_and_colours_on_every_page() {
    let project = themed();
    project.run("check --strict --date 2026-11-20").succeeds();
    let site = built(&project);
    let text = |name: &str| {
        let (_, bytes) = site.iter().find(|(path, _)| path == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    for name in ["index.html", "policy.html", "404.html"] {
        let page = Html::parse_document(&text(name));
        let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
        assert_eq!(count("nav.site-nav ol.stations > li > a"), 2, "{name}");
        assert_eq!(count("nav.site-nav ul"), 0, "{name}");
        assert_eq!(count("link[rel=stylesheet][href$='site.css']"), 1, "{name}");
        let current = usize::from(name != "404.html");
        assert_eq!(count("ol.stations [aria-current=page]"), current, "{name}");
        assert_eq!(count("script"), 0, "{name}");
        let policy = Selector::parse("meta[http-equiv='Content-Security-Policy']").unwrap();
        let policies: Vec<_> = page
            .select(&policy)
            .filter_map(|meta| meta.attr("content"))
            .collect();
        assert_eq!(
            policies,
            ["default-src 'none'; style-src 'self'; img-src 'self' data:"]
        );
    }
    let own = include_str!("../themed/static/site.css");
    assert_eq!(text("site.css"), own);
    assert!(!own.contains("@import") && !own.contains("url("));
    assert!(
        text("index.html").contains("class=\"tb-board"),
        "the board is there"
    );
}
