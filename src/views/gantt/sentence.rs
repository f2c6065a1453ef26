//! The chart in words, for those who do not see it.

use crate::schedule::{Board, End, Milestone, Period, Row, Status};
use crate::views::words;

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
    let supported: Vec<_> = board.supported().map(supported).collect();
    let next = board.next().map(|row| match row.release().day() {
        Some(day) => format!(" Next: {}, due {}.", label(row), day.in_words()),
        None => format!(" Next: {}, on a day that is not announced.", label(row)),
    });
    let now = match &supported[..] {
        [] => "No train is supported.".to_owned(),
        all => format!("Supported: {}.", list(all)),
    };
    now + &next.unwrap_or_default()
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
pub(super) fn of_row(row: &Row) -> String {
    let train = row.train();
    let codename = train.codename.as_deref().map(isolated);
    let badge = train.badge.as_deref().map(isolated);
    [
        label(row),
        codename
            .map(|name| format!(" “{name}”"))
            .unwrap_or_default(),
        badge.map(|badge| format!(" ({badge})")).unwrap_or_default(),
        format!(": {}", state(row)),
        said(row.branch(), "branch").unwrap_or_default(),
        said(row.release(), "release").unwrap_or_default(),
    ]
    .concat()
}

fn state(row: &Row) -> String {
    match (row.status(), words::phase(row), row.end()) {
        (Status::Ended, ..) => match words::end_in_words(row.end()) {
            Some(day) => format!("ended {day}"),
            None => "ended".to_owned(),
        },
        (Status::Supported, Some(phase), end) => format!("{}, {}", isolated(phase), until(end)),
        (Status::Supported, None, end) => format!("supported, {}", until(end)),
        (status, phase, end) => {
            let now = phase.map_or(status.as_str().into(), isolated);
            match row.release().day() {
                Some(_) => format!("{now}, to be supported {}", until(end)),
                None => format!("{now}, release not announced"),
            }
        }
    }
}

fn said(milestone: Milestone, what: &str) -> Option<String> {
    let day = milestone.day()?.in_words();
    let slipped = milestone
        .planned
        .filter(|plan| milestone.recorded.is_some_and(|fact| fact != *plan));
    let plan = slipped.map(|plan| format!(", planned for {}", plan.in_words()));
    Some(format!("; {what} {day}{}", plan.unwrap_or_default()))
}

fn supported(row: &Row) -> String {
    format!("{} {}", label(row), until(row.end()))
}

fn until(end: End) -> String {
    match words::end_in_words(end) {
        Some(day) => format!("until {day}"),
        None => "with no end announced".to_owned(),
    }
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
