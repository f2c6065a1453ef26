//! Pages in their frame: navigation, contents, neighbours, footer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use super::markdown::Body;
use super::navigation::{Seen, Tree};
use super::raw_html::{self, Note};
use super::theme::{Templates, Theme};
use super::{address, html};
use crate::diagnostic::Diagnostic;
use crate::output::{Bytes, SitePath};
use crate::schedule::{Day, Period};
use crate::views::feeds::{SUBSCRIPTIONS, Subscription};

/// How long a template of a project may take over one page.
const PATIENCE: Duration = Duration::from_secs(5);

/// A page whose text is done.
pub(super) struct Framed {
    pub(super) path: SitePath,
    /// The page that the navigation has for it: itself, or the list that it
    /// is on.
    pub(super) listed: SitePath,
    /// As the user would write the name of its file.
    pub(super) file: String,
    pub(super) title: String,
    pub(super) body: Arc<Body>,
    pub(super) edit_url: Option<String>,
    /// The folder of the feeds of what it is about: empty, or with a slash at
    /// its end.
    pub(super) feeds: Option<String>,
}

impl Framed {
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.body, &other.body)
            && self.path == other.path
            && self.listed == other.listed
            && self.title == other.title
            && self.edit_url == other.edit_url
            && self.feeds == other.feeds
    }
}

/// What templates know of the site as a whole.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) base_url: Option<String>,
    pub(super) has_schedule: bool,
}

/// Everything that pages are framed with.
pub(super) struct Frame {
    theme: Theme,
    site: SiteView,
    tree: Tree,
    pages: Vec<Arc<Framed>>,
}

/// Rendered pages, with all that they were made from.
#[derive(Default)]
pub(super) struct Kept {
    shared: Option<(Templates, SiteView)>,
    tree: Tree,
    navigations: Arc<Navigations>,
    pages: Vec<Rendered>,
    not_found: Option<(SitePath, Bytes)>,
}

/// A page and what it was made from, beside what all pages share.
struct Rendered {
    page: Arc<Framed>,
    around: Around,
    bytes: Bytes,
}

/// What a page shows of others, and of the day.
#[derive(PartialEq)]
struct Around {
    navigation: Arc<str>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
    period: Option<Period>,
}

impl Kept {
    /// All that was rendered.
    pub(super) fn files(&self) -> impl Iterator<Item = (SitePath, Bytes)> {
        let pages = self.pages.iter();
        let pages = pages.map(|page| (page.page.path.clone(), Arc::clone(&page.bytes)));
        pages.chain(self.not_found.clone())
    }

    /// The page of that number, if it was made from the same.
    fn same(&self, number: usize, page: &Framed, around: &Around) -> Option<Bytes> {
        let old = self.pages.get(number)?;
        let is_same = old.page.is_same(page) && old.around == *around;
        is_same.then(|| Arc::clone(&old.bytes))
    }
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
    feeds: Vec<FeedView>,
    toc: Vec<TocView<'a>>,
}

/// What readers can subscribe to.
#[derive(Serialize)]
struct FeedView {
    title: &'static str,
    media: &'static str,
    href: String,
}

#[derive(Serialize)]
struct TocView<'a> {
    id: String,
    title: &'a str,
    level: u8,
}

#[derive(PartialEq, Serialize)]
struct Neighbour {
    title: String,
    href: String,
}

/// The navigation as it is seen from some folder.
type Navigations = HashMap<(String, Seen), Arc<str>>;

impl Frame {
    pub(super) fn new(
        mut theme: Theme,
        site: SiteView,
        tree: Tree,
        pages: Vec<Arc<Framed>>,
    ) -> Self {
        theme.share("site", &site);
        Self {
            theme,
            site,
            tree,
            pages,
        }
    }

    /// All pages, and the page for addresses that do not exist when the site
    /// has a base URL. What was made from the same before is taken from there.
    pub(super) fn render(self, before: &Arc<Kept>) -> Result<Kept, Vec<Diagnostic>> {
        if self.theme.is_own {
            return watched(self, Arc::clone(before));
        }
        self.render_all(before, &AtomicUsize::new(0))
    }

    fn render_all(&self, before: &Kept, done: &AtomicUsize) -> Result<Kept, Vec<Diagnostic>> {
        let shared = (self.theme.templates(), self.site.clone());
        let nothing = Kept::default();
        let is_shared = before.shared.as_ref() == Some(&shared);
        let before = if is_shared { before } else { &nothing };
        let navigations = self.navigations(before).map_err(|error| vec![error])?;
        let order = self.tree.order();
        let mut places = vec![None; self.pages.len()];
        for (place, page) in order.iter().enumerate() {
            places[*page] = Some(place);
        }
        let rendered = self.pages.par_iter().enumerate().map(|(number, page)| {
            let around = self.around(number, places[number], &navigations);
            let bytes = match before.same(number, page, &around) {
                Some(bytes) => bytes,
                None => self.page(page, &around)?.into(),
            };
            done.fetch_add(1, Ordering::Relaxed);
            let page = Arc::clone(page);
            Ok(Rendered {
                page,
                around,
                bytes,
            })
        });
        let rendered: Vec<Result<_, Diagnostic>> = rendered.collect();
        let (mut pages, mut errors) = (Vec::with_capacity(rendered.len()), Vec::new());
        for page in rendered {
            match page {
                Ok(page) => pages.push(page),
                Err(error) => errors.push(error),
            }
        }
        let not_found = self.not_found(&navigations).transpose();
        let not_found = not_found.unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Kept {
            shared: Some(shared),
            tree: self.tree.clone(),
            navigations,
            pages,
            not_found,
        })
    }

    /// Each navigation that some page shows, rendered once.
    fn navigations(&self, before: &Kept) -> Result<Arc<Navigations>, Diagnostic> {
        let old = before.pages.iter().map(|page| &page.page.path);
        if before.shared.is_some()
            && self.tree == before.tree
            && self.pages.iter().map(|page| &page.path).eq(old)
        {
            return Ok(Arc::clone(&before.navigations));
        }
        let pages = (0..self.pages.len()).map(|page| self.seen_from(page));
        let not_found = self.site.base_url.iter();
        let not_found = not_found.map(|base| (base.clone(), self.tree.seen_from(None)));
        let unique: HashSet<_> = pages.chain(not_found).collect();
        let render = |(root, seen): (String, Seen)| {
            let html = self.navigation(&root, seen)?;
            Ok(((root, seen), html))
        };
        let unique: Vec<_> = unique.into_iter().collect();
        let navigations: Result<_, _> = unique.into_par_iter().map(render).collect();
        navigations.map(Arc::new)
    }

    /// What a page shows of the tree, and the way from it to the top.
    fn seen_from(&self, page: usize) -> (String, Seen) {
        let root = self.pages[page].path.to_root();
        (root, self.tree.seen_from(Some(page)))
    }

    fn navigation(&self, root: &str, seen: Seen) -> Result<Arc<str>, Diagnostic> {
        let address = |page: usize| {
            let path = address::encoded(self.pages[page].path.as_str());
            format!("{root}{path}")
        };
        let mut context = Context::new();
        context.insert("nav", &self.tree.items(seen, &address));
        context.insert("root", root);
        let html = self.theme.render("nav.html", &context, 4096)?;
        Ok(String::from_utf8_lossy(&html).into())
    }

    fn around(&self, number: usize, place: Option<usize>, navigations: &Navigations) -> Around {
        let page = &self.pages[number];
        let order = self.tree.order();
        let before = place.and_then(|place| order.get(place.checked_sub(1)?));
        let after = place.and_then(|place| order.get(place + 1));
        let navigation = navigations.get(&self.seen_from(number));
        Around {
            navigation: navigation.map_or_else(|| Arc::from(""), Arc::clone),
            previous: before.map(|other| self.neighbour(page, *other)),
            next: after.map(|other| self.neighbour(page, *other)),
            period: page.body.period,
        }
    }

    fn page(&self, page: &Framed, around: &Around) -> Result<Vec<u8>, Diagnostic> {
        let root = page.path.to_root();
        let here = format!("href=\"{root}{}\"", address::encoded(page.listed.as_str()));
        let what = if page.listed == page.path {
            "page"
        } else {
            "true"
        };
        let navigation = with_current(&around.navigation, &here, what);
        let size = page.body.html.len() + navigation.len() + 4096;
        let mut context = Context::new();
        context.insert_value("nav", Value::safe_string(&navigation));
        context.insert("page", &self.view(page));
        context.insert_value("content", Value::safe_string(&page.body.html));
        context.insert("root", &root);
        context.insert("previous", &around.previous);
        context.insert("next", &around.next);
        add_period(around.period, &mut context);
        let bytes = self.theme.render("page.html", &context, size)?;
        self.checked(bytes, "page.html", &page.file)
    }

    fn view<'a>(&self, page: &'a Framed) -> PageView<'a> {
        let toc = page.body.headings.iter().filter(|heading| {
            matches!(heading.level, 2 | 3) && !heading.id.is_empty() && !heading.title.is_empty()
        });
        PageView {
            title: &page.title,
            description: &page.body.description,
            path: page.path.as_str(),
            has_title: page.body.has_title,
            dated: page.body.dated,
            edit_url: page.edit_url.as_deref(),
            canonical: self.full_address(&page.path),
            feeds: page.feeds.as_deref().map_or_else(Vec::new, |folder| {
                let root = page.path.to_root();
                let feed = |feed: Subscription| FeedView {
                    title: feed.title,
                    media: feed.media,
                    href: format!("{root}{folder}{}", feed.file),
                };
                SUBSCRIPTIONS.map(feed).into()
            }),
            toc: toc
                .map(|heading| TocView {
                    id: address::encoded(&heading.id).into_owned(),
                    title: &heading.title,
                    level: heading.level,
                })
                .collect(),
        }
    }

    fn neighbour(&self, page: &Framed, other: usize) -> Neighbour {
        let to = &self.pages[other];
        Neighbour {
            title: self.tree.title(other).unwrap_or(&to.title).to_owned(),
            href: address::relative(page.path.folder(), to.path.as_str()),
        }
    }

    /// The full address of a page; that of an index is its folder's.
    fn full_address(&self, path: &SitePath) -> Option<String> {
        let base = self.site.base_url.as_ref()?;
        let path = path.as_str();
        let short = path.strip_suffix("index.html");
        let short = short.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        Some(format!("{base}{}", address::encoded(short.unwrap_or(path))))
    }

    /// `sitemap.xml`, when the site has a base URL.
    pub(super) fn sitemap(&self) -> Option<(SitePath, Bytes)> {
        self.site.base_url.as_ref()?;
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
        Some((path, xml.into_bytes().into()))
    }

    /// The page for addresses that do not exist: since it is shown at any
    /// address, its own are all full.
    fn not_found(
        &self,
        navigations: &Navigations,
    ) -> Option<Result<(SitePath, Bytes), Diagnostic>> {
        let base = self.site.base_url.as_ref()?;
        let path = SitePath::new("404.html").ok()?;
        let key = (base.clone(), self.tree.seen_from(None));
        let mut context = Context::new();
        let navigation = navigations.get(&key).map_or("", |html| html);
        context.insert_value("nav", Value::safe_string(navigation));
        context.insert("root", base);
        add_period(None, &mut context);
        let page = self
            .theme
            .render("404.html", &context, navigation.len() + 2048);
        let page = page.and_then(|bytes| self.checked(bytes, "404.html", "404.html"));
        Some(page.map(|bytes| (path, bytes.into())))
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

fn add_period(period: Option<Period>, context: &mut Context) {
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
fn with_current(navigation: &str, here: &str, what: &str) -> String {
    match navigation.find(here) {
        None => navigation.to_owned(),
        Some(at) => {
            let end = at + here.len();
            let mark = format!(" aria-current=\"{what}\"");
            [&navigation[..end], &mark, &navigation[end..]].concat()
        }
    }
}

/// Renders with templates that may not come to an end: they are left behind
/// then, on threads of their own, and stop where they next write something.
fn watched(frame: Frame, before: Arc<Kept>) -> Result<Kept, Vec<Diagnostic>> {
    let frame = Arc::new(frame);
    let done = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = mpsc::channel();
    let (theirs, count) = (Arc::clone(&frame), Arc::clone(&done));
    let run = move || {
        let pool = rayon::ThreadPoolBuilder::new().build();
        let rendered = match pool {
            Ok(pool) => pool.install(|| theirs.render_all(&before, &count)),
            Err(_) => theirs.render_all(&before, &count),
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
                frame.theme.stop();
                let seconds = PATIENCE.as_secs();
                let title = format!("the templates do not come to an end within {seconds} seconds");
                let error = Diagnostic::error("endless-template", title);
                let error = error.help("look for loops within loops in `templates/`");
                return Err(vec![frame.theme.at_start("page.html", error)]);
            }
        }
    }
}
