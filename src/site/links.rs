//! Where the links of pages lead.

use std::collections::HashMap;

use super::address::{self, Inside};
use crate::diagnostic::nearest;

/// Everything that a link can lead to.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Targets {
    /// By path from the top of the site, and pages by that of their Markdown
    /// too.
    by_path: HashMap<String, Target>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The page of that number, at that path.
    Page(usize, String),
    /// A file that is copied or made.
    File,
    /// Markdown that is no page, because `SUMMARY.md` does not list it.
    Unlisted,
}

/// A link that leads somewhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The address to write.
    pub(super) address: String,
    /// The page that it leads to, when it names a place there.
    pub(super) anchor: Option<(usize, String)>,
    /// The file that it leads to, when that is no page.
    pub(super) file: Option<String>,
}

/// Why a link leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DeadLink {
    pub(super) title: String,
    /// The path that does not exist, when something near it may.
    pub(super) missing: Option<String>,
}

impl Targets {
    pub(super) fn add(&mut self, path: impl Into<String>, target: Target) {
        self.by_path.insert(path.into(), target);
    }

    /// Where an address on a page leads, that starts from the first folder
    /// and is to start from the second.
    pub(super) fn follow(
        &self,
        page: usize,
        (from, folder): (&str, &str),
        inside: &Inside<'_>,
    ) -> Result<Link, DeadLink> {
        let Inside {
            path,
            query,
            fragment,
        } = inside;
        let anchor = |page| {
            let name = fragment.map(|name| address::decoded(name).into_owned());
            name.filter(|name| !name.is_empty() && name != "top")
                .map(|name| (page, name))
        };
        let hash = fragment.map(|name| format!("#{name}")).unwrap_or_default();
        if path.is_empty() {
            return Ok(Link {
                address: format!("{query}{hash}"),
                anchor: anchor(page),
                file: None,
            });
        }
        let (to, target) = self.find(from, path)?;
        Ok(Link {
            address: address::relative(folder, &to) + query + &hash,
            anchor: target.and_then(anchor),
            file: target.is_none().then_some(to),
        })
    }

    /// The path and the page that a relative path means.
    fn find(&self, folder: &str, path: &str) -> Result<(String, Option<usize>), DeadLink> {
        let dead = |title, missing| Err(DeadLink { title, missing });
        let Some(full) = address::resolved(folder, path) else {
            return dead(format!("`{path}` leads out of the site"), None);
        };
        let index = format!("{full}/index.html");
        let index = index.trim_start_matches('/');
        let found = self.by_path.get(&full);
        match found.or_else(|| self.by_path.get(index)) {
            Some(Target::Page(page, path)) => Ok((path.clone(), Some(*page))),
            Some(Target::File) => Ok((full, None)),
            Some(Target::Unlisted) => {
                let title = format!("`{full}` is no page, since `SUMMARY.md` does not list it");
                dead(title, None)
            }
            None => dead(format!("there is no `{full}`"), Some(full)),
        }
    }

    /// The file that an address of a published site, from its top, was made
    /// from: `posts/first/` of `posts/first.md`.
    pub(super) fn meant(&self, path: &str) -> Option<&str> {
        let path = path.trim_matches('/');
        let stem = path.strip_suffix(".html").unwrap_or(path);
        let page = [".md", "/index.md", "/README.md", "/_index.md"];
        let page = page.map(|end| format!("{stem}{end}"));
        let mut meant = page.iter().map(|path| path.trim_start_matches('/'));
        let found = meant.find_map(|path| self.by_path.get_key_value(path));
        let file = || self.by_path.get_key_value(path);
        found.or_else(file).map(|(path, _)| path.as_str())
    }

    /// What is near a path that does not exist.
    pub(super) fn near(&self, path: &str) -> Option<&str> {
        nearest(path, self.by_path.keys().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::super::address::{Address, read};
    use super::*;

    fn targets() -> Targets {
        let mut targets = Targets::default();
        for (page, markdown, html) in [
            (0, "index.md", "index.html"),
            (1, "guide/README.md", "guide/index.html"),
        ] {
            targets.add(markdown, Target::Page(page, html.to_owned()));
            targets.add(html, Target::Page(page, html.to_owned()));
        }
        targets.add("logo.svg", Target::File);
        targets.add("draft.md", Target::Unlisted);
        targets
    }

    fn follow(folder: &str, address: &str) -> Result<Link, DeadLink> {
        match read(address) {
            Ok(Address::Inside(inside)) => targets().follow(7, (folder, folder), &inside),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn markdown_files_and_folders_lead_to_pages() {
        for (folder, address, to) in [
            ("", "guide/README.md", "guide/index.html"),
            ("guide", "../index.md?x#top", "../index.html?x#top"),
            ("", "guide/", "guide/index.html"),
            ("", "guide", "guide/index.html"),
            ("guide", "./", "index.html"),
            ("guide", "../logo.svg", "../logo.svg"),
        ] {
            assert_eq!(follow(folder, address).unwrap().address, to);
        }
    }

    #[test]
    fn an_address_of_a_published_site_means_a_file() {
        for (address, file) in [
            ("/", Some("index.md")),
            ("index.html", Some("index.md")),
            ("/guide/", Some("guide/README.md")),
            ("guide/index.html", Some("guide/index.html")),
            ("draft/", Some("draft.md")),
            ("/logo.svg", Some("logo.svg")),
            ("/none/", None),
        ] {
            assert_eq!(targets().meant(address), file, "{address}");
        }
    }

    #[test]
    fn an_anchor_belongs_to_the_page_that_the_link_leads_to() {
        let anchor = |address| follow("", address).unwrap().anchor;
        assert_eq!(anchor("#a%20b"), Some((7, "a b".to_owned())));
        assert_eq!(anchor("guide/README.md#x"), Some((1, "x".to_owned())));
        assert_eq!(anchor("index.md#"), None);
    }

    #[test]
    fn a_dead_link_says_what_is_near() {
        let dead = follow("", "indx.md").unwrap_err();
        assert_eq!(dead.title, "there is no `indx.md`");
        let near = dead
            .missing
            .map(|path| targets().near(&path).map(str::to_owned));
        assert_eq!(near.flatten().as_deref(), Some("index.md"));
        let out = follow("guide", "../../x.md").unwrap_err();
        assert_eq!(out.title, "`../../x.md` leads out of the site");
        let unlisted = follow("", "draft.md").unwrap_err();
        assert_eq!(
            unlisted.title,
            "`draft.md` is no page, since `SUMMARY.md` does not list it"
        );
    }
}
