//! All projects of a site at a glance: a line for each.

use super::grid::{Grid, Group, Line, or_dash};
use super::prose::{Piece, Sentence, name, words};
use super::words::{self, Style};
use crate::schedule::{Board, Boards, ProjectBoard, Row};

const TITLES: &[&str] = &["Project", "Current", "LTS", "Next", "Next end"];

/// Where the page of a project is, if it has one.
pub type PageOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The projects as one block of HTML, sorted by category and name.
pub fn html(boards: &Boards, page: PageOf<'_>) -> String {
    grid(boards, page).html()
}

/// The projects as Markdown.
pub fn markdown(boards: &Boards, page: PageOf<'_>) -> String {
    grid(boards, page).markdown("---|")
}

fn grid(boards: &Boards, page: PageOf<'_>) -> Grid {
    let mut projects: Vec<_> = boards.iter().collect();
    projects.sort_by_cached_key(|project| order(project));
    let same = |a: &&ProjectBoard, b: &&ProjectBoard| category(a) == category(b);
    let groups = projects.chunk_by(same).map(|group| Group {
        title: match category(group[0]) {
            "" if group.len() < projects.len() => "Others".to_owned(),
            category => category.to_owned(),
        },
        lines: group.iter().map(|project| line(project, page)).collect(),
    });
    let count = words::counted(projects.len(), "project");
    let holds = boards
        .period_of_projects()
        .map(words::period)
        .unwrap_or_default();
    let caption = format!("{count} {holds}").trim_end().to_owned() + ".";
    Grid {
        groups: groups.collect(),
        ..Grid::new(caption, TITLES, Vec::new())
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
    let none = || or_dash(None);
    let label = |row: &Row| vec![words(row.train().label.to_string())];
    Line {
        status: "project",
        cells: vec![
            vec![name(&board.project().name, page(project.id()))],
            board.current().map_or_else(none, current),
            board.lts().map_or_else(none, label),
            board.next().map_or_else(none, next),
            next_end(board).unwrap_or_else(none),
        ],
        ..Line::default()
    }
}

fn current(row: &Row) -> Sentence {
    let label = row.train().label.to_string();
    let latest = row.latest().map(|release| release.version.as_str());
    let latest = latest.filter(|latest| *latest != label);
    let latest = latest.map(|latest| Piece::Aside(format!("latest {latest}")));
    [words(label)].into_iter().chain(latest).collect()
}

fn next(row: &Row) -> Sentence {
    let mut cell = vec![words(row.train().label.to_string())];
    if let Some(when) = row.release().when() {
        cell.extend([words(", "), Piece::Short(when)]);
    }
    cell
}

/// Whose support ends first, and when.
fn next_end(board: &Board) -> Option<Sentence> {
    let ends = board.supported();
    let ends = ends.filter_map(|row| Some((row.support_end().when()?, row)));
    let (_, row) = ends.min_by_key(|(day, _)| *day)?;
    let mut cell = vec![words(row.train().label.to_string())];
    cell.extend(words::until(row, board.end_day(), Style::Short));
    Some(cell)
}
