//! The anchors of headings, as mdBook makes them, so that a page keeps its
//! anchors when it moves between a book and a site.

use std::collections::{HashMap, HashSet};

/// Gives out anchors, each once.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    used: HashSet<String>,
    /// The last number tried for a text, so that a thousand equal headings
    /// take no million steps.
    last: HashMap<String, u32>,
}

impl Anchors {
    /// The anchor of a heading with that text.
    pub(super) fn of(&mut self, text: &str) -> String {
        let plain = plain(text);
        if self.used.insert(plain.clone()) {
            return plain;
        }
        let number = self.last.entry(plain.clone()).or_insert(0);
        loop {
            *number += 1;
            let numbered = format!("{plain}-{number}");
            if self.used.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Lower case, white space as hyphens, and nothing but letters, digits,
/// hyphens and underscores.
fn plain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let kept = |c: char| match c {
        '_' | '-' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    text.chars().filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_mdbook() {
        for (text, anchor) in [
            (
                "--passes: add more rustdoc passes",
                "--passes-add-more-rustdoc-passes",
            ),
            (
                "Method-call 🐙 expressions \u{1f47c}",
                "method-call--expressions-",
            ),
            ("_-_12345", "_-_12345"),
            ("中文標題 CJK title", "中文標題-cjk-title"),
            ("  Über  ", "über"),
            ("", ""),
        ] {
            assert_eq!(Anchors::default().of(text), anchor);
        }
    }

    #[test]
    fn equal_headings_are_numbered_past_those_taken() {
        let mut anchors = Anchors::default();
        let made: Vec<_> = ["A", "A", "A-1", "A", "A-1"]
            .iter()
            .map(|t| anchors.of(t))
            .collect();
        assert_eq!(made, ["a", "a-1", "a-1-1", "a-2", "a-1-2"]);
    }
}
