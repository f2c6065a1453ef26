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
        name: "dead links on a page",
        pieces: 1_000,
        project: dead_links,
        command: "check --date 2026-11-20",
        says: "more of `dead-link`",
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

fn unknown_tables(count: usize) -> Project {
    let tables = repeated(count, |text, n| {
        let _ = writeln!(text, "[unknown{n:06}]");
    });
    let text = format!("[project]\nname = \"Example\"\n{tables}");
    Project::new().file("schedule.toml", text)
}

fn dead_links(count: usize) -> Project {
    let page = repeated(count, |text, n| {
        let _ = writeln!(text, "[a](missing{n:06}.md)");
    });
    Project::new().file("content/index.md", page)
}
