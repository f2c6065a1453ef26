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

/// There is no such train. A word without a digit is not even a version.
fn unknown(project: &str, version: &Version) -> Failure {
    let title = format!("no train of {project} fits `{version}`");
    if version.as_str().contains(|c: char| c.is_ascii_digit()) {
        return Diagnostic::error("no-train", title).into();
    }
    Failure::Usage(format!(
        "{title}: write a train or a release, such as `trainboard status 1.2`"
    ))
}

/// Whether one version is supported.
fn one(
    schedule: &Schedule,
    version: &Version,
    date: Day,
    args: &StatusArgs,
) -> Result<(), Failure> {
    let project = schedule.project();
    let row = schedule.row_of(version, date);
    let row = row.ok_or_else(|| unknown(&project.name, version))?;
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
