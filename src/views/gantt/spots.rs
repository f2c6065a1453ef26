//! Where the bars and texts of a row go, so that none covers another.

use std::borrow::Cow;

use super::frame::{EDGE, Frame, GAP, Names, badge_width, name_face};
use super::lane::{Bar, Edge, Lane, Standing};
use super::stages::Look;
use super::svg::{Area, Point};
use crate::views::lettering::{Face, Px, fitted, px, width};

/// A row, laid out.
pub(super) struct Spots<'a> {
    /// One for each bar of the lane.
    pub(super) bars: Vec<Area>,
    pub(super) badge: Option<Badge<'a>>,
    pub(super) texts: Vec<Spot<'a>>,
}

/// A badge with its place.
pub(super) struct Badge<'a> {
    pub(super) area: Area,
    pub(super) text: Cow<'a, str>,
}

/// A text with its place.
pub(super) struct Spot<'a> {
    pub(super) class: &'static str,
    /// The end of the baseline at which the text is held.
    pub(super) at: Point,
    pub(super) text: Cow<'a, str>,
}

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
pub(super) struct Site<'a, 'b> {
    pub(super) frame: &'b Frame,
    pub(super) lane: &'b Lane<'a>,
    /// Top of the row.
    pub(super) top: Px,
    /// Where each bar begins and ends in time.
    pub(super) ends: Vec<(Px, Px)>,
    /// Where the lines of the period cross the row.
    pub(super) lines: &'b [Px],
}

impl<'a> Site<'a, '_> {
    pub(super) fn lay_out(&self) -> Spots<'a> {
        let bars = self.bars();
        let (name, badge) = self.heading();
        let named = badge.as_ref().map_or(name.right, |badge| badge.area.right);
        let note = self.note(&bars, named);
        let taken = note.as_ref().and_then(|note| note.inside);
        let mut texts = vec![name.spot];
        texts.extend(self.phases(&bars, taken));
        texts.extend(note.map(|note| note.spot));
        Spots { bars, badge, texts }
    }

    fn bars(&self) -> Vec<Area> {
        let bars = &self.lane.bars;
        let top = self.top + self.frame.above;
        let mut free = Px::MIN;
        let mut areas = Vec::with_capacity(bars.len());
        for (n, (bar, (from, to))) in bars.iter().zip(&self.ends).enumerate() {
            let apart = if n + 1 < bars.len() { APART } else { 0 };
            let sunk = if bar.is_pre { self.frame.sunk() } else { 0 };
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
        for line in self.lines {
            if (left - line).abs() < BESIDE && right >= line + BESIDE + LEAST {
                left = line + BESIDE;
            }
            if (right - line).abs() < BESIDE && left <= line - BESIDE - LEAST {
                right = line - BESIDE;
            }
        }
        (left, right)
    }

    fn heading(&self) -> (Name<'a>, Option<Badge<'a>>) {
        let frame = self.frame;
        let face = name_face(self.lane.standing);
        let (left, middle) = match frame.names {
            Names::Gutter { .. } => (EDGE, self.top + frame.row / 2),
            Names::Above => (px(2), self.top + frame.above / 2),
        };
        let room = frame.width - px(4) - left;
        let badge = self.lane.badge;
        let badge = badge.map(|badge| fitted(badge, Face::Badge, room / 3));
        let beside = badge.as_deref().map_or(0, |text| GAP + badge_width(text));
        let text = fitted(self.lane.name, face, room - beside);
        let right = left + width(&text, face);
        let start = match frame.names {
            Names::Gutter { badges } => badges,
            Names::Above => right + GAP,
        };
        let badge = badge.map(|text| Badge {
            area: badge_area(&text, start, middle),
            text,
        });
        let spot = Spot {
            class: name_class(self.lane.standing, frame.names),
            at: (left, middle + face.drop()),
            text,
        };
        (Name { spot, right }, badge)
    }

    /// What is said about the train's end or release: in the name's line when
    /// names are above, else where there is room along the bar.
    fn note(&self, bars: &[Area], named: Px) -> Option<Note<'a>> {
        let line = (self.frame.names == Names::Above)
            .then(|| self.in_line_with_name(named))
            .flatten();
        line.or_else(|| match (bars.first(), bars.last()) {
            (Some(first), Some(last)) => self.along(*first, *last),
            _ => self.instead_of_bar(),
        })
    }

    fn in_line_with_name(&self, named: Px) -> Option<Note<'a>> {
        let face = Face::Plain;
        let right = self.frame.width - px(2);
        let note = self.lane.notes.last()?;
        let middle = self.top + self.frame.above / 2;
        (named + px(12) + width(note, face) <= right)
            .then(|| Note::outside("tb-note tb-right", (right, middle + face.drop()), note))
    }

    fn instead_of_bar(&self) -> Option<Note<'a>> {
        let note = self.lane.notes.last()?;
        let plot = self.frame.plot;
        let wide = width(note, Face::Plain);
        let left = plot.left + px(1);
        let (class, x) = if self.lane.is_later {
            ("tb-note tb-right", plot.right)
        } else {
            ("tb-note", self.free(left, plot.right, wide).unwrap_or(left))
        };
        let fits = wide < plot.width();
        fits.then(|| Note::outside(class, (x, self.baseline(Face::Plain)), note))
    }

    /// Right of the bars, inside their end, or left of them; clear of the
    /// period's lines if that is possible.
    fn along(&self, first: Area, last: Area) -> Option<Note<'a>> {
        let notes = &self.lane.notes;
        let clear = notes.iter().find_map(|note| {
            self.right_of(last, note, STEP_ASIDE)
                .or_else(|| self.inside(last, note))
                .or_else(|| self.left_of(first, note, true))
        });
        clear.or_else(|| {
            let crossing = |note: &String| {
                self.right_of(last, note, Px::MAX)
                    .or_else(|| self.left_of(first, note, false))
            };
            notes.iter().find_map(crossing)
        })
    }

    /// Right of the last bar, at most `aside` further away to clear a line; a
    /// note that may go anywhere stays and crosses it.
    fn right_of(&self, last: Area, note: &str, aside: Px) -> Option<Note<'a>> {
        let wide = width(note, Face::Plain);
        let start = last.right + PAD;
        let mut x = start;
        while let Some(line) = self.crossed(x, x + wide).filter(|_| aside != Px::MAX) {
            x = line + CLEAR + px(1);
        }
        let fits = x + wide <= self.frame.width - px(2) && x - start <= aside;
        fits.then(|| Note::outside("tb-note", (x, self.baseline(Face::Plain)), note))
    }

    fn inside(&self, last: Area, note: &str) -> Option<Note<'a>> {
        let bar = self.lane.bars.last().filter(|bar| !bar.is_pre)?;
        let wide = width(note, Face::Plain);
        let (start, right) = inner(bar, last);
        let left = right - wide;
        let fits = left >= start && self.frame.holds_text();
        (fits && self.crossed(left, right).is_none()).then(|| Note {
            spot: Spot {
                class: note_class(bar),
                at: (right, self.baseline(Face::Plain)),
                text: Cow::Owned(note.to_owned()),
            },
            inside: Some(left),
        })
    }

    fn left_of(&self, first: Area, note: &str, must_be_clear: bool) -> Option<Note<'a>> {
        let right = first.left - PAD;
        let left = right - width(note, Face::Plain);
        let clear = !must_be_clear || self.crossed(left, right).is_none();
        let fits = left >= self.frame.plot.left && clear;
        let at = (right, self.baseline(Face::Plain));
        fits.then(|| Note::outside("tb-note tb-right", at, note))
    }

    /// The names of the phases inside their bars, in full, short, or not.
    /// `taken` is where a note inside the last bar begins.
    fn phases(&self, bars: &[Area], taken: Option<Px>) -> Vec<Spot<'a>> {
        if !self.frame.holds_text() {
            return Vec::new();
        }
        let last = bars.len().saturating_sub(1);
        let spots = self.lane.bars.iter().zip(bars).enumerate();
        spots
            .filter(|(_, (bar, _))| !bar.is_pre)
            .filter_map(|(n, (bar, area))| {
                let (left, right) = inner(bar, *area);
                let right = taken.filter(|_| n == last).map_or(right, |x| x - PAD);
                self.phase(bar, left, right)
            })
            .collect()
    }

    fn phase(&self, bar: &Bar<'a>, left: Px, right: Px) -> Option<Spot<'a>> {
        let texts = [Some(bar.name), bar.short].into_iter().flatten();
        let place = |text: &'a str| {
            let x = self.free(left, right, width(text, Face::Bold))?;
            Some(Spot {
                class: phase_class(bar),
                at: (x, self.baseline(Face::Bold)),
                text: Cow::Borrowed(text),
            })
        };
        texts.into_iter().find_map(place)
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
        let touched = |line: &&Px| **line > left - CLEAR && **line < right + CLEAR;
        self.lines.iter().rfind(touched).copied()
    }

    fn baseline(&self, face: Face) -> Px {
        self.top + self.frame.above + self.frame.bar / 2 + face.drop()
    }
}

/// A name with its place, and where it ends.
struct Name<'a> {
    spot: Spot<'a>,
    right: Px,
}

/// A note with its place; `inside` is where it begins within the last bar.
struct Note<'a> {
    spot: Spot<'a>,
    inside: Option<Px>,
}

impl Note<'_> {
    fn outside(class: &'static str, at: Point, text: &str) -> Self {
        Self {
            spot: Spot {
                class,
                at,
                text: Cow::Owned(text.to_owned()),
            },
            inside: None,
        }
    }
}

/// From where to where a bar has room for text.
fn inner(bar: &Bar, area: Area) -> (Px, Px) {
    let pad = |edge: Edge| PAD.max(edge.taken(area.width()) + px(3));
    (area.left + pad(bar.left), area.right - pad(bar.right))
}

fn badge_area(text: &str, left: Px, middle: Px) -> Area {
    Area {
        left,
        top: middle - px(7),
        right: left + badge_width(text),
        bottom: middle + px(7),
    }
}

/// A name above the bars lies over the lines of the axis and is kept clear.
fn name_class(standing: Standing, names: Names) -> &'static str {
    match (standing, names) {
        (Standing::Supported, Names::Gutter { .. }) => "tb-name tb-bold",
        (Standing::Supported, Names::Above) => "tb-name tb-bold tb-clear",
        (Standing::Coming, Names::Gutter { .. }) => "tb-name",
        (Standing::Coming, Names::Above) => "tb-name tb-clear",
        (Standing::Over, Names::Gutter { .. }) => "tb-name tb-over",
        (Standing::Over, Names::Above) => "tb-name tb-over tb-clear",
    }
}

/// Whether text on it is written in the colour for strong fills.
fn is_strong(bar: &Bar) -> bool {
    bar.look == Look::Lts && !bar.is_planned
}

fn phase_class(bar: &Bar) -> &'static str {
    if is_strong(bar) {
        "tb-phase tb-on-lts"
    } else {
        "tb-phase"
    }
}

fn note_class(bar: &Bar) -> &'static str {
    if is_strong(bar) {
        "tb-inside tb-on-lts tb-right"
    } else {
        "tb-inside tb-right"
    }
}
