//! `trainboard diff`

use super::args::{DiffArgs, NextFormat};
use super::failure::Failure;
use super::{board, print, read_schedule};
use crate::views::changes::{self, Changes};

/// The most days of changes that are told.
const MAX_DAYS: usize = 1_000;

pub(super) fn run(args: &DiffArgs) -> Result<(), Failure> {
    let (from, to) = (args.from, args.to);
    if to < from {
        let title = format!("`--to {to}` is before `--from {from}`");
        return Err(Failure::Usage(title));
    }
    let schedule = read_schedule(args.schedule.as_deref())?;
    let mut before = board(&schedule, from, false)?;
    let mut days: Vec<Changes> = Vec::new();
    while let Some(day) = before.period().next_change.filter(|day| *day <= to) {
        if days.len() == MAX_DAYS {
            return Err(Failure::Usage(format!(
                "more than {MAX_DAYS} days bring a change between {from} and {to}"
            )));
        }
        let after = board(&schedule, day, false)?;
        days.push(Changes::between(&before, &after, day));
        before = after;
    }
    print(&match args.format {
        NextFormat::Text if days.is_empty() => format!("nothing changes from {from} to {to}\n"),
        NextFormat::Text => changes::text(&days),
        NextFormat::Json => changes::json(&days),
    })
}
