//! All projects of a site at a glance: a line for each.

use super::grid::{Grid, Group, Line, nothing};
use super::prose::{Piece, name, through, words};
use super::words;
use crate::schedule::{Board, Boards, Day, End, ProjectBoard, Row};

const COLUMNS: &[&str] = &["Project", "Current", "LTS", "Next", "Next end"];

/// Where the page of a project is, if it has one.
pub type PageOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The projects as one block of HTML, sorted by category and name.
pub fn html(boards: &Boards, page: PageOf<'_>) -> String {
    grid(boards, page).html()
}

/// The projects as Markdown.
pub fn markdown(boards: &Boards, page: PageOf<'_>) -> String {
    grid(boards, page).markdown()
}

fn grid(boards: &Boards, page: PageOf<'_>) -> Grid {
    let mut projects: Vec<_> = boards.iter().collect();
    projects.sort_by_cached_key(|project| order(project));
    let same = |a: &&ProjectBoard, b: &&ProjectBoard| category(a) == category(b);
    let groups = projects.chunk_by(same).map(|group| Group {
        title: category(group[0]).to_owned(),
        lines: group.iter().map(|project| line(project, page)).collect(),
    });
    let count = match projects.len() {
        1 => "1 project".to_owned(),
        count => format!("{count} projects"),
    };
    let holds = boards.period().map(words::period).unwrap_or_default();
    let mut groups: Vec<_> = groups.collect();
    if let [.., last] = &mut groups[..]
        && last.title.is_empty()
        && projects.len() > last.lines.len()
    {
        "Others".clone_into(&mut last.title);
    }
    Grid {
        caption: format!("{count} {holds}").trim_end().to_owned() + ".",
        columns: COLUMNS,
        groups,
    }
}

fn category(project: &ProjectBoard) -> &str {
    let category = project.board.project().category.as_ref();
    category.map_or("", |category| category)
}

/// By category, those without one last, and then by name.
fn order(project: &ProjectBoard) -> (bool, String, String) {
    let category = category(project);
    let name = &project.board.project().name;
    (
        category.is_empty(),
        category.to_lowercase(),
        name.to_lowercase(),
    )
}

fn line(project: &ProjectBoard, page: PageOf<'_>) -> Line {
    let board = &project.board;
    let label = |row: &Row| vec![Piece::Words(row.train().label.to_string())];
    Line {
        status: "project",
        cells: vec![
            vec![name(&board.project().name, page(project.id()))],
            board.current().map_or_else(nothing, current),
            board.lts().map_or_else(nothing, label),
            board.next().map_or_else(nothing, next),
            next_end(board).unwrap_or_else(nothing),
        ],
    }
}

fn current(row: &Row) -> Vec<Piece> {
    let label = row.train().label.to_string();
    let latest = row.latest().map(|release| release.version.as_str());
    let latest = latest.filter(|latest| *latest != label);
    let latest = latest.map(|latest| Piece::Aside(format!("latest {latest}")));
    [words(label)].into_iter().chain(latest).collect()
}

fn next(row: &Row) -> Vec<Piece> {
    let mut cell = vec![words(row.train().label.to_string())];
    if let Some(day) = row.release().day() {
        cell.extend([words(", "), Piece::Short(day)]);
    }
    cell
}

/// Whose support ends first, and when.
fn next_end(board: &Board) -> Option<Vec<Piece>> {
    let ends = board
        .supported()
        .filter_map(|row| Some((row.end().day()?, row)));
    let (day, row): (Day, _) = ends.min_by_key(|(day, _)| *day)?;
    let label = words(row.train().label.to_string());
    Some(match row.end() {
        End::Month(month) => vec![label, words(format!(" into {}", month.in_short()))],
        _ => vec![label, words(through(board.end_day())), Piece::Short(day)],
    })
}
