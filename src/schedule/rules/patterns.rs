//! Rules for the patterns by which a project writes labels and links.

use std::ops::Deref;

use crate::diagnostic::nearest;
use crate::schedule::draft::Draft;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::label::PLACEHOLDERS;

/// Checks the patterns of the project.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let project = &draft.project;
    let place = Place::of("project");
    let link = place.key("links").key("release");
    let patterns = [
        (project.version_label.as_deref(), place.key("version-label")),
        (project.branch_label.as_deref(), place.key("branch-label")),
        (project.release_link().map(Deref::deref), link),
    ];
    for (pattern, place) in patterns {
        findings.extend(pattern.and_then(|pattern| unknown(pattern, place)));
    }
}

fn unknown(pattern: &str, place: Place) -> Option<Finding> {
    let braces = pattern.split('{').skip(1);
    let mut names = braces.filter_map(|rest| Some(rest.split_once('}')?.0));
    let name = names.find(|name| !PLACEHOLDERS.contains(name))?;
    let title = format!("nothing is put in the place of `{{{name}}}`");
    let finding = Finding::error("unknown-placeholder", title).at(place, "stays as it is");
    Some(match nearest(name, PLACEHOLDERS) {
        Some(near) => finding.help(format!("the nearest is `{{{near}}}`")),
        None => finding.help("there are `{version}`, `{major}`, `{minor}` and `{patch}`"),
    })
}
