//! What must hold in a schedule, and what is worth a remark.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cadence::Rule;
use super::day::Day;
use super::draft::{Channel, Draft, Level, PhaseRule, ReleaseEntry, TrainEntry, Until, WrittenEnd};
use super::finding::{Finding, Place};
use super::roster::{Roster, Slot};
use super::train::{End, Train};
use super::version::Version;
use super::{MAX_FACTS, MAX_ROWS, MAX_TRAINS, Parts};
use crate::diagnostic::nearest;

/// The findings that a release or train may acknowledge with `allow`.
pub const ALLOWABLE: [&str; 6] = [
    "released-after-end",
    "released-on-end",
    "released-before-train",
    "no-train",
    "end-on-release",
    "empty-phase",
];

/// Sorts a draft out into the parts of a schedule, or finds all that is wrong
/// with it.
pub(super) fn sort_out(draft: Draft) -> Result<(Parts, Vec<Finding>), Vec<Finding>> {
    let mut findings = Vec::new();
    limits(&draft, &mut findings);
    channels(&draft, &mut findings);
    trains(&draft, &mut findings);
    acknowledged(&draft, &mut findings);
    let rule = cadence(&draft, &mut findings);
    let mut parts = Parts {
        project: Arc::new(draft.project),
        rule,
        channels: draft.channels,
        window: draft.window,
        entries: draft.trains,
        overrides: BTreeMap::new(),
        own: Vec::new(),
        facts: draft.releases,
        riding_made: BTreeMap::new(),
        riding_own: BTreeMap::new(),
    };
    parts.place_trains(&mut findings);
    let warnings = parts.place_facts(&mut findings);
    if findings.is_empty() {
        Ok((parts, warnings))
    } else {
        findings.extend(warnings);
        findings.sort_by(|a, b| a.places.cmp(&b.places));
        Err(findings)
    }
}

fn limits(draft: &Draft, findings: &mut Vec<Finding>) {
    let count = draft.releases.len();
    if count > MAX_FACTS {
        let title = format!("{count} releases are more than the limit of {MAX_FACTS}");
        findings.push(Finding::error(
            "too-many",
            title,
            Place::item("release", MAX_FACTS),
            "the first too many",
        ));
    }
    let count = draft.trains.len();
    if count > MAX_ROWS {
        let title = format!("{count} trains are more than the limit of {MAX_ROWS}");
        findings.push(Finding::error(
            "too-many",
            title,
            Place::item("train", MAX_ROWS),
            "the first too many",
        ));
    }
    for (key, rows) in [
        ("recent", draft.window.recent),
        ("upcoming", draft.window.upcoming),
    ] {
        if rows as usize > MAX_ROWS {
            let title = format!("a window of {rows} trains is larger than the limit of {MAX_ROWS}");
            findings.push(Finding::error(
                "too-many",
                title,
                Place::of("window").key(key),
                "too many to read",
            ));
        }
    }
}

fn cadence(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Rule> {
    let cadence = draft.cadence.as_ref()?;
    let place = Place::of("cadence");
    if cadence.every.is_zero() {
        let title = "a cadence of no time makes every train at once";
        let finding = Finding::error("empty-cadence", title, place.key("every"), "no time at all");
        findings.push(finding.help("write for example `every = \"1 month\"`"));
    }
    match Rule::new(cadence) {
        Ok(rule) if !cadence.every.is_zero() => Some(rule),
        Ok(_) => None,
        Err(title) => {
            let place = place.key("anchor").key("version");
            let finding = Finding::error("bad-anchor", title, place, "the first train");
            findings.push(
                finding.help(
                    "write for example `anchor = { version = \"1.0.0\", date = 2026-01-20 }`",
                ),
            );
            None
        }
    }
}

fn channels(draft: &Draft, findings: &mut Vec<Finding>) {
    for (n, channel) in draft.channels.iter().enumerate() {
        let place = Place::item("channel", n);
        if channel.every == Some(0) {
            let title = format!("channel `{}` takes every 0th train", channel.name);
            findings.push(Finding::error(
                "empty-channel",
                title,
                place.key("every"),
                "no number is a multiple of 0",
            ));
        }
        if channel.upcoming as usize > MAX_ROWS {
            let title = format!(
                "a window of {} trains is larger than the limit of {MAX_ROWS}",
                channel.upcoming
            );
            findings.push(Finding::error(
                "too-many",
                title,
                place.key("upcoming"),
                "too many to read",
            ));
        }
        if let Some(first) = draft.channels[..n]
            .iter()
            .position(|other| other.name == channel.name)
        {
            let title = format!("channel `{}` is there twice", channel.name);
            let finding =
                Finding::error("duplicate-channel", title, place.key("name"), "here again");
            findings.push(finding.and(Place::item("channel", first).key("name"), "first here"));
        }
        channel_phases(draft, channel, &place, findings);
    }
}

fn channel_phases(draft: &Draft, channel: &Channel, place: &Place, findings: &mut Vec<Finding>) {
    phases(&channel.phases, place, findings);
    let cadence = draft.cadence.as_ref();
    let no_branch = cadence.is_some_and(|cadence| cadence.branch.is_none());
    for (n, phase) in channel.phases.iter().enumerate() {
        let place = place.key("phases").nth(n);
        if phase.from.is_some() {
            let title = format!("phase `{}` of a channel begins on a fixed day", phase.name);
            let finding = Finding::error(
                "fixed-phase",
                title,
                place.key("from"),
                "the same day for every train",
            );
            findings.push(finding.help("give it a length with `for`, or move it to a `[[train]]`"));
        } else if phase.level == Level::Pre && no_branch {
            let title = format!(
                "phase `{}` runs from the branch, and the cadence has none",
                phase.name
            );
            let finding =
                Finding::error("no-branch", title, place.key("level"), "before the release");
            findings
                .push(finding.help("add for example `branch = \"15 days before\"` to `[cadence]`"));
        }
    }
}

/// What holds for the phases of channels and of trains alike.
fn phases(phases: &[PhaseRule], place: &Place, findings: &mut Vec<Finding>) {
    let mut before: Option<(usize, Day)> = None;
    for (n, phase) in phases.iter().enumerate() {
        let here = place.key("phases").nth(n);
        if phase.level == Level::Pre && phase.until != Until::Next {
            let title = format!(
                "phase `{}` comes before the release and has a length",
                phase.name
            );
            let key = if matches!(phase.until, Until::For(_)) {
                "for"
            } else {
                "releases"
            };
            let finding = Finding::error(
                "pre-with-length",
                title,
                here.key(key),
                "the release ends it",
            );
            findings.push(finding.help(format!(
                "leave out `{key}`: it runs from the branch to the release"
            )));
        }
        let empty = match phase.until {
            Until::Next => None,
            Until::For(length) => length.is_zero().then_some("for"),
            Until::Releases(count) => (count == 0).then_some("releases"),
        };
        if let Some(key) = empty {
            let title = format!("phase `{}` has no length", phase.name);
            findings.push(Finding::error(
                "no-length",
                title,
                here.key(key),
                "ends as it begins",
            ));
        }
        if let Until::Releases(count) = phase.until
            && count as usize > MAX_ROWS
        {
            let title = format!(
                "phase `{}` lasts for more trains than the limit of {MAX_ROWS}",
                phase.name
            );
            findings.push(Finding::error(
                "too-many",
                title,
                here.key("releases"),
                "too many",
            ));
        }
        if let (Some(from), Some((earlier, day))) = (phase.from, before)
            && from < day
        {
            let title = format!(
                "phase `{}` begins before the phase that it follows",
                phase.name
            );
            let finding = Finding::error("phase-order", title, here.key("from"), "begins here");
            findings
                .push(finding.and(place.key("phases").nth(earlier).key("from"), "follows this"));
        }
        before = phase.from.map(|from| (n, from)).or(before);
    }
}

fn trains(draft: &Draft, findings: &mut Vec<Finding>) {
    for (n, train) in draft.trains.iter().enumerate() {
        let place = Place::item("train", n);
        phases(&train.phases, &place, findings);
        named_channel(draft, train, &place, findings);
        end_after_release(train, &place, findings);
        if train.ended && train.end.is_some() {
            let title = format!(
                "train `{}` has a day for its end and says that none is known",
                train.version
            );
            let finding = Finding::error("end-twice", title, place.key("ended"), "an unknown day");
            findings.push(
                finding
                    .and(place.key("end"), "a known one")
                    .help("leave out `ended`: the day says it"),
            );
        }
        if train.released && train.release.is_some() {
            let title = format!(
                "train `{}` has a day for its release and says that none is known",
                train.version
            );
            let finding = Finding::error(
                "release-twice",
                title,
                place.key("released"),
                "an unknown day",
            );
            findings.push(
                finding
                    .and(place.key("release"), "a known one")
                    .help("leave out `released`: the day says it"),
            );
        }
    }
}

fn named_channel(draft: &Draft, train: &TrainEntry, place: &Place, findings: &mut Vec<Finding>) {
    let Some(name) = &train.channel else { return };
    let known = || draft.channels.iter().map(|channel| &*channel.name);
    if draft.channels.is_empty() || known().any(|other| other == &**name) {
        return;
    }
    let title = format!(
        "train `{}` is of a channel `{name}` that is not there",
        train.version
    );
    let finding = Finding::error(
        "unknown-channel",
        title,
        place.key("channel"),
        "no `[[channel]]` has this name",
    );
    let near = nearest(name, known()).map(|near| format!("there is a channel `{near}`"));
    findings.push(match near {
        Some(near) => finding.help(near),
        None => finding,
    });
}

fn end_after_release(train: &TrainEntry, place: &Place, findings: &mut Vec<Finding>) {
    let last = match train.end {
        Some(WrittenEnd::Day(day)) => day,
        Some(WrittenEnd::Month(month)) => month.last_day(),
        None => return,
    };
    let Some(release) = train.release.filter(|release| *release > last) else {
        return;
    };
    let title = format!(
        "`{}` reaches end of life before it is released",
        train.version
    );
    let finding = Finding::error("end-before-release", title, place.key("end"), "ends here")
        .and(place.key("release"), "released here");
    let year = Day::new(release.year() + 1, last.month(), last.day());
    findings.push(match year {
        Some(slip) => finding
            .help("if the year is a slip, write")
            .patch(slip.to_string()),
        None => finding,
    });
}

/// `allow` names known codes and is explained by a note.
fn acknowledged(draft: &Draft, findings: &mut Vec<Finding>) {
    let trains = draft.trains.iter().enumerate();
    let trains =
        trains.map(|(n, train)| (Place::item("train", n), &train.allow, train.note.is_some()));
    let releases = draft.releases.iter().enumerate();
    let releases =
        releases.map(|(n, fact)| (Place::item("release", n), &fact.allow, fact.note.is_some()));
    for (place, allow, has_note) in trains.chain(releases) {
        for (n, code) in allow
            .iter()
            .enumerate()
            .filter(|(_, code)| !ALLOWABLE.contains(&code.as_str()))
        {
            let title = format!("`{code}` is no finding that can be allowed");
            let finding = Finding::error(
                "unknown-code",
                title,
                place.key("allow").nth(n),
                "not known",
            );
            let near = nearest(code, ALLOWABLE);
            findings.push(finding.help(match near {
                Some(near) => format!("there is `{near}`"),
                None => format!("these can be allowed: {}", ALLOWABLE.join(", ")),
            }));
        }
        if !allow.is_empty() && !has_note {
            let title = "a finding is allowed without a reason";
            let finding = Finding::error(
                "allow-without-note",
                title,
                place.key("allow"),
                "why is this so",
            );
            findings.push(finding.help("add a `note` that says why"));
        }
    }
}

impl Parts {
    /// Finds out which written trains the cadence makes too.
    fn place_trains(&mut self, findings: &mut Vec<Finding>) {
        for (n, entry) in self.entries.iter().enumerate() {
            let rule = self
                .rule
                .as_ref()
                .filter(|rule| rule.names_train(&entry.version));
            let earlier = match rule.and_then(|rule| rule.index_of(&entry.version)) {
                Some(index) if index >= MAX_TRAINS => {
                    let title = format!("train `{}` is too far from the anchor", entry.version);
                    let place = Place::item("train", n).key("version");
                    findings.push(Finding::error(
                        "too-many",
                        title,
                        place,
                        format!("the limit is {MAX_TRAINS} trains"),
                    ));
                    continue;
                }
                Some(index) => match self.overrides.entry(index) {
                    std::collections::btree_map::Entry::Occupied(there) => Some(*there.get()),
                    std::collections::btree_map::Entry::Vacant(free) => {
                        free.insert(n);
                        None
                    }
                },
                None => {
                    let same = |other: &&usize| {
                        self.entries[**other]
                            .version
                            .is_same_release(&entry.version)
                    };
                    let earlier = self.own.iter().find(same).copied();
                    self.own.push(n);
                    earlier
                }
            };
            if let Some(earlier) = earlier {
                let title = format!("train `{}` is there twice", entry.version);
                let finding = Finding::error(
                    "duplicate-train",
                    title,
                    Place::item("train", n).key("version"),
                    "here again",
                );
                findings
                    .push(finding.and(Place::item("train", earlier).key("version"), "first here"));
            }
        }
    }

    /// Puts every fact on the train that it rides on; what fits none is a
    /// warning.
    fn place_facts(&mut self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let mut warnings = Vec::new();
        for n in 0..self.facts.len() {
            let fact = &self.facts[n];
            let named = fact.train.as_ref().unwrap_or(&fact.version);
            let slot = if fact.train.is_some() {
                self.named_slot(named)
            } else {
                self.slot_of(named)
            };
            let riding = match slot {
                Some(Slot {
                    index: Some(index), ..
                }) => self.riding_made.entry(index).or_default(),
                Some(Slot {
                    entry: Some(entry), ..
                }) => self.riding_own.entry(entry).or_default(),
                _ => {
                    warnings.extend(no_train(fact, n));
                    continue;
                }
            };
            if let Some(first) = riding
                .iter()
                .find(|other| self.facts[**other].version.is_same_release(&fact.version))
            {
                let title = format!("release `{}` is there twice", fact.version);
                let finding = Finding::error(
                    "duplicate-release",
                    title,
                    Place::item("release", n).key("version"),
                    "here again",
                );
                findings
                    .push(finding.and(Place::item("release", *first).key("version"), "first here"));
            }
            riding.push(n);
            if let Some(finding) = slot.and_then(|slot| self.skipped_and_released(slot, n)) {
                findings.push(finding);
            }
        }
        let facts = &self.facts;
        let all = self
            .riding_made
            .values_mut()
            .chain(self.riding_own.values_mut());
        all.for_each(|riding| riding.sort_by_key(|n| facts[*n].date));
        warnings
    }

    fn skipped_and_released(&self, slot: Slot, fact: usize) -> Option<Finding> {
        let entry = slot.entry.filter(|n| self.entries[*n].skip.is_some())?;
        let title = format!(
            "train `{}` is skipped, and `{}` was released on it",
            self.entries[entry].version, self.facts[fact].version
        );
        let finding = Finding::error(
            "skipped-and-released",
            title,
            Place::item("train", entry).key("skip"),
            "skipped here",
        );
        Some(finding.and(Place::item("release", fact).key("version"), "released here"))
    }

    /// The train that is named so.
    fn named_slot(&self, version: &Version) -> Option<Slot> {
        let rule = self.rule.as_ref().filter(|rule| rule.names_train(version));
        let made = rule.and_then(|rule| rule.index_of(version));
        let own = || {
            self.own
                .iter()
                .find(|n| self.entries[**n].version.is_same_release(version))
        };
        match made.filter(|index| *index < MAX_TRAINS) {
            Some(index) => Some(self.made_slot(index)),
            None => own().map(|n| Slot {
                index: None,
                entry: Some(*n),
            }),
        }
    }

    /// The train whose version is the longest prefix of `version`.
    pub(super) fn slot_of(&self, version: &Version) -> Option<Slot> {
        let length = |n: &usize| self.entries[*n].version.components().count();
        let fits = |n: &&usize| {
            let train = &self.entries[**n].version;
            train.is_prefix_of(version) || train.is_same_release(version)
        };
        let own = self
            .own
            .iter()
            .filter(fits)
            .max_by_key(|n| length(n))
            .copied();
        let made = self.rule.as_ref().and_then(|rule| rule.index_of(version));
        let made = made.filter(|index| {
            *index < MAX_TRAINS
                && self
                    .rule
                    .as_ref()
                    .is_some_and(|rule| rule.day(*index).is_some())
        });
        match (own, made) {
            (Some(entry), _) => Some(Slot {
                index: None,
                entry: Some(entry),
            }),
            (None, Some(index)) => Some(self.made_slot(index)),
            (None, None) => None,
        }
    }

    fn made_slot(&self, index: u32) -> Slot {
        Slot {
            index: Some(index),
            entry: self.overrides.get(&index).copied(),
        }
    }

    /// The channel of a train of the cadence about which nothing is written:
    /// its place among the channels.
    pub(super) fn channel_of_made(&self, index: u32) -> Option<usize> {
        let slot = Slot {
            index: Some(index),
            entry: None,
        };
        let version = self.version(slot);
        let channel = self.channel(slot, &version)?;
        self.channels
            .iter()
            .position(|other| other.name == channel.name)
    }
}

fn no_train(fact: &ReleaseEntry, n: usize) -> Option<Finding> {
    let place = Place::item("release", n);
    let (key, name) = match &fact.train {
        Some(train) => (place.key("train"), train),
        None => (place.key("version"), &fact.version),
    };
    let title = format!("release `{}` fits no train", fact.version);
    let finding = Finding::warning(
        "no-train",
        title,
        key,
        format!("no train is `{name}` or a prefix of it"),
    );
    let help = "name the train that it rides on with `train`, or write one as `[[train]]`";
    allowed(&fact.allow, finding.help(help))
}

fn allowed(allow: &[String], finding: Finding) -> Option<Finding> {
    let known = allow.iter().any(|code| code == finding.code);
    (!known).then_some(finding)
}

/// What is odd about the trains, and no error: real schedules have it all.
pub(super) fn observe(parts: &Parts, roster: &Roster) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (n, entry) in parts.entries.iter().enumerate() {
        let train = parts.named_slot(&entry.version).and_then(|slot| {
            let version = parts.version(slot);
            roster.trains.iter().find(|train| train.version == version)
        });
        if let Some(train) = train {
            findings.extend(observe_train(entry, train, &Place::item("train", n)));
        }
    }
    for (n, fact) in parts.facts.iter().enumerate() {
        let named = fact.train.as_ref().unwrap_or(&fact.version);
        let Some(slot) = parts.named_slot(named).or_else(|| parts.slot_of(named)) else {
            continue;
        };
        let version = parts.version(slot);
        if let Ok(place) = roster
            .trains
            .binary_search_by(|train| train.version.cmp(&version))
        {
            findings.extend(observe_release(
                fact,
                &roster.trains[place],
                &Place::item("release", n),
            ));
        }
    }
    findings
}

fn observe_train(entry: &TrainEntry, train: &Train, place: &Place) -> Vec<Finding> {
    let mut findings = Vec::new();
    let end = train.end.day().filter(|_| matches!(train.end, End::Day(_)));
    if end.is_some() && end == train.release.day() {
        let title = format!("`{}` ends on the day of its release", train.label);
        findings.push(
            Finding::warning("end-on-release", title, place.key("end"), "ends here")
                .and(place.key("release"), "released here"),
        );
    }
    for (n, phase) in entry.phases.iter().enumerate() {
        let gone = !train.phases.iter().any(|other| *other.name == *phase.name);
        if gone && (train.release.day().is_some() || train.released) {
            let title = format!(
                "phase `{}` of `{}` has no day left",
                phase.name, train.label
            );
            findings.push(Finding::warning(
                "empty-phase",
                title,
                place.key("phases").nth(n).key("name"),
                "empty",
            ));
        }
    }
    findings
        .into_iter()
        .filter_map(|finding| allowed(&entry.allow, finding))
        .collect()
}

fn observe_release(fact: &ReleaseEntry, train: &Train, place: &Place) -> Option<Finding> {
    let (label, date) = (&train.label, fact.date);
    let pre = fact.pre.unwrap_or_else(|| fact.version.is_pre_release());
    let end = train.end.day();
    let (code, title) = if train.over.is_some_and(|over| over < date) {
        let end = end.map(|end| end.to_string()).unwrap_or_default();
        (
            "released-after-end",
            format!(
                "`{}` was released on {date}, after train `{label}` had ended on {end}",
                fact.version
            ),
        )
    } else if train.over == Some(date) {
        (
            "released-on-end",
            format!(
                "`{}` was released on {date}, the day train `{label}` ended",
                fact.version
            ),
        )
    } else if !pre && train.release.day().is_some_and(|release| date < release) {
        let release = train
            .release
            .day()
            .map(|day| day.to_string())
            .unwrap_or_default();
        (
            "released-before-train",
            format!(
                "`{}` was released on {date}, before its train `{label}` left on {release}",
                fact.version
            ),
        )
    } else {
        return None;
    };
    allowed(
        &fact.allow,
        Finding::warning(code, title, place.key("date"), "this day"),
    )
}
