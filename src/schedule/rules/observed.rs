//! Warnings about trains and releases, which real schedules deserve and keep.

use std::sync::Arc;

use super::acknowledged::is_allowed_in;
use super::channels;
use crate::schedule::Parts;
use crate::schedule::all_trains::AllTrains;
use crate::schedule::draft::{Level, PhaseStart, ReleaseEntry, TrainEntry};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::lookup::Slot;
use crate::schedule::phases::Emptied;
use crate::schedule::train::{End, Train};

/// Looks at every train and fact that is written, once all days are known.
pub(in crate::schedule) fn observe(parts: &Parts, all: &AllTrains) -> Vec<Finding> {
    let train = |slot: Slot| {
        let version = parts.version(slot);
        let order = |train: &Arc<Train>| train.version.cmp(&version);
        let place = all.trains.binary_search_by(order).ok()?;
        Some(&*all.trains[place])
    };
    let of_channels = channels::unreachable(parts)
        .chain(channels::without_branch(parts, all))
        .chain(channels::emptied(parts, all))
        .chain(channels::between_multiples(parts));
    let mut findings: Vec<_> = of_channels.collect();
    for (n, entry) in parts.entries.iter().enumerate() {
        if let Some(train) = parts.named_slot(&entry.version).and_then(train) {
            let odd = end_on_release(train, n).or_else(|| end_before_release(entry, train, n));
            let odd = match odd {
                Some(finding) => vec![finding],
                None => empty_phases(entry, train, n),
            };
            findings.extend(odd);
            findings.extend(no_release(entry, train, n));
        }
    }
    for (n, entry) in parts.facts.iter().enumerate() {
        let slot = parts.slot_of_fact(entry);
        let Some((slot, train)) = slot.and_then(|slot| Some((slot, train(slot)?))) else {
            continue;
        };
        let fact = RecordedRelease {
            parts,
            slot,
            train,
            entry,
            place: Place::item("release", n),
        };
        findings.extend(fact.odd().into_iter().flatten());
    }
    findings
}

fn end_on_release(train: &Train, n: usize) -> Option<Finding> {
    let place = Place::item("train", n);
    let same = matches!(train.end, End::On(end) if end.day().is_some() && Some(end) == train.release.when());
    let title = format!("`{}` ends on the day of its release", train.label);
    let finding = Finding::warning("end-on-release", title)
        .at(place.key("end"), "ends here")
        .at(place.key("release"), "released here");
    same.then_some(finding)
}

/// Support that begins on a day, of a train of which nothing says when it
/// leaves.
fn no_release(entry: &TrainEntry, train: &Train, n: usize) -> Option<Finding> {
    let leaves = entry.skip.is_none() && !entry.rolling && !entry.ended;
    let is_said = entry.released.is_said() || train.release.when().is_some();
    let mut phases = entry.phases.iter().enumerate();
    let (place, first) = phases.find(|(_, phase)| phase.level != Level::Pre)?;
    let from = first.from.and_then(PhaseStart::date)?;
    let (label, name) = (&train.label, &first.name);
    let title =
        format!("phase `{name}` of `{label}` begins, and nothing says when `{label}` leaves");
    let place = Place::item("train", n).key("phases").nth(place);
    let written = match from.day() {
        Some(day) => day.to_string(),
        None => format!("\"{from}\""),
    };
    let finding = Finding::warning("no-release", title)
        .at(place.key("from"), "no phase is a release")
        .help(format!(
            "add `release = {written}`, its planned day, or `released = …` once it is out: the day, or `true`"
        ));
    (leaves && !is_said).then_some(finding)
}

/// A written end, where the day of the release comes from elsewhere.
fn end_before_release(entry: &TrainEntry, train: &Train, n: usize) -> Option<Finding> {
    let end = entry.end.and(train.end.when())?;
    let release = train.release.when();
    let release = release.filter(|release| release.first_day() > end.last_day())?;
    let title = format!("`{}` ends before its release on {release}", train.label);
    let finding = Finding::error("end-before-release", title)
        .at(Place::item("train", n).key("end"), "ends here");
    entry.release.is_none().then_some(finding)
}

/// Phases of a written train that no day is left for: its own, or those of its
/// channel, which its end cuts off.
fn empty_phases(entry: &TrainEntry, train: &Train, n: usize) -> Vec<Finding> {
    let place = Place::item("train", n);
    let finding = |emptied: &Emptied| {
        let name = &emptied.name;
        let own = entry.phases.iter().position(|phase| *phase.name == **name);
        let next = own.and_then(|own| entry.phases.get(own + 1));
        let own = own.map(|own| place.key("phases").nth(own).key("name"));
        let place = own.or_else(|| entry.end.map(|_| place.key("end")))?;
        let title = format!("phase `{name}` of `{}` has no day left", train.label);
        let finding = Finding::warning("empty-phase", title).at(place, "empty");
        Some(finding.help(emptied.help(next)))
    };
    train.emptied.iter().filter_map(finding).collect()
}

/// A recorded release, and the train that it rides on.
struct RecordedRelease<'a> {
    parts: &'a Parts,
    slot: Slot,
    train: &'a Train,
    entry: &'a ReleaseEntry,
    place: Place,
}

impl RecordedRelease<'_> {
    fn odd(&self) -> [Option<Finding>; 4] {
        let is_first = self.entry.version.is_same_release(&self.train.version);
        let of_first = |finding: fn(&Self) -> Option<Finding>| finding(self).filter(|_| is_first);
        [
            self.odd_day(),
            of_first(Self::off_its_plan),
            of_first(Self::on_a_weekend),
            of_first(Self::gap_before),
        ]
    }

    fn warning(&self, code: &'static str, title: String, key: &str, label: &str) -> Finding {
        Finding::warning(code, title).at(self.place.key(key), label)
    }

    /// A release after the end of its train, on that day, or before its train.
    fn odd_day(&self) -> Option<Finding> {
        let ReleaseEntry { version, date, .. } = self.entry;
        let (train, label) = (self.train, &self.train.label);
        let pre = self.entry.is_pre_release();
        let left = train
            .release
            .when()
            .filter(|left| *date < left.first_day() && !pre);
        let (code, how) = match (train.over, train.end.when(), left) {
            (Some(over), Some(end), _) if over < *date => (
                "released-after-end",
                format!("after train `{label}` had ended on {end}"),
            ),
            (Some(over), ..) if over == *date => {
                ("released-on-end", format!("the day train `{label}` ended"))
            }
            (.., Some(left)) => (
                "released-before-train",
                format!("before its train `{label}` left on {left}"),
            ),
            _ => return None,
        };
        let title = format!("`{version}` was released on {date}, {how}");
        let help =
            format!("if it is true, say why with a `note`, and write `allow = [\"{code}\"]`");
        Some(self.warning(code, title, "date", "this day").help(help))
    }

    /// A train that left more than three days away from its plan, and nobody
    /// says why.
    fn off_its_plan(&self) -> Option<Finding> {
        let plan = self.train.release.planned?.day()?;
        let late = self.entry.date.number() - plan.number();
        let of_train = self.slot.entry.map(|n| &self.parts.entries[n]);
        let is_explained =
            self.entry.note.is_some() || of_train.is_some_and(|train| train.note.is_some());
        let (code, side) = if late > 0 {
            ("released-late", "after")
        } else {
            ("released-early", "before")
        };
        // One that is allowed as well has something to allow.
        let is_allowed = is_allowed_in(&self.entry.allow.0, code);
        if late.abs() <= 3 || is_explained && !is_allowed {
            return None;
        }
        let (version, days) = (&self.entry.version, late.abs());
        let title = format!("`{version}` was released {days} days {side} its plan of {plan}");
        let finding = self.warning(code, title, "date", "this day");
        Some(finding.help("say why with a `note`"))
    }

    /// A release on a weekend, where the cadence moves releases off weekends.
    fn on_a_weekend(&self) -> Option<Finding> {
        let rule = self.parts.rule.as_ref()?;
        let moves = rule.avoids_weekends(self.slot.index?);
        if !moves || !self.entry.date.is_weekend() {
            return None;
        }
        let version = &self.entry.version;
        let title = format!("`{version}` was released on a weekend, which the cadence avoids");
        let label = "a Saturday or Sunday";
        Some(self.warning("weekend-contradicted", title, "date", label))
    }

    /// Trains of the cadence between two that are recorded, without a release
    /// and not skipped.
    fn gap_before(&self) -> Option<Finding> {
        let (parts, index) = (self.parts, self.slot.index?);
        let before = parts.facts_of_made.range(..index).next_back()?;
        let is_skipped = |index: &u32| {
            let entry = parts.overrides.get(index);
            entry.is_some_and(|n| parts.entries[*n].skip.is_some())
        };
        let missing = (before.0 + 1..index).find(|index| !is_skipped(index))?;
        let (missing, version) = (parts.rule.as_ref()?.version(missing)?, &self.entry.version);
        let title = format!("train `{missing}` has no release, and `{version}` after it has");
        let finding = self.warning("gap", title, "version", "the next that is recorded");
        Some(finding.help("record its release, or skip it: `[[train]]` with `skip = \"why\"`"))
    }
}
