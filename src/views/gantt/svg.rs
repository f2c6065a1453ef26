//! Writes SVG: one element a line, numbers with one decimal at most.

use std::fmt::{self, Display, Write};

use crate::views::escape::Html;
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

/// The elements of a drawing as SVG, written from the back to the front.
#[derive(Default)]
pub(super) struct Svg {
    out: String,
    /// The class of the path that lines are being added to; empty when none
    /// is open.
    line: String,
}

impl Svg {
    pub(super) fn finish(mut self) -> String {
        self.end_lines();
        self.out
    }

    fn write(&mut self, text: fmt::Arguments) {
        self.out.write_fmt(text).expect("a string takes any text");
    }

    /// All elements of another.
    pub(super) fn append(&mut self, other: Self) {
        self.end_lines();
        self.out.push_str(&other.finish());
    }

    /// A line from the first height to the second.
    pub(super) fn vertical(&mut self, class: &str, x: Px, (top, bottom): (Px, Px)) {
        self.line(class, (x, top), (x, bottom));
    }

    pub(super) fn horizontal(&mut self, class: &str, y: Px, (left, right): (Px, Px)) {
        self.line(class, (left, y), (right, y));
    }

    /// A straight line; those of one class that follow each other become one
    /// path.
    pub(super) fn line(&mut self, class: &str, from: Point, to: Point) {
        if self.line != class {
            self.end_lines();
            self.write(format_args!("<path class=\"{class}\" d=\""));
            class.clone_into(&mut self.line);
        }
        self.write(format_args!("M{}", Pair(from)));
        match () {
            () if from.0 == to.0 => self.write(format_args!("V{}", Tenths(to.1))),
            () if from.1 == to.1 => self.write(format_args!("H{}", Tenths(to.0))),
            () => self.write(format_args!("L{}", Pair(to))),
        }
    }

    fn end_lines(&mut self) {
        if !self.line.is_empty() {
            self.line.clear();
            self.out.push_str("\"/>\n");
        }
    }

    /// Begins a group with that tooltip.
    pub(super) fn group(&mut self, title: &str) {
        self.element(format_args!("<g>\n<title>{}</title>", Html(title)));
    }

    pub(super) fn end_group(&mut self) {
        self.element(format_args!("</g>"));
    }

    /// A whole element, or the beginning or end of one.
    pub(super) fn element(&mut self, text: fmt::Arguments) {
        self.end_lines();
        self.write(text);
        self.out.push('\n');
    }

    pub(super) fn rect(&mut self, class: &str, area: Area, radius: Px) {
        let (x, y) = (Tenths(area.left), Tenths(area.top));
        let (width, height) = (Tenths(area.width()), Tenths(area.height()));
        self.end_lines();
        self.write(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
        ));
        if radius > 0 {
            self.write(format_args!(" rx=\"{}\"", Tenths(radius)));
        }
        self.out.push_str("/>\n");
    }

    /// Text on a baseline.
    pub(super) fn text(&mut self, class: &str, (x, y): Point, text: &str) {
        let (x, y, text) = (Tenths(x), Tenths(y), Html(text));
        self.element(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{text}</text>"
        ));
    }
}

/// A length as a decimal number of pixels.
pub(super) struct Tenths(pub(super) Px);

impl Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.abs() / 10, self.0.abs() % 10);
        match tenth {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{tenth}"),
        }
    }
}

/// A point as two numbers.
pub(super) struct Pair(pub(super) Point);

impl Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Tenths(self.0.0), Tenths(self.0.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_decimal_at_most() {
        let written = [0, 5, -5, 10, 123, -1230].map(|tenths| Tenths(tenths).to_string());
        assert_eq!(written, ["0", "0.5", "-0.5", "1", "12.3", "-123"]);
    }

    #[test]
    fn lines_of_one_class_become_one_path() {
        let mut svg = Svg::default();
        svg.line("a", (0, 0), (0, 50));
        svg.line("a", (10, 0), (10, 50));
        svg.line("b", (0, 0), (50, 0));
        svg.text("c", (0, 0), "<&>");
        assert_eq!(
            svg.finish(),
            "<path class=\"a\" d=\"M0 0V5M1 0V5\"/>\n\
             <path class=\"b\" d=\"M0 0H5\"/>\n\
             <text class=\"c\" x=\"0\" y=\"0\">&lt;&amp;&gt;</text>\n"
        );
    }
}
