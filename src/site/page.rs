//! Pages as they come in, and where they go.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::output::{Bytes, SitePath};
use crate::schedule::{Id, Note, choice};

/// A Markdown file of the content.
#[derive(Clone, Debug)]
pub struct PageFile {
    /// Below the folder of content.
    pub path: SitePath,
    /// Its text, named as the user would write it.
    pub source: Arc<Source>,
    /// What it says about itself.
    pub front: FrontMatter,
    /// Where its Markdown begins, in bytes of the source.
    pub body: usize,
    /// Why it cannot be read, or what it says about itself.
    pub wrong: Vec<Diagnostic>,
}

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Its title; else its first heading.
    pub title: Option<Note>,
    /// Its place among its neighbours: lower numbers come first.
    pub weight: Option<i64>,
    /// Of what there is a page each, made from this one.
    pub per: Option<Per>,
    /// The project that it is about, by its id.
    pub project: Option<Id>,
}

impl FrontMatter {
    /// Its title, without white space around it.
    pub fn title(&self) -> Option<&str> {
        Some(self.title.as_ref()?.trim())
    }
}

choice! {
    /// Of what there is a page each.
    Per {
        /// Of every train of a project, from the first to the last that its window
        /// shows.
        Train = "train",
        /// Of every project.
        Project = "project",
    }
}

/// A file that is copied as it is.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Below the top of the site.
    pub path: SitePath,
    /// What is in it.
    pub bytes: Bytes,
    /// As the user would write it.
    pub name: String,
}

pub(super) fn is_index(name: &str) -> bool {
    name == "index.md" || name.eq_ignore_ascii_case("readme.md")
}

/// The path of the page that a Markdown file becomes.
pub(super) fn output_path(path: &str) -> String {
    let (folder, name) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    let stem = if is_index(name) {
        "index"
    } else {
        name.strip_suffix(".md").unwrap_or(name)
    };
    format!("{folder}{stem}.html")
}

#[cfg(test)]
mod tests {
    use super::output_path;

    #[test]
    fn files_become_pages() {
        assert_eq!(output_path("a/b.md"), "a/b.html");
        assert_eq!(output_path("a/README.md"), "a/index.html");
        assert_eq!(output_path("index.md"), "index.html");
    }
}
