//! The measures of a drawing: where its rows, bars and names are.

use crate::schedule::Status;

use super::lane::Lane;
use super::svg::Area;
use crate::views::text_metrics::{self, Face, Px, px, width};

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
    /// Where what is said of the trains stands.
    pub(super) notes: Notes,
    /// Where time is drawn.
    pub(super) plot: Area,
    /// Height of the lower tier of the axis; none where it has one tier.
    pub(super) tier: Px,
    pub(super) row: Px,
    /// From a row's top to its bar's.
    pub(super) above: Px,
    pub(super) bar: Px,
    /// Whether the axis is repeated below.
    pub(super) is_long: bool,
}

/// Where a row's note stands: on plain ground, never among the bars.
#[derive(Clone, Copy, Debug)]
pub(super) enum Notes {
    /// In a column at the right edge, which begins there.
    Column(Px),
    /// At the right end of the name's line.
    Beside,
    /// In a line of its own below the name.
    Below,
}

/// Height of the axis, of the lower of its two tiers, and of the line of the
/// period's pill above it.
const AXIS: Px = px(40);
const TIER: Px = px(17);
const PILL: Px = px(20);

/// Over so many rows, they are closer together.
const MANY: usize = 20;

/// The widest that names and badges may be beside the bars. Beyond it they go
/// above them, all of them, so that rows stay alike.
const GUTTER: Px = px(220);

/// The widest that notes may be in their column.
const COLUMN: Px = px(200);

/// Between a column of notes and what is left of it.
const BESIDE_COLUMN: Px = px(12);

/// Height of a line of text above the bars.
const LINE: Px = px(17);

/// From the picture's edge to a name.
pub(super) const EDGE: Px = px(6);

/// Between a name and its badge.
pub(super) const GAP: Px = px(8);

impl Frame {
    pub(super) fn new(size: Size, lanes: &[Lane], has_period: bool) -> Self {
        let width = match size {
            Size::Wide => px(720),
            Size::Narrow => px(328),
        };
        let (badges, gutter) = gutter(lanes);
        let is_beside = size == Size::Wide && gutter <= GUTTER;
        let is_long = lanes.len() > MANY;
        let notes = Notes::new(size, lanes, width);
        let further = match notes {
            Notes::Below => LINE,
            Notes::Column(_) | Notes::Beside => 0,
        };
        let [row, above, bar] = match (is_beside, is_long) {
            (true, false) => [32, 6, 20],
            (true, true) => [23, 4, 15],
            (false, false) => [42, 21, 16],
            (false, true) => [34, 19, 11],
        }
        .map(px);
        let (row, above) = (row + further, above + further);
        let rows = Px::try_from(lanes.len().max(1)).unwrap_or(Px::MAX);
        let header = AXIS + if has_period { PILL } else { 0 };
        let plot = Area {
            left: if is_beside { gutter } else { px(2) },
            top: header,
            right: notes.left(width),
            bottom: header.saturating_add(row.saturating_mul(rows)),
        };
        Self {
            width,
            badges: is_beside.then_some(badges),
            notes,
            plot,
            tier: TIER,
            row,
            above,
            bar,
            is_long,
        }
    }

    /// The same with one tier of labels, where the axis needs no second.
    pub(super) fn with_one_tier(mut self) -> Self {
        self.tier = 0;
        self.plot.top -= TIER;
        self.plot.bottom -= TIER;
        self
    }

    /// From a row's top to the middle of the name's line.
    pub(super) fn heading(&self) -> Px {
        match (self.badges, self.notes) {
            (Some(_), _) => self.row / 2,
            (None, Notes::Below) => (self.above - LINE) / 2,
            (None, _) => self.above / 2,
        }
    }

    /// From a row's top to the middle of its note's line.
    pub(super) fn note(&self) -> Px {
        match self.notes {
            Notes::Column(_) => self.above + self.bar / 2,
            Notes::Beside => self.heading(),
            Notes::Below => self.heading() + LINE,
        }
    }

    /// How wide a note may be.
    pub(super) fn note_room(&self) -> Px {
        match self.notes {
            Notes::Column(_) => COLUMN,
            Notes::Beside | Notes::Below => self.plot.width() - px(2),
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

impl Notes {
    fn new(size: Size, lanes: &[Lane], width: Px) -> Self {
        if size == Size::Wide {
            let widths = lanes.iter().map(|lane| lane.note_width(COLUMN));
            return Self::Column(width - px(4) - widths.max().unwrap_or(0));
        }
        let fits = |lane: &Lane| {
            let badge = lane.badge.map_or(0, |badge| GAP + badge_width(badge));
            let name = text_metrics::width(lane.name, name_face(lane.status));
            let note = text_metrics::width(lane.shortest(), Face::Plain);
            name + badge + px(16) + note <= width
        };
        if lanes.iter().all(fits) {
            Self::Beside
        } else {
            Self::Below
        }
    }

    /// How far to the right time is drawn.
    fn left(self, width: Px) -> Px {
        match self {
            Self::Column(left) => left - BESIDE_COLUMN,
            Self::Beside | Self::Below => width - px(2),
        }
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
