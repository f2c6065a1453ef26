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
