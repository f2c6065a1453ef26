//! Pages at the addresses at which others were before, which lead on.

use std::fmt::Write;

use super::address;
use super::place::Page;
use super::settings::BaseUrl;
use crate::output::{Bytes, SitePath};
use crate::views::escape::HtmlProse;

/// The file by which some hosts are told what leads where.
pub(super) const LIST: &str = "_redirects";

/// A page that leads on.
#[derive(Debug)]
pub(super) struct Redirect {
    pub(super) path: SitePath,
    /// The page to which it leads, by its number.
    pub(super) page: usize,
}

/// The language of a page, and the attributes of what is English in it.
#[derive(Clone, Copy)]
pub(super) struct Language<'a> {
    pub(super) lang: &'a str,
    pub(super) dir: &'a str,
    pub(super) english: &'a str,
}

impl Redirect {
    /// Its file. It has no script, and says where it leads to those who stay.
    pub(super) fn file(&self, pages: &[Page], full: Option<&str>, language: Language<'_>) -> Bytes {
        let page = &pages[self.page];
        let to = address::relative(self.path.folder(), page.output.as_str());
        let (to, title) = (HtmlProse(&to), HtmlProse(&page.title));
        let canonical = full.map_or_else(|| to.to_string(), |full| HtmlProse(full).to_string());
        let Language { lang, dir, english } = language;
        let html = format!(
            "<!DOCTYPE html>\n\
             <html lang=\"{lang}\" dir=\"{dir}\">\n\
             <head>\n\
             <meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={to}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             <title>{title}</title>\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n\
             </head>\n\
             <body>\n\
             <main>\n\
             <h1>{title}</h1>\n\
             <p{english}>This page has a new address: <a href=\"{to}\">{to}</a></p>\n\
             </main>\n\
             </body>\n\
             </html>\n"
        );
        html.into_bytes().into()
    }
}

/// What leads where, for hosts that read such a list: a line each.
pub(super) fn list(redirects: &[Redirect], pages: &[Page], base: Option<&BaseUrl>) -> Bytes {
    let top = base.map_or("/", BaseUrl::path);
    let mut lines = String::new();
    for redirect in redirects {
        let to = short(pages[redirect.page].output.as_str());
        let from = redirect.path.as_str();
        let both = [short(from), from];
        let differ = usize::from(both[0] == both[1]);
        for from in &both[differ..] {
            let [from, to] = [from, to].map(address::encoded);
            let _ = writeln!(lines, "{top}{from} {top}{to} 301");
        }
    }
    lines.into_bytes().into()
}

/// The path of a page as people write it: that of an index is its folder's.
pub(super) fn short(path: &str) -> &str {
    let folder = path.strip_suffix("index.html");
    let folder = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.unwrap_or(path)
}
