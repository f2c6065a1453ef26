//! Files, links and names that lead elsewhere, or to the same place.

use snapbox::{assert_data_eq, str};

use crate::project::Project;

/// What `check` says of a project with these files, a line each.
fn told(files: &[(&str, &str)]) -> String {
    let project = Project::new().file("content/index.md", "# Home\n");
    let project = files
        .iter()
        .fold(project, |project, (path, text)| project.file(path, text));
    project.run("check --format short").ends()
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_mean_something_else_elsewhere_are_refused() {
    for name in [
        "a\\b.md",
        "C:x.md",
        "%2e%2e.md",
        "%2E.md",
        "a\nb.md",
        "a\u{7f}.md",
        "a\u{202e}b.md",
        "con.md",
        "LPT9.md",
        "a /b.md",
        " a.md",
        "a?.md",
    ] {
        let files: [(&str, &str); 1] = [(&format!("content/{name}"), "# A\n")];
        let told = told(&files);
        assert!(
            told.starts_with("error[bad-path]: in `content`, "),
            "{name:?}: {told}"
        );
    }
}

#[test]
fn links_stay_in_the_site_however_they_are_disguised() {
    for address in [
        "../x.md",
        "/abs.md",
        "a\\\\b.md",
        "C:\\\\x.md",
        "c:x.md",
        "%2e%2e/x.md",
        ".%2E/x.md",
        "%2e%2e%2fx.md",
        "a/../../x.md",
        "x%00.md",
        "javascript:x",
        "JAVA&#115;CRIPT:x",
        "java&Tab;script:x",
        "&#x6A;avascript:x",
        "data:text/html,x",
        "vbscript:x",
        "//example.org/x",
    ] {
        for page in [
            format!("# A\n\n[a]({address})\n"),
            format!("# A\n\n[a]\n\n[a]: {address}\n"),
            format!("# A\n\n![a]({address})\n"),
            format!("# A\n\n<p><a href=\"{address}\">a</a></p>\n"),
        ] {
            let told = told(&[("content/index.md", &page)]);
            let refused = told.contains("error[dead-link]") || told.contains("error[refused-html]");
            assert!(refused, "{page}{told}");
        }
    }
}

#[test]
fn chapters_stay_in_the_content() {
    for address in [
        "../evil.md",
        "/evil.md",
        "a\\\\b.md",
        "C:\\\\evil.md",
        "%2e%2e/evil.md",
        "javascript:x",
    ] {
        let summary = format!("- [Home](index.md)\n- [Evil]({address})\n");
        let told = told(&[("evil.md", "# Evil\n"), ("content/SUMMARY.md", &summary)]);
        assert!(
            told.starts_with("content/SUMMARY.md:2:"),
            "{address}: {told}"
        );
        assert!(told.contains("error["), "{address}: {told}");
    }
}

#[test]
fn two_files_for_one_place_are_both_named() {
    assert_data_eq!(
        told(&[("content/A.md", "# A\n"), ("content/a.md", "# a\n")]),
        str![[r#"
error[two-owners]: `A.html` from `content/A.md` and `a.html` from `content/a.md` cannot stand side by side

"#]]
    );
    assert_data_eq!(
        told(&[("content/a.md", "# A\n"), ("content/a.html", "<p>a</p>\n")]),
        str![[r#"
error[two-owners]: `a.html` is made twice: from `content/a.md` and from `content/a.html`

"#]]
    );
    assert_data_eq!(
        told(&[("content/a.md", "# A\n"), ("static/a.html", "<p>a</p>\n")]),
        str![[r#"
error[two-owners]: `a.html` is made twice: from `content/a.md` and from `static/a.html`

"#]]
    );
    assert_data_eq!(
        told(&[
            ("content/\u{e9}.md", "# A\n"),
            ("content/e\u{301}.md", "# B\n")
        ])
        .replace("e\u{301}", "(e, accent)"),
        str![[r#"
error[two-owners]: `(e, accent).html` from `content/(e, accent).md` and `é.html` from `content/é.md` cannot stand side by side

"#]]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_regular_file_is_refused_at_once() {
    let special = |name: &str| {
        format!(
            "error[special-file]: `{name}` is neither a file nor a folder\n |\n\
             help: put a regular file there: no pipe, socket or device is read\n"
        )
    };
    let cases = [
        ("schedule.toml", "status"),
        ("trainboard.toml", "build"),
        ("NOTES.md", "update NOTES.md"),
        ("chart.svg", "update README.md --chart chart.svg"),
        ("tags.json", "import node tags.json"),
        ("CHANGES.md", "import changelog CHANGES.md"),
    ];
    for (name, command) in cases {
        for (make, is_link) in [(pipe as fn(&_), false), (socket, false), (zeros, true)] {
            let project = Project::with_schedule(SCHEDULE).file("README.md", CHART);
            let _ = std::fs::remove_file(project.path(name));
            make(&project.path(name));
            let stays = !is_link || !matches!(name, "schedule.toml" | "trainboard.toml");
            let said = if stays {
                special(name)
            } else {
                leads_out(name)
            };
            project.run(command).fails(1, said);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_manifest_that_is_no_regular_file_is_refused_at_once() {
    for make in [pipe, socket, zeros] {
        let project = Project::with_schedule(SCHEDULE).file("content/index.md", "# Home\n");
        std::fs::create_dir(project.path("public")).unwrap();
        make(&project.path("public/.trainboard"));
        let said = "error: `public/.trainboard` is no regular file\n |\n\
                    help: move it out of the way, then build again\n";
        project.run("build --date 2026-11-20").fails(3, said);
    }
}

#[cfg(target_os = "linux")]
const SCHEDULE: &str =
    "[project]\nname = \"X\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-20\n";

#[cfg(target_os = "linux")]
const CHART: &str = "<!-- trainboard gantt -->\n<!-- /trainboard -->\n";

#[cfg(target_os = "linux")]
fn pipe(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

/// It stays when its listener has gone.
#[cfg(target_os = "linux")]
fn socket(path: &std::path::Path) {
    drop(std::os::unix::net::UnixListener::bind(path).unwrap());
}

/// A link to a device that never ends.
#[cfg(target_os = "linux")]
fn zeros(path: &std::path::Path) {
    std::os::unix::fs::symlink("/dev/zero", path).unwrap();
}

#[test]
fn what_a_killed_command_left_goes_when_it_is_run_again() {
    let left = ".trainboard-part-a1b2c3d4e5f6g7h8";
    let cases = [
        ("update README.md --date 2026-11-20", "."),
        ("import changelog CHANGES.md --schedule schedule.toml", "."),
        ("import changelog README.md --schedule schedule.toml", "."),
        ("init --cadence monthly", "."),
        ("theme eject page.html", "templates"),
    ];
    for (command, folder) in cases {
        let project = Project::new().file("CHANGES.md", "## 1.0.0 - 2026-01-20\n");
        let project = project.file(&format!("{folder}/{left}"), "half");
        if !command.starts_with("init") {
            project.write(
                "schedule.toml",
                "[project]\nname = \"X\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-20\n",
            );
        }
        project.write(
            "README.md",
            "<!-- trainboard table -->\n<!-- /trainboard -->\n\n## Unreleased\n",
        );
        project.write(".trainboard-notes.txt", "mine");
        project.run(command).says();
        assert!(!project.path(folder).join(left).exists(), "{command}");
        assert_eq!(project.read(".trainboard-notes.txt"), "mine");
    }
}

#[test]
fn a_build_ignores_what_a_killed_command_left() {
    let project = Project::with_schedule(
        "[project]\nname = \"X\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-20\n",
    )
    .file("content/index.md", "# Home\n")
    .file("content/.trainboard-part-a1b2c3d4e5f6g7h8", "half")
    .file("static/.trainboard-part-a1b2c3d4e5f6g7h8", "half");
    project.run("build --date 2026-11-20").says();
    assert!(
        !project
            .path("public/.trainboard-part-a1b2c3d4e5f6g7h8")
            .exists()
    );
    assert_eq!(
        project.read("static/.trainboard-part-a1b2c3d4e5f6g7h8"),
        "half"
    );
}

#[test]
fn settings_stay_in_the_project() {
    for key in ["content", "output", "schedule"] {
        let line = format!("{key} = \"../outside\"\n");
        let project = Project::new().file("trainboard.toml", format!("[site]\n{line}"));
        let said = project.run("build --date 2026-11-20").stderr(1);
        let title = "`../outside` may lead out of the project's folder";
        assert!(said.contains(title), "{said}");
        assert!(said.contains("trainboard.toml:2:"), "{said}");
    }
}

#[cfg(unix)]
fn leads_out(link: &str) -> String {
    format!("error[link-out]: the link `{link}` leads out of the project\n")
}

#[cfg(unix)]
#[test]
fn no_link_leads_a_project_out_of_its_folder() {
    use std::os::unix::fs::symlink;
    let outside = Project::new().file("secret.toml", "password = 1\n");
    for (link, command) in [
        ("schedule.toml", "status --date 2026-11-20"),
        ("trainboard.toml", "status --date 2026-11-20"),
        ("public", "build --date 2026-11-20"),
    ] {
        let project = Project::new().file("content/index.md", "# Home\n");
        let target = if link == "public" { "" } else { "secret.toml" };
        symlink(outside.path(target), project.path(link)).unwrap();
        let said = project.run(command).stderr(1);
        assert_eq!(said, leads_out(link));
        if link == "public" {
            let checked = project.run("check --date 2026-11-20").stderr(1);
            assert!(checked.starts_with(&leads_out(link)), "{checked}");
        }
    }
}

#[cfg(unix)]
#[test]
fn no_new_file_is_made_through_a_link_out_of_the_project() {
    use std::os::unix::fs::symlink;
    let outside = Project::new();
    for (link, command) in [
        ("templates", "theme eject page.html"),
        ("content", "init --cadence monthly"),
        (".github", "init --cadence monthly --ci github"),
        ("schedules/../.github", "init --cadence monthly --ci github"),
    ] {
        let project = Project::new().file(".git/HEAD", "ref: refs/heads/main\n");
        let place = project.path("schedules");
        std::fs::create_dir(&place).unwrap();
        symlink(outside.root(), project.path(link)).unwrap();
        let run = project.run(command);
        let run = if link.contains("..") {
            run.inside("schedules")
        } else {
            run
        };
        run.fails(1, leads_out(link.trim_start_matches("schedules/../")));
        let is_untouched = |folder: &std::path::Path| folder.read_dir().unwrap().next().is_none();
        assert!(
            is_untouched(outside.root()) && is_untouched(&place),
            "{command}"
        );
        assert!(!project.path("schedule.toml").exists(), "{command}");
    }
    let book = Project::new();
    let outside = outside.file("book.toml", "");
    symlink(outside.path("book.toml"), book.path("book.toml")).unwrap();
    book.run("init --mdbook").fails(
        1,
        "error[bad-path]: `book.toml` is outside the repository of the book\n |\n\
         help: keep a copy of it in the repository\n",
    );
}

#[cfg(unix)]
#[test]
fn names_as_long_as_a_disk_has_them_are_told() {
    let long = "x".repeat(252);
    let project = Project::new().file(&format!("content/{long}.md"), "# Long\n");
    let said = project.run("build --date 2026-11-20").stderr(1);
    assert!(said.starts_with("error[bad-path]: "), "{said}");
    let deep = vec!["y".repeat(99); 11].join("/");
    let project = Project::new().file(&format!("content/{deep}/page.md"), "# Deep\n");
    let said = project.run("build --date 2026-11-20").stderr(1);
    assert!(said.starts_with("error[bad-path]: "), "{said}");
}
