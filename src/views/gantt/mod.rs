//! The gantt chart, as SVG.
//!
//! A chart is drawn twice, wide and narrow, because text in one drawing that
//! is scaled to a phone cannot be read; a container query shows one of them.
//! Days become places in [`plot`], which is the only module that knows
//! plotters; what is drawn and written, and where, is decided beside it.

mod drawing;
mod frame;
mod header;
mod lane;
mod legend;
mod lettering;
mod paint;
mod plot;
#[cfg(test)]
mod samples;
mod sentence;
mod spots;
mod stages;
mod stretch;
mod svg;
#[cfg(test)]
mod tests;
mod ticks;

use std::str::FromStr;

use crate::schedule::{Board, Length, Period, Row, Status};

use super::style;
use drawing::{Drawing, Subject, draw};
use frame::Form;
use svg::{Svg, escape};

/// How much time is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// All that is supported in the board's period or due soon after its
    /// start.
    Window,
    /// From so long before the period to so long after its start.
    Near(Length),
}

impl FromStr for Span {
    type Err = String;

    /// Reads a number from 1 and the first letter of its unit, up to fifty
    /// years: `6m`, `12w`, `90d`, `1y`.
    fn from_str(text: &str) -> Result<Self, String> {
        let length = || {
            let unit = text.chars().next_back()?;
            let number: u32 = text[..text.len() - unit.len_utf8()].parse().ok()?;
            let (length, most) = match unit {
                'd' => (Length::days(1), 18_250),
                'w' => (Length::days(7), 2_600),
                'm' => (Length::months(1), 600),
                'y' => (Length::months(12), 50),
                _ => return None,
            };
            length
                .times(number)
                .filter(|_| (1..=most).contains(&number))
        };
        length()
            .map(Self::Near)
            .ok_or_else(|| format!("`{text}` is not a span such as `6m`, `12w`, `90d` or `1y`"))
    }
}

/// Over so many rows, the trains that have ended go into a chart of their own.
const MANY: usize = 24;

/// Space around a drawing that stands alone, in pixels.
const MARGIN: i32 = 12;

/// The chart as part of a page, which has [`style`](super::style()) in its
/// style sheet: one block without a blank line, an id or a style of its own.
pub fn html(board: &Board, span: Span) -> String {
    let rows: Vec<_> = board.trains().collect();
    let (ended, others): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.status() == Status::Ended);
    let mut html = String::from("<figure class=\"tb-gantt\">\n");
    let words = [sentence::name(board), sentence::description(board)];
    if rows.len() <= MANY || ended.is_empty() {
        both(&mut html, &Subject::whole(board, span), &words);
    } else {
        let meaning = board.end_day();
        let present = Subject::of(&others, meaning, board.period(), span);
        both(&mut html, &present, &words);
        past(&mut html, board, &ended);
    }
    caption(&mut html, board);
    html.push_str("</figure>\n");
    html
}

/// The trains that have ended, in the time of their own.
fn past(html: &mut String, board: &Board, ended: &[&Row]) {
    let period = Period {
        valid_from: None,
        next_change: None,
    };
    let subject = Subject::of(ended, board.end_day(), period, Span::Window);
    let name = format!("{} that have ended", trains(ended.len()));
    html.extend(["<details>\n<summary>", &name, "</summary>\n"]);
    both(html, &subject, &[name, sentence::of_ended(ended)]);
    html.push_str("</details>\n");
}

fn trains(count: usize) -> String {
    match count {
        1 => "1 train".to_owned(),
        _ => format!("{count} trains"),
    }
}

fn caption(html: &mut String, board: &Board) {
    let mut text = sentence::name(board);
    text.push_str(". ");
    text.push_str(sentence::meaning(board.end_day()));
    text.push_str(" The table has the same days in words.");
    html.push_str("<figcaption>");
    escape(html, &text);
    html.push_str("</figcaption>\n");
}

fn both(html: &mut String, subject: &Subject, [name, description]: &[String; 2]) {
    for (form, class) in [(Form::Wide, "tb-wide"), (Form::Narrow, "tb-narrow")] {
        let Drawing {
            width,
            height,
            body,
        } = draw(subject, form);
        let (width, height) = (width / 10, height / 10);
        html.push_str("<svg class=\"tb-drawing ");
        html.push_str(class);
        html.push_str(&format!(
            "\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\""
        ));
        escape(html, name);
        html.push_str("\">\n<desc>");
        escape(html, description);
        html.push_str("</desc>\n");
        html.push_str(&body);
        html.push_str("</svg>\n");
    }
}

/// The chart as a file of its own, with all trains of the board.
pub fn svg(board: &Board, span: Span) -> String {
    let drawing = draw(&Subject::whole(board, span), Form::Wide);
    let width = drawing.width / 10 + 2 * MARGIN;
    let height = drawing.height / 10 + 2 * MARGIN;
    let mut svg = Svg::with_capacity(drawing.body.len() + 8000);
    svg.raw(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tb-drawing\" viewBox=\"-{MARGIN} -{MARGIN} {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"name\" aria-describedby=\"description\">\n"
    ));
    svg.raw("<title id=\"name\">");
    svg.text_only(&sentence::name(board));
    svg.raw("</title>\n<desc id=\"description\">");
    svg.text_only(&sentence::description(board));
    svg.raw("</desc>\n<style>\n");
    svg.raw(style::alone());
    svg.raw("</style>\n");
    svg.raw(&format!(
        "<rect class=\"tb-ground\" x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{width}\" height=\"{height}\"/>\n"
    ));
    svg.raw(&drawing.body);
    svg.raw("</svg>\n");
    svg.finish()
}
