//! What a build makes: files by path.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// The longest name of a file or folder that every file system takes, in bytes.
const MAX_NAME: usize = 255;

/// The longest path, in bytes.
const MAX_PATH: usize = 1024;

/// The contents of a file, which may be shared.
pub type Bytes = Arc<Vec<u8>>;

/// The list of what trainboard wrote stands at this path, so no page may.
pub const MANIFEST: &str = ".trainboard";

/// How the names begin that files have until they are renamed.
pub const TEMPORARY: &str = ".trainboard-part-";

/// How many letters and digits follow, by chance: more than a name that somebody
/// thought of has.
pub const CHANCE: usize = 16;

/// Whether a name is of the exact shape that files have until they are renamed.
pub fn is_temporary(name: &str) -> bool {
    let chance = name.strip_prefix(TEMPORARY);
    chance.is_some_and(|chance| {
        chance.len() == CHANCE && chance.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// A path below some folder, with forward slashes, that cannot leave it.
///
/// No part of it is empty, `.` or `..`, none means something else to
/// Windows or to a browser than to Unix, and none has control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Box<str>);

impl SitePath {
    /// The path that is written so, or why it is refused.
    pub fn new(path: impl Into<String>) -> Result<Self, String> {
        let path = path.into();
        match flaw(&path) {
            None => Ok(Self(path.into())),
            Some(why) => Err(format!("the path `{}` {why}", path.escape_debug())),
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it is in, without a slash at the end; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Whether it is that of a page.
    pub fn is_page(&self) -> bool {
        self.0.ends_with(".html")
    }

    /// The folders above it, from the top down.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(end, _)| &self.0[..end])
    }

    /// The way from its folder to the top: empty, or some `../`.
    pub fn to_root(&self) -> String {
        "../".repeat(self.folders().count())
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a path is refused, if it is.
fn flaw(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("is empty");
    }
    if path.len() > MAX_PATH {
        return Some("is longer than 1024 bytes");
    }
    if path.starts_with('/') {
        return Some("is absolute");
    }
    if path == MANIFEST {
        return Some("is kept for the list of what trainboard wrote");
    }
    path.chars()
        .find_map(flaw_of_char)
        .or_else(|| path.split('/').find_map(flaw_of_name))
}

fn flaw_of_char(c: char) -> Option<&'static str> {
    match c {
        '\\' => Some("has a backslash"),
        ':' => Some("has a colon"),
        '<' | '>' | '"' | '|' | '?' | '*' => Some("has a character that Windows does not take"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
            Some("has a character that is not seen")
        }
        c if c.is_control() => Some("has a control character"),
        _ => None,
    }
}

fn flaw_of_name(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("has an empty part");
    }
    if name == "." || name == ".." {
        return Some("has a part that is not a name");
    }
    if name.len() > MAX_NAME {
        return Some("has a name longer than 255 bytes");
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some("has a name that begins with a space or ends in a space or a dot");
    }
    if hides_a_separator(name) {
        return Some("hides a dot or a slash behind a percent sign");
    }
    is_reserved(name).then_some("has a name that Windows keeps for a device")
}

fn hides_a_separator(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let hidden = ["%2e", "%2f", "%5c", "%00", "%25"];
    hidden.iter().any(|code| lower.contains(code))
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    let device = stem.trim_end_matches(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'));
    let is_numbered = stem[device.len()..].chars().count() == 1;
    match device {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => stem == device,
        "COM" | "LPT" => is_numbered,
        _ => false,
    }
}

/// What names a file on a file system that folds case and composes letters.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let lower: String = path.nfc().flat_map(char::to_lowercase).collect();
    lower.nfc().collect()
}

/// The paths of a site and what each is made from: no two are in each other's
/// way on any file system.
#[derive(Debug, Default)]
pub struct Claims {
    /// By the path as file systems see it that fold case.
    owners: HashMap<String, (SitePath, String)>,
    folders: HashMap<String, SitePath>,
}

impl Claims {
    /// Claims a path. The owner is named in messages: "`content/a.md`".
    ///
    /// # Errors
    ///
    /// Another has it, or one that cannot stand beside it: one that some file
    /// systems take for the same, or a file where the other needs a folder.
    pub fn add(&mut self, path: SitePath, owner: impl Into<String>) -> Result<(), String> {
        let owner = owner.into();
        let key = folded(path.as_str());
        let taken = self.in_the_way(&key);
        if let Some((taken, first)) = taken.or_else(|| self.otherwise_spelled(&path, &key)) {
            return Err(if path == *taken {
                format!("`{path}` is made twice: from {first} and from {owner}")
            } else {
                format!(
                    "`{taken}` from {first} and `{path}` from {owner} cannot stand side by side"
                )
            });
        }
        for (end, _) in key.match_indices('/') {
            if !self.folders.contains_key(&key[..end]) {
                self.folders.insert(key[..end].to_owned(), path.clone());
            }
        }
        self.owners.insert(key, (path, owner));
        Ok(())
    }

    fn in_the_way(&self, key: &str) -> Option<&(SitePath, String)> {
        let below = self.folders.get(key);
        let below = below.and_then(|path| self.owners.get(&folded(path.as_str())));
        let mut folders = key.match_indices('/').map(|(end, _)| &key[..end]);
        let same = self.owners.get(key).or(below);
        same.or_else(|| folders.find_map(|folder| self.owners.get(folder)))
    }

    /// A file of one of its folders, if that is written with other letters
    /// there: only some file systems make one folder of the two.
    fn otherwise_spelled(&self, path: &SitePath, key: &str) -> Option<&(SitePath, String)> {
        let mut folders = key.match_indices('/').enumerate();
        folders.find_map(|(above, (end, _))| {
            let there = self.folders.get(&key[..end])?;
            let [one, other] = [there, path].map(|path| path.as_str().split('/').nth(above));
            (one != other).then(|| self.owners.get(&folded(there.as_str())))?
        })
    }

    /// All paths, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.owners.values().map(|(path, _)| path)
    }
}

/// All files of a site, sorted by path.
#[derive(Clone, Default)]
pub struct Output {
    files: BTreeMap<SitePath, Bytes>,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.files.keys()).finish()
    }
}

impl FromIterator<(SitePath, Bytes)> for Output {
    fn from_iter<I: IntoIterator<Item = (SitePath, Bytes)>>(files: I) -> Self {
        Self {
            files: files.into_iter().collect(),
        }
    }
}

impl Output {
    /// The contents of a file.
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        self.files.get(&SitePath::new(path).ok()?)
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&SitePath, &[u8])> {
        self.files
            .iter()
            .map(|(path, bytes)| (path, bytes.as_slice()))
    }

    /// The paths of the files that are not the same in another output, or are
    /// missing in one of the two; sorted.
    pub fn changed_since<'a>(&'a self, before: &'a Self) -> Vec<&'a SitePath> {
        let new = self.files.iter();
        let new = new.filter(|(path, bytes)| before.files.get(path) != Some(bytes));
        let gone = before.files.keys();
        let gone = gone.filter(|path| !self.files.contains_key(*path));
        let mut changed: Vec<_> = new.map(|(path, _)| path).chain(gone).collect();
        changed.sort();
        changed
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn paths_that_leave_or_mean_something_else_are_refused() {
        for (text, message) in [
            ("", "the path `` is empty"),
            ("/abs", "the path `/abs` is absolute"),
            ("../x", "the path `../x` has a part that is not a name"),
            ("a/./b", "the path `a/./b` has a part that is not a name"),
            ("a//b", "the path `a//b` has an empty part"),
            ("a/", "the path `a/` has an empty part"),
            ("a\\b", "the path `a\\\\b` has a backslash"),
            ("C:x", "the path `C:x` has a colon"),
            (
                "%2e%2E/x",
                "the path `%2e%2E/x` hides a dot or a slash behind a percent sign",
            ),
            ("a\0b", "the path `a\\0b` has a control character"),
            (
                "a\u{202e}b",
                "the path `a\\u{202e}b` has a character that is not seen",
            ),
            (
                "a?b",
                "the path `a?b` has a character that Windows does not take",
            ),
            (
                "x/con.html",
                "the path `x/con.html` has a name that Windows keeps for a device",
            ),
            (
                "LPT1",
                "the path `LPT1` has a name that Windows keeps for a device",
            ),
            (
                "a./b",
                "the path `a./b` has a name that begins with a space or ends in a space or a dot",
            ),
            (
                ".trainboard",
                "the path `.trainboard` is kept for the list of what trainboard wrote",
            ),
        ] {
            assert_eq!(SitePath::new(text).unwrap_err(), message);
        }
        let long = SitePath::new("a".repeat(256)).unwrap_err();
        assert!(long.ends_with("has a name longer than 255 bytes"), "{long}");
        let longer = SitePath::new("a/".repeat(520) + "a").unwrap_err();
        assert!(longer.ends_with("is longer than 1024 bytes"));
    }

    #[test]
    fn ordinary_names_are_taken() {
        for text in [
            "a",
            "guide/index.html",
            "50%.html",
            "Über/中文.html",
            "common.css",
            ".nojekyll",
        ] {
            assert_eq!(path(text).as_str(), text);
        }
        assert_eq!(path("a/b/c.html").to_root(), "../../");
        assert_eq!(path("a/b/c.html").folder(), "a/b");
        assert_eq!(path("a/b/c.html").name(), "c.html");
    }

    #[test]
    fn one_path_has_one_owner() {
        let mut claims = Claims::default();
        claims.add(path("a.html"), "`a.md`").unwrap();
        let clash = claims.add(path("a.html"), "`static/a.html`");
        assert_eq!(
            clash.unwrap_err(),
            "`a.html` is made twice: from `a.md` and from `static/a.html`"
        );
    }

    #[test]
    fn case_composition_and_folders_cannot_tell_files_apart() {
        for (first, second) in [
            ("A.html", "a.html"),
            ("\u{e9}.html", "e\u{301}.html"),
            ("a", "a/b"),
            ("a/b", "a"),
            ("A/b", "a"),
            ("A/b.html", "a/c.html"),
            ("a/b/c.html", "a/B/d.html"),
            ("\u{e9}/b.html", "e\u{301}/c.html"),
        ] {
            let mut claims = Claims::default();
            claims.add(path(first), "`1`").unwrap();
            let clash = claims.add(path(second), "`2`").unwrap_err();
            assert_eq!(
                clash,
                format!("`{first}` from `1` and `{second}` from `2` cannot stand side by side")
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_stays_inside(text in r"([a-zA-Z0-9.%/\\: ~$]|\.\.|%2e|\PC){0,40}") {
            if let Ok(path) = SitePath::new(text) {
                let plain = |part| matches!(part, Component::Normal(_));
                prop_assert!(Path::new(path.as_str()).components().all(plain));
                prop_assert!(Path::new("/top").join(path.as_str()).starts_with("/top"));
                prop_assert!(!path.as_str().contains(['\\', ':', '\0']));
            }
        }
    }
}
