//! Versions as people write them: `3.14`, `v24`, `11-24h2-e`, `48.0.0-rc.1`.

use std::cmp::Ordering;
use std::fmt;
use std::iter;
use std::str::FromStr;

use super::pre_release;
use super::text::Label;

/// A version that shows what was written and orders by number.
///
/// Runs of digits compare as numbers and other runs as text, so `9.0` comes
/// before `10.0`; a pre-release comes before its release. It need not be a
/// semantic version; those that are have the order that they ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version(Label);

impl Version {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The version without a `v` before its first number.
    #[must_use]
    pub fn bare(&self) -> Self {
        let bare = self
            .0
            .strip_prefix('v')
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        bare.and_then(|rest| rest.parse().ok())
            .unwrap_or_else(|| self.clone())
    }

    /// The parts between dots, hyphens, underscores, plus signs and spaces,
    /// without a leading `v`. A plus sign at the end is of the name: `s25+`.
    pub fn components(&self) -> impl Iterator<Item = &str> + Clone {
        let text = self.0.strip_prefix('v').unwrap_or(&self.0);
        let last = text.trim_end_matches('+').rfind(SEPARATORS);
        let (before, last) = match last {
            Some(at) => (Some(&text[..at]), &text[at + 1..]),
            None => (None, text),
        };
        let before = before.into_iter().flat_map(|text| text.split(SEPARATORS));
        before.chain(iter::once(last))
    }

    /// Whether `release` is this version followed by further components.
    pub fn is_prefix_of(&self, release: &Self) -> bool {
        let mut own = self.components();
        let mut theirs = release.components();
        own.all(|part| theirs.next().map(Run::of) == Some(Run::of(part)))
    }

    /// Whether both name the same release, missing numbers being 0:
    /// `24` and `24.0.0`.
    pub fn is_same_release(&self, other: &Self) -> bool {
        self.release_key() == other.release_key()
    }

    /// A key that is equal for versions that name the same release.
    pub(crate) fn release_key(&self) -> Vec<&str> {
        let number = |part| match Run::of(part) {
            Run::Number(_, part) | Run::Text(part) => part,
        };
        let mut key: Vec<_> = self.components().map(number).collect();
        while key.last() == Some(&"") {
            key.pop();
        }
        key
    }

    /// Whether it is that version or a later one, missing numbers being 0.
    pub fn reaches(&self, other: &Self) -> bool {
        self >= other || self.is_same_release(other)
    }

    /// Whether a word behind its numbers makes a pre-release of it:
    /// `48.0.0-rc.1`, `3.14.0b1`.
    pub fn is_pre_release(&self) -> bool {
        pre_release::numbers_of_pre_release(&self.0).is_some()
    }

    /// The n-th component as a number, if it is one.
    pub fn number(&self, n: usize) -> Option<u32> {
        self.components().nth(n)?.parse().ok()
    }
}

/// What parts the components.
const SEPARATORS: [char; 5] = ['.', '-', '_', '+', ' '];

fn is_number(run: &str) -> bool {
    !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit())
}

fn significant(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// Digits or other characters, in the order in which versions have them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Run<'a> {
    /// A number: how many digits it has, and which.
    Number(usize, &'a str),
    /// Anything else.
    Text(&'a str),
}

impl<'a> Run<'a> {
    fn of(text: &'a str) -> Self {
        let digits = significant(text);
        if is_number(text) {
            Self::Number(digits.len(), digits)
        } else {
            Self::Text(text)
        }
    }
}

/// The runs of digits and those of other characters.
fn runs(mut text: &str) -> impl Iterator<Item = Run<'_>> {
    iter::from_fn(move || {
        let first = text.chars().next()?.is_ascii_digit();
        let end = text.find(|c: char| c.is_ascii_digit() != first);
        let (run, rest) = text.split_at(end.unwrap_or(text.len()));
        text = rest;
        Some(Run::of(run))
    })
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let (numbers, stage) = pre_release::split(&self.0);
        let (others, other_stage) = pre_release::split(&other.0);
        let by_number = runs(numbers).cmp(runs(others));
        by_number
            .then_with(|| stage.cmp(&other_stage))
            .then_with(|| runs(&self.0).cmp(runs(&other.0)))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn digits_order_as_numbers() {
        let mut all = [
            "108.0.0",
            "9.0.0",
            "100.0.0",
            "v10",
            "24.04",
            "24.4",
            "11-24h2-e",
        ]
        .map(version);
        all.sort();
        let sorted = all.map(|v| v.to_string());
        assert_eq!(
            sorted,
            [
                "9.0.0",
                "11-24h2-e",
                "24.04",
                "24.4",
                "100.0.0",
                "108.0.0",
                "v10"
            ]
        );
    }

    #[test]
    fn a_train_is_a_prefix_by_component() {
        assert!(version("3.1").is_prefix_of(&version("3.1.4")));
        assert!(!version("3.1").is_prefix_of(&version("3.14.0")));
        assert!(version("v24").is_prefix_of(&version("24.1.0")));
    }

    #[test]
    fn missing_numbers_are_zero() {
        assert!(version("24").is_same_release(&version("24.0.0")));
        assert!(!version("24").is_same_release(&version("24.0.1")));
        assert!(!version("24.0.0").is_same_release(&version("24.0.0-rc.1")));
    }

    #[test]
    fn a_pre_release_comes_before_its_release_and_any_other_suffix_after() {
        let ascending = [
            "1.36.2",
            "1.36.3-alpha.9",
            "1.36.3-alpha.10",
            "1.36.3-rc.1",
            "1.36.3",
            "1.36.3-gke.1640000",
            "1.36.3-h1",
            "1.36.4b2",
            "1.36.4b10",
            "1.36.4rc1",
            "1.36.4",
        ];
        for pair in ascending.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn a_plus_sign_at_the_end_is_of_the_name() {
        let parts = |text: &str| -> Vec<_> {
            let version = version(text);
            version.components().map(str::to_owned).collect()
        };
        assert_eq!(parts("s25+"), ["s25+"]);
        assert_eq!(parts("1.0++"), ["1", "0++"]);
        assert_eq!(parts("v1.2+build.5"), ["1", "2", "build", "5"]);
        assert!(!version("s25").is_same_release(&version("s25+")));
        assert!(!version("s25").is_prefix_of(&version("s25+")));
    }

    /// Versions that are near each other, so that they often compare equal in
    /// part.
    fn versions() -> impl Strategy<Value = Version> {
        let part = "(v|)(0?[1-3](\\.0?[0-2]){0,2})(-?(rc|b|h|alpha)\\.?[1-3]{0,2}|)(\\+[1-2]|\\+|)";
        part.prop_map(|text| version(&text))
    }

    proptest! {
        #[test]
        fn the_order_is_total_and_agrees_with_equality(
            (a, b, c) in (versions(), versions(), versions())
        ) {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a == b, a.cmp(&b).is_eq());
            if a <= b && b <= c {
                prop_assert!(a <= c, "{} <= {} <= {}", a, b, c);
            }
        }
    }
}
