//! What a drawing consists of: shapes and texts with their places.

use std::borrow::Cow;

use super::lane::Edge;
use super::timeline::BarStyle;
use crate::views::text_metrics::Px;

/// A point, in tenths of a pixel.
pub(super) type Point = (Px, Px);

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: Px,
    pub(super) top: Px,
    pub(super) right: Px,
    pub(super) bottom: Px,
}

impl Area {
    pub(super) fn width(self) -> Px {
        self.right - self.left
    }

    pub(super) fn height(self) -> Px {
        self.bottom - self.top
    }

    /// Smaller by so much on each side.
    pub(super) fn inset(self, by: Px) -> Self {
        Self {
            left: self.left + by,
            top: self.top + by,
            right: self.right - by,
            bottom: self.bottom - by,
        }
    }
}

/// A shape or text at its place.
pub(super) struct Element<'a> {
    pub(super) shape: Shape<'a>,
    /// Two corners of an area, the ends of a line, or the point at which text
    /// is held, twice.
    pub(super) at: [Point; 2],
}

/// What an element looks like.
pub(super) enum Shape<'a> {
    Rect {
        class: &'static str,
        radius: Px,
    },
    Line(&'static str),
    Text {
        class: &'static str,
        text: Cow<'a, str>,
    },
    Bar {
        style: BarStyle,
        edges: [Edge; 2],
    },
    /// Begins a group with that tooltip.
    Group(&'a str),
    GroupEnd,
}

/// The elements of a drawing, from the back to the front.
#[derive(Default)]
pub(super) struct Elements<'a>(pub(super) Vec<Element<'a>>);

impl<'a> Elements<'a> {
    fn push(&mut self, shape: Shape<'a>, from: Point, to: Point) {
        let at = [from, to];
        self.0.push(Element { shape, at });
    }

    fn push_area(&mut self, shape: Shape<'a>, area: Area) {
        self.push(shape, (area.left, area.top), (area.right, area.bottom));
    }

    pub(super) fn rect(&mut self, class: &'static str, area: Area, radius: Px) {
        self.push_area(Shape::Rect { class, radius }, area);
    }

    pub(super) fn bar(&mut self, style: BarStyle, edges: [Edge; 2], area: Area) {
        self.push_area(Shape::Bar { style, edges }, area);
    }

    /// A line from the first height to the second.
    pub(super) fn vertical(&mut self, class: &'static str, x: Px, (top, bottom): (Px, Px)) {
        self.push(Shape::Line(class), (x, top), (x, bottom));
    }

    pub(super) fn horizontal(&mut self, class: &'static str, y: Px, (left, right): (Px, Px)) {
        self.push(Shape::Line(class), (left, y), (right, y));
    }

    /// Text on a baseline.
    pub(super) fn text(&mut self, class: &'static str, at: Point, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        self.push(Shape::Text { class, text }, at, at);
    }

    pub(super) fn group(&mut self, title: &'a str) {
        self.push(Shape::Group(title), (0, 0), (0, 0));
    }

    pub(super) fn end_group(&mut self) {
        self.push(Shape::GroupEnd, (0, 0), (0, 0));
    }
}
