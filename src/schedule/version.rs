//! Versions as people write them: `3.14`, `v24`, `11-24h2-e`, `48.0.0-rc.1`.

use std::cmp::Ordering;
use std::fmt;
use std::iter;
use std::str::FromStr;

use super::text::Label;

/// A version that shows what was written and orders by number.
///
/// Runs of digits compare as numbers and other runs as text, so `9.0` comes
/// before `10.0`. It need not be a semantic version.
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
    /// without a leading `v`.
    pub fn components(&self) -> impl Iterator<Item = &str> + Clone {
        let text = self.0.strip_prefix('v').unwrap_or(&self.0);
        text.split(['.', '-', '_', '+', ' '])
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

    /// Whether it is a pre-release in the sense of semantic versions
    /// (`48.0.0-rc.1`), missing numbers being 0.
    pub fn is_pre_release(&self) -> bool {
        let text = self.0.strip_prefix('v').unwrap_or(&self.0);
        let Some((core, pre)) = text.split_once('-') else {
            return false;
        };
        let missing = 2_usize.saturating_sub(core.matches('.').count());
        let padded = format!("{core}{}-{pre}", ".0".repeat(missing));
        semver::Version::parse(&padded).is_ok_and(|version| !version.pre.is_empty())
    }

    /// The n-th component as a number, if it is one.
    pub fn number(&self, n: usize) -> Option<u32> {
        self.components().nth(n)?.parse().ok()
    }
}

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
        let by_number = runs(&self.0).cmp(runs(&other.0));
        by_number.then_with(|| self.0.cmp(&other.0))
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
    fn pre_releases_are_known_by_their_hyphen() {
        assert!(version("48.0.0-rc.1").is_pre_release());
        assert!(version("v2.0-beta").is_pre_release());
        assert!(!version("48.0.1").is_pre_release());
        assert!(!version("11-24h2-e").as_str().is_empty());
    }
}
