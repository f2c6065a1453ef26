//! A project as a product in the shape of version 1 of the API of
//! endoflife.date, for tools that read that.
//!
//! There, the day of an end still counts, and `is…` is said of the day of the
//! answer; here it is true on every day of the board's period.

use serde::Serialize;

use super::place::{Place, identity, since};
use crate::schedule::{Board, Day, Level, Phase, Row, Status, Train};
use crate::views::escape::Uri;
use crate::views::words;

/// The version of the API that this is the shape of.
const VERSION: &str = "1.2.1";

/// The category of a project that names none.
const CATEGORY: &str = "other";

#[derive(Serialize)]
struct Answer<'a> {
    schema_version: &'static str,
    generated_at: String,
    last_modified: String,
    result: Product<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Product<'a> {
    name: &'a str,
    label: &'a str,
    aliases: [&'a str; 0],
    category: &'a str,
    tags: [&'a str; 1],
    version_command: Option<&'a str>,
    identifiers: [&'a str; 0],
    labels: Labels<'a>,
    links: Links,
    releases: Vec<Cycle<'a>>,
}

/// What the last phase before each kind of end is called.
#[derive(Serialize)]
struct Labels<'a> {
    eoas: Option<&'a str>,
    discontinued: Option<&'a str>,
    eol: &'a str,
    eoes: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Links {
    icon: Option<String>,
    html: String,
    release_policy: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cycle<'a> {
    name: &'a str,
    codename: Option<&'a str>,
    label: &'a str,
    release_date: String,
    is_lts: bool,
    lts_from: Option<String>,
    #[serde(flatten)]
    active: Option<Active>,
    is_eol: bool,
    eol_from: Option<String>,
    #[serde(flatten)]
    extended: Option<Extended>,
    is_maintained: bool,
    latest: Option<Latest<'a>>,
}

/// The end of active support, in a product that has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Active {
    is_eoas: bool,
    eoas_from: Option<String>,
}

/// The end of extended support, in a product that has it: null for a train
/// that has none.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extended {
    is_eoes: Option<bool>,
    eoes_from: Option<String>,
}

#[derive(Serialize)]
struct Latest<'a> {
    name: &'a str,
    date: String,
    link: Option<String>,
}

/// The product with all its trains, the newest first; a train whose day of
/// release is not known cannot be told in this shape, and is left out.
pub fn api(whole: &Board, place: &Place<'_>) -> String {
    let project = whole.project();
    let category = project.category.as_deref().unwrap_or(CATEGORY);
    let kinds = Kinds::of(whole);
    let urn = || format!("urn:uuid:{}", identity(whole, "", "product"));
    let since = format!("{}T00:00:00+00:00", since(whole));
    let cycles = whole.trains().rev();
    let answer = Answer {
        schema_version: VERSION,
        generated_at: since.clone(),
        last_modified: since,
        result: Product {
            name: project.id(),
            label: &project.name,
            aliases: [],
            category,
            tags: [category],
            version_command: None,
            identifiers: [],
            labels: labels(whole, &kinds),
            links: Links {
                icon: None,
                html: place.page().unwrap_or_else(urn),
                release_policy: None,
            },
            releases: cycles.filter_map(|row| cycle(whole, row, &kinds)).collect(),
        },
    };
    // Strings, lists and structs cannot fail to be written.
    serde_json::to_string_pretty(&answer).unwrap_or_default() + "\n"
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

/// The first of the phases that follow active support.
fn maintenance(train: &Train) -> Option<usize> {
    tail(train, &[Level::Maintenance, Level::Extended])
        .filter(|start| Some(*start) != extended(train))
}

/// The first of the phases of extended support.
fn extended(train: &Train) -> Option<usize> {
    tail(train, &[Level::Extended])
}

/// Where the last phases begin that all are of these levels, after another.
fn tail(train: &Train, levels: &[Level]) -> Option<usize> {
    let phases = &train.phases;
    let is_other = |phase: &Phase| !levels.contains(&phase.level);
    let start = phases.iter().rposition(is_other)? + 1;
    (start < phases.len() && phases[start - 1].level != Level::Pre).then_some(start)
}

/// What the phases before each kind of end are called, by the newest train that
/// has them.
fn labels<'a>(board: &'a Board, kinds: &Kinds) -> Labels<'a> {
    let newest = || board.trains().rev().map(Row::train);
    let before = |start: fn(&Train) -> Option<usize>| {
        let phase = |train: &'a Train| train.phases.get(start(train)?.checked_sub(1)?);
        newest().find_map(phase).map(|phase| &*phase.name)
    };
    let last = |train: &'a Train| {
        let end = extended(train).unwrap_or(train.phases.len());
        train.phases[..end].last().map(|phase| &*phase.name)
    };
    let mut names = newest().filter_map(last);
    let name = names.next();
    let all_the_same = names.all(|other| Some(other) == name);
    let paid = |train: &'a Train| train.phases[extended(train)?..].last();
    Labels {
        eoas: before(maintenance).filter(|_| kinds.active),
        discontinued: None,
        eol: name.filter(|_| all_the_same).unwrap_or("Supported"),
        eoes: newest().find_map(paid).map(|phase| &*phase.name),
    }
}

fn cycle<'a>(board: &Board, row: &'a Row, kinds: &Kinds) -> Option<Cycle<'a>> {
    let train = row.train();
    let release = row.release().day()?;
    let end = Ending::of(board, row, extended(train));
    let active = || Ending::of(board, row, maintenance(train).or(extended(train)));
    let over = || Ending::of(board, row, None);
    Some(Cycle {
        name: train.version.as_str(),
        codename: train.codename.as_deref(),
        label: &train.label,
        release_date: release.to_string(),
        is_lts: is_lts(row),
        lts_from: text(
            lts(train)
                .and_then(|n| train.phases[n].from)
                .filter(|from| *from > release),
        ),
        active: kinds.active.then(active).map(|end| Active {
            is_eoas: end.is_over,
            eoas_from: text(end.last_day),
        }),
        is_eol: end.is_over,
        eol_from: text(end.last_day),
        extended: kinds.extended.then(|| Extended {
            is_eoes: extended(train).map(|_| over().is_over),
            eoes_from: extended(train).and_then(|_| text(over().last_day)),
        }),
        is_maintained: row.is_supported(),
        latest: row.latest().map(|latest| Latest {
            name: latest.version.as_str(),
            date: latest.date.to_string(),
            link: latest.link.as_deref().map(|link| Uri(link).to_string()),
        }),
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
            Some(n) => train.phases[n].from,
            None => words::first_day_without(row.end(), board.end_day()),
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

/// The first phase of long-term support.
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

fn text(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}
