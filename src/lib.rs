//! A departures board for release trains.
pub mod cli;
pub mod diagnostic;
pub mod input;
pub mod report;
pub mod schedule;
pub mod views;
