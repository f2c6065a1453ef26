//! The adapter to plotters, which maps days and rows to places, draws the
//! grid, and carries the elements of a drawing to the painter.
//!
//! plotters counts whole pixels, so its canvas is ten times larger than the
//! picture: its pixels are our tenths. Its stock SVG backend knows no classes,
//! groups or titles; [`Canvas`] is one that does.

use std::convert::Infallible;

use plotters::chart::ChartBuilder;
use plotters::coord::combinators::BindKeyPoints;
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection};
use plotters::style::{Color, RGBColor};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use super::axis::Axis;
use super::element::{Element, Elements, Point};
use super::frame::Frame;
use super::paint::paint;
use super::svg::Svg;
use super::time_range::TimeRange;
use crate::views::text_metrics::Px;

/// The place of a day and of a row's top.
pub(super) type Scale<'a> = &'a dyn Fn(i32, i32) -> Point;

/// A drawing before its elements are placed.
pub(super) struct Plot<'a> {
    pub(super) frame: &'a Frame,
    pub(super) height: Px,
    pub(super) range: TimeRange,
    pub(super) axis: &'a Axis,
}

impl Plot<'_> {
    /// Draws the elements, those behind the grid first.
    pub(super) fn draw<'e>(&self, lay_out: impl FnOnce(Scale) -> [Elements<'e>; 2]) -> String {
        let mut svg = Svg::default();
        self.try_draw(lay_out, &mut svg)
            .expect("the canvas never fails, and no area of a frame is empty");
        svg.finish()
    }

    fn try_draw<'e>(
        &self,
        lay_out: impl FnOnce(Scale) -> [Elements<'e>; 2],
        svg: &mut Svg,
    ) -> Result<(), DrawingAreaErrorKind<Infallible>> {
        let (frame, range) = (self.frame, self.range);
        let size = (frame.width.unsigned_abs(), self.height.unsigned_abs());
        let root = Canvas { svg, size }.into_drawing_area();
        let labelled = self.axis.lower.iter().map(|mark| mark.day);
        let days = (range.from..range.from + range.days())
            .with_key_points(labelled.collect())
            .with_light_points(self.axis.minor.clone());
        let rows = f64::from(frame.plot.height() / frame.row);
        let mut chart = ChartBuilder::on(&root)
            .margin_top(frame.plot.top)
            .margin_left(frame.plot.left)
            .margin_right(frame.width - frame.plot.right)
            .margin_bottom(self.height - frame.plot.bottom)
            .build_cartesian_2d(days, rows..0.0)?;
        let [behind, before] = lay_out(&|day, row| chart.backend_coord(&(day, row.into())));
        for element in &behind.0 {
            root.draw(element)?;
        }
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_axes()
            .bold_line_style(TICK)
            .light_line_style(MINOR)
            .draw()?;
        for element in &before.0 {
            root.draw(element)?;
        }
        Ok(())
    }
}

/// The colours that plotters draws the grid with: keys to our classes.
const TICK: RGBColor = RGBColor(0, 0, 0);
const MINOR: RGBColor = RGBColor(1, 1, 1);

fn class(color: BackendColor) -> &'static str {
    if color.rgb == TICK.to_backend_color().rgb {
        "tb-tick-line"
    } else {
        "tb-minor-line"
    }
}

impl<'e> PointCollection<'e, Point> for &'e Element<'_> {
    type Point = &'e Point;
    type IntoIter = &'e [Point; 2];

    fn point_iter(self) -> Self::IntoIter {
        &self.at
    }
}

impl Drawable<Canvas<'_>> for Element<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut at: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        if let (Some(from), Some(to)) = (at.next(), at.next()) {
            paint(&self.shape, [from, to], canvas.svg);
        }
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

    /// Draws nothing: what is used of plotters consists of lines.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.svg.line(class(style.color()), from, to);
        Ok(())
    }
}
