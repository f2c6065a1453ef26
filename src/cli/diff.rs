//! `trainboard diff`

use super::args::{DiffArgs, NextFormat};
use super::failure::Failure;
use super::next::changes_after;
use super::{print, read_schedule};
use crate::views::changes;

/// The most days of changes that are told.
const MAX_DAYS: usize = 1_000;

pub(super) fn run(args: &DiffArgs) -> Result<(), Failure> {
    let (from, to) = (args.from, args.to);
    if to < from {
        let title = format!("`--to {to}` is before `--from {from}`");
        return Err(Failure::Usage(title));
    }
    let schedule = read_schedule(args.schedule.as_deref())?;
    let days = changes_after(&schedule, from, Some(to), MAX_DAYS + 1)?;
    if days.len() > MAX_DAYS {
        let title = format!("more than {MAX_DAYS} days bring a change between {from} and {to}");
        return Err(Failure::Usage(title));
    }
    print(&match args.format {
        NextFormat::Text if days.is_empty() => format!("nothing changes from {from} to {to}\n"),
        NextFormat::Text => changes::text(&days),
        NextFormat::Json => changes::json(&days),
    })
}
