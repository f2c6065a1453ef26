//! What trainboard does, told by tests.

mod days;
mod oracle;
mod schedules;
