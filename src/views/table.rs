//! The table of supported versions: one row a train.

use super::fit::Place;
use super::grid::{Grid, Group, Head, Line, or_dash};
use super::prose::{Piece, Sentence, words};
use super::words;
use crate::schedule::{Board, Choice, ColumnRule, Level, MilestoneName, Row, choice};

/// The names of all columns of a board, as markers and the command line have
/// them.
pub fn columns(board: &Board) -> Vec<&str> {
    let known = Column::ALL.iter().map(|(name, _)| *name);
    known
        .chain(board.milestones().map(|name| &*name.id))
        .chain(board.columns().iter().map(|column| &*column.id))
        .collect()
}

/// The names of the columns that were asked for, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Option<Vec<String>>);

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

/// A column of a board's table, with its title.
enum Titled<'a> {
    Column(Column, &'a str),
    Milestone(&'a MilestoneName),
    Own(&'a ColumnRule),
}

/// A name that is none of [`columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownColumn<'a>(pub &'a str);

impl Columns {
    /// Reads `version,status,end`. The version always comes first, for it
    /// heads its row.
    pub fn parse(text: &str) -> Self {
        let mut columns = vec![Column::Version.as_str().to_owned()];
        for name in text.split(',').map(str::trim) {
            if !columns.iter().any(|known| known == name) {
                columns.push(name.to_owned());
            }
        }
        Self(Some(columns))
    }

    /// Finds out whether a board has all of them.
    ///
    /// # Errors
    ///
    /// The first name that no column has.
    pub fn check(&self, board: &Board) -> Result<(), UnknownColumn<'_>> {
        let known = columns(board);
        let mut asked = self.0.iter().flatten();
        match asked.find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(UnknownColumn(name)),
            None => Ok(()),
        }
    }

    /// The columns of a board's table: those asked for, else all that any of
    /// its trains fills.
    fn of<'a>(&self, board: &'a Board) -> Vec<Titled<'a>> {
        let all = Column::ALL.iter();
        let Some(names) = &self.0 else {
            let filled = all.filter(|(_, column)| column.is_filled(board));
            let filled = filled.flat_map(|(_, column)| column.titled(board));
            return filled
                .chain(board.columns().iter().map(Titled::Own))
                .collect();
        };
        let of = |name: &String| {
            if let Some((_, column)) = all.clone().find(|(known, _)| known == name) {
                return column.titled(board);
            }
            let milestones = board.milestones().filter(|other| *other.id == **name);
            let own = board.columns().iter().filter(|own| *own.id == **name);
            milestones
                .map(Titled::Milestone)
                .chain(own.map(Titled::Own))
                .collect()
        };
        names.iter().flat_map(of).collect()
    }
}

/// The table as one block of HTML. Where it would not fit, its style sheet makes
/// a card of each line, and leaves a table what it is to a screen reader.
pub fn html(board: &Board, columns: &Columns, place: Place) -> String {
    grid(board, columns).html_in(place)
}

/// The table as Markdown, with its caption as a line below.
pub fn markdown(board: &Board, columns: &Columns) -> String {
    grid(board, columns).markdown(" --- |")
}

/// The table as text in columns, with the project's name above. With `bold`,
/// supported rows are wrapped in the escape sequences of a terminal.
pub fn text(board: &Board, columns: &Columns, bold: bool) -> String {
    let mut text = format!("{}\n", words::table_name(board.project()));
    text.push_str(&grid(board, columns).text(bold));
    for skipped in board.skipped() {
        text.extend(["\n", &skipped.label, " is skipped: ", &skipped.reason, "\n"]);
    }
    text
}

fn grid(board: &Board, columns: &Columns) -> Grid {
    let columns = columns.of(board);
    let line = |row: &Row| Line {
        status: row.status().as_str(),
        level: level(row),
        is_strong: row.is_supported(),
        cells: columns
            .iter()
            .map(|column| column.cell(board, row))
            .collect(),
    };
    let [rows, ended] = board.in_groups();
    let heads = columns.iter().map(Titled::head);
    Grid {
        name: words::table_name(board.project()),
        heads: heads.collect(),
        folded: Group {
            title: words::ended_trains(ended.len()),
            lines: ended.into_iter().map(line).collect(),
        },
        notes: notes(board),
        ..Grid::new(
            words::caption(board),
            &[],
            rows.into_iter().map(line).collect(),
        )
    }
}

/// The level of ordinary support, where it is another than that of most trains.
fn level(row: &Row) -> &'static str {
    match row.phase().map(|phase| phase.level) {
        Some(level @ (Level::Lts | Level::Maintenance)) if row.is_supported() => level.as_str(),
        _ => "",
    }
}

impl Titled<'_> {
    fn head(&self) -> Head {
        match self {
            Self::Column(column, title) => column.head(title),
            Self::Milestone(name) => Head {
                title: name.name.to_string(),
                class: "day",
                is_strong: false,
            },
            Self::Own(column) => Head {
                title: column.title.to_string(),
                class: "",
                is_strong: false,
            },
        }
    }

    fn cell(&self, board: &Board, row: &Row) -> Sentence {
        match self {
            Self::Column(column, title) => column.cell(board, row, title),
            Self::Milestone(name) => or_dash(row.train().milestone(&name.id).map(Piece::Short)),
            Self::Own(column) => {
                let mut fields = row.train().fields.iter();
                let field = fields.find(|field| field.id == column.id);
                or_dash(field.map(|field| words(field.text.to_string())))
            }
        }
    }
}

impl Column {
    fn titled(self, board: &Board) -> Vec<Titled<'_>> {
        let titles = self.titles(board).into_iter();
        titles.map(|title| Titled::Column(self, title)).collect()
    }

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
            is_strong: matches!(self, Self::Version | Self::Status | Self::End),
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
    if row.train().rolling {
        return or_dash(None);
    }
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
        cell.push(Piece::Below("extended", end));
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
