//! The gantt chart, as SVG.
//!
//! A chart is drawn twice, wide and narrow, because text in one drawing that
//! is scaled to a phone cannot be read; a container query shows one of them.
//!
//! A board's rows become timelines, and those become lanes within a range of
//! time. `drawing` lays out axis, period, rows and legend; `plot`, which alone
//! knows plotters, tells it the places of days and rows, and draws the grid.

mod axis;
mod drawing;
mod frame;
mod header;
mod lane;
mod legend;
mod marker;
mod milestone;
mod paint;
mod plot;
mod row;
mod sentence;
mod svg;
#[cfg(test)]
mod tests;
mod time_range;
mod timeline;

use std::borrow::Cow;
use std::str::FromStr;

use crate::schedule::{Board, Length, Period, Row, choice};

use super::escape::{self, Html};
use super::{style, words};
use drawing::{Drawing, Subject, draw};
use frame::Size;

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

choice! {
    /// For which pages a drawing is that stands alone.
    Scheme {
        /// For all: its colours are those that the reader's system asks for.
        Auto = "auto",
        /// For light pages alone.
        Light = "light",
        /// For dark pages alone.
        Dark = "dark",
    }
}

impl Scheme {
    fn style(self) -> Cow<'static, str> {
        match self {
            Self::Auto => style::alone().into(),
            Self::Light => style::literal(|token| token.light).into(),
            Self::Dark => style::literal(|token| token.dark).into(),
        }
    }
}

/// Where the chart is that a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture<'a> {
    /// Its address, as seen from the file.
    pub address: &'a str,
    /// The address of another for dark pages, where there is one.
    pub dark: Option<&'a str>,
}

/// Space around a drawing that stands alone, in pixels.
const MARGIN: i32 = 12;

/// The chart as part of a page, which has [`style`](super::style()) in its
/// style sheet: one block without a blank line, an id or a style of its own.
pub fn html(board: &Board, span: Span) -> String {
    let caption = words::caption(board);
    let caption = format!("<figcaption>{}</figcaption>\n", Html(&caption));
    figure(board, span, &caption)
}

/// The chart above a table, whose caption is that of both.
pub(super) fn above_table(board: &Board) -> String {
    figure(board, Span::Window, "")
}

fn figure(board: &Board, span: Span, caption: &str) -> String {
    let [present, ended] = board.in_groups();
    let words = [sentence::name(board), sentence::description(board)];
    let present = Subject::of(board, &present, board.period(), span);
    let past = if ended.is_empty() {
        String::new()
    } else {
        past(board, &ended)
    };
    let drawings = both(&present, &words) + &past;
    format!("<figure class=\"tb-gantt\">\n{drawings}{caption}</figure>\n")
}

/// What the chart shows, in words, as Markdown.
pub fn in_words(board: &Board) -> String {
    let description = sentence::description(board);
    format!("{}\n", escape::Markdown(&description))
}

/// The trains that have ended, in the time of their own.
fn past(board: &Board, ended: &[&Row]) -> String {
    let period = Period {
        valid_from: None,
        next_change: None,
    };
    let subject = Subject::of(board, ended, period, Span::Window);
    let name = words::ended_trains(ended.len());
    let summary = format!("<summary>{name}</summary>\n");
    let drawings = both(&subject, &[name, sentence::of_ended(ended)]);
    format!("<details>\n{summary}{drawings}</details>\n")
}

/// The wide and the narrow drawing.
fn both(subject: &Subject, [name, description]: &[String; 2]) -> String {
    let (name, description) = (Html(name), Html(description));
    let [wide, narrow] =
        [(Size::Wide, "tb-wide"), (Size::Narrow, "tb-narrow")].map(|(size, class)| {
            let Drawing {
                width,
                height,
                body,
            } = draw(subject, size);
            format!(
                "<svg class=\"tb-drawing {class}\" viewBox=\"0 0 {width} {height}\" \
                 width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{name}\">\n\
                 <desc>{description}</desc>\n{body}</svg>\n"
            )
        });
    wide + &narrow
}

/// The chart as Markdown: a picture at that address, and what it shows in
/// words for those who do not see it.
pub fn picture(board: &Board, Picture { address, dark }: Picture<'_>) -> String {
    let words = format!(
        "{}. {}",
        sentence::name(board),
        sentence::description(board)
    );
    match dark {
        None => format!("![{}]({address})\n", escape::Markdown(&words)),
        Some(dark) => format!(
            "<picture>\n\
             <source media=\"(prefers-color-scheme: dark)\" srcset=\"{}\">\n\
             <img src=\"{}\" alt=\"{}\">\n\
             </picture>\n",
            Html(dark),
            Html(address),
            Html(&words)
        ),
    }
}

/// The chart as a file of its own, with all trains of the board.
pub fn svg(board: &Board, span: Span) -> String {
    svg_for(board, span, Scheme::Auto)
}

/// The same, for some pages only.
pub fn svg_for(board: &Board, span: Span, scheme: Scheme) -> String {
    let Drawing {
        width,
        height,
        body,
    } = draw(&Subject::whole(board, span), Size::Wide);
    let [width, height] = [width, height].map(|length| length + 2 * MARGIN);
    let style = scheme.style();
    let (name, description) = (sentence::name(board), sentence::description(board));
    let (name, description) = (Html(&name), Html(&description));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tb-drawing\" \
         viewBox=\"-{MARGIN} -{MARGIN} {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"name\" aria-describedby=\"description\">\n\
         <title id=\"name\">{name}</title>\n\
         <desc id=\"description\">{description}</desc>\n\
         <style>\n{style}</style>\n\
         <rect class=\"tb-ground\" x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{width}\" height=\"{height}\"/>\n\
         {body}</svg>\n"
    )
}
