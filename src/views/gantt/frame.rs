//! The measures of a drawing: where its rows, bars and names are.

use crate::schedule::Status;

use super::lane::Lane;
use super::svg::Area;
use crate::views::text_metrics::{Face, Px, px, width};

/// Which of the two drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Wide,
    Narrow,
}

/// The measures, all in tenths of a pixel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) width: Px,
    /// Where the column of badges begins when names and badges stand left of
    /// the bars; none when they stand above them.
    pub(super) badges: Option<Px>,
    /// Where time is drawn.
    pub(super) plot: Area,
    pub(super) row: Px,
    /// From a row's top to its bar's.
    pub(super) above: Px,
    pub(super) bar: Px,
    /// Whether the axis is repeated below.
    pub(super) is_long: bool,
}

/// Height of the axis.
pub(super) const HEADER: Px = px(40);

/// Over so many rows, they are closer together.
const MANY: usize = 20;

/// The widest that names and badges may be beside the bars. Beyond it they go
/// above them, all of them, so that rows stay alike.
const GUTTER: Px = px(220);

/// From the picture's edge to a name.
pub(super) const EDGE: Px = px(6);

/// Between a name and its badge.
pub(super) const GAP: Px = px(8);

impl Frame {
    pub(super) fn new(size: Size, lanes: &[Lane]) -> Self {
        let (width, margin) = match size {
            Size::Wide => (px(720), px(10)),
            Size::Narrow => (px(328), px(2)),
        };
        let (badges, gutter) = gutter(lanes);
        let is_beside = size == Size::Wide && gutter <= GUTTER;
        let is_long = lanes.len() > MANY;
        let [row, above, bar] = match (is_beside, is_long) {
            (true, false) => [32, 6, 20],
            (true, true) => [23, 4, 15],
            (false, false) => [42, 21, 16],
            (false, true) => [34, 19, 11],
        }
        .map(px);
        let rows = Px::try_from(lanes.len().max(1)).unwrap_or(Px::MAX);
        let plot = Area {
            left: if is_beside { gutter } else { px(2) },
            top: HEADER,
            right: width - margin,
            bottom: HEADER.saturating_add(row.saturating_mul(rows)),
        };
        Self {
            width,
            badges: is_beside.then_some(badges),
            plot,
            row,
            above,
            bar,
            is_long,
        }
    }

    /// How much lower than other bars one before the release is, on each side.
    pub(super) fn sunk(&self) -> Px {
        self.bar / 50 * 10
    }

    /// Whether text fits within a bar's height.
    pub(super) fn holds_text(&self) -> bool {
        self.bar >= px(15)
    }
}

/// Where badges would begin beside the names, and where the bars would.
fn gutter(lanes: &[Lane]) -> (Px, Px) {
    let names = lanes
        .iter()
        .map(|lane| width(lane.name, name_face(lane.status)));
    let badges = lanes.iter().filter_map(|lane| lane.badge);
    let name = EDGE + names.max().unwrap_or(0);
    let badge = badges.map(|badge| GAP + badge_width(badge)).max();
    (name + GAP, name + badge.unwrap_or(0) + px(12))
}

pub(super) fn name_face(status: Status) -> Face {
    match status {
        Status::Supported => Face::BoldName,
        _ => Face::Name,
    }
}

/// With its outline.
pub(super) fn badge_width(text: &str) -> Px {
    width(text, Face::Badge) + px(8)
}
