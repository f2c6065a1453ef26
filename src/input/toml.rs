//! Texts of TOML: what is wrong with one, and which bytes of it a place in a
//! schedule stands for.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::Keyed;
use super::table::Table;
use crate::diagnostic::{Diagnostic, Label, Patch, Source};
use crate::schedule::{Finding, Place, Segment};

/// A parsed text, and what was wrong with it so far.
pub(crate) struct TomlDocument<'a> {
    pub(super) source: &'a Arc<Source>,
    /// Where the TOML begins in its source; spans count from there.
    offset: usize,
    text: &'a str,
    root: Spanned<DeTable<'a>>,
    found: RefCell<Vec<Diagnostic>>,
    /// Dates that no calendar has, of which TOML says the same in other words.
    told: RefCell<Vec<Range<usize>>>,
    /// Items of lists that could not be read, ascending in each list.
    illegible: RefCell<Vec<(&'static str, usize)>>,
}

impl<'a> TomlDocument<'a> {
    /// Parses the whole text; what cannot be read is reported and passed over.
    pub(crate) fn parse(source: &'a Arc<Source>) -> Self {
        Self::parse_within(source, 0..source.text.len())
    }

    /// Parses those bytes of a text.
    pub(crate) fn parse_within(source: &'a Arc<Source>, span: Range<usize>) -> Self {
        let text = &source.text[span.clone()];
        let (root, errors) = DeTable::parse_recoverable(text);
        let document = Self::of_table(source, span, root);
        for (n, error) in without_inner_repeats(text, errors).iter().enumerate() {
            let tree = (n < ADVISED).then(|| document.root.get_ref());
            let found = document.repeated(tree, error);
            let found = found.unwrap_or_else(|| syntax_error(source, document.offset, error));
            document.found.borrow_mut().push(found);
        }
        document
    }

    /// What those bytes of a text say in another form, as a table.
    pub(super) fn of_table(
        source: &'a Arc<Source>,
        span: Range<usize>,
        root: Spanned<DeTable<'a>>,
    ) -> Self {
        Self {
            source,
            offset: span.start,
            text: &source.text[span],
            root,
            found: RefCell::default(),
            told: RefCell::default(),
            illegible: RefCell::default(),
        }
    }

    /// Some bytes of the text as a place in the source.
    pub(super) fn label(&self, span: Range<usize>, text: &str) -> Label {
        Label {
            source: Arc::clone(self.source),
            span: self.placed(&span),
            text: text.to_owned(),
        }
    }

    /// Some bytes of the text as bytes of the source.
    pub(super) fn placed(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    /// The table that is the whole text.
    pub(super) fn root<T: Keyed>(&self) -> Table<'_> {
        Table::new(self, T::SHAPE, self.root.get_ref(), 0..0)
    }

    /// Some bytes of the text.
    pub(super) fn written(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    /// All that was wrong. Where the text itself could not be parsed, keys
    /// that seem to be missing may just be illegible, and are not reported.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let (mut found, told) = (self.found.take(), self.told.take());
        let is_syntax = |diagnostic: &Diagnostic| diagnostic.code == "syntax";
        let is_told = |found: &Diagnostic| {
            let span = &found.labels[0].span;
            told.contains(span) || self.is_of_one_table(span)
        };
        if found.iter().any(is_syntax) {
            found.retain(|diagnostic| diagnostic.code != "missing-key");
        }
        found.retain(|diagnostic| !(is_syntax(diagnostic) && is_told(diagnostic)));
        found
    }

    /// Whether that is the header of another table of a list of which the first
    /// is no list: `[release]`.
    fn is_of_one_table(&self, span: &Range<usize>) -> bool {
        let name = self.source.text.get(span.clone()).unwrap_or_default();
        let first = self.root.get_ref().get(name);
        !self.is_legible(name) && first.is_some_and(|first| first.get_ref().is_table())
    }

    /// A finding of the schedule, with the bytes at which it stands.
    pub(crate) fn locate(&self, finding: &Finding) -> Diagnostic {
        let label = |(place, text): &(Place, String)| self.label(self.span(place), text);
        let labels: Vec<_> = finding.labels.iter().map(label).collect();
        let patch = finding.patch.clone().zip(labels.first());
        Diagnostic {
            severity: finding.severity,
            code: finding.code,
            title: finding.title.clone(),
            help: finding.help.clone(),
            patch: patch.map(|(text, label)| Patch {
                span: label.span.clone(),
                text,
            }),
            labels,
        }
    }

    /// The bytes of the value at a place, or of the nearest table around it.
    fn span(&self, place: &Place) -> Range<usize> {
        let [Segment::Key(first), segments @ ..] = place.segments() else {
            return 0..0;
        };
        let Some(mut value) = self.root.get_ref().get(first.as_str()) else {
            return 0..0;
        };
        for (depth, segment) in segments.iter().enumerate() {
            let around = value.get_ref();
            let inner = match segment {
                Segment::Key(key) => around.get(key.as_str()),
                // A table alone is a list of one.
                Segment::Item(0) if around.is_table() => Some(value),
                Segment::Item(n) if depth == 0 => around.get(self.item(first, *n)),
                Segment::Item(n) => around.get(*n),
            };
            let Some(inner) = inner else { break };
            value = inner;
        }
        value.span()
    }

    /// The item of a list that is the n-th of those that could be read.
    fn item(&self, list: &str, n: usize) -> usize {
        let illegible = self.illegible.borrow();
        let in_list = illegible.iter().filter(|(name, _)| *name == list);
        in_list.fold(n, |n, (_, item)| if *item <= n { n + 1 } else { n })
    }

    /// Reports what is wrong at those bytes.
    pub(super) fn report(&self, mut found: Diagnostic, at: Range<usize>, label: impl Into<String>) {
        if let Some(patch) = &mut found.patch {
            patch.span = self.placed(&patch.span);
        }
        let found = found.at(self.source, self.placed(&at), label);
        self.found.borrow_mut().push(found);
    }

    /// Notes that what is wrong with the date at those bytes has been told.
    pub(super) fn told(&self, date: Range<usize>) {
        self.told.borrow_mut().push(self.placed(&date));
    }

    /// Notes that an item of a list could not be read.
    pub(super) fn illegible(&self, list: &'static str, item: usize) {
        self.illegible.borrow_mut().push((list, item));
    }

    /// Whether nothing is wrong with the text itself.
    pub(super) fn is_sound(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// Whether the value of a key, or all items of a list could be read.
    pub(super) fn is_legible(&self, list: &str) -> bool {
        let illegible = self.illegible.borrow();
        illegible.iter().all(|(name, _)| *name != list)
    }

    /// What is there twice, with the place of both.
    fn repeated(&self, tree: Option<&DeTable<'_>>, error: &toml::de::Error) -> Option<Diagnostic> {
        let span = error.span().filter(|_| error.message() == REPEATED)?;
        let name = self.text.get(span.clone())?.trim_matches(['"', '\'']);
        let title = format!("`{name}` is there twice");
        let second = Diagnostic::error("syntax", title);
        let second = second.at(self.source, self.placed(&span), "here again");
        let header = || first_header(self.text, &span);
        let first = tree.and_then(|tree| header().or_else(|| last_before(tree, name, span.start)));
        Some(match first {
            Some(first) => second.at(self.source, self.placed(&first), "first here"),
            None => second,
        })
    }
}

/// How the parser calls a key, or the header of a table, that is there twice.
const REPEATED: &str = "duplicate key";

/// The errors of a text but for those in a table that is there twice: its keys
/// are in the first one, too.
fn without_inner_repeats(text: &str, errors: Vec<toml::de::Error>) -> Vec<toml::de::Error> {
    let mut end = 0;
    let mut is_outer = |error: &toml::de::Error| {
        let Some(span) = error.span().filter(|_| error.message() == REPEATED) else {
            return true;
        };
        let line = line_start(text, span.start);
        if text[line..].starts_with('[') {
            let next = text[span.end..].find("\n[");
            end = next.map_or(text.len(), |next| span.end + next);
            return true;
        }
        span.start >= end
    };
    let outer = errors.into_iter().filter(|error| is_outer(error));
    outer.collect()
}

/// For so many errors of a text it is looked up what they repeat.
const ADVISED: usize = 100;

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The name in the first header of a table, which its second has in its place.
fn first_header(text: &str, second: &Range<usize>) -> Option<Range<usize>> {
    let line = line_start(text, second.start);
    let header = text[line..]
        .starts_with('[')
        .then(|| &text[line..second.end])?;
    let start = text[..line].find(&format!("{header}]"))?;
    let end = start + header.len();
    Some(end - second.len()..end)
}

/// The last key of that name that begins before a byte.
fn last_before(table: &DeTable<'_>, name: &str, end: usize) -> Option<Range<usize>> {
    let of_key = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        let own = (key.get_ref() == name).then(|| key.span());
        own.into_iter().chain(in_value(value.get_ref(), name, end))
    };
    let spans = table.iter().flat_map(of_key);
    spans
        .filter(|span| span.start < end)
        .max_by_key(|span| span.start)
}

fn in_value(value: &DeValue<'_>, name: &str, end: usize) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => last_before(table, name, end),
        DeValue::Array(items) => {
            let spans = items
                .iter()
                .filter_map(|item| in_value(item.get_ref(), name, end));
            spans.max_by_key(|span| span.start)
        }
        _ => None,
    }
}

/// What the parser says of a text that begins at `offset`, with its place.
pub(crate) fn syntax_error(
    source: &Arc<Source>,
    offset: usize,
    error: &toml::de::Error,
) -> Diagnostic {
    let end = source.text.len();
    let span = error
        .span()
        .map_or(end..end, |span| span.start + offset..span.end + offset);
    let title = error.message().lines().collect::<Vec<_>>().join(", ");
    Diagnostic::error("syntax", title).at(source, span, "")
}
