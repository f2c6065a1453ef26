//! A site of plain pages of 6 KB, from folder to folder, beside the floor of
//! reading, parsing and writing the same files in the same number of threads.
//! The target is three times the floor.

#![allow(
    clippy::disallowed_methods,
    reason = "the floor reads and writes files itself"
)]

use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use divan::Bencher;
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use tempfile::TempDir;
use trainboard::input;
use trainboard::schedule::Boards;
use trainboard::site::{self, Settings};
use trainboard::write::{self, Target};

const THREADS: usize = 2;
const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(THREADS);
    threads
        .build_global()
        .unwrap_or_else(|error| panic!("{error}"));
    divan::main();
}

/// A folder of so many pages in folders of a hundred.
struct Pages {
    folder: TempDir,
    count: usize,
}

impl Pages {
    fn new(count: usize) -> Self {
        let pages = Self {
            folder: empty(),
            count,
        };
        for n in 0..count {
            let path = pages.path(n);
            fs::create_dir_all(path.parent().unwrap_or(&path))
                .unwrap_or_else(|error| panic!("{error}"));
            fs::write(path, text(n)).unwrap_or_else(|error| panic!("{error}"));
        }
        pages
    }

    fn path(&self, n: usize) -> PathBuf {
        self.folder
            .path()
            .join(format!("content/part-{:03}/page-{n:05}.md", n / 100))
    }
}

fn empty() -> TempDir {
    TempDir::new().unwrap_or_else(|error| panic!("{error}"))
}

/// About 6 KB of what people write: headings, paragraphs, lists, code, a table
/// and links.
fn text(n: usize) -> String {
    let mut text = format!("# Page {n}\n\n");
    for section in 0..8 {
        let _ = write!(text, "## Section {section} of page {n}\n\n");
        text += &"A paragraph with *emphasis*, `code` and a [link](https://example.org/page), long enough to be read. ".repeat(4);
        text += "\n\n- one thing\n- another thing with **weight**\n- a third\n\n";
        text += "```rust\nfn main() {\n    println!(\"hello\");\n}\n```\n\n";
        text += "| version | end |\n|---|---|\n| 1.0 | 2026 |\n| 2.0 | 2027 |\n\n";
    }
    text
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn floor(bencher: Bencher<'_, '_>, count: usize) {
    let pages = Pages::new(count);
    bencher.with_inputs(empty).bench_refs(|out| {
        (0..pages.count)
            .into_par_iter()
            .for_each(|n| copy(&pages, n, out.path()));
    });
}

fn copy(pages: &Pages, n: usize, out: &Path) {
    let text = fs::read_to_string(pages.path(n)).unwrap_or_else(|error| panic!("{error}"));
    let mut page = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut page, Parser::new_ext(&text, Options::all()));
    let folder = out.join(format!("part-{:03}", n / 100));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    fs::write(folder.join(format!("page-{n:05}.html")), page)
        .unwrap_or_else(|error| panic!("{error}"));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn trainboard(bencher: Bencher<'_, '_>, count: usize) {
    let pages = Pages::new(count);
    bencher
        .with_inputs(empty)
        .bench_refs(|out| build(pages.folder.path(), &out.path().join("public")));
}

fn build(root: &Path, out: &Path) {
    let settings = Settings::default();
    let content = input::content::read(root, &settings).unwrap_or_else(|error| panic!("{error:?}"));
    let built = site::build(content, &settings, &Boards::default())
        .unwrap_or_else(|found| panic!("{found:?}"));
    let sources = [root.join("content")];
    let target = Target {
        out,
        root,
        sources: &sources,
        force: false,
    };
    let files = built
        .output
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes))
        .collect();
    let written = write::write(&target, &files).unwrap_or_else(|error| panic!("{error}"));
    black_box(written);
}
