//! A project as a product in the shape of version 1 of the API of
//! endoflife.date, for tools that read that.
//!
//! There, the day of an end still counts, and `is…` is said of the day of the
//! answer; here it is true on every day of the board's period.

use serde_json::{Value, json};

use super::place::{SitePlace, identity, since};
use crate::schedule::{Board, Day, End, Level, Phase, Release, Row, Status, Train};
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

/// The index of the first phase after active support, in which everybody still
/// has some.
fn maintenance(train: &Train) -> Option<usize> {
    let end = extended(train).unwrap_or(train.phases.len());
    let ordinary = &train.phases[..end];
    let is_full = |phase: &Phase| phase.level != Level::Maintenance;
    let start = ordinary.iter().rposition(is_full)? + 1;
    (start < end && ordinary[start - 1].level != Level::Pre).then_some(start)
}

/// The index of the first phase of extended support, which nothing else
/// follows.
fn extended(train: &Train) -> Option<usize> {
    let is_other = |phase: &Phase| phase.level != Level::Extended;
    let start = train.phases.iter().rposition(is_other).map_or(0, |n| n + 1);
    (start < train.phases.len()).then_some(start)
}

/// What the phases before each kind of end are called, by the newest train that
/// has them.
fn labels<'a>(board: &'a Board) -> Value {
    let newest = || board.trains().rev().map(Row::train);
    let active = |train: &'a Train| train.phases.get(maintenance(train)?.checked_sub(1)?);
    let last = |train: &'a Train| {
        let end = extended(train).unwrap_or(train.phases.len());
        let ordinary = train.phases[..end].iter();
        let mut ordinary = ordinary.filter(|phase| phase.is_ordinary());
        ordinary.next_back().map(|phase| &*phase.name)
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
    let ordinary = Ending::of_support(board, row);
    if kinds.active {
        let end = maintenance(train).map_or(ordinary, |start| Ending::before(row, start));
        cycle["isEoas"] = json!(end.is_over);
        cycle["eoasFrom"] = json!(end.last_day);
    }
    cycle["isEol"] = json!(ordinary.is_over);
    cycle["eolFrom"] = json!(ordinary.last_day);
    if kinds.extended {
        let end = extended(train).map(|_| Ending::of_all(board, row));
        cycle["isEoes"] = json!(end.map(|end| end.is_over));
        cycle["eoesFrom"] = json!(end.and_then(|end| end.last_day));
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
#[derive(Clone, Copy)]
struct Ending {
    is_over: bool,
    /// The last day with it, while that is known.
    last_day: Option<Day>,
}

impl Ending {
    /// Where that phase begins.
    fn before(row: &Row, phase: usize) -> Self {
        let begins = row.train().phases[phase].begins();
        Self {
            is_over: has_begun(row, phase),
            last_day: begins.and_then(Day::previous),
        }
    }

    /// The end of the support that everybody has.
    fn of_support(board: &Board, row: &Row) -> Self {
        let is_over = matches!(row.status(), Status::Extended | Status::Ended);
        Self::of(board, row.support_end(), is_over)
    }

    /// The end of all support.
    fn of_all(board: &Board, row: &Row) -> Self {
        Self::of(board, row.end(), row.status() == Status::Ended)
    }

    fn of(board: &Board, end: End, is_over: bool) -> Self {
        let first = end.first_day_without(board.end_day());
        // Support that waits for a newer train goes on past its planned end.
        let certain = first.filter(|day| is_over || !board.period().has_come(*day));
        Self {
            is_over,
            last_day: certain.and_then(Day::previous),
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
