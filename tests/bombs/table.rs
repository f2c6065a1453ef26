//! Projects that are made to take long, each of as many pieces as it is asked
//! for: a table that the test counts by, and the bench measures by.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A folder with the files of a project.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }
}

/// A project that grows, and what is done with it.
pub(crate) struct Bomb {
    pub(crate) name: &'static str,
    /// As many as a build without optimisations goes through in a moment.
    pub(crate) pieces: usize,
    pub(crate) project: fn(usize) -> Project,
    /// The arguments of the program, parted by spaces.
    pub(crate) command: &'static str,
    /// A part of what is said then: that the bomb went off where it should.
    pub(crate) says: &'static str,
}

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All bombs, schedules first.
pub(crate) const BOMBS: &[Bomb] = &[
    Bomb {
        name: "unknown tables in a schedule",
        pieces: 2_000,
        project: unknown_tables,
        command: "check --date 2026-11-20",
        says: "more of `unknown-key`",
    },
    Bomb {
        name: "facts with a warning each",
        pieces: 1_000,
        project: late_facts,
        command: "check --date 2026-11-20",
        says: "more of `released-after-end`",
    },
    Bomb {
        name: "one fact again and again",
        pieces: 1_000,
        project: equal_facts,
        command: "check --date 2026-11-20",
        says: "more of `duplicate-release`",
    },
    Bomb {
        name: "trains that are written out, with two releases each",
        pieces: 200,
        project: own_trains,
        command: "status --date 2026-11-20",
        says: "Example",
    },
    Bomb {
        name: "pre-releases of a train",
        pieces: 500,
        project: pre_releases,
        command: "status --date 2026-11-20",
        says: "Example",
    },
    Bomb {
        name: "trains that follow those of another project",
        pieces: 200,
        project: followers,
        command: "check --date 2026-11-20",
        says: "is wrong",
    },
    Bomb {
        name: "trains in a window that changes every day",
        pieces: 100,
        project: daily_trains,
        command: "next -n 20 --date 2026-11-20",
        says: "is released",
    },
    Bomb {
        name: "findings that are allowed",
        pieces: 500,
        project: allowed_facts,
        command: "check --date 2026-11-20",
        says: "is wrong",
    },
    Bomb {
        name: "headings of one release in a changelog",
        pieces: 1_000,
        project: equal_headings,
        command: "import changelog CHANGELOG.md",
        says: "more of `date-differs`",
    },
    Bomb {
        name: "headings of releases that fit no train",
        pieces: 1_000,
        project: stray_headings,
        command: "import changelog CHANGELOG.md",
        says: "releases fit no train",
    },
    Bomb {
        name: "labels that are far apart",
        pieces: 100_000,
        project: far_labels,
        command: "import changelog CHANGELOG.md",
        says: "[date-differs]",
    },
    Bomb {
        name: "releases that a schedule lacks",
        pieces: 1_000,
        project: new_headings,
        command: "import changelog CHANGELOG.md --check",
        says: "lacks",
    },
    Bomb {
        name: "dead links on a page",
        pieces: 1_000,
        project: dead_links,
        command: "check",
        says: "more of `dead-link`",
    },
    Bomb {
        name: "one dead link that is long",
        pieces: 20_000,
        project: long_dead_link,
        command: "check",
        says: "there is no `xxx",
    },
    Bomb {
        name: "a dead link beside many pages",
        pieces: 200,
        project: dead_link_beside_pages,
        command: "check",
        says: "there is no `missing.md`",
    },
    Bomb {
        name: "pages with a dead link each",
        pieces: 200,
        project: pages_with_dead_links,
        command: "check",
        says: "more of `dead-link`",
    },
    Bomb {
        name: "dead anchors in a page of headings",
        pieces: 500,
        project: dead_anchors,
        command: "check",
        says: "more of `dead-anchor`",
    },
    Bomb {
        name: "entries of a summary that are not there",
        pieces: 500,
        project: missing_entries,
        command: "check",
        says: "checked",
    },
    Bomb {
        name: "equal headings on a page",
        pieces: 1_000,
        project: equal_page_headings,
        command: "build",
        says: "built",
    },
    Bomb {
        name: "closing markers in blocks",
        pieces: 1_000,
        project: closing_blocks,
        command: "check --date 2026-11-20",
        says: "more of `stray-close`",
    },
    Bomb {
        name: "closing markers in a paragraph",
        pieces: 1_000,
        project: closing_words,
        command: "check --date 2026-11-20",
        says: "more of `stray-close`",
    },
    Bomb {
        name: "values in a paragraph",
        pieces: 1_000,
        project: values,
        command: "build --date 2026-11-20",
        says: "built",
    },
    Bomb {
        name: "values in a README",
        pieces: 500,
        project: pairs,
        command: "update README.md --date 2026-11-20",
        says: "README.md",
    },
    Bomb {
        name: "markers that are misspelt",
        pieces: 1_000,
        project: misspelt_markers,
        command: "check --date 2026-11-20",
        says: "checked",
    },
    Bomb {
        name: "comments within a comment",
        pieces: 2_000,
        project: comments_in_a_comment,
        command: "check",
        says: "checked",
    },
    Bomb {
        name: "elements without an end",
        pieces: 2_000,
        project: open_elements,
        command: "check",
        says: "checked",
    },
    Bomb {
        name: "brackets that stay open",
        pieces: 2_000,
        project: open_brackets,
        command: "check",
        says: "checked",
    },
    Bomb {
        name: "elements in a static SVG",
        pieces: 1_000,
        project: svg_elements,
        command: "build",
        says: "built",
    },
    Bomb {
        name: "assignments in a template",
        pieces: 500,
        project: assignments,
        command: "build",
        says: "built",
    },
    Bomb {
        name: "comments in a template",
        pieces: 1_000,
        project: template_comments,
        command: "build",
        says: "built",
    },
    Bomb {
        name: "doublings of a text in a template",
        pieces: 40,
        project: doublings,
        command: "build",
        says: "error[endless-template]",
    },
    Bomb {
        name: "a text put in place of each letter of another",
        pieces: 500_000,
        project: replacements,
        command: "build",
        says: "error[endless-template]",
    },
];

/// That many pieces, one after the other.
fn repeated(pieces: usize, piece: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    for n in 0..pieces {
        piece(&mut text, n);
    }
    text
}

fn page(text: impl AsRef<[u8]>) -> Project {
    Project::new().file("content/index.md", text)
}

/// A page of a project that has one train, `1`, which has ended.
fn dated_page(text: &str) -> Project {
    page(text).file("schedule.toml", ENDED)
}

/// A site of one page whose navigation is that template.
fn navigation(template: &str) -> Project {
    page("# A page\n").file("templates/nav.html", template)
}

const ENDED: &str = "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nreleased = 2020-01-01\nend = 2021-01-01\n";

fn unknown_tables(count: usize) -> Project {
    let tables = repeated(count, |text, n| {
        let _ = writeln!(text, "[unknown{n:06}]");
    });
    let text = format!("[project]\nname = \"Example\"\n{tables}");
    Project::new().file("schedule.toml", text)
}

fn late_facts(count: usize) -> Project {
    let facts = repeated(count, |text, n| {
        let _ = writeln!(
            text,
            "[[release]]\nversion = \"1.{}\"\ndate = 2026-01-01",
            n + 1
        );
    });
    Project::new().file("schedule.toml", format!("{ENDED}{facts}"))
}

fn equal_facts(count: usize) -> Project {
    let fact = "[[release]]\nversion = \"1.1\"\ndate = 2020-02-01\n";
    Project::new().file("schedule.toml", format!("{ENDED}{}", fact.repeat(count)))
}

/// A schedule of so many tables.
fn schedule(count: usize, table: impl Fn(usize) -> String) -> Project {
    let tables: String = (1..=count).map(table).collect();
    let text = format!("[project]\nname = \"Example\"\n{tables}");
    Project::new().file("schedule.toml", text)
}

fn written_train(n: usize) -> String {
    format!("[[train]]\nversion = \"1.{n}\"\nrelease = 2020-01-01\nend = 2027-01-01\n")
}

fn own_trains(count: usize) -> Project {
    schedule(count, |n| {
        let release = |patch, day| {
            format!("[[release]]\nversion = \"1.{n}.{patch}\"\ndate = 2020-01-0{day}\n")
        };
        written_train(n) + &release(0, 1) + &release(1, 2)
    })
}

fn pre_releases(count: usize) -> Project {
    let project = "[[train]]\nversion = \"2\"\nrelease = 2027-01-01\n";
    schedule(count, |n| {
        let train = if n == 1 { project } else { "" };
        format!("{train}[[release]]\nversion = \"2.0-beta.{n}\"\ndate = 2026-01-01\n")
    })
}

fn followers(count: usize) -> Project {
    let trains = repeated(count, |text, n| text.push_str(&written_train(n + 1)));
    let leader = format!("[project]\nname = \"Leader\"\n{trains}");
    let follower = format!("[project]\nname = \"Example\"\nfollows = \"leader\"\n{trains}");
    Project::new()
        .file("schedules/leader.toml", leader)
        .file("schedules/example.toml", follower)
}

fn daily_trains(count: usize) -> Project {
    let text = format!(
        "[project]\nname = \"Example\"\n\
         [cadence]\nanchor = {{ version = \"1.0.0\", date = 2026-01-01 }}\nevery = \"1 day\"\n\
         [window]\nrecent = {count}\n\
         [[channel]]\nname = \"Any\"\n[[channel.phases]]\nname = \"Supported\"\nfor = \"7 days\"\n"
    );
    Project::new().file("schedule.toml", text)
}

fn allowed_facts(count: usize) -> Project {
    let facts = repeated(count, |text, n| {
        let _ = writeln!(
            text,
            "[[release]]\nversion = \"1.{}\"\ndate = 2026-01-01\nallow = [\"released-after-end\"]\nnote = \"So it was\"",
            n + 1
        );
    });
    Project::new().file("schedule.toml", format!("{ENDED}{facts}"))
}

fn changelog(text: String) -> Project {
    let project = Project::new().file("CHANGELOG.md", text);
    project.file("schedule.toml", ENDED)
}

fn equal_headings(count: usize) -> Project {
    changelog(repeated(count, |text, n| {
        let _ = writeln!(text, "## 1.1 - 2020-01-{:02}\n", n % 28 + 1);
    }))
}

fn stray_headings(count: usize) -> Project {
    changelog(repeated(count, |text, n| {
        let _ = writeln!(text, "## 7.{n} - 2020-01-01\n");
    }))
}

fn far_labels(count: usize) -> Project {
    let later = "## 1.1 - 2020-01-02\n\n".repeat(100);
    let text = "words\n".repeat(count);
    changelog(format!("{later}{text}\n## 1.1 - 2020-01-01\n"))
}

fn new_headings(count: usize) -> Project {
    changelog(repeated(count, |text, n| {
        let _ = writeln!(text, "## 1.{} - 2020-02-01\n", n + 1);
    }))
}

fn dead_links(count: usize) -> Project {
    page(repeated(count, |text, n| {
        let _ = writeln!(text, "[a](missing{n:06}.md)");
    }))
}

fn long_dead_link(count: usize) -> Project {
    page(format!("[a]({}.md)\n", "x".repeat(count)))
}

fn dead_link_beside_pages(count: usize) -> Project {
    let pages = (0..count).map(|n| format!("content/page{n:06}.md"));
    let project = page("[a](missing.md)\n");
    pages.fold(project, |project, path| project.file(&path, "# A page\n"))
}

fn pages_with_dead_links(count: usize) -> Project {
    let pages = (0..count).map(|n| format!("content/page{n:06}.md"));
    let dead = "# A page\n\n[a](page-missing.md)\n";
    pages.fold(page(dead), |project, path| project.file(&path, dead))
}

fn dead_anchors(count: usize) -> Project {
    page(repeated(count, |text, n| {
        let _ = writeln!(text, "## Heading {n:06}\n\n[a](#headings-{n:06})\n");
    }))
}

fn missing_entries(count: usize) -> Project {
    let entries = repeated(count, |text, n| {
        let _ = writeln!(text, "- [a](missing{n:06}.md)");
    });
    dead_link_beside_pages(count).file("content/SUMMARY.md", entries)
}

fn equal_page_headings(count: usize) -> Project {
    page("## Equal\n\n".repeat(count))
}

fn closing_blocks(count: usize) -> Project {
    dated_page(&"<!-- /trainboard -->\n\n".repeat(count))
}

fn closing_words(count: usize) -> Project {
    dated_page(&format!("A{}\n", " <!-- /trainboard -->".repeat(count)))
}

fn values(count: usize) -> Project {
    dated_page(&format!(
        "A{}\n",
        " <!-- trainboard value current.version default=x -->".repeat(count)
    ))
}

fn pairs(count: usize) -> Project {
    let pair = " <!-- trainboard value current.version default=x -->x<!-- /trainboard -->";
    let readme = format!("A{}\n", pair.repeat(count));
    dated_page("# A page\n").file("README.md", readme)
}

fn misspelt_markers(count: usize) -> Project {
    dated_page(&"<!-- trainbord versions -->\n\n".repeat(count))
}

fn comments_in_a_comment(count: usize) -> Project {
    dated_page(&format!(
        "<!-- trainbord -->\n\n<!--{}-->\n",
        "<!--".repeat(count)
    ))
}

fn open_elements(count: usize) -> Project {
    dated_page(&format!("trainboard\n\n{}\n", "<div ".repeat(count)))
}

fn open_brackets(count: usize) -> Project {
    page(format!("{}\n", "![[".repeat(count)))
}

fn svg_elements(count: usize) -> Project {
    let elements = "<g><rect width=\"1\" height=\"1\"/></g>".repeat(count);
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{elements}</svg>");
    page("# A page\n").file("static/drawing.svg", svg)
}

fn assignments(count: usize) -> Project {
    navigation(&repeated(count, |text, n| {
        let _ = writeln!(text, "{{% set a{n:06} = 1 %}}");
    }))
}

fn template_comments(count: usize) -> Project {
    navigation(&"{# a #}\n".repeat(count))
}

fn doublings(count: usize) -> Project {
    let doubled = "{% set a = a ~ a %}\n".repeat(count);
    navigation(&format!("{{% set a = \"a\" %}}\n{doubled}"))
}

fn replacements(count: usize) -> Project {
    let text = "a".repeat(count);
    navigation(&format!(
        "{{% set a = \"{text}\" %}}\n{{{{ a | replace(from=\"a\", to=a) }}}}"
    ))
}
