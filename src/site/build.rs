//! The way from content to files.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::foreign;
use super::markdown::{self, Body, LinkContext};
use super::navigation::{self, Tree};
use super::place::Page;
use super::plan::{self, Plan};
use super::renderer::{PageRenderer, SiteView};
use super::theme::{self, Theme};
use super::{Content, Settings};
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::markers::{self, MarkerContext, OutputFormat, PageOf, ViewCache};
use crate::output::{Bytes, Output, SitePath};
use crate::schedule::{Boards, Day};

/// The largest Markdown file, in bytes.
const MAX_MARKDOWN: usize = 8 * 1024 * 1024;

/// A site whose pages have been read and are sound, before any is rendered.
pub struct Site<'a> {
    /// What may not be as it was meant.
    pub warnings: Vec<Diagnostic>,
    /// What a careful writer wants to know, and a build need not say.
    pub advice: Vec<Diagnostic>,
    /// How many pages it has.
    pub count: usize,
    /// Those of its files that say what a board says, but for the boards.
    pub dated: Vec<SitePath>,
    pages: Vec<Page>,
    plan: Plan,
    renderer: PageRenderer<'a>,
}

/// Stands for the top of the site in a page that is shown at any address.
pub const ROOT: &str = "/.trainboard/root/";

/// A site that was built.
#[derive(Debug)]
pub struct Built {
    /// All its files.
    pub output: Output,
    /// The page for addresses that do not exist, whose own begin with [`ROOT`];
    /// none where the project's template for it fails.
    pub not_found: Option<Vec<u8>>,
    /// What may not be as it was meant.
    pub warnings: Vec<Diagnostic>,
    /// What a careful writer wants to know, and a build need not say.
    pub advice: Vec<Diagnostic>,
    /// How many pages it has.
    pub pages: usize,
    /// Those of its files that say what a board says, but for the boards.
    pub dated: Vec<SitePath>,
}

/// The whole site, in memory.
///
/// # Errors
///
/// Everything that is wrong with the content, in order of place.
pub fn build(
    content: Content,
    settings: &Settings,
    boards: &Boards,
) -> Result<Built, Vec<Diagnostic>> {
    let mut site = Site::read(content, settings, boards)?;
    let files = Mutex::new(Vec::new());
    site.render(|path, bytes| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push((path, bytes));
        Ok::<_, Vec<Diagnostic>>(())
    })?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Built {
        not_found: site.renderer.not_found_from(ROOT).ok(),
        output: files.into_iter().collect(),
        warnings: site.warnings,
        advice: site.advice,
        pages: site.count,
        dated: site.dated,
    })
}

/// What is wrong with the pages on boards that hold from a later day on.
pub fn errors_from(
    content: Content,
    settings: &Settings,
    boards: &Boards,
    day: Day,
) -> Vec<Diagnostic> {
    let (mut pages, plan) = Plan::new(content, settings, boards);
    let mut errors = Vec::new();
    PageReader::new(&plan, settings, boards, Some(day)).all(&mut pages, &mut errors);
    errors
}

impl<'a> Site<'a> {
    /// Reads all pages, and finds a place for every file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the content, in order of place.
    pub fn read(
        content: Content,
        settings: &'a Settings,
        boards: &'a Boards,
    ) -> Result<Self, Vec<Diagnostic>> {
        let theme = Theme::new(&content.templates);
        let unused = theme::unused(&content.templates);
        let (mut pages, mut plan) = Plan::new(content, settings, boards);
        let written = pages.par_iter().filter(|page| !page.is_one_of_many());
        plan.warnings
            .par_extend(written.flat_map_iter(foreign::warnings));
        plan.warnings.extend(unused);
        let mut errors = std::mem::take(&mut plan.errors);
        PageReader::new(&plan, settings, boards, None).all(&mut pages, &mut errors);
        let theme = theme.map_err(|refused| errors.extend(refused)).ok();
        let Some(theme) = theme.filter(|_| errors.is_empty()) else {
            errors.append(&mut plan.warnings);
            errors.sort_by(|a, b| a.order().cmp(&b.order()));
            return Err(errors);
        };
        // Where links lead is known: the memory goes to what is rendered.
        drop(std::mem::take(&mut plan.targets));
        give_titles(&mut pages, plan.entries.as_deref());
        let dated = pages.iter().filter(|page| page.body.dated);
        let dated = dated.map(|page| page.output.clone());
        let entries = plan.entries.take();
        let entries = entries.unwrap_or_else(|| navigation::entries_by_folder(&pages));
        let entries = navigation::with_projects(entries, &pages, boards);
        let tree = Tree::new(entries, &pages);
        let title = title(settings, boards, &pages);
        let site = SiteView::new(settings, title, !boards.are_none());
        let mut advice = advice(&plan.files, &pages);
        advice.retain(|found| found.code != "dropped-style" || theme.drops_styles());
        Ok(Self {
            advice,
            warnings: std::mem::take(&mut plan.warnings),
            count: pages.len(),
            dated: dated.chain(plan::dated(boards)).collect(),
            renderer: PageRenderer::new(theme, site, tree, &pages, settings, boards),
            pages,
            plan,
        })
    }

    /// The paths of all its files, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.plan.claims.paths()
    }

    /// Makes all files, each of which is given away as soon as it is done, on
    /// any thread. What they are made of is let go.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the templates, or else the first reason
    /// for which a file was not taken.
    pub fn render<E>(
        &mut self,
        put: impl Fn(SitePath, Bytes) -> Result<(), E> + Sync,
    ) -> Result<(), E>
    where
        E: From<Vec<Diagnostic>> + Send,
    {
        let renderer = &self.renderer;
        if let Some((path, bytes)) = renderer.sitemap(&self.pages) {
            put(path, bytes)?;
        }
        let redirects = std::mem::take(&mut self.plan.redirects);
        for (path, bytes) in renderer.redirects(&redirects, &self.pages) {
            put(path, bytes)?;
        }
        let pages = std::mem::take(&mut self.pages).into_par_iter().enumerate();
        let pages = pages.map(|(number, page)| {
            let bytes = renderer.page(number, &page)?;
            Ok(put(page.output, bytes.into()))
        });
        let made: Vec<Result<_, Diagnostic>> = pages.collect();
        let not_found = renderer.not_found();
        let not_found = not_found.map(|page| page.map(|(path, bytes)| put(path, bytes)));
        let mut errors = Vec::new();
        for page in made.into_iter().chain(not_found) {
            match page {
                Ok(taken) => taken?,
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            errors.sort_by(|a, b| (a.order(), &a.title).cmp(&(b.order(), &b.title)));
            errors.dedup_by(|later, first| is_of_same_template(later, first));
            return Err(errors.into());
        }
        let made = renderer.files_of_boards(&self.plan.addresses);
        let copied = std::mem::take(&mut self.plan.copied).into_iter();
        let copied = copied.map(|asset| (asset.path, asset.bytes));
        copied
            .chain(made)
            .try_for_each(|(path, bytes)| put(path, bytes))
    }
}

/// What may be wrong on a page only because its front matter does not say of
/// which project or train it is.
const OF_FRONT_MATTER: [&str; 5] = [
    "no-train-here",
    "no-value",
    "unknown-column",
    "unknown-value",
    "which-project",
];

/// Whether two pages have the same error, of a template that both are made
/// with.
fn is_of_same_template(one: &Diagnostic, other: &Diagnostic) -> bool {
    (one.code, &one.title, &one.labels) == (other.code, &other.title, &other.labels)
}

/// What the Markdown of pages is read with.
struct PageReader<'a> {
    plan: &'a Plan,
    settings: &'a Settings,
    boards: &'a Boards,
    views: ViewCache,
    /// The day from which the boards hold, when that is still to come.
    from: Option<Day>,
}

impl<'a> PageReader<'a> {
    fn new(plan: &'a Plan, settings: &'a Settings, boards: &'a Boards, from: Option<Day>) -> Self {
        let views = ViewCache::default();
        Self {
            plan,
            settings,
            boards,
            views,
            from,
        }
    }

    /// Reads the Markdown of all pages, and lets go of it.
    fn all(&self, pages: &mut [Page], errors: &mut Vec<Diagnostic>) {
        let read = pages.par_iter_mut().enumerate();
        let read = read.map(|(number, page)| {
            page.body = self.body(number, page)?;
            if page.body.anchor_links.is_empty() {
                page.forget_text();
            }
            Ok(())
        });
        let read: Vec<Result<_, markdown::Faults>> = read.collect();
        let mut said = Said::default();
        let mut unread = HashSet::new();
        let mut advised = 0;
        for (number, read) in read.into_iter().enumerate() {
            let page = &pages[number];
            if read.is_err() || !page.is_sound() {
                unread.insert(number);
            }
            let mut faults = read.err().unwrap_or_default();
            if page.is_one_of_many() {
                faults.retain(|error| said.is_new(error));
            }
            if !page.is_sound() {
                faults.retain(|error| !OF_FRONT_MATTER.contains(&error.code));
            }
            let left = markdown::ADVISED - advised;
            advised += faults.advise(&self.plan.targets, left);
            errors.extend(faults.errors);
        }
        check_anchor_links(pages, &unread, errors);
        pages.iter_mut().for_each(Page::forget_text);
    }

    fn body(&self, number: usize, page: &Page) -> Result<Body, markdown::Faults> {
        let (source, start) = page.text();
        if source.text.len() > MAX_MARKDOWN {
            let title = "this file is larger than the limit of 8 MiB";
            let error = Diagnostic::error("page-size", title);
            return Err(vec![error.at(&source, 0..0, "too large")].into());
        }
        // Addresses start from where the Markdown is; so do those of views.
        let from = page.file.path.folder();
        let around = self.settings.lang.around();
        let links = |of: PageOf<'_>| self.plan.addresses.address(of, from);
        let context = MarkerContext {
            from: self.from,
            links: &links,
            views: Some(&self.views),
            around,
            ..page.context(self.boards)
        };
        let (expanded, errors) = markers::expand_all(&source, start, context, OutputFormat::Html);
        let links = LinkContext {
            page: number,
            from,
            folder: page.output.folder(),
            targets: &self.plan.targets,
            source: &source,
            lang: self.settings.lang.as_str(),
            around,
            highlight: self.settings.highlight,
        };
        let mut body = match markdown::body(links, &expanded) {
            Ok(body) if errors.is_empty() => body,
            Ok(_) => return Err(errors.into()),
            Err(found) => return Err(found.after(errors)),
        };
        body.dated = expanded.depends_on_the_day();
        body.period = expanded.period;
        let of_markers = expanded.beginning_lines();
        let of_markers = of_markers.map(|span| marker_first(&source, span.clone()));
        body.advice
            .extend(of_markers.chain(markers::nearly(&source, start)));
        Ok(body)
    }
}

/// Links to places in pages; pages that could not be read have no places yet.
fn check_anchor_links(pages: &[Page], unread: &HashSet<usize>, errors: &mut Vec<Diagnostic>) {
    let mut places: HashMap<usize, HashSet<&str>> = HashMap::new();
    for page in pages {
        for link in &page.body.anchor_links {
            let to = &pages[link.page];
            let there = places.entry(link.page);
            let there = there.or_insert_with(|| to.body.places().collect());
            if !unread.contains(&link.page) && !there.contains(&*link.anchor) {
                let advises = errors.len() < markdown::ADVISED;
                errors.push(dead_anchor(&page.file.source, link, to, advises));
            }
        }
    }
}

fn dead_anchor(
    source: &Arc<Source>,
    link: &markdown::AnchorLink,
    to: &Page,
    advises: bool,
) -> Diagnostic {
    let title = format!("there is no `#{}` in `{}`", link.anchor, to.name());
    let error = Diagnostic::error("dead-anchor", title);
    let error = error.at(source, link.span.clone(), "leads nowhere");
    let known = to.body.places().take(if advises { 10_000 } else { 0 });
    match nearest(&link.anchor, known) {
        Some(near) => error.help(format!("the nearest is `#{near}`")),
        None => error,
    }
}

/// The title of each page: from its front matter, else its first heading,
/// else the summary, else its file.
fn give_titles(pages: &mut [Page], entries: Option<&[navigation::Entry]>) {
    let listed: HashMap<_, _> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some((entry.page()?, &*entry.title)))
        .collect();
    for (number, page) in pages.iter_mut().enumerate() {
        let given = page.file.front.title();
        let given = given.filter(|_| !page.is_one_of_many());
        let heading = page.body.headings.first().map(|heading| &*heading.title);
        let heading = heading.filter(|title| !title.is_empty());
        let title = given.or(heading).or(listed.get(&number).copied());
        let name = page.path.name();
        let name = name.strip_suffix(".md").unwrap_or(name);
        page.title = title.unwrap_or(name).to_owned();
    }
}

/// The title of the site: as it is set, else that of the project, else that of
/// the first page.
fn title(settings: &Settings, boards: &Boards, pages: &[Page]) -> String {
    let project = || Some(boards.main()?.board.project().name.to_string());
    let home = || {
        let home = pages
            .iter()
            .find(|page| page.output.as_str() == "index.html");
        home.or(pages.first()).map(|page| page.title.clone())
    };
    let given = settings.title.as_deref().map(str::to_owned);
    given.or_else(project).or_else(home).unwrap_or_default()
}

/// What was said of some place: pages of one file have the same faults.
#[derive(Default)]
struct Said(HashSet<(&'static str, String, Range<usize>)>);

impl Said {
    /// Whether it is new.
    fn is_new(&mut self, found: &Diagnostic) -> bool {
        found.labels.first().is_none_or(|label| {
            let place = (label.source.name.clone(), label.span.clone());
            self.0.insert((found.code, place.0, place.1))
        })
    }
}

fn marker_first(source: &Arc<Source>, span: Range<usize>) -> Diagnostic {
    let title = "this line begins with a marker";
    Diagnostic::warning("marker-first", title)
        .at(source, span, "elsewhere, Markdown takes the line for HTML")
        .help("begin the line with a word")
}

/// What pages say of themselves, and the files of the content that none of
/// them shows or links to.
fn advice(files: &[(String, String)], pages: &[Page]) -> Vec<Diagnostic> {
    let used: HashSet<_> = pages.iter().flat_map(|page| &page.body.files).collect();
    let unused = files.iter().filter(|(path, _)| !used.contains(path));
    let unused = unused.map(|(_, name)| {
        let title = format!("no page shows or links to {name}");
        Diagnostic::warning("unused-file", title)
    });
    let mut said = Said::default();
    let of_pages = pages.iter().flat_map(|page| &page.body.advice);
    let of_pages = of_pages.filter(|found| said.is_new(found)).cloned();
    of_pages.chain(unused).collect()
}
