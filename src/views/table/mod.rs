//! The table of supported versions: one row a train.

mod cells;
mod columns;
mod html;
mod markdown;
mod text;

pub use columns::{COLUMNS, Columns, UnknownColumn};
pub use html::html;
pub use markdown::markdown;
pub use text::text;
