//! Views: pure functions from a board to text.

pub mod json;
