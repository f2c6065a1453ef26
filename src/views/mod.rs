//! Views: pure functions from a board to text.

pub mod changes;
mod escape;
pub mod gantt;
pub mod json;
mod palette;
mod style;
pub mod summary;
pub mod table;
mod value;
pub mod verdict;
pub(crate) mod words;

use crate::schedule::Board;
use gantt::Span;
use table::Columns;

pub use style::style;
pub use value::{UnknownValue, VALUES, value, versions};

/// Summary, chart and table, in the order of an answer: in words, as a
/// picture, in detail.
pub fn board(board: &Board) -> String {
    let chart = gantt::html(board, Span::Window);
    let table = table::html(board, &Columns::default());
    format!(
        "<div class=\"tb-board\">\n{}{chart}{table}</div>\n",
        summary::html(board)
    )
}
