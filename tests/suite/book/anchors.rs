//! A page that moves between a book and a site keeps its anchors and links.

use std::fs;

use walkdir::WalkDir;

use super::built::{Built, folder};
use crate::project::Project;

/// The test book as a site.
fn site() -> Built {
    let mut project = Project::new();
    for entry in WalkDir::new(folder()).into_iter().map(Result::unwrap) {
        let path = entry
            .path()
            .strip_prefix(folder())
            .unwrap()
            .to_str()
            .unwrap();
        let place = match path.strip_prefix("src/") {
            Some(page) => format!("content/{page}"),
            None if path == "data/schedule.toml" => "schedule.toml".to_owned(),
            None => continue,
        };
        if entry.file_type().is_file() {
            project = project.file(&place, fs::read(entry.path()).unwrap());
        }
    }
    project.run("build --date 2026-11-20").succeeds();
    Built::read(&project.path("public"))
}

#[test]
fn headings_have_the_same_anchors_in_a_book_and_in_a_site() {
    let (book, site) = (Built::in_process(true), site());
    for page in [
        "headings.html",
        "releases.html",
        "places.html",
        "runbooks/index.html",
    ] {
        let anchors = |built: &Built| {
            let mut anchors = built.attribute(page, "h1, h2, h3, h4", "id");
            // mdBook gives a heading without text an empty one, which leads nowhere.
            anchors.retain(|anchor| !anchor.is_empty());
            anchors
        };
        assert_eq!(anchors(&book), anchors(&site), "{page}");
    }
    assert!(book.attribute("headings.html", "h2", "id").len() > 15);
}

#[test]
fn links_lead_to_the_same_places_in_a_book_and_in_a_site() {
    let (book, site) = (Built::in_process(true), site());
    for page in ["headings.html", "index.html", "plain.html"] {
        let links = |built: &Built| {
            let links = built.attribute(page, "p a", "href").into_iter();
            links.map(|link| target(&link)).collect::<Vec<_>>()
        };
        assert_eq!(links(&book), links(&site), "{page}");
    }
}

/// Where a link leads. To a `README.md`, mdBook's leads to a page that it
/// writes under another name.
fn target(link: &str) -> String {
    link.trim_start_matches("./")
        .replace("README.html", "index.html")
}
