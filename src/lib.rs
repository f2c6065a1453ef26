//! A departures board for release trains.
//!
//! A project publishes which versions it supports, when the next one leaves
//! and when each one ends. trainboard reads that from one schedule and makes
//! what readers need, at build time and without any script for the reader.
//!
//! # The words
//!
//! A *train* is one release line: Wasmtime 48, Node 24. It leaves once; later
//! *releases* ride on it. A *cadence* makes trains from a rule; a *channel*
//! decides through which *phases* a train goes. Days are *plans* until a *fact*
//! is recorded, and a fact beats a plan. A *board* is the schedule seen on one
//! day, and it holds for a *period*: until the day on which it says something
//! else.
//!
//! # The way of the data
//!
//! ```
//! use trainboard::diagnostic::Source;
//! use trainboard::{input, views};
//!
//! let source = Source::new("schedule.toml", r#"
//!     [project]
//!     name = "Wasmtime"
//!     [cadence]
//!     anchor = { version = "20.0.0", date = 2024-04-20 }
//!     every = "1 month"
//!     [[channel]]
//!     name = "Normal"
//!     phases = [{ name = "Supported", for = "2 months" }]
//! "#);
//! let schedule = input::schedule::parse(&source).expect("a sound schedule").schedule;
//! let board = schedule.at("2026-11-20".parse()?).expect("a board that can be read");
//!
//! assert_eq!(views::versions(&board).as_deref(), Some("51.0.x and 50.0.x"));
//! # Ok::<(), String>(())
//! ```
//!
//! # The floors
//!
//! A floor uses only those below it; a test keeps it so.
//!
//! | floor | modules | may |
//! |---|---|---|
//! | shells | [`cli`], [`serve`], [`report`] | do anything, decide nothing |
//! | doors | [`import`], [`input`], [`write`](mod@write) | read files, know TOML; write files |
//! | upper | [`views`], [`markers`], [`site`], [`book`], [`check`], [`init`], [`output`], [`rules`] | turn boards and pages into text |
//! | ground | [`schedule`], [`diagnostic`] | no files, no clock, no terminal |

pub mod book;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod import;
pub mod init;
pub mod input;
pub mod markers;
pub mod output;
pub mod report;
pub mod rules;
pub mod schedule;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod views;
pub mod write;
