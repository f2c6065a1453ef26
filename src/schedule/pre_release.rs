//! Pre-releases, known by the word behind their numbers: `48.0.0-rc.1`,
//! `3.14.0b1`, `26-ea+12`.

use semver::Prerelease;

/// With these words a suffix begins that makes a pre-release.
const WORDS: [&str; 11] = [
    "alpha",
    "beta",
    "canary",
    "dev",
    "ea",
    "milestone",
    "nightly",
    "pre",
    "preview",
    "rc",
    "snapshot",
];

/// Single letters that do the same between two digits, where `8u502` and
/// `1.1.1a` have others.
const LETTERS: [&str; 4] = ["a", "b", "c", "m"];

/// How far a version is from the release that has its numbers, in the order in
/// which they come out.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// A pre-release of a semantic version, which has an order of its own.
    Semantic(Prerelease),
    /// Any other pre-release.
    Pre,
    /// The release, or what is built on it: `11.2.13-h1`.
    Release,
}

/// The numbers of a version, without the suffix that makes a pre-release, and
/// its stage.
pub(super) fn split(text: &str) -> (&str, Stage) {
    let Some(numbers) = numbers_of_pre_release(text) else {
        return (text, Stage::Release);
    };
    let semantic = semver::Version::parse(text.strip_prefix('v').unwrap_or(text));
    let stage = semantic.map_or(Stage::Pre, |version| Stage::Semantic(version.pre));
    (numbers, stage)
}

/// What stands before the suffix of a pre-release; nothing for a release.
pub(super) fn numbers_of_pre_release(text: &str) -> Option<&str> {
    let is_numeric = |c: char| c.is_ascii_digit() || c == '.';
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[first..].find(|c: char| !is_numeric(c))?;
    let (numbers, rest) = text.split_at(first + length);
    let suffix = rest.trim_start_matches(['-', '_', '~', ' ']);
    let end = suffix.find(|c: char| !c.is_ascii_alphabetic());
    let (word, after) = suffix.split_at(end.unwrap_or(suffix.len()));
    let word = word.to_ascii_lowercase();
    let stands_between_digits = suffix.len() == rest.len()
        && !numbers.ends_with('.')
        && after.starts_with(|c: char| c.is_ascii_digit());
    let is_pre = WORDS.contains(&&*word) || stands_between_digits && LETTERS.contains(&&*word);
    is_pre.then(|| numbers.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_behind_the_numbers_makes_a_pre_release() {
        for (text, numbers) in [
            ("48.0.0-rc.1", "48.0.0"),
            ("v2.0-beta", "v2.0"),
            ("3.14.0rc1", "3.14.0"),
            ("3.14.0b1", "3.14.0"),
            ("5.0a2", "5.0"),
            ("6.0.0.Alpha7", "6.0.0"),
            ("4.2.dev7", "4.2"),
            ("26-ea+12", "26"),
            ("9.0.0-preview.3", "9.0.0"),
            ("2.0 beta 3", "2.0"),
            ("1.0~rc1", "1.0"),
            ("go1.22rc1", "go1.22"),
            ("2025.1-SNAPSHOT", "2025.1"),
        ] {
            assert_eq!(numbers_of_pre_release(text), Some(numbers), "{text}");
        }
    }

    #[test]
    fn other_suffixes_are_of_releases() {
        for text in [
            "48.0.0",
            "11.2.13-h1",
            "1.36.3-gke.1640000",
            "8u502-b07",
            "1.1.1a",
            "2024b",
            "2.39.5.post1",
            "1.0.0+build5",
            "1.0.0+rc1",
            "1.0.0-1",
            "1.0.0.M3",
            "11-24h2-e",
            "1.0-prefix",
            "nightly-2026-01-02",
            "main",
            "",
        ] {
            assert_eq!(numbers_of_pre_release(text), None, "{text}");
        }
    }
}
