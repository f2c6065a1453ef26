//! A departures board for release trains.
pub mod diagnostic;
pub mod input;
pub mod schedule;
pub mod views;
