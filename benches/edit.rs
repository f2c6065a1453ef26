//! The work of a preview after an edit, on a site of 10,000 pages of 6 KB,
//! 50 of which show the board: from the change of a file until the new site
//! is in memory, beside reading and building all of it. The target is a tenth.

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
use trainboard::input::content::Reader;
use trainboard::schedule::{Boards, Projects};
use trainboard::site::{self, Builder, Built, Settings};
use trainboard::write::{self, Target};

const THREADS: usize = 2;
const PAGES: usize = 10_000;
const WITH_BOARD: usize = 50;
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
    reader: Reader,
    builder: Builder,
    edits: usize,
}

impl Preview {
    fn new() -> Self {
        let folder = TempDir::new().unwrap_or_else(|error| panic!("{error}"));
        for n in 0..PAGES {
            let path = path(folder.path(), n);
            let parent = path.parent().unwrap_or(&path);
            fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{error}"));
            put(&path, &text(n, 0));
        }
        let mut preview = Self {
            folder,
            reader: Reader::default(),
            builder: Builder::default(),
            edits: 0,
        };
        preview.build(&boards(0));
        preview
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn build(&mut self, boards: &Boards) -> Built {
        let settings = Settings::default();
        let content = self.reader.read(self.folder.path(), &settings);
        let content = content.unwrap_or_else(|error| panic!("{error:?}"));
        let built = self.builder.build(content, &settings, boards);
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
    if n.is_multiple_of(PAGES / WITH_BOARD) {
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

#[divan::bench(sample_count = 5, sample_size = 1)]
fn all(bencher: Bencher<'_, '_>) {
    let preview = Preview::new();
    let boards = boards(0);
    let out = || TempDir::new().unwrap_or_else(|error| panic!("{error}"));
    bencher
        .with_inputs(out)
        .bench_local_refs(|out| save(preview.root(), out.path(), &all_of(&preview, &boards)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn all_but_writing(bencher: Bencher<'_, '_>) {
    let preview = Preview::new();
    let boards = boards(0);
    bencher.bench_local(|| all_of(&preview, &boards));
}

fn all_of(preview: &Preview, boards: &Boards) -> Built {
    let settings = Settings::default();
    let content = input::content::read(preview.root(), &settings);
    let content = content.unwrap_or_else(|error| panic!("{error:?}"));
    site::build(content, &settings, boards).unwrap_or_else(|found| panic!("{found:?}"))
}

fn save(root: &Path, out: &Path, built: &Built) {
    let target = Target {
        out,
        root,
        sources: &[root.join("content")],
        force: false,
    };
    let files = built.output.iter();
    let files = files.map(|(path, bytes)| (path.as_str(), bytes)).collect();
    write::write(&target, &files).unwrap_or_else(|error| panic!("{error}"));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn one_page(bencher: Bencher<'_, '_>) {
    let mut preview = Preview::new();
    let boards = boards(0);
    bencher.bench_local(|| {
        preview.edits += 1;
        let edited = path(preview.root(), 4321);
        put(&edited, &text(4321, preview.edits));
        preview.reader.doubt([&*edited]);
        black_box(preview.build(&boards));
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn the_schedule(bencher: Bencher<'_, '_>) {
    let mut preview = Preview::new();
    bencher.bench_local(|| {
        preview.edits += 1;
        let boards = boards(preview.edits);
        black_box(preview.build(&boards));
    });
}
