//! Views: pure functions from a board to text.

pub mod changes;
pub mod coming;
pub(crate) mod escape;
pub mod feeds;
mod fit;
pub mod gantt;
mod grid;
pub mod json;
mod milestones;
pub mod overview;
mod palette;
pub mod patches;
mod prose;
pub(crate) mod rst;
pub mod security;
mod style;
pub mod summary;
pub mod table;
mod text_metrics;
mod theme_selector;
pub mod train;
mod value;
pub mod values;
pub mod version_status;
pub(crate) mod words;

use crate::schedule::Board;
use table::Columns;

pub use fit::Place;
pub use grid::Listing;
pub use style::style;
pub use theme_selector::ThemeSelector;
pub(crate) use value::is_date;
pub use value::{
    DateForm, NamedTrain, UnknownValue, train_value, train_values, value, values, versions,
};

/// Summary, chart and table, in the order of an answer: in words, as a
/// picture, in detail. Chart and table have one caption, which stands between
/// them.
pub fn board(board: &Board, place: Place) -> String {
    let chart = gantt::above_table(board);
    let table = table::html(board, &Columns::default(), place);
    format!(
        "<div class=\"tb-board\">\n{}{chart}{table}</div>\n",
        summary::html(board)
    )
}

/// Summary, chart and table as Markdown; the chart is the picture at that
/// address, if there is one.
pub fn board_as_markdown(board: &Board, chart: Option<gantt::Picture<'_>>) -> String {
    let chart = chart.map(|picture| gantt::picture(board, picture) + "\n");
    let table = table::markdown(board, &Columns::default());
    let (summary, chart) = (summary::markdown(board), chart.unwrap_or_default());
    format!("{summary}\n{chart}{table}")
}

/// A view in HTML for documents that know nothing of it, together with its style
/// sheet unless they have that: one block without a blank line.
pub fn fragment(html: &str, style: Option<&str>) -> String {
    let style = style.map(|style| format!("<style>\n{style}</style>\n"));
    let style = style.unwrap_or_default();
    let block = format!("<div class=\"tb\">\n{style}{html}</div>\n");
    let lines = block.split_inclusive('\n');
    lines.filter(|line| !line.trim().is_empty()).collect()
}
