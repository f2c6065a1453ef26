//! The axis' labels and the period's pill above the rows, and the labels
//! repeated below a long chart.

use super::frame::{Frame, HEADER};
use super::svg::{Area, Svg};
use super::ticks::Mark;
use crate::views::lettering::{Face, Px, px, width};

/// Baseline of the upper tier.
const UPPER: Px = px(14);

/// Baseline of the lower tier.
const LOWER: Px = px(31);

/// Top and bottom of the pill.
pub(super) const PILL: (Px, Px) = (px(18), px(36));

/// From the last row to the baseline of the labels below.
const BELOW: Px = px(17);

/// The least between two labels.
const APART: Px = px(5);

/// The days of the period, above its band.
pub(super) struct Pill {
    text: String,
    area: Area,
}

impl Pill {
    /// Over the middle of the band, within the picture.
    pub(super) fn new(text: String, middle: Px, frame: &Frame) -> Self {
        let wide = width(&text, Face::Bold) + px(8);
        let left = (middle - wide / 2).clamp(0, (frame.width - wide).max(0));
        let area = Area {
            left,
            top: PILL.0,
            right: left + wide,
            bottom: PILL.1,
        };
        Self { text, area }
    }

    pub(super) fn paint(&self, svg: &mut Svg) {
        svg.rect("tb-pill", self.area, px(4));
        let middle = self.area.left.midpoint(self.area.right);
        svg.text("tb-pill-text tb-middle", (middle, LOWER), &self.text);
    }

    fn covers(&self, left: Px, right: Px) -> bool {
        left < self.area.right + APART && right > self.area.left - APART
    }
}

/// A label with the place of its line.
pub(super) type Placed<'a> = (&'a Mark, Px);

/// The upper tier: left-aligned, right of each line; `opening` where time
/// begins.
pub(super) fn upper(frame: &Frame, opening: Option<&str>, marks: &[Placed], svg: &mut Svg) {
    let opening = opening.map(|text| (text, frame.plot.left));
    let named = marks.iter().map(|(mark, x)| (&*mark.text, x + px(5)));
    let ends = marks
        .iter()
        .map(|(_, x)| *x)
        .skip(usize::from(opening.is_none()));
    let ends = ends.chain([frame.width]);
    for ((text, start), end) in opening.into_iter().chain(named).zip(ends) {
        if start + width(text, Face::Bold) <= end {
            svg.text("tb-year", (start, UPPER), text);
        }
    }
}

/// The lower tier: centred on each line, none under the pill.
pub(super) fn lower(frame: &Frame, marks: &[Placed], pill: Option<&Pill>, svg: &mut Svg) {
    for (mark, x) in marks {
        let (left, right) = centred(*x, &mark.text, Face::Plain);
        let hidden = pill.is_some_and(|pill| pill.covers(left, right));
        if !hidden && left >= 0 && right <= frame.width {
            svg.text("tb-tick tb-middle", (*x, LOWER), &mark.text);
        }
    }
}

/// Both tiers in one line, below the last row.
pub(super) fn below(frame: &Frame, upper: &[Placed], lower: &[Placed], svg: &mut Svg) {
    let mut taken: Vec<(Px, Px)> = Vec::new();
    let tiers = [
        (upper, Face::Bold, "tb-year"),
        (lower, Face::Plain, "tb-tick"),
    ];
    for (marks, face, class) in tiers {
        for (mark, x) in marks {
            let (left, right) = centred(*x, &mark.text, face);
            let free = taken
                .iter()
                .all(|(a, b)| left >= b + APART || right <= a - APART);
            if free && left >= 0 && right <= frame.width {
                taken.push((left, right));
                let at = (*x, frame.plot.bottom + BELOW);
                svg.text(&format!("{class} tb-middle"), at, &mark.text);
            }
        }
    }
}

fn centred(middle: Px, text: &str, face: Face) -> (Px, Px) {
    let half = width(text, face) / 2 + 1;
    (middle - half, middle + half)
}

/// From where to where a line of the upper tier reaches above the rows.
pub(super) const YEAR_TOP: Px = px(3);

/// Where the other lines begin.
pub(super) const TICK_TOP: Px = HEADER - px(3);
