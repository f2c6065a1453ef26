//! The shapes of a row.

use super::lane::{Bar, Edge, Lane, Standing};
use super::spots::{Badge, Spots};
use super::stages::Look;
use super::svg::{Area, Path, Svg};
use crate::views::lettering::{Face, Px, px};

/// Roundness of a bar.
const RADIUS: Px = 35;

/// How far the point of a clipped bar reaches.
const POINT: Px = px(6);

/// A bar without an edge vanishes over this length, in so many slices.
const FADE: Px = px(18);
const SLICES: [&str; 3] = ["tb-fade-1", "tb-fade-2", "tb-fade-3"];

/// From one stroke of a hatch to the next.
const HATCH: Px = px(5);

/// A line of the period where it crosses a row.
#[derive(Clone, Copy)]
pub(super) struct Crossing {
    pub(super) line: Line,
    pub(super) x: Px,
}

/// Which line of the period.
#[derive(Clone, Copy)]
pub(super) enum Line {
    /// At its start.
    From,
    /// At the next change.
    Change,
}

impl Line {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::From => "tb-from",
            Self::Change => "tb-change",
        }
    }

    /// What keeps it clear of a bar.
    fn halo(self) -> &'static str {
        match self {
            Self::From => "tb-halo",
            Self::Change => "tb-halo tb-slight",
        }
    }
}

impl Edge {
    /// How much of a bar it takes.
    pub(super) fn taken(self, width: Px) -> Px {
        match self {
            Self::Round => RADIUS.min(width / 2),
            Self::Square => 0,
            Self::Point => POINT.min(width / 2),
            Self::Open => FADE.min(width / 3),
        }
    }
}

/// A whole row, from the back to the front.
pub(super) fn lane(
    lane: &Lane,
    spots: &Spots,
    crossings: &[Crossing],
    (top, bottom): (Px, Px),
    svg: &mut Svg,
) {
    svg.group(&lane.title);
    for (bar, area) in lane.bars.iter().zip(&spots.bars) {
        self::bar(bar, *area, svg);
    }
    for crossing in crossings {
        halos(*crossing, &spots.bars, svg);
    }
    for Crossing { line, x } in crossings {
        // A little into the next row, so that no seam shows.
        svg.line(line.class(), (*x, top), (*x, bottom + 3));
    }
    if let Some(badge) = &spots.badge {
        self::badge(badge, lane.standing, svg);
    }
    for spot in &spots.texts {
        svg.text(spot.class, spot.at, &spot.text);
    }
    svg.end_group();
}

fn badge(Badge { area, text }: &Badge, standing: Standing, svg: &mut Svg) {
    let (class, text_class) = match standing {
        Standing::Over => ("tb-badge tb-over", "tb-badge-text tb-over tb-middle"),
        _ => ("tb-badge", "tb-badge-text tb-middle"),
    };
    svg.rect(class, area.inset(5), px(4));
    let baseline = area.top.midpoint(area.bottom) + Face::Badge.drop();
    svg.text(text_class, (area.left.midpoint(area.right), baseline), text);
}

/// Keeps a line clear of the bars it crosses.
fn halos(Crossing { line, x }: Crossing, bars: &[Area], svg: &mut Svg) {
    let crossed = |area: &&Area| area.left < x && x < area.right;
    for area in bars.iter().filter(crossed) {
        svg.line(line.halo(), (x, area.top), (x, area.bottom));
    }
}

fn bar(bar: &Bar, area: Area, svg: &mut Svg) {
    let is_whole = bar.left == Edge::Round && bar.right == Edge::Round;
    if bar.is_pre && bar.left != Edge::Open && bar.right != Edge::Open {
        pre(area, bar.look, bar.is_planned, svg);
    } else if is_whole {
        sample(area, bar.look, bar.is_planned, svg);
    } else {
        open_bar(bar, area, svg);
    }
}

/// A bar with both ends.
pub(super) fn sample(area: Area, look: Look, is_planned: bool, svg: &mut Svg) {
    let radius = RADIUS.min(area.width() / 2 - 5).max(0);
    svg.rect(class(look, is_planned), area.inset(5), radius);
}

/// The hatched bar before a release.
pub(super) fn pre(area: Area, look: Look, is_planned: bool, svg: &mut Svg) {
    let inner = area.inset(5);
    svg.rect(class(look, is_planned), inner, 0);
    if look == Look::Pre {
        hatch(inner, svg);
    }
}

/// Strokes from the lower left to the upper right, as far as they lie within.
fn hatch(area: Area, svg: &mut Svg) {
    let reach = area.width() + area.height();
    let starts = (1..).map(|n| n * HATCH).take_while(|start| *start < reach);
    for start in starts {
        let down = start.min(area.height());
        let across = start.min(area.width());
        let from = (area.left + start - down, area.top + down);
        let to = (area.left + across, area.top + start - across);
        svg.line("tb-hatch", from, to);
    }
}

/// A bar with an edge that joins another, points beyond the picture, or is
/// not known.
fn open_bar(bar: &Bar, area: Area, svg: &mut Svg) {
    let class = class(bar.look, bar.is_planned);
    let fading = |edge: Edge| match edge {
        Edge::Open => edge.taken(area.width()),
        _ => 0,
    };
    let (left, right) = (fading(bar.left), fading(bar.right));
    let body = Area {
        left: area.left + left.max(5),
        right: area.right - right.max(5),
        top: area.top + 5,
        bottom: area.bottom - 5,
    };
    fade(class, body, body.left, -left, svg);
    fade(class, body, body.right, right, svg);
    let shape = Shape {
        area: body,
        left: bar.left,
        right: bar.right,
    };
    match (bar.left, bar.right) {
        (Edge::Open, Edge::Open) => {
            svg.rect(&format!("{class} tb-bare"), body, 0);
            svg.line(class, (body.left, body.top), (body.right, body.top));
            svg.line(class, (body.left, body.bottom), (body.right, body.bottom));
        }
        _ => svg.path(class, &shape.outline()),
    }
    if bar.look == Look::Pre {
        hatch(body, svg);
    }
}

/// Lets a bar vanish from `start` on, to either side.
fn fade(class: &str, body: Area, start: Px, length: Px, svg: &mut Svg) {
    if length == 0 {
        return;
    }
    for (n, slice) in (0..).zip(SLICES) {
        let (near, far) = (start + n * length / 3, start + (n + 1) * length / 3);
        let area = Area {
            left: near.min(far),
            right: near.max(far),
            ..body
        };
        svg.rect(&format!("{class} {slice}"), area, 0);
    }
}

/// The outline of a bar of which at least one edge is known.
struct Shape {
    area: Area,
    left: Edge,
    right: Edge,
}

impl Shape {
    /// Clockwise; an unknown edge is left out of it.
    fn outline(&self) -> Path {
        let Area {
            left,
            top,
            right,
            bottom,
        } = self.area;
        let path = Path::default();
        match (self.left, self.right) {
            (Edge::Open, _) => self
                .right_edge(path.move_to((left, top)))
                .line_to((left, bottom)),
            (_, Edge::Open) => self
                .left_edge(path.move_to((right, bottom)))
                .line_to((right, top)),
            _ => {
                let start = (left + self.left.taken(self.area.width()), top);
                self.left_edge(self.right_edge(path.move_to(start))).close()
            }
        }
    }

    /// From the top down.
    fn right_edge(&self, path: Path) -> Path {
        let Area {
            top, right, bottom, ..
        } = self.area;
        let inset = right - self.right.taken(self.area.width());
        match self.right {
            Edge::Round => path
                .line_to((inset, top))
                .round_to(right - inset, (right, top + right - inset))
                .line_to((right, bottom - right + inset))
                .round_to(right - inset, (inset, bottom)),
            Edge::Point => path
                .line_to((inset, top))
                .line_to((right, top.midpoint(bottom)))
                .line_to((inset, bottom)),
            Edge::Square | Edge::Open => path.line_to((right, top)).line_to((right, bottom)),
        }
    }

    /// From the bottom up.
    fn left_edge(&self, path: Path) -> Path {
        let Area {
            left, top, bottom, ..
        } = self.area;
        let taken = self.left.taken(self.area.width());
        let inset = left + taken;
        match self.left {
            Edge::Round => path
                .line_to((inset, bottom))
                .round_to(taken, (left, bottom - taken))
                .line_to((left, top + taken))
                .round_to(taken, (inset, top)),
            Edge::Point => path
                .line_to((inset, bottom))
                .line_to((left, top.midpoint(bottom)))
                .line_to((inset, top)),
            Edge::Square | Edge::Open => path.line_to((left, bottom)).line_to((left, top)),
        }
    }
}

fn class(look: Look, is_planned: bool) -> &'static str {
    match (look, is_planned) {
        (Look::Pre, true) => "tb-pre tb-planned",
        (Look::Current, true) => "tb-current tb-planned",
        (Look::Lts, true) => "tb-lts tb-planned",
        (Look::Maintenance, true) => "tb-maintenance tb-planned",
        (Look::Extended, true) => "tb-extended tb-planned",
        (look, _) => look.class(),
    }
}
