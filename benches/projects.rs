//! A site of 464 projects, which are 40 products of endoflife.date repeated
//! under other names, from the folder of their schedules to that of their
//! tables, charts and feeds: beside a site of as many plain pages.

#![allow(
    clippy::disallowed_methods,
    reason = "the projects are written before they are read"
)]

use std::fs;
use std::path::Path;

use divan::Bencher;
use tempfile::TempDir;
use trainboard::diagnostic::Diagnostic;
use trainboard::diagnostic::Source;
use trainboard::import::{endoflife, parse};
use trainboard::input::{self, projects, written};
use trainboard::output::SitePath;
use trainboard::site::{Settings, Site};
use trainboard::write::{Target, Writing};

/// As many as endoflife.date has.
const PROJECTS: usize = 464;

fn main() {
    divan::main();
}

fn sure<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error:?}"))
}

/// The schedules of all products, by their names there.
fn products() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/endoflife");
    let entries = sure(fs::read_dir(folder)).map(sure);
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let product = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let source = Source::new(name.as_ref(), sure(fs::read_to_string(path)));
        let document = sure(parse::json(&source));
        let imported = sure(endoflife::schedule(&document, &sure(name.parse())));
        let text = written::schedule(&imported.draft, &imported.about);
        (name.into_owned(), text)
    };
    paths.iter().map(product).collect()
}

/// A folder with content and, with `PROJECTS`, schedules.
fn folder(count: usize, pages: usize) -> TempDir {
    let folder = sure(tempfile::tempdir());
    let root = folder.path();
    sure(fs::create_dir_all(root.join("content")));
    sure(fs::create_dir_all(root.join("schedules")));
    let products = products();
    for n in 0..count {
        let (name, text) = &products[n % products.len()];
        let path = root.join(format!("schedules/{name}-{n}.toml"));
        sure(fs::write(path, text));
    }
    for n in 0..pages {
        let path = root.join(format!("content/page-{n:03}.md"));
        sure(fs::write(
            path,
            format!("# Page {n}\n\n{}\n", "Plain words. ".repeat(400)),
        ));
    }
    folder
}

/// Reads a folder, builds its site and writes it.
fn build(root: &Path, out: &Path) {
    let settings = Settings::default();
    let all = sure(projects::all(root, Path::new("schedule.toml"), false));
    let boards = sure(all.projects().at(sure("2026-08-22".parse())));
    let content = sure(input::content::read(root, &settings));
    let mut site = sure(Site::read(content, &settings, &boards));
    let target = Target {
        out,
        root,
        sources: &[],
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

#[divan::bench(sample_count = 5, sample_size = 1)]
fn projects_464(bencher: Bencher<'_, '_>) {
    let folder = folder(PROJECTS, 1);
    bencher
        .with_inputs(|| sure(tempfile::tempdir()))
        .bench_refs(|out| build(folder.path(), &out.path().join("site")));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn plain_pages_464(bencher: Bencher<'_, '_>) {
    let folder = folder(0, PROJECTS);
    bencher
        .with_inputs(|| sure(tempfile::tempdir()))
        .bench_refs(|out| build(folder.path(), &out.path().join("site")));
}
