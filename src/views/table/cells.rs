//! What stands in a cell, before it becomes HTML, Markdown or text.

use super::columns::Column;
use crate::schedule::{Board, Day, End, Release, Row};
use crate::views::words;

/// The content of a cell.
pub(super) enum Cell<'a> {
    Version {
        label: &'a str,
        codename: Option<&'a str>,
        badge: Option<&'a str>,
    },
    Status {
        words: &'a str,
        phase: Option<&'a str>,
    },
    Day {
        day: Option<Day>,
        only_planned: bool,
    },
    End(End),
    Latest(Option<&'a Release>),
}

impl<'a> Cell<'a> {
    pub(super) fn of(board: &Board, row: &'a Row, column: &Column) -> Self {
        let train = row.train();
        match column {
            Column::Version => Self::Version {
                label: &train.label,
                codename: train.codename.as_deref(),
                badge: train.badge.as_deref(),
            },
            Column::Status => Self::Status {
                words: words::status(row),
                phase: words::phase_beside_status(row),
            },
            Column::Branch => Self::plain(row.branch().day()),
            Column::Release => Self::Day {
                day: row.release().day(),
                only_planned: board.keeps_records() && row.release_is_only_planned(),
            },
            Column::Phase(name) => {
                let phase = train.phases.iter().find(|phase| *phase.name == **name);
                Self::plain(phase.and_then(|phase| phase.from))
            }
            Column::End => Self::End(row.end()),
            Column::Latest => Self::Latest(row.latest()),
        }
    }

    fn plain(day: Option<Day>) -> Self {
        Self::Day {
            day,
            only_planned: false,
        }
    }

    /// As plain text; `mark` is put behind a day that has come and was not
    /// recorded.
    pub(super) fn text(&self, mark: &str) -> String {
        match self {
            Self::Version {
                label,
                codename,
                badge,
            } => {
                let beside = [*codename, *badge].into_iter().flatten();
                beside.fold((*label).to_owned(), |text, more| text + " " + more)
            }
            Self::Status {
                words,
                phase: Some(phase),
            } => format!("{words}, {phase}"),
            Self::Status { words, phase: None } => (*words).to_owned(),
            Self::Day { day, only_planned } => {
                words::day_or_dash(*day) + if *only_planned { mark } else { "" }
            }
            Self::End(end) => words::end_in_short(*end),
            Self::Latest(release) => {
                release.map_or_else(|| "–".to_owned(), |release| release.version.to_string())
            }
        }
    }
}
