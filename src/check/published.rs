//! What is published, held against what today would say.

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::output::SitePath;
use crate::schedule::{self, EndDay, Period, Row, Status, Version};
use crate::views::json::{Board, Milestone, Patch, Phase, Train, Word};
use crate::views::words;

/// Where a board is published in every site.
pub const BOARD: &str = "board.json";

/// What a published board is found to be.
#[derive(Debug)]
pub struct Compared {
    /// What is wrong with it: first what it is of, then train by train.
    pub findings: Vec<Diagnostic>,
    /// For which days it holds, or held: `holds from 2026-11-20 on`.
    pub period: String,
}

/// Holds a published board against that of the day. `row_of` knows all trains
/// of the schedule, since one that left the board has ended all the same.
///
/// # Errors
///
/// Why the text is no board.
pub fn board(
    published: &[u8],
    board: &schedule::Board,
    row_of: impl Fn(&Version) -> Option<Row>,
) -> Result<Compared, String> {
    let shown: Board = serde_json::from_slice(published).map_err(|error| error.to_string())?;
    let now = Board::of(board);
    let mut titles = of_the_whole(&shown, &now);
    for train in &shown.trains {
        titles.extend(of_train(train, board, &row_of)?);
    }
    titles.extend(unseen(&shown, board));
    let period = Period {
        valid_from: shown.valid_from,
        next_change: shown.next_change,
    };
    if titles.is_empty() && period != board.period() {
        let (theirs, ours) = (holds(period), holds(board.period()));
        titles.push(format!("the board is published {theirs}, and holds {ours}"));
    }
    let stale = |title: String| Diagnostic::error("stale", title);
    let ran_out = |until| Some(until) <= now.valid_from;
    let verb = if period.next_change.is_some_and(ran_out) {
        "held"
    } else {
        "holds"
    };
    Ok(Compared {
        findings: titles.into_iter().map(stale).collect(),
        period: format!("{verb} {}", holds(period)),
    })
}

/// What is wrong with the board as a whole.
fn of_the_whole(shown: &Board, now: &Board) -> Vec<String> {
    let mut titles = Vec::new();
    if shown.project != now.project {
        let (theirs, ours) = (&shown.project, &now.project);
        titles.push(format!(
            "the board of `{theirs}` is published, and not that of `{ours}`"
        ));
    }
    let meaning = |board: &Board| {
        let is_supported = &*board.end_day == EndDay::Supported.as_str();
        words::meaning_of(if is_supported {
            EndDay::Supported
        } else {
            EndDay::Unsupported
        })
    };
    let (theirs, ours) = (meaning(shown), meaning(now));
    if theirs != ours {
        titles.push(format!("an end is shown as {theirs}, it is {ours}"));
    }
    titles
}

/// What is wrong with a train that is shown.
fn of_train(
    shown: &Train,
    board: &schedule::Board,
    row_of: impl Fn(&Version) -> Option<Row>,
) -> Result<Vec<String>, String> {
    let Train { label, status, .. } = shown;
    let as_shown = |what: &str| vec![format!("`{label}` is shown as {status}, {what}")];
    let mut rows = board.trains();
    if let Some(row) = rows.find(|row| row.train().version.as_str() == &*shown.version) {
        return Ok(differences(shown, row));
    }
    let version: Version = shown.version.parse()?;
    let row = row_of(&version).filter(|row| row.train().version.is_same_release(&version));
    let Some(row) = row else {
        return Ok(as_shown("the schedule has no such train"));
    };
    if row.train().skip.is_some() {
        return Ok(as_shown("it is skipped"));
    }
    let told = differences(shown, &row);
    if told.is_empty() {
        return Ok(as_shown("it is not on the board any more"));
    }
    Ok(told)
}

/// The trains of the board that are not shown.
fn unseen(shown: &Board, board: &schedule::Board) -> Vec<String> {
    let is_shown = |row: &Row| {
        let version = row.train().version.as_str();
        shown.trains.iter().any(|old| *old.version == *version)
    };
    let unseen = board.trains().filter(|row| !is_shown(row));
    let title = |row: &Row| format!("`{}` is not shown, {}", row.train().label, state(row));
    unseen.map(title).collect()
}

/// How a train is shown, and how it is. What follows from something else is
/// not told beside it.
fn differences(shown: &Train, row: &Row) -> Vec<String> {
    let now = Train::of(row);
    let (label, status) = (&shown.label, &shown.status);
    if *status != now.status {
        let state = match (&**status, row.status(), end(&now)) {
            ("ended", Status::Supported, Some(end)) => format!("it is supported until {end}"),
            ("ended", Status::Supported, None) => "it is supported".to_owned(),
            _ => state(row),
        };
        return vec![format!("`{label}` is shown as {status}, {state}")];
    }
    let told = |facts: fn(&Train) -> Vec<Fact>| -> Vec<String> {
        let pairs = facts(shown).into_iter().zip(facts(&now));
        let differing = pairs.filter(|(shown, now)| shown != now);
        let title = |((what, shown), (_, now))| difference(label, what, shown, now);
        differing.map(title).collect()
    };
    let main = told(main_facts);
    if main.is_empty() { told(details) } else { main }
}

/// The name of a fact about a train, and the fact.
type Fact = (&'static str, Option<String>);

fn main_facts(train: &Train) -> Vec<Fact> {
    vec![
        ("label", text(Some(&train.label))),
        ("codename", text(train.codename.as_ref())),
        ("channel", text(train.channel.as_ref())),
        ("badge", text(train.badge.as_ref())),
        ("branch day", text(train.branch.as_ref())),
        ("release day", text(train.release.as_ref())),
        ("end of ordinary support", support_end(train)),
        ("end", end(train)),
        ("phase", text(train.phase.as_ref())),
        ("latest release", text(train.latest.as_ref())),
    ]
}

fn details(train: &Train) -> Vec<Fact> {
    let (plan, fact) = (&train.planned, &train.recorded);
    vec![
        ("planned branch day", text(plan.branch.as_ref())),
        ("planned release day", text(plan.release.as_ref())),
        ("recorded branch day", text(fact.branch.as_ref())),
        ("recorded release day", text(fact.release.as_ref())),
        ("recorded end", text(fact.end.as_ref())),
        ("course", phases(train)),
        ("list of milestones", milestones(&train.milestones)),
        ("list of patch releases", patches(train)),
        (
            "day of the latest release",
            text(train.latest_date.as_ref()),
        ),
    ]
}

fn text(value: Option<&impl fmt::Display>) -> Option<String> {
    value.map(ToString::to_string)
}

/// The end of ordinary support, where it is not that of all support.
fn support_end(train: &Train) -> Option<String> {
    let end = train.support_end.filter(|end| train.end != Some(*end));
    text(end.as_ref())
}

/// The end of a train, as precisely as it is known; none while that is open.
fn end(train: &Train) -> Option<String> {
    match (&*train.end_precision, train.end) {
        ("unknown", _) => Some("unknown".to_owned()),
        (_, when) => text(when.as_ref()),
    }
}

/// Milestones in one line.
fn milestones(milestones: &[Milestone]) -> Option<String> {
    let milestone = |milestone: &Milestone| {
        let date = text(milestone.date.as_ref()).unwrap_or_default();
        format!("{} on {date}", milestone.name)
    };
    let milestones: Vec<_> = milestones.iter().map(milestone).collect();
    (!milestones.is_empty()).then(|| milestones.join(", "))
}

/// The patches of a train in one line.
fn patches(train: &Train) -> Option<String> {
    let patch = |patch: &Patch| {
        let days = milestones(&patch.milestones);
        let days = days.map(|days| format!(" ({days})")).unwrap_or_default();
        let version = text(patch.version.as_ref()).unwrap_or_else(|| "one".to_owned());
        let date = text(patch.date.as_ref()).unwrap_or_default();
        format!("{version} on {date}{days}")
    };
    let patches: Vec<_> = train.patches.iter().map(patch).collect();
    (!patches.is_empty()).then(|| patches.join(", "))
}

/// The phases of a train in one line.
fn phases(train: &Train) -> Option<String> {
    let phase = |phase: &Phase| match phase.from {
        Some(from) => format!("{} from {from}", phase.name),
        None => phase.name.to_string(),
    };
    let phases: Vec<_> = train.phases.iter().map(phase).collect();
    (!phases.is_empty()).then(|| phases.join(", "))
}

/// `it ended on 2026-11-20`
fn state(row: &Row) -> String {
    match (row.status(), row.branch().when(), row.release().when()) {
        (Status::Planned, _, Some(day)) => format!("it is planned for {day}"),
        (Status::Planned, _, None) => "its day is not announced".to_owned(),
        (Status::Stabilising, Some(day), _) => format!("it is stabilising since {day}"),
        (Status::Stabilising, None, _) => "it is stabilising".to_owned(),
        (Status::Due, _, Some(day)) => format!("it is due since {day}, not recorded"),
        (Status::Due, _, None) => "it is due, not recorded".to_owned(),
        (Status::Supported, _, Some(day)) => format!("it was released on {day}"),
        (Status::Supported, _, None) => "it was released".to_owned(),
        (Status::Extended, ..) => match row.support_end().when() {
            Some(end) => format!("its ordinary support ended on {end}"),
            None => "it has extended support only".to_owned(),
        },
        (Status::Ended, ..) => match row.end().when() {
            Some(when) if when.day().is_some() => format!("it ended on {when}"),
            Some(when) => format!("it ended with {when}"),
            None => "it has ended".to_owned(),
        },
    }
}

fn difference(label: &Word, what: &str, shown: Option<String>, now: Option<String>) -> String {
    let it = format!("the {what} of `{label}`");
    match (shown, now) {
        (Some(shown), Some(now)) => format!("{it} is shown as {shown}, it is {now}"),
        (Some(shown), None) => format!("{it} is shown as {shown}, there is none"),
        (None, now) => format!("{it} is not shown, it is {}", now.unwrap_or_default()),
    }
}

/// `from 2026-11-20 until 2026-12-05`
fn holds(period: Period) -> String {
    words::period_in_iso(period).unwrap_or_else(|| "on every day".to_owned())
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
    Some(error.help(first_difference(published, built)))
}

/// How files say at which address their site is published.
const ADDRESSES: [&str; 4] = [
    "rel=\"canonical\"",
    "SOURCE;VALUE=URI:",
    "rel=\"self\"",
    "\"html\": \"",
];

/// The first line that differs, and what it is in both.
fn first_difference(published: &[u8], built: &[u8]) -> String {
    let (published, built) = (
        String::from_utf8_lossy(published),
        String::from_utf8_lossy(built),
    );
    let (mut theirs, mut ours) = (published.split('\n'), built.split('\n'));
    let mut line = 1;
    let (theirs, ours) = loop {
        match (theirs.next(), ours.next()) {
            (None, None) => return "they differ in bytes that are no text".to_owned(),
            (theirs, ours) if theirs == ours => line += 1,
            (theirs, ours) => break (theirs.unwrap_or_default(), ours.unwrap_or_default()),
        }
    };
    let tells = |text: &str| ADDRESSES.iter().any(|address| text.contains(address));
    if tells(theirs) || tells(ours) {
        return "name the address that the published site was built for: `--base-url`".to_owned();
    }
    let same = theirs
        .chars()
        .zip(ours.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let (theirs, ours) = (shortened(theirs, same), shortened(ours, same));
    format!("line {line} is published as `{theirs}`, and a build makes `{ours}`")
}

/// How much of a line is shown, in characters, and how much of that before
/// the first that differs.
const SHOWN: usize = 80;
const BEFORE: usize = 30;

/// A line around its n-th character, without what a terminal obeys.
fn shortened(line: &str, n: usize) -> String {
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let line: Vec<char> = line.trim_end().chars().map(visible).collect();
    let start = if line.len() > SHOWN {
        n.saturating_sub(BEFORE)
    } else {
        0
    };
    let start = start.min(line.len());
    let end = line.len().min(start + SHOWN);
    let dots = |is_cut| if is_cut { "…" } else { "" };
    let middle: String = line[start..end].iter().collect();
    [dots(start > 0), middle.trim(), dots(end < line.len())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_shown_where_it_differs() {
        let line = |middle: &str| format!("<p>{}{middle}{}\n", "a ".repeat(90), "b ".repeat(90));
        assert_eq!(
            first_difference(line("old").as_bytes(), line("new").as_bytes()),
            format!(
                "line 1 is published as `…{0}old{1}…`, and a build makes `…{0}new{1}…`",
                "a ".repeat(15),
                "b ".repeat(24).trim_end().to_owned() // the cut leaves no space at the end
            )
        );
    }

    #[test]
    fn what_a_terminal_obeys_is_not_shown() {
        assert_eq!(
            first_difference(b"a\x1b[31m\r\n", b"b\n"),
            "line 1 is published as `a\u{fffd}[31m`, and a build makes `b`"
        );
        assert_eq!(
            first_difference(b"same\n\xff", b"same\n\xfe"),
            "they differ in bytes that are no text"
        );
    }
}
