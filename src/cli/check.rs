//! `trainboard check`

use std::path::Path;

use super::args::{CheckArgs, CheckFormat};
use super::failure::Failure;
use super::published::SiteTop;
use super::today::Today;
use super::{clock, print, published};
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::input::{self, ReadError};
use crate::report;
use crate::site::{BaseUrl, Content, Settings};
use crate::views::words::{counted, counts};

pub(super) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let root = Path::new(".");
    let mut settings = input::settings::read(root)?;
    let top = args.published.as_ref().map(published::look).transpose();
    settings.base_url = base_url(args, settings.base_url, &top);
    let content = input::content::read(root, &settings);
    let (today, mut findings) = schedules(args, &settings, content.as_ref().ok())?;
    let schedule_is_wrong = today.date.is_none();
    let mut count = 0;
    let mut built = None;
    match content {
        Ok(content) => {
            let later = content.clone();
            let pages = check::pages(content, &settings, &today.boards, schedule_is_wrong);
            if let (Some(day), true) = (today.next_change(), pages.built.is_some()) {
                let boards = today.all.projects().at(day)?;
                findings.extend(check::ahead(later, &settings, &boards, day));
            }
            count = pages.count;
            built = pages.built;
            findings.extend(pages.findings);
        }
        Err(ReadError::Content(found)) => findings.extend(found),
        Err(error) => return Err(error.into()),
    }
    let (line, read) = match top {
        Ok(None) => (None, Ok(())),
        Ok(Some(top)) if today.boards.is_empty() => {
            findings.push(published::not_compared(&top, schedule_is_wrong));
            (None, Ok(()))
        }
        Ok(Some(top)) => published::compare(&top, &today, built.as_ref(), &mut findings),
        Err(failure) => (None, Err(failure)),
    };
    let told = tell(args, findings, count, line.as_deref());
    // What was found is told also when the rest cannot be reached.
    read.and(told)
}

/// Where the site is built for: as it was asked for, as the settings say, else
/// as it is seen in the published site.
fn base_url(
    args: &CheckArgs,
    set: Option<BaseUrl>,
    top: &Result<Option<SiteTop>, Failure>,
) -> Option<BaseUrl> {
    let top = top.as_ref().ok().and_then(Option::as_ref);
    let seen = top.and_then(|top| top.base_url.clone());
    args.base_url.clone().or(set).or(seen)
}

/// The boards, when the schedules are sound, and what was found in them.
fn schedules(
    args: &CheckArgs,
    settings: &Settings,
    content: Option<&Content>,
) -> Result<(Today, Vec<Diagnostic>), Failure> {
    let asked = args.board.schedule.as_deref();
    let named = content.into_iter().flat_map(Content::schedules);
    let all = input::projects::of_site(Path::new(""), asked, settings);
    let all = match all.and_then(|all| all.read_files(Path::new("."), named)) {
        Err(ReadError::Content(found)) => return Ok((Today::default(), found)),
        all => all?,
    };
    let date = clock::today(args.board.date)?;
    let boards = all.projects().at(date)?;
    let mut findings = all.warnings();
    for read in all
        .iter()
        .filter(|read| read.draft.project.follows.is_none())
    {
        let notices = read.schedule.notices(date).unwrap_or_default();
        let located = notices
            .iter()
            .map(|finding| input::schedule::locate(&read.source, finding));
        findings.extend(located);
    }
    let date = Some(date);
    Ok((Today { all, date, boards }, findings))
}

/// Prints what was found, sorted, and the verdict.
fn tell(
    args: &CheckArgs,
    mut findings: Vec<Diagnostic>,
    pages: usize,
    published: Option<&str>,
) -> Result<(), Failure> {
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    for finding in &mut findings {
        finding.severity = severity(args, finding);
    }
    match args.format {
        CheckFormat::Human => report::print(&findings),
        CheckFormat::Short => print(&report::short(&findings))?,
        CheckFormat::Json => print(&report::json(&findings))?,
        CheckFormat::Github => print(&report::github(&findings))?,
    }
    if matches!(args.format, CheckFormat::Human) {
        let gap = if findings.is_empty() { "" } else { "\n" };
        let (pages, found) = (counted(pages, "page"), counted_by_severity(&findings));
        report::note(&format!("{gap}checked {pages}: {found}"));
        if let Some(line) = published {
            report::note(line);
        }
        report::note(
            "links to other hosts are not checked here; that does: lychee --include-fragments public",
        );
    }
    if findings.iter().any(Diagnostic::is_error) {
        Err(Failure::No)
    } else {
        Ok(())
    }
}

/// How much a finding weighs, as it was asked for.
fn severity(args: &CheckArgs, finding: &Diagnostic) -> Severity {
    match finding.severity {
        Severity::Warning if args.strict => Severity::Error,
        Severity::Notice if args.due && finding.code == "overdue" => Severity::Error,
        severity => severity,
    }
}

/// `1 error and 2 notices`
fn counted_by_severity(findings: &[Diagnostic]) -> String {
    let names = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Notice, "notice"),
    ];
    let counted = names.map(|(severity, name)| {
        let found = findings.iter().filter(|found| found.severity == severity);
        (found.count(), name)
    });
    counts(counted).unwrap_or_else(|| "nothing is wrong".to_owned())
}
