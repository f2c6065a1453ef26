//! What is published, held against what today would say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::output::{Bytes, Output, SitePath};
use crate::schedule::Board;
use crate::views;

/// The board of a site, as its `board.json` has it.
#[derive(Debug, Deserialize)]
struct Shown {
    project: String,
    valid_from: Option<String>,
    next_change: Option<String>,
    trains: Vec<Train>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Train {
    version: String,
    label: String,
    status: String,
    phase: Option<String>,
    branch: Option<String>,
    release: Option<String>,
    end: Option<String>,
    latest: Option<String>,
}

/// Where a board is published in every site.
pub const BOARD: &str = "board.json";

/// What is wrong with a published board. `all` is the board with all its
/// trains, since one that left the window has ended all the same.
///
/// # Errors
///
/// Why the text is no board.
pub fn board(published: &[u8], board: &Board, all: &Board) -> Result<Vec<Diagnostic>, String> {
    let shown: Shown = serde_json::from_slice(published).map_err(|error| error.to_string())?;
    let (now, all) = (shown_by(board)?, shown_by(all)?);
    let mut titles = Vec::new();
    if shown.project != now.project {
        titles.push(format!(
            "the board of `{}` is published, and not that of `{}`",
            shown.project, now.project
        ));
    }
    let known: BTreeMap<_, _> = all
        .trains
        .iter()
        .map(|train| (&train.version, train))
        .collect();
    for train in &shown.trains {
        let titles_before = titles.len();
        let known = known.get(&train.version);
        titles.extend(known.into_iter().flat_map(|now| differences(train, now)));
        let is_on_board = now.trains.iter().any(|now| now.version == train.version);
        if !is_on_board && titles.len() == titles_before {
            titles.push(gone(train));
        }
    }
    let is_shown = |train: &&Train| !shown.trains.iter().any(|old| old.version == train.version);
    let missing = now.trains.iter().filter(is_shown);
    titles
        .extend(missing.map(|train| format!("`{}` is not shown, {}", train.label, stands(train))));
    if titles.is_empty()
        && (&shown.valid_from, &shown.next_change) != (&now.valid_from, &now.next_change)
    {
        titles.push(format!(
            "the board is published {}, and holds {}",
            holds(&shown),
            holds(&now)
        ));
    }
    let stale = |title: String| Diagnostic::error("stale", title);
    Ok(titles.into_iter().map(stale).collect())
}

fn shown_by(board: &Board) -> Result<Shown, String> {
    serde_json::from_str(&views::json::board(board)).map_err(|error| error.to_string())
}

/// How a train is shown, and how it is.
fn differences(shown: &Train, now: &Train) -> Vec<String> {
    let label = &shown.label;
    if shown.status != now.status {
        let (shown, now) = (&shown.status, stands(now));
        return vec![format!("`{label}` is shown as {shown}, {now}")];
    }
    let days = [
        ("branch day", &shown.branch, &now.branch),
        ("release day", &shown.release, &now.release),
        ("end", &shown.end, &now.end),
        ("phase", &shown.phase, &now.phase),
        ("latest release", &shown.latest, &now.latest),
    ];
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let differing = days.into_iter().filter(|(_, shown, now)| shown != now);
    differing
        .map(|(what, shown, now)| {
            format!(
                "the {what} of `{label}` is shown as {}, it is {}",
                value(shown),
                value(now)
            )
        })
        .collect()
}

/// `it ended on 2026-11-20`
fn stands(train: &Train) -> String {
    let on = |what: &str, day: &Option<String>| match day {
        Some(day) => format!("it {what} on {day}"),
        None => format!("it {what}"),
    };
    match &*train.status {
        "planned" => match &train.release {
            Some(day) => format!("it is planned for {day}"),
            None => "its day is not announced".to_owned(),
        },
        "stabilising" => match &train.branch {
            Some(day) => format!("it is stabilising since {day}"),
            None => "it is stabilising".to_owned(),
        },
        "supported" => on("was released", &train.release),
        _ => on("ended", &train.end),
    }
}

fn gone(train: &Train) -> String {
    let Train { label, status, .. } = train;
    format!("`{label}` is shown as {status}, it is not on the board any more")
}

fn holds(shown: &Shown) -> String {
    match (&shown.valid_from, &shown.next_change) {
        (Some(from), Some(until)) => format!("from {from} until {until}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    }
}

/// The files of a site that say what the board says: they are what a build of
/// another day makes anew.
pub fn dated<'a>(output: &'a Output, pages: &'a [SitePath]) -> Vec<(&'a SitePath, &'a Bytes)> {
    let chart = output.iter().map(|(path, _)| path);
    let chart = chart.filter(|path| path.as_str() == "schedule.svg");
    let paths = pages.iter().chain(chart);
    paths
        .filter_map(|path| Some((path, output.get(path.as_str())?)))
        .collect()
}

/// What is wrong with a published file. Where the board is stale, that says
/// why files differ, and only those that are missing are told.
pub fn file(
    path: &SitePath,
    published: Option<&[u8]>,
    built: &[u8],
    board_is_stale: bool,
) -> Option<Diagnostic> {
    let Some(published) = published else {
        let title = format!("`{path}` is not published");
        return Some(Diagnostic::error("published-page", title));
    };
    if board_is_stale || published == built {
        return None;
    }
    let title = format!("`{path}` is published with other contents than a build makes");
    let error = Diagnostic::error("published-page", title);
    Some(match first_difference(published, built) {
        Some((line, published, built)) => error.help(format!(
            "line {line} is published as `{published}`, and a build makes `{built}`"
        )),
        None => error,
    })
}

/// The first line that differs, and what it is in both.
fn first_difference(published: &[u8], built: &[u8]) -> Option<(usize, String, String)> {
    let text = |bytes| std::str::from_utf8(bytes).ok();
    let (published, built) = (text(published)?, text(built)?);
    let (mut theirs, mut ours) = (published.lines(), built.lines());
    let mut line = 1;
    loop {
        match (theirs.next(), ours.next()) {
            (None, None) => return None,
            (theirs, ours) if theirs == ours => line += 1,
            (theirs, ours) => {
                return Some((line, shortened(theirs), shortened(ours)));
            }
        }
    }
}

/// How much of a line is shown, in characters.
const SHOWN: usize = 80;

fn shortened(line: Option<&str>) -> String {
    let line = line.unwrap_or_default().trim();
    let short: String = line.chars().take(SHOWN).collect();
    if short.len() < line.len() {
        short + "…"
    } else {
        short
    }
}
