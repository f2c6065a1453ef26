//! What the looks of the bars mean: only what occurs.

use super::frame::Frame;
use super::lane::{Bar, Lane};
use super::paint::{self, Line};
use super::stages::{Look, STABILISING};
use super::svg::{Area, Svg};
use crate::views::lettering::{Face, Px, fitted, px, width};

/// One sign with its meaning.
pub(super) struct Entry {
    sign: Sign,
    text: String,
}

#[derive(Clone, Copy)]
enum Sign {
    Bar { look: Look, is_planned: bool },
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
pub(super) fn entries(lanes: &[Lane], has_period: bool) -> Vec<Entry> {
    let bars = || lanes.iter().flat_map(|lane| &lane.bars);
    let bar = |look, is_planned, text| Entry {
        sign: Sign::Bar { look, is_planned },
        text,
    };
    let mut entries: Vec<_> = Look::ALL
        .into_iter()
        .filter(|look| bars().any(|bar| bar.look == *look))
        .map(|look| bar(look, false, text(look, bars())))
        .collect();
    if bars().any(|bar| bar.is_planned && !bar.is_pre) {
        entries.push(bar(Look::Current, true, "Planned".to_owned()));
    }
    entries.extend(has_period.then(|| Entry {
        sign: Sign::Period,
        text: "Period this chart is for".to_owned(),
    }));
    entries
}

/// The names of all phases with that look, or else what it means.
fn text<'a>(look: Look, bars: impl Iterator<Item = &'a Bar<'a>>) -> String {
    if look == Look::Ended {
        return look.meaning().to_owned();
    }
    let mut names: Vec<&str> = Vec::new();
    for bar in bars.filter(|bar| bar.look == look) {
        if !names.contains(&bar.name) {
            names.push(bar.name);
        }
    }
    if names == [STABILISING] {
        return format!("{STABILISING} (branch cut to release)");
    }
    let together = names.join(", ");
    if width(&together, Face::Plain) <= NAMES {
        together
    } else {
        look.meaning().to_owned()
    }
}

/// Paints the entries below `top`, in as many lines as they need, and returns
/// where they end.
pub(super) fn paint(frame: &Frame, entries: &[Entry], top: Px, svg: &mut Svg) -> Px {
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
        sign(entry.sign, x, middle, svg);
        let at = (x + SIGN + GAP, middle + Face::Plain.drop());
        svg.text("tb-key", at, &text);
        x += wide + APART;
    }
    if entries.is_empty() { top } else { y + LINE }
}

fn sign(sign: Sign, left: Px, middle: Px, svg: &mut Svg) {
    let area = |half| Area {
        left,
        top: middle - half,
        right: left + SIGN,
        bottom: middle + half,
    };
    match sign {
        Sign::Bar {
            look: Look::Pre, ..
        } => paint::pre(area(px(4)), Look::Pre, false, svg),
        Sign::Bar { look, is_planned } => paint::sample(area(px(6)), look, is_planned, svg),
        Sign::Period => {
            let band = area(px(7));
            svg.rect("tb-band", band, 0);
            svg.line(Line::From.class(), (left, band.top), (left, band.bottom));
            svg.line(
                Line::Change.class(),
                (band.right, band.top),
                (band.right, band.bottom),
            );
        }
    }
}
