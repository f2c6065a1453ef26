//! The markers of reStructuredText: comments that are a line each.

use super::{Finder, Found};

/// The directives whose content is no text.
const LITERAL: [&str; 8] = [
    "code",
    "code-block",
    "highlight",
    "literalinclude",
    "math",
    "parsed-literal",
    "raw",
    "sourcecode",
];

impl<'a> Finder<'a> {
    pub(super) fn in_rst(mut self) -> Found<'a> {
        let mut at = 0;
        // The indent of the line whose deeper ones are no text.
        let mut literal = None;
        for line in self.text.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            let text = line.trim();
            let indent = start - at;
            at += line.len();
            if text.is_empty() || literal.is_some_and(|before| indent > before) {
                continue;
            }
            literal = begins_literal(text).then(|| indent + bullet(text));
            if text.starts_with(".. ") {
                let whole = start..start + text.len();
                let said = self.said_by(start + 2..whole.end);
                self.take(whole, said, true);
            }
        }
        self.finish()
    }
}

/// Whether the deeper lines after this one are code, or a comment.
fn begins_literal(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("..") else {
        return line.ends_with("::");
    };
    let words = rest.trim_start();
    match words.split_once("::") {
        Some((directive, _)) => LITERAL.contains(&directive),
        // Targets, footnotes and citations are no comments.
        None => !words.starts_with(['_', '[']),
    }
}

/// The length of the bullet that begins a line.
fn bullet(line: &str) -> usize {
    let marks = ["- ", "* ", "+ ", "#. "];
    let mark = marks.iter().find(|mark| line.starts_with(**mark));
    mark.map_or(0, |mark| mark.len())
}
