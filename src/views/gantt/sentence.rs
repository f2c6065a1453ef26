//! The chart in words, for those who do not see it.

use crate::schedule::{Board, EndDay, Milestone, Period, Row, Status};
use crate::views::prose::{Sentence, plain_pieces};
use crate::views::words::{self, Style};

/// How many trains a description names before it only counts them.
const NAMED: usize = 8;

/// `20 Nov – 5 Dec 2026`
pub(super) fn period_in_short(period: Period) -> Option<String> {
    match (period.valid_from, period.next_change) {
        (Some(from), Some(to)) if from.year() == to.year() => Some(format!(
            "{} {} – {}",
            from.day(),
            from.month_short(),
            to.in_short()
        )),
        (Some(from), Some(to)) => Some(format!("{} – {}", from.in_short(), to.in_short())),
        (Some(from), None) => Some(format!("from {}", from.in_short())),
        (None, Some(to)) => Some(format!("until {}", to.in_short())),
        (None, None) => None,
    }
}

/// What the chart is.
pub(super) fn name(board: &Board) -> String {
    let project = isolated(&board.project().name);
    let holds = words::period(board.period());
    format!("{project} release schedule {holds}")
        .trim_end()
        .to_owned()
}

/// What is supported until when, and what comes next.
pub(super) fn description(board: &Board) -> String {
    let meaning = board.end_day();
    let supported: Vec<_> = board.supported().map(|row| supported(board, row)).collect();
    let extended: Vec<_> = board.extended().map(|row| extended(row, meaning)).collect();
    let extended = match &extended[..] {
        [] => String::new(),
        all => format!(" Extended support only: {}.", list(all)),
    };
    let due = board
        .due()
        .map(|row| format!(" {} is {}.", label(row), due(row)));
    let next = board.upcoming().map(|row| match row.release().when() {
        Some(when) => format!(" Next: {}, due {}.", label(row), when.in_words()),
        None => format!(" Next: {}, on a day that is not announced.", label(row)),
    });
    let now = match &supported[..] {
        [] => "No train is supported.".to_owned(),
        all => format!("Supported: {}.", list(all)),
    };
    now + &extended + &due.collect::<String>() + &next.unwrap_or_default()
}

/// What a chart of trains that have ended shows.
pub(super) fn of_ended(rows: &[&Row]) -> String {
    match rows {
        [] => String::new(),
        [only] => format!("{} has ended.", label(only)),
        [first, .., last] => format!(
            "{} trains have ended, from {} to {}.",
            rows.len(),
            label(first),
            label(last)
        ),
    }
}

/// A train, with its days.
pub(super) fn of_row(row: &Row, board: &Board) -> String {
    let train = row.train();
    let codename = train.codename.as_deref().map(isolated);
    let badge = train.badge.as_deref().map(isolated);
    [
        label(row),
        codename
            .map(|name| format!(" “{name}”"))
            .unwrap_or_default(),
        badge.map(|badge| format!(" ({badge})")).unwrap_or_default(),
        format!(": {}", state(row, board.end_day())),
        said(row.branch(), "branch").unwrap_or_default(),
        said(row.release(), "release").unwrap_or_default(),
        by_plan(row, board.has_facts()),
    ]
    .concat()
}

fn state(row: &Row, meaning: EndDay) -> String {
    let phase = words::phase(row).map(isolated);
    let until = || until(row, meaning);
    match row.status() {
        _ if row.train().rolling => words::ROLLING.to_owned(),
        Status::Ended => match words::end_in_words(row.end()) {
            Some(day) => format!("ended {day}"),
            None => "ended".to_owned(),
        },
        Status::Supported => format!("{},{}", phase.unwrap_or("supported".into()), until()),
        Status::Extended => {
            let end = words::until_end(row.end(), meaning, Style::Words);
            format!(
                "{},{}",
                words::status(row).to_lowercase(),
                plain_pieces(&end)
            )
        }
        Status::Due => due(row),
        status @ (Status::Planned | Status::Stabilising) => {
            let now = phase.unwrap_or(status.as_str().into());
            match row.release().when() {
                Some(_) => format!("{now}, to be supported{}", until()),
                None => format!("{now}, release not announced"),
            }
        }
    }
}

/// `due since 29 July 2026, not recorded`
fn due(row: &Row) -> String {
    let planned = row.release().planned;
    let since = planned.map(|when| words::since_plan(when, Style::Words));
    format!(
        "due{}, not recorded",
        plain_pieces(&since.unwrap_or_default())
    )
}

fn by_plan(row: &Row, has_facts: bool) -> String {
    let by_plan: Sentence = words::by_plan(row, has_facts).into_iter().collect();
    plain_pieces(&by_plan)
}

fn said(milestone: Milestone, what: &str) -> Option<String> {
    let day = milestone.when()?.in_words();
    let slipped = milestone
        .planned
        .filter(|plan| milestone.when() != Some(*plan));
    let plan = slipped.map(|plan| format!(", planned for {}", plan.in_words()));
    Some(format!("; {what} {day}{}", plan.unwrap_or_default()))
}

fn supported(board: &Board, row: &Row) -> String {
    let by_plan = by_plan(row, board.has_facts());
    format!("{}{by_plan}{}", label(row), until(row, board.end_day()))
}

fn extended(row: &Row, meaning: EndDay) -> String {
    let until = words::until_end(row.end(), meaning, Style::Words);
    format!("{}{}", label(row), plain_pieces(&until))
}

/// The end of ordinary support, and that of extended support behind it.
fn until(row: &Row, meaning: EndDay) -> String {
    let mut sentence = words::until(row, meaning, Style::Words);
    sentence.extend(words::extended_until(row, meaning));
    plain_pieces(&sentence)
}

fn label(row: &Row) -> String {
    isolated(&row.train().label)
}

/// The text so that its direction cannot reach what stands around it. What is
/// plain ASCII has none of its own.
fn isolated(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        format!("\u{2068}{text}\u{2069}")
    }
}

/// All of them, or the first few and how many more.
fn list(items: &[String]) -> String {
    match items.len().checked_sub(NAMED) {
        None | Some(0) => words::list(items),
        Some(more) => format!("{} and {more} more", items[..NAMED].join(", ")),
    }
}
