//! The layout of a row: where its bars and texts go, so that none covers
//! another.

use super::frame::{EDGE, Frame, GAP, badge_width, name_face};
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

/// The least width of a bar.
const LEAST: Px = px(2);

/// Between a bar's edge and the text inside or beside it.
const PAD: Px = px(7);

/// Between a bar's edge and the middle of a line of the period.
const BESIDE: Px = px(2);

/// Between text and a line of the period.
const CLEAR: Px = px(4);

/// How far a note moves away from its bar to clear a line.
const STEP_ASIDE: Px = px(26);

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
        svg.group(&self.lane.title);
        for (bar, area) in self.lane.bars.iter().zip(&bars) {
            paint::bar(bar.style, bar.edges, *area, svg);
        }
        self.lay_out_lines(&bars, svg);
        let below = self.top + self.frame.above + self.frame.bar;
        milestone::lay_out(self.marks.iter().copied(), below, svg);
        let named = self.lay_out_heading(svg);
        let note = self.note(&bars, named);
        self.lay_out_phases(&bars, note.as_ref().and_then(|note| note.inside), svg);
        if let Some(note) = note {
            svg.text(note.class, note.at, note.text);
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

    /// The lines of the period, kept clear of the bars that they cross.
    fn lay_out_lines(&self, bars: &[Area], svg: &mut Svg) {
        for PeriodLine { x, halo, .. } in self.lines {
            let is_crossed = |area: &&Area| area.left < *x && *x < area.right;
            for area in bars.iter().filter(is_crossed) {
                svg.vertical(halo, *x, (area.top, area.bottom));
            }
        }
        // A little into the next row, so that no seam shows.
        let reach = (self.top, self.top + self.frame.row + 3);
        for line in self.lines {
            svg.vertical(line.class, line.x, reach);
        }
    }

    /// Name and badge; returns where they end.
    fn lay_out_heading(&self, svg: &mut Svg) -> Px {
        let (frame, lane) = (self.frame, self.lane);
        let middle = self.heading_middle();
        let face = name_face(lane.status);
        let left = if frame.badges.is_some() { EDGE } else { px(2) };
        let room = frame.width - px(4) - left;
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
        let middle = self.heading_middle();
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

    fn heading_middle(&self) -> Px {
        let height = match self.frame.badges {
            Some(_) => self.frame.row,
            None => self.frame.above,
        };
        self.top + height / 2
    }

    /// What is said about the train's end or release: in the name's line when
    /// names are above, else where there is room along the bar.
    fn note(&self, bars: &[Area], named: Px) -> Option<Note<'_>> {
        self.in_line_with_name(named).or_else(|| match bars {
            [] => self.instead_of_bar(),
            [first, ..] => self.along(*first, bars[bars.len() - 1]),
        })
    }

    fn in_line_with_name(&self, named: Px) -> Option<Note<'_>> {
        let note = self.lane.notes.last()?;
        let right = self.frame.width - px(2);
        let at = (right, self.heading_middle() + Face::Plain.drop());
        let fits = named + px(12) + width(note, Face::Plain) <= right;
        (fits && self.frame.badges.is_none()).then(|| Note::outside("tb-note tb-right", at, note))
    }

    fn instead_of_bar(&self) -> Option<Note<'_>> {
        let note = self.lane.notes.last()?;
        let plot = self.frame.plot;
        let wide = width(note, Face::Plain);
        let left = plot.left + px(1);
        let (class, x) = if self.lane.place == Extent::After {
            ("tb-note tb-right", plot.right)
        } else {
            ("tb-note", self.free(left, plot.right, wide).unwrap_or(left))
        };
        let fits = wide < plot.width();
        fits.then(|| Note::outside(class, (x, self.baseline(Face::Plain)), note))
    }

    /// Right of the bars, inside their end, or left of them; clear of the
    /// period's lines if that is possible.
    fn along(&self, first: Area, last: Area) -> Option<Note<'_>> {
        let place = |note, may_cross| {
            self.right_of(last, note, may_cross)
                .or_else(|| self.inside(last, note))
                .or_else(|| self.left_of(first, note, may_cross))
        };
        let notes = &self.lane.notes;
        [false, true]
            .into_iter()
            .find_map(|may_cross| notes.iter().find_map(|note| place(note, may_cross)))
    }

    /// Right of the last bar, or a little further away to clear a line.
    fn right_of<'a>(&self, last: Area, note: &'a str, may_cross: bool) -> Option<Note<'a>> {
        let wide = width(note, Face::Plain);
        let (start, end) = (last.right + PAD, self.frame.width - px(2));
        let x = if may_cross {
            Some(start).filter(|x| x + wide <= end)
        } else {
            let x = self.free(start, end, wide);
            x.filter(|x| x - start <= STEP_ASIDE)
        };
        x.map(|x| Note::outside("tb-note", (x, self.baseline(Face::Plain)), note))
    }

    fn inside<'a>(&self, last: Area, note: &'a str) -> Option<Note<'a>> {
        let bar = self.lane.bars.last().filter(|bar| !bar.style.is_pre)?;
        let (start, right) = inner(bar, last);
        let left = right - width(note, Face::Plain);
        let fits = left >= start && self.frame.holds_text();
        let class = if is_strong(bar) {
            "tb-inside tb-on-lts tb-right"
        } else {
            "tb-inside tb-right"
        };
        (fits && self.crossed(left, right).is_none()).then(|| Note {
            inside: Some(left),
            ..Note::outside(class, (right, self.baseline(Face::Plain)), note)
        })
    }

    fn left_of<'a>(&self, first: Area, note: &'a str, may_cross: bool) -> Option<Note<'a>> {
        let right = first.left - PAD;
        let left = right - width(note, Face::Plain);
        let is_clear = may_cross || self.crossed(left, right).is_none();
        let at = (right, self.baseline(Face::Plain));
        let fits = left >= self.frame.plot.left && is_clear;
        fits.then(|| Note::outside("tb-note tb-right", at, note))
    }

    /// The names of the phases inside their bars, in full, short, or not.
    /// `taken` is where a note inside the last bar begins.
    fn lay_out_phases(&self, bars: &[Area], taken: Option<Px>, svg: &mut Svg) {
        if !self.frame.holds_text() {
            return;
        }
        for (n, (bar, area)) in self.lane.bars.iter().zip(bars).enumerate() {
            let (left, right) = inner(bar, *area);
            let taken = taken.filter(|_| n + 1 == bars.len());
            let right = taken.map_or(right, |x| x - PAD);
            let texts = [Some(bar.name), bar.short].into_iter().flatten();
            let place = |text| Some((self.free(left, right, width(text, Face::Bold))?, text));
            let placed = texts.filter(|_| !bar.style.is_pre).find_map(place);
            let class = if is_strong(bar) {
                "tb-phase tb-on-lts"
            } else {
                "tb-phase"
            };
            if let Some((x, text)) = placed {
                svg.text(class, (x, self.baseline(Face::Bold)), text);
            }
        }
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
        let touched = |x: &Px| *x > left - CLEAR && *x < right + CLEAR;
        self.lines.iter().map(|line| line.x).rfind(touched)
    }

    fn baseline(&self, face: Face) -> Px {
        self.top + self.frame.above + self.frame.bar / 2 + face.drop()
    }
}

/// A note with its place; `inside` is where it begins within the last bar.
struct Note<'a> {
    class: &'static str,
    at: Point,
    text: &'a str,
    inside: Option<Px>,
}

impl<'a> Note<'a> {
    fn outside(class: &'static str, at: Point, text: &'a str) -> Self {
        Self {
            class,
            at,
            text,
            inside: None,
        }
    }
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
