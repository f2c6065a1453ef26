//! How a project writes its trains, branches and links.

use std::sync::Arc;

use super::draft::Project;
use super::version::Version;

/// The names that may stand in braces in a pattern.
pub(super) const PLACEHOLDERS: [&str; 4] = ["version", "major", "minor", "patch"];

impl Project {
    /// A train as the project writes it: `v24`.
    pub(super) fn label_of(&self, version: &Version) -> Arc<str> {
        let pattern = self.version_label.as_deref().unwrap_or("{version}");
        fill(pattern, version).into()
    }

    /// The branch of a train, `51.0.x`: the last of three numbers as `x`, else
    /// `.x` added.
    pub(super) fn branch_of(&self, version: &Version) -> Arc<str> {
        if let Some(pattern) = self.branch_label.as_deref() {
            return fill(pattern, version).into();
        }
        let label = self.label_of(version);
        match *label.split('.').collect::<Vec<_>>() {
            [major, minor, _] => format!("{major}.{minor}.x").into(),
            _ => format!("{label}.x").into(),
        }
    }

    /// Where a release is to be found.
    pub(super) fn link_of(&self, version: &Version) -> Option<Arc<str>> {
        let pattern = self.release_link()?;
        Some(fill(pattern, version).into())
    }
}

/// Puts the version and its numbers into a pattern.
fn fill(pattern: &str, version: &Version) -> String {
    let number = |n| version.components().nth(n).unwrap_or("0");
    let mut filled = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = [
            ("version}", version.as_str()),
            ("major}", number(0)),
            ("minor}", number(1)),
            ("patch}", number(2)),
        ];
        rest = if let Some((name, value)) = known.iter().find(|(name, _)| after.starts_with(name)) {
            filled.push_str(value);
            &after[name.len()..]
        } else {
            filled.push('{');
            after
        };
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_know_the_version_and_its_numbers() {
        let version = "3.14.2".parse().unwrap();
        assert_eq!(
            fill("v{version}: {major}-{minor}-{patch} {x}", &version),
            "v3.14.2: 3-14-2 {x}"
        );
        assert_eq!(fill("{minor}", &"24".parse().unwrap()), "0");
    }
}
