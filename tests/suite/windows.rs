//! What comes from Windows, on every machine: line ends of two characters,
//! paths with backslashes, and names of which its disks see no difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use snapbox::{assert_data_eq, str};
use walkdir::WalkDir;

use crate::project::Project;
use crate::schedules::WASMTIME;

/// The files below a folder, by their paths from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    files
        .map(|file| (path(file.path()), fs::read(file.path()).unwrap()))
        .collect()
}

/// The example with a theme, with those line ends in all that it is made of.
fn themed(line_end: &str) -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themed");
    let mut project = Project::new();
    for (path, bytes) in files(&folder) {
        let text = String::from_utf8(bytes).unwrap();
        project = project.file(&path, text.replace('\n', line_end));
    }
    project
}

#[test]
fn a_site_with_windows_line_ends_is_the_same_byte_for_byte() {
    let built = |line_end: &str| {
        let project = themed(line_end);
        project
            .run("build --date 2026-11-20 --base-url https://trains.example/")
            .succeeds();
        let mut site = files(&project.path("public"));
        // Style sheets are copied as they are; and that is where it is noted.
        site.retain(|path, _| path != ".trainboard" && !path.ends_with(".css"));
        site
    };
    let (unix, windows) = (built("\n"), built("\r\n"));
    assert!(unix.keys().eq(windows.keys()));
    for (path, bytes) in unix {
        assert!(windows[&path] == bytes, "{path}");
    }
}

#[test]
fn a_mistake_is_told_at_the_same_place() {
    let told = |line_end: &str| {
        let page = "+++\ntitle = 1\n+++\n# Home\n\n[a](none.md)\n\n<!-- trainboard bord -->\n";
        Project::with_schedule(&format!("{WASMTIME}\n[[relese]]\n").replace('\n', line_end))
            .file("content/index.md", page.replace('\n', line_end))
            .file(
                "trainboard.toml",
                "[site]\ntitel = \"a\"\n".replace('\n', line_end),
            )
            .run("check --date 2026-11-20")
            .stderr(1)
    };
    assert_data_eq!(told("\r\n"), told("\n"));
}

#[test]
fn a_changelog_with_windows_line_ends_is_read() {
    let changelog =
        "# Changelog\r\n\r\n## 48.0.1\r\nReleased 2026-08-27.\r\n\r\n## [48.0.0] - 2026-08-20\r\n";
    let project =
        Project::with_schedule(&WASMTIME.replace('\n', "\r\n")).file("CHANGELOG.md", changelog);
    project.run("import changelog CHANGELOG.md").succeeds();
    let schedule = project.read("schedule.toml");
    assert!(schedule.ends_with("[[release]]\r\nversion = \"48.0.1\"\r\ndate = 2026-08-27\r\n"));
    assert_eq!(
        schedule.matches('\n').count(),
        schedule.matches("\r\n").count()
    );
}

#[test]
fn a_path_with_backslashes_is_refused_where_it_is_written() {
    for (key, value) in [
        ("content", "docs\\pages"),
        ("output", "out\\site"),
        ("schedule", "data\\trains.toml"),
    ] {
        let said = Project::with_schedule(WASMTIME)
            .file("content/index.md", "# Home\n")
            .file("trainboard.toml", format!("[site]\n{key} = '{value}'\n"))
            .run("check --date 2026-11-20")
            .stderr(1);
        let title = format!("`{value}` has a backslash where only Windows knows it: write `/`");
        assert!(said.contains(&title), "{said}");
        assert!(said.contains("--> trainboard.toml:2:"), "{said}");
    }
}

#[test]
fn a_marker_takes_no_path_with_backslashes() {
    let marker = "<!-- trainboard value current.version schedule=examples\\php.toml -->\n";
    let project = Project::with_schedule(WASMTIME)
        .file("examples/php.toml", WASMTIME)
        .file("content/index.md", format!("# Home\n\n{marker}"))
        .file("README.md", format!("{marker}<!-- /trainboard -->\n"));
    for command in ["check", "build", "update README.md"] {
        let said = project
            .run(&format!("{command} --date 2026-11-20"))
            .stderr(1);
        assert!(
            said.contains("error[bad-path]: the path `examples\\\\php.toml` has a backslash"),
            "{said}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_chapter_of_a_book_made_on_windows_is_named_with_slashes() {
    let chapter = serde_json::json!({"Chapter": {
        "name": "A", "content": "<!-- trainboard bord -->", "number": [1], "sub_items": [],
        "path": "deep\\a.md", "source_path": "deep\\a.md", "parent_names": [],
    }});
    let context = serde_json::json!({
        "root": "C:\\book", "renderer": "html", "mdbook_version": "0.5.4",
        "config": {"preprocessor": {"trainboard": {"schedule": "schedule.toml", "date": "2026-11-20"}}},
    });
    let book = serde_json::json!([context, {"items": [chapter]}]);
    let said = Project::new()
        .file("C:\\book/schedule.toml", WASMTIME)
        .run("mdbook")
        .stdin(book.to_string())
        .stderr(1);
    assert!(said.contains("--> src/deep/a.md:1:"), "{said}");
}

#[test]
fn folders_that_differ_by_case_cannot_stand_side_by_side() {
    let project = Project::with_schedule(WASMTIME)
        .file("content/index.md", "# Home\n")
        .file("content/Notes/a.md", "# A\n")
        .file("static/notes/b.css", "a {}\n");
    let said = project.run("check --date 2026-11-20").stderr(1);
    assert_data_eq!(
        said,
        str![[r#"
error[two-owners]: `Notes/a.html` from `content/Notes/a.md` and `notes/b.css` from `static/notes/b.css` cannot stand side by side

checked 2 pages: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
    project.run("build --date 2026-11-20").stderr(1);
    assert!(!project.path("public").exists());
}
