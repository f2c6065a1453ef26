//! Writes SVG: one element a line, numbers with one decimal at most.

use crate::views::escape::Html;
use crate::views::lettering::Px;

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

/// SVG being written.
#[derive(Default)]
pub(super) struct Svg {
    out: String,
    /// The class of the path that lines are being added to.
    lines: Option<&'static str>,
}

/// What a path consists of.
#[derive(Default)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn move_to(mut self, (x, y): Point) -> Self {
        self.0.push('M');
        pair(&mut self.0, x, y);
        self
    }

    pub(super) fn line_to(mut self, (x, y): Point) -> Self {
        self.0.push('L');
        pair(&mut self.0, x, y);
        self
    }

    /// Around a corner to a point, by a quarter of a circle clockwise.
    pub(super) fn round_to(mut self, radius: Px, (x, y): Point) -> Self {
        self.0.push('A');
        pair(&mut self.0, radius, radius);
        self.0.push_str(" 0 0 1 ");
        pair(&mut self.0, x, y);
        self
    }

    pub(super) fn close(mut self) -> Self {
        self.0.push('Z');
        self
    }
}

impl Svg {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            out: String::with_capacity(bytes),
            lines: None,
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_lines();
        self.out
    }

    /// A straight line; those of one class that follow each other become one
    /// path.
    pub(super) fn line(&mut self, class: &'static str, from: Point, to: Point) {
        if self.lines != Some(class) {
            self.end_lines();
            self.start("path", class);
            self.out.push_str(" d=\"");
            self.lines = Some(class);
        }
        self.out.push('M');
        pair(&mut self.out, from.0, from.1);
        let (command, end) = match (from.0 == to.0, from.1 == to.1) {
            (true, _) => ('V', [None, Some(to.1)]),
            (_, true) => ('H', [Some(to.0), None]),
            _ => ('L', [Some(to.0), Some(to.1)]),
        };
        self.out.push(command);
        let mut values = end.into_iter().flatten();
        values
            .by_ref()
            .take(1)
            .for_each(|v| number(&mut self.out, v));
        for value in values {
            self.out.push(' ');
            number(&mut self.out, value);
        }
    }

    fn end_lines(&mut self) {
        if self.lines.take().is_some() {
            self.out.push_str("\"/>\n");
        }
    }

    fn start(&mut self, element: &str, class: &str) {
        self.out.extend(["<", element, " class=\"", class, "\""]);
    }

    fn attribute(&mut self, name: &str, value: Px) {
        self.out.extend([" ", name, "=\""]);
        number(&mut self.out, value);
        self.out.push('"');
    }

    pub(super) fn rect(&mut self, class: &str, area: Area, radius: Px) {
        self.end_lines();
        self.start("rect", class);
        self.attribute("x", area.left);
        self.attribute("y", area.top);
        self.attribute("width", area.width());
        self.attribute("height", area.height());
        if radius > 0 {
            self.attribute("rx", radius);
        }
        self.out.push_str("/>\n");
    }

    pub(super) fn path(&mut self, class: &str, path: &Path) {
        self.end_lines();
        self.start("path", class);
        self.out.extend([" d=\"", &path.0, "\"/>\n"]);
    }

    /// Text on a baseline.
    pub(super) fn text(&mut self, class: &str, (x, y): Point, text: &str) {
        self.end_lines();
        self.start("text", class);
        self.attribute("x", x);
        self.attribute("y", y);
        self.out.push('>');
        escape(&mut self.out, text);
        self.out.push_str("</text>\n");
    }

    /// A group with a tooltip, until [`Svg::end_group`].
    pub(super) fn group(&mut self, title: &str) {
        self.end_lines();
        self.out.push_str("<g>\n");
        self.element("title", title);
    }

    pub(super) fn end_group(&mut self) {
        self.end_lines();
        self.out.push_str("</g>\n");
    }

    /// An element that holds nothing but text.
    pub(super) fn element(&mut self, name: &str, text: &str) {
        self.end_lines();
        self.out.extend(["<", name, ">"]);
        escape(&mut self.out, text);
        self.out.extend(["</", name, ">\n"]);
    }
}

fn pair(out: &mut String, x: Px, y: Px) {
    number(out, x);
    out.push(' ');
    number(out, y);
}

/// Tenths as a decimal number.
fn number(out: &mut String, tenths: Px) {
    if tenths < 0 {
        out.push('-');
    }
    let size = tenths.unsigned_abs();
    let mut digits = [0; 10];
    let mut rest = size / 10;
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().map(|digit| char::from(*digit)));
    if !size.is_multiple_of(10) {
        out.push('.');
        out.push(char::from(b'0' + (size % 10) as u8));
    }
}

/// Text, escaped.
fn escape(out: &mut String, text: &str) {
    if text.contains(['<', '>', '&', '"', '\'', '\u{FFFE}', '\u{FFFF}']) {
        out.push_str(&Html(text).to_string());
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_decimal_at_most() {
        let written = [0, 5, -5, 10, 123, -1230].map(|tenths| {
            let mut out = String::new();
            number(&mut out, tenths);
            out
        });
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
