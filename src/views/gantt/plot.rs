//! The adapter to plotters, which maps days and rows to places and draws the
//! grid.
//!
//! plotters counts whole pixels, so its canvas is ten times larger than the
//! picture: its pixels are our tenths. Its stock SVG backend knows no classes,
//! groups or titles; [`Canvas`] is one that does.

use std::cell::RefCell;
use std::convert::Infallible;

use plotters::chart::ChartBuilder;
use plotters::coord::combinators::BindKeyPoints;
use plotters::drawing::IntoDrawingArea;
use plotters::style::{Color, RGBColor};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use super::axis::Axis;
use super::frame::Frame;
use super::svg::{Point, Svg};
use super::time_range::TimeRange;
use crate::views::text_metrics::Px;

/// The place of a day and of a row's top.
pub(super) type Scale<'a> = &'a dyn Fn(i32, i32) -> Point;

/// A drawing before anything is placed in it.
pub(super) struct Plot<'a> {
    pub(super) frame: &'a Frame,
    pub(super) height: Px,
    pub(super) range: TimeRange,
    pub(super) axis: &'a Axis,
}

const NEVER_FAILS: &str = "the canvas never fails, and no area of a frame is empty";

impl Plot<'_> {
    /// Draws what is behind the grid, the grid, and what is before it.
    pub(super) fn draw(
        &self,
        behind: impl FnOnce(Scale, &mut Svg),
        before: impl FnOnce(Scale, &mut Svg),
    ) -> String {
        let (frame, range) = (self.frame, self.range);
        let svg = RefCell::new(Svg::default());
        let size = (frame.width.unsigned_abs(), self.height.unsigned_abs());
        let root = Canvas { svg: &svg, size }.into_drawing_area();
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
            .build_cartesian_2d(days, rows..0.0)
            .expect(NEVER_FAILS);
        let scale = |day, row: i32| chart.backend_coord(&(day, row.into()));
        behind(&scale, &mut svg.borrow_mut());
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_axes()
            .bold_line_style(TICK)
            .light_line_style(MINOR)
            .draw()
            .expect(NEVER_FAILS);
        let scale = |day, row: i32| chart.backend_coord(&(day, row.into()));
        before(&scale, &mut svg.borrow_mut());
        svg.take().finish()
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

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A backend of plotters that writes SVG with classes.
struct Canvas<'a> {
    svg: &'a RefCell<Svg>,
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
        let class = class(style.color());
        self.svg.borrow_mut().line(class, from, to);
        Ok(())
    }
}
