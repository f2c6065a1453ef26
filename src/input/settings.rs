//! `trainboard.toml`.

use std::path::Path;
use std::sync::Arc;

use super::ReadError;
use super::content::ProjectFolder;
use super::keys::Keyed;
use super::toml::TomlDocument;
use crate::diagnostic::{Diagnostic, Source, sound};
use crate::schedule::{Finding, Label};
use crate::site::{BaseUrl, EditUrl, Inside, Lang, Settings, SiteFile, Styles};

/// Reads the settings of the project in that folder; those that it does not
/// say, or all when it has no `trainboard.toml`, are the usual ones. Neither
/// they nor the schedule that they name may lie outside.
pub fn read(root: &Path) -> Result<Settings, ReadError> {
    let project = ProjectFolder::new(root)?;
    project.expect_inside("trainboard.toml")?;
    let settings = match super::read(&root.join("trainboard.toml")) {
        Ok(file) => parse(&file.source).map_err(ReadError::Content)?,
        Err(ReadError::Absent(_)) => Settings::default(),
        Err(error) => return Err(error),
    };
    project.expect_inside(settings.schedule())?;
    Ok(settings)
}

/// A finding about settings, with its place in the `trainboard.toml` of that
/// folder, where there is one.
pub fn locate(root: &Path, finding: &Finding) -> Diagnostic {
    let file = super::read(&root.join("trainboard.toml"));
    let source = file.map_or_else(|_| Source::new("trainboard.toml", ""), |file| file.source);
    TomlDocument::parse(&source).locate(finding)
}

/// Reads the text of a `trainboard.toml`.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn parse(source: &Arc<Source>) -> Result<Settings, Vec<Diagnostic>> {
    let document = TomlDocument::parse(source);
    let file = File::read_keys(&document.root::<File>());
    let mut found = document.into_diagnostics();
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    sound(file.map_or_else(Settings::default, |file| file.site), found)
}

/// The whole of a `trainboard.toml`.
pub(super) struct File {
    site: Settings,
}

keys! {
    File {
        must {}
        may {
            /// The site: everything has a default.
            site: Settings = "site",
        }
    }

    Settings {
        must {}
        may {
            /// The site's title; otherwise the project's name.
            title: Option<Label> = "title",
            /// Where the site is published. With it there are 404.html, sitemap.xml and canonical links.
            base_url: Option<BaseUrl> = "base-url",
            /// The language of the pages, such as en or pt-BR.
            lang: Lang = "lang" or Settings::default().lang,
            /// Where a page is edited, with {path} for its file.
            edit_url: Option<EditUrl> = "edit-url",
            /// A picture beside the site's title: its path in static or in the folder of pages.
            logo: Option<SiteFile> = "logo",
            /// The picture that browsers show on the tab of a page: its path in static or in the folder of pages.
            favicon: Option<SiteFile> = "favicon",
            /// Style sheets that come after those of the theme: their paths in static or in the folder of pages.
            css: Styles = "css",
            /// Whether the code on pages is coloured.
            highlight: bool = "highlight" or Settings::default().highlight,
            /// Whether a file _redirects tells hosts that read it where the aliases of pages lead.
            redirects: bool = "redirects" or Settings::default().redirects,
            /// The schedule, from the project's folder.
            schedule: Option<Inside> = "schedule" usually "schedule.toml",
            /// The folder of pages, from the project's folder.
            content: Inside = "content" or Settings::default().content,
            /// The folder to write to, from the project's folder.
            output: Inside = "output" or Settings::default().output,
        }
    }
}
