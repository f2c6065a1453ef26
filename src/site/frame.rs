//! Pages in their frame: navigation, contents, neighbours, footer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use super::markdown::Heading;
use super::navigation::{Seen, Tree};
use super::raw_html::{self, Note};
use super::theme::Theme;
use super::{address, html};
use crate::diagnostic::Diagnostic;
use crate::output::SitePath;
use crate::schedule::{Day, Period};

/// How long a template of a project may take over one page.
const PATIENCE: Duration = Duration::from_secs(5);

/// A page whose text is done.
pub(super) struct Framed {
    pub(super) path: SitePath,
    /// As the user would write the name of its file.
    pub(super) file: String,
    pub(super) title: String,
    pub(super) content: String,
    pub(super) headings: Vec<Heading>,
    pub(super) description: String,
    pub(super) has_title: bool,
    pub(super) edit_url: Option<String>,
    /// Whether it depends on the day.
    pub(super) dated: bool,
}

/// Everything that pages are framed with.
pub(super) struct Frame {
    pub(super) theme: Theme,
    pub(super) tree: Tree,
    pub(super) pages: Vec<Framed>,
    pub(super) base_url: Option<String>,
    pub(super) period: Option<Period>,
}

#[derive(Serialize)]
struct PageView<'a> {
    title: &'a str,
    description: &'a str,
    path: &'a str,
    has_title: bool,
    dated: bool,
    edit_url: Option<&'a str>,
    canonical: Option<String>,
    toc: Vec<TocView<'a>>,
}

#[derive(Serialize)]
struct TocView<'a> {
    id: String,
    title: &'a str,
    level: u8,
}

#[derive(Serialize)]
struct Neighbour<'a> {
    title: &'a str,
    href: String,
}

/// The navigation as it is seen from some folder.
type Navigations = HashMap<(String, Seen), String>;

impl Frame {
    /// All pages, and the page for addresses that do not exist when the site
    /// has a base URL.
    pub(super) fn render(self) -> Result<Vec<(SitePath, Vec<u8>)>, Vec<Diagnostic>> {
        if self.theme.is_own {
            return watched(self);
        }
        self.render_all(&AtomicUsize::new(0))
    }

    fn render_all(&self, done: &AtomicUsize) -> Result<Vec<(SitePath, Vec<u8>)>, Vec<Diagnostic>> {
        let navigations = self.navigations().map_err(|error| vec![error])?;
        let order = self.tree.order();
        let mut places = vec![None; self.pages.len()];
        for (place, page) in order.iter().enumerate() {
            places[*page] = Some(place);
        }
        let rendered: Vec<Result<_, Diagnostic>> = self
            .pages
            .par_iter()
            .enumerate()
            .map(|(number, page)| {
                let bytes = self.page(number, places[number], &navigations)?;
                done.fetch_add(1, Ordering::Relaxed);
                Ok((page.path.clone(), bytes))
            })
            .collect();
        let (mut pages, mut errors) = (Vec::with_capacity(rendered.len() + 1), Vec::new());
        for page in rendered {
            match page {
                Ok(page) => pages.push(page),
                Err(error) => errors.push(error),
            }
        }
        match self.not_found(&navigations) {
            Some(Ok(page)) => pages.push(page),
            Some(Err(error)) => errors.push(error),
            None => {}
        }
        if errors.is_empty() {
            Ok(pages)
        } else {
            Err(errors)
        }
    }

    /// Each navigation that some page shows, rendered once.
    fn navigations(&self) -> Result<Navigations, Diagnostic> {
        let mut keys: Vec<_> = (0..self.pages.len())
            .map(|page| {
                (
                    self.pages[page].path.to_root(),
                    self.tree.seen_from(Some(page)),
                )
            })
            .collect();
        if let Some(base) = &self.base_url {
            keys.push((base.clone(), self.tree.seen_from(None)));
        }
        let unique: HashSet<_> = keys.into_iter().collect();
        let render = |(root, seen): (String, Seen)| {
            let address = |page: usize| {
                let path = address::encoded(self.pages[page].path.as_str());
                format!("{root}{path}")
            };
            let mut context = Context::new();
            context.insert("nav", &self.tree.items(seen, &address));
            context.insert("root", &root);
            let html = self.theme.render("nav.html", &context, 4096)?;
            let html = String::from_utf8_lossy(&html).into_owned();
            Ok(((root, seen), html))
        };
        unique
            .into_iter()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(render)
            .collect()
    }

    fn page(
        &self,
        number: usize,
        place: Option<usize>,
        navigations: &Navigations,
    ) -> Result<Vec<u8>, Diagnostic> {
        let page = &self.pages[number];
        let root = page.path.to_root();
        let key = (root, self.tree.seen_from(Some(number)));
        let here = format!("href=\"{}{}\"", key.0, address::encoded(page.path.as_str()));
        let navigation = navigations.get(&key).map_or("", String::as_str);
        let mut context = Context::new();
        context.insert_value("nav", Value::safe_string(&with_current(navigation, &here)));
        context.insert("page", &self.view(page));
        context.insert_value("content", Value::safe_string(&page.content));
        context.insert("root", &key.0);
        let order = self.tree.order();
        let before = place.and_then(|place| order.get(place.checked_sub(1)?));
        let after = place.and_then(|place| order.get(place + 1));
        context.insert(
            "previous",
            &before.map(|other| self.neighbour(page, *other)),
        );
        context.insert("next", &after.map(|other| self.neighbour(page, *other)));
        self.add_period(page.dated, &mut context);
        let bytes = self.theme.render(
            "page.html",
            &context,
            page.content.len() + navigation.len() + 4096,
        )?;
        self.checked(bytes, "page.html", &page.file)
    }

    fn view<'a>(&self, page: &'a Framed) -> PageView<'a> {
        let toc = page.headings.iter().filter(|heading| {
            matches!(heading.level, 2 | 3) && !heading.id.is_empty() && !heading.title.is_empty()
        });
        PageView {
            title: &page.title,
            description: &page.description,
            path: page.path.as_str(),
            has_title: page.has_title,
            dated: page.dated,
            edit_url: page.edit_url.as_deref(),
            canonical: self.full_address(&page.path),
            toc: toc
                .map(|heading| TocView {
                    id: address::encoded(&heading.id).into_owned(),
                    title: &heading.title,
                    level: heading.level,
                })
                .collect(),
        }
    }

    fn neighbour(&self, page: &Framed, other: usize) -> Neighbour<'_> {
        let to = &self.pages[other];
        Neighbour {
            title: self.tree.title(other).unwrap_or(&to.title),
            href: address::relative(page.path.folder(), to.path.as_str()),
        }
    }

    /// The full address of a page; that of an index is its folder's.
    fn full_address(&self, path: &SitePath) -> Option<String> {
        let base = self.base_url.as_ref()?;
        let path = path.as_str();
        let short = path.strip_suffix("index.html");
        let short = short.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        Some(format!("{base}{}", address::encoded(short.unwrap_or(path))))
    }

    /// `sitemap.xml`, when the site has a base URL.
    pub(super) fn sitemap(&self) -> Option<(SitePath, Vec<u8>)> {
        self.base_url.as_ref()?;
        let path = SitePath::new("sitemap.xml").ok()?;
        let mut pages: Vec<_> = self.pages.iter().map(|page| &page.path).collect();
        pages.sort();
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for address in pages.into_iter().filter_map(|path| self.full_address(path)) {
            xml.push_str("<url><loc>");
            html::push_text(&mut xml, &address);
            xml.push_str("</loc></url>\n");
        }
        xml.push_str("</urlset>\n");
        Some((path, xml.into_bytes()))
    }

    fn add_period(&self, dated: bool, context: &mut Context) {
        let period = self.period.filter(|_| dated);
        let day = |day: Option<Day>| day.map(Day::in_words);
        let iso = |day: Option<Day>| day.map(|day| day.to_string());
        let from = period.and_then(|period| period.valid_from);
        let until = period.and_then(|period| period.next_change);
        context.insert("valid_from", &iso(from));
        context.insert("next_change", &iso(until));
        context.insert(
            "valid_from_words",
            &short_from(from, until).or_else(|| day(from)),
        );
        context.insert("next_change_words", &day(until));
    }

    /// The page for addresses that do not exist: since it is shown at any
    /// address, its own are all full.
    fn not_found(
        &self,
        navigations: &Navigations,
    ) -> Option<Result<(SitePath, Vec<u8>), Diagnostic>> {
        let base = self.base_url.as_ref()?;
        let path = SitePath::new("404.html").ok()?;
        let key = (base.clone(), self.tree.seen_from(None));
        let mut context = Context::new();
        let navigation = navigations.get(&key).map_or("", String::as_str);
        context.insert_value("nav", Value::safe_string(navigation));
        context.insert("root", base);
        self.add_period(false, &mut context);
        let page = self
            .theme
            .render("404.html", &context, navigation.len() + 2048);
        let page = page.and_then(|bytes| self.checked(bytes, "404.html", "404.html"));
        Some(page.map(|bytes| (path, bytes)))
    }

    /// A page that templates of the project made, looked through once more:
    /// what they put together need not show in their text.
    fn checked(&self, bytes: Vec<u8>, template: &str, page: &str) -> Result<Vec<u8>, Diagnostic> {
        if !self.theme.is_own {
            return Ok(bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        let refused = raw_html::notes(&text)
            .into_iter()
            .find_map(|note| match note {
                Note::Refused { title, span, .. } if !is_of_the_frame(&text[span.clone()]) => {
                    Some(title)
                }
                Note::Address { address, .. } => runs_something(&address),
                _ => None,
            });
        match refused {
            None => Ok(bytes),
            Some(title) => {
                let error = Diagnostic::error("refused-html", format!("{title}: `{page}`"));
                Err(self.theme.at_start(template, error))
            }
        }
    }
}

fn is_of_the_frame(html: &str) -> bool {
    html.starts_with("<link") || html == "http-equiv"
}

/// Why an address in the frame of a page is refused. The frame may have an
/// icon of its own.
fn runs_something(address: &str) -> Option<String> {
    if address.starts_with("data:image/") {
        return None;
    }
    match address::read(address) {
        Err(refused) if refused.title.ends_with(":`") => Some(refused.title),
        _ => None,
    }
}

/// The first day of a period without what its last day says too.
fn short_from(from: Option<Day>, until: Option<Day>) -> Option<String> {
    let (from, until) = (from?, until?);
    if from.year() != until.year() {
        return None;
    }
    if from.month() == until.month() {
        return Some(from.day().to_string());
    }
    Some(format!("{} {}", from.day(), from.month_name()))
}

/// A navigation with the page that it is shown on marked.
fn with_current(navigation: &str, here: &str) -> String {
    match navigation.find(here) {
        None => navigation.to_owned(),
        Some(at) => {
            let end = at + here.len();
            let mark = " aria-current=\"page\"";
            [&navigation[..end], mark, &navigation[end..]].concat()
        }
    }
}

/// Renders with templates that may not come to an end: they are left behind
/// then, on threads of their own.
fn watched(frame: Frame) -> Result<Vec<(SitePath, Vec<u8>)>, Vec<Diagnostic>> {
    let frame = Arc::new(frame);
    let done = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = mpsc::channel();
    let (theirs, count) = (Arc::clone(&frame), Arc::clone(&done));
    let run = move || {
        let pool = rayon::ThreadPoolBuilder::new().build();
        let rendered = match pool {
            Ok(pool) => pool.install(|| theirs.render_all(&count)),
            Err(_) => theirs.render_all(&count),
        };
        // Nobody listens any more when the patience is over.
        let _ = sender.send(rendered);
    };
    std::thread::spawn(run);
    let mut before = 0;
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(rendered) => return rendered,
            Err(RecvTimeoutError::Timeout) if done.load(Ordering::Relaxed) > before => {
                before = done.load(Ordering::Relaxed);
            }
            Err(_) => {
                let seconds = PATIENCE.as_secs();
                let title = format!("the templates do not come to an end within {seconds} seconds");
                let error = Diagnostic::error("endless-template", title);
                let error = error.help("look for loops within loops in `templates/`");
                return Err(vec![frame.theme.at_start("page.html", error)]);
            }
        }
    }
}
