//! Where everything of a site goes, before any page is made.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::links::{Target, Targets};
use super::navigation;
use super::page::Asset;
use super::place::{self, PROJECTS_FOLDER, Page, PageAddresses};
use super::redirects::{self, Redirect};
use super::{Alias, Content, Settings, SiteFile, browser, summary_md, theme};
use crate::diagnostic::{Diagnostic, Source};
use crate::markers::PageOf;
use crate::output::{Bytes, Claims, SitePath};
use crate::schedule::{Boards, ProjectBoard};
use crate::views;
use crate::views::feeds::{self, SitePlace};

/// Where everything of a site goes.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) entries: Option<Vec<navigation::Entry>>,
    pub(super) targets: Targets,
    /// The paths of all files.
    pub(super) claims: Claims,
    /// The files that are copied.
    pub(super) copied: Vec<Asset>,
    pub(super) warnings: Vec<Diagnostic>,
    /// The files of the content that are no pages: their paths and names.
    pub(super) files: Vec<(String, String)>,
    pub(super) addresses: PageAddresses,
    pub(super) redirects: Vec<Redirect>,
    pub(super) errors: Vec<Diagnostic>,
}

impl Plan {
    /// The pages in their order, and where everything goes.
    pub(super) fn new(content: Content, settings: &Settings, boards: &Boards) -> (Vec<Page>, Self) {
        let mut plan = Self::default();
        let mut pages = place::pages(content.pages, boards, &mut plan.errors);
        let files = content.assets.iter();
        plan.files = files
            .map(|asset| (asset.path.to_string(), asset.name.clone()))
            .collect();
        if let Some(summary) = &content.summary {
            pages = plan.follow(summary, pages);
        }
        plan.place_pages(&pages);
        plan.addresses = PageAddresses::new(&pages, boards);
        let defaults = theme::default_style(&content.statics);
        let copied = content.assets.into_iter().chain(content.statics);
        for asset in copied.chain(defaults) {
            plan.errors.extend(refused_in(&asset));
            plan.claim(&asset.path, &asset.name);
            plan.copied.push(asset);
        }
        let published = ["404.html", "sitemap.xml"].into_iter();
        let published = published.filter(|_| settings.base_url.is_some());
        let published = published.filter_map(|path| SitePath::new(path).ok());
        for path in made_paths(boards).chain(published) {
            plan.claim(&path, &format!("trainboard's own `{path}`"));
        }
        plan.place_aliases(&pages, settings.redirects);
        plan.find_files(settings);
        (pages, plan)
    }

    /// Places the pages that lead to others, beside everything else.
    fn place_aliases(&mut self, pages: &[Page], has_list: bool) {
        for (number, page) in pages.iter().enumerate() {
            for Alias { path, place } in page.aliases() {
                let owner = format!("an alias of `{}`", page.name());
                if let Err(clash) = self.claims.add(path.clone(), owner) {
                    let mut error = Diagnostic::error("two-owners", clash);
                    error.labels.push(place.clone());
                    self.errors.push(error);
                    continue;
                }
                let target = Target::Page(number, page.output.to_string());
                self.targets.add(path.as_str(), target);
                let (path, page) = (path.clone(), number);
                self.redirects.push(Redirect { path, page });
            }
        }
        if has_list && let Ok(path) = SitePath::new(redirects::LIST) {
            self.claim(&path, &format!("trainboard's own `{path}`"));
        }
    }

    /// Looks for the files that the settings name: they are used.
    fn find_files(&mut self, settings: &Settings) {
        for SiteFile { path, place } in settings.files() {
            let mut copied = self.copied.iter();
            let is_there = copied.any(|asset| asset.path.as_str() == path.as_str());
            self.files.retain(|(file, _)| *file != **path);
            if is_there {
                continue;
            }
            let title = format!("there is no `{}`", path.as_str());
            let mut error = Diagnostic::error("dead-link", title);
            error.labels.push(place.clone());
            let help = format!(
                "put the file into `static/` or `{}/`: its path begins there",
                settings.content.as_str()
            );
            self.errors.push(error.help(help));
        }
    }

    /// Takes the pages that a summary lists, in its order, and those that
    /// files make.
    fn follow(&mut self, summary: &Arc<Source>, pages: Vec<Page>) -> Vec<Page> {
        let by_path = pages.iter().enumerate();
        let by_path: HashMap<_, _> = by_path.map(|(n, page)| (page.path.as_str(), n)).collect();
        let mut entries = match summary_md::entries(summary, &by_path) {
            Ok(entries) => entries,
            Err(found) => {
                self.errors.extend(found);
                return pages;
            }
        };
        let mut unlisted: Vec<_> = pages.into_iter().map(Some).collect();
        let mut kept = Vec::with_capacity(unlisted.len());
        for entry in &mut entries {
            if let navigation::ItemKind::Page(number) = &mut entry.kind
                && let Some(page) = unlisted[*number].take()
            {
                *number = kept.len();
                kept.push(page);
            }
        }
        self.entries = Some(entries);
        let listed = kept.iter().map(|page: &Page| page.file.path.clone());
        let files: HashSet<_> = listed.collect();
        for page in unlisted.into_iter().flatten() {
            if page.is_own() || files.contains(&page.file.path) {
                kept.push(page);
            } else if !page.is_one_of_many() {
                self.leave_out(&page);
            }
        }
        kept
    }

    fn leave_out(&mut self, page: &Page) {
        let title = "this file is no page, since `SUMMARY.md` does not list it";
        let warning = Diagnostic::warning("unlisted-page", title);
        self.warnings
            .push(warning.at(&page.file.source, 0..0, "left out"));
        self.targets.add(page.path.as_str(), Target::Unlisted);
    }

    fn place_pages(&mut self, pages: &[Page]) {
        for (number, page) in pages.iter().enumerate() {
            let target = Target::Page(number, page.output.to_string());
            self.targets.add(page.path.as_str(), target.clone());
            self.targets.add(page.output.as_str(), target);
            self.own(&page.output, &format!("`{}`", page.name()));
        }
    }

    fn claim(&mut self, path: &SitePath, owner: &str) {
        self.targets.add(path.as_str(), Target::File);
        self.own(path, owner);
    }

    fn own(&mut self, path: &SitePath, owner: &str) {
        if let Err(clash) = self.claims.add(path.clone(), owner) {
            self.errors.push(Diagnostic::error("two-owners", clash));
        }
    }
}

/// The files that are made of each project, beside its feeds.
const CHART: &str = "schedule.svg";
const BOARD: &str = "board.json";

/// The files that all projects share: what is in them depends on no day.
const SHARED: [&str; 2] = ["trainboard.css", "board.schema.json"];

fn made_paths(boards: &Boards) -> impl Iterator<Item = SitePath> {
    let shared = SHARED.iter().filter(|_| !boards.are_none());
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
    let feeds = feeds::paths(project.id(), &folder);
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
    addresses: &PageAddresses,
    base: Option<&str>,
) -> Vec<(SitePath, Bytes)> {
    let projects: Vec<_> = boards.iter().collect();
    let made = projects.par_iter().flat_map_iter(|project| {
        let folder = &*folder_of(project, boards);
        let page = addresses.address(PageOf::Project(project.id()), "");
        let page = page.filter(|_| !folder.is_empty()).unwrap_or_default();
        let page = &*page;
        let chart = views::gantt::svg(&project.board, views::gantt::Span::Window);
        let feeds = feeds::all(&project.whole, &SitePlace { base, folder, page });
        let feeds = feeds.into_iter().map(|feed| feed.text);
        let board = views::json::board(&project.board);
        let texts: Vec<_> = [chart].into_iter().chain(feeds).chain([board]).collect();
        texts
    });
    let shared = [views::style(None), views::json::schema()];
    let texts: Vec<_> = made.chain(shared).collect();
    let files = made_paths(boards).zip(texts);
    files
        .map(|(path, text)| (path, text.into_bytes().into()))
        .collect()
}

/// What may not be in a file that is copied, when a browser would run it.
fn refused_in(asset: &Asset) -> Vec<Diagnostic> {
    let Some(reading) = browser::reading(asset.path.name()) else {
        return Vec::new();
    };
    let name = asset.name.trim_matches('`');
    let Ok(text) = std::str::from_utf8(&asset.bytes) else {
        let title = format!("`{name}` is not UTF-8");
        let error = Diagnostic::error("not-utf-8", title);
        return vec![error.help("only UTF-8 can be looked through for scripts")];
    };
    browser::errors(text, reading, || Source::new(name, text))
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
