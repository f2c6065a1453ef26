//! Pages with all that stands around their text: navigation, contents,
//! neighbours, footer.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use super::browser::{self, Reading};
use super::navigation::{Node, Section, Tree};
use super::place::{Page, PageAddresses};
use super::plan;
use super::redirects::{self, Language, Redirect};
use super::theme::Theme;
use super::{BaseUrl, Settings, SiteFile, address};
use crate::diagnostic::Diagnostic;
use crate::output::{Bytes, SitePath};
use crate::schedule::{Boards, Day, Period};
use crate::views::escape::HtmlProse;
use crate::views::feeds::SUBSCRIPTIONS;

/// What templates know of the site as a whole.
#[derive(Serialize)]
pub(super) struct SiteView<'a> {
    pub(super) title: String,
    pub(super) lang: &'a str,
    /// The direction of its language: `ltr` or `rtl`.
    pub(super) dir: &'a str,
    pub(super) base_url: Option<&'a str>,
    pub(super) has_schedule: bool,
    /// The addresses of the files that the settings name, from the top.
    pub(super) logo: Option<String>,
    pub(super) favicon: Option<String>,
    pub(super) styles: Vec<String>,
}

impl<'a> SiteView<'a> {
    pub(super) fn new(settings: &'a Settings, title: String, has_schedule: bool) -> Self {
        let address = |file: &SiteFile| address::encoded(file.path.as_str()).into_owned();
        Self {
            title,
            lang: settings.lang.as_str(),
            dir: settings.lang.direction(),
            base_url: settings.base_url.as_ref().map(BaseUrl::as_str),
            has_schedule,
            logo: settings.logo.as_ref().map(address),
            favicon: settings.favicon.as_ref().map(address),
            styles: settings.css.0.iter().map(address).collect(),
        }
    }
}

/// All that pages are rendered with.
pub(super) struct PageRenderer<'a> {
    theme: Theme,
    site: SiteView<'a>,
    tree: Tree,
    /// What pages show of the tree, each shared by all that show it.
    sections: HashMap<(String, Section), Value>,
    settings: &'a Settings,
    boards: &'a Boards,
}

#[derive(Serialize)]
struct PageView<'a> {
    title: &'a str,
    description: &'a str,
    path: &'a str,
    has_title: bool,
    dated: bool,
    edit_url: Option<String>,
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

#[derive(Serialize)]
struct Neighbour<'a> {
    title: &'a str,
    href: String,
}

/// The link of the navigation that leads to a page, or to the list it is on.
#[derive(Default, Serialize)]
struct Current<'a> {
    href: String,
    /// The value of `aria-current`.
    mark: &'a str,
}

impl<'a> PageRenderer<'a> {
    pub(super) fn new(
        mut theme: Theme,
        site: SiteView<'a>,
        tree: Tree,
        pages: &[Page],
        settings: &'a Settings,
        boards: &'a Boards,
    ) -> Self {
        theme.share("site", &site);
        theme.share_html("english", settings.lang.around().english());
        let shown = pages.iter().enumerate();
        let shown = shown.map(|(n, page)| (page.output.to_root(), tree.section(Some(n))));
        let not_found = site.base_url.iter();
        let not_found = not_found.map(|base| ((*base).to_owned(), tree.section(None)));
        let shown: HashSet<_> = shown.chain(not_found).collect();
        let sections = shown.into_par_iter().map(|(root, section)| {
            let items = Value::from_serializable(&tree.items(section, &root));
            ((root, section), items)
        });
        Self {
            sections: sections.collect(),
            theme,
            site,
            tree,
            settings,
            boards,
        }
    }

    /// The page of that number.
    pub(super) fn page(&self, number: usize, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        let root = page.output.to_root();
        let navigation =
            self.navigation(&root, Some(number), &self.current(number, page, &root))?;
        let size = page.body.html.len() + navigation.len() + 4096;
        let mut context = Context::new();
        let (previous, next) = self.tree.neighbours(number);
        let folder = page.output.folder();
        context.insert("previous", &previous.map(|node| neighbour(node, folder)));
        context.insert("next", &next.map(|node| neighbour(node, folder)));
        context.insert_value("nav", Value::safe_string(&navigation));
        context.insert("page", &self.view(page, &root));
        context.insert_value("content", Value::safe_string(&page.body.html));
        context.insert("root", &root);
        add_period(page.body.period, &mut context);
        let bytes = self.theme.render("page.html", &context, size)?;
        self.checked(bytes, "page.html", page.name())
    }

    fn navigation(
        &self,
        root: &str,
        page: Option<usize>,
        current: &Current<'_>,
    ) -> Result<String, Diagnostic> {
        let section = self.tree.section(page);
        let items = self.sections.get(&(root.to_owned(), section)).cloned();
        let items = items.unwrap_or_else(|| {
            let items = self.tree.items(section, root);
            Value::from_serializable(&items)
        });
        let mut context = Context::new();
        context.insert_value("nav", items);
        context.insert("root", root);
        context.insert("current", current);
        let html = self.theme.render("nav.html", &context, 4096)?;
        Ok(String::from_utf8(html).unwrap_or_default())
    }

    /// The entry of the navigation that a page has: its own, or that of the list
    /// that it is on.
    fn current(&self, number: usize, page: &Page, root: &str) -> Current<'static> {
        let (path, mark) = if self.tree.has(number) {
            (page.output.to_string(), "page")
        } else {
            let listed = page.listed();
            let is_own = listed == page.output.as_str();
            (listed, if is_own { "page" } else { "true" })
        };
        let href = format!("{root}{}", address::encoded(&path));
        Current { href, mark }
    }

    fn view<'p>(&self, page: &'p Page, root: &str) -> PageView<'p> {
        PageView {
            title: &page.title,
            description: page.description(),
            path: page.output.as_str(),
            has_title: page.body.has_title,
            dated: page.body.dated,
            edit_url: self.edit_url(page),
            canonical: self.full_address(&page.output),
            feeds: self.feeds(page, root),
            toc: toc(page),
        }
    }

    fn edit_url(&self, page: &Page) -> Option<String> {
        let url = self.settings.edit_url.as_ref();
        let url = url.filter(|_| !page.is_own());
        url.map(|url| url.of(page.name()))
    }

    /// The feeds of the project that a page shows something of.
    fn feeds(&self, page: &Page, root: &str) -> Vec<FeedView> {
        let project = page.context(self.boards).project;
        let Some(project) = project.filter(|_| page.body.dated) else {
            return Vec::new();
        };
        let folder = plan::folder_of(project, self.boards);
        let feed = |(title, media, file)| FeedView {
            title,
            media,
            href: format!("{root}{folder}{file}"),
        };
        SUBSCRIPTIONS.map(feed).into()
    }

    /// The full address of a page; that of an index is its folder's.
    fn full_address(&self, path: &SitePath) -> Option<String> {
        let base = self.site.base_url?;
        let short = redirects::short(path.as_str());
        Some(format!("{base}{}", address::encoded(short)))
    }

    /// The pages that lead to others, and the list of them where it is wanted.
    pub(super) fn redirects(
        &self,
        redirects: &[Redirect],
        pages: &[Page],
    ) -> Vec<(SitePath, Bytes)> {
        let language = Language {
            lang: self.site.lang,
            dir: self.site.dir,
            english: self.settings.lang.around().english(),
        };
        let file = |redirect: &Redirect| {
            let full = self.full_address(&pages[redirect.page].output);
            let file = redirect.file(pages, full.as_deref(), language);
            (redirect.path.clone(), file)
        };
        let base = self.settings.base_url.as_ref();
        let list = SitePath::new(redirects::LIST).ok();
        let list = list.filter(|_| self.settings.redirects);
        let list = list.map(|path| (path, redirects::list(redirects, pages, base)));
        redirects.iter().map(file).chain(list).collect()
    }

    /// What is made of the boards.
    pub(super) fn files_of_boards(&self, addresses: &PageAddresses) -> Vec<(SitePath, Bytes)> {
        plan::made(self.boards, addresses, self.site.base_url)
    }

    /// `sitemap.xml`, when the site has a base URL.
    pub(super) fn sitemap(&self, pages: &[Page]) -> Option<(SitePath, Bytes)> {
        self.site.base_url?;
        let path = SitePath::new("sitemap.xml").ok()?;
        let mut pages: Vec<_> = pages.iter().map(|page| &page.output).collect();
        pages.sort();
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for address in pages.into_iter().filter_map(|path| self.full_address(path)) {
            let _ = writeln!(xml, "<url><loc>{}</loc></url>", HtmlProse(&address));
        }
        xml.push_str("</urlset>\n");
        Some((path, xml.into_bytes().into()))
    }

    /// The page for addresses that do not exist, when the site has a base URL:
    /// since it is shown at any address, its own are all full.
    pub(super) fn not_found(&self) -> Option<Result<(SitePath, Bytes), Diagnostic>> {
        let base = self.site.base_url?;
        let path = SitePath::new("404.html").ok()?;
        let page = self.not_found_from(base);
        Some(page.map(|bytes| (path, bytes.into())))
    }

    /// The same, with that before its own addresses.
    pub(super) fn not_found_from(&self, root: &str) -> Result<Vec<u8>, Diagnostic> {
        let navigation = self.navigation(root, None, &Current::default())?;
        let mut context = Context::new();
        context.insert_value("nav", Value::safe_string(&navigation));
        context.insert("root", root);
        add_period(None, &mut context);
        let size = navigation.len() + 2048;
        let bytes = self.theme.render("404.html", &context, size)?;
        self.checked(bytes, "404.html", "404.html")
    }

    /// A page that templates of the project made, looked through once more:
    /// what they put together need not show in their text.
    fn checked(&self, bytes: Vec<u8>, template: &str, page: &str) -> Result<Vec<u8>, Diagnostic> {
        if !self.theme.is_own {
            return Ok(bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        let base = self.site.base_url;
        let is_own =
            |span: &Range<usize>| base.is_some_and(|base| text[span.clone()].starts_with(base));
        let mut found = browser::file(&text, Reading::Html).into_iter();
        let found = found.find(|(span, _)| !is_own(span));
        match found {
            None => Ok(bytes),
            Some((_, refused)) => {
                let error = Diagnostic::error("refused-html", refused.title);
                let error = error.help(format!("for example on the page of `{page}`"));
                Err(self.theme.at_start(template, error))
            }
        }
    }
}

fn neighbour<'a>(node: &'a Node, folder: &str) -> Neighbour<'a> {
    Neighbour {
        title: &node.title,
        href: address::relative(folder, &node.path),
    }
}

fn toc(page: &Page) -> Vec<TocView<'_>> {
    let headings = page.body.headings.iter().filter(|heading| {
        matches!(heading.level, 2 | 3) && !heading.id.is_empty() && !heading.title.is_empty()
    });
    headings
        .map(|heading| TocView {
            id: address::encoded(&heading.id).into_owned(),
            title: &heading.title,
            level: heading.level,
        })
        .collect()
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
