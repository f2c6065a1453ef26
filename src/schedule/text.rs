//! Text that people write into a schedule, checked once.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// One line of text: not empty, at most `MAX` characters as it was written,
/// without control characters. Its marks of text direction are closed at its
/// end, so that they do not reach the text around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAX: usize>(Box<str>);

/// A name: of a project, train, channel, phase, badge.
pub type Label = Text<200>;

/// A sentence or two.
pub type Note = Text<1000>;

impl<const MAX: usize> Text<MAX> {
    /// The most characters that it may have.
    pub const LIMIT: usize = MAX;
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Err("a text is empty".to_owned());
        }
        if length > MAX {
            return Err(format!(
                "a text of {length} characters is longer than the limit of {MAX}"
            ));
        }
        if let Some(bad) = text
            .chars()
            .find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            let code = u32::from(bad);
            return Err(format!("a text holds the control character U+{code:04X}"));
        }
        Ok(Self(closed(text).into()))
    }
}

/// A text without control characters as a string of TOML, JSON or YAML.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The first characters of isolates and of embeddings, and their last ones.
const ISOLATES: [char; 3] = ['\u{2066}', '\u{2067}', '\u{2068}'];
const EMBEDDINGS: [char; 4] = ['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}'];
const END_OF_ISOLATE: char = '\u{2069}';
const END_OF_EMBEDDING: char = '\u{202c}';

/// The text with an end for each change of direction that it begins, and a
/// beginning for each isolate that it only ends.
fn closed(text: &str) -> Cow<'_, str> {
    let mut open: Vec<char> = Vec::new();
    let mut before = String::new();
    for c in text.chars() {
        if ISOLATES.contains(&c) {
            open.push(END_OF_ISOLATE);
        } else if EMBEDDINGS.contains(&c) {
            open.push(END_OF_EMBEDDING);
        } else if c == END_OF_ISOLATE {
            // It ends the embeddings within, too.
            match open.iter().rposition(|end| *end == END_OF_ISOLATE) {
                Some(at) => open.truncate(at),
                None => before.push('\u{2068}'),
            }
        } else if c == END_OF_EMBEDDING {
            open.pop_if(|end| *end == END_OF_EMBEDDING);
        }
    }
    if before.is_empty() && open.is_empty() {
        return text.into();
    }
    let after = open.into_iter().rev();
    (before + text + &after.collect::<String>()).into()
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An address that a reader may follow, with `https://` or `http://`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Note);

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        if !is_web || text.contains(char::is_whitespace) {
            return Err(format!(
                "`{text}` is not an address that begins with `https://` or `http://`"
            ));
        }
        text.parse().map(Self)
    }
}

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn two_hundred_characters_pass_and_one_more_does_not() {
        assert!("é".repeat(200).parse::<Label>().is_ok());
        let long = "é".repeat(201).parse::<Label>();
        assert_eq!(
            long.unwrap_err(),
            "a text of 201 characters is longer than the limit of 200"
        );
    }

    #[test]
    fn directions_end_with_the_label() {
        let closed = |text: &str| text.parse::<Label>().unwrap().to_string();
        assert_eq!(closed("a\u{202e}b"), "a\u{202e}b\u{202c}");
        assert_eq!(
            closed("\u{2067}a\u{202b}b"),
            "\u{2067}a\u{202b}b\u{202c}\u{2069}"
        );
        assert_eq!(
            closed("\u{2067}a\u{202b}b\u{2069}"),
            "\u{2067}a\u{202b}b\u{2069}"
        );
        assert_eq!(
            closed("a\u{2069}\u{202e}b"),
            "\u{2068}a\u{2069}\u{202e}b\u{202c}"
        );
        assert_eq!(closed("a\u{202c}b"), "a\u{202c}b");
        assert_eq!(closed("שלום 24"), "שלום 24");
    }

    #[test]
    fn a_line_end_is_named_by_its_code() {
        let two = "a\nb".parse::<Label>();
        assert_eq!(
            two.unwrap_err(),
            "a text holds the control character U+000A"
        );
    }
}
