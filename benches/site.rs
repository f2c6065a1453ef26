//! A site of plain pages of 6 KB, from folder to folder, beside the floor: one
//! thread that reads, parses and writes the same files. Both run in turns, and
//! the medians are compared; a process of its own tells how much memory a
//! build takes. The targets are 1.75 times the floor and 150 MB for 10,000
//! pages, and 1.3 times the same build without colours in its code.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the floor reads and writes files itself, and the bench says what it found"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser, html};
use tempfile::TempDir;
use trainboard::diagnostic::Diagnostic;
use trainboard::input;
use trainboard::output::SitePath;
use trainboard::schedule::Boards;
use trainboard::site::{Settings, Site};
use trainboard::write::{Target, Writing};

const SIZES: [usize; 2] = [1_000, 10_000];

/// How often each of both runs.
const RUNS: usize = 9;

/// The argument of the process that builds a folder once and tells its peak.
const PEAK: &str = "--peak-of";

fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    if let [_, flag, folder] = &arguments[..]
        && flag == PEAK
    {
        let out = Path::new(folder).join("public");
        build(Path::new(folder), &out, true);
        println!("{}", peak());
        return;
    }
    for count in SIZES {
        compare(&Pages::new(count));
    }
}

fn compare(pages: &Pages) {
    let root = pages.folder.path();
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        let out = empty();
        times[0].push(timed(|| pages.copy(out.path())));
        let out = empty();
        times[1].push(timed(|| build(root, &out.path().join("public"), true)));
        let out = empty();
        times[2].push(timed(|| build(root, &out.path().join("public"), false)));
    }
    let [floor, built, plain] = times.map(median);
    let ratio = built.as_secs_f64() / floor.as_secs_f64();
    let count = pages.count;
    let peak = peak_of(root);
    println!("{count} pages: floor {floor:.0?}, built {built:.0?}, {ratio:.2} times; peak {peak}");
    let ratio = built.as_secs_f64() / plain.as_secs_f64();
    println!("{count} pages: without colours {plain:.0?}, with them {ratio:.2} times that");
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The most memory that another process needs for a build.
fn peak_of(root: &Path) -> String {
    let this = sure(std::env::current_exe());
    let output = Command::new(this).arg(PEAK).arg(root).output();
    let said = sure(output).stdout;
    String::from_utf8_lossy(&said).trim().to_owned()
}

/// The most memory that this process has had.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or("not known here").trim().to_owned()
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
            sure(fs::create_dir_all(path.parent().unwrap_or(&path)));
            sure(fs::write(path, text(n)));
        }
        pages
    }

    fn path(&self, n: usize) -> PathBuf {
        let name = format!("content/part-{:03}/page-{n:05}.md", n / 100);
        self.folder.path().join(name)
    }

    /// The floor.
    fn copy(&self, out: &Path) {
        for n in 0..self.count {
            let text = sure(fs::read_to_string(self.path(n)));
            let mut page = String::with_capacity(text.len() * 3 / 2);
            html::push_html(&mut page, Parser::new_ext(&text, Options::all()));
            let folder = out.join(format!("part-{:03}", n / 100));
            sure(fs::create_dir_all(&folder));
            sure(fs::write(folder.join(format!("page-{n:05}.html")), page));
        }
    }
}

fn empty() -> TempDir {
    sure(TempDir::new())
}

fn sure<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error:?}"))
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

fn build(root: &Path, out: &Path, highlight: bool) {
    let settings = Settings {
        highlight,
        ..Settings::default()
    };
    let boards = Boards::default();
    let content = sure(input::content::read(root, &settings));
    let mut site = sure(Site::read(content, &settings, &boards));
    let target = Target {
        out,
        root,
        sources: &[root.join("content")],
        force: false,
    };
    let paths = site.paths().map(SitePath::as_str);
    let writing = sure(Writing::begin(&target, paths));
    let rendered = site.render(|path, bytes| {
        sure(writing.put(path.as_str(), &bytes));
        Ok::<_, Vec<Diagnostic>>(())
    });
    sure(rendered);
    sure(writing.finish());
}
