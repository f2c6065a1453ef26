//! What changes from one day to another.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use serde::Serialize;

use super::{json, words};
use crate::schedule::{Board, Day, Level, ProjectBoard, Release, Row, Status, Train, Version};

/// All changes of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    #[serde(rename = "date")]
    day: Day,
    changes: Vec<Change>,
}

/// One change of one train.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Change {
    train: Version,
    kind: ChangeKind,
    words: String,
}

/// The kinds of changes, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum ChangeKind {
    Released,
    Due,
    Extended,
    Ended,
    Waits,
    Phase,
    Branched,
    Milestone,
    Patch,
    Latest,
    Enters,
    Leaves,
    Other,
}

impl Changes {
    /// What is different on the later day, which is `day`: of the trains that
    /// the board shows, and of all that feeds and pages of trains tell.
    pub fn between(before: &ProjectBoard, after: &ProjectBoard, day: Day) -> Self {
        let (before, after) = (Side::new(before), Side::new(after));
        let rows = after.whole.told();
        let mut changes: Vec<_> = rows
            .flat_map(|row| of_row(&before, &after, row, day))
            .collect();
        let rows = before.whole.told();
        changes.extend(rows.filter_map(|row| left(&before, &after, row)));
        changes.extend(dropped(&before, &after));
        changes.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.train.cmp(&b.train)));
        Self { day, changes }
    }

    /// `52.0.0 is released, support of 50.0.0 ends`
    pub fn in_words(&self) -> String {
        let words: Vec<_> = self.changes.iter().map(|change| &*change.words).collect();
        words.join(", ")
    }
}

/// What is told on one day, by the versions of the trains.
struct Side<'a> {
    whole: &'a Board,
    in_table: HashSet<&'a Version>,
    in_list: HashSet<&'a Version>,
    told: HashMap<&'a Version, &'a Row>,
}

impl<'a> Side<'a> {
    fn new(project: &'a ProjectBoard) -> Self {
        let ProjectBoard { board, whole, .. } = project;
        let told = whole.told().map(|row| (&row.train().version, row));
        Self {
            whole,
            in_table: versions(board.trains()),
            in_list: versions(whole.trains()),
            told: told.collect(),
        }
    }

    /// What is told of the train of a row.
    fn of(&self, row: &Row) -> Option<&'a Row> {
        self.told.get(&row.train().version).copied()
    }
}

fn versions<'a>(rows: impl Iterator<Item = &'a Row>) -> HashSet<&'a Version> {
    rows.map(|row| &row.train().version).collect()
}

fn is_same(one: &Row, other: &Row) -> bool {
    one.train().version == other.train().version
}

fn change(row: &Row, kind: ChangeKind, words: impl Into<String>) -> Change {
    Change {
        train: row.train().version.clone(),
        kind,
        words: words.into(),
    }
}

/// What is different about a train of the later day.
fn of_row(before: &Side, after: &Side, row: &Row, day: Day) -> Vec<Change> {
    let Train { label, version, .. } = row.train();
    let is_new = !before.in_table.contains(version) && after.in_table.contains(version);
    let enters = is_new.then(|| {
        let words = format!("{label} enters the table");
        change(row, ChangeKind::Enters, words)
    });
    let Some(old) = before.of(row) else {
        let is_next = after.whole.next().is_some_and(|next| is_same(next, row));
        let words = match (is_next, after.in_list.contains(version)) {
            (true, false) => format!("{label} comes next"),
            _ => format!("{label} enters the list of all trains"),
        };
        let listed = || change(row, ChangeKind::Enters, words);
        return vec![enters.unwrap_or_else(listed)];
    };
    let mut changes = of_days(old, row, day);
    if changes.is_empty() && enters.is_none() && old != row {
        changes.push(change(row, ChangeKind::Other, of_plan(row, day)));
    }
    changes.into_iter().chain(enters).collect()
}

/// A day of the plan of a train that is not out.
fn of_plan(row: &Row, day: Day) -> String {
    let label = &row.train().label;
    let mut phases = row.train().phases.iter();
    match phases.find(|phase| phase.begins() == Some(day)) {
        Some(phase) => format!("{label}: the phase “{}” is planned to begin", phase.name),
        None => format!("a day of the plan of {label} has come"),
    }
}

/// What its days bring.
fn of_days(old: &Row, row: &Row, day: Day) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.status() != row.status() {
        changes.extend(of_status(row));
    } else if old.phase() != row.phase() {
        changes.extend(words::phase(row).map(|name| phase_begins(row, name)));
    }
    let releases = row.train().releases.iter();
    let of_day = releases.filter(|release| release.date == day);
    let of_day: Vec<_> = of_day
        .filter_map(|release| released(row, release, &changes))
        .collect();
    changes.extend(of_day);
    if row.branch().comes() == Some(day) && !changes.iter().any(is_branched) {
        changes.push(branched(row));
    }
    changes.extend(milestones(old, row, day));
    if let (Some(other), None) = (row.is_waiting_for(), old.is_waiting_for()) {
        let words = format!(
            "support of {} goes on until {} is out",
            row.train().label,
            other.label
        );
        changes.push(change(row, ChangeKind::Waits, words));
    }
    changes
}

/// Days with names, and planned patches. What is planned is told by the board
/// of the day before: on the day itself the next patch is a later one.
fn milestones<'a>(old: &'a Row, row: &'a Row, day: Day) -> impl Iterator<Item = Change> + 'a {
    let label = &row.train().label;
    let named = row.train().milestones.iter();
    let named = named.filter(move |named| named.date.comes() == Some(day));
    let named = named.map(move |named| {
        let words = words::milestone(named, &format!(" of {label}"));
        change(row, ChangeKind::Milestone, words)
    });
    let patches = old.patches().iter().flat_map(move |patch| {
        let days = patch.milestones.iter();
        let days = days.filter(move |named| named.date.comes() == Some(day));
        let days = days.map(move |named| {
            let of = format!(" of the next patch release of {label}");
            change(row, ChangeKind::Patch, words::milestone(named, &of))
        });
        let is_planned = patch.date == day && patch.version.is_none();
        let planned = is_planned.then(|| {
            let words = format!("a patch release of {label} is planned");
            change(row, ChangeKind::Patch, words)
        });
        days.chain(planned)
    });
    named.chain(patches)
}

fn is_branched(change: &Change) -> bool {
    change.kind == ChangeKind::Branched
}

/// A release; the train's own is told by what begins with it.
fn released(row: &Row, release: &Release, told: &[Change]) -> Option<Change> {
    let is_own = release.version.is_same_release(&row.train().version);
    let is_told = is_own
        && told
            .iter()
            .any(|change| change.kind == ChangeKind::Released);
    let words = format!("{} is released", release.version);
    (!is_told).then(|| change(row, ChangeKind::Latest, words))
}

fn phase_begins(row: &Row, name: &str) -> Change {
    let words = format!("{}: {}", row.train().label, words::phase_begins(name));
    change(row, ChangeKind::Phase, words)
}

fn branched(row: &Row) -> Change {
    let words = format!("the branch of {} is cut", row.train().label);
    change(row, ChangeKind::Branched, words)
}

fn of_status(row: &Row) -> Option<Change> {
    let label = &row.train().label;
    let told = |kind, words| Some(change(row, kind, words));
    match row.status() {
        Status::Planned => None,
        Status::Stabilising => {
            let pre = row.phase().filter(|phase| phase.level == Level::Pre);
            Some(pre.map_or_else(|| branched(row), |phase| phase_begins(row, &phase.name)))
        }
        Status::Due => told(ChangeKind::Due, format!("{label} is due")),
        Status::Supported => told(ChangeKind::Released, format!("{label} is released")),
        Status::Extended => {
            let words = format!("support of {label} ends, but for extended support");
            told(ChangeKind::Extended, words)
        }
        Status::Ended => Some(support_ends(row)),
    }
}

/// A train that is not shown any more.
fn left(before: &Side, after: &Side, row: &Row) -> Option<Change> {
    let version = &row.train().version;
    let has_left = |before: &HashSet<_>, after: &HashSet<_>| {
        before.contains(version) && !after.contains(version)
    };
    let place = if has_left(&before.in_table, &after.in_table) {
        "the table"
    } else if has_left(&before.in_list, &after.in_list) {
        "the list of all trains"
    } else {
        return passed(after, row);
    };
    let words = format!("{} leaves {place}", row.train().label);
    Some(change(row, ChangeKind::Leaves, words))
}

/// The end of a train that no list shows, or that it is not the next any more:
/// the later board knows nothing of it.
fn passed(after: &Side, row: &Row) -> Option<Change> {
    if after.of(row).is_some() {
        return None;
    }
    if row.is_out() {
        return Some(support_ends(row));
    }
    Some(comes_no_more(row.train()))
}

/// The trains after the next that are not to come any more, and that nothing
/// else tells of.
fn dropped(before: &Side, after: &Side) -> impl Iterator<Item = Change> {
    let is_told = |train: &&Train| {
        let mut further = after.whole.all_further();
        let is_further = further.any(|other| other.version == train.version);
        is_further || after.told.contains_key(&train.version)
    };
    let gone = before
        .whole
        .all_further()
        .filter(move |train| !is_told(train));
    gone.map(comes_no_more)
}

fn comes_no_more(train: &Train) -> Change {
    Change {
        train: train.version.clone(),
        kind: ChangeKind::Leaves,
        words: format!("{} is not to come any more", train.label),
    }
}

/// The end of all of a train's support.
fn support_ends(row: &Row) -> Change {
    let words = format!("{} of {} ends", words::what_ends(row), row.train().label);
    change(row, ChangeKind::Ended, words)
}

/// A line for each thing that happens, with its day before the first.
pub fn text(days: &[Changes]) -> String {
    if days.is_empty() {
        return "nothing more is known to change\n".to_owned();
    }
    let mut out = String::new();
    for Changes { day, changes } in days {
        for (n, change) in changes.iter().enumerate() {
            let day = day.to_string();
            let day = if n == 0 { &*day } else { "" };
            let _ = writeln!(out, "{day:10}  {}", change.words);
        }
    }
    out
}

/// The same as JSON: a list of days, each with its date and changes.
pub fn json(days: &[Changes]) -> String {
    json::text(&days)
}
