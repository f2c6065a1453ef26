//! The legend: what the looks of the bars mean, as far as they occur.

use super::frame::Frame;
use super::lane::{Bar, Edge, Lane};
use super::marker::PeriodLine;
use super::milestone;
use super::paint;
use super::svg::{Area, Svg};
use super::time_range::TimeRange;
use super::timeline::{BarStyle, Look};
use crate::schedule::Level;
use crate::views::text_metrics::{Face, Px, fitted, px, width};
use crate::views::words::STABILISING;

/// A sign with its meaning.
pub(super) struct Entry {
    sign: Sign,
    text: String,
}

#[derive(Clone, Copy)]
enum Sign {
    Bar(BarStyle),
    Milestone,
    Period,
}

/// Height of a line.
const LINE: Px = px(22);

/// From the drawing above to the first line.
const ABOVE: Px = px(12);

/// A sign, and from there to its text.
const SIGN: Px = px(18);
const GAP: Px = px(6);

/// Between two entries.
const APART: Px = px(20);

/// The widest that the names of several phases of one look may be together.
const NAMES: Px = px(230);

/// All entries that the lanes need.
pub(super) fn entries(lanes: &[Lane], range: TimeRange, has_period: bool) -> Vec<Entry> {
    let bars = || lanes.iter().flat_map(|lane| &lane.bars);
    let bar = |look, is_planned, text| Entry {
        sign: Sign::Bar(BarStyle {
            look,
            is_pre: look == Look::Of(Level::Pre),
            is_planned,
        }),
        text,
    };
    let occurring = Look::all().filter(|look| bars().any(|bar| bar.style.look == *look));
    let looks = occurring.map(|look| bar(look, false, text(look, bars())));
    let is_planned = bars().any(|bar| bar.style.is_planned && !bar.style.is_pre);
    let planned = || bar(Look::Of(Level::Current), true, "Planned".to_owned());
    let milestones = lanes.iter().flat_map(|lane| &lane.milestones);
    let milestones = milestones.filter(|one| one.is_within(range));
    let milestones = distinct(milestones.map(|one| &*one.name));
    let milestone = || Entry {
        sign: Sign::Milestone,
        text: listed(&milestones).unwrap_or_else(|| "Milestone".to_owned()),
    };
    let period = || Entry {
        sign: Sign::Period,
        text: "Period this chart is for".to_owned(),
    };
    looks
        .chain(is_planned.then(planned))
        .chain((!milestones.is_empty()).then(milestone))
        .chain(has_period.then(period))
        .collect()
}

/// The names of all phases with that look, or else what it means.
fn text<'a>(look: Look, bars: impl Iterator<Item = &'a Bar<'a>>) -> String {
    let alike = bars.filter(|bar| bar.style.look == look);
    let names = distinct(alike.map(|bar| bar.name));
    match listed(&names) {
        _ if names == [STABILISING] => format!("{STABILISING} (branch cut to release)"),
        Some(names) if look != Look::Ended => names,
        _ => look.meaning().to_owned(),
    }
}

fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in all {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// All names, where they are not too many.
fn listed(names: &[&str]) -> Option<String> {
    let together = names.join(", ");
    (width(&together, Face::Plain) <= NAMES).then_some(together)
}

/// Lays out the entries below the rows, in as many lines as they need, and
/// returns where they end.
pub(super) fn lay_out(frame: &Frame, entries: &[Entry], svg: &mut Svg) -> Px {
    let top = frame.plot.bottom + if frame.is_long { px(22) } else { 0 };
    let left = frame.plot.left;
    let room = frame.width - left - SIGN - GAP - px(4);
    let (mut x, mut y) = (left, top + ABOVE);
    for entry in entries {
        let text = fitted(&entry.text, Face::Plain, room);
        let wide = SIGN + GAP + width(&text, Face::Plain);
        if x > left && x + wide > frame.width {
            (x, y) = (left, y + LINE);
        }
        let middle = y + LINE / 2;
        lay_out_sign(entry.sign, x, middle, svg);
        let at = (x + SIGN + GAP, middle + Face::Plain.drop());
        svg.text("tb-key", at, &text);
        x += wide + APART;
    }
    if entries.is_empty() { top } else { y + LINE }
}

fn lay_out_sign(sign: Sign, left: Px, middle: Px, svg: &mut Svg) {
    let half = match sign {
        Sign::Bar(style) if style.is_pre => px(4),
        Sign::Bar(_) => px(6),
        Sign::Milestone => px(2),
        Sign::Period => px(7),
    };
    let area = Area {
        left,
        top: middle - half,
        right: left + SIGN,
        bottom: middle + half,
    };
    match sign {
        Sign::Bar(style) => paint::bar(style, [Edge::Round; 2], area, svg),
        Sign::Milestone => milestone::mark((left + SIGN / 2, area.top), "Milestone", svg),
        Sign::Period => {
            svg.rect("tb-band", area, 0);
            for line in [PeriodLine::start(left), PeriodLine::change(area.right)] {
                svg.vertical(line.class, line.x, (area.top, area.bottom));
            }
        }
    }
}
