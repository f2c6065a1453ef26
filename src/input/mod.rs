//! The door in: the only code that reads files and that knows TOML.

pub mod schedule;
mod toml;
