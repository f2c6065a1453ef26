//! The schedules that tests are made with.

use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Day, Schedule};

/// Wasmtime's rules, without any recorded release, as the first page of the
/// design has them.
pub(crate) const WASMTIME_RULES: &str = r#"
[project]
name = "Wasmtime"
[cadence]
anchor  = { version = "20.0.0", date = 2024-04-20 }
every   = "1 month"
bump    = "major"
branch  = "15 days before"
weekend = "keep"
[[channel]]
name   = "LTS"
every  = 12
from   = "24.0.0"
badge  = "LTS"
upcoming = 1
phases = [{ name = "Long-term support", level = "lts", for = "24 months" }]
[[channel]]
name   = "Normal"
phases = [{ name = "Supported", for = "2 months" }]
"#;

/// The repository's own schedule: Wasmtime with its recorded releases.
pub(crate) const WASMTIME: &str = include_str!("../../schedule.toml");

/// Node.js, as written trains.
pub(crate) const NODE: &str = include_str!("../fixtures/node.toml");

/// A schedule that is sound.
#[track_caller]
pub(crate) fn schedule(text: &str) -> Schedule {
    match input::schedule::parse(&Source::new("schedule.toml", text)) {
        Ok(read) => read.schedule,
        Err(diagnostics) => panic!("{diagnostics:#?}"),
    }
}

#[track_caller]
pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}
