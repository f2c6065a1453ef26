//! One train within the stretch of time that is drawn: its bars, clipped, and
//! what is written beside them.

use crate::schedule::{Day, End, Period, Row, Status};

use super::sentence;
use super::stages::{self, Look, Stage};
use super::stretch::{Course, Stretch};

/// One row of the chart.
pub(super) struct Lane<'a> {
    pub(super) name: &'a str,
    pub(super) badge: Option<&'a str>,
    pub(super) standing: Standing,
    /// In order of time; none when nothing of it lies within the stretch.
    pub(super) bars: Vec<Bar<'a>>,
    /// What is said about its end or release, the fullest first.
    pub(super) notes: Vec<String>,
    /// Whether all of it lies after the stretch, so that its note stands at
    /// the right.
    pub(super) is_later: bool,
    /// All of it in words.
    pub(super) title: String,
}

/// How its name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Supported,
    Coming,
    Over,
}

/// A stage, or the part of it within the stretch.
#[derive(Clone, Debug)]
pub(super) struct Bar<'a> {
    pub(super) look: Look,
    pub(super) is_pre: bool,
    pub(super) is_planned: bool,
    pub(super) name: &'a str,
    pub(super) short: Option<&'a str>,
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) left: Edge,
    pub(super) right: Edge,
}

/// How a bar begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// There.
    Round,
    /// There, and another stage joins it.
    Square,
    /// Beyond the picture.
    Point,
    /// Nobody knows where.
    Open,
}

/// Where a train lies within the stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    /// With an end in sight, or not.
    Within {
        ends: bool,
    },
    After,
}

impl<'a> Lane<'a> {
    pub(super) fn new(course: &Course<'a>, stretch: Stretch, period: Period) -> Self {
        let row = course.row;
        let bars = bars(course, stretch, period);
        let place = place(course, &bars, stretch);
        Self {
            name: &row.train().label,
            badge: row.train().badge.as_deref(),
            standing: standing(row.status()),
            bars,
            notes: notes(row, place),
            is_later: place == Place::After,
            title: sentence::of_row(row),
        }
    }
}

fn standing(status: Status) -> Standing {
    match status {
        Status::Supported => Standing::Supported,
        Status::Ended => Standing::Over,
        Status::Planned | Status::Stabilising => Standing::Coming,
    }
}

fn bars<'a>(course: &Course<'a>, stretch: Stretch, period: Period) -> Vec<Bar<'a>> {
    let stages = &course.stages;
    let mut bars: Vec<Bar<'a>> = Vec::with_capacity(stages.len());
    let unknown = stages::ended_at_some_time(course.row);
    let limit = period.valid_from.filter(|_| unknown).map(Day::number);
    let reach = limit.map_or(stretch.to, |limit| limit.min(stretch.to));
    let mut is_cut = false;
    for (n, stage) in stages.iter().enumerate() {
        let after = stages.get(n + 1).is_some_and(|_| !stage.is_pre);
        let before = n.checked_sub(1).is_some_and(|n| !stages[n].is_pre);
        match (
            clip(stage, stretch, reach, [before, after]),
            bars.last_mut(),
        ) {
            (Some(bar), None) if is_cut => bars.push(Bar {
                left: Edge::Point,
                ..bar
            }),
            (Some(bar), _) => bars.push(bar),
            (None, Some(last)) => last.right = Edge::Point,
            (None, None) => is_cut = !stage.is_pre,
        }
    }
    bars
}

/// What of a stage lies within the stretch. An unknown end is drawn up to
/// `reach`; `joined` tells on which sides another stage touches it.
fn clip<'a>(stage: &Stage<'a>, stretch: Stretch, reach: i32, joined: [bool; 2]) -> Option<Bar<'a>> {
    let from = stage.from.unwrap_or(stretch.from);
    let to = stage.to.unwrap_or(reach.max(from + 1));
    let edge = |day: Option<i32>, beyond: bool, joined: bool| match (day, beyond, joined) {
        (None, _, true) | (Some(_), false, true) => Edge::Square,
        (None, _, false) => Edge::Open,
        (Some(_), true, _) => Edge::Point,
        (Some(_), false, false) => Edge::Round,
    };
    let within = from < stretch.to && to > stretch.from;
    within.then(|| Bar {
        look: stage.look,
        is_pre: stage.is_pre,
        is_planned: stage.is_planned,
        name: stage.name,
        short: stage.short,
        from: from.max(stretch.from),
        to: to.min(stretch.to),
        left: edge(stage.from, from < stretch.from, joined[0]),
        right: edge(stage.to, to > stretch.to, joined[1]),
    })
}

fn place(course: &Course, bars: &[Bar], stretch: Stretch) -> Place {
    let first = course.stages.first().and_then(|stage| stage.from);
    match bars.last() {
        Some(bar) => Place::Within {
            ends: bar.right != Edge::Point,
        },
        None if course.stages.is_empty() => Place::Within { ends: true },
        None if first.is_some_and(|from| from >= stretch.to) => Place::After,
        None => Place::Before,
    }
}

fn notes(row: &Row, place: Place) -> Vec<String> {
    let mut notes = match row.status() {
        Status::Supported => vec![until(row.end())],
        Status::Ended => vec![ended(row.end())],
        Status::Planned | Status::Stabilising => coming(row, place),
    };
    for note in &mut notes {
        match place {
            Place::Before => note.insert_str(0, "‹ "),
            Place::After => note.push_str(" ›"),
            Place::Within { .. } => {}
        }
    }
    notes
}

fn until(end: End) -> String {
    match end {
        End::Day(day) => format!("until {}", day.in_short()),
        End::Month(month) => format!("until {}", month.in_words()),
        End::Open | End::Unknown => "no end announced".to_owned(),
    }
}

fn ended(end: End) -> String {
    match end {
        End::Day(day) => format!("ended {}", day.in_short()),
        End::Month(month) => format!("ended {}", month.in_words()),
        End::Open | End::Unknown => "ended".to_owned(),
    }
}

/// What is said of a train that is not out: when it is due, and from when to
/// when it will be supported where its end is out of sight.
fn coming(row: &Row, place: Place) -> Vec<String> {
    let Some(release) = row.release().day() else {
        return vec!["not announced".to_owned()];
    };
    let due = format!("due {}", release.in_short());
    match row.end().day() {
        Some(end) if place == (Place::Within { ends: false }) => {
            let months = [release, end].map(|day| format!("{} {}", day.month_short(), day.year()));
            vec![months.join(" – "), due]
        }
        _ => vec![due],
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::schedule::EndDay;

    /// How the bars of that train of Node's begin and end in that stretch.
    fn edges(version: &str, from: &str, to: &str) -> Vec<(Edge, Edge)> {
        let board = samples::board(samples::node(), "2026-11-20");
        let mut rows = board.trains();
        let row = rows.find(|row| row.train().version.as_str() == version);
        let row = row.unwrap();
        let stages = stages::of(row, EndDay::Unsupported);
        let [from, to] = [from, to].map(|text| samples::day(text).number());
        let lane = Lane::new(
            &Course { row, stages },
            Stretch { from, to },
            board.period(),
        );
        lane.bars.iter().map(|bar| (bar.left, bar.right)).collect()
    }

    #[test]
    fn phases_join_each_other_and_are_round_at_their_ends() {
        assert_eq!(
            edges("24", "2025-01-01", "2029-01-01"),
            [
                (Edge::Round, Edge::Square),
                (Edge::Square, Edge::Square),
                (Edge::Square, Edge::Round),
            ]
        );
    }

    #[test]
    fn a_bar_points_to_what_lies_beyond_the_picture() {
        let inside = (Edge::Point, Edge::Point);
        assert_eq!(edges("24", "2026-01-01", "2026-06-01"), [inside]);
        assert_eq!(edges("24", "2025-10-28", "2026-10-20"), [inside]);
    }

    #[test]
    fn a_phase_before_the_release_stands_by_itself() {
        let whole = (Edge::Round, Edge::Round);
        assert_eq!(edges("27", "2026-01-01", "2027-10-01")[0], whole);
    }
}
