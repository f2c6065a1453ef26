//! The tags of a git repository.

use std::fmt;
use std::str::FromStr;

use super::{Released, is_version_text};
use crate::schedule::{Day, Version};

/// How `git for-each-ref` is to write a tag: its name and, after a NUL, the
/// second at which it was made, by its tagger or else by its commit.
pub const FORMAT: &str = "%(refname:strip=2)%00%(creatordate:unix)";

const SECONDS_A_DAY: i64 = 86_400;

/// How a project writes its tags: `v{version}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

const PLACE: &str = "{version}";

impl Pattern {
    /// The version in the name of a tag.
    fn version(&self, tag: &str) -> Option<Version> {
        let (before, after) = self.0.split_once(PLACE)?;
        let version = tag.strip_prefix(before)?.strip_suffix(after)?;
        version.parse().ok().filter(|_| is_version_text(version))
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.matches(PLACE).count() {
            1 => Ok(Self(text.to_owned())),
            _ => Err(format!("a pattern has `{PLACE}` in it, once")),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the tags of a repository say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// The releases among them.
    pub releases: Vec<Released>,
    /// The names of those that were not wanted.
    pub excluded: Vec<String>,
    /// The names of those that fit and have no day: of no commit, or from
    /// before 1970 or after 9999.
    pub undated: Vec<String>,
    /// The names of all others.
    pub others: Vec<String>,
}

/// Reads what git wrote in [`FORMAT`]; tags with one of the texts of `excluded`
/// in their names are no releases.
pub fn read(listing: &str, pattern: &Pattern, excluded: &[String]) -> Tags {
    let mut tags = Tags::default();
    for line in listing.lines() {
        let (name, second) = line.split_once('\0').unwrap_or((line, ""));
        if excluded.iter().any(|text| name.contains(text.as_str())) {
            tags.excluded.push(name.to_owned());
            continue;
        }
        match (pattern.version(name), day(second)) {
            (Some(version), Some(date)) => tags.releases.push(Released {
                version,
                date,
                place: None,
            }),
            (Some(_), None) => tags.undated.push(name.to_owned()),
            (None, _) => tags.others.push(name.to_owned()),
        }
    }
    tags
}

/// The day in UTC; none before 1970, after 9999, or for a tag of no commit.
fn day(second: &str) -> Option<Day> {
    let day = second.parse::<i64>().ok()?.div_euclid(SECONDS_A_DAY);
    i32::try_from(day).ok().and_then(Day::from_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read from a listing in which blanks stand for NULs.
    fn read_as(pattern: &str, listing: &str) -> (Vec<String>, Vec<String>) {
        let listing = listing.replace(' ', "\0");
        let tags = read(&listing, &pattern.parse().unwrap(), &[]);
        let released = tags.releases.iter();
        let released = released.map(|one| format!("{} {}", one.version, one.date));
        (released.collect(), tags.others)
    }

    #[test]
    fn a_tag_that_fits_has_its_day_in_utc() {
        let (releases, others) = read_as(
            "v{version}",
            "v1.0.0 001700000000\nv1.0.1-rc.1 001699919999\nv2 000\n",
        );
        assert_eq!(
            releases,
            ["1.0.0 2023-11-14", "1.0.1-rc.1 2023-11-13", "2 1970-01-01"]
        );
        assert!(others.is_empty());
    }

    #[test]
    fn all_other_tags_keep_their_names() {
        let (releases, others) = read_as(
            "v{version}",
            "dev 1700000000\nvendor-1 1700000000\nv1/2 1700000000\n",
        );
        assert!(releases.is_empty());
        assert_eq!(others, ["dev", "vendor-1", "v1/2"]);
    }

    #[test]
    fn a_tag_that_is_not_wanted_is_no_release() {
        let listing = "v1.0\x001700000000\nv1.1-nightly.3\x001700000000\n";
        let excluded = ["nightly".to_owned()];
        let tags = read(listing, &"v{version}".parse().unwrap(), &excluded);
        assert_eq!(tags.releases.len(), 1);
        assert_eq!(tags.excluded, ["v1.1-nightly.3"]);
    }

    #[test]
    fn a_release_without_a_day_is_none() {
        let listing = "v1.0\0\nv1.1\0-1\nv1.2\0x\nv1.3\x00999999999999999\n";
        let tags = read(listing, &"v{version}".parse().unwrap(), &[]);
        assert_eq!(tags.undated, ["v1.0", "v1.1", "v1.2", "v1.3"]);
        assert!(tags.releases.is_empty() && tags.others.is_empty());
    }

    #[test]
    fn a_pattern_may_have_text_on_both_sides() {
        let (releases, others) = read_as("go{version}-final", "go1.2-final 000\ngo1.2 000\n");
        assert_eq!(releases, ["1.2 1970-01-01"]);
        assert_eq!(others, ["go1.2"]);
    }

    #[test]
    fn a_pattern_has_its_place_once() {
        assert!("v".parse::<Pattern>().is_err());
        assert!("{version}{version}".parse::<Pattern>().is_err());
        let pattern: Pattern = "rel-{version}".parse().unwrap();
        assert_eq!(pattern.to_string(), "rel-{version}");
    }
}
