//! `check` on a site of 10,000 pages and 100,000 links, half of them to a
//! place in a page, beside a build of the same site. The target is twice its
//! time.

#![allow(clippy::disallowed_methods, reason = "the bench writes its own pages")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use divan::{Bencher, black_box};
use tempfile::TempDir;
use trainboard::diagnostic::Diagnostic;
use trainboard::output::SitePath;
use trainboard::schedule::Boards;
use trainboard::site::{Settings, Site};
use trainboard::write::{Target, Writing};
use trainboard::{check, input};

const THREADS: usize = 2;
const PAGES: usize = 10_000;
const LINKS: usize = 10;

fn main() {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(THREADS);
    threads
        .build_global()
        .unwrap_or_else(|error| panic!("{error}"));
    divan::main();
}

fn empty() -> TempDir {
    TempDir::new().unwrap_or_else(|error| panic!("{error}"))
}

fn project() -> TempDir {
    let folder = empty();
    for n in 0..PAGES {
        let path = folder.path().join("content").join(name(n));
        let parent = path.parent().unwrap_or(&path);
        fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{error}"));
        fs::write(path, text(n)).unwrap_or_else(|error| panic!("{error}"));
    }
    folder
}

fn name(n: usize) -> String {
    format!("part-{:03}/page-{n:05}.md", n / 100)
}

/// About 2 KB with links to pages near and far.
fn text(n: usize) -> String {
    let mut text = format!("# Page {n}\n\n## A place\n\n");
    for link in 0..LINKS {
        let to = name((n + link * 977) % PAGES);
        let place = if link % 2 == 0 { "#a-place" } else { "" };
        let _ = write!(
            text,
            "A paragraph with *emphasis* and `code`, and then [a link](../{to}{place}) \
             that leads to another page of the same site, or to a place in it.\n\n"
        );
    }
    text
}

#[divan::bench(sample_count = 7, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>) {
    let project = project();
    bencher.with_inputs(empty).bench_local_refs(|out| {
        let root = project.path();
        let settings = Settings::default();
        let content = input::content::read(root, &settings);
        let content = content.unwrap_or_else(|error| panic!("{error:?}"));
        let boards = Boards::default();
        let site = Site::read(content, &settings, &boards);
        let mut site = site.unwrap_or_else(|found| panic!("{found:?}"));
        let target = Target {
            out: &out.path().join("public"),
            root,
            sources: &[root.join("content")],
            force: false,
        };
        let writing = Writing::begin(&target, site.paths().map(SitePath::as_str));
        let writing = writing.unwrap_or_else(|error| panic!("{error}"));
        let rendered = site.render(|path, bytes| {
            let put = writing.put(path.as_str(), &bytes);
            put.unwrap_or_else(|error| panic!("{error}"));
            Ok::<_, Vec<Diagnostic>>(())
        });
        rendered.unwrap_or_else(|found| panic!("{found:?}"));
        writing.finish().unwrap_or_else(|error| panic!("{error}"));
    });
}

#[divan::bench(sample_count = 7, sample_size = 1)]
fn look(bencher: Bencher<'_, '_>) {
    let project = project();
    bencher.bench_local(|| {
        let settings = Settings::default();
        let content = input::content::read(project.path(), &settings);
        let content = content.unwrap_or_else(|error| panic!("{error:?}"));
        let pages = check::pages(content, &settings, &Boards::default(), false);
        assert!(pages.findings.is_empty(), "{:?}", pages.findings.first());
        black_box(pages.count);
    });
}

/// The same when every tenth link leads nowhere.
#[divan::bench(sample_count = 7, sample_size = 1)]
fn look_at_dead_links(bencher: Bencher<'_, '_>) {
    let project = project();
    for n in 0..PAGES {
        let path = Path::new("content").join(name(n));
        let path = project.path().join(path);
        let text = text(n).replacen("#a-place", "#no-place", 1);
        fs::write(path, text).unwrap_or_else(|error| panic!("{error}"));
    }
    bencher.bench_local(|| {
        let settings = Settings::default();
        let content = input::content::read(project.path(), &settings);
        let content = content.unwrap_or_else(|error| panic!("{error:?}"));
        let pages = check::pages(content, &settings, &Boards::default(), false);
        assert_eq!(pages.findings.len(), PAGES);
        black_box(pages.count);
    });
}
