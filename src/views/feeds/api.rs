//! A project as a product in the shape of version 1 of the API of
//! endoflife.date, for tools that read that.
//!
//! There, the day of an end still counts, and `is…` is said of the day of the
//! answer; here it is true on every day of the board's period.

use serde_json::{Value, json};

use super::place::{SitePlace, identity, since};
use crate::schedule::{Board, Day, Level, Phase, Release, Row, Status, Train};
use crate::views::escape::Uri;
use crate::views::{json, prose, words};

/// The version of the API that this is the shape of.
const VERSION: &str = "1.2.1";

/// The category of a project that names none.
const CATEGORY: &str = "other";

/// The product with all its trains, the newest first; a train whose day of
/// release is not known cannot be told in this shape, and is left out.
pub fn api(whole: &Board, place: &SitePlace<'_>) -> String {
    let project = whole.project();
    let category = project.category.as_deref().unwrap_or(CATEGORY);
    let kinds = Kinds::of(whole);
    let urn = || format!("urn:uuid:{}", identity(whole, "", "product"));
    let since = format!("{}T00:00:00+00:00", since(whole));
    let cycles = whole.trains().rev();
    let releases: Vec<_> = cycles.filter_map(|row| cycle(whole, row, &kinds)).collect();
    json::text(&json!({
        "schema_version": VERSION,
        "generated_at": since,
        "last_modified": since,
        "result": {
            "name": project.id(),
            "label": &*project.name,
            "aliases": [],
            "category": category,
            "tags": [category],
            "versionCommand": null,
            "identifiers": [],
            "labels": labels(whole),
            "links": {
                "icon": null,
                "html": place.page().unwrap_or_else(urn),
                "releasePolicy": null,
            },
            "releases": releases,
        },
    }))
}

/// Which kinds of support the product has.
struct Kinds {
    active: bool,
    extended: bool,
}

impl Kinds {
    fn of(board: &Board) -> Self {
        let any = |last: fn(&Train) -> Option<usize>| {
            board.trains().any(|row| last(row.train()).is_some())
        };
        Self {
            active: any(maintenance),
            extended: any(extended),
        }
    }
}

/// The index of the first phase after active support.
fn maintenance(train: &Train) -> Option<usize> {
    tail(train, &[Level::Maintenance, Level::Extended])
        .filter(|start| Some(*start) != extended(train))
}

/// The index of the first phase of extended support.
fn extended(train: &Train) -> Option<usize> {
    tail(train, &[Level::Extended])
}

/// The index of the first of the last phases, as long as all of them are of
/// these levels; none when no phase of support comes before it.
fn tail(train: &Train, levels: &[Level]) -> Option<usize> {
    let phases = &train.phases;
    let is_other = |phase: &Phase| !levels.contains(&phase.level);
    let start = phases.iter().rposition(is_other)? + 1;
    (start < phases.len() && phases[start - 1].level != Level::Pre).then_some(start)
}

/// What the phases before each kind of end are called, by the newest train that
/// has them.
fn labels<'a>(board: &'a Board) -> Value {
    let newest = || board.trains().rev().map(Row::train);
    let active = |train: &'a Train| train.phases.get(maintenance(train)?.checked_sub(1)?);
    let last = |train: &'a Train| {
        let end = extended(train).unwrap_or(train.phases.len());
        train.phases[..end].last().map(|phase| &*phase.name)
    };
    let mut names = newest().filter_map(last);
    let name = names.next();
    let all_the_same = names.all(|other| Some(other) == name);
    let paid = |train: &'a Train| train.phases[extended(train)?..].last();
    json!({
        "eoas": newest().find_map(active).map(|phase| &*phase.name),
        "discontinued": null,
        "eol": name.filter(|_| all_the_same).unwrap_or("Supported"),
        "eoes": newest().find_map(paid).map(|phase| &*phase.name),
    })
}

fn cycle(board: &Board, row: &Row, kinds: &Kinds) -> Option<Value> {
    let train = row.train();
    if row.status() == Status::Due {
        return None;
    }
    let (paid, over) = (extended(train), Ending::of(board, row, None));
    let release = row.release().when()?.day()?;
    let lts_from = lts(train).and_then(|n| train.phases[n].begins());
    let mut cycle = json!({
        "name": train.version.as_str(),
        "codename": train.codename.as_deref(),
        "label": label(board, row),
        "releaseDate": release,
        "isLts": is_lts(row),
        "ltsFrom": lts_from.filter(|from| *from > release),
    });
    if kinds.active {
        let end = Ending::of(board, row, maintenance(train).or(paid));
        cycle["isEoas"] = json!(end.is_over);
        cycle["eoasFrom"] = json!(end.last_day);
    }
    let end = Ending::of(board, row, paid);
    cycle["isEol"] = json!(end.is_over);
    cycle["eolFrom"] = json!(end.last_day);
    if kinds.extended {
        cycle["isEoes"] = json!(paid.map(|_| over.is_over));
        cycle["eoesFrom"] = json!(paid.and(over.last_day));
    }
    let is_maintained = matches!(row.status(), Status::Supported | Status::Extended);
    cycle["isMaintained"] = json!(is_maintained);
    cycle["latest"] = json!(row.latest().map(latest));
    Some(cycle)
}

/// What the project calls it, and whether it is out by plan alone.
fn label(board: &Board, row: &Row) -> String {
    let by_plan = words::by_plan(row, board.has_facts());
    let label = [prose::words(&*row.train().label)].into_iter();
    prose::plain_pieces(&label.chain(by_plan).collect::<Vec<_>>())
}

fn latest(release: &Release) -> Value {
    let link = release.link.as_deref();
    json!({
        "name": release.version.as_str(),
        "date": release.date,
        "link": link.map(|link| Uri(link).to_string()),
    })
}

/// An end of some kind of support.
struct Ending {
    is_over: bool,
    /// The last day with it, while that is known.
    last_day: Option<Day>,
}

impl Ending {
    /// The end that the beginning of a phase is, or else that of all support.
    fn of(board: &Board, row: &Row, next: Option<usize>) -> Self {
        let train = row.train();
        let over = match next {
            Some(n) => train.phases[n].begins(),
            None => row.end().first_day_without(board.end_day()),
        };
        Self {
            is_over: next.map_or(row.status() == Status::Ended, |n| has_begun(row, n)),
            last_day: over.and_then(Day::previous),
        }
    }
}

/// Whether a phase has begun, be it over or not.
fn has_begun(row: &Row, phase: usize) -> bool {
    let now = row.phase();
    let phases = &row.train().phases[phase..];
    row.status() == Status::Ended || phases.iter().any(|phase| Some(phase) == now)
}

/// The index of the first phase of long-term support.
fn lts(train: &Train) -> Option<usize> {
    train
        .phases
        .iter()
        .position(|phase| phase.level == Level::Lts)
}

/// Whether it has long-term support, or had it.
fn is_lts(row: &Row) -> bool {
    row.is_lts() || lts(row.train()).is_some_and(|phase| has_begun(row, phase))
}
