//! What the terminal shows: what is wrong, and one line on each rebuild.

use std::path::PathBuf;
use std::time::Duration;

use super::view::{Changed, View};
use crate::input;
use crate::output::SitePath;
use crate::report;
use crate::views::words::{counted, counts};

/// `content/index.md: built 1 page in 4 ms`
pub(super) fn done(why: &str, view: &View, took: Duration) {
    if let Some(errors) = &view.errors {
        errors.print();
        let shown = match view.site {
            Some(_) => "the last good pages stay",
            None => "there are no pages yet",
        };
        return report::note(&format!("{why}{shown}"));
    }
    let built = match (&view.changed, &view.site) {
        (Changed::Files(files), _) => made(files),
        (Changed::All, Some(site)) => {
            let files = site.iter();
            counted(files.filter(|(path, _)| path.is_page()).count(), "page")
        }
        (Changed::All, None) => "nothing".to_owned(),
    };
    report::note(&format!("{why}built {built} in {} ms", took.as_millis()));
}

/// `content/index.md and 2 more`: files before the folders that they are in.
pub(super) fn named(changed: &[PathBuf]) -> String {
    let mut changed: Vec<_> = changed.iter().map(|path| (path.is_dir(), path)).collect();
    changed.sort();
    changed.dedup();
    let files = changed.iter().filter(|(is_folder, _)| !is_folder).count();
    changed.truncate(files.max(1));
    match &changed[..] {
        [] => "the project".to_owned(),
        [(_, one)] => input::shown(one),
        [(_, first), rest @ ..] => format!("{} and {} more", input::shown(first), rest.len()),
    }
}

/// `3 pages and 1 file`
fn made(files: &[SitePath]) -> String {
    let pages = files.iter().filter(|path| path.is_page()).count();
    let made = counts([(pages, "page"), (files.len() - pages, "file")]);
    made.unwrap_or_else(|| "nothing new".to_owned())
}
