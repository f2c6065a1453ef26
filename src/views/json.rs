//! The board as JSON: its public shape, which the guide documents field by
//! field.

use serde::Serialize;

use crate::schedule::{Board, Day, Phase, Row};

#[derive(Serialize)]
struct BoardShape<'a> {
    project: &'a str,
    valid_from: Option<String>,
    next_change: Option<String>,
    end_day: &'static str,
    trains: Vec<TrainShape<'a>>,
}

#[derive(Serialize)]
struct TrainShape<'a> {
    version: &'a str,
    label: &'a str,
    codename: Option<&'a str>,
    channel: Option<&'a str>,
    badge: Option<&'a str>,
    status: &'static str,
    supported: bool,
    phase: Option<&'a str>,
    branch: Option<String>,
    release: Option<String>,
    end: Option<String>,
    end_precision: &'static str,
    planned: DaysShape,
    recorded: DaysShape,
    phases: Vec<PhaseShape<'a>>,
    latest: Option<&'a str>,
    latest_date: Option<String>,
}

#[derive(Serialize)]
struct DaysShape {
    branch: Option<String>,
    release: Option<String>,
    end: Option<String>,
}

#[derive(Serialize)]
struct PhaseShape<'a> {
    name: &'a str,
    level: &'static str,
    from: Option<String>,
    to: Option<String>,
}

/// The trains of the board's window, as JSON with a line end at its end.
pub fn board(board: &Board) -> String {
    let period = board.period();
    let shape = BoardShape {
        project: &board.project().name,
        valid_from: text(period.valid_from),
        next_change: text(period.next_change),
        end_day: board.end_day().as_str(),
        trains: board.trains().map(train_shape).collect(),
    };
    written(&shape)
}

/// The JSON Schema of a board.
pub fn schema() -> &'static str {
    include_str!("board.schema.json")
}

/// One train, as the board has it.
pub fn train(row: &Row) -> String {
    written(&train_shape(row))
}

/// Strings, lists and structs cannot fail to be written.
fn written(shape: &impl Serialize) -> String {
    serde_json::to_string_pretty(shape).unwrap_or_default() + "\n"
}

fn train_shape(row: &Row) -> TrainShape<'_> {
    let train = row.train();
    TrainShape {
        version: train.version.as_str(),
        label: &train.label,
        codename: train.codename.as_deref(),
        channel: train.channel.as_deref(),
        badge: train.badge.as_deref(),
        status: match train.skip {
            Some(_) => "skipped",
            None => row.status().as_str(),
        },
        supported: row.is_supported(),
        phase: row.phase_name(),
        branch: text(row.branch().day()),
        release: text(row.release().day()),
        end: text(row.end().day()),
        end_precision: row.end().precision(),
        planned: DaysShape {
            branch: text(row.branch().planned),
            release: text(row.release().planned),
            end: text(row.end().day()),
        },
        recorded: DaysShape {
            branch: text(row.branch().recorded),
            release: text(row.release().recorded),
            end: text(row.recorded_end()),
        },
        phases: train.phases.iter().map(phase).collect(),
        latest: row.latest().map(|release| release.version.as_str()),
        latest_date: text(row.latest().map(|release| release.date)),
    }
}

fn phase(phase: &Phase) -> PhaseShape<'_> {
    PhaseShape {
        name: &phase.name,
        level: phase.level.as_str(),
        from: text(phase.from),
        to: text(phase.to),
    }
}

fn text(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}
