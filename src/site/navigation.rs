//! The tree of pages, and what a page shows of it.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::address;
use super::page::Per;
use super::place::{Page, Role, title_of};
use crate::schedule::Boards;
use crate::views::overview;

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
    pub(super) kind: ItemKind,
    pub(super) title: String,
    /// How many entries it is nested in.
    pub(super) depth: usize,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// The page of that number.
    Page(usize),
    /// A heading of the page of that number, which has that anchor.
    Heading(usize, String),
    /// A page to come, or a folder without a page of its own.
    Draft,
    /// The title of a part.
    Part,
    /// A line between two parts.
    Rule,
}

impl Entry {
    /// The number of the page that it leads to.
    pub(super) fn page(&self) -> Option<usize> {
        match self.kind {
            ItemKind::Page(page) => Some(page),
            ItemKind::Heading(..) | ItemKind::Draft | ItemKind::Part | ItemKind::Rule => None,
        }
    }
}

/// The tree of pages.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// In reading order.
    nodes: Vec<Node>,
    roots: Vec<usize>,
    /// The node of each page, by its number.
    of_page: HashMap<usize, usize>,
}

/// An entry among its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    kind: ItemKind,
    pub(super) title: String,
    /// That of a page, or of the page of a heading; empty for other entries.
    pub(super) path: String,
    parent: Option<usize>,
    children: Vec<usize>,
    /// Which of its siblings it is.
    place: usize,
}

/// What a page shows of the tree: the same for many pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Section {
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
    /// `page`, `heading`, `draft`, `part`, `rule`, or `more` for neighbours left
    /// out.
    kind: &'static str,
    children: Vec<Item>,
}

impl Tree {
    /// The tree of those entries.
    pub(super) fn new(entries: Vec<Entry>, pages: &[Page]) -> Self {
        let mut tree = Self::default();
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
            tree.of_page.extend(entry.page().map(|page| (page, number)));
            let path = match entry.kind {
                ItemKind::Page(page) | ItemKind::Heading(page, _) => pages[page].output.to_string(),
                ItemKind::Draft | ItemKind::Part | ItemKind::Rule => String::new(),
            };
            tree.nodes.push(Node {
                kind: entry.kind,
                title: entry.title,
                path,
                parent,
                children: Vec::new(),
                place,
            });
            above.push(number);
        }
        tree
    }

    /// Whether it has an entry for that page.
    pub(super) fn has(&self, page: usize) -> bool {
        self.of_page.contains_key(&page)
    }

    /// The pages before and after a page, in reading order.
    pub(super) fn neighbours(&self, page: usize) -> (Option<&Node>, Option<&Node>) {
        let Some(node) = self.of_page.get(&page) else {
            return (None, None);
        };
        let is_page = |node: &&Node| matches!(node.kind, ItemKind::Page(_));
        let (before, after) = (&self.nodes[..*node], &self.nodes[node + 1..]);
        (before.iter().rfind(is_page), after.iter().find(is_page))
    }

    /// What a page shows of the tree; none for a page that is not in it.
    pub(super) fn section(&self, page: Option<usize>) -> Section {
        if self.nodes.len() <= WHOLE {
            return Section::Whole;
        }
        let (node, block) = match page.and_then(|page| self.of_page.get(&page)) {
            None => (None, 0),
            Some(node) if self.nodes[*node].children.is_empty() => {
                (self.nodes[*node].parent, self.nodes[*node].place / BLOCK)
            }
            Some(node) => (Some(*node), 0),
        };
        Section::Branch { node, block }
    }

    /// A section as items, whose addresses begin with the way to the top.
    pub(super) fn items(&self, section: Section, root: &str) -> Vec<Item> {
        match section {
            Section::Whole => self.all(&self.roots, root),
            Section::Branch { node, block } => self.branch(node, block, root),
        }
    }

    fn all(&self, nodes: &[usize], root: &str) -> Vec<Item> {
        let item = |node: &usize| {
            let mut item = self.item(*node, root);
            item.children = self.all(&self.nodes[*node].children, root);
            item
        };
        nodes.iter().map(item).collect()
    }

    fn branch(&self, mut node: Option<usize>, block: usize, root: &str) -> Vec<Item> {
        let mut items = self.block(node, block, root);
        while let Some(open) = node {
            let Node { parent, place, .. } = self.nodes[open];
            let mut around = self.block(parent, place / BLOCK, root);
            let before = usize::from(place >= BLOCK);
            around[before + place % BLOCK].children = items;
            (items, node) = (around, parent);
        }
        items
    }

    /// A block of what is below a node, or of the roots.
    fn block(&self, parent: Option<usize>, block: usize, root: &str) -> Vec<Item> {
        let siblings = parent.map_or(&self.roots, |parent| &self.nodes[parent].children);
        let from = (block * BLOCK).min(siblings.len());
        let to = (from + BLOCK).min(siblings.len());
        let mut items = Vec::with_capacity(to - from + 2);
        if let Some(last) = from.checked_sub(1) {
            items.push(self.more(siblings[last], format!("{from} before"), root));
        }
        items.extend(siblings[from..to].iter().map(|node| self.item(*node, root)));
        if let Some(next) = siblings.get(to) {
            let left = siblings.len() - to;
            items.push(self.more(*next, format!("{left} more"), root));
        }
        items
    }

    fn more(&self, node: usize, title: String, root: &str) -> Item {
        Item {
            title,
            kind: "more",
            ..self.item(node, root)
        }
    }

    fn item(&self, node: usize, root: &str) -> Item {
        let Node {
            kind, title, path, ..
        } = &self.nodes[node];
        let address = || format!("{root}{}", address::encoded(path));
        let (kind, href) = match kind {
            ItemKind::Page(_) => ("page", Some(address())),
            ItemKind::Heading(_, anchor) => ("heading", Some(format!("{}#{anchor}", address()))),
            ItemKind::Draft => ("draft", None),
            ItemKind::Part => ("part", None),
            ItemKind::Rule => ("rule", None),
        };
        Item {
            title: title.clone(),
            href,
            kind,
            children: Vec::new(),
        }
    }
}

/// The entries with the pages of projects below the list that one file makes of
/// them: by category, as that list has them.
pub(super) fn with_projects(entries: Vec<Entry>, pages: &[Page], boards: &Boards) -> Vec<Entry> {
    let is_list = |entry: &Entry| {
        let page = entry.page().map(|page| &pages[page].role);
        page == Some(&Role::List(Per::Project))
    };
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let below = is_list(&entry).then(|| projects_below(&entry, pages, boards));
        all.push(entry);
        all.extend(below.into_iter().flatten());
    }
    all
}

fn projects_below(list: &Entry, pages: &[Page], boards: &Boards) -> Vec<Entry> {
    let Some(page) = list.page() else {
        return Vec::new();
    };
    let of_file = pages.iter().enumerate();
    let of_file = of_file.filter(|(_, other)| other.file.path == pages[page].file.path);
    let of_project: HashMap<_, _> = of_file
        .filter_map(|(number, page)| match &page.role {
            Role::Project(id) => Some((&**id, number)),
            _ => None,
        })
        .collect();
    let mut entries = Vec::with_capacity(of_project.len());
    for category in overview::categories(boards) {
        let mut depth = list.depth + 1;
        if !category.title.is_empty() {
            entries.push(Entry {
                kind: ItemKind::Heading(page, category.anchor),
                title: category.title,
                depth,
            });
            depth += 1;
        }
        let numbers = category.projects.iter();
        let numbers = numbers.filter_map(|project| of_project.get(project.id()));
        entries.extend(numbers.map(|number| entry(pages, Some(*number), "", depth)));
    }
    entries
}

/// The entries of pages without a `SUMMARY.md`: folders nest the pages in
/// them, lower weights come first, then the names of files decide.
pub(super) fn entries_by_folder(pages: &[Page]) -> Vec<Entry> {
    let mut top = Folder::default();
    for (number, page) in pages.iter().enumerate() {
        if page.is_one_of_many() {
            continue;
        }
        let names = page.path.folder().split('/');
        let folder = names
            .filter(|name| !name.is_empty())
            .fold(&mut top, |folder, name| {
                folder.folders.entry(name).or_default()
            });
        if page.is_index() {
            folder.index = Some(number);
        } else {
            folder.pages.push(number);
        }
    }
    let mut entries = Vec::with_capacity(pages.len());
    if let Some(index) = top.index {
        entries.push(entry(pages, Some(index), "", 0));
    }
    top.add(pages, 0, &mut entries);
    entries
}

#[derive(Default)]
struct Folder<'a> {
    index: Option<usize>,
    pages: Vec<usize>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

impl Folder<'_> {
    /// Adds what is in the folder. A folder below the deepest level stands
    /// beside the one it is in.
    fn add(&self, pages: &[Page], depth: usize, entries: &mut Vec<Entry>) {
        let weight = |page: Option<usize>| {
            let weight = page.and_then(|page| pages[page].file.front.weight);
            weight.unwrap_or(i64::MAX)
        };
        let files = self.pages.iter().map(|page| {
            let name = pages[*page].path.name();
            (weight(Some(*page)), name, None, Some(*page))
        });
        let folders = self.folders.iter().map(|(name, folder)| {
            let index = folder.index;
            (weight(index), *name, Some(folder), index)
        });
        let mut sorted: Vec<_> = files.chain(folders).collect();
        sorted.sort_by_key(|(weight, name, folder, _)| (*weight, *name, folder.is_none()));
        for (_, name, folder, page) in sorted {
            entries.push(entry(pages, page, name, depth));
            if let Some(folder) = folder {
                folder.add(pages, (depth + 1).min(MAX_DEPTH), entries);
            }
        }
    }
}

/// The entry of a page, or of a folder of that name without one.
fn entry(pages: &[Page], page: Option<usize>, name: &str, depth: usize) -> Entry {
    Entry {
        kind: page.map_or(ItemKind::Draft, ItemKind::Page),
        title: page.map_or_else(|| title_of(name), |page| pages[page].title.clone()),
        depth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(count: usize) -> Tree {
        let pages: Vec<_> = (0..count).map(Page::numbered).collect();
        let entry = |page| Entry {
            kind: ItemKind::Page(page),
            title: format!("Page {page}"),
            depth: usize::from(page > 0),
        };
        Tree::new((0..count).map(entry).collect(), &pages)
    }

    fn titles(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| &*item.title).collect()
    }

    #[test]
    fn a_small_tree_is_shown_whole() {
        let tree = flat(3);
        let items = tree.items(tree.section(Some(2)), "../");
        assert_eq!(titles(&items), ["Page 0"]);
        assert_eq!(titles(&items[0].children), ["Page 1", "Page 2"]);
        assert_eq!(items[0].children[1].href.as_deref(), Some("../2.html"));
    }

    #[test]
    fn of_a_large_tree_a_page_shows_its_neighbourhood() {
        let tree = flat(1000);
        let items = tree.items(tree.section(Some(60)), "");
        assert_eq!(titles(&items), ["Page 0"]);
        let shown = titles(&items[0].children);
        assert_eq!(shown[..2], ["50 before", "Page 51"]);
        assert_eq!(shown[25..], ["Page 75", "924 more"]);
    }

    #[test]
    fn neighbours_share_what_they_show() {
        let tree = flat(1000);
        assert_eq!(tree.section(Some(51)), tree.section(Some(75)));
        assert_ne!(tree.section(Some(50)), tree.section(Some(51)));
    }
}
