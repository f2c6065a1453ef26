//! `trainboard check`

use std::path::Path;
use std::sync::Arc;

use super::args::{CheckArgs, CheckFormat};
use super::build::sources;
use super::failure::Failure;
use super::published::SiteTop;
use super::today::Today;
use super::{clock, print, published};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::input::{self, ReadError, book::Book};
use crate::report;
use crate::schedule::{Finding, Place};
use crate::site::{BaseUrl, Built, Content, Settings};
use crate::views::words::{counted, counts};
use crate::write::{Fault, Target};
use crate::{book, check, markers};

pub(super) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let root = Path::new(".");
    let mut settings = input::settings::read(root)?;
    let top = args.published.as_ref().map(published::look).transpose();
    settings.base_url = base_url(args, settings.base_url, &top);
    let has_site = has_site(root, &settings);
    let book = if has_site { None } else { book_of(root)? };
    let texts = match &book {
        Some(book) => Texts::Chapters(input::content::chapters(root, &book.src)),
        None => Texts::Pages(input::content::read(root, &settings)),
    };
    let (today, mut findings) = schedules(args, &settings, book.as_ref(), &texts)?;
    let schedule_is_wrong = today.date.is_none();
    let is_schedule_alone = schedule_is_wrong || !today.boards.is_empty();
    let looked = match texts {
        Texts::Chapters(chapters) => of_chapters(chapters, &today)?,
        Texts::Pages(_) if !has_site && is_schedule_alone => Looked::default(),
        Texts::Pages(content) => of_pages(content, &settings, &today)?,
    };
    if has_site {
        findings.extend(wrong_output(root, &settings)?);
    }
    findings.extend(looked.findings);
    let built = looked.built;
    let (line, read) = match top {
        Ok(None) => (None, Ok(())),
        Ok(Some(top)) if today.boards.is_empty() => {
            findings.push(published::not_compared(&top, schedule_is_wrong));
            (None, Ok(()))
        }
        Ok(Some(top)) => published::compare(&top, &today, built.as_ref(), &mut findings),
        Err(failure) => (None, Err(failure)),
    };
    let told = tell(args, findings, looked.count, line.as_deref());
    // What was found is told also when the rest cannot be reached.
    read.and(told)
}

/// What markers are in.
enum Texts {
    Pages(Result<Content, ReadError>),
    Chapters(Result<Vec<Arc<Source>>, ReadError>),
}

impl Texts {
    /// The paths of the schedules that markers name.
    fn schedules(&self) -> Vec<String> {
        match self {
            Self::Pages(Ok(content)) => content.schedules().collect(),
            Self::Chapters(Ok(chapters)) => {
                let named = chapters.iter().flat_map(|one| markers::schedules(one, 0));
                named.collect()
            }
            Self::Pages(Err(_)) | Self::Chapters(Err(_)) => Vec::new(),
        }
    }
}

/// What was looked at beside the schedules, and what was found in it.
#[derive(Default)]
struct Looked {
    /// How many there are, and of what; none where the schedule stands alone.
    count: Option<(usize, &'static str)>,
    findings: Vec<Diagnostic>,
    built: Option<Built>,
}

impl Looked {
    /// Why nothing could be looked at.
    fn unread(what: &'static str, findings: Vec<Diagnostic>) -> Self {
        Self {
            count: Some((0, what)),
            findings,
            built: None,
        }
    }
}

/// Whether there is a site, or is meant to be one.
fn has_site(root: &Path, settings: &Settings) -> bool {
    root.join(&*settings.content).is_dir() || root.join("trainboard.toml").exists()
}

/// Why the folder that the settings name is none to write a site to.
fn wrong_output(root: &Path, settings: &Settings) -> Result<Vec<Diagnostic>, Failure> {
    match input::content::expect_inside(root, &settings.output) {
        Err(ReadError::Content(found)) => return Ok(found),
        inside => inside?,
    }
    let target = Target {
        out: Path::new(&*settings.output),
        root,
        sources: &sources(settings),
        force: false,
    };
    let Err(error) = target.expect_own_folder() else {
        return Ok(Vec::new());
    };
    let Fault::Refused = error.fault() else {
        return Err(Failure::Output(error));
    };
    let finding = Finding::error("bad-output", error.to_string());
    let place = Place::of("site").key("output");
    let finding = finding.at(place, "a build would write here");
    let finding = finding.help(error.help().unwrap_or_default());
    Ok(vec![input::settings::locate(root, &finding)])
}

/// The book that trainboard is a part of, where there is no site.
fn book_of(root: &Path) -> Result<Option<Book>, Failure> {
    match input::book::read(root) {
        Err(ReadError::Absent(_)) => Ok(None),
        read => Ok(Some(read?).filter(|book| book.has_trainboard)),
    }
}

fn of_chapters(
    chapters: Result<Vec<Arc<Source>>, ReadError>,
    today: &Today,
) -> Result<Looked, Failure> {
    let chapters = match chapters {
        Err(ReadError::Content(found)) => return Ok(Looked::unread("chapter", found)),
        chapters => chapters?,
    };
    let is_known = !today.boards.is_empty();
    let read = if is_known { &chapters[..] } else { &[] };
    Ok(Looked {
        count: Some((chapters.len(), "chapter")),
        findings: book::findings(read, &today.boards),
        built: None,
    })
}

fn of_pages(
    content: Result<Content, ReadError>,
    settings: &Settings,
    today: &Today,
) -> Result<Looked, Failure> {
    let content = match content {
        Err(ReadError::Content(found)) => return Ok(Looked::unread("page", found)),
        content => content?,
    };
    let later = content.clone();
    let schedule_is_wrong = today.date.is_none();
    let mut pages = check::pages(content, settings, &today.boards, schedule_is_wrong);
    if let (Some(day), true) = (today.next_change(), pages.built.is_some()) {
        let boards = today.all.projects().at(day)?;
        let ahead = check::ahead(later, settings, &boards, day);
        pages.findings.extend(ahead);
    }
    Ok(Looked {
        count: Some((pages.count, "page")),
        findings: pages.findings,
        built: pages.built,
    })
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
    book: Option<&Book>,
    texts: &Texts,
) -> Result<(Today, Vec<Diagnostic>), Failure> {
    let of_book = || book?.schedule.as_deref().map(Path::new);
    let asked = args.board.schedule.as_deref().or_else(of_book);
    let all = input::projects::of_site(Path::new(""), asked, settings);
    let all = match all.and_then(|all| all.read_files(Path::new("."), texts.schedules())) {
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
    count: Option<(usize, &str)>,
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
        let looked = count.map_or_else(
            || "the schedule".to_owned(),
            |(count, noun)| counted(count, noun),
        );
        let found = counted_by_severity(&findings);
        report::note(&format!("{gap}checked {looked}: {found}"));
        if let Some(line) = published {
            report::note(line);
        }
    }
    if matches!(args.format, CheckFormat::Human) && matches!(count, Some((_, "page"))) {
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
