//! `trainboard status`

use super::args::{StatusArgs, StatusFormat};
use super::failure::Failure;
use super::{board, print, schedule};
use crate::diagnostic::Diagnostic;
use crate::schedule::{Day, Schedule, Status, Version};
use crate::views::table::{self, Columns};
use crate::views::{json, version_status};

pub(super) fn run(args: &StatusArgs) -> Result<(), Failure> {
    let (schedule, date) = schedule(&args.board)?;
    if let Some(version) = &args.version {
        return one(&schedule, &version.bare(), date, args);
    }
    let board = board(&schedule, date, args.all)?;
    print(&match args.format {
        StatusFormat::Text => table::text(&board, &Columns::default(), true),
        StatusFormat::Markdown => table::markdown(&board, &Columns::default()),
        StatusFormat::Json => json::board(&board),
    })
}

/// Whether one version is supported.
fn one(
    schedule: &Schedule,
    version: &Version,
    date: Day,
    args: &StatusArgs,
) -> Result<(), Failure> {
    let project = schedule.project();
    let Some(row) = schedule.row_of(version, date) else {
        let title = format!("no train of {} fits `{version}`", project.name);
        return Err(Failure::Content(vec![Diagnostic::error("no-train", title)]));
    };
    print(&match args.format {
        StatusFormat::Text | StatusFormat::Markdown => {
            version_status::text(project, &row, version, date)
        }
        StatusFormat::Json => json::train(&row),
    })?;
    let is_enough = args.extended && row.status() == Status::Extended;
    if row.is_supported() || is_enough {
        Ok(())
    } else {
        Err(Failure::No)
    }
}
