//! What is wrong, where, and how to mend it: data that every floor can make
//! and that `report` prints.

use std::any::Any;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is made.
    Error,
    /// Something is made, and may not be what was meant. `--strict` makes an
    /// error of it.
    Warning,
    /// Something that time alone brought, and that is no fault of the files.
    Notice,
}

/// A text that diagnostics point into.
#[derive(Debug)]
pub struct Source {
    /// As the user would write it: relative, with forward slashes.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where its lines end, once somebody has asked.
    line_ends: OnceLock<Vec<usize>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    /// A source of that name, shared by all diagnostics that point into it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
            line_ends: OnceLock::new(),
        })
    }

    /// The number of the line that a byte is on, from 1. The text is gone
    /// through once, however many places are asked for.
    pub fn line(&self, at: usize) -> usize {
        let ends = || self.text.match_indices('\n').map(|(end, _)| end).collect();
        let ends: &Vec<usize> = self.line_ends.get_or_init(ends);
        ends.partition_point(|end| *end < at) + 1
    }

    /// The text of a file, without its byte order mark and with all lines
    /// ending in LF.
    pub fn of_file(name: impl Into<String>, raw: &str) -> Arc<Self> {
        let text = raw.strip_prefix(BYTE_ORDER_MARK).unwrap_or(raw);
        Self::new(name, text.replace("\r\n", "\n"))
    }
}

/// What a panic says.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref().map(String::as_str));
    text.unwrap_or("it does not say why")
}

/// What some editors put before a text.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A stretch of a source, with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The text pointed into.
    pub source: Arc<Source>,
    /// Bytes of it; clamped to its length when printed.
    pub span: Range<usize>,
    /// A few lower-case words, or nothing.
    pub text: String,
}

/// A replacement that mends what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The bytes of the primary label's source that go.
    pub span: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// A problem with places in texts.
pub type Diagnostic = Problem<Label, Patch>;

/// Something that is wrong, with places of type `L` and a change of type `P`
/// that would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<L, P> {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable word for it, such as `end-before-release`.
    pub code: &'static str,
    /// A lower-case phrase without a full stop.
    pub title: String,
    /// Where; the first is the primary one. Empty when no place is to blame.
    pub labels: Vec<L>,
    /// What to do about it.
    pub help: Option<String>,
    /// The help as a change of what is written.
    pub patch: Option<P>,
}

impl<L, P> Problem<L, P> {
    /// An error without a place.
    pub fn error(code: &'static str, title: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            title: title.into(),
            labels: Vec::new(),
            help: None,
            patch: None,
        }
    }

    /// A warning without a place.
    pub fn warning(code: &'static str, title: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, title)
        }
    }

    /// A notice without a place.
    pub fn notice(code: &'static str, title: impl Into<String>) -> Self {
        Self {
            severity: Severity::Notice,
            ..Self::error(code, title)
        }
    }

    /// Whether it keeps something from being made.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Diagnostic {
    /// Adds a place; the first that is added is the primary one. It is that of
    /// the characters which the bytes of the span lie in.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            source: Arc::clone(source),
            span: whole_characters(&source.text, span),
            text: text.into(),
        });
        self
    }

    /// Says what to do, as a change of the primary label's source.
    #[must_use]
    pub fn patch(mut self, span: Range<usize>, text: impl Into<String>) -> Self {
        self.patch = Some(Patch {
            span,
            text: text.into(),
        });
        self
    }

    /// The key by which diagnostics are printed in order: file, place, code.
    pub fn order(&self) -> (&str, usize, &str) {
        match self.labels.first() {
            Some(label) => (&label.source.name, label.span.start, self.code),
            None => ("", 0, self.code),
        }
    }
}

/// Parsers tell of bytes within a character, and of one after the last.
fn whole_characters(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    start..text.ceil_char_boundary(span.end)
}

/// What was made, if nothing is wrong with it.
pub(crate) fn sound<T>(made: T, wrong: Vec<Diagnostic>) -> Result<T, Vec<Diagnostic>> {
    if wrong.is_empty() {
        Ok(made)
    } else {
        Err(wrong)
    }
}

/// The article before a noun.
pub(crate) fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

/// The longest name that others are compared with, in bytes: to compare takes
/// as many steps as one name has letters for each letter of the other.
const MAX_NAME: usize = 256;

/// The known name that is nearest to a mistyped one, if one is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_NAME {
        return None;
    }
    let length = name.chars().count();
    let limit = 1 + length / 4;
    known
        .into_iter()
        .filter(|other| other.len() <= 2 * MAX_NAME)
        .filter(|other| other.chars().count().abs_diff(length) <= limit)
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_a_letter_finds_the_key_meant() {
        let keys = ["recent", "upcoming", "supported"];
        assert_eq!(nearest("upcomming", keys), Some("upcoming"));
        assert_eq!(nearest("recnet", keys), Some("recent"));
        assert_eq!(nearest("colour", keys), None);
    }

    #[test]
    fn nothing_is_near_a_name_that_nobody_would_type() {
        let (long, longer) = ("x".repeat(256), "x".repeat(257));
        assert_eq!(nearest(&long, [&*longer]), Some(&*longer));
        assert_eq!(nearest(&longer, [&*long]), None);
    }
}
