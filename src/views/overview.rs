//! All projects of a site at a glance: what ends next, and a line for each.

use std::collections::HashSet;
use std::fmt::Write;

use super::escape;
use super::fit::{Fit, Place};
use super::grid::{Grid, Group, Line, or_dash};
use super::prose::{self, Piece, Sentence, name, words};
use super::words::{self, Style};
use crate::schedule::{Board, Boards, Id, Length, ProjectBoard, Row, When};

const TITLES: &[&str] = &["Project", "Current", "LTS", "Next", "Next end"];

/// So long after the first end, other ends are soon, too.
const SOON: Length = Length::months(3);

/// So many ends are named.
const MOST: usize = 8;

/// Where the page of a project is, if it has one.
pub type PageOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The projects of one category.
pub(crate) struct Category<'a> {
    /// Empty where no project has a category.
    pub(crate) title: String,
    /// The id of its heading.
    pub(crate) anchor: String,
    /// Sorted by name.
    pub(crate) projects: Vec<&'a ProjectBoard>,
}

/// All projects by category, those without one last.
pub(crate) fn categories(boards: &Boards) -> Vec<Category<'_>> {
    let mut projects: Vec<_> = boards.iter().collect();
    projects.sort_by_cached_key(|project| order(project));
    let same = |a: &&ProjectBoard, b: &&ProjectBoard| category(a) == category(b);
    let mut taken = HashSet::new();
    let categories = projects.chunk_by(same).map(|group| {
        let title = match category(group[0]) {
            "" if group.len() < projects.len() => "Others",
            category => category,
        };
        let mut anchor = format!("category-{}", Id::of_name(title));
        while !taken.insert(anchor.clone()) {
            anchor.push('_');
        }
        Category {
            title: title.to_owned(),
            anchor,
            projects: group.to_vec(),
        }
    });
    categories.collect()
}

/// The projects as one block of HTML: what ends next, the ways to the
/// categories, and for each of them a heading and a table.
pub fn html(boards: &Boards, page: PageOf<'_>) -> String {
    let categories = categories(boards);
    let grid = grid(boards, &categories, page);
    let lead = [vec![words(&*grid.caption)], ends_next(boards, page)];
    let lead: Vec<_> = lead.into_iter().filter(|said| !said.is_empty()).collect();
    let mut html = format!("<div class=\"tb-overview\">\n{}", prose::html(&lead));
    if categories.len() > 1 {
        html.push_str(&jumps(&categories));
    }
    let fit = Fit::of(&grid, Place::Book);
    for (category, group) in categories.iter().zip(&grid.groups) {
        if !category.title.is_empty() {
            html.push_str(&heading(category));
        }
        html.push_str(&grid.group_html(group, fit, "Projects"));
    }
    html.push_str("</div>\n");
    html
}

/// The projects as Markdown.
pub fn markdown(boards: &Boards, page: PageOf<'_>) -> String {
    let table = grid(boards, &categories(boards), page).markdown("---|");
    match ends_next(boards, page) {
        ends if ends.is_empty() => table,
        ends => format!("{}\n{table}", prose::markdown(&[ends])),
    }
}

fn grid(boards: &Boards, categories: &[Category<'_>], page: PageOf<'_>) -> Grid {
    let groups = categories.iter().map(|category| Group {
        title: category.title.clone(),
        lines: category
            .projects
            .iter()
            .map(|project| line(project, page))
            .collect(),
    });
    let count = words::counted(boards.iter().len(), "project");
    let holds = boards.period_of_projects().map(words::period);
    let holds = holds.filter(|holds| !holds.is_empty());
    let holds = holds.map_or_else(String::new, |holds| format!(" Holds {holds}."));
    let mut grid = Grid {
        groups: groups.collect(),
        ..Grid::new(format!("{count}.{holds}"), TITLES, Vec::new())
    };
    grid.leave_out_empty_columns();
    grid
}

/// A link to each heading, with how many projects it has.
fn jumps(categories: &[Category<'_>]) -> String {
    let mut html = String::from("<ul class=\"tb-jumps\">\n");
    for category in categories {
        let (anchor, title) = (&category.anchor, escape::Html(&category.title));
        let count = category.projects.len();
        let _ = writeln!(
            html,
            "<li><a href=\"#{anchor}\">{title}</a> <span>{count}</span></li>"
        );
    }
    html.push_str("</ul>\n");
    html
}

fn heading(category: &Category<'_>) -> String {
    let (anchor, title) = (&category.anchor, escape::Html(&category.title));
    format!("<h2 id=\"{anchor}\">{title}</h2>\n")
}

fn category(project: &ProjectBoard) -> &str {
    let category = project.board.project().category.as_ref();
    category.map_or("", |category| category)
}

/// By category, those without one last, and then by name.
fn order(project: &ProjectBoard) -> (bool, String, String, String) {
    let category = category(project);
    let name = &project.board.project().name;
    (
        category.is_empty(),
        category.to_lowercase(),
        category.to_owned(),
        name.to_lowercase(),
    )
}

/// Whose support ends next of all, and what ends soon after it. What is soon
/// is counted from that end, which is the same on every day until it comes.
fn ends_next(boards: &Boards, page: PageOf<'_>) -> Sentence {
    let mut ends: Vec<_> = boards.iter().flat_map(ends).collect();
    ends.sort_by_key(|(day, _, _)| day.last_day());
    let last = ends.first().and_then(|(first, ..)| first.after(SOON));
    let Some(last) = last.map(When::last_day) else {
        return Sentence::new();
    };
    ends.retain(|(day, _, _)| day.last_day() <= last);
    let more = ends.len().saturating_sub(MOST);
    let named: Vec<_> = ends.into_iter().take(MOST).collect();
    let mut sentence = vec![words("Support ends next: ")];
    for (n, (day, project, row)) in named.iter().enumerate() {
        let label = words::full_name(project.board.project(), row.train());
        let until = words::until(row, project.board.end_day(), Style::Short);
        let next = named.get(n + 1);
        sentence.push(name(&label, page(project.id())));
        // Several that end on one day say it once.
        if next.is_none_or(|(next, other, _)| {
            (next, other.board.end_day()) != (day, project.board.end_day())
        }) {
            sentence.extend(until);
        }
        sentence.extend(next.map(|_| words(", ")));
    }
    sentence.push(match more {
        0 => words("."),
        more => words(format!("; and {more} more until {}.", last.in_words())),
    });
    sentence
}

/// The ends of ordinary support that are ahead and known.
fn ends(project: &ProjectBoard) -> impl Iterator<Item = (When, &ProjectBoard, &Row)> {
    let rows = project.board.supported();
    let rows = rows.filter(|row| row.is_waiting_for().is_none());
    rows.filter_map(move |row| Some((row.support_end().when()?, project, row)))
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
