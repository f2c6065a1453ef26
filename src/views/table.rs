//! The table of supported versions: one row a train.

use super::grid::{Grid, Head, Line, or_dash};
use super::prose::{Piece, Sentence, words};
use super::words;
use crate::schedule::{Board, Choice, Level, Row, choice};

/// The names of all columns, as markers and the command line have them.
pub fn columns() -> Vec<&'static str> {
    Column::ALL.iter().map(|(name, _)| *name).collect()
}

/// The columns that were asked for, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Option<Vec<Column>>);

choice! {
    /// A column, or several of one kind.
    Column {
        /// The label of the train.
        Version = "version",
        /// Its status and its phase.
        Status = "status",
        /// The day its branch is cut.
        Branch = "branch",
        /// The day of its release.
        Release = "release",
        /// A column for each phase that follows another, with its first day.
        Phases = "phases",
        /// The end of its support.
        End = "end",
        /// Its latest release.
        Latest = "latest",
    }
}

/// A name that is none of [`columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownColumn<'a>(pub &'a str);

impl Columns {
    /// Reads `version,status,end`. The version always comes first, for it
    /// heads its row.
    ///
    /// # Errors
    ///
    /// The first name that no column has.
    pub fn parse(text: &str) -> Result<Self, UnknownColumn<'_>> {
        let mut columns = vec![Column::Version];
        for name in text.split(',').map(str::trim) {
            let known = Column::ALL.iter().find(|(known, _)| *known == name);
            let (_, column) = known.ok_or(UnknownColumn(name))?;
            if !columns.contains(column) {
                columns.push(*column);
            }
        }
        Ok(Self(Some(columns)))
    }

    /// The columns of a board's table, with their titles: those asked for,
    /// else all that any of its trains fills.
    fn of<'a>(&self, board: &'a Board) -> Vec<(Column, &'a str)> {
        let all = Column::ALL.iter().map(|(_, column)| *column);
        let filled = || all.filter(|column| column.is_filled(board)).collect();
        let columns = self.0.clone().unwrap_or_else(filled).into_iter();
        let titled = |column: Column| {
            let titles = column.titles(board).into_iter();
            titles.map(move |title| (column, title))
        };
        columns.flat_map(titled).collect()
    }
}

/// The table as one block of HTML. On a narrow page its style sheet folds the
/// other columns under the first, and leaves a table what it is to a screen
/// reader.
pub fn html(board: &Board, columns: &Columns) -> String {
    grid(board, columns).html()
}

/// The table as Markdown, with its caption as a line below.
pub fn markdown(board: &Board, columns: &Columns) -> String {
    grid(board, columns).markdown(" --- |")
}

/// The table as text in columns. With `bold`, supported rows are wrapped in
/// the escape sequences of a terminal.
pub fn text(board: &Board, columns: &Columns, bold: bool) -> String {
    let mut text = grid(board, columns).text(bold);
    for skipped in board.skipped() {
        text.extend(["\n", &skipped.label, " is skipped: ", &skipped.reason, "\n"]);
    }
    text
}

fn grid(board: &Board, columns: &Columns) -> Grid {
    let columns = columns.of(board);
    let line = |row: &Row| Line {
        status: row.status().as_str(),
        is_strong: row.is_supported(),
        cells: columns
            .iter()
            .map(|(column, title)| column.cell(board, row, title))
            .collect(),
    };
    let lines = board.trains().map(line).collect();
    let heads = columns.iter().map(|(column, title)| column.head(title));
    Grid {
        heads: heads.collect(),
        notes: notes(board),
        ..Grid::new(words::caption(board), &[], lines)
    }
}

impl Column {
    fn is_filled(self, board: &Board) -> bool {
        match self {
            Self::Branch => board.has_branches(),
            Self::Latest => board.trains().any(|row| row.latest().is_some()),
            Self::Version | Self::Status | Self::Release | Self::Phases | Self::End => true,
        }
    }

    fn titles(self, board: &Board) -> Vec<&str> {
        match self {
            Self::Version => vec!["Version"],
            Self::Status => vec!["Status"],
            Self::Branch => vec!["Branch"],
            Self::Release => vec!["Release"],
            Self::Phases => later_phases(board),
            Self::End => vec!["End"],
            Self::Latest => vec!["Latest"],
        }
    }

    fn head(self, title: &str) -> Head {
        let class = match self {
            Self::Branch | Self::Phases | Self::Release => "day",
            Self::Version | Self::Status | Self::End | Self::Latest => self.as_str(),
        };
        Head {
            title: title.to_owned(),
            class,
            is_strong: self != Self::Latest,
        }
    }

    fn cell(self, board: &Board, row: &Row, title: &str) -> Sentence {
        match self {
            Self::Version => version(row),
            Self::Status => {
                let phase = words::phase_beside_status(row);
                let phase = phase.map(|phase| Piece::Phase(phase.to_owned()));
                [words(words::status(row))]
                    .into_iter()
                    .chain(phase)
                    .collect()
            }
            Self::Branch => or_dash(row.branch().when().map(Piece::Short)),
            Self::Release => {
                let mut cell = or_dash(row.release().when().map(Piece::Short));
                if board.has_facts() && row.is_by_plan() {
                    cell.push(Piece::Mark(words::BY_PLAN));
                }
                cell
            }
            Self::Phases => {
                let mut phases = row.train().phases.iter();
                let phase = phases.find(|phase| *phase.name == *title);
                or_dash(phase.and_then(|phase| phase.from).map(Piece::Short))
            }
            Self::End => end(row),
            Self::Latest => or_dash(row.latest().map(|release| {
                let text = release.version.to_string();
                match release.link.as_deref() {
                    Some(to) => Piece::source(text, to),
                    None => words(text),
                }
            })),
        }
    }
}

/// The end of ordinary support, with that of extended support below it.
fn end(row: &Row) -> Sentence {
    let mut cell = match (row.is_waiting_for(), row.support_end().when()) {
        (Some(other), _) => vec![words(format!("when {} is out", other.label))],
        (None, Some(when)) => vec![Piece::Short(when)],
        (None, None) => vec![words(words::end_in_short(row.support_end()))],
    };
    if row.waits_for().is_some() && row.is_waiting_for().is_none() {
        cell.push(Piece::Mark("planned"));
    }
    if words::has_extended(row) {
        let end = words::end_in_short(row.end());
        cell.push(Piece::Below(format!("extended: {end}")));
    }
    cell
}

fn version(row: &Row) -> Sentence {
    let train = row.train();
    let name = Piece::Name(train.label.to_string());
    let codename = train.codename.as_ref().map(ToString::to_string);
    let badge = train.badge.as_ref().map(ToString::to_string);
    let beside = [codename.map(Piece::Codename), badge.map(Piece::Badge)];
    [Some(name)].into_iter().chain(beside).flatten().collect()
}

/// The names of the phases that follow another, in the order of time.
fn later_phases(board: &Board) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for row in board.trains() {
        let mut after = 0;
        let phases = row.train().phases.iter();
        let supported = phases.filter(|phase| phase.level != Level::Pre);
        for name in supported.skip(1).map(|phase| &*phase.name) {
            if let Some(place) = names.iter().position(|other| *other == name) {
                after = place + 1;
            } else {
                names.insert(after, name);
                after += 1;
            }
        }
    }
    names
}

/// What `planned` means, and why trains are skipped or differ from the rule.
fn notes(board: &Board) -> Vec<Sentence> {
    let is_planned = board.has_facts() && board.trains().any(Row::is_by_plan);
    let planned = "By plan: the day has come, and the release is not recorded.";
    let planned = is_planned.then(|| vec![words(planned)]);
    let trains = board.trains().map(Row::train);
    let trains = trains.filter_map(|train| {
        let text = train.note.as_ref()?;
        Some(note(&train.label, text, train.link.as_deref()))
    });
    let skipped = board.skipped().iter().map(|skipped| {
        let reason = format!("skipped: {}", skipped.reason);
        note(&skipped.label, &reason, skipped.link.as_deref())
    });
    planned.into_iter().chain(trains).chain(skipped).collect()
}

fn note(label: &str, text: &str, link: Option<&str>) -> Sentence {
    let mut note = vec![Piece::Train(label.to_owned()), words(format!(" {text}"))];
    if let Some(link) = link {
        let more = Piece::source(format!("more about {label}"), link);
        note.extend([words(" ("), more, words(")")]);
    }
    note
}
