//! Views: pure functions from a board to text.

pub mod changes;
mod escape;
pub mod json;
pub mod summary;
pub mod table;
mod value;
pub mod verdict;
pub(crate) mod words;

pub use value::{UnknownValue, VALUES, value, versions};
