//! Whether one version is supported, in a sentence.

use super::words;
use crate::schedule::{Day, Project, Release, Row, Status, Version};

/// Whether the train of `version` is supported on that day, and until when.
pub fn text(project: &Project, row: &Row, version: &Version, date: Day) -> String {
    let train = row.train();
    let mut text = format!("{} {}", project.name, train.label);
    if let Some(codename) = &train.codename {
        text = format!("{text} ({codename})");
    }
    text += &status(project, row, date);
    text += ".\n";
    text + &row
        .latest()
        .map(|latest| advice(row, latest, version))
        .unwrap_or_default()
}

/// The train's latest release, and whether to move to it.
fn advice(row: &Row, latest: &Release, version: &Version) -> String {
    let date = latest.date.in_words();
    let newest = &latest.version;
    let train = &row.train().version;
    let is_train =
        version.is_prefix_of(train) && newest.components().count() != version.components().count();
    if newest < version && !version.is_prefix_of(newest) {
        return format!("{version} is not recorded: its latest release is {newest}, of {date}.\n");
    }
    if row.is_supported() && newest > version && !is_train {
        format!("{version} is older than its latest release: update to {newest}, of {date}.\n")
    } else {
        format!("Its latest release is {newest}, of {date}.\n")
    }
}

fn status(project: &Project, row: &Row, date: Day) -> String {
    let end = words::end_in_words(row.end());
    let phase = words::phase_beside_status(row)
        .map(|name| format!(" ({name})"))
        .unwrap_or_default();
    let day = date.in_words();
    if let Some(reason) = &row.train().skip {
        let reason = words::unstopped(reason);
        return format!(" is not supported on {day}: it is skipped ({reason})");
    }
    match (row.status(), end) {
        (Status::Supported, Some(end)) => {
            let until = words::until_or_through(project.end_day);
            format!(" is supported on {day}{phase}, {until} {end}")
        }
        (Status::Supported, None) => format!(" is supported on {day}{phase}; no end is announced"),
        (Status::Ended, Some(end)) => format!(" is not supported on {day}: it ended on {end}"),
        (Status::Ended, None) => {
            format!(" is not supported on {day}: it has ended, on a day that is not recorded")
        }
        (Status::Planned | Status::Stabilising, _) => match row.release().day() {
            Some(release) => format!(
                " is not supported on {day}: it is due on {}",
                release.in_words()
            ),
            None => format!(" is not supported on {day}: no day is announced for its release"),
        },
    }
}
