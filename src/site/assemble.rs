//! The way from content to output.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::frame::{Frame, Framed};
use super::links::{Target, Targets};
use super::markdown::{self, Body, Standing};
use super::navigation::{self, Tree};
use super::page::{Asset, PageFile};
use super::raw_html::{self, Note};
use super::theme::{self, Theme};
use super::{BaseUrl, Content, Settings, address, summary_md};
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::markers::{self, Form};
use crate::output::{Output, SitePath};
use crate::schedule::Board;
use crate::views;

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
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    lang: &'a str,
    base_url: Option<&'a str>,
    has_schedule: bool,
}

/// The whole site.
///
/// # Errors
///
/// Everything that is wrong with the content, in order of place.
pub fn build(
    content: Content,
    settings: &Settings,
    board: Option<&Board>,
) -> Result<Built, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let theme = Theme::new(&content.templates);
    let site = Site::plan(content, settings, board, &mut errors);
    let bodies = site.bodies(board, &mut errors);
    let mut theme = match theme {
        Ok(theme) => theme,
        Err(refused) => {
            errors.extend(refused);
            return Err(sorted(errors));
        }
    };
    if !errors.is_empty() {
        return Err(sorted(errors));
    }
    let titles = site.titles(&bodies);
    let title = site.title(settings, board, &titles);
    theme.share(
        "site",
        &SiteView {
            title: &title,
            lang: settings.lang.as_str(),
            base_url: settings.base_url.as_ref().map(BaseUrl::as_str),
            has_schedule: board.is_some(),
        },
    );
    site.finish(settings, board, theme, bodies, titles)
        .map_err(sorted)
}

fn sorted(mut errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    errors.sort_by(|a, b| a.order().cmp(&b.order()));
    errors
}

/// Content with its place in the site.
struct Site {
    pages: Vec<PageFile>,
    paths: Vec<SitePath>,
    entries: Option<Vec<navigation::Entry>>,
    targets: Targets,
    output: Output,
    warnings: Vec<Diagnostic>,
    /// The files of the content that are no pages: their paths and names.
    files: Vec<(String, String)>,
}

impl Site {
    fn plan(
        content: Content,
        settings: &Settings,
        board: Option<&Board>,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut site = Self {
            pages: content.pages,
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
        };
        site.pages.sort_by(|a, b| a.path.cmp(&b.path));
        if let Some(summary) = &content.summary {
            site.follow(summary, errors);
        }
        site.place_pages(errors);
        let defaults = theme::default_files(&content.statics);
        for asset in content
            .assets
            .into_iter()
            .chain(content.statics)
            .chain(defaults)
        {
            errors.extend(refused_in(&asset));
            site.add(asset, errors);
        }
        let published = settings
            .base_url
            .as_ref()
            .map(|_| ["404.html", "sitemap.xml"]);
        let published = published.into_iter().flatten();
        let published = published.filter_map(|path| own(path, Vec::new()));
        for asset in made(board).into_iter().chain(published) {
            site.add(asset, errors);
        }
        site
    }

    /// Takes the pages that a summary lists, and no others.
    fn follow(&mut self, summary: &Arc<Source>, errors: &mut Vec<Diagnostic>) {
        let by_path = self.pages.iter().enumerate();
        let by_path: HashMap<_, _> = by_path.map(|(n, page)| (page.path.as_str(), n)).collect();
        let mut entries = match summary_md::entries(summary, &by_path) {
            Ok(entries) => entries,
            Err(found) => return errors.extend(found),
        };
        let mut numbers = vec![None; self.pages.len()];
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
        let mut listed: Vec<_> = Vec::with_capacity(count);
        for (page, number) in std::mem::take(&mut self.pages).into_iter().zip(numbers) {
            match number {
                Some(number) => listed.push((number, page)),
                None => self.leave_out(&page),
            }
        }
        listed.sort_by_key(|(number, _)| *number);
        self.pages = listed.into_iter().map(|(_, page)| page).collect();
        self.entries = Some(entries);
    }

    fn leave_out(&mut self, page: &PageFile) {
        let title = "this file is no page, since `SUMMARY.md` does not list it";
        let warning = Diagnostic::warning("unlisted-page", title);
        self.warnings
            .push(warning.at(&page.source, 0..0, "left out"));
        self.targets.add(page.path.as_str(), Target::Unlisted);
    }

    fn place_pages(&mut self, errors: &mut Vec<Diagnostic>) {
        for (number, page) in self.pages.iter().enumerate() {
            let Some(path) = page.output() else { continue };
            let target = Target::Page(number, path.as_str().to_owned());
            self.targets.add(page.path.as_str(), target.clone());
            self.targets.add(path.as_str(), target);
            let owner = format!("`{}`", page.source.name);
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

    /// The text of all pages.
    fn bodies(&self, board: Option<&Board>, errors: &mut Vec<Diagnostic>) -> Vec<Body> {
        let read: Vec<_> = (0..self.paths.len())
            .into_par_iter()
            .map(|number| self.body(number, board))
            .collect();
        let mut bodies = Vec::with_capacity(read.len());
        let mut failed = false;
        for body in read {
            match body {
                Ok(body) => bodies.push(body),
                Err(found) => {
                    failed = true;
                    errors.extend(found);
                }
            }
        }
        if !failed {
            self.check_anchors(&bodies, errors);
        }
        bodies
    }

    fn body(&self, number: usize, board: Option<&Board>) -> Result<Body, Vec<Diagnostic>> {
        let page = &self.pages[number];
        if page.source.text.len() > MAX_MARKDOWN {
            let title = "this file is larger than the limit of 8 MiB";
            let error = Diagnostic::error("page-size", title);
            return Err(vec![error.at(&page.source, 0..0, "too large")]);
        }
        let expanded = markers::expand(&page.source, page.body, board, Form::Html)?;
        let standing = Standing {
            page: number,
            folder: self.paths[number].folder(),
            targets: &self.targets,
            source: &page.source,
        };
        let mut body = markdown::body(standing, &expanded)?;
        body.dated = expanded.depends_on_the_day();
        body.advice = expanded
            .beginning_lines()
            .map(|span| marker_first(&page.source, span.clone()))
            .collect();
        Ok(body)
    }

    fn check_anchors(&self, bodies: &[Body], errors: &mut Vec<Diagnostic>) {
        for (number, body) in bodies.iter().enumerate() {
            for promised in &body.promised {
                let anchors = &bodies[promised.page].anchors;
                if anchors.contains(&promised.anchor) {
                    continue;
                }
                let to = &self.pages[promised.page].source.name;
                let title = format!("there is no `#{}` in `{to}`", promised.anchor);
                let error = Diagnostic::error("dead-anchor", title);
                let source = &self.pages[number].source;
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
    fn titles(&self, bodies: &[Body]) -> Vec<String> {
        let listed = self.entries.iter().flatten();
        let listed: HashMap<_, _> = listed
            .filter_map(|entry| match entry.kind {
                navigation::Kind::Page(page) => Some((page, &entry.title)),
                _ => None,
            })
            .collect();
        let title = |(number, (page, body)): (usize, (&PageFile, &Body))| {
            let heading = || body.headings.first().map(|heading| heading.title.clone());
            let heading = || heading().filter(|title| !title.is_empty());
            let listed = || listed.get(&number).map(|title| (*title).clone());
            let given = page.front.title.clone();
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

    fn title(&self, settings: &Settings, board: Option<&Board>, titles: &[String]) -> String {
        let project = || board.map(|board| board.project().name.to_string());
        let home = || {
            let home = self
                .paths
                .iter()
                .position(|path| path.as_str() == "index.html");
            titles.get(home.unwrap_or(0)).cloned()
        };
        let given = settings.title.clone();
        given.or_else(project).or_else(home).unwrap_or_default()
    }

    fn finish(
        self,
        settings: &Settings,
        board: Option<&Board>,
        theme: Theme,
        bodies: Vec<Body>,
        titles: Vec<String>,
    ) -> Result<Built, Vec<Diagnostic>> {
        let Self {
            pages,
            paths,
            entries,
            mut output,
            warnings,
            files,
            ..
        } = self;
        let entries = entries.unwrap_or_else(|| navigation::entries_by_folder(&pages, &titles));
        let count = pages.len();
        let advice = advice(&files, &bodies);
        let tree = Tree::new(entries, count);
        let named = pages.into_iter().zip(paths).zip(titles);
        let framed = named.zip(bodies).map(|(((page, path), title), body)| {
            let file = page.source.name.clone();
            Framed {
                edit_url: settings.edit_url.as_ref().map(|url| url.of(&file)),
                path,
                file,
                title,
                content: body.html,
                headings: body.headings,
                description: body.description,
                has_title: body.has_title,
                dated: body.dated,
            }
        });
        let base_url = settings
            .base_url
            .as_ref()
            .map(|url| url.as_str().to_owned());
        let frame = Frame {
            theme,
            tree,
            pages: framed.collect(),
            period: board.map(Board::period),
            base_url,
        };
        let sitemap = frame.sitemap();
        for (path, bytes) in frame.render()?.into_iter().chain(sitemap) {
            output.fill(path, bytes);
        }
        Ok(Built {
            output,
            warnings,
            advice,
            pages: count,
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
fn advice(files: &[(String, String)], bodies: &[Body]) -> Vec<Diagnostic> {
    let used: HashSet<_> = bodies.iter().flat_map(|body| &body.files).collect();
    let unused = files.iter().filter(|(path, _)| !used.contains(path));
    let unused = unused.map(|(_, name)| {
        let title = format!("no page shows or links to {name}");
        Diagnostic::warning("unused-file", title)
    });
    bodies
        .iter()
        .flat_map(|body| &body.advice)
        .cloned()
        .chain(unused)
        .collect()
}

/// The files that are made from a board.
fn made(board: Option<&Board>) -> Vec<Asset> {
    let Some(board) = board else {
        return Vec::new();
    };
    let chart = views::gantt::svg(board, views::gantt::Span::Window);
    [
        ("schedule.svg", chart),
        ("board.json", views::json::board(board)),
        ("trainboard.css", views::style()),
    ]
    .into_iter()
    .filter_map(|(path, text)| own(path, text.into_bytes()))
    .collect()
}

/// A file of trainboard's own.
fn own(path: &str, bytes: Vec<u8>) -> Option<Asset> {
    let path = SitePath::new(path).ok()?;
    let name = format!("trainboard's own `{path}`");
    Some(Asset { path, bytes, name })
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
            bytes: bytes.to_vec(),
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
