//! The adapter to plotters, which maps days and rows to places, draws the
//! grid, and carries our own parts to where they belong.
//!
//! plotters counts whole pixels, so its canvas is ten times larger than the
//! picture: its pixels are our tenths. Its stock SVG backend knows no classes,
//! groups or titles; [`Canvas`] is one that does.

use std::convert::Infallible;

use plotters::chart::ChartBuilder;
use plotters::coord::combinators::BindKeyPoints;
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection};
use plotters::style::Color;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::frame::Frame;
use super::stretch::Stretch;
use super::svg::{Area, Point, Svg};
use crate::views::lettering::{Face, width};

/// Something with a place in time and among the rows.
pub(super) trait Part {
    /// The days whose places it needs.
    fn days(&self) -> Vec<i32>;

    /// The row whose top it needs.
    fn row(&self) -> i32 {
        0
    }

    /// Paints it. `at` has a place for each of its days.
    fn paint(&self, at: &[Point], svg: &mut Svg);
}

/// The days on which the grid has lines.
pub(super) struct Grid<'a> {
    pub(super) labelled: &'a [i32],
    pub(super) minor: &'a [i32],
}

/// Draws the grid and, before and after it, the parts.
pub(super) fn draw(
    frame: &Frame,
    stretch: Stretch,
    grid: &Grid,
    [behind, before]: [&[&dyn Part]; 2],
    svg: &mut Svg,
) {
    let drawn = try_draw(frame, stretch, grid, [behind, before], svg);
    drawn.expect("the canvas never fails, and no area of a frame is empty");
}

fn try_draw(
    frame: &Frame,
    stretch: Stretch,
    grid: &Grid,
    [behind, before]: [&[&dyn Part]; 2],
    svg: &mut Svg,
) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    let size = (frame.width.unsigned_abs(), frame.plot.bottom.unsigned_abs());
    let root = Canvas { svg, size }.into_drawing_area();
    let days = (stretch.from..stretch.from + stretch.days())
        .with_key_points(grid.labelled.to_vec())
        .with_light_points(grid.minor.to_vec());
    let rows = f64::from(frame.plot.height() / frame.row);
    let mut chart = ChartBuilder::on(&root)
        .margin_top(frame.plot.top)
        .margin_left(frame.plot.left)
        .margin_right(frame.width - frame.plot.right)
        .build_cartesian_2d(days, rows..0.0)?;
    for part in behind {
        chart.plotting_area().draw(&Element::new(*part))?;
    }
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_axes()
        .bold_line_style(Ink::Tick)
        .light_line_style(Ink::Minor)
        .draw()?;
    for part in before {
        chart.plotting_area().draw(&Element::new(*part))?;
    }
    Ok(())
}

/// What plotters itself draws with: its colours are keys to our classes.
#[derive(Clone, Copy)]
enum Ink {
    Tick,
    Minor,
}

impl Ink {
    const CLASSES: [&'static str; 2] = ["tb-tick-line", "tb-minor-line"];

    fn class(color: BackendColor) -> &'static str {
        Self::CLASSES[usize::from(color.rgb.0) % Self::CLASSES.len()]
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor {
            alpha: 1.0,
            rgb: (*self as u8, 0, 0),
        }
    }
}

/// A part among the elements of plotters.
struct Element<'a> {
    part: &'a dyn Part,
    anchors: Vec<(i32, f64)>,
}

impl<'a> Element<'a> {
    fn new(part: &'a dyn Part) -> Self {
        let row = f64::from(part.row());
        let days = part.days().into_iter();
        Self {
            part,
            anchors: days.map(|day| (day, row)).collect(),
        }
    }
}

impl<'e> PointCollection<'e, (i32, f64)> for &'e Element<'_> {
    type Point = &'e (i32, f64);
    type IntoIter = &'e [(i32, f64)];

    fn point_iter(self) -> Self::IntoIter {
        &self.anchors
    }
}

impl Drawable<Canvas<'_>> for Element<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        at: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        let at: Vec<_> = at.collect();
        self.part.paint(&at, canvas.svg);
        Ok(())
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A backend of plotters that writes SVG with classes.
struct Canvas<'a> {
    svg: &'a mut Svg,
    size: (u32, u32),
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let area = Area {
            left: x,
            top: y,
            right: x + 1,
            bottom: y + 1,
        };
        self.svg.rect(Ink::class(color), area, 0);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.svg.line(Ink::class(style.color()), from, to);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let mut points = path.into_iter();
        let Some(mut from) = points.next() else {
            return Ok(());
        };
        for to in points {
            self.draw_line(from, to, style)?;
            from = to;
        }
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let height = Face::Plain.size() * 10;
        Ok((
            width(text, Face::Plain).unsigned_abs(),
            height.unsigned_abs(),
        ))
    }
}
