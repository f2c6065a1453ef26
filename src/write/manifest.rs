//! What trainboard wrote into a folder: `OUT/.trainboard`, as JSON.
//!
//! ```json
//! {
//!   "trainboard": "1",
//!   "files": {
//!     "guide/schedule.html": [{ "size": 1042, "sha256": "9f86d081884c7d65…" }]
//!   },
//!   "folders": ["guide"]
//! }
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{disk, refuse};

/// By which a file is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stamp {
    size: u64,
    /// In hexadecimal.
    sha256: String,
}

impl Stamp {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            let _ = write!(sha256, "{byte:02x}");
        }
        let size = bytes.len() as u64;
        Self { size, sha256 }
    }
}

/// The forms that a manifest has had, by version.
#[derive(Serialize, Deserialize)]
#[serde(tag = "trainboard")]
enum Version<M> {
    #[serde(rename = "1")]
    First(M),
}

/// Files and folders that trainboard wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// What each of them may be: nothing known while it has not come, and both
    /// what it was and what it was to be after a run that was killed.
    pub(super) files: BTreeMap<String, BTreeSet<Stamp>>,
    /// Folders that trainboard made, and removes again when they are empty.
    pub(super) folders: BTreeSet<String>,
}

impl Manifest {
    /// Both together.
    pub(super) fn union(mut self, other: Self) -> Self {
        for (path, stamps) in other.files {
            self.files.entry(path).or_default().extend(stamps);
        }
        self.folders.extend(other.folders);
        self
    }

    /// The folders in which temporary files may have been, but the outermost.
    pub(super) fn all_folders(&self) -> BTreeSet<&str> {
        let of_files = self.files.keys().flat_map(|path| disk::parents(path));
        of_files
            .chain(self.folders.iter().map(String::as_str))
            .collect()
    }

    /// Whether we wrote a file of that size there: if not, its bytes need not
    /// be read.
    pub(super) fn knows_size(&self, path: &str, size: u64) -> bool {
        let stamps = self.files.get(path);
        stamps.is_some_and(|stamps| stamps.iter().any(|stamp| stamp.size == size))
    }

    /// Whether we wrote those bytes there.
    pub(super) fn knows(&self, path: &str, bytes: &[u8]) -> bool {
        let stamps = self.files.get(path);
        stamps.is_some_and(|stamps| stamps.contains(&Stamp::of(bytes)))
    }

    /// The text of the file.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string_pretty(&Version::First(self)).unwrap_or_default()
    }

    /// Reads the text of the file; nothing if it is not one of ours. A path
    /// that leads out of the folder is none that we wrote.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let Version::First(manifest): Version<Self> = serde_json::from_slice(text).ok()?;
        let mut paths = manifest.files.keys().chain(&manifest.folders);
        paths.all(|path| refuse::is_safe(path)).then_some(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let file = |path: &str, states: &[&[u8]]| {
            let stamps = states.iter().map(|bytes| Stamp::of(bytes));
            (path.to_owned(), stamps.collect())
        };
        Manifest {
            files: [
                file("a b/c.html", &[b"old", b"newer"]),
                file("index.html", &[b""]),
                file("to come.html", &[]),
            ]
            .into(),
            folders: ["a b".to_owned()].into(),
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = manifest();
        assert_eq!(
            Manifest::parse(manifest.to_text().as_bytes()),
            Some(manifest)
        );
    }

    #[test]
    fn both_states_of_a_file_are_known() {
        let manifest = manifest();
        assert!(manifest.knows("a b/c.html", b"old") && manifest.knows("a b/c.html", b"newer"));
        assert!(!manifest.knows("a b/c.html", b""));
        assert!(manifest.knows_size("index.html", 0) && !manifest.knows_size("a b/c.html", 0));
    }

    #[test]
    fn what_has_not_come_is_not_known() {
        let manifest = manifest();
        assert!(!manifest.knows("to come.html", b"") && !manifest.knows_size("to come.html", 0));
        assert!(!manifest.knows("other.html", b""));
    }

    #[test]
    fn a_path_that_leads_out_makes_the_manifest_no_manifest() {
        let file = "[{\"size\":0,\"sha256\":\"00\"}]";
        let text = |files: &str, folders: &str| {
            format!("{{\"trainboard\":\"1\",\"files\":{{{files}}},\"folders\":[{folders}]}}")
        };
        let sound = text(&format!("\"x\":{file}"), "\"y\"");
        assert!(Manifest::parse(sound.as_bytes()).is_some());
        for text in [
            text("", "\"..\""),
            text(&format!("\"../x\":{file}"), ""),
            text(&format!("\"/etc/passwd\":{file}"), ""),
            sound.replace("sha256", "link"),
            sound.replace("folders", "links"),
            sound.replace("\"1\"", "\"2\""),
        ] {
            assert_eq!(Manifest::parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Manifest::parse(b""), None);
    }
}
