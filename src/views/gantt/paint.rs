//! The painter of bars.

use super::lane::Edge;
use super::svg::{Area, Pair, Svg};
use super::timeline::{BarStyle, Look};
use crate::schedule::Level;
use crate::views::text_metrics::{Px, px};

/// Roundness of a bar.
const RADIUS: Px = 35;

/// How far the point of a clipped bar reaches.
const POINT: Px = px(6);

/// A bar without an edge vanishes over this length, in so many slices.
const FADE: Px = px(18);
const SLICES: [&str; 3] = ["tb-fade-1", "tb-fade-2", "tb-fade-3"];

/// From one stroke of a hatch to the next.
const HATCH: Px = px(5);

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

/// A bar with its two edges.
pub(super) fn bar(style: BarStyle, edges: [Edge; 2], area: Area, svg: &mut Svg) {
    let planned = if style.is_planned { " tb-planned" } else { "" };
    let class = format!("tb-{}{planned}", style.look.name());
    let is_open = edges.contains(&Edge::Open);
    let body = if style.is_pre && !is_open {
        svg.rect(&class, area.inset(5), 0);
        area.inset(5)
    } else if edges == [Edge::Round; 2] {
        let radius = RADIUS.min(area.width() / 2 - 5).max(0);
        svg.rect(&class, area.inset(5), radius);
        area.inset(5)
    } else {
        cut_bar(&class, edges, area, svg)
    };
    if style.look == Look::Of(Level::Pre) {
        hatch(body, svg);
    }
}

/// Strokes from the lower left to the upper right, as far as they lie within.
fn hatch(area: Area, svg: &mut Svg) {
    let reach = area.width() + area.height();
    for start in (HATCH..reach).step_by(HATCH.unsigned_abs() as usize) {
        let down = start.min(area.height());
        let across = start.min(area.width());
        let from = (area.left + start - down, area.top + down);
        let to = (area.left + across, area.top + start - across);
        svg.line("tb-hatch", from, to);
    }
}

/// A bar with an edge that joins another, points beyond the picture, or is
/// not known. Returns the part of it that does not fade.
fn cut_bar(class: &str, edges: [Edge; 2], area: Area, svg: &mut Svg) -> Area {
    let [left, right] = edges.map(|edge| match edge {
        Edge::Open => edge.taken(area.width()),
        _ => 0,
    });
    let body = Area {
        left: area.left + left.max(5),
        right: area.right - right.max(5),
        top: area.top + 5,
        bottom: area.bottom - 5,
    };
    fade(class, body, body.left, -left, svg);
    fade(class, body, body.right, right, svg);
    if edges == [Edge::Open; 2] {
        svg.rect(&format!("{class} tb-bare"), body, 0);
        svg.line(class, (body.left, body.top), (body.right, body.top));
        svg.line(class, (body.left, body.bottom), (body.right, body.bottom));
    } else {
        let path = outline(edges, body);
        svg.element(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
    }
    body
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

/// The outline of a bar, clockwise; an unknown edge is left out of it.
fn outline([left, right]: [Edge; 2], area: Area) -> String {
    let taken = [left, right].map(|edge| edge.taken(area.width()));
    let down = edge(right, area.right, -taken[1], (area.top, area.bottom));
    let up = edge(left, area.left, taken[0], (area.bottom, area.top));
    let top = |x| Pair((x, area.top));
    let bottom = |x| Pair((x, area.bottom));
    match (left, right) {
        (Edge::Open, _) => format!("M{}{down}L{}", top(area.left), bottom(area.left)),
        (_, Edge::Open) => format!("M{}{up}L{}", bottom(area.right), top(area.right)),
        _ => format!("M{}{down}{up}Z", top(area.left + taken[0])),
    }
}

/// An edge from one height to another; `taken` leads from it into the bar.
fn edge(edge: Edge, x: Px, taken: Px, (start, end): (Px, Px)) -> String {
    let line = |x, y| format!("L{}", Pair((x, y)));
    let radius = taken.abs();
    let arc = |x, y| format!("A{} 0 0 1 {}", Pair((radius, radius)), Pair((x, y)));
    let inset = x + taken;
    let (from, to) = (line(inset, start), line(inset, end));
    let turn = if start < end { radius } else { -radius };
    match edge {
        Edge::Round => {
            let side = arc(x, start + turn) + &line(x, end - turn);
            from + &side + &arc(inset, end)
        }
        Edge::Point => from + &line(x, start.midpoint(end)) + &to,
        Edge::Square | Edge::Open => line(x, start) + &line(x, end),
    }
}
