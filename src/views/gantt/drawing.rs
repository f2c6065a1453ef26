//! One whole drawing: the layout of axis, period, rows and legend.

use crate::schedule::{Board, Period, Row};

use super::Span;
use super::axis::Axis;
use super::frame::{Frame, Size};
use super::header::Header;
use super::lane::Lane;
use super::legend;
use super::marker::{self, PeriodMarker};
use super::milestone::Milestone;
use super::plot::{Plot, Scale};
use super::row::RowLayout;
use super::sentence::{self, period_in_short};
use super::svg::{Area, Svg};
use super::time_range::TimeRange;
use super::timeline::Timeline;
use crate::views::text_metrics::{Face, Px, px};

/// What a drawing shows, whatever its size.
pub(super) struct Subject<'a> {
    lanes: Vec<Lane<'a>>,
    /// None when no day is known.
    range: Option<TimeRange>,
    period: Period,
}

impl<'a> Subject<'a> {
    /// All trains of the board.
    pub(super) fn whole(board: &'a Board, span: Span) -> Self {
        Self::of(board, &board.in_groups().concat(), board.period(), span)
    }

    /// Some trains of the board, in the time that they need.
    pub(super) fn of(board: &Board, rows: &[&'a Row], period: Period, span: Span) -> Self {
        let timelines = rows.iter().map(|row| Timeline::new(row, board.end_day()));
        let timelines: Vec<_> = timelines.collect();
        let range = TimeRange::of(&timelines, period, span);
        let shown = range.unwrap_or(TimeRange::UNKNOWN);
        let lanes = timelines.iter().map(|one| Lane {
            title: sentence::of_row(one.row, board),
            ..Lane::new(one, shown, period)
        });
        Self {
            lanes: lanes.collect(),
            range,
            period,
        }
    }
}

/// A finished drawing, with its size in whole pixels.
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    /// All elements inside `<svg>`.
    pub(super) body: String,
}

pub(super) fn draw(subject: &Subject, size: Size) -> Drawing {
    let range = subject.range.unwrap_or(TimeRange::UNKNOWN);
    let has_period = marker::is_in_sight(subject.period, range);
    let frame = Frame::new(size, &subject.lanes, has_period);
    let axis = subject
        .range
        .map(|range| Axis::new(range, frame.plot.width()))
        .unwrap_or_default();
    let frame = if axis.lower.is_empty() {
        frame.with_one_tier()
    } else {
        frame
    };
    let mut legend = Svg::default();
    let entries = legend::entries(&subject.lanes, range, has_period);
    let height = legend::lay_out(&frame, &entries, &mut legend) + px(4);
    let plot = Plot {
        frame: &frame,
        height,
        range,
        axis: &axis,
    };
    let period = subject.period;
    let body = plot.draw(
        |scale, svg| band(&plot, period, scale, svg),
        |scale, svg| {
            foreground(subject, &plot, scale, svg);
            svg.append(legend);
        },
    );
    Drawing {
        width: frame.width / 10,
        height: height / 10,
        body,
    }
}

fn marker(plot: &Plot, period: Period, scale: Scale) -> Option<PeriodMarker> {
    PeriodMarker::new(period, plot.range, |day| scale(day, 0).0)
}

/// The band of the period through all rows.
fn band(plot: &Plot, period: Period, scale: Scale, svg: &mut Svg) {
    if let Some(PeriodMarker { left, right, .. }) = marker(plot, period, scale) {
        let area = Area {
            left,
            right,
            ..plot.frame.plot
        };
        svg.rect("tb-band", area, 0);
    }
}

/// The header, and the rows with the lines of the period.
fn foreground(subject: &Subject, plot: &Plot, scale: Scale, svg: &mut Svg) {
    let frame = plot.frame;
    let marker = marker(plot, subject.period, scale);
    let header = Header::new(frame, plot.axis, |day| scale(day, 0).0);
    header.lay_out_years(svg);
    let lines = marker.as_ref().map_or(&[][..], |marker| &marker.lines);
    for (row, lane) in (0..).zip(&subject.lanes) {
        let bars = lane.bars.iter();
        let layout = RowLayout {
            frame,
            lane,
            top: scale(0, row).1,
            ends: bars
                .map(|bar| (scale(bar.from, row).0, scale(bar.to, row).0))
                .collect(),
            marks: marks(lane, plot.range, |day| scale(day, row).0),
            lines,
        };
        layout.lay_out(svg);
    }
    header.lay_out(marker.as_ref(), period_in_short(subject.period), svg);
    stripes(frame, svg);
    if subject.lanes.is_empty() {
        let baseline = frame.plot.top + frame.row / 2 + Face::Plain.drop();
        svg.text(
            "tb-note tb-middle",
            (frame.width / 2, baseline),
            "No train to show",
        );
    }
}

/// The milestones of a row that are within the range, with their places.
fn marks<'a>(lane: &'a Lane, range: TimeRange, x: impl Fn(i32) -> Px) -> Vec<(Px, &'a Milestone)> {
    let milestones = lane.milestones.iter();
    let shown = milestones.filter(|one| one.is_within(range));
    shown.map(|one| (x(one.day), one)).collect()
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
