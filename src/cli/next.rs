//! `trainboard next`

use super::args::{NextArgs, NextFormat};
use super::failure::Failure;
use super::{board, print, schedule};
use crate::views::changes::{self, Changes};

pub(super) fn run(args: &NextArgs) -> Result<(), Failure> {
    let (schedule, date) = schedule(&args.board)?;
    let mut before = board(&schedule, date, false)?;
    let mut days: Vec<Changes> = Vec::new();
    while days.len() < args.count.into() {
        let Some(day) = before.period().next_change else {
            break;
        };
        let after = board(&schedule, day, false)?;
        days.push(Changes::between(&before, &after, day));
        before = after;
    }
    print(&match args.format {
        NextFormat::Text => changes::text(&days),
        NextFormat::Json => changes::json(&days),
    })
}
