//! A project as a product in the shape of version 1 of the API of
//! endoflife.date, for tools that read that.
//!
//! There, the day of an end still counts, and `is…` is said of the day of the
//! answer; here it is true on every day of the board's period.

use serde_json::{Value, json};

use super::cycle::{Cycle, Kinds, names};
use super::place::{SitePlace, identity, since};
use crate::schedule::{Board, Release, Row, Status};
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

/// What the phases before each kind of end are called.
fn labels(board: &Board) -> Value {
    let [active, ordinary, extended] = names(board);
    json!({
        "eoas": active,
        "discontinued": null,
        "eol": ordinary.unwrap_or("Supported"),
        "eoes": extended,
    })
}

fn cycle(board: &Board, row: &Row, kinds: &Kinds) -> Option<Value> {
    let (train, cycle) = (row.train(), Cycle::of(board, row, kinds));
    if row.status() == Status::Due {
        return None;
    }
    let mut told = json!({
        "name": train.version.as_str(),
        "codename": train.codename.as_deref(),
        "label": label(board, row),
        "releaseDate": cycle.release?,
        "isLts": cycle.is_lts,
        "ltsFrom": cycle.lts_from,
    });
    if kinds.active {
        told["isEoas"] = json!(cycle.active.is_over);
        told["eoasFrom"] = json!(cycle.active.last_day);
    }
    told["isEol"] = json!(cycle.ordinary.is_over);
    told["eolFrom"] = json!(cycle.ordinary.last_day);
    if kinds.extended {
        told["isEoes"] = json!(cycle.extended.map(|end| end.is_over));
        told["eoesFrom"] = json!(cycle.extended.and_then(|end| end.last_day));
    }
    let is_maintained = matches!(row.status(), Status::Supported | Status::Extended);
    told["isMaintained"] = json!(is_maintained);
    told["latest"] = json!(row.latest().map(latest));
    Some(told)
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
