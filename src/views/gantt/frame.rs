//! The measures of a drawing: where its rows, bars and names are.

use super::lane::{Lane, Standing};
use super::svg::Area;
use crate::views::lettering::{Face, Px, px, width};

/// Which of the two drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Wide,
    Narrow,
}

/// Where the names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Left of the bars, the badges in a column of their own from here on.
    Gutter { badges: Px },
    /// Above the bars.
    Above,
}

/// The measures, all in tenths of a pixel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) width: Px,
    pub(super) names: Names,
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
    pub(super) fn new(form: Form, lanes: &[Lane]) -> Self {
        let gutter = Gutter::of(lanes);
        let is_long = lanes.len() > MANY;
        let is_wide = form == Form::Wide;
        let width = if is_wide { px(720) } else { px(328) };
        let (names, left) = if is_wide && gutter.width() <= GUTTER {
            let badges = EDGE + gutter.names + GAP;
            (Names::Gutter { badges }, gutter.width())
        } else {
            (Names::Above, px(2))
        };
        let (row, above, bar) = match (names, is_long) {
            (Names::Gutter { .. }, false) => (px(32), px(6), px(20)),
            (Names::Gutter { .. }, true) => (px(23), px(4), px(15)),
            (Names::Above, false) => (px(42), px(21), px(16)),
            (Names::Above, true) => (px(34), px(19), px(11)),
        };
        let rows = Px::try_from(lanes.len().max(1)).unwrap_or(Px::MAX);
        let plot = Area {
            left,
            top: HEADER,
            right: width - if is_wide { px(10) } else { px(2) },
            bottom: HEADER.saturating_add(row.saturating_mul(rows)),
        };
        Self {
            width,
            names,
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

/// What names and badges need beside the bars.
struct Gutter {
    names: Px,
    badges: Option<Px>,
}

impl Gutter {
    fn of(lanes: &[Lane]) -> Self {
        let names = lanes
            .iter()
            .map(|lane| width(lane.name, name_face(lane.standing)));
        let badges = lanes.iter().filter_map(|lane| lane.badge);
        Self {
            names: names.max().unwrap_or(0),
            badges: badges.map(badge_width).max(),
        }
    }

    fn width(&self) -> Px {
        let badges = self.badges.map_or(0, |badges| GAP + badges);
        EDGE + self.names + badges + px(12)
    }
}

pub(super) fn name_face(standing: Standing) -> Face {
    match standing {
        Standing::Supported => Face::BoldName,
        Standing::Coming | Standing::Over => Face::Name,
    }
}

/// With its outline.
pub(super) fn badge_width(text: &str) -> Px {
    width(text, Face::Badge) + px(8)
}
