//! Where everything of a site goes, before any page is made.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::links::{Target, Targets};
use super::navigation;
use super::page::Asset;
use super::place::{self, Goals, PROJECTS_FOLDER, Page, Role};
use super::raw_html::{self, Note};
use super::{BaseUrl, Content, Settings, address, summary_md, theme};
use crate::diagnostic::{Diagnostic, Source};
use crate::markers::Goal;
use crate::output::{Bytes, Output, SitePath};
use crate::schedule::{Boards, ProjectBoard};
use crate::views;
use crate::views::feeds::{self, Place};

/// Pages with their places in the site.
pub(super) struct Site {
    /// In the order of the plan.
    pub(super) pages: Vec<Page>,
    pub(super) plan: Arc<Plan>,
}

/// Where everything of a site goes: the same for as long as pages differ only
/// in what they say.
pub(super) struct Plan {
    basis: Basis,
    /// Which of the pages, by path, the site has, in its order.
    order: Vec<usize>,
    pub(super) paths: Vec<SitePath>,
    pub(super) entries: Option<Vec<navigation::Entry>>,
    pub(super) targets: Targets,
    /// The files that are copied, and the names of those that are made.
    pub(super) output: Output,
    pub(super) warnings: Vec<Diagnostic>,
    /// The files of the content that are no pages: their paths and names.
    pub(super) files: Vec<(String, String)>,
    pub(super) goals: Goals,
}

/// What a plan is made from.
struct Basis {
    pages: Vec<(SitePath, Role)>,
    files: Vec<(SitePath, Bytes)>,
    summary: Option<Arc<Source>>,
    /// The ids of the projects, and of the one that the site is about.
    projects: (Vec<String>, Option<String>),
    is_published: bool,
}

impl Basis {
    fn new(content: &Content, pages: &[Page], settings: &Settings, boards: &Boards) -> Self {
        let files = content.assets.iter().chain(&content.statics);
        Self {
            pages: pages
                .iter()
                .map(|page| (page.path.clone(), page.role.clone()))
                .collect(),
            files: files
                .map(|file| (file.path.clone(), Arc::clone(&file.bytes)))
                .collect(),
            summary: content.summary.clone(),
            projects: (
                boards
                    .iter()
                    .map(|project| project.id().to_owned())
                    .collect(),
                boards.main().map(|project| project.id().to_owned()),
            ),
            is_published: settings.base_url.is_some(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let same_file = |(a, b): (&(SitePath, Bytes), &(SitePath, Bytes))| {
            a.0 == b.0 && Arc::ptr_eq(&a.1, &b.1)
        };
        let same_summary = match (&self.summary, &other.summary) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        same_summary
            && self.projects == other.projects
            && self.is_published == other.is_published
            && self.pages == other.pages
            && self.files.len() == other.files.len()
            && self.files.iter().zip(&other.files).all(same_file)
    }
}

impl Site {
    /// Pages in the places that they had, where nothing else differs, or else
    /// in those that are found for them.
    pub(super) fn new(
        mut content: Content,
        settings: &Settings,
        boards: &Boards,
        before: Option<&Arc<Plan>>,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        let files = std::mem::take(&mut content.pages);
        let pages = place::pages(files, boards, errors);
        let basis = Basis::new(&content, &pages, settings, boards);
        let plan = match before.filter(|plan| plan.basis.is_same(&basis)) {
            Some(plan) => Arc::clone(plan),
            None => Arc::new(Plan::new(basis, &pages, content, boards, errors)),
        };
        let mut pages: Vec<_> = pages.into_iter().map(Some).collect();
        let listed = plan.order.iter().filter_map(|page| pages[*page].take());
        let pages = listed.collect();
        Self { pages, plan }
    }
}

impl Plan {
    fn new(
        basis: Basis,
        pages: &[Page],
        content: Content,
        boards: &Boards,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        let is_published = basis.is_published;
        let mut plan = Self {
            basis,
            order: (0..pages.len()).collect(),
            paths: Vec::new(),
            entries: None,
            targets: Targets::default(),
            output: Output::new(),
            warnings: Vec::new(),
            files: content
                .assets
                .iter()
                .map(|asset| (asset.path.to_string(), asset.name.clone()))
                .collect(),
            goals: Goals::default(),
        };
        if let Some(summary) = &content.summary {
            plan.follow(summary, pages, errors);
        }
        plan.place_pages(pages, errors);
        let placed = plan.order.iter().map(|page| &pages[*page]).zip(&plan.paths);
        plan.goals = Goals::new(placed, boards);
        let defaults = theme::default_files(&content.statics);
        let copied = content.assets.into_iter().chain(content.statics);
        for asset in copied.chain(defaults) {
            errors.extend(refused_in(&asset));
            plan.add(asset, errors);
        }
        let published = [(is_published, "404.html"), (is_published, "sitemap.xml")];
        let published = published.into_iter().filter(|(is, _)| *is);
        let published = published.filter_map(|(_, path)| SitePath::new(path).ok());
        for path in made_paths(boards).chain(published) {
            plan.add(own(path), errors);
        }
        plan
    }

    /// Whether it can serve again: what it warns of has places in texts, which
    /// may differ the next time.
    pub(super) fn can_stay(&self) -> bool {
        self.warnings.is_empty()
    }

    /// Takes the pages that a summary lists, and no others.
    fn follow(&mut self, summary: &Arc<Source>, pages: &[Page], errors: &mut Vec<Diagnostic>) {
        let by_path = pages.iter().enumerate();
        let by_path: HashMap<_, _> = by_path.map(|(n, page)| (page.path.as_str(), n)).collect();
        let mut entries = match summary_md::entries(summary, &by_path) {
            Ok(entries) => entries,
            Err(found) => return errors.extend(found),
        };
        let mut numbers = vec![None; pages.len()];
        let mut count = 0;
        for entry in &entries {
            if let navigation::Kind::Page(page) = entry.kind {
                numbers[page] = Some(count);
                count += 1;
            }
        }
        for entry in &mut entries {
            if let navigation::Kind::Page(page) = &mut entry.kind {
                *page = numbers[*page].unwrap_or(*page);
            }
        }
        let is_listed = |page: usize| numbers[page].is_some();
        let files = (0..pages.len()).filter(|page| is_listed(*page));
        let files: HashSet<_> = files.map(|page| &pages[page].file.path).collect();
        let mut listed: Vec<_> = Vec::with_capacity(count);
        for (n, page) in pages.iter().enumerate() {
            match numbers[n] {
                Some(number) => listed.push((number, n)),
                None if page.is_own() || files.contains(&page.file.path) => {
                    listed.push((usize::MAX, n));
                }
                None if page.is_one_of_many() => {}
                None => self.leave_out(page),
            }
        }
        listed.sort_unstable();
        self.order = listed.into_iter().map(|(_, page)| page).collect();
        self.entries = Some(entries);
    }

    fn leave_out(&mut self, page: &Page) {
        let title = "this file is no page, since `SUMMARY.md` does not list it";
        let warning = Diagnostic::warning("unlisted-page", title);
        self.warnings
            .push(warning.at(&page.file.source, 0..0, "left out"));
        self.targets.add(page.path.as_str(), Target::Unlisted);
    }

    fn place_pages(&mut self, pages: &[Page], errors: &mut Vec<Diagnostic>) {
        for (number, page) in self.order.iter().map(|page| &pages[*page]).enumerate() {
            let Some(path) = page.output() else { continue };
            let target = Target::Page(number, path.as_str().to_owned());
            self.targets.add(page.path.as_str(), target.clone());
            self.targets.add(path.as_str(), target);
            let owner = format!("`{}`", page.file.source.name);
            if let Err(clash) = self.output.insert(path.clone(), Vec::new(), owner) {
                errors.push(Diagnostic::error("two-owners", clash.to_string()));
            }
            self.paths.push(path);
        }
    }

    fn add(&mut self, asset: Asset, errors: &mut Vec<Diagnostic>) {
        self.targets.add(asset.path.as_str(), Target::File);
        if let Err(clash) = self.output.insert(asset.path, asset.bytes, asset.name) {
            errors.push(Diagnostic::error("two-owners", clash.to_string()));
        }
    }
}

/// The files that are made of each project, beside its feeds.
const CHART: &str = "schedule.svg";
const BOARD: &str = "board.json";

/// The files that all projects share: what is in them depends on no day.
const SHARED: [&str; 2] = ["trainboard.css", "board.schema.json"];

fn made_paths(boards: &Boards) -> impl Iterator<Item = SitePath> {
    let shared = SHARED.iter().filter(|_| !boards.is_empty());
    let of_projects = boards.iter().flat_map(|project| {
        let board = format!("{}{BOARD}", folder_of(project, boards));
        dated_paths(project, boards).chain([board])
    });
    let made = of_projects.chain(shared.map(|path| (*path).to_owned()));
    made.filter_map(|path| SitePath::new(path).ok())
}

/// The files of a project that say what its board says, without the board.
fn dated_paths(project: &ProjectBoard, boards: &Boards) -> impl Iterator<Item = String> {
    let folder = folder_of(project, boards);
    let chart = format!("{folder}{CHART}");
    let place = Place {
        folder: &folder,
        ..Place::default()
    };
    let feeds = feeds::KINDS.map(|kind| kind.path(project.id(), &place));
    [chart].into_iter().chain(feeds)
}

/// The files of all projects that say what their boards say.
pub(super) fn dated(boards: &Boards) -> impl Iterator<Item = SitePath> {
    let paths = boards
        .iter()
        .flat_map(|project| dated_paths(project, boards));
    paths.filter_map(|path| SitePath::new(path).ok())
}

/// Where what is made of a project goes: empty, or with a slash at its end.
pub(super) fn folder_of(project: &ProjectBoard, boards: &Boards) -> String {
    let is_main = boards.main().is_some_and(|main| main.id() == project.id());
    if is_main {
        String::new()
    } else {
        format!("{PROJECTS_FOLDER}/{}/", project.id())
    }
}

/// What is in those files, of a site that is published there.
pub(super) fn made(
    boards: &Boards,
    goals: &Goals,
    base: Option<&BaseUrl>,
) -> Vec<(SitePath, Bytes)> {
    let projects: Vec<_> = boards.iter().collect();
    let base = base.map(BaseUrl::as_str);
    let made = projects.par_iter().flat_map_iter(|project| {
        let folder = &*folder_of(project, boards);
        let page = goals.address(Goal::Project(project.id()), "");
        let page = page.filter(|_| !folder.is_empty()).unwrap_or_default();
        let page = &*page;
        let chart = views::gantt::svg(&project.board, views::gantt::Span::Window);
        let feeds = feeds::all(&project.whole, &Place { base, folder, page });
        let feeds = feeds.into_iter().map(|feed| feed.text);
        let board = views::json::board(&project.board);
        let texts: Vec<_> = [chart].into_iter().chain(feeds).chain([board]).collect();
        texts
    });
    let shared = [views::style(), views::json::schema()];
    let texts: Vec<_> = made.chain(shared).collect();
    let files = made_paths(boards).zip(texts);
    files
        .map(|(path, text)| (path, text.into_bytes().into()))
        .collect()
}

/// A file of trainboard's own, still empty.
fn own(path: SitePath) -> Asset {
    let name = format!("trainboard's own `{path}`");
    let bytes = Bytes::default();
    Asset { path, bytes, name }
}

/// What may not be in a file that is copied, when a browser would run it.
fn refused_in(asset: &Asset) -> Vec<Diagnostic> {
    let name = asset.path.name().to_ascii_lowercase();
    let ends = |ending: &&str| name.ends_with(*ending);
    let is_page = [".html", ".htm", ".xhtml", ".xht", ".shtml"]
        .iter()
        .any(ends);
    if !is_page && ![".svg", ".xml"].iter().any(ends) {
        return Vec::new();
    }
    let Ok(text) = std::str::from_utf8(&asset.bytes) else {
        let title = format!("`{}` is not UTF-8", asset.name);
        let error = Diagnostic::error("not-utf-8", title);
        return vec![error.help("only UTF-8 can be looked through for scripts")];
    };
    let source = Source::new(&asset.name, text);
    let refused = |note| match note {
        Note::Refused { span, title, help } if !is_of_a_page(&text[span.clone()], is_page) => {
            Some((span, title, help))
        }
        Note::Address { span, address, .. } => {
            let refused = address::read(&address).err()?;
            refused
                .title
                .ends_with(":`")
                .then_some((span, refused.title, refused.help))
        }
        _ => None,
    };
    raw_html::notes_of_svg(text)
        .into_iter()
        .filter_map(refused)
        .map(|(span, title, help)| {
            let error = Diagnostic::error("refused-html", title);
            error.at(&source, span, "refused").help(help)
        })
        .collect()
}

/// A whole page may load a style sheet.
fn is_of_a_page(html: &str, is_page: bool) -> bool {
    is_page && html.starts_with("<link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_that_run_script_are_refused() {
        let asset = |bytes: &[u8]| Asset {
            path: SitePath::new("a.SVG").unwrap(),
            bytes: bytes.to_vec().into(),
            name: "content/a.SVG".to_owned(),
        };
        let title = |bytes: &[u8]| {
            let found = refused_in(&asset(bytes)).into_iter().next();
            found.map(|error| error.title)
        };
        assert_eq!(title(b"<svg><path d='M0 0'/></svg>"), None);
        for (svg, expected) in [
            (
                "<svg onload='x()'/>",
                "a page may not have an attribute `onload`",
            ),
            (
                "<svg><script/></svg>",
                "a page may not have a `script` element",
            ),
            (
                "<svg><a href='java&#115;cript:x'/></svg>",
                "an address may not begin with `javascript:`",
            ),
        ] {
            assert_eq!(title(svg.as_bytes()).as_deref(), Some(expected));
        }
        assert_eq!(
            title(b"\xff\xfe<").as_deref(),
            Some("`content/a.SVG` is not UTF-8")
        );
    }
}
