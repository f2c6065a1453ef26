//! One train within the range of time that is drawn: its bars, clipped, and
//! the texts of its row.

use std::borrow::Cow;

use crate::schedule::{Day, End, Level, Period, Row, Status, When};
use crate::views::prose::plain_pieces;
use crate::views::text_metrics::{Face, Px, width};
use crate::views::words::{self, Style};

use super::milestone::{self, Milestone};
use super::time_range::TimeRange;
use super::timeline::{BarStyle, Stage, Timeline};

/// One row of the chart.
pub(super) struct Lane<'a> {
    pub(super) name: &'a str,
    pub(super) badge: Option<&'a str>,
    pub(super) status: Status,
    pub(super) place: Extent,
    /// In order of time; none when nothing of it lies within the range.
    pub(super) bars: Vec<Bar<'a>>,
    /// What is said about its end or release, the fullest first.
    pub(super) notes: Vec<String>,
    /// The phase that it is in, where it has others.
    pub(super) phase: Option<&'a str>,
    /// All of it in words.
    pub(super) title: String,
    /// The days that the schedule names.
    pub(super) milestones: Vec<Milestone>,
}

/// A stage, or the part of it within the range.
#[derive(Clone, Debug)]
pub(super) struct Bar<'a> {
    pub(super) style: BarStyle,
    pub(super) name: &'a str,
    pub(super) short: Option<&'a str>,
    pub(super) from: i32,
    pub(super) to: i32,
    /// Left and right.
    pub(super) edges: [Edge; 2],
}

/// How a bar begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Within the drawing.
    Round,
    /// Within the drawing, where another stage joins it.
    Square,
    /// Beyond the drawing.
    Point,
    /// On a day that is not known, or known to the month at best.
    Open,
}

/// Where a train lies, seen from the range of time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Before,
    Within,
    After,
}

impl<'a> Lane<'a> {
    /// The fullest note that is at most so wide, behind the name of a phase if
    /// that fits; else the shortest.
    pub(super) fn note(&self, phase: Option<&str>, limit: Px) -> Cow<'_, str> {
        let notes = self.notes.iter();
        let named = notes
            .clone()
            .filter_map(|note| Some(format!("{}, {note}", phase?)));
        let plain = notes.map(|note| Cow::Borrowed(&**note));
        let mut all = named.map(Cow::Owned).chain(plain);
        let fitting = all.find(|note| width(note, Face::Plain) <= limit);
        fitting.unwrap_or(Cow::Borrowed(self.shortest()))
    }

    /// Nothing where nothing is said.
    pub(super) fn shortest(&self) -> &str {
        self.notes.last().map_or("", String::as_str)
    }

    /// How wide its note is, or the name of the phase above that; at most the
    /// limit, to which they are cut.
    pub(super) fn note_width(&self, limit: Px) -> Px {
        let note = self.note(None, limit);
        let texts = [&*note, self.phase.unwrap_or_default()];
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        let widths = texts.map(|text| width(text, Face::Plain));
        widths.max().unwrap_or(0).min(limit)
    }

    pub(super) fn new(timeline: &Timeline<'a>, range: TimeRange, period: Period) -> Self {
        let row = timeline.row;
        let bars = bars(timeline, range, period);
        let place = place(&timeline.stages, &bars, range);
        Self {
            name: &row.train().label,
            badge: row.train().badge.as_deref(),
            status: row.status(),
            place,
            bars,
            milestones: milestone::of_train(row),
            notes: notes(row),
            phase: phase(timeline),
            title: String::new(),
        }
    }
}

fn bars<'a>(timeline: &Timeline<'a>, range: TimeRange, period: Period) -> Vec<Bar<'a>> {
    let Timeline { row, stages } = timeline;
    let reach = match row.end() {
        End::Unknown => period.valid_from.map(Day::number),
        _ => period.next_change.map(|day| day.number() + range.fade()),
    };
    let reach = reach.unwrap_or(range.to);
    let is_joined = |n: usize| (1..stages.len()).contains(&n) && !stages[n - 1].style.is_pre;
    let mut bars: Vec<Bar> = Vec::with_capacity(stages.len());
    let mut is_cut = false;
    for (n, stage) in stages.iter().enumerate() {
        let vanishes = stage.from.map_or(range.from, |from| from + range.fade());
        let reach = reach.max(vanishes).min(range.to);
        let bar = clip(stage, range, reach, [is_joined(n), is_joined(n + 1)]);
        match (bar, bars.last_mut()) {
            (Some(mut bar), last) => {
                if last.is_none() && is_cut {
                    bar.edges[0] = Edge::Point;
                }
                bars.push(bar);
            }
            (None, Some(last)) => last.edges[1] = Edge::Point,
            (None, None) => is_cut = !stage.style.is_pre,
        }
    }
    bars
}

/// The part of a stage within the range. An unknown end is drawn up to
/// `reach`; `joined` tells on which sides another stage touches it.
fn clip<'a>(stage: &Stage<'a>, range: TimeRange, reach: i32, joined: [bool; 2]) -> Option<Bar<'a>> {
    let from = stage.from.unwrap_or(range.from);
    let to = stage.to.unwrap_or(reach.max(from + 1));
    let edge = |day: Option<i32>, beyond: bool, joined: bool, is_exact: bool| match day {
        Some(_) if beyond => Edge::Point,
        _ if joined => Edge::Square,
        Some(_) if is_exact => Edge::Round,
        _ => Edge::Open,
    };
    let [starts_on_a_day, ends_on_a_day] = stage.is_exact;
    let is_within = from < range.to && to > range.from;
    is_within.then(|| Bar {
        style: stage.style,
        name: stage.name,
        short: stage.short,
        from: from.max(range.from),
        to: to.min(range.to),
        edges: [
            edge(stage.from, from < range.from, joined[0], starts_on_a_day),
            edge(stage.to, to > range.to, joined[1], ends_on_a_day),
        ],
    })
}

fn place(stages: &[Stage], bars: &[Bar], range: TimeRange) -> Extent {
    match stages.first().filter(|_| bars.is_empty()) {
        Some(first) if first.from.is_some_and(|day| day >= range.to) => Extent::After,
        Some(_) => Extent::Before,
        None => Extent::Within,
    }
}

/// A phase that stands alone needs no name beside that of the train, and of
/// extended support the note tells.
fn phase<'a>(Timeline { row, stages }: &Timeline<'a>) -> Option<&'a str> {
    let phases = stages.iter().filter(|stage| !stage.style.is_pre);
    let phase = row.phase()?;
    let is_told = matches!(phase.level, Level::Pre | Level::Extended);
    (phases.count() > 1 && !is_told).then_some(&*phase.name)
}

fn notes(row: &Row) -> Vec<String> {
    match row.status() {
        _ if row.train().rolling => Vec::new(),
        Status::Supported => supported(row),
        Status::Extended => vec![match row.end().when() {
            Some(end) => format!("extended until {}", end.in_short()),
            None => "extended, no end announced".to_owned(),
        }],
        Status::Due => row.release().planned.into_iter().map(due_since).collect(),
        Status::Ended => vec![match row.end().when() {
            Some(end) => format!("ended {}", end.in_short()),
            None => "ended".to_owned(),
        }],
        Status::Planned | Status::Stabilising => vec![match row.release().when() {
            Some(release) => format!("due {}", release.in_short()),
            None => "not announced".to_owned(),
        }],
    }
}

/// Until when everybody is supported, and beside it until when some are.
fn supported(row: &Row) -> Vec<String> {
    let until = match (row.is_waiting_for(), row.support_end().when()) {
        (Some(other), _) => format!("until {} is out", other.label),
        (None, Some(end)) if end.day().is_none() => format!("into {}", end.in_short()),
        (None, Some(end)) => format!("until {}", end.in_short()),
        (None, None) => "no end announced".to_owned(),
    };
    let extended = row.end().when().filter(|_| words::has_extended(row));
    let both = extended.map(|end| format!("{until}, extended until {}", end.in_short()));
    both.into_iter().chain([until]).collect()
}

fn due_since(planned: When) -> String {
    format!(
        "due{}",
        plain_pieces(&words::since_plan(planned, Style::Short))
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::samples;
    use super::*;
    use crate::schedule::EndDay;

    /// How the bars of that train of Node's begin and end in that stretch.
    fn edges(version: &str, from: &str, to: &str) -> Vec<(Edge, Edge)> {
        let board = samples::board(samples::node(), "2026-11-20");
        let mut rows = board.trains();
        let row = rows.find(|row| row.train().version.as_str() == version);
        let row = row.unwrap();
        let timeline = Timeline::new(row, EndDay::Unsupported);
        let [from, to] = [from, to].map(|text| samples::day(text).number());
        let lane = Lane::new(&timeline, TimeRange::measured(from, to), board.period());
        lane.bars.iter().map(|bar| bar.edges.into()).collect()
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
