//! The tree of pages, and what a page shows of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::place::Page;
use crate::output::SitePath;

/// How deep the tree is at most.
pub(super) const MAX_DEPTH: usize = 16;

/// A tree of up to so many entries is shown whole on every page.
const WHOLE: usize = 120;

/// Of a larger tree, a page shows its own branch, and of a long row of
/// neighbours the block of this length that it stands in.
const BLOCK: usize = 25;

/// An entry, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) title: String,
    /// How many entries it is nested in.
    pub(super) depth: usize,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The page of that number.
    Page(usize),
    /// A page to come, or a folder without a page of its own.
    Draft,
    /// The title of a part.
    Part,
    /// A line between two parts.
    Rule,
}

/// The tree of pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    /// The node of each page, by its number.
    of_page: Vec<Option<usize>>,
    /// The pages in reading order.
    order: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
struct Node {
    kind: Kind,
    title: String,
    parent: Option<usize>,
    children: Vec<usize>,
    /// Which of its siblings it is.
    place: usize,
}

/// What a page shows of the tree: the same for many pages, so that it is
/// rendered once for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Seen {
    /// All of it.
    Whole,
    /// The branch that leads to a node, and a block of its children.
    Branch { node: Option<usize>, block: usize },
}

/// An entry as templates see it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Item {
    title: String,
    /// None for what cannot be gone to.
    href: Option<String>,
    /// `page`, `draft`, `part`, `rule`, or `more` for neighbours left out.
    kind: &'static str,
    children: Vec<Item>,
}

impl Tree {
    /// The tree of those entries, for so many pages.
    pub(super) fn new(entries: Vec<Entry>, pages: usize) -> Self {
        let mut tree = Self {
            nodes: Vec::with_capacity(entries.len()),
            roots: Vec::new(),
            of_page: vec![None; pages],
            order: Vec::new(),
        };
        let mut above: Vec<usize> = Vec::new();
        for entry in entries {
            above.truncate(entry.depth);
            let number = tree.nodes.len();
            let parent = above.last().copied();
            let siblings = match parent {
                Some(parent) => &mut tree.nodes[parent].children,
                None => &mut tree.roots,
            };
            let place = siblings.len();
            siblings.push(number);
            if let Kind::Page(page) = entry.kind {
                tree.of_page[page] = Some(number);
                tree.order.push(page);
            }
            tree.nodes.push(Node {
                kind: entry.kind,
                title: entry.title,
                parent,
                children: Vec::new(),
                place,
            });
            above.push(number);
        }
        tree
    }

    /// The pages in reading order.
    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }

    /// The name by which the tree knows a page.
    pub(super) fn title(&self, page: usize) -> Option<&str> {
        let node = self.of_page.get(page).copied()??;
        Some(&self.nodes[node].title)
    }

    /// What a page shows of the tree; none for a page that is not in it.
    pub(super) fn seen_from(&self, page: Option<usize>) -> Seen {
        if self.nodes.len() <= WHOLE {
            return Seen::Whole;
        }
        let node = page.and_then(|page| self.of_page.get(page).copied().flatten());
        let Some(node) = node else {
            return Seen::Branch {
                node: None,
                block: 0,
            };
        };
        let Node {
            parent,
            children,
            place,
            ..
        } = &self.nodes[node];
        if children.is_empty() {
            let block = place / BLOCK;
            Seen::Branch {
                node: *parent,
                block,
            }
        } else {
            let node = Some(node);
            Seen::Branch { node, block: 0 }
        }
    }

    /// What is seen, as items.
    pub(super) fn items(&self, seen: Seen, address: &dyn Fn(usize) -> String) -> Vec<Item> {
        match seen {
            Seen::Whole => self.all(&self.roots, address),
            Seen::Branch { node, block } => self.branch(node, block, address),
        }
    }

    fn all(&self, nodes: &[usize], address: &dyn Fn(usize) -> String) -> Vec<Item> {
        let item = |node: &usize| {
            let mut item = self.item(*node, address);
            item.children = self.all(&self.nodes[*node].children, address);
            item
        };
        nodes.iter().map(item).collect()
    }

    fn branch(
        &self,
        node: Option<usize>,
        block: usize,
        address: &dyn Fn(usize) -> String,
    ) -> Vec<Item> {
        let Some(node) = node else {
            return self.block(&self.roots, block, address, None);
        };
        let mut open = node;
        let mut items = self.block(&self.nodes[node].children, block, address, None);
        loop {
            let Node { parent, place, .. } = &self.nodes[open];
            let siblings = parent.map_or(&self.roots, |parent| &self.nodes[parent].children);
            items = self.block(siblings, place / BLOCK, address, Some((open, items)));
            match parent {
                Some(parent) => open = *parent,
                None => return items,
            }
        }
    }

    /// A block of neighbours, one of which may be open.
    fn block(
        &self,
        siblings: &[usize],
        block: usize,
        address: &dyn Fn(usize) -> String,
        open: Option<(usize, Vec<Item>)>,
    ) -> Vec<Item> {
        let from = (block * BLOCK).min(siblings.len());
        let to = (from + BLOCK).min(siblings.len());
        let (open, mut children) =
            open.map_or((None, Vec::new()), |(node, items)| (Some(node), items));
        let mut items = Vec::with_capacity(to - from + 2);
        if let Some(last) = from.checked_sub(1) {
            items.push(self.more(siblings[last], &format!("{from} before"), address));
        }
        for node in &siblings[from..to] {
            let mut item = self.item(*node, address);
            if Some(*node) == open {
                item.children = std::mem::take(&mut children);
            }
            items.push(item);
        }
        if let Some(next) = siblings.get(to) {
            let left = siblings.len() - to;
            items.push(self.more(*next, &format!("{left} more"), address));
        }
        items
    }

    fn more(&self, node: usize, title: &str, address: &dyn Fn(usize) -> String) -> Item {
        let mut item = self.item(node, address);
        title.clone_into(&mut item.title);
        item.kind = "more";
        item
    }

    fn item(&self, node: usize, address: &dyn Fn(usize) -> String) -> Item {
        let Node { kind, title, .. } = &self.nodes[node];
        let (kind, href) = match kind {
            Kind::Page(page) => ("page", Some(address(*page))),
            Kind::Draft => ("draft", None),
            Kind::Part => ("part", None),
            Kind::Rule => ("rule", None),
        };
        Item {
            title: title.clone(),
            href,
            kind,
            children: Vec::new(),
        }
    }
}

/// The entries of pages without a `SUMMARY.md`: folders nest the pages in
/// them, lower weights come first, then the names of files decide.
pub(super) fn entries_by_folder(pages: &[Page], titles: &[String]) -> Vec<Entry> {
    let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
    let single = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| !page.is_one_of_many());
    for (number, page) in single {
        for (above, below) in chain(&page.path) {
            folders.entry(above).or_default().folders.insert(below);
        }
        let folder = folders.entry(page.path.folder()).or_default();
        if page.is_index() {
            folder.index = Some(number);
        } else {
            folder.pages.push(number);
        }
    }
    let mut entries = Vec::with_capacity(pages.len());
    let grown = Grown {
        pages,
        titles,
        folders: &folders,
    };
    if let Some(index) = folders.get("").and_then(|top| top.index) {
        entries.push(grown.entry(index, 0));
    }
    grown.add("", 0, &mut entries);
    entries
}

#[derive(Default)]
struct Folder<'a> {
    index: Option<usize>,
    pages: Vec<usize>,
    folders: BTreeSet<&'a str>,
}

/// Each folder above a page with the next one below it.
fn chain(path: &SitePath) -> impl Iterator<Item = (&str, &str)> {
    path.folders().map(|folder| {
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        (above, folder)
    })
}

struct Grown<'a> {
    pages: &'a [Page],
    titles: &'a [String],
    folders: &'a BTreeMap<&'a str, Folder<'a>>,
}

impl Grown<'_> {
    fn entry(&self, page: usize, depth: usize) -> Entry {
        Entry {
            kind: Kind::Page(page),
            title: self.titles[page].clone(),
            depth,
        }
    }

    fn weight(&self, page: Option<usize>) -> i64 {
        let weight = page.and_then(|page| self.pages[page].file.front.weight);
        weight.unwrap_or(i64::MAX)
    }

    /// Adds what is in a folder. A folder below the deepest level stands
    /// beside the one it is in.
    fn add(&self, path: &str, depth: usize, entries: &mut Vec<Entry>) {
        let Some(folder) = self.folders.get(path) else {
            return;
        };
        let pages = folder.pages.iter().map(|page| {
            let name = self.pages[*page].path.name();
            (self.weight(Some(*page)), name, Err(*page))
        });
        let folders = folder.folders.iter().map(|path| {
            let index = self.folders.get(*path).and_then(|folder| folder.index);
            let name = path.rsplit('/').next().unwrap_or(path);
            (self.weight(index), name, Ok((*path, index)))
        });
        let mut sorted: Vec<_> = pages.chain(folders).collect();
        sorted.sort();
        for (_, name, member) in sorted {
            match member {
                Err(page) => entries.push(self.entry(page, depth)),
                Ok((path, index)) => {
                    entries.push(match index {
                        Some(index) => self.entry(index, depth),
                        None => Entry {
                            kind: Kind::Draft,
                            title: name.to_owned(),
                            depth,
                        },
                    });
                    self.add(path, (depth + 1).min(MAX_DEPTH), entries);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(count: usize) -> Tree {
        let entry = |page| Entry {
            kind: Kind::Page(page),
            title: format!("Page {page}"),
            depth: usize::from(page > 0),
        };
        Tree::new((0..count).map(entry).collect(), count)
    }

    fn titles(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| &*item.title).collect()
    }

    #[test]
    fn a_small_tree_is_shown_whole() {
        let tree = flat(3);
        let items = tree.items(tree.seen_from(Some(2)), &|page| page.to_string());
        assert_eq!(titles(&items), ["Page 0"]);
        assert_eq!(titles(&items[0].children), ["Page 1", "Page 2"]);
        assert_eq!(items[0].children[1].href.as_deref(), Some("2"));
    }

    #[test]
    fn of_a_large_tree_a_page_shows_its_neighbourhood() {
        let tree = flat(1000);
        let items = tree.items(tree.seen_from(Some(60)), &|page| page.to_string());
        assert_eq!(titles(&items), ["Page 0"]);
        let shown = titles(&items[0].children);
        assert_eq!(shown[..2], ["50 before", "Page 51"]);
        assert_eq!(shown[25..], ["Page 75", "924 more"]);
    }

    #[test]
    fn neighbours_share_what_they_show() {
        let tree = flat(1000);
        assert_eq!(tree.seen_from(Some(51)), tree.seen_from(Some(75)));
        assert_ne!(tree.seen_from(Some(50)), tree.seen_from(Some(51)));
    }
}
