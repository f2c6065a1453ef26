//! Rules for the phases of channels and of trains.

use crate::schedule::MAX_ROWS;
use crate::schedule::draft::{Level, PhaseRule, PhaseStart};
use crate::schedule::finding::{Finding, Place, Segment};

/// Checks the phases of the table at `owner`.
pub(super) fn check(phases: &[PhaseRule], owner: &Place, findings: &mut Vec<Finding>) {
    let owner = owner.key("phases");
    for (n, phase) in phases.iter().enumerate() {
        let place = owner.nth(n);
        findings.extend(pre_with_length(phase, &place));
        findings.extend(no_length(phase, &place));
        findings.extend(endless(phase, phases.get(n + 1), &place));
        findings.extend(too_many_releases(phase, &place));
        findings.extend(two_lengths(phase, &place));
        findings.extend(start_before_release(phase, &place));
    }
    findings.extend(second_from_branch(phases, &owner));
    findings.extend(out_of_order(phases, &owner));
}

fn pre_with_length(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let key = length_key(phase).filter(|_| phase.level == Level::Pre)?;
    let name = &phase.name;
    let title = format!("phase `{name}` comes before the release and has a length");
    let finding = Finding::error("pre-with-length", title)
        .at(place.key(key), "the release ends it")
        .help(format!(
            "leave out `{key}`: it runs from the branch to the release"
        ));
    Some(finding)
}

/// The key that says how long a phase lasts.
fn length_key(phase: &PhaseRule) -> Option<&'static str> {
    let length = phase.length.map(|_| "for");
    length.or(phase.releases.map(|_| "releases"))
}

fn no_length(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let is_none =
        phase.length.is_some_and(|phase| phase.length.is_zero()) || phase.releases == Some(0);
    let key = length_key(phase).filter(|_| is_none)?;
    let title = format!("phase `{}` has no length", phase.name);
    Some(Finding::error("no-length", title).at(place.key(key), "ends as it begins"))
}

/// Both lengths without a word on which of them counts, or the word without
/// both.
fn two_lengths(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let name = &phase.name;
    match (
        phase.length.is_some() && phase.releases.is_some(),
        phase.whichever,
    ) {
        (true, None) => Some(
            Finding::error("two-lengths", format!("phase `{name}` has two lengths"))
                .at(place.key("releases"), "until a newer train")
                .at(place.key("for"), "for a time")
                .help("add `whichever = \"later\"` or `whichever = \"earlier\"`"),
        ),
        (false, Some(_)) => {
            let title = format!("phase `{name}` has no two lengths to choose from");
            let finding = Finding::error("two-lengths", title);
            let finding = finding.at(place.key("whichever"), "of what");
            Some(finding.help("say both `for` and `releases`"))
        }
        _ => None,
    }
}

/// A phase that begins before the release, and is none that lies there.
fn start_before_release(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let is_before = matches!(phase.from, Some(PhaseStart::Before(_)));
    let title = format!("phase `{}` begins before the release", phase.name);
    let finding = Finding::error("start-before-release", title)
        .at(place.key("from"), "before the release")
        .help("add `level = \"pre\"`, or leave out `from`");
    (is_before && phase.level != Level::Pre).then_some(finding)
}

/// A second phase that would begin with the branch.
fn second_from_branch(phases: &[PhaseRule], owner: &Place) -> Option<Finding> {
    let mut pre = phases.iter().enumerate();
    let first = pre.position(|(_, phase)| phase.level == Level::Pre)?;
    let (second, phase) =
        pre.find(|(_, phase)| phase.level == Level::Pre && phase.from.is_none())?;
    let title = format!("phase `{}` would begin with the branch, too", phase.name);
    let finding = Finding::error("second-from-branch", title)
        .at(owner.nth(second).key("name"), "from when on")
        .at(owner.nth(first).key("name"), "the first of them");
    Some(finding.help("say when it begins: for example `from = \"2 months before\"`"))
}

/// A phase that nothing ends, before another one.
fn endless(phase: &PhaseRule, next: Option<&PhaseRule>, place: &Place) -> Option<Finding> {
    let next = next.filter(|next| next.from.is_none() && next.level != Level::Pre)?;
    if phase.level == Level::Pre || length_key(phase).is_some() {
        return None;
    }
    let (name, next) = (&phase.name, &next.name);
    let title = format!("phase `{name}` has no length, and `{next}` is to follow it");
    let finding = Finding::error("no-length", title).at(place.key("name"), "until when");
    let is_of_train = place.segments().first() == Some(&Segment::Key("train".to_owned()));
    let or_from = if is_of_train {
        format!(", or the day on which it ends as `from` to `{next}`")
    } else {
        String::new()
    };
    Some(finding.help(format!("add for example `for = \"12 months\"`{or_from}")))
}

fn too_many_releases(phase: &PhaseRule, place: &Place) -> Option<Finding> {
    let count = phase.releases.filter(|n| *n as usize > MAX_ROWS)?;
    let title = format!(
        "phase `{}` lasts for {count} trains, more than the limit of {MAX_ROWS}",
        phase.name
    );
    Some(Finding::error("too-many", title).at(place.key("releases"), "too many"))
}

fn out_of_order(phases: &[PhaseRule], owner: &Place) -> Vec<Finding> {
    let dated = phases.iter().enumerate();
    let dated: Vec<_> = dated
        .filter_map(|(n, phase)| Some((n, &phase.name, phase.from?.date()?)))
        .collect();
    let pairs = dated.iter().zip(dated.iter().skip(1));
    let pairs = pairs.filter(|((.., earlier), (.., later))| later < earlier);
    let finding = |((before, ..), (n, name, _)): (&(usize, _, _), &(usize, _, _))| {
        let title = format!("phase `{name}` begins before the phase that it follows");
        Finding::error("phase-order", title)
            .at(owner.nth(*n).key("from"), "begins here")
            .at(owner.nth(*before).key("from"), "follows this")
    };
    pairs.map(finding).collect()
}
