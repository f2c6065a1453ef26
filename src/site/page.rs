//! Pages as they come in, and where they go.

use std::str::FromStr;
use std::sync::Arc;

use super::address;
use crate::diagnostic::{Diagnostic, Label, Source};
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
    /// What it is about, for search engines; else its first words.
    pub description: Option<Note>,
    /// Where it was before.
    pub aliases: Aliases,
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

/// The addresses at which a page was before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases(pub Vec<Alias>);

/// An address at which a page was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The file that stands there and leads to the page.
    pub path: SitePath,
    /// Where it is written.
    pub place: Label,
}

/// The file at an address of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasPath(pub SitePath);

impl FromStr for AliasPath {
    type Err = String;

    /// `/old/` and `/old` mean `old/index.html`, `old.html` and `old.md` mean
    /// `old.html`.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains(['?', '#']) {
            return Err(format!("the alias `{text}` has a query or a fragment"));
        }
        let path = address::decoded(text);
        let path = path.strip_prefix('/').unwrap_or(&path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let path = match path.rsplit_once('.') {
            _ if path.is_empty() => return Err(format!("the alias `{text}` names no page")),
            Some((_, "html")) => path.to_owned(),
            Some((_, "md")) => output_path(path),
            _ => format!("{path}/index.html"),
        };
        SitePath::new(path).map(Self)
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
    use super::*;

    #[test]
    fn an_alias_names_the_file_at_an_address() {
        let alias = |text: &str| AliasPath::from_str(text).map(|path| path.0.to_string());
        for (text, path) in [
            ("/posts/old/", "posts/old/index.html"),
            ("old", "old/index.html"),
            ("old%20page", "old page/index.html"),
            ("a/old.html", "a/old.html"),
            ("a/old.md", "a/old.html"),
        ] {
            assert_eq!(alias(text).as_deref(), Ok(path));
        }
        for (text, why) in [
            ("/", "the alias `/` names no page"),
            ("a/#b", "the alias `a/#b` has a query or a fragment"),
            (
                "https://example.org/a",
                "the path `https://example.org/a/index.html` has a colon",
            ),
            (
                "../a",
                "the path `../a/index.html` has a part that is not a name",
            ),
        ] {
            assert_eq!(alias(text), Err(why.to_owned()));
        }
    }

    #[test]
    fn files_become_pages() {
        assert_eq!(output_path("a/b.md"), "a/b.html");
        assert_eq!(output_path("a/README.md"), "a/index.html");
        assert_eq!(output_path("index.md"), "index.html");
    }
}
