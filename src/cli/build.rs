//! `trainboard build`

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::BuildArgs;
use super::clock;
use super::failure::Failure;
use crate::diagnostic::{Diagnostic, Severity};
use crate::input;
use crate::output::SitePath;
use crate::report;
use crate::schedule::Period;
use crate::site::{Settings, Site};
use crate::views::words::{self, counted};
use crate::write::{Target, Writing};

pub(super) fn run(args: &BuildArgs) -> Result<(), Failure> {
    let root = Path::new(".");
    let mut settings = input::settings::read(root)?;
    if let Some(url) = &args.base_url {
        settings.base_url = Some(url.clone());
    }
    let asked = args.board.schedule.as_deref();
    let all = input::projects::of_site(Path::new(""), asked, &settings)?;
    let content = input::content::read(root, &settings)?;
    let all = all.read_files(root, content.schedules())?;
    let boards = all.projects().at(clock::today(args.board.date)?)?;
    let mut warnings = all.warnings();
    progress(content.pages.len());
    let mut site = Site::read(content, &settings, &boards)?;
    warnings.append(&mut site.warnings);
    let count = site.count;
    let out = if let Some(out) = &args.out {
        out.clone()
    } else {
        input::content::expect_inside(root, &settings.output)?;
        PathBuf::from(&*settings.output)
    };
    let sources = sources(&settings);
    let target = Target {
        out: &out,
        root: Path::new("."),
        sources: &sources,
        force: args.force,
    };
    let writing = Writing::begin(&target, site.paths().map(SitePath::as_str))?;
    site.render(|path, bytes| {
        let put = writing.put(path.as_str(), &bytes);
        put.map_err(Failure::Output)
    })?;
    weigh(warnings, args.strict)?;
    let is_new = writing.finish()?.is_new();
    report::note(&done(count, &out, boards.period()));
    let home = "index.html";
    if is_new && site.paths().any(|path| path.as_str() == home) {
        report::note(&format!("open {}", input::shown(&out.join(home))));
    }
    Ok(())
}

/// What a site is made from, and what its output may not touch.
pub(super) fn sources(settings: &Settings) -> [PathBuf; 5] {
    let schedule = settings.schedule();
    let content = &*settings.content;
    let folder = input::projects::FOLDER;
    [content, "templates", "static", schedule, folder].map(PathBuf::from)
}

/// Prints the warnings; with `--strict` they are errors.
fn weigh(mut warnings: Vec<Diagnostic>, strict: bool) -> Result<(), Failure> {
    if strict && !warnings.is_empty() {
        for warning in &mut warnings {
            warning.severity = Severity::Error;
        }
        return Err(Failure::Content(warnings));
    }
    report::print(&warnings);
    Ok(())
}

/// A line for those who wait at a terminal; what is said at the end takes its
/// place.
fn progress(pages: usize) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() && pages > 500 {
        let _ = write!(stderr, "building {pages} pages…\r");
    }
}

/// `built 14 pages in public/, valid from 2026-11-20 until 2026-12-05`
fn done(pages: usize, out: &Path, period: Option<Period>) -> String {
    let pages = counted(pages, "page");
    let folder = input::shown(out);
    let folder = folder.trim_end_matches('/');
    let holds = period.and_then(words::period_in_iso);
    let valid = holds.map(|holds| format!(", valid {holds}"));
    format!("built {pages} in {folder}/{}", valid.unwrap_or_default())
}
