//! What trainboard does, told by tests.
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

mod book;
mod builds;
mod calendar;
mod check;
mod command_line;
mod days;
mod diff;
mod docs;
mod feeds;
mod files;
mod floors;
mod hostile;
mod import;
mod init;
mod limits;
mod meaning;
mod messages;
mod mutations;
mod oracle;
mod periods;
mod project;
mod projects;
mod published;
mod rules;
mod schedules;
mod schema;
mod serve;
mod site;
mod surroundings;
mod themes;
mod update;
mod workflows;
mod write;
