//! The chart in words, for those who do not see it.

use crate::schedule::{Board, Day, End, EndDay, Milestone, Period, Row, Status};

/// How many trains a description names before it only counts them.
const NAMED: usize = 8;

/// `from 20 November until 5 December 2026`
pub(super) fn period_in_words(period: Period) -> Option<String> {
    match (period.valid_from, period.next_change) {
        (Some(from), Some(to)) if from.year() == to.year() => Some(format!(
            "from {} {} until {}",
            from.day(),
            from.month_name(),
            to.in_words()
        )),
        (Some(from), Some(to)) => Some(format!("from {} until {}", from.in_words(), to.in_words())),
        (Some(from), None) => Some(format!("from {}", from.in_words())),
        (None, Some(to)) => Some(format!("until {}", to.in_words())),
        (None, None) => None,
    }
}

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
    match period_in_words(board.period()) {
        Some(period) => format!("{project} release schedule {period}"),
        None => format!("{project} release schedule"),
    }
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

/// What the day of an end means.
pub(super) fn meaning(end_day: EndDay) -> &'static str {
    match end_day {
        EndDay::Unsupported => "An end is the first day without support.",
        EndDay::Supported => "An end is the last day with support.",
    }
}

/// A train, with its days.
pub(super) fn of_row(row: &Row) -> String {
    let train = row.train();
    let mut title = label(row);
    for (open, text, close) in [
        (" “", train.codename.as_deref(), "”"),
        (" (", train.badge.as_deref(), ")"),
    ] {
        if let Some(text) = text {
            title.extend([open, &isolated(text), close]);
        }
    }
    title.push_str(": ");
    title.push_str(&state(row));
    for (milestone, what) in [(row.branch(), "branch"), (row.release(), "release")] {
        title.extend(said(milestone, what));
    }
    title
}

fn state(row: &Row) -> String {
    match (row.status(), row.phase_name(), row.end()) {
        (Status::Ended, ..) => format!("ended{}", on(row.end())),
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
    match end {
        End::Day(day) => format!("until {}", day.in_words()),
        End::Month(month) => format!("until {}", month.in_words()),
        End::Open | End::Unknown => "with no end announced".to_owned(),
    }
}

fn on(end: End) -> String {
    match end {
        End::Day(day) => format!(" {}", Day::in_words(day)),
        End::Month(month) => format!(" {}", month.in_words()),
        End::Open | End::Unknown => String::new(),
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

/// `a, b and c`, or the first few and how many more.
fn list(items: &[String]) -> String {
    let (named, more) = match items.len() {
        0..=NAMED => (items, 0),
        count => (&items[..NAMED], count - NAMED),
    };
    match (named, more) {
        ([], _) => String::new(),
        ([only], 0) => only.clone(),
        ([all @ .., last], 0) => format!("{} and {last}", all.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}
