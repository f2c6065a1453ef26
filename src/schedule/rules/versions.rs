//! Versions that are slips, or that numbers do not put in order.

use crate::schedule::draft::Draft;
use crate::schedule::finding::{Finding, Place};
use crate::schedule::quoted;
use crate::schedule::version::Version;

/// Checks the versions of all trains and releases that are written.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let trains = draft.trains.iter().enumerate();
    // A branch that never leaves is called by a word, and stands before all others.
    let trains = trains.filter(|(_, train)| !train.rolling);
    let trains = trains.map(|(n, train)| ("train", n, &train.version));
    let releases = draft.releases.iter().enumerate();
    let releases = releases.map(|(n, fact)| ("release", n, &fact.version));
    for (list, n, version) in trains.chain(releases) {
        let place = Place::item(list, n).key("version");
        let odd = letter_for_digit(version, &place).or_else(|| no_number(version, &place));
        findings.extend(odd);
    }
}

/// The letter O or l in a part of digits, beside other parts of digits.
fn letter_for_digit(version: &Version, place: &Place) -> Option<Finding> {
    let of_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let meant = |text: &str| text.replace('O', "0").replace('l', "1");
    let is_slip = |part: &&str| !of_digits(part) && of_digits(&meant(part));
    let slip = version.components().find(is_slip)?;
    version.components().find(|part| of_digits(part))?;
    let letter = if slip.contains('O') { "O" } else { "l" };
    let title = format!("`{version}` has the letter {letter} where a digit is expected");
    let finding = Finding::warning("letter-for-digit", title)
        .at(place.clone(), format!("`{slip}` is no number"))
        .help("write")
        .patch(quoted(&meant(version.as_str())));
    Some(finding)
}

/// A version that begins without a number: it is later than all that have one.
fn no_number(version: &Version, place: &Place) -> Option<Finding> {
    let first = version.components().next()?;
    let title = format!("`{version}` has no number in its first part");
    let finding = Finding::warning("no-number", title)
        .at(place.clone(), "in order after all numbers")
        .help(
            "trains are in the order of their numbers: begin with one, and write a word as `name`",
        );
    (!first.contains(|c: char| c.is_ascii_digit())).then_some(finding)
}
