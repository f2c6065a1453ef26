//! The names by which machines know projects.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// What a project is called in addresses, markers and feeds: 1 to 64 of the
/// characters `a-z`, `0-9`, `-`, `_` and `.`, the first a letter or a digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

/// The most characters of an [`Id`].
const LIMIT: usize = 64;

impl Id {
    /// What a project of that name is called where nothing else is said:
    /// `node-js` for `Node.js`, and `project` where nothing of it can be used.
    pub fn of_name(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        let mut id = words.join("-");
        id.truncate(LIMIT);
        let id = id.trim_end_matches('-');
        Self(if id.is_empty() { "project" } else { id }.into())
    }
}

impl FromStr for Id {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_known = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '.');
        let begins_well = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        if begins_well && text.len() <= LIMIT && text.chars().all(is_known) {
            return Ok(Self(text.into()));
        }
        let near = Self::of_name(text);
        Err(format!(
            "`{text}` is not an id: write lower-case letters, digits, `-`, `_` and `.`, \
             at most {LIMIT} of them, such as `{near}`"
        ))
    }
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_an_id() {
        for (name, id) in [
            ("Wasmtime", "wasmtime"),
            ("Node.js", "node-js"),
            ("  .NET (LTS) ", "net-lts"),
            ("日本", "project"),
        ] {
            assert_eq!(&*Id::of_name(name), id);
            assert_eq!(Id::of_name(name).parse(), Ok(Id::of_name(name)));
        }
        let long = Id::of_name(&"ab ".repeat(40));
        assert!(long.len() <= LIMIT && !long.ends_with('-'), "{long}");
    }

    #[test]
    fn an_id_is_refused_with_one_that_would_do() {
        for text in ["PHP", "", "-a", "a/b", "..", "a b", &"a".repeat(65)] {
            assert!(text.parse::<Id>().is_err(), "{text}");
        }
        assert_eq!(
            "Node JS".parse::<Id>().unwrap_err(),
            "`Node JS` is not an id: write lower-case letters, digits, `-`, `_` and `.`, \
             at most 64 of them, such as `node-js`"
        );
    }
}
