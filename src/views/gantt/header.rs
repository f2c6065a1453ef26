//! The axis' labels and the period's pill above the rows, and the labels
//! repeated below a long chart.

use super::axis::{Axis, Mark};
use super::frame::Frame;
use super::marker::PeriodMarker;
use super::svg::{Area, Svg};
use crate::views::text_metrics::{Face, Px, px, width};

/// From the baseline of the last tier down to the rows.
const BASELINE: Px = px(9);

/// Top and bottom of the pill, and the baseline of its text.
const PILL: (Px, Px) = (px(0), px(18));
const PILL_TEXT: Px = px(13);

/// From the last row to the baseline of the labels below.
const BELOW: Px = px(17);

/// The least between two labels.
const APART: Px = px(5);

/// From where the lines of the upper and of the lower tier begin down to the
/// lower tier, and to the rows.
const YEAR_TOP: Px = px(20);
const TICK_TOP: Px = px(3);

/// How labels of the lower tier are written.
const TICK: (Face, &str) = (Face::Plain, "tb-tick tb-clear tb-middle");

/// A label with the place of its line.
type Placed<'a> = (&'a str, Px);

/// The axis with its places.
pub(super) struct Header<'a> {
    frame: &'a Frame,
    opening: Option<&'a str>,
    upper: Vec<Placed<'a>>,
    lower: Vec<Placed<'a>>,
}

impl<'a> Header<'a> {
    pub(super) fn new(frame: &'a Frame, axis: &'a Axis, x: impl Fn(i32) -> Px) -> Self {
        let placed = |marks: &'a [Mark]| {
            let placed = marks.iter().map(|mark| (&*mark.text, x(mark.day)));
            placed.collect()
        };
        Self {
            frame,
            opening: axis.opening.as_deref(),
            upper: placed(&axis.upper),
            lower: placed(&axis.lower),
        }
    }

    /// The stronger lines of the upper tier, through all rows.
    pub(super) fn lay_out_years(&self, svg: &mut Svg) {
        for (_, x) in &self.upper {
            let reach = (
                self.above_rows(YEAR_TOP + self.frame.tier),
                self.frame.plot.bottom,
            );
            svg.vertical("tb-year-line", *x, reach);
        }
    }

    /// All labels, and the days of the period in its pill.
    pub(super) fn lay_out(
        &self,
        marker: Option<&PeriodMarker>,
        days: Option<String>,
        svg: &mut Svg,
    ) {
        for (_, x) in &self.lower {
            let reach = (self.above_rows(TICK_TOP), self.frame.plot.top);
            svg.vertical("tb-tick-line", *x, reach);
        }
        if let Some((marker, days)) = marker.zip(days) {
            self.lay_out_bracket(marker, svg);
            let area = self.pill(marker, &days);
            let middle = area.left.midpoint(area.right);
            svg.rect("tb-pill", area, px(4));
            svg.text("tb-pill-text tb-middle", (middle, PILL_TEXT), &days);
        }
        self.lay_out_upper(svg);
        let baseline = self.above_rows(BASELINE);
        self.lay_out_centred(&self.lower, TICK, baseline, &mut Vec::new(), svg);
        if self.frame.is_long {
            self.lay_out_below(svg);
        }
    }

    fn above_rows(&self, height: Px) -> Px {
        self.frame.plot.top - height
    }

    /// Over the middle of the band, within the picture, in a line of its own.
    fn pill(&self, marker: &PeriodMarker, days: &str) -> Area {
        let wide = width(days, Face::Bold) + px(8);
        let left = marker.left.midpoint(marker.right) - wide / 2;
        let left = left.clamp(0, (self.frame.width - wide).max(0));
        Area {
            left,
            top: PILL.0,
            right: left + wide,
            bottom: PILL.1,
        }
    }

    /// From the pill down to the band, which may be wider or narrower.
    fn lay_out_bracket(&self, marker: &PeriodMarker, svg: &mut Svg) {
        let top = PILL.1 - px(1);
        for line in &marker.lines {
            svg.vertical(line.class, line.x, (top, self.frame.plot.top + 3));
        }
        svg.horizontal("tb-from", top, (marker.left - px(1), marker.right));
    }

    /// Left-aligned, right of each line.
    fn lay_out_upper(&self, svg: &mut Svg) {
        let baseline = self.above_rows(BASELINE + self.frame.tier);
        let opening = self.opening.map(|text| (text, self.frame.plot.left));
        let named = self.upper.iter().map(|(text, x)| (*text, x + px(5)));
        let mut labels = opening.into_iter().chain(named).peekable();
        while let Some((text, start)) = labels.next() {
            let end = labels
                .peek()
                .map_or(self.frame.width, |(_, next)| next - px(5));
            if start + width(text, Face::Bold) <= end {
                svg.text("tb-year tb-clear", (start, baseline), text);
            }
        }
    }

    /// Both tiers in one line, below the last row.
    fn lay_out_below(&self, svg: &mut Svg) {
        let baseline = self.frame.plot.bottom + BELOW;
        let years = (Face::Bold, "tb-year tb-middle");
        let mut taken = Vec::new();
        self.lay_out_centred(&self.upper, years, baseline, &mut taken, svg);
        self.lay_out_centred(&self.lower, TICK, baseline, &mut taken, svg);
    }

    /// Labels in the middle of their lines, as far as their places are free.
    fn lay_out_centred(
        &self,
        labels: &[Placed<'a>],
        (face, class): (Face, &str),
        baseline: Px,
        taken: &mut Vec<(Px, Px)>,
        svg: &mut Svg,
    ) {
        for (text, x) in labels {
            let half = width(text, face) / 2 + 1;
            let (left, right) = (x - half, x + half);
            let is_free = taken
                .iter()
                .all(|(start, end)| left >= end + APART || right <= start - APART);
            if is_free && left >= 0 && right <= self.frame.width {
                taken.push((left, right));
                svg.text(class, (*x, baseline), text);
            }
        }
    }
}
