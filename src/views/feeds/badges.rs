//! Badges: one answer as a small picture, for a README.

use crate::schedule::{Board, Row};
use crate::views::escape::Html;
use crate::views::palette;
use crate::views::prose::plain_pieces;
use crate::views::text_metrics::{Face, Px, fitted, px, width};
use crate::views::words::{self, Style};

/// Which question it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    /// The newest train that is released and supported.
    Current,
    /// Until when that is supported.
    Supported,
    /// The newest train with long-term support.
    Lts,
}

impl Badge {
    /// All badges.
    pub const ALL: [Self; 3] = [Self::Current, Self::Supported, Self::Lts];

    /// As the command line names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Supported => "supported",
            Self::Lts => "lts",
        }
    }
}

/// The most that either half takes: some sixty letters.
const MOST: Px = px(520);

const HEIGHT: Px = px(22);
const PAD: Px = px(8);
const FACE: Face = Face::Plain;

/// The fonts whose letters are as wide as measured, or less.
const FONTS: &str = "Open Sans,Segoe UI,Roboto,Noto Sans,Liberation Sans,Arial,sans-serif";

/// A picture that brings its own colours, to be read on light pages and on
/// dark ones. What is too long is cut, and stands in the title whole.
pub fn badge(whole: &Board, badge: Badge) -> String {
    let (question, answer) = answer(whole, badge);
    let strong = colour(answer.as_ref().map_or("ended-line", |_| "lts"));
    let answer = answer.unwrap_or_else(|| match badge {
        Badge::Current | Badge::Lts => "none".to_owned(),
        Badge::Supported => "no release is supported".to_owned(),
    });
    let halves = [&question, &answer].map(|text| fitted(text, FACE, MOST));
    let [first, second] = halves.each_ref().map(|text| across(text));
    let [left, right] = halves.each_ref().map(|text| Html(text));
    let (end, height) = (first + second, HEIGHT / 10);
    let (question_at, answer_at) = (middle(0, first), middle(first, end));
    let baseline = tenths(HEIGHT / 2 + FACE.drop());
    let (first, second, end) = (first / 10, second / 10, end / 10);
    let ground = colour("text");
    let ink = colour("on-lts");
    let title = format!("{question}: {answer}");
    let title = Html(&title);
    let size = FACE.size();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{end}\" height=\"{height}\" \
         viewBox=\"0 0 {end} {height}\" role=\"img\" aria-labelledby=\"title\">\n\
         <title id=\"title\">{title}</title>\n\
         <clipPath id=\"edge\"><rect width=\"{end}\" height=\"{height}\" rx=\"4\"/></clipPath>\n\
         <g clip-path=\"url(#edge)\">\n\
         <rect width=\"{first}\" height=\"{height}\" fill=\"{ground}\"/>\n\
         <rect x=\"{first}\" width=\"{second}\" height=\"{height}\" fill=\"{strong}\"/>\n\
         </g>\n\
         <rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"3.5\" fill=\"none\" stroke=\"{}\"/>\n\
         <g font-family=\"{FONTS}\" font-size=\"{size}\" fill=\"{ink}\" text-anchor=\"middle\">\n\
         <text x=\"{question_at}\" y=\"{baseline}\">{left}</text>\n\
         <text x=\"{answer_at}\" y=\"{baseline}\">{right}</text>\n\
         </g>\n</svg>\n",
        end - 1,
        height - 1,
        colour("year"),
    )
}

/// How wide half a badge is, in whole pixels.
fn across(text: &str) -> Px {
    (width(text, FACE) + 2 * PAD + 9) / 10 * 10
}

fn middle(left: Px, right: Px) -> String {
    tenths(left.midpoint(right))
}

/// `12.5`
fn tenths(length: Px) -> String {
    format!("{}.{}", length / 10, length % 10)
}

/// A colour of light pages.
fn colour(name: &str) -> &'static str {
    let token = palette::TOKENS.iter().find(|token| token.name == name);
    token.map_or("#000000", |token| token.light)
}

/// The question, and the answer while there is one.
fn answer(board: &Board, badge: Badge) -> (String, Option<String>) {
    let project = &board.project().name;
    let label = |row: &Row| row.train().label.to_string();
    match badge {
        Badge::Current => (format!("{project} current"), board.current().map(label)),
        Badge::Lts => (format!("{project} LTS"), board.lts().map(label)),
        Badge::Supported => match board.current() {
            Some(row) => {
                let name = words::full_name(board.project(), row.train());
                (name, Some(until(board, row)))
            }
            None => (project.to_string(), None),
        },
    }
}

fn until(board: &Board, row: &Row) -> String {
    let until = words::until(row, board.end_day(), Style::Short);
    format!("supported{}", plain_pieces(&until))
}
