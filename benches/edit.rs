//! The work of a preview after an edit, on sites of pages of 6 KB, one in 200
//! of which shows the board: from the change of a file until the new site is
//! in memory. The target is 0.1 s for 1,000 pages and 1 s for 10,000.

#![allow(
    clippy::disallowed_methods,
    reason = "the bench writes and edits its own pages"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use tempfile::TempDir;
use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Boards, Projects};
use trainboard::site::{self, Built, Settings};

const THREADS: usize = 2;
const SIZES: [usize; 2] = [1_000, 10_000];
const WITH_BOARD: usize = 200;
const SCHEDULE: &str = include_str!("../schedule.toml");

fn main() {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(THREADS);
    threads
        .build_global()
        .unwrap_or_else(|error| panic!("{error}"));
    divan::main();
}

/// A project that is previewed.
struct Preview {
    folder: TempDir,
    pages: usize,
    edits: usize,
}

impl Preview {
    fn new(pages: usize) -> Self {
        let folder = TempDir::new().unwrap_or_else(|error| panic!("{error}"));
        for n in 0..pages {
            let path = path(folder.path(), n);
            let parent = path.parent().unwrap_or(&path);
            fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{error}"));
            put(&path, &text(n, 0));
        }
        Self {
            folder,
            pages,
            edits: 0,
        }
    }

    /// All that a preview does after a change.
    fn build(&self, boards: &Boards) -> Built {
        let settings = Settings::default();
        let content = input::content::read(self.folder.path(), &settings);
        let content = content.unwrap_or_else(|error| panic!("{error:?}"));
        let built = site::build(content, &settings, boards);
        built.unwrap_or_else(|found| panic!("{found:?}"))
    }
}

fn path(root: &Path, n: usize) -> PathBuf {
    root.join(format!("content/part-{:03}/page-{n:05}.md", n / 100))
}

fn put(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{error}"));
}

/// About 6 KB of what people write, a link to its neighbour among it.
fn text(n: usize, edit: usize) -> String {
    let mut text = format!("# Page {n}\n\nEdited {edit} times.\n\n");
    if n.is_multiple_of(WITH_BOARD) {
        text += "<!-- trainboard board -->\n\n";
    }
    for section in 0..8 {
        let _ = write!(text, "## Section {section} of page {n}\n\n");
        text += &"A paragraph with *emphasis*, `code` and a [link](https://example.org/page), long enough to be read. ".repeat(4);
        let _ = write!(
            text,
            "\n\n- one [thing](page-{n:05}.md#section-{section}-of-page-{n})\n"
        );
        text += "- another thing with **weight**\n- a third\n\n";
        text += "```rust\nfn main() {\n    println!(\"hello\");\n}\n```\n\n";
        text += "| version | end |\n|---|---|\n| 1.0 | 2026 |\n| 2.0 | 2027 |\n\n";
    }
    text
}

/// The board after so many patches of a train.
fn boards(patches: usize) -> Boards {
    let fact = "[[release]]\nversion = \"51.0.{}\"\ndate = 2026-11-20\n";
    let text = SCHEDULE.to_owned() + &fact.replace("{}", &(patches + 100).to_string());
    let read = input::schedule::parse(&Source::new("schedule.toml", text));
    let schedule = read.unwrap_or_else(|found| panic!("{found:?}")).schedule;
    let day = "2026-11-20"
        .parse()
        .unwrap_or_else(|error| panic!("{error}"));
    let boards = Projects::only(schedule).at(day);
    boards.unwrap_or_else(|error| panic!("{error}"))
}

#[divan::bench(args = SIZES, sample_count = 7, sample_size = 1)]
fn one_page(bencher: Bencher<'_, '_>, pages: usize) {
    let mut preview = Preview::new(pages);
    let boards = boards(0);
    let mut before = preview.build(&boards);
    bencher.bench_local(|| {
        preview.edits += 1;
        let number = preview.pages / 2;
        put(
            &path(preview.folder.path(), number),
            &text(number, preview.edits),
        );
        let built = preview.build(&boards);
        assert_eq!(built.output.changed_since(&before.output).len(), 1);
        before = built;
    });
}

#[divan::bench(args = SIZES, sample_count = 7, sample_size = 1)]
fn the_schedule(bencher: Bencher<'_, '_>, pages: usize) {
    let mut preview = Preview::new(pages);
    bencher.bench_local(|| {
        preview.edits += 1;
        let boards = boards(preview.edits);
        black_box(preview.build(&boards));
    });
}
