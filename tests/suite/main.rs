//! What trainboard does, told by tests.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod days;
mod meaning;
mod messages;
mod oracle;
mod periods;
mod schedules;
