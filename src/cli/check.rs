//! `trainboard check` and `trainboard explain`

use std::path::Path;

use super::args::{CheckArgs, CheckFormat};
use super::failure::Failure;
use super::{board, clock, print, published};
use crate::check::{self, Example, RULES, Rule};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::input::published::Place;
use crate::input::{self, ReadError};
use crate::report;
use crate::schedule::Board;
use crate::site::{BaseUrl, Built, Settings};

pub(super) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let root = Path::new(".");
    let mut settings = input::settings::read(root)?;
    settings.base_url = base_url(args, settings.base_url);
    let (boards, mut findings) = schedule(args, &settings)?;
    let schedule_is_wrong = boards.is_none() && !findings.is_empty();
    let board = boards.as_ref().map(|boards| &boards.of_window);
    let mut count = 0;
    let mut built = None;
    match input::content::read(root, &settings) {
        Ok(content) => {
            let pages = check::pages(content, &settings, board, schedule_is_wrong);
            count = pages.count;
            built = pages.built;
            findings.extend(pages.findings);
        }
        Err(ReadError::Content(found)) => findings.extend(found),
        Err(error) => return Err(error.into()),
    }
    if let Some(place) = &args.published {
        let compared = compared(place, boards.as_ref(), built.as_ref(), findings.is_empty())?;
        findings.extend(compared);
    }
    tell(args, findings, count)
}

/// What is wrong with what is published, as far as it can be known.
fn compared(
    place: &Place,
    boards: Option<&Boards>,
    built: Option<&Built>,
    all_is_well: bool,
) -> Result<Vec<Diagnostic>, Failure> {
    match (boards, built) {
        (Some(boards), Some(built)) => published::findings(place, boards, built),
        (None, _) if all_is_well => {
            let title = "there is no schedule to compare with what is published";
            Ok(vec![Diagnostic::error("no-schedule", title)])
        }
        _ => {
            let title = format!("`{place}` was not looked at: what is wrong here comes first");
            Ok(vec![Diagnostic::warning("not-compared", title)])
        }
    }
}

/// Where the site is built for: as it was asked for, as the settings say, else
/// where it is looked at.
fn base_url(args: &CheckArgs, set: Option<BaseUrl>) -> Option<BaseUrl> {
    let published = match &args.published {
        Some(Place::Web(url)) => Some(url.clone()),
        _ => None,
    };
    args.base_url.clone().or(set).or(published)
}

/// The boards of a day.
pub(super) struct Boards {
    /// With the trains that pages show.
    pub(super) of_window: Board,
    /// With all trains, as far as there are not too many.
    pub(super) all: Board,
}

/// The boards, when the schedule is sound, and what was found in it.
fn schedule(
    args: &CheckArgs,
    settings: &Settings,
) -> Result<(Option<Boards>, Vec<Diagnostic>), Failure> {
    let asked = args.board.schedule.as_deref();
    match input::schedule::read(asked.unwrap_or(Path::new(&settings.schedule))) {
        Err(ReadError::Absent(_)) if asked.is_none() => Ok((None, Vec::new())),
        Err(ReadError::Content(found)) => Ok((None, found)),
        Err(error) => Err(error.into()),
        Ok(read) => {
            let date = clock::today(args.board.date)?;
            let of_window = board(&read.schedule, date, false)?;
            let all = read
                .schedule
                .all_at(date)
                .unwrap_or_else(|_| of_window.clone());
            let unrecorded = read.schedule.unrecorded(date).unwrap_or_default();
            let mut findings = read.warnings;
            findings
                .extend(unrecorded.map(|finding| input::schedule::locate(&read.source, &finding)));
            Ok((Some(Boards { of_window, all }), findings))
        }
    }
}

/// Prints what was found, sorted, and the verdict.
fn tell(args: &CheckArgs, mut findings: Vec<Diagnostic>, pages: usize) -> Result<(), Failure> {
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    if args.strict {
        for finding in &mut findings {
            finding.severity = Severity::Error;
        }
    }
    match args.format {
        CheckFormat::Human => report::print(&findings),
        CheckFormat::Short => print(&report::short(&findings))?,
        CheckFormat::Json => print(&report::json(&findings))?,
        CheckFormat::Github => print(&report::github(&findings))?,
    }
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if matches!(args.format, CheckFormat::Human) {
        let gap = if findings.is_empty() { "" } else { "\n" };
        report::note(&format!(
            "{gap}checked {}: {}",
            counted(pages, "page"),
            verdict(errors, findings.len() - errors)
        ));
        report::note(
            "links to other hosts are not checked here; that does: lychee --include-fragments public",
        );
    }
    if errors == 0 {
        Ok(())
    } else {
        Err(Failure::No)
    }
}

fn verdict(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (0, 0) => "nothing is wrong".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!(
            "{} and {}",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Prints one rule, or the list of all.
pub(super) fn explain(code: Option<&str>) -> Result<(), Failure> {
    let Some(code) = code else {
        let lines = RULES
            .iter()
            .map(|rule| format!("{:24} {}\n", rule.code, rule.sentence));
        return print(&lines.collect::<String>());
    };
    let Some(rule) = check::rule(code) else {
        let near = nearest(code, RULES.iter().map(|rule| rule.code));
        let near = near.map(|near| format!("; the nearest is `{near}`"));
        return Err(Failure::Usage(format!(
            "there is no rule `{code}`{}",
            near.unwrap_or_default()
        )));
    };
    print(&explained(rule))
}

fn explained(rule: &Rule) -> String {
    let Rule {
        code,
        sentence,
        example,
    } = rule;
    let example = match example {
        Example::Words(words) => format!("\nFor example: {words}\n"),
        Example::Files(files) => shown(files),
        Example::Command(command, files) => format!("{}\nFound by: {command}\n", shown(files)),
    };
    format!("{code}\n\n{sentence}\n{example}")
}

fn shown(files: &[(&str, &str)]) -> String {
    let last = files.len().saturating_sub(1);
    let shown = files.iter().enumerate().map(|(n, (path, text))| {
        let what = if n == last { "Wrong, in" } else { "With" };
        format!("\n{what} {path}:\n\n{}", indented(text))
    });
    shown.collect()
}

fn indented(text: &str) -> String {
    let visible = text.replace('\u{1b}', "\u{241b}");
    let lines = visible
        .lines()
        .map(|line| format!("    {line}\n").replace("    \n", "\n"));
    lines.collect()
}
