//! One train: where it stands, its milestones, its releases; and the list of
//! all trains.

use super::grid::{Grid, Line, or_dash};
use super::milestones::{self, MilestoneKind};
use super::prose::{self, Piece, Sentence, name, words};
use super::words::{self, Style};
use crate::schedule::{
    Day, Milestone, NamedMilestone, ProjectBoard, Release, Row, Status, Train, TrainBoard, When,
};

/// Where the page of a train is, if it has one.
pub type PageOf<'a> = &'a dyn Fn(&Train) -> Option<String>;

/// The train as one block of HTML.
pub fn html(board: &TrainBoard, page: PageOf<'_>) -> String {
    let sentences = prose::html(&sentences(board));
    let releases = releases(board).map(|grid| grid.html());
    let neighbours = neighbours(board, page).map(|sentence| prose::html(&[sentence]));
    let milestones = milestone_table(board).map(|grid| grid.html());
    let parts = [milestones, releases, neighbours].into_iter().flatten();
    let parts: String = parts.collect();
    format!(
        "<div class=\"tb-train\">\n<div class=\"tb-summary\">\n{sentences}</div>\n{parts}</div>\n"
    )
}

/// All trains of a project as one block of HTML, the newest first.
pub fn list_html(project: &ProjectBoard, page: PageOf<'_>) -> String {
    list(project, page).html()
}

/// All trains of a project as Markdown.
pub fn list_markdown(project: &ProjectBoard, page: PageOf<'_>) -> String {
    list(project, page).markdown("---|")
}

fn list(project: &ProjectBoard, page: PageOf<'_>) -> Grid {
    let lines = project.trains.iter().rev().map(|board| {
        let (row, train) = (board.row(), board.row().train());
        let badge = train.badge.as_ref().map(ToString::to_string);
        let version = name(&train.label, page(train));
        let leaves = train.skip.is_none();
        let release = row.release().when().filter(|_| leaves);
        let end = leaves.then(|| words(words::end_in_short(row.end())));
        Line {
            status: look(row),
            cells: vec![
                [version]
                    .into_iter()
                    .chain(badge.map(Piece::Badge))
                    .collect(),
                vec![words(status(row))],
                or_dash(release.map(Piece::Short)),
                or_dash(end),
            ],
            ..Line::default()
        }
    });
    let titles = ["Version", "Status", "Release", "End"];
    Grid::new(words::caption(&project.whole), &titles, lines.collect())
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
    let whose = words::full_name(board.project(), train);
    let mut first = vec![Piece::Train(whose)];
    if let Some(reason) = &train.skip {
        first.push(words(format!(" is skipped: {}", words::stopped(reason))));
        if let Some(when) = row.release().when() {
            first.extend([words(" It was planned for "), Piece::Date(when), words(".")]);
        }
        return vec![first];
    }
    first.extend(standing(board));
    let mut sentences = vec![first];
    sentences.extend(coming(board));
    sentences.extend(train.fields.iter().map(|field| {
        let text = words::stopped(&field.text);
        vec![words(format!("{}: {text}", field.title))]
    }));
    if let Some(note) = &train.note {
        sentences.push(vec![words(words::stopped(note))]);
    }
    sentences
}

/// What follows its name.
fn standing(board: &TrainBoard) -> Sentence {
    let (row, meaning) = (board.row(), board.project().end_day);
    let mut sentence = Sentence::new();
    match row.status() {
        _ if row.train().rolling => sentence.push(words(format!(" is {}", words::ROLLING))),
        Status::Planned => sentence.push(words(" is planned")),
        Status::Stabilising => {
            let now = row.phase().map_or_else(
                || words::STABILISING.to_lowercase(),
                |phase| format!("in the phase “{}”", phase.name),
            );
            sentence.push(words(format!(" is not released; it is {now}")));
            if let Some(when) = row.release().when() {
                sentence.push(words(", and due"));
                sentence.extend(words::on(when));
            }
        }
        Status::Due => {
            sentence.push(words(" is due"));
            let planned = row.release().planned.into_iter();
            sentence.extend(planned.flat_map(|when| words::since_plan(when, Style::Words)));
            sentence.push(words(", and not recorded"));
        }
        Status::Supported => {
            sentence.push(words(" is supported"));
            sentence.extend(words::by_plan(row, board.has_facts()));
            sentence.extend(words::until(row, meaning, Style::Words));
            sentence.extend(words::extended_until(row, meaning));
            sentence.extend(latest(row));
        }
        Status::Extended => {
            sentence.push(words(" has extended support only"));
            sentence.extend(words::until_end(row.end(), meaning, Style::Words));
            sentence.extend(latest(row));
        }
        Status::Ended => {
            sentence.push(words(" is no longer supported"));
            sentence.extend(words::ended(row.end()));
        }
    }
    sentence.push(words("."));
    sentence
}

fn latest(row: &Row) -> Option<Piece> {
    let latest = &row.latest()?.version;
    Some(words(format!("; its latest release is {latest}")))
}

/// The next day on which something about it changes, and what.
fn coming(board: &TrainBoard) -> Option<Sentence> {
    let day = board.period().next_change?;
    let (row, meaning) = (board.row(), board.project().end_day);
    let kinds = milestones::of_train(row).into_iter();
    let kinds = kinds.filter(|kind| kind.first_day(row, meaning) == Some(day));
    let releases = row.train().releases.iter();
    let later = releases.filter(|other| other.date == day && row.release().comes() != Some(day));
    let later = later.map(|release| format!("{} is released", release.version));
    let what: Vec<_> = kinds.map(sentence).chain(later).collect();
    let what = match &what[..] {
        [] => "its page changes".to_owned(),
        _ => words::list(&what),
    };
    Some(vec![
        words("Next, on "),
        Piece::date(day),
        words(format!(": {what}.")),
    ])
}

/// As a sentence says it, without its stop.
fn sentence(kind: MilestoneKind<'_>) -> String {
    match kind {
        MilestoneKind::Branch => "its branch is cut".to_owned(),
        MilestoneKind::Release => "it is released".to_owned(),
        MilestoneKind::Phase(phase, _) => words::phase_begins(&phase.name),
        MilestoneKind::Named(named) => words::milestone(named, ""),
        MilestoneKind::Patch(_) => "a patch release is planned".to_owned(),
        MilestoneKind::OfPatch(_, named) => words::milestone(named, " of its next patch release"),
        MilestoneKind::End => "its support is over".to_owned(),
    }
}

/// Its day, as precisely as it is known.
fn day(kind: MilestoneKind<'_>, row: &Row) -> Sentence {
    match (kind, row.end().when()) {
        (MilestoneKind::End, None) => vec![words(words::end_in_short(row.end()))],
        (kind, _) => or_dash(kind.days(row).when().map(Piece::Short)),
    }
}

fn milestone_table(board: &TrainBoard) -> Option<Grid> {
    let row = board.row();
    if row.train().skip.is_some() {
        return None;
    }
    let line = |kind: MilestoneKind<'_>| Line {
        status: "milestone",
        cells: vec![
            vec![words(kind.title(board.project().end_day))],
            day(kind, row),
            vec![words(beside_plan(board, kind))],
        ],
        ..Line::default()
    };
    let lines = milestones::of_train(row).into_iter().map(line).collect();
    let holds = words::period(board.period());
    let name = words::full_name(board.project(), row.train());
    let caption = format!("{name}: milestones {holds}");
    let caption = caption.trim_end().to_owned() + ".";
    let titles = ["Milestone", "Day", "Plan and fact"];
    Some(Grid::new(caption, &titles, lines))
}

/// How far the fact is from the plan.
fn beside_plan(board: &TrainBoard, kind: MilestoneKind<'_>) -> String {
    let row = board.row();
    let Milestone { planned, recorded } = kind.days(row);
    let day = kind.first_day(row, board.project().end_day);
    let has_come = day.is_some_and(|day| board.period().has_come(day));
    let is_release = matches!(kind, MilestoneKind::Release);
    match kind {
        MilestoneKind::Patch(patch) if patch.is_unrecorded => {
            return words::NOT_RECORDED.to_owned();
        }
        MilestoneKind::Named(named) if is_moved(named) => return moved(named, has_come),
        _ => {}
    }
    match (planned, recorded) {
        (Some(planned), Some(recorded)) => between(planned, recorded),
        (None, Some(_)) => "recorded".to_owned(),
        (Some(_), None) if has_come && is_release && !row.is_out() => {
            words::NOT_RECORDED.to_owned()
        }
        (Some(_), None) if has_come && is_release && row.is_by_plan() => words::BY_PLAN.to_owned(),
        (Some(_), None) if has_come => "as planned".to_owned(),
        (Some(_), None) => "planned".to_owned(),
        (None, None) => "not announced".to_owned(),
    }
}

/// Whether it is not where its rule has it.
fn is_moved(named: &NamedMilestone) -> bool {
    named.planned.is_some_and(|planned| planned != named.date)
}

fn moved(named: &NamedMilestone, has_come: bool) -> String {
    let planned = named.planned.map_or_else(String::new, When::in_short);
    let status = if has_come { "" } else { "planned, " };
    format!("{status}moved from {planned}")
}

fn between(planned: When, recorded: Day) -> String {
    let nearest = recorded.clamp(planned.first_day(), planned.last_day());
    let late = recorded.number() - nearest.number();
    let side = match late.signum() {
        1 => "after",
        -1 => "before",
        _ => return "as planned".to_owned(),
    };
    let days = words::counted(late.unsigned_abs() as usize, "day");
    format!("{days} {side} the plan of {}", planned.in_short())
}

fn releases(board: &TrainBoard) -> Option<Grid> {
    let train = board.row().train();
    let lines: Vec<_> = train.releases.iter().rev().map(release).collect();
    let name = words::full_name(board.project(), train);
    let caption = format!("{name}: releases.");
    let titles = ["Version", "Day", "Note"];
    (!lines.is_empty()).then(|| Grid::new(caption, &titles, lines))
}

fn release(release: &Release) -> Line {
    let link = release.link.as_deref().map(str::to_owned);
    let badges = [(release.security, "security"), (release.pre, "pre-release")];
    let badges = badges.into_iter().filter(|(is, _)| *is);
    let badges = badges.map(|(_, text)| Piece::Badge(text.to_owned()));
    let version = name(release.version.as_str(), link);
    let note = release.note.as_ref().map(ToString::to_string);
    Line {
        status: "release",
        cells: vec![
            [version].into_iter().chain(badges).collect(),
            vec![Piece::Short(release.date.into())],
            vec![words(note.unwrap_or_default())],
        ],
        ..Line::default()
    }
}

/// The trains before it and after it.
fn neighbours(board: &TrainBoard, page: PageOf<'_>) -> Option<Sentence> {
    let mut sentence = Sentence::new();
    for (title, train) in [
        ("Before it: ", board.previous()),
        ("After it: ", board.next()),
    ] {
        let Some(train) = train else { continue };
        if !sentence.is_empty() {
            sentence.push(words(" · "));
        }
        sentence.extend([words(title), name(&train.label, page(train))]);
    }
    (!sentence.is_empty()).then_some(sentence)
}
