//! How a marker is a comment, in each language of files that are updated in
//! place.

use crate::diagnostic::Source;

/// The language of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Markdown,
    /// Markdown with expressions, which has no comments of HTML: some generators
    /// take these all the same.
    Mdx,
    /// reStructuredText, which has comments between blocks alone.
    Rst,
}

/// What begins a comment, and what ends it.
pub(super) type Comment = (&'static str, &'static str);

pub(super) const HTML: Comment = ("<!--", "-->");
const EXPRESSION: Comment = ("{/*", "*/}");

impl Syntax {
    /// The language of a file with that name.
    pub(super) fn of(source: &Source) -> Self {
        let ending = source.name.rsplit_once('.').map(|(_, ending)| ending);
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("mdx") => Self::Mdx,
            Some("rst") => Self::Rst,
            _ => Self::Markdown,
        }
    }

    /// The comments that may stand in a line.
    pub(super) fn comments(self) -> &'static [Comment] {
        match self {
            Self::Markdown => &[HTML],
            Self::Mdx => &[EXPRESSION, HTML],
            Self::Rst => &[],
        }
    }

    /// Those words as a marker.
    pub(super) fn marker(self, words: &str) -> String {
        match self {
            Self::Markdown => format!("<!-- {words} -->"),
            Self::Mdx => format!("{{/* {words} */}}"),
            Self::Rst => format!(".. {words}"),
        }
    }

    /// What begins a marker, and perhaps something else.
    pub(super) fn begins(self) -> impl Iterator<Item = &'static str> {
        let line = (self == Self::Rst).then_some("..");
        self.comments().iter().map(|(begin, _)| *begin).chain(line)
    }
}
