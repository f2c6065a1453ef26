//! One whole drawing: axis, band, rows and legend put together.

use crate::schedule::{Board, Day, EndDay, Period, Row};

use super::Span;
use super::frame::{Form, Frame};
use super::header::{self, PILL, Pill, Placed, TICK_TOP, YEAR_TOP};
use super::lane::Lane;
use super::legend;
use super::paint::{self, Crossing, Line};
use super::plot::{self, Grid, Part};
use super::sentence::period_in_short;
use super::spots::Site;
use super::stages;
use super::stretch::{Course, Stretch};
use super::svg::{Area, Point, Svg};
use super::ticks::{Axis, Mark};
use crate::views::lettering::{Face, Px, px};

/// What a drawing shows, whatever its width.
pub(super) struct Subject<'a> {
    lanes: Vec<Lane<'a>>,
    /// None when no day is known.
    stretch: Option<Stretch>,
    period: Period,
}

impl<'a> Subject<'a> {
    /// All trains of the board.
    pub(super) fn whole(board: &'a Board, span: Span) -> Self {
        let rows: Vec<_> = board.trains().collect();
        Self::of(&rows, board.end_day(), board.period(), span)
    }

    /// Some trains, in the time that they need.
    pub(super) fn of(rows: &[&'a Row], meaning: EndDay, period: Period, span: Span) -> Self {
        let courses: Vec<_> = rows
            .iter()
            .map(|row| Course {
                row,
                stages: stages::of(row, meaning),
            })
            .collect();
        let stretch = Stretch::of(&courses, period, span);
        let lanes = courses
            .iter()
            .map(|course| Lane::new(course, stretch.unwrap_or(Stretch::NOWHEN), period));
        Self {
            lanes: lanes.collect(),
            stretch,
            period,
        }
    }

    fn days_of_period(&self) -> [Option<i32>; 2] {
        [self.period.valid_from, self.period.next_change].map(|day| day.map(Day::number))
    }
}

/// A finished drawing.
pub(super) struct Drawing {
    pub(super) width: Px,
    pub(super) height: Px,
    /// All elements inside `<svg>`.
    pub(super) body: String,
}

pub(super) fn draw(subject: &Subject, form: Form) -> Drawing {
    let frame = Frame::new(form, &subject.lanes);
    let axis = subject
        .stretch
        .map(|stretch| Axis::new(stretch, frame.plot.width()))
        .unwrap_or_default();
    let band = Band {
        frame: &frame,
        days: subject.days_of_period(),
        stretch: subject.stretch.unwrap_or(Stretch::NOWHEN),
    };
    let mut svg = Svg::with_capacity(1500 + 700 * subject.lanes.len());
    plot(subject, &axis, &band, &mut svg);
    stripes(&frame, &mut svg);
    if subject.lanes.is_empty() {
        nothing(&frame, &mut svg);
    }
    let bottom = frame.plot.bottom + if frame.is_long { px(22) } else { 0 };
    let entries = legend::entries(&subject.lanes, band.is_in_sight());
    let bottom = legend::paint(&frame, &entries, bottom, &mut svg);
    Drawing {
        width: frame.width,
        height: bottom + px(4),
        body: svg.finish(),
    }
}

/// All that has its place in time, from the back to the front.
fn plot(subject: &Subject, axis: &Axis, band: &Band, svg: &mut Svg) {
    let frame = band.frame;
    let head = Head {
        axis,
        band,
        text: period_in_short(subject.period),
    };
    let years = Years { frame, axis };
    let lanes: Vec<_> = lanes(subject, band).collect();
    let lanes = lanes.iter().map(|lane| lane as &dyn Part);
    let before: Vec<&dyn Part> = [&years as &dyn Part]
        .into_iter()
        .chain(lanes)
        .chain([&head as &dyn Part])
        .collect();
    let labelled: Vec<_> = axis.lower.iter().map(|mark| mark.day).collect();
    let grid = Grid {
        labelled: &labelled,
        minor: &axis.minor,
    };
    plot::draw(frame, band.stretch, &grid, [&[band], &before], svg);
}

/// A tint for every second row. It lies over all else in the row, so that what
/// keeps text clear of lines is tinted too.
fn stripes(frame: &Frame, svg: &mut Svg) {
    let tops = (frame.plot.top..frame.plot.bottom).step_by(frame.row.unsigned_abs() as usize);
    for top in tops.skip(1).step_by(2) {
        let area = Area {
            left: 0,
            top,
            right: frame.width,
            bottom: top + frame.row,
        };
        svg.rect("tb-stripe", area, 0);
    }
}

fn nothing(frame: &Frame, svg: &mut Svg) {
    let baseline = frame.plot.top + frame.row / 2 + Face::Plain.drop();
    let middle = (frame.width / 2, baseline);
    svg.text("tb-note tb-middle", middle, "No train to show");
}

/// The stretch of the period through all rows.
struct Band<'a> {
    frame: &'a Frame,
    days: [Option<i32>; 2],
    stretch: Stretch,
}

/// The least width of a band.
const BAND: Px = px(2);

impl Band<'_> {
    /// Whether any of it lies within the drawing.
    fn is_in_sight(&self) -> bool {
        let Stretch { from, to } = self.stretch;
        let starts_before_end = self.days[0].is_none_or(|day| day < to);
        let ends_after_start = self.days[1].is_none_or(|day| day > from);
        self.days != [None, None] && starts_before_end && ends_after_start
    }

    /// Its first and last day within the drawing.
    fn visible(&self) -> Vec<i32> {
        let Stretch { from, to } = self.stretch;
        let [start, end] = self.days;
        let clipped = [start.unwrap_or(from), end.unwrap_or(to)];
        let days = clipped.map(|day| day.clamp(from, to));
        if self.is_in_sight() {
            days.to_vec()
        } else {
            Vec::new()
        }
    }

    /// Where it begins and ends, from the places of its days.
    fn ends(at: &[Point]) -> Option<(Px, Px)> {
        let [(left, _), (right, _), ..] = at else {
            return None;
        };
        Some((*left, *right.max(&(left + BAND))))
    }

    /// Its lines: strong at its start, lighter at the next change.
    fn crossings(&self, at: &[Point]) -> Vec<Crossing> {
        let Some((left, right)) = Self::ends(at) else {
            return Vec::new();
        };
        let Stretch { from, to } = self.stretch;
        let within = |day: Option<i32>| day.is_some_and(|day| (from..=to).contains(&day));
        let start = within(self.days[0]).then_some(Crossing {
            line: Line::From,
            x: left,
        });
        let end = within(self.days[1]).then_some(Crossing {
            line: Line::Change,
            x: right,
        });
        start.into_iter().chain(end).collect()
    }
}

impl Part for Band<'_> {
    fn days(&self) -> Vec<i32> {
        self.visible()
    }

    fn paint(&self, at: &[Point], svg: &mut Svg) {
        if let Some((left, right)) = Self::ends(at) {
            let Area { top, bottom, .. } = self.frame.plot;
            svg.rect(
                "tb-band",
                Area {
                    left,
                    top,
                    right,
                    bottom,
                },
                0,
            );
        }
    }
}

/// The stronger lines of the upper tier.
struct Years<'a> {
    frame: &'a Frame,
    axis: &'a Axis,
}

impl Part for Years<'_> {
    fn days(&self) -> Vec<i32> {
        self.axis.upper.iter().map(|mark| mark.day).collect()
    }

    fn paint(&self, at: &[Point], svg: &mut Svg) {
        for (x, _) in at {
            svg.line("tb-year-line", (*x, YEAR_TOP), (*x, self.frame.plot.bottom));
        }
    }
}

/// All labels of the axis, and the pill.
struct Head<'a> {
    axis: &'a Axis,
    band: &'a Band<'a>,
    text: Option<String>,
}

impl Head<'_> {
    /// From the pill down to the band, which may be wider or narrower.
    fn bracket(&self, at: &[Point], svg: &mut Svg) {
        let frame = self.band.frame;
        let top = PILL.1 - px(1);
        for Crossing { line, x } in self.band.crossings(at) {
            svg.line(line.class(), (x, top), (x, frame.plot.top + 3));
        }
        if let Some((left, right)) = Band::ends(at) {
            svg.line("tb-from", (left - px(1), top), (right, top));
        }
    }

    fn pill(&self, at: &[Point]) -> Option<Pill> {
        let (left, right) = Band::ends(at)?;
        let text = self.text.clone()?;
        Some(Pill::new(text, left.midpoint(right), self.band.frame))
    }
}

impl Part for Head<'_> {
    fn days(&self) -> Vec<i32> {
        let marks = self.axis.upper.iter().chain(&self.axis.lower);
        marks
            .map(|mark| mark.day)
            .chain(self.band.visible())
            .collect()
    }

    fn paint(&self, at: &[Point], svg: &mut Svg) {
        let (axis, frame) = (self.axis, self.band.frame);
        let (upper, rest) = at.split_at(axis.upper.len());
        let (lower, period) = rest.split_at(axis.lower.len());
        let upper = placed(&axis.upper, upper);
        let lower = placed(&axis.lower, lower);
        let pill = self.pill(period);
        for (_, x) in &lower {
            svg.line("tb-tick-line", (*x, TICK_TOP), (*x, frame.plot.top));
        }
        self.bracket(period, svg);
        header::upper(frame, axis.opening.as_deref(), &upper, svg);
        header::lower(frame, &lower, pill.as_ref(), svg);
        if let Some(pill) = pill {
            pill.paint(svg);
        }
        if frame.is_long {
            header::below(frame, &upper, &lower, svg);
        }
    }
}

fn placed<'m>(marks: &'m [Mark], at: &[Point]) -> Vec<Placed<'m>> {
    marks
        .iter()
        .zip(at)
        .map(|(mark, (x, _))| (mark, *x))
        .collect()
}

/// A lane with its row.
struct PlacedLane<'a, 'b> {
    lane: &'b Lane<'a>,
    band: &'b Band<'b>,
    row: i32,
}

fn lanes<'a, 'b>(
    subject: &'b Subject<'a>,
    band: &'b Band<'b>,
) -> impl Iterator<Item = PlacedLane<'a, 'b>> {
    let lanes = (0..).zip(&subject.lanes);
    lanes.map(move |(row, lane)| PlacedLane { lane, band, row })
}

impl Part for PlacedLane<'_, '_> {
    /// Those of the period, then two for each bar.
    fn days(&self) -> Vec<i32> {
        let bars = self.lane.bars.iter();
        let mut days = self.band.visible();
        // A row without bars and period still needs to know its top.
        days.push(self.band.stretch.from);
        days.extend(bars.flat_map(|bar| [bar.from, bar.to]));
        days
    }

    fn row(&self) -> i32 {
        self.row
    }

    fn paint(&self, at: &[Point], svg: &mut Svg) {
        let (period, rest) = at.split_at(at.len() - 2 * self.lane.bars.len() - 1);
        let Some(((_, top), ends)) = rest.split_first() else {
            return;
        };
        let frame = self.band.frame;
        let crossings = self.band.crossings(period);
        let lines: Vec<_> = crossings.iter().map(|crossing| crossing.x).collect();
        let site = Site {
            frame,
            lane: self.lane,
            top: *top,
            ends: ends
                .chunks_exact(2)
                .map(|pair| (pair[0].0, pair[1].0))
                .collect(),
            lines: &lines,
        };
        let reach = (*top, top + frame.row);
        paint::lane(self.lane, &site.lay_out(), &crossings, reach, svg);
    }
}
