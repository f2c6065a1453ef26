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

pub use style::style;
pub use value::{UnknownValue, VALUES, value, versions};
