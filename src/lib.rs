//! A departures board for release trains.
pub mod diagnostic;
pub mod schedule;
