//! What trainboard does, told by tests. A file that has the name of a room of
//! `src/`, or of a command, tests that. The others test what no room does alone:
//!
//! - `builds`, `themes`: whole builds of sites, and files of the theme in a project
//! - `calendar`: a reader of iCalendar, for `feeds`
//! - `cases`: how many random cases are tried
//! - `days`, `meaning`, `oracle`, `periods`: what a schedule means, day by day
//! - `docs`, `workflows`: what README, guide and workflows show does what they say
//! - `examples`: the schedules of `examples/`, against what their projects say
//! - `files`, `surroundings`: links and odd names on a disk; pipes, languages, time zones
//! - `floors`: which room may use which, and that the map of the code is true
//! - `github`: a README and a SECURITY.md of `tests/sites`, as GitHub shows them
//! - `hostile`, `limits`, `mutations`: labels, sizes and texts that nobody should write
//! - `milestones`: milestones with names, and patch releases by rule
//! - `messages`: what is said of a schedule that is wrong, word by word
//! - `named_schedules`: schedules that markers name, which are no projects of the site
//! - `products`: the files of products in endoflife.date's repository
//! - `project`, `schedules`: what the tests themselves are made with
//! - `projects`: several projects on one site
//! - `summaries`: what the summaries of many products say, against their source
//! - `windows`: what comes from there: line ends, backslashes, names that differ by case
//! - `versions`: which trains a cadence makes, and which release is of which
//! - `writer`: how one mistake is told once, and hides no other
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and break files as users do"
)]
#![allow(
    clippy::needless_raw_string_hashes,
    reason = "snapshots are written by a tool"
)]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the files of a site end in lower case"
)]
#![allow(
    clippy::too_many_lines,
    reason = "snapshots are as long as what they hold"
)]

mod bombs;
mod book;
mod builds;
mod calendar;
mod cases;
mod changes;
mod check;
mod command_line;
mod days;
mod diff;
mod docs;
mod examples;
mod feeds;
mod files;
mod floors;
mod github;
mod hostile;
mod import;
mod init;
#[cfg(unix)]
mod kills;
mod limits;
mod meaning;
mod messages;
mod milestones;
mod mutations;
mod named_schedules;
mod oracle;
mod periods;
mod products;
mod project;
mod projects;
mod published;
mod recipes;
mod rules;
mod schedules;
mod schema;
mod serve;
mod site;
mod summaries;
#[cfg(unix)]
mod surroundings;
mod themes;
mod told;
mod update;
mod vectors;
mod versions;
mod windows;
mod workflows;
mod write;
mod writer;
