//! `trainboard next`

use super::args::{NextArgs, NextFormat};
use super::failure::Failure;
use super::{print, schedule};
use crate::schedule::{Day, Schedule};
use crate::views::changes::{self, Changes};

pub(super) fn run(args: &NextArgs) -> Result<(), Failure> {
    let (schedule, date) = schedule(&args.board)?;
    let days = changes_after(&schedule, date, None, args.count.into())?;
    print(&match args.format {
        NextFormat::Text => changes::text(&days),
        NextFormat::Json => changes::json(&days),
    })
}

/// The days after `from` that bring a change, none after `to`, and at most so
/// many.
pub(super) fn changes_after(
    schedule: &Schedule,
    from: Day,
    to: Option<Day>,
    count: usize,
) -> Result<Vec<Changes>, Failure> {
    let mut before = schedule.project_at(from)?;
    let mut days = Vec::new();
    let is_asked = |day: &Day| to.is_none_or(|to| *day <= to);
    while days.len() < count
        && let Some(day) = before.board.period().next_change.filter(is_asked)
    {
        let after = schedule.project_at(day)?;
        days.push(Changes::between(&before, &after, day));
        before = after;
    }
    Ok(days)
}
