//! The way from content to output.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::frame::{self, Frame, Framed, SiteView};
use super::markdown::{self, Body, Standing};
use super::navigation::{self, Tree};
use super::place::Page;
use super::plan::{self, Plan, Site};
use super::theme::Theme;
use super::{BaseUrl, Content, Settings};
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::markers::{self, Drawn, Form, Goal};
use crate::output::{Bytes, Output, SitePath};
use crate::schedule::Boards;

/// The largest Markdown file, in bytes.
const MAX_MARKDOWN: usize = 8 * 1024 * 1024;

/// A site that was built.
#[derive(Debug)]
pub struct Built {
    /// All its files.
    pub output: Output,
    /// What may not be as it was meant.
    pub warnings: Vec<Diagnostic>,
    /// What a careful writer wants to know, and a build need not say.
    pub advice: Vec<Diagnostic>,
    /// How many pages it has.
    pub pages: usize,
    /// Those of its files that say what a board says, but for the boards.
    pub dated: Vec<SitePath>,
}

/// The whole site.
///
/// # Errors
///
/// Everything that is wrong with the content, in order of place.
pub fn build(
    content: Content,
    settings: &Settings,
    boards: &Boards,
) -> Result<Built, Vec<Diagnostic>> {
    Builder::default().build(content, settings, boards)
}

/// Builds a site again and again, and makes only what is not as it was.
///
/// What it makes is what [`build`] makes: each page is kept together with all
/// that it was made from, and made anew when any of that differs.
#[derive(Default)]
pub struct Builder {
    texts: Texts,
    frames: Arc<frame::Kept>,
    made: Made,
}

/// The files that boards are made into, with what they were made from.
#[derive(Default)]
struct Made {
    plan: Option<Arc<Plan>>,
    boards: Boards,
    base_url: Option<BaseUrl>,
    files: Vec<(SitePath, Bytes)>,
}

impl Made {
    fn update(&mut self, plan: &Arc<Plan>, boards: &Boards, base_url: Option<&BaseUrl>) {
        let is_same = self.plan.as_ref().is_some_and(|old| Arc::ptr_eq(old, plan))
            && self.boards == *boards
            && self.base_url.as_ref() == base_url;
        if !is_same {
            *self = Self {
                files: plan::made(boards, &plan.goals, base_url),
                plan: Some(Arc::clone(plan)),
                boards: boards.clone(),
                base_url: base_url.cloned(),
            };
        }
    }
}

/// The texts of pages, with what they were made from.
#[derive(Default)]
struct Texts {
    plan: Option<Arc<Plan>>,
    boards: Boards,
    /// By the numbers that pages have in that plan.
    by_page: Vec<Text>,
    /// Whether all links to places in pages lead somewhere.
    is_sound: bool,
}

/// The text of a page, where it has one, and what it was made from.
type Text = Option<(Arc<Source>, Arc<Body>)>;

impl Texts {
    /// Checks the links to places in pages: those of new texts and, where some
    /// text has other places than before, all.
    fn check_anchors(&mut self, site: &Site, before: &[Text], errors: &mut Vec<Diagnostic>) {
        let now = &self.by_page;
        let was_sound = std::mem::take(&mut self.is_sound) && before.len() == now.len();
        let pairs = before.iter().zip(now);
        let keeps = was_sound
            && pairs
                .clone()
                .all(|(before, now)| has_same_anchors(before, now));
        let is_new: Vec<_> = pairs
            .map(|(before, now)| !is_same_body(before, now))
            .collect();
        let count = errors.len();
        site.check_anchors(now, |page| !keeps || is_new[page], errors);
        self.is_sound = errors.len() == count && now.iter().all(Option::is_some);
    }

    fn known(&self, number: usize, source: &Arc<Source>, same_boards: bool) -> Option<Arc<Body>> {
        let (old, body) = self.by_page.get(number)?.as_ref()?;
        let is_same = Arc::ptr_eq(old, source) && (same_boards || !body.dated);
        is_same.then(|| Arc::clone(body))
    }
}

impl Builder {
    /// The whole site.
    ///
    /// Sources that are the same in memory as those of the last build count as
    /// unchanged; nothing else needs to be.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the content, in order of place.
    pub fn build(
        &mut self,
        content: Content,
        settings: &Settings,
        boards: &Boards,
    ) -> Result<Built, Vec<Diagnostic>> {
        let mut errors = Vec::new();
        let theme = Theme::new(&content.templates);
        let before = self.texts.plan.as_ref().filter(|plan| plan.can_stay());
        let site = Site::new(content, settings, boards, before, &mut errors);
        let misplaced = !errors.is_empty();
        let bodies = self.texts(&site, boards, &mut errors);
        if misplaced {
            self.texts = Texts::default();
        }
        let theme = match theme {
            Ok(theme) => theme,
            Err(refused) => {
                errors.extend(refused);
                return Err(sorted(errors));
            }
        };
        if !errors.is_empty() {
            return Err(sorted(errors));
        }
        let built = self.finish(site, settings, boards, theme, bodies);
        built.map_err(sorted)
    }

    /// The texts of all pages that have no errors.
    fn texts(
        &mut self,
        site: &Site,
        boards: &Boards,
        errors: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<Body>> {
        let is_same =
            |plan: &Arc<Plan>| Arc::ptr_eq(plan, &site.plan) || plan.targets == site.plan.targets;
        if !self.texts.plan.as_ref().is_some_and(is_same) {
            self.texts.by_page.clear();
        }
        let same_boards = self.texts.boards == *boards;
        let drawn = Drawn::default();
        let read: Vec<_> = (0..site.pages.len())
            .into_par_iter()
            .map(|number| {
                match self
                    .texts
                    .known(number, &site.pages[number].file.source, same_boards)
                {
                    Some(known) => Ok(known),
                    None => site.text(number, boards, &drawn).map(Arc::new),
                }
            })
            .collect();
        let before = std::mem::take(&mut self.texts.by_page);
        let mut bodies = Vec::with_capacity(read.len());
        let mut said = Said::default();
        self.texts.by_page = read
            .into_iter()
            .zip(&site.pages)
            .map(|(body, page)| match body {
                Ok(body) => {
                    bodies.push(Arc::clone(&body));
                    Some((Arc::clone(&page.file.source), body))
                }
                Err(mut found) => {
                    if page.is_one_of_many() {
                        found.retain(|error| said.is_new(error));
                    }
                    errors.extend(found);
                    None
                }
            })
            .collect();
        self.texts.check_anchors(site, &before, errors);
        self.texts.plan = Some(Arc::clone(&site.plan));
        self.texts.boards = boards.clone();
        bodies
    }

    fn finish(
        &mut self,
        site: Site,
        settings: &Settings,
        boards: &Boards,
        theme: Theme,
        bodies: Vec<Arc<Body>>,
    ) -> Result<Built, Vec<Diagnostic>> {
        let titles = site.titles(&bodies);
        let title = site.title(settings, boards, &titles);
        let site_view = site_view(title, settings, boards);
        let count = site.pages.len();
        let advice = advice(&site.plan.files, &bodies);
        let entries = site.plan.entries.clone();
        let entries =
            entries.unwrap_or_else(|| navigation::entries_by_folder(&site.pages, &titles));
        let paths = site.plan.paths.iter().cloned();
        let dated = paths.clone().zip(&bodies).filter(|(_, body)| body.dated);
        let dated = dated.map(|(path, _)| path);
        let dated = dated.chain(plan::dated(boards)).collect();
        let named = site.pages.into_iter().zip(paths).zip(titles);
        let framed = named.zip(bodies).map(|(((page, path), title), body)| {
            let file = page.file.source.name.clone();
            let edit_url = settings.edit_url.as_ref().filter(|_| !page.is_own());
            let project = page.scene(boards).project.filter(|_| body.dated);
            Arc::new(Framed {
                feeds: project.map(|project| plan::folder_of(project, boards)),
                edit_url: edit_url.map(|url| url.of(&file)),
                listed: page.listed().unwrap_or_else(|| path.clone()),
                path,
                file,
                title,
                body,
            })
        });
        let pages = framed.collect();
        let tree = Tree::new(entries, count);
        let frame = Frame::new(theme, site_view, tree, pages);
        let sitemap = frame.sitemap();
        let rendered = frame.render(&self.frames)?;
        let mut output = site.plan.output.clone();
        let base_url = settings.base_url.as_ref();
        self.made.update(&site.plan, boards, base_url);
        let made = self.made.files.iter().cloned();
        for (path, bytes) in made.chain(rendered.files()).chain(sitemap) {
            output.fill(path, bytes);
        }
        self.frames = Arc::new(rendered);
        Ok(Built {
            output,
            warnings: site.plan.warnings.clone(),
            advice,
            pages: count,
            dated,
        })
    }
}

fn site_view(title: String, settings: &Settings, boards: &Boards) -> SiteView {
    let base_url = settings.base_url.as_ref().map(BaseUrl::as_str);
    SiteView {
        title,
        lang: settings.lang.as_str().to_owned(),
        base_url: base_url.map(str::to_owned),
        has_schedule: !boards.is_empty(),
    }
}

fn sorted(mut errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    errors.sort_by(|a, b| a.order().cmp(&b.order()));
    errors
}

impl Site {
    /// The text of one page.
    fn text(&self, number: usize, boards: &Boards, drawn: &Drawn) -> Result<Body, Vec<Diagnostic>> {
        let page = &self.pages[number];
        let (source, start) = page.text();
        if source.text.len() > MAX_MARKDOWN {
            let title = "this file is larger than the limit of 8 MiB";
            let error = Diagnostic::error("page-size", title);
            return Err(vec![error.at(&source, 0..0, "too large")]);
        }
        // Addresses start from where the Markdown is; so do those of views.
        let from = page.file.path.folder();
        let goals = |goal: Goal<'_>| self.plan.goals.address(goal, from);
        let scene = page.scene(boards).with(&goals).sharing(drawn);
        let (expanded, errors) = markers::expand_all(&source, start, scene, Form::Html);
        let standing = Standing {
            page: number,
            from,
            folder: self.plan.paths[number].folder(),
            targets: &self.plan.targets,
            source: &source,
        };
        let mut body = match markdown::body(standing, &expanded) {
            Ok(body) if errors.is_empty() => body,
            Ok(_) => return Err(errors),
            Err(found) => return Err([errors, found].concat()),
        };
        body.dated = expanded.depends_on_the_day();
        body.period = expanded.period();
        body.advice = expanded
            .beginning_lines()
            .map(|span| marker_first(&source, span.clone()))
            .chain(markers::nearly(&source, start))
            .collect();
        Ok(body)
    }

    /// Links to places in pages; pages that have errors have no places yet.
    fn check_anchors(
        &self,
        by_page: &[Text],
        is_wanted: impl Fn(usize) -> bool,
        errors: &mut Vec<Diagnostic>,
    ) {
        let body = |page: usize| by_page[page].as_ref().map(|(_, body)| body);
        for number in (0..by_page.len()).filter(|number| is_wanted(*number)) {
            for promised in body(number).into_iter().flat_map(|body| &body.promised) {
                let Some(Body { anchors, .. }) = body(promised.page).map(Arc::as_ref) else {
                    continue;
                };
                if anchors.contains(&promised.anchor) {
                    continue;
                }
                let to = &self.pages[promised.page].file.source.name;
                let title = format!("there is no `#{}` in `{to}`", promised.anchor);
                let error = Diagnostic::error("dead-anchor", title);
                let source = &self.pages[number].file.source;
                let error = error.at(source, promised.span.clone(), "leads nowhere");
                let known = anchors.iter().map(String::as_str);
                let known = known.take(if errors.len() < markdown::ADVISED {
                    10_000
                } else {
                    0
                });
                let near = nearest(&promised.anchor, known);
                errors.push(match near {
                    Some(near) => error.help(format!("the nearest is `#{near}`")),
                    None => error,
                });
            }
        }
    }

    /// The title of each page: from its front matter, else its first heading,
    /// else the summary, else its file.
    fn titles(&self, bodies: &[Arc<Body>]) -> Vec<String> {
        let listed = self.plan.entries.iter().flatten();
        let listed: HashMap<_, _> = listed
            .filter_map(|entry| match entry.kind {
                navigation::Kind::Page(page) => Some((page, &entry.title)),
                _ => None,
            })
            .collect();
        let title = |(number, (page, body)): (usize, (&Page, &Arc<Body>))| {
            let heading = || body.headings.first().map(|heading| heading.title.clone());
            let heading = || heading().filter(|title| !title.is_empty());
            let listed = || listed.get(&number).map(|title| (*title).clone());
            let given = page.file.front.title();
            let given = given.filter(|_| !page.is_one_of_many());
            given.or_else(heading).or_else(listed).unwrap_or_else(|| {
                let name = page.path.name();
                name.strip_suffix(".md").unwrap_or(name).to_owned()
            })
        };
        self.pages
            .iter()
            .zip(bodies)
            .enumerate()
            .map(title)
            .collect()
    }

    fn title(&self, settings: &Settings, boards: &Boards, titles: &[String]) -> String {
        let project = || {
            boards
                .main()
                .map(|main| main.board.project().name.to_string())
        };
        let home = || {
            let home = self
                .plan
                .paths
                .iter()
                .position(|path| path.as_str() == "index.html");
            titles.get(home.unwrap_or(0)).cloned()
        };
        let given = settings.title.as_deref().map(str::to_owned);
        given.or_else(project).or_else(home).unwrap_or_default()
    }
}

fn is_same_body(before: &Text, now: &Text) -> bool {
    match (before, now) {
        (Some((_, before)), Some((_, now))) => Arc::ptr_eq(before, now),
        _ => false,
    }
}

/// Whether what led to a place in a page still does.
fn has_same_anchors(before: &Text, now: &Text) -> bool {
    match (before, now) {
        (Some((_, before)), Some((_, now))) => {
            Arc::ptr_eq(before, now) || before.anchors == now.anchors
        }
        _ => false,
    }
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
fn advice(files: &[(String, String)], bodies: &[Arc<Body>]) -> Vec<Diagnostic> {
    let used: HashSet<_> = bodies.iter().flat_map(|body| &body.files).collect();
    let unused = files.iter().filter(|(path, _)| !used.contains(path));
    let unused = unused.map(|(_, name)| {
        let title = format!("no page shows or links to {name}");
        Diagnostic::warning("unused-file", title)
    });
    let mut said = Said::default();
    let of_pages = bodies.iter().flat_map(|body| &body.advice);
    let of_pages = of_pages.filter(|found| said.is_new(found)).cloned();
    of_pages.chain(unused).collect()
}
