//! What trainboard wrote into a folder: the text of `OUT/.trainboard`.
//!
//! ```text
//! trainboard 1
//! folder guide
//! file 9f86d081884c7d65… 1042 guide/schedule.html
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{disk, refuse};

const FIRST_LINE: &str = "trainboard 1";

/// By which a file is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// SHA-256 in hexadecimal.
    hash: String,
}

impl Stamp {
    /// That of a file which has not come yet: no file has it.
    pub(super) fn unknown() -> Self {
        Self {
            size: 0,
            hash: "-".to_owned(),
        }
    }

    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut hash = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            let _ = write!(hash, "{byte:02x}");
        }
        Self {
            size: bytes.len() as u64,
            hash,
        }
    }
}

/// Files and folders that trainboard wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// After a run that was killed, a path can be here twice: before and after.
    files: BTreeSet<(String, Stamp)>,
    /// Folders that trainboard made, and removes again when they are empty.
    pub(super) folders: BTreeSet<String>,
}

impl Manifest {
    pub(super) fn new(
        files: impl IntoIterator<Item = (String, Stamp)>,
        folders: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            files: files.into_iter().collect(),
            folders: folders.into_iter().collect(),
        }
    }

    /// How many files it knows.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Both together.
    pub(super) fn union(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.folders.extend(other.folders);
        self
    }

    /// The paths of all files, in order.
    pub(super) fn paths(&self) -> BTreeSet<&str> {
        self.files.iter().map(|(path, _)| path.as_str()).collect()
    }

    /// The folders in which temporary files may have been, but the outermost.
    pub(super) fn all_folders(&self) -> BTreeSet<&str> {
        let of_files = self.files.iter().flat_map(|(path, _)| disk::parents(path));
        of_files
            .chain(self.folders.iter().map(String::as_str))
            .collect()
    }

    /// Whether we wrote a file of that size there: if not, its bytes need not
    /// be read.
    pub(super) fn knows_size(&self, path: &str, size: u64) -> bool {
        self.stamps(path).any(|stamp| stamp.size == size)
    }

    /// Whether we wrote those bytes there.
    pub(super) fn knows(&self, path: &str, bytes: &[u8]) -> bool {
        let stamp = Stamp::of(bytes);
        self.stamps(path).any(|known| *known == stamp)
    }

    fn stamps<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Stamp> {
        let lowest = Stamp {
            size: 0,
            hash: String::new(),
        };
        self.files
            .range((path.to_owned(), lowest)..)
            .take_while(move |(other, _)| other == path)
            .map(|(_, stamp)| stamp)
    }

    /// The text of the file.
    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for folder in &self.folders {
            let _ = writeln!(text, "folder {folder}");
        }
        for (path, Stamp { size, hash }) in &self.files {
            let _ = writeln!(text, "file {hash} {size} {path}");
        }
        text
    }

    /// Reads the text of the file; nothing if it is not one of ours. A path
    /// that leads out of the folder is none that we wrote.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(text).ok()?.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let mut manifest = Self::default();
        for line in lines {
            manifest.read_line(line)?;
        }
        Some(manifest)
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        let path = match word {
            "folder" => rest,
            "file" => rest.splitn(3, ' ').nth(2)?,
            _ => return None,
        };
        if !refuse::is_safe(path) {
            return None;
        }
        if word == "folder" {
            self.folders.insert(path.to_owned());
        } else {
            let (hash, size) = rest.strip_suffix(path)?.trim_end().split_once(' ')?;
            let stamp = Stamp {
                size: size.parse().ok()?,
                hash: hash.to_owned(),
            };
            self.files.insert((path.to_owned(), stamp));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let file = |path: &str, bytes: &[u8]| (path.to_owned(), Stamp::of(bytes));
        Manifest::new(
            [
                file("a b/c.html", b"old"),
                file("a b/c.html", b"newer"),
                file("index.html", b""),
            ],
            ["a b".to_owned()],
        )
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
    fn a_path_that_leads_out_makes_the_manifest_no_manifest() {
        for line in [
            "folder ..",
            "file 00 0 ../x",
            "file 00 0 /etc/passwd",
            "link x",
        ] {
            let text = format!("{FIRST_LINE}\n{line}\n");
            assert_eq!(Manifest::parse(text.as_bytes()), None, "{line}");
        }
        assert_eq!(Manifest::parse(b""), None);
        assert_eq!(Manifest::parse(b"trainboard 2\n"), None);
    }
}
