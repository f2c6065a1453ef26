//! Text that people write into a schedule, checked once.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// One line of text: not empty, at most `MAX` characters, without control
/// characters.
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
        Ok(Self(text.into()))
    }
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
    fn a_line_end_is_named_by_its_code() {
        let two = "a\nb".parse::<Label>();
        assert_eq!(
            two.unwrap_err(),
            "a text holds the control character U+000A"
        );
    }
}
