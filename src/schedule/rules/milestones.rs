//! Milestones: their names, and the days that they are counted from.

use crate::diagnostic::nearest;
use crate::schedule::draft::{Draft, MilestoneEntry, MilestoneRule, TrainEntry};
use crate::schedule::finding::{Finding, Place};
use crate::schedule::milestones::{TAKEN, in_order};

/// The days that a milestone may be counted from, beside other milestones.
const BASES: [&str; 3] = ["branch", "release", "end"];

/// Checks all milestones, and what trains say of them.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let rules = &draft.milestones;
    for (n, rule) in rules.iter().enumerate() {
        let place = Place::item("milestone", n);
        findings.extend(taken(rule.id(), place.key("name")));
        findings.extend(duplicate(&rules[..n], rule, &place));
        findings.extend(unknown_channel(draft, rule, &place));
        findings.extend(unknown_base(rules, rule, &place));
    }
    findings.extend(circle(rules));
    for (n, train) in draft.trains.iter().enumerate() {
        let place = Place::item("train", n).key("milestones");
        findings.extend(of_train(rules, train, &place));
    }
}

/// An id that means something already.
fn taken(id: &str, place: Place) -> Option<Finding> {
    let title = format!("`{id}` means something already");
    let finding = Finding::error("taken-id", title)
        .at(place, "the id of a milestone")
        .help("give it another name, or an `id` of its own");
    TAKEN.contains(&id).then_some(finding)
}

fn duplicate(earlier: &[MilestoneRule], rule: &MilestoneRule, place: &Place) -> Option<Finding> {
    let first = earlier.iter().position(|one| one.id() == rule.id())?;
    let title = format!("milestone `{}` is there twice", rule.id());
    let finding = Finding::error("duplicate-milestone", title)
        .at(place.key("name"), "here again")
        .at(Place::item("milestone", first).key("name"), "first here")
        .help("give it another name, or an `id` of its own");
    Some(finding)
}

fn unknown_channel(draft: &Draft, rule: &MilestoneRule, place: &Place) -> Option<Finding> {
    let name = rule.channel.as_ref()?;
    let known = || draft.channels.iter().map(|channel| &*channel.name);
    let title = format!(
        "milestone `{}` is of a channel `{name}` that is not there",
        rule.id()
    );
    let finding = Finding::error("unknown-channel", title)
        .at(place.key("channel"), "no `[[channel]]` has this name");
    let finding = match nearest(name, known()) {
        Some(near) => finding.help("the nearest is").patch(format!("\"{near}\"")),
        None => finding,
    };
    known().all(|other| other != &**name).then_some(finding)
}

fn unknown_base(rules: &[MilestoneRule], rule: &MilestoneRule, place: &Place) -> Option<Finding> {
    let base = &*rule.when.base;
    let known = || BASES.into_iter().chain(rules.iter().map(MilestoneRule::id));
    let title = format!(
        "milestone `{}` is counted from `{base}`, which is none",
        rule.id()
    );
    let finding =
        Finding::error("unknown-milestone", title).at(place.key("when"), "counted from it");
    let unknown = known().all(|other| other != base);
    unknown.then(|| with_nearest(finding, base, known()))
}

fn with_nearest<'a>(
    finding: Finding,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Finding {
    if let Some(near) = nearest(name, known.clone()) {
        return finding.help(format!("the nearest is `{near}`"));
    }
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    finding.help(format!("known are {}", known.join(", ")))
}

/// Milestones that are counted from each other.
fn circle(rules: &[MilestoneRule]) -> Option<Finding> {
    let (_, waiting) = in_order(rules);
    let before = |rule: &MilestoneRule| {
        let mut others = waiting.iter();
        others.find(|other| *other.id() == *rule.when.base).copied()
    };
    // From one that only waits for the circle, so many steps lead into it.
    let into = (1..waiting.len()).try_fold(*waiting.first()?, |rule, _| before(rule))?;
    let (id, base) = (into.id(), &into.when.base);
    let title = format!("milestone `{id}` is counted from itself, by way of `{base}`");
    let n = rules.iter().position(|rule| rule.id() == id)?;
    let finding = Finding::error("milestone-circle", title)
        .at(Place::item("milestone", n).key("when"), "counted from it")
        .help("count one of them from `branch`, `release` or `end`");
    Some(finding)
}

/// What a train says of milestones.
fn of_train<'a>(
    rules: &'a [MilestoneRule],
    train: &'a TrainEntry,
    place: &'a Place,
) -> impl Iterator<Item = Finding> + 'a {
    let known = move || rules.iter().map(MilestoneRule::id);
    train.milestones.0.iter().filter_map(move |(id, entry)| {
        let place = place.key(id);
        if let MilestoneEntry::Own(_) = entry {
            return taken(id, place);
        }
        let title = format!("train `{}` has no milestone `{id}`", train.version);
        let finding = Finding::error("unknown-milestone", title).at(place, "not known");
        let of_its_own = "one of its own is written `{ name = …, date = … }`";
        let finding = match nearest(id, known()) {
            Some(near) => finding.help(format!("the nearest is `{near}`; {of_its_own}")),
            None => finding.help(of_its_own),
        };
        known().all(|known| *known != **id).then_some(finding)
    })
}
