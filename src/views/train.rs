//! One train: where it stands, its milestones, its releases; and the list of
//! all trains.

use super::grid::{Grid, Line, nothing};
use super::prose::{self, Piece, Sentence, name, words};
use super::words;
use crate::schedule::{
    Day, End, EndDay, Milestone, ProjectBoard, Release, Row, Status, Train, TrainBoard,
};

/// Where the page of a train is, if it has one.
pub type PageOf<'a> = &'a dyn Fn(&Train) -> Option<String>;

/// The train as one block of HTML.
pub fn html(board: &TrainBoard, page: PageOf<'_>) -> String {
    let sentences = prose::html(&sentences(board));
    let releases = releases(board).map(|grid| grid.html());
    let neighbours = neighbours(board, page).map(|sentence| prose::html(&[sentence]));
    format!(
        "<div class=\"tb-train\">\n<div class=\"tb-summary\">\n{sentences}</div>\n{}{}{}</div>\n",
        milestones(board)
            .map(|grid| grid.html())
            .unwrap_or_default(),
        releases.unwrap_or_default(),
        neighbours.unwrap_or_default(),
    )
}

/// All trains of a project as one block of HTML, the newest first.
pub fn list_html(project: &ProjectBoard, page: PageOf<'_>) -> String {
    list(project, page).html()
}

/// All trains of a project as Markdown.
pub fn list_markdown(project: &ProjectBoard, page: PageOf<'_>) -> String {
    list(project, page).markdown()
}

fn list(project: &ProjectBoard, page: PageOf<'_>) -> Grid {
    let lines = project.trains.iter().rev().map(|board| {
        let (row, train) = (board.row(), board.row().train());
        let badge = train
            .badge
            .as_deref()
            .map(|text| Piece::Badge(text.to_owned()));
        let version = name(&train.label, page(train));
        let leaves = train.skip.is_none();
        let release = row.release().day().filter(|_| leaves);
        let end = leaves.then(|| vec![words(words::end_in_short(row.end()))]);
        Line {
            status: look(row),
            cells: vec![
                [version].into_iter().chain(badge).collect(),
                vec![words(status(row))],
                release.map_or_else(nothing, short),
                end.unwrap_or_else(nothing),
            ],
        }
    });
    let caption = words::caption(&project.whole);
    Grid::new(
        caption,
        &["Version", "Status", "Release", "End"],
        lines.collect(),
    )
}

fn short(day: Day) -> Vec<Piece> {
    vec![Piece::Short(day)]
}

fn look(row: &Row) -> &'static str {
    match row.train().skip {
        Some(_) => "ended",
        None => row.status().as_str(),
    }
}

fn status(row: &Row) -> &str {
    match row.train().skip {
        Some(_) => "Skipped",
        None => words::status(row),
    }
}

/// Where it stands, and what comes next.
fn sentences(board: &TrainBoard) -> Vec<Sentence> {
    let (row, train) = (board.row(), board.row().train());
    let whose = format!("{} {}", board.project().name, train.label);
    let mut first = vec![Piece::Train(whose)];
    if let Some(reason) = &train.skip {
        let reason = reason.trim_end_matches('.');
        first.push(words(format!(" is skipped: {reason}.")));
        if let Some(day) = row.release().day() {
            first.extend([words(" It was planned for "), Piece::Day(day), words(".")]);
        }
        return vec![first];
    }
    first.extend(standing(row, board.project().end_day));
    let mut sentences = vec![first];
    sentences.extend(coming(board));
    if let Some(note) = &train.note {
        sentences.push(vec![words(format!("{}.", note.trim_end_matches('.')))]);
    }
    sentences
}

fn standing(row: &Row, meaning: EndDay) -> Sentence {
    match row.status() {
        Status::Planned => vec![words(" is planned.")],
        Status::Stabilising => {
            let phase = row.phase_name().unwrap_or("Stabilising").to_lowercase();
            match row.release().day() {
                None => vec![words(format!(" is not released; it is {phase}."))],
                Some(day) => vec![
                    words(format!(" is not released; it is {phase}, and due on ")),
                    Piece::Day(day),
                    words("."),
                ],
            }
        }
        Status::Supported => {
            let mut sentence = vec![words(" is supported")];
            sentence.extend(prose::until(row.end(), meaning));
            sentence.extend(row.latest().into_iter().flat_map(|release| {
                let version = release.version.to_string();
                [words("; its latest release is "), words(version)]
            }));
            sentence.push(words("."));
            sentence
        }
        Status::Ended => match row.end() {
            End::Day(day) => vec![
                words(" is no longer supported; its support ended on "),
                Piece::Day(day),
                words("."),
            ],
            End::Month(month) => vec![words(format!(
                " is no longer supported; its support ended in {}.",
                month.in_words()
            ))],
            End::Open | End::Unknown => vec![words(" is no longer supported.")],
        },
    }
}

/// The next day on which something about it changes, and what.
fn coming(board: &TrainBoard) -> Option<Sentence> {
    let day = board.period().next_change?;
    let (events, row) = (events(board), board.row());
    let events = events.iter().filter(|event| event.day == Some(day));
    let later = row
        .train()
        .releases
        .iter()
        .filter(|release| release.date == day && row.release().day() != Some(day));
    let later = later.map(|release| format!("{} is released", release.version));
    let what: Vec<_> = events
        .map(|event| event.verb.clone())
        .chain(later)
        .collect();
    let what = match &what[..] {
        [] => "its page changes".to_owned(),
        _ => words::list(&what),
    };
    Some(vec![
        words("Next, on "),
        Piece::Day(day),
        words(format!(": {what}.")),
    ])
}

/// A day in the life of a train.
struct Event {
    /// As a line of a table names it.
    title: String,
    /// As a sentence says it.
    verb: String,
    /// First day on which it holds.
    day: Option<Day>,
    milestone: Milestone,
}

fn events(board: &TrainBoard) -> Vec<Event> {
    let row = board.row();
    let mut events = Vec::new();
    if row.branch().day().is_some() {
        events.push(event("Branch", "its branch is cut", row.branch()));
    }
    events.push(event("Release", "it is released", row.release()));
    for (phase, from) in words::later_phases(row) {
        let milestone = Milestone {
            planned: Some(from),
            recorded: None,
        };
        events.push(event(
            &phase.name,
            &format!("{} begins", phase.name),
            milestone,
        ));
    }
    events.sort_by_key(|event| event.day);
    events.push(end(row, board.project().end_day));
    events
}

fn event(title: &str, verb: &str, milestone: Milestone) -> Event {
    Event {
        title: title.to_owned(),
        verb: verb.to_owned(),
        day: milestone.day(),
        milestone,
    }
}

fn end(row: &Row, meaning: EndDay) -> Event {
    let milestone = Milestone {
        planned: row.end().day(),
        recorded: row.recorded_end(),
    };
    let title = match meaning {
        EndDay::Unsupported => "End",
        EndDay::Supported => "Last day",
    };
    Event {
        day: words::first_day_without(row.end(), meaning),
        ..event(title, "its support is over", milestone)
    }
}

fn milestones(board: &TrainBoard) -> Option<Grid> {
    if board.row().train().skip.is_some() {
        return None;
    }
    let events = events(board);
    let last = events.len() - 1;
    let lines = events.iter().enumerate().map(|(n, event)| {
        let end = board.row().end();
        let day = match (n == last, event.milestone.day()) {
            (true, _) if !matches!(end, End::Day(_)) => vec![words(words::end_in_short(end))],
            (_, Some(day)) => vec![Piece::Short(day)],
            (_, None) => nothing(),
        };
        Line {
            status: "milestone",
            cells: vec![
                vec![words(&*event.title)],
                day,
                vec![words(beside_plan(board, event))],
            ],
        }
    });
    let holds = words::period(board.period());
    let caption = format!(
        "{} {}: milestones {holds}",
        board.project().name,
        board.row().train().label
    );
    let caption = caption.trim_end().to_owned() + ".";
    let columns = &["Milestone", "Day", "Plan and fact"];
    Some(Grid::new(caption, columns, lines.collect()))
}

/// How far the fact is from the plan.
fn beside_plan(board: &TrainBoard, event: &Event) -> String {
    let Milestone { planned, recorded } = event.milestone;
    let come = board.period().valid_from;
    let has_come = event
        .day
        .is_some_and(|day| come.is_some_and(|come| day <= come));
    match (planned, recorded) {
        (Some(planned), Some(recorded)) if planned == recorded => "as planned".to_owned(),
        (Some(planned), Some(recorded)) => {
            let late = recorded.number() - planned.number();
            let days = match late.abs() {
                1 => "1 day".to_owned(),
                days => format!("{days} days"),
            };
            let side = if late > 0 { "after" } else { "before" };
            format!("{days} {side} the plan of {}", planned.in_short())
        }
        (None, Some(_)) => "recorded".to_owned(),
        (Some(_), None) if has_come && event.title == "Release" && board.keeps_records() => {
            "planned, not recorded".to_owned()
        }
        (Some(_), None) if has_come => "as planned".to_owned(),
        (Some(_), None) => "planned".to_owned(),
        (None, None) => "not announced".to_owned(),
    }
}

fn releases(board: &TrainBoard) -> Option<Grid> {
    let row = board.row();
    let train = row.train();
    let lines: Vec<_> = train.releases.iter().rev().map(release).collect();
    let caption = format!("{} {}: releases.", board.project().name, train.label);
    (!lines.is_empty()).then(|| Grid::new(caption, &["Version", "Day", "Note"], lines))
}

fn release(release: &Release) -> Line {
    let link = release.link.as_deref().map(str::to_owned);
    let badges = [(release.security, "security"), (release.pre, "pre-release")];
    let badges = badges.into_iter().filter(|(is, _)| *is);
    let badges = badges.map(|(_, text)| Piece::Badge(text.to_owned()));
    let note = release.note.as_ref().map(ToString::to_string);
    Line {
        status: "release",
        cells: vec![
            [name(release.version.as_str(), link)]
                .into_iter()
                .chain(badges)
                .collect(),
            short(release.date),
            vec![words(note.unwrap_or_default())],
        ],
    }
}

/// The trains before it and after it.
fn neighbours(board: &TrainBoard, page: PageOf<'_>) -> Option<Sentence> {
    let named = |title: &str, train: Option<&Train>| {
        let train = train?;
        Some([words(format!("{title}: ")), name(&train.label, page(train))])
    };
    let before = named("Before it", board.previous());
    let after = named("After it", board.next());
    let between = before.is_some() && after.is_some();
    let between = between.then(|| words(" · "));
    let pieces = before.into_iter().flatten().chain(between);
    let sentence: Sentence = pieces.chain(after.into_iter().flatten()).collect();
    (!sentence.is_empty()).then_some(sentence)
}
