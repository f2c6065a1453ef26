//! What is published, held against what today would say.

use std::fmt;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::output::{Bytes, Output, SitePath};
use crate::schedule::{Board, Day, Label, Row, Version};
use crate::views;

/// The board of a site, as its `board.json` has it. Fields that are not known
/// are left alone: another trainboard may have written them.
#[derive(Debug, Deserialize)]
struct Shown {
    project: Word,
    valid_from: Option<On>,
    next_change: Option<On>,
    end_day: Option<Word>,
    trains: Vec<Train>,
}

#[derive(Debug, Deserialize)]
struct Train {
    version: Word,
    label: Word,
    codename: Option<Word>,
    channel: Option<Word>,
    badge: Option<Word>,
    status: Word,
    phase: Option<Word>,
    branch: Option<On>,
    release: Option<On>,
    end: Option<On>,
    end_precision: Option<Word>,
    #[serde(default)]
    planned: Days,
    #[serde(default)]
    recorded: Days,
    #[serde(default)]
    phases: Vec<Phase>,
    latest: Option<Word>,
    latest_date: Option<On>,
}

#[derive(Debug, Default, Deserialize)]
struct Days {
    branch: Option<On>,
    release: Option<On>,
    end: Option<On>,
}

#[derive(Debug, Deserialize)]
struct Phase {
    name: Word,
    from: Option<On>,
}

/// A line of text that is safe to print.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Word(Label);

impl TryFrom<String> for Word {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
struct On(Day);

impl TryFrom<String> for On {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

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
    board: &Board,
    row_of: impl Fn(&Version) -> Option<Row>,
) -> Result<Compared, String> {
    let shown: Shown = serde_json::from_slice(published).map_err(|error| error.to_string())?;
    let now: Shown = of_today(&views::json::board(board))?;
    let mut titles = of_the_whole(&shown, &now);
    for train in &shown.trains {
        titles.extend(of_train(train, &now, &row_of)?);
    }
    let is_new = |train: &&Train| !shown.trains.iter().any(|old| old.version == train.version);
    let new = now.trains.iter().filter(is_new);
    titles.extend(new.map(|train| format!("`{}` is not shown, {}", train.label, train.stands())));
    let same_period = (shown.valid_from, shown.next_change) == (now.valid_from, now.next_change);
    if titles.is_empty() && !same_period {
        let (theirs, ours) = (shown.holds(), now.holds());
        titles.push(format!("the board is published {theirs}, and holds {ours}"));
    }
    let stale = |title: String| Diagnostic::error("stale", title);
    let ran_out = shown
        .next_change
        .is_some_and(|until| Some(until) <= now.valid_from);
    let verb = if ran_out { "held" } else { "holds" };
    Ok(Compared {
        findings: titles.into_iter().map(stale).collect(),
        period: format!("{verb} {}", shown.holds()),
    })
}

fn of_today<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// What is wrong with all trains alike.
fn of_the_whole(shown: &Shown, now: &Shown) -> Vec<String> {
    let mut titles = Vec::new();
    if shown.project != now.project {
        let (theirs, ours) = (&shown.project, &now.project);
        titles.push(format!(
            "the board of `{theirs}` is published, and not that of `{ours}`"
        ));
    }
    let is_last_day = |board: &Shown| {
        let meaning = board.end_day.as_ref();
        meaning.is_some_and(|meaning| &*meaning.0 == "supported")
    };
    if is_last_day(shown) != is_last_day(now) {
        let (last, first) = ("the last day with support", "the first day without support");
        let (theirs, ours) = if is_last_day(shown) {
            (last, first)
        } else {
            (first, last)
        };
        titles.push(format!("an end is shown as {theirs}, it is {ours}"));
    }
    titles
}

/// What is wrong with a train that is shown.
fn of_train(
    shown: &Train,
    now: &Shown,
    row_of: impl Fn(&Version) -> Option<Row>,
) -> Result<Vec<String>, String> {
    let Train { label, status, .. } = shown;
    let as_shown = |what: &str| vec![format!("`{label}` is shown as {status}, {what}")];
    if let Some(now) = now.trains.iter().find(|now| now.version == shown.version) {
        return Ok(shown.differences(now));
    }
    let version: Version = shown.version.0.parse()?;
    let row = row_of(&version).filter(|row| row.train().version.is_same_release(&version));
    let Some(row) = row else {
        return Ok(as_shown("the schedule has no such train"));
    };
    if row.train().skip.is_some() {
        return Ok(as_shown("it is skipped"));
    }
    let told = shown.differences(&of_today(&views::json::train(&row))?);
    if told.is_empty() {
        return Ok(as_shown("it is not on the board any more"));
    }
    Ok(told)
}

/// Something of a train, as it is shown and as it is.
type Pair = (&'static str, Option<String>, Option<String>);

impl Train {
    /// How it is shown, and how it is. What follows from something else is
    /// not told beside it.
    fn differences(&self, now: &Self) -> Vec<String> {
        let label = &self.label;
        if self.status != now.status {
            let stands = match (&*self.status.0, &*now.status.0, now.end()) {
                ("ended", "supported", Some(end)) => format!("it is supported until {end}"),
                ("ended", "supported", None) => "it is supported".to_owned(),
                _ => now.stands(),
            };
            return vec![format!("`{label}` is shown as {}, {stands}", self.status)];
        }
        let told = |pairs: Vec<Pair>| -> Vec<String> {
            let differing = pairs.into_iter().filter(|(_, shown, now)| shown != now);
            differing.map(|pair| sentence(label, pair)).collect()
        };
        let facts = told(self.facts(now));
        if facts.is_empty() {
            told(self.details(now))
        } else {
            facts
        }
    }

    fn facts(&self, now: &Self) -> Vec<Pair> {
        vec![
            ("label", text(Some(&self.label)), text(Some(&now.label))),
            pair("codename", self.codename.as_ref(), now.codename.as_ref()),
            pair("channel", self.channel.as_ref(), now.channel.as_ref()),
            pair("badge", self.badge.as_ref(), now.badge.as_ref()),
            pair("branch day", self.branch.as_ref(), now.branch.as_ref()),
            pair("release day", self.release.as_ref(), now.release.as_ref()),
            ("end", self.end(), now.end()),
            pair("phase", self.phase.as_ref(), now.phase.as_ref()),
            pair("latest release", self.latest.as_ref(), now.latest.as_ref()),
        ]
    }

    fn details(&self, now: &Self) -> Vec<Pair> {
        let (plan, now_plan) = (&self.planned, &now.planned);
        let (fact, now_fact) = (&self.recorded, &now.recorded);
        vec![
            pair(
                "planned branch day",
                plan.branch.as_ref(),
                now_plan.branch.as_ref(),
            ),
            pair(
                "planned release day",
                plan.release.as_ref(),
                now_plan.release.as_ref(),
            ),
            pair(
                "recorded branch day",
                fact.branch.as_ref(),
                now_fact.branch.as_ref(),
            ),
            pair(
                "recorded release day",
                fact.release.as_ref(),
                now_fact.release.as_ref(),
            ),
            pair("recorded end", fact.end.as_ref(), now_fact.end.as_ref()),
            ("course", self.course(), now.course()),
            pair(
                "day of the latest release",
                self.latest_date.as_ref(),
                now.latest_date.as_ref(),
            ),
        ]
    }

    /// Its end, as precisely as it is known; none while that is open.
    fn end(&self) -> Option<String> {
        let precision = self.end_precision.as_ref().map(|precision| &*precision.0);
        match (precision, self.end) {
            (Some("unknown"), _) => Some("unknown".to_owned()),
            (Some("month"), Some(On(day))) => Some(format!("{}-{:02}", day.year(), day.month())),
            (_, day) => day.map(|day| day.to_string()),
        }
    }

    /// Its phases in one line.
    fn course(&self) -> Option<String> {
        let phase = |phase: &Phase| match phase.from {
            Some(from) => format!("{} from {from}", phase.name),
            None => phase.name.to_string(),
        };
        let phases: Vec<_> = self.phases.iter().map(phase).collect();
        (!phases.is_empty()).then(|| phases.join(", "))
    }

    /// `it ended on 2026-11-20`
    fn stands(&self) -> String {
        match (&*self.status.0, self.branch, self.release) {
            ("planned", _, Some(day)) => format!("it is planned for {day}"),
            ("planned", _, None) => "its day is not announced".to_owned(),
            ("stabilising", Some(day), _) => format!("it is stabilising since {day}"),
            ("stabilising", None, _) => "it is stabilising".to_owned(),
            ("supported", _, Some(day)) => format!("it was released on {day}"),
            ("supported", _, None) => "it was released".to_owned(),
            _ => match (self.end(), self.end) {
                (Some(month), Some(day)) if month != day.to_string() => {
                    format!("it ended with {month}")
                }
                (_, Some(day)) => format!("it ended on {day}"),
                (_, None) => "it has ended".to_owned(),
            },
        }
    }
}

fn pair<T: fmt::Display>(what: &'static str, shown: Option<&T>, now: Option<&T>) -> Pair {
    (what, text(shown), text(now))
}

fn text(value: Option<&impl fmt::Display>) -> Option<String> {
    value.map(ToString::to_string)
}

fn sentence(label: &Word, (what, shown, now): Pair) -> String {
    let it = format!("the {what} of `{label}`");
    match (shown, now) {
        (Some(shown), Some(now)) => format!("{it} is shown as {shown}, it is {now}"),
        (Some(shown), None) => format!("{it} is shown as {shown}, there is none"),
        (None, now) => format!("{it} is not shown, it is {}", now.unwrap_or_default()),
    }
}

impl Shown {
    /// `from 2026-11-20 until 2026-12-05`
    fn holds(&self) -> String {
        match (self.valid_from, self.next_change) {
            (Some(from), Some(until)) => format!("from {from} until {until}"),
            (Some(from), None) => format!("from {from} on"),
            (None, Some(until)) => format!("until {until}"),
            (None, None) => "on every day".to_owned(),
        }
    }
}

/// The files of a site that say what a board says: they are what a build of
/// another day makes anew.
pub fn dated<'a>(output: &'a Output, paths: &'a [SitePath]) -> Vec<(&'a SitePath, &'a Bytes)> {
    let file = |path: &'a SitePath| Some((path, output.get(path.as_str())?));
    paths.iter().filter_map(file).collect()
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
