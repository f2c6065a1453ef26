//! The layout of a row: where its bars and texts go, so that none covers
//! another.

use super::frame::{EDGE, Frame, GAP, Notes, badge_width, name_face};
use super::lane::{Bar, Edge, Extent, Lane};
use super::marker::PeriodLine;
use super::milestone::{self, Milestone};
use super::paint;
use super::svg::{Area, Point, Svg};
use super::timeline::Look;
use crate::schedule::{Level, Status};
use crate::views::text_metrics::{Face, Px, fitted, px, width};

/// Between neighbouring phases.
const APART: Px = 15;

/// The least width of a bar. One that would be narrower has square ends.
const LEAST: Px = px(6);

/// The least height of a row in which two lines of text have room.
const LINES: Px = px(30);

/// Between a bar's edge and the text inside or beside it.
const PAD: Px = px(7);

/// Between a bar's edge and the middle of a line of the period.
const BESIDE: Px = px(2);

/// Between text and a line of the period.
const CLEAR: Px = px(4);

/// A row about to be laid out.
pub(super) struct RowLayout<'a> {
    pub(super) frame: &'a Frame,
    pub(super) lane: &'a Lane<'a>,
    /// Top of the row.
    pub(super) top: Px,
    /// Where each bar begins and ends in time.
    pub(super) ends: Vec<(Px, Px)>,
    /// The milestones of the row, with their places.
    pub(super) marks: Vec<(Px, &'a Milestone)>,
    /// Where the lines of the period cross the row.
    pub(super) lines: &'a [PeriodLine],
}

impl RowLayout<'_> {
    /// The whole row, from the back to the front.
    pub(super) fn lay_out(&self, svg: &mut Svg) {
        let bars = self.bars();
        let names = self.phase_names(&bars);
        svg.group(&self.lane.title);
        for (bar, area) in self.lane.bars.iter().zip(&bars) {
            paint::bar(bar.style, edges(bar, *area), *area, svg);
        }
        self.lay_out_lines(&bars, &names, svg);
        let below = self.top + self.frame.above + self.frame.bar;
        milestone::lay_out(self.marks.iter().copied(), below, svg);
        let heading_end = self.lay_out_heading(svg);
        let unnamed = self.lane.phase.filter(|phase| {
            let mut bars = names.iter().map(|name| name.bar);
            !bars.any(|bar| bar == *phase)
        });
        self.lay_out_note(unnamed, heading_end, svg);
        for name in names {
            svg.text(
                name.class,
                (name.left, self.baseline(Face::Bold)),
                name.text,
            );
        }
        svg.end_group();
    }

    fn bars(&self) -> Vec<Area> {
        let bars = &self.lane.bars;
        let top = self.top + self.frame.above;
        let mut free = Px::MIN;
        let mut areas = Vec::with_capacity(bars.len());
        for (n, (bar, (from, to))) in bars.iter().zip(&self.ends).enumerate() {
            let apart = if n + 1 < bars.len() { APART } else { 0 };
            let sunk = if bar.style.is_pre {
                self.frame.sunk()
            } else {
                0
            };
            let left = (*from).max(free).min(self.frame.plot.right - LEAST);
            let right = (to - apart).max(left + LEAST);
            let (left, right) = self.clear_of_lines(left, right);
            free = right + APART;
            areas.push(Area {
                left,
                top: top + sunk,
                right,
                bottom: top + self.frame.bar - sunk,
            });
        }
        areas
    }

    /// A bar that begins or ends at a line of the period stands beside it.
    fn clear_of_lines(&self, mut left: Px, mut right: Px) -> (Px, Px) {
        for PeriodLine { x, .. } in self.lines {
            if (left - x).abs() < BESIDE && right >= x + BESIDE + LEAST {
                left = x + BESIDE;
            }
            if (right - x).abs() < BESIDE && left <= x - BESIDE - LEAST {
                right = x - BESIDE;
            }
        }
        (left, right)
    }

    /// The lines of the period, kept clear of the bars that they cross, and
    /// interrupted where the name of a phase has no other place.
    fn lay_out_lines(&self, bars: &[Area], names: &[PhaseName], svg: &mut Svg) {
        let is_named = |x: Px| {
            let mut names = names.iter();
            names.any(|name| is_near(x, name.left, name.right()))
        };
        for PeriodLine { x, halo, .. } in self.lines.iter().filter(|line| !is_named(line.x)) {
            let is_crossed = |area: &&Area| area.left < *x && *x < area.right;
            for area in bars.iter().filter(is_crossed) {
                svg.vertical(halo, *x, (area.top, area.bottom));
            }
        }
        // A little into the next row, so that no seam shows.
        let (top, bottom) = (self.top, self.top + self.frame.row + 3);
        let bar = self.top + self.frame.above;
        for line in self.lines {
            if is_named(line.x) {
                svg.vertical(line.class, line.x, (top, bar));
                svg.vertical(line.class, line.x, (bar + self.frame.bar, bottom));
            } else {
                svg.vertical(line.class, line.x, (top, bottom));
            }
        }
    }

    /// Name and badge; returns where they end.
    fn lay_out_heading(&self, svg: &mut Svg) -> Px {
        let (frame, lane) = (self.frame, self.lane);
        let middle = self.top + frame.heading();
        let face = name_face(lane.status);
        let left = if frame.badges.is_some() { EDGE } else { px(2) };
        let room = frame.plot.right - px(2) - left;
        let badge = lane.badge.map(|badge| fitted(badge, Face::Badge, room / 3));
        let beside = badge.as_deref().map_or(0, |text| GAP + badge_width(text));
        let name = fitted(lane.name, face, room - beside);
        let end = left + width(&name, face);
        let end = badge.map_or(end, |badge| {
            self.lay_out_badge(&badge, frame.badges.unwrap_or(end + GAP), svg)
        });
        let class = name_class(lane.status, frame.badges.is_none());
        svg.text(class, (left, middle + face.drop()), &name);
        end
    }

    fn lay_out_badge(&self, text: &str, left: Px, svg: &mut Svg) -> Px {
        let middle = self.top + self.frame.heading();
        let area = Area {
            left,
            top: middle - px(7),
            right: left + badge_width(text),
            bottom: middle + px(7),
        };
        let (class, text_class) = match self.lane.status {
            Status::Ended => ("tb-badge tb-over", "tb-badge-text tb-over tb-middle"),
            _ => ("tb-badge", "tb-badge-text tb-middle"),
        };
        let baseline = middle + Face::Badge.drop();
        svg.rect(class, area.inset(5), px(4));
        svg.text(text_class, (left.midpoint(area.right), baseline), text);
        area.right
    }

    /// What is said about the train's end or release, with the name of its phase
    /// where its bar has no place for that, and where the train is if it is out
    /// of sight.
    fn lay_out_note(&self, unnamed: Option<&str>, heading_end: Px, svg: &mut Svg) {
        let (frame, plot, lane) = (self.frame, self.frame.plot, self.lane);
        let middle = self.top + frame.note();
        match frame.notes {
            Notes::Column(left) => {
                let phase = unnamed.filter(|_| frame.row >= LINES);
                let apart = phase.map_or(0, |_| LINES / 4);
                let note = lane.note(None, frame.note_room());
                let [above, below] = [(left, middle - apart), (left, middle + apart)];
                self.note("tb-note", above, phase.unwrap_or_default(), svg);
                self.note("tb-note", below, &note, svg);
            }
            Notes::Beside => {
                let note = lane.note(unnamed, plot.right - heading_end - px(12));
                let at = (plot.right, middle);
                self.note("tb-note tb-clear tb-right", at, &note, svg);
            }
            Notes::Below => {
                let note = lane.note(unnamed, frame.note_room());
                self.note("tb-note tb-clear", (plot.left, middle), &note, svg);
            }
        }
        let bar = self.top + frame.above + frame.bar / 2;
        match self.lane.place {
            Extent::Before => self.note("tb-note tb-clear", (plot.left + px(1), bar), "‹", svg),
            Extent::After => self.note("tb-note tb-clear tb-right", (plot.right, bar), "›", svg),
            Extent::Within => {}
        }
    }

    fn note(&self, class: &str, (x, middle): Point, text: &str, svg: &mut Svg) {
        if !text.is_empty() {
            let text = fitted(text, Face::Plain, self.frame.note_room());
            svg.text(class, (x, middle + Face::Plain.drop()), &text);
        }
    }

    /// The names of the phases inside their bars: in full beside the lines of
    /// the period, in full across them, short, or not.
    fn phase_names(&self, bars: &[Area]) -> Vec<PhaseName<'_>> {
        let bars = self.lane.bars.iter().zip(bars);
        let named = bars.filter(|(bar, _)| self.frame.holds_text() && !bar.style.is_pre);
        named
            .filter_map(|(bar, area)| self.phase_name(bar, *area))
            .collect()
    }

    fn phase_name<'a>(&self, bar: &Bar<'a>, area: Area) -> Option<PhaseName<'a>> {
        let (left, right) = inner(bar, area);
        let place = |text| {
            let wide = width(text, Face::Bold);
            let across = || Some(left).filter(|left| left + wide <= right);
            let left = self.free(left, right, wide).or_else(across)?;
            let class = match bar.style.look {
                _ if is_strong(bar) => "tb-phase tb-on-lts",
                Look::Of(Level::Extended) => "tb-phase tb-clear",
                _ => "tb-phase",
            };
            Some(PhaseName {
                class,
                left,
                text,
                bar: bar.name,
            })
        };
        let texts = [Some(bar.name), bar.short];
        texts.into_iter().flatten().find_map(place)
    }

    /// The first place between the lines that is so wide.
    fn free(&self, left: Px, right: Px, wide: Px) -> Option<Px> {
        let mut x = left;
        while let Some(line) = self.crossed(x, x + wide) {
            x = line + CLEAR + px(1);
        }
        (x + wide <= right).then_some(x)
    }

    /// The last line that text from `left` to `right` would touch.
    fn crossed(&self, left: Px, right: Px) -> Option<Px> {
        let touched = |x: &Px| is_near(*x, left, right);
        self.lines.iter().map(|line| line.x).rfind(touched)
    }

    fn baseline(&self, face: Face) -> Px {
        self.top + self.frame.above + self.frame.bar / 2 + face.drop()
    }
}

/// The name of a phase with its place.
struct PhaseName<'a> {
    class: &'static str,
    left: Px,
    text: &'a str,
    /// In full.
    bar: &'a str,
}

impl PhaseName<'_> {
    fn right(&self) -> Px {
        self.left + width(self.text, Face::Bold)
    }
}

/// Whether a line would touch text from `left` to `right`.
fn is_near(line: Px, left: Px, right: Px) -> bool {
    line > left - CLEAR && line < right + CLEAR
}

/// Its ends, which are square where it is too narrow for others.
fn edges(bar: &Bar, area: Area) -> [Edge; 2] {
    bar.edges.map(|edge| match edge {
        Edge::Round | Edge::Point if area.width() <= LEAST => Edge::Square,
        edge => edge,
    })
}

/// From where to where a bar has room for text.
fn inner(bar: &Bar, area: Area) -> (Px, Px) {
    let [left, right] = bar
        .edges
        .map(|edge: Edge| PAD.max(edge.taken(area.width()) + px(3)));
    (area.left + left, area.right - right)
}

/// A name above the bars lies over the lines of the axis and is kept clear.
fn name_class(status: Status, is_above: bool) -> &'static str {
    match (status, is_above) {
        (Status::Supported, false) => "tb-name tb-bold",
        (Status::Supported, true) => "tb-name tb-bold tb-clear",
        (Status::Ended, false) => "tb-name tb-over",
        (Status::Ended, true) => "tb-name tb-over tb-clear",
        (_, false) => "tb-name",
        (_, true) => "tb-name tb-clear",
    }
}

/// Whether text on it is written in the colour for strong fills.
fn is_strong(bar: &Bar) -> bool {
    bar.style.look == Look::Of(Level::Lts) && !bar.style.is_planned
}
