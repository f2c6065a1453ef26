//! A built book, whichever mdBook built it, and what must be true of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use scraper::{Html, Selector};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The pages of a book by their path.
pub(super) struct Built {
    pages: BTreeMap<String, String>,
    /// All that readers search in.
    index: String,
}

/// The test book's folder.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book")
}

impl Built {
    pub(super) fn read(out: &Path) -> Self {
        let mut pages = BTreeMap::new();
        let mut index = String::new();
        for entry in WalkDir::new(out).into_iter().map(Result::unwrap) {
            let name = entry
                .path()
                .strip_prefix(out)
                .unwrap()
                .display()
                .to_string();
            if name.ends_with(".html") {
                pages.insert(name, fs::read_to_string(entry.path()).unwrap());
            } else if name.starts_with("searchindex") && name.ends_with(".js") {
                index = fs::read_to_string(entry.path()).unwrap();
            }
        }
        Self { pages, index }
    }

    /// Built in process, by the newest mdBook.
    pub(super) fn in_process(with_trainboard: bool) -> Self {
        let out = TempDir::new().unwrap();
        let mut config = Config::from_disk(folder().join("book.toml")).unwrap();
        config.build.build_dir = out.path().join("book");
        let command = format!(
            "'{}'",
            snapbox::cmd::cargo_bin!("mdbook-trainboard").display()
        );
        config
            .set("preprocessor.trainboard.command", command)
            .unwrap();
        if !with_trainboard {
            let nobody: [&str; 0] = [];
            config
                .set("preprocessor.trainboard.renderers", nobody)
                .unwrap();
        }
        let book = MDBook::load_with_config(folder(), config).unwrap();
        book.build().unwrap();
        Self::read(&out.path().join("book"))
    }

    #[track_caller]
    pub(super) fn page(&self, name: &str) -> &str {
        &self.pages[name]
    }

    /// The texts of what fits a selector in the part of a page that its
    /// author wrote.
    #[track_caller]
    pub(super) fn texts(&self, page: &str, selector: &str) -> Vec<String> {
        let page = Html::parse_document(self.page(page));
        let parts: Vec<_> = selector
            .split(", ")
            .map(|one| format!("main {one}"))
            .collect();
        let selector = Selector::parse(&parts.join(", ")).unwrap();
        let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
        page.select(&selector).map(text).collect()
    }

    #[track_caller]
    fn count(&self, page: &str, selector: &str) -> usize {
        self.texts(page, selector).len()
    }

    /// The value of an attribute of each element of the author's that fits a
    /// selector.
    #[track_caller]
    pub(super) fn attribute(&self, page: &str, selector: &str, name: &str) -> Vec<String> {
        let selectors: Vec<_> = selector
            .split(", ")
            .map(|one| format!("main {one}"))
            .collect();
        self.values(page, &selectors.join(", "), name)
    }

    /// The value of an attribute of each element that fits a selector.
    #[track_caller]
    fn values(&self, page: &str, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(self.page(page));
        let selector = Selector::parse(selector).unwrap();
        let values = page
            .select(&selector)
            .filter_map(|element| element.attr(name));
        values.map(str::to_owned).collect()
    }
}

/// All that must be true of the test book, compared with one that was built
/// without trainboard.
#[track_caller]
pub(super) fn check(built: &Built, plain: &Built) {
    no_marker_is_left_outside_code(built);
    nothing_else_is_changed(built, plain);
    ids_and_headings_are_the_books_own(built, plain);
    views_stand_where_their_markers_stood(built);
    the_print_page_is_whole(built);
    readers_find_versions_and_no_style(built);
}

#[track_caller]
fn no_marker_is_left_outside_code(built: &Built) {
    for (name, page) in &built.pages {
        assert!(!page.contains("<!-- trainboard"), "{name}");
        assert!(!page.contains("/trainboard -->"), "{name}");
    }
    let literal = built.texts("code.html", "code");
    assert_eq!(literal.len(), 5);
    assert_eq!(literal[0], "<!-- trainboard board -->");
    assert!(literal[1].contains("<!-- trainboard nonsense -->"));
    assert_eq!(
        built.texts("places.html", "td code"),
        ["<!-- trainboard value lts.end -->"]
    );
}

#[track_caller]
fn nothing_else_is_changed(built: &Built, plain: &Built) {
    assert!(built.pages.keys().eq(plain.pages.keys()));
    for name in [
        "plain.html",
        "code.html",
        "afterword.html",
        "404.html",
        "toc.html",
    ] {
        if let Some(page) = built.pages.get(name) {
            assert!(
                without_hashes(page) == without_hashes(plain.page(name)),
                "{name}"
            );
        }
    }
    for (name, selector) in [
        ("releases.html", "h1, h2"),
        ("places.html", "ol > li > p, h1"),
    ] {
        assert_eq!(
            built.count(name, selector),
            plain.count(name, selector),
            "{name}"
        );
    }
}

/// mdBook 0.5 names the search index by its contents.
fn without_hashes(page: &str) -> String {
    let mut parts = page.split("searchindex-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| {
        page + part.split_once(".js").unwrap_or((part, "")).1
    })
}

#[track_caller]
fn ids_and_headings_are_the_books_own(built: &Built, plain: &Built) {
    for name in built.pages.keys() {
        let mut before = plain.values(name, "[id]", "id");
        // The heading that has a value in it is named by the value.
        before
            .iter_mut()
            .filter(|id| *id == "has-a-value")
            .for_each(|id| id.insert_str(0, "5100-"));
        before.retain(|id| id != "version-table");
        assert_eq!(built.values(name, "[id]", "id"), before, "{name}");
        if name != "headings.html" && name != "print.html" {
            before.sort();
            before
                .windows(2)
                .for_each(|two| assert_ne!(two[0], two[1], "{name}"));
        }
    }
}

#[track_caller]
fn views_stand_where_their_markers_stood(built: &Built) {
    for (page, selector, count) in [
        ("releases.html", ".tb-table table", 2),
        ("releases.html", ".tb-gantt svg", 4),
        ("releases.html", "style", 1),
        ("releases.html", ".tb-summary", 2),
        ("places.html", "> ol > li:first-child > .tb > .tb-table", 1),
        ("places.html", "> ol > li > ul > li > .tb-gantt", 1),
        ("places.html", "> ul > li:first-child > .tb-summary", 1),
        ("places.html", "> blockquote > .tb-board svg", 2),
        (
            "places.html",
            "> blockquote > blockquote > ul > li > .tb-table",
            1,
        ),
        ("places.html", "> details > .tb-table", 1),
        ("places.html", ".tb-board .tb-board", 0),
        ("adopted.html", ".tb > .tb-board", 1),
        ("adopted.html", "#version-table", 0),
    ] {
        assert_eq!(built.count(page, selector), count, "{page} {selector}");
    }
    for (page, selector, text) in [
        ("index.html", "p strong", "51.0.0"),
        (
            "releases.html",
            "> p:last-of-type",
            "Fixes go to 51.0.x, 50.0.x, 48.0.x and 36.0.x.",
        ),
        ("releases.html", "> p > code", "code"),
        (
            "runbooks/index.html",
            "> p",
            "The next version is 52.0.0, due 20 December 2026.",
        ),
        (
            "runbooks/deep/branch.html",
            "> p",
            "Included: 5 December 2026.",
        ),
        (
            "draft-child.html",
            "> p",
            "Valid from 20 November 2026 until 5 December 2026.",
        ),
        ("places.html", "> ol > li:last-child", "second: 51.0.0"),
        (
            "places.html",
            "> blockquote > p:last-of-type",
            "still quoted",
        ),
        (
            "adopted.html",
            "> p:last-of-type",
            "It was made by a script until today.",
        ),
    ] {
        let texts = built.texts(page, selector);
        let found = texts.iter().any(|found| found.trim() == text);
        assert!(found, "{page} {selector}: {texts:?}");
    }
}

#[track_caller]
fn the_print_page_is_whole(built: &Built) {
    let alone =
        |name: &&String| *name != "print.html" && *name != "toc.html" && *name != "404.html";
    for selector in [
        ".tb-table table",
        "svg.tb-drawing",
        ".tb-summary",
        "h1",
        "blockquote",
        "pre",
    ] {
        let pages = built.pages.keys().filter(alone);
        let sum: usize = pages.map(|page| built.count(page, selector)).sum();
        assert_eq!(built.count("print.html", selector), sum, "{selector}");
    }
    let last = built.texts("print.html", "> p:last-of-type");
    assert_eq!(last, ["Nothing to replace here."]);
}

#[track_caller]
fn readers_find_versions_and_no_style(built: &Built) {
    for word in ["36.0.0", "Long-term support", "20 Aug 2027"] {
        assert!(built.index.contains(word), "{word}");
    }
    for foreign in ["--tb-", "tb-drawing", "light-dark"] {
        assert!(!built.index.contains(foreign), "{foreign}");
    }
}

#[test]
fn a_book_that_mdbook_builds_has_everything_in_its_place() {
    check(&Built::in_process(true), &Built::in_process(false));
}
