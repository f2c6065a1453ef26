//! Pages and boards to a whole site.
//!
//! Nothing here reads or writes a file: `input` brings the content, and
//! `write` takes the output away.

mod address;
mod anchors;
mod browser;
mod build;
mod foreign;
mod highlight;
mod links;
mod loop_limit;
mod markdown;
mod navigation;
mod page;
mod place;
mod plan;
mod raw_html;
mod redirects;
mod renderer;
mod settings;
mod summary_md;
mod theme;

#[cfg(feature = "serve")]
pub(crate) use address::encoded;
pub use build::{Built, ROOT, Site, build, errors_from};
pub use page::{Alias, AliasPath, Aliases, Asset, FrontMatter, PageFile, Per};
pub use settings::{BaseUrl, EditUrl, Inside, Lang, Settings, SiteFile, StylePath, Styles};
pub use theme::{Template, ThemeFile, embedded};

use std::sync::Arc;

use crate::diagnostic::Source;
use crate::markers;

/// Everything that a site is made from, apart from the schedule.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The Markdown files, in any order.
    pub pages: Vec<PageFile>,
    /// `SUMMARY.md`, where there is one.
    pub summary: Option<Arc<Source>>,
    /// The other files of the content.
    pub assets: Vec<Asset>,
    /// The project's static files.
    pub statics: Vec<Asset>,
    /// The project's templates.
    pub templates: Vec<Template>,
}

impl Content {
    /// The paths of the schedules that markers in pages name.
    pub fn schedules(&self) -> impl Iterator<Item = String> {
        let pages = self.pages.iter();
        pages.flat_map(|page| markers::schedules(&page.source, page.body))
    }
}
