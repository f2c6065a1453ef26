//! Rules for each written train by itself.

use super::phases;
use crate::diagnostic::nearest;
use crate::schedule::day::Day;
use crate::schedule::draft::{Draft, Released, TrainEntry};
use crate::schedule::finding::{Finding, Place};

/// Checks all written trains.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    for (n, train) in draft.trains.iter().enumerate() {
        let place = Place::item("train", n);
        phases::check(&train.phases, &place, findings);
        findings.extend(unknown_channel(draft, train, &place));
        findings.extend(end_before_release(train, &place));
        if train.ended && train.end.is_some() {
            let end = place.key("end");
            findings.push(known_and_unknown("end", train, &place, end));
        }
        if train.released == Released::SomeDay && train.release.is_some() {
            let release = place.key("release");
            findings.push(known_and_unknown("release", train, &place, release));
        }
        findings.extend(skipped_and_released(train, &place));
    }
}

/// A train has a day for its `end` or `release`, and says too that nobody
/// wrote it down.
pub(super) fn known_and_unknown(
    key: &str,
    train: &TrainEntry,
    place: &Place,
    day: Place,
) -> Finding {
    let (code, flag) = if key == "end" {
        ("end-twice", "ended")
    } else {
        ("release-twice", "released")
    };
    let title = format!(
        "train `{}` has a day for its {key} and says that none is known",
        train.version
    );
    Finding::error(code, title)
        .at(place.key(flag), "an unknown day")
        .at(day, "a known one")
        .help(format!("leave out `{flag}`: the day says it"))
}

/// A train that never leaves, and leaves.
fn skipped_and_released(train: &TrainEntry, place: &Place) -> Option<Finding> {
    train.skip.as_ref()?;
    let key = match train.release {
        Some(_) => "release",
        None if train.released.is_said() => "released",
        None => return None,
    };
    let title = format!("train `{}` is skipped, and has a release", train.version);
    let finding = Finding::error("skipped-and-released", title)
        .at(place.key("skip"), "skipped here")
        .at(place.key(key), "released here");
    Some(finding)
}

fn unknown_channel(draft: &Draft, train: &TrainEntry, place: &Place) -> Option<Finding> {
    let name = train.channel.as_ref()?;
    let known = || draft.channels.iter().map(|channel| &*channel.name);
    if draft.channels.is_empty() || known().any(|other| other == &**name) {
        return None;
    }
    let version = &train.version;
    let title = format!("train `{version}` is of a channel `{name}` that is not there");
    let finding = Finding::error("unknown-channel", title)
        .at(place.key("channel"), "no `[[channel]]` has this name");
    Some(match nearest(name, known()) {
        Some(near) => finding.help("the nearest is").patch(format!("\"{near}\"")),
        None => finding,
    })
}

fn end_before_release(train: &TrainEntry, place: &Place) -> Option<Finding> {
    let end = train.end?;
    let last = end.last_day();
    let release = train.release.filter(|release| release.first_day() > last)?;
    let version = &train.version;
    let title = format!("`{version}` reaches end of life before it is released");
    let finding = Finding::error("end-before-release", title)
        .at(place.key("end"), "ends here")
        .at(place.key("release"), "released here");
    let year = release.last_day().year() + 1;
    let slip = end
        .day()
        .and_then(|end| Day::new(year, end.month(), end.day()));
    Some(match slip {
        Some(slip) => finding
            .help("if the year is a slip, write")
            .patch(slip.to_string()),
        None => finding,
    })
}
