//! Which columns a table has.

use std::fmt;

use crate::schedule::{Board, Level, Row};

/// All columns, as markers and the command line name them.
pub const COLUMNS: [&str; 7] = [
    "version", "status", "branch", "release", "phases", "end", "latest",
];

/// The columns that were asked for, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Option<Vec<Kind>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Version,
    Status,
    Branch,
    Release,
    Phases,
    End,
    Latest,
}

const KINDS: [Kind; 7] = [
    Kind::Version,
    Kind::Status,
    Kind::Branch,
    Kind::Release,
    Kind::Phases,
    Kind::End,
    Kind::Latest,
];

/// A name that is none of [`COLUMNS`], or one that is there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownColumn {
    /// The name.
    pub name: String,
}

impl fmt::Display for UnknownColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a column", self.name)
    }
}

impl std::error::Error for UnknownColumn {}

impl Columns {
    /// Reads `version,status,end`. The version always comes first, for it
    /// heads its row.
    pub fn parse(text: &str) -> Result<Self, UnknownColumn> {
        let mut kinds = vec![Kind::Version];
        for name in text.split(',').map(str::trim) {
            let place = COLUMNS.iter().position(|column| *column == name);
            let kind = place
                .map(|place| KINDS[place])
                .ok_or_else(|| UnknownColumn {
                    name: name.to_owned(),
                })?;
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Ok(Self(Some(kinds)))
    }

    /// The columns of a board's table: those asked for, else all that any of
    /// its trains fills.
    pub(super) fn of(&self, board: &Board) -> Vec<Column> {
        let asked = self.0.as_deref();
        let kinds = asked.unwrap_or(&KINDS).iter();
        kinds
            .filter(|kind| asked.is_some() || kind.is_filled(board))
            .flat_map(|kind| kind.columns(board))
            .collect()
    }
}

impl Kind {
    fn is_filled(self, board: &Board) -> bool {
        match self {
            Self::Branch => board.has_branches(),
            Self::Latest => board.trains().any(|row| row.latest().is_some()),
            _ => true,
        }
    }

    fn columns(self, board: &Board) -> Vec<Column> {
        match self {
            Self::Version => vec![Column::Version],
            Self::Status => vec![Column::Status],
            Self::Branch => vec![Column::Branch],
            Self::Release => vec![Column::Release],
            Self::Phases => later_phases(board),
            Self::End => vec![Column::End],
            Self::Latest => vec![Column::Latest],
        }
    }
}

/// One column of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Version,
    Status,
    Branch,
    Release,
    /// The first day of the phase of that name.
    Phase(String),
    End,
    Latest,
}

impl Column {
    pub(super) fn title(&self) -> &str {
        match self {
            Self::Version => "Version",
            Self::Status => "Status",
            Self::Branch => "Branch",
            Self::Release => "Release",
            Self::Phase(name) => name,
            Self::End => "End",
            Self::Latest => "Latest",
        }
    }
}

/// The names of the phases that follow another, in the order of time.
fn later_phases(board: &Board) -> Vec<Column> {
    let mut names: Vec<&str> = Vec::new();
    for row in board.trains() {
        let mut after = 0;
        for name in later_phases_of(row) {
            if let Some(place) = names.iter().position(|other| *other == name) {
                after = place + 1;
            } else {
                names.insert(after, name);
                after += 1;
            }
        }
    }
    names
        .into_iter()
        .map(|name| Column::Phase(name.to_owned()))
        .collect()
}

fn later_phases_of(row: &Row) -> impl Iterator<Item = &str> {
    let phases = row
        .train()
        .phases
        .iter()
        .filter(|phase| phase.level != Level::Pre);
    phases.skip(1).map(|phase| &*phase.name)
}
