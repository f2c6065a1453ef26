//! Whether one version is supported, in a sentence.

use super::prose::plain_pieces;
use super::words::{self, Style};
use crate::schedule::{Day, Project, Release, Row, Status, Version};

/// Whether the train of `version` is supported on that day, and until when.
pub fn text(project: &Project, row: &Row, version: &Version, date: Day) -> String {
    let train = row.train();
    let mut text = words::full_name(project, train);
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
    let day = date.in_words();
    if let Some(reason) = &row.train().skip {
        let reason = words::unstopped(reason);
        return format!(" is not supported on {day}: it is skipped ({reason})");
    }
    match row.status() {
        _ if row.train().rolling => format!(" is {}, and never supported", words::ROLLING),
        Status::Supported => supported(project, row, &day),
        Status::Extended => {
            let until = words::until_end(row.end(), project.end_day, Style::Words);
            let until = plain_pieces(&until);
            let end = words::end_in_words(row.support_end());
            let ended = end.map(|end| format!("; its ordinary support ended on {end}"));
            let ended = ended.unwrap_or_default();
            format!(" has extended support only on {day},{until}{ended}")
        }
        Status::Ended => match words::end_in_words(row.end()) {
            Some(end) => format!(" is not supported on {day}: it ended on {end}"),
            None => {
                format!(" is not supported on {day}: it has ended, on a day that is not recorded")
            }
        },
        Status::Due => {
            let planned = row.release().planned;
            let since = planned.map(|when| words::since_plan(when, Style::Words));
            let since = plain_pieces(&since.unwrap_or_default());
            format!(" is not supported on {day}: it is due{since}, and not recorded")
        }
        Status::Planned | Status::Stabilising => match row.release().when() {
            Some(release) => {
                let on = plain_pieces(&words::on(release));
                format!(" is not supported on {day}: it is due{on}")
            }
            None => format!(" is not supported on {day}: no day is announced for its release"),
        },
    }
}

fn supported(project: &Project, row: &Row, day: &str) -> String {
    let phase = words::phase_beside_status(row);
    let phase = phase.map(|name| format!(" ({name})")).unwrap_or_default();
    let plan = if row.is_by_plan() {
        format!(" {}", words::BY_PLAN)
    } else {
        String::new()
    };
    let has_end = row.support_end().when().is_some() || row.is_waiting_for().is_some();
    if !has_end {
        return format!(" is supported{plan} on {day}{phase}; no end is announced");
    }
    let until = words::until(row, project.end_day, Style::Words);
    let extended = words::extended_until(row, project.end_day);
    let [until, extended] = [until, extended].map(|pieces| plain_pieces(&pieces));
    format!(" is supported{plan} on {day}{phase},{until}{extended}")
}
