//! Reads tables of TOML key by key, and reports everything that is wrong in
//! one run, with its place.

use std::cell::RefCell;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::shape::{Form, Shape};
use crate::diagnostic::{Diagnostic, Severity, Source, nearest};
use crate::schedule::{Day, Finding, Place, Segment};

/// A parsed text, and what was wrong with it so far.
pub(crate) struct Document<'a> {
    source: &'a Arc<Source>,
    /// Where the TOML begins in its source; spans count from there.
    offset: usize,
    text: &'a str,
    root: Spanned<DeTable<'a>>,
    found: RefCell<Vec<Diagnostic>>,
}

impl<'a> Document<'a> {
    /// Parses the whole text; what cannot be read is reported and passed over.
    pub(crate) fn parse(source: &'a Arc<Source>) -> Self {
        Self::parse_within(source, 0..source.text.len())
    }

    /// Parses those bytes of a text.
    pub(crate) fn parse_within(source: &'a Arc<Source>, span: Range<usize>) -> Self {
        let offset = span.start;
        let text = &source.text[span];
        let (root, errors) = DeTable::parse_recoverable(text);
        let found = errors
            .iter()
            .map(|error| syntax_error(source, error))
            .collect();
        Self {
            source,
            offset,
            text,
            root,
            found: RefCell::new(found),
        }
    }

    /// The table that is the whole text.
    pub(super) fn root(&self, shape: &'static Shape) -> Table<'_> {
        Table::new(self, shape, self.root.get_ref(), 0..0)
    }

    /// All that was wrong. Where the text itself could not be parsed, keys
    /// that seem to be missing may just be illegible, and are not reported.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        for diagnostic in &mut found {
            let labels = diagnostic.labels.iter_mut().map(|label| &mut label.span);
            for span in labels.chain(diagnostic.patch.iter_mut().map(|patch| &mut patch.span)) {
                *span = span.start + self.offset..span.end + self.offset;
            }
        }
        if found.iter().any(|diagnostic| diagnostic.code == "syntax") {
            found.retain(|diagnostic| diagnostic.code != "missing-key");
        }
        let place = |found: &Diagnostic| found.labels.first().map(|label| label.span.clone());
        // Of these, TOML says the same in other words.
        let days = found
            .iter()
            .filter(|found| found.title.ends_with(" is not a day of the calendar"));
        let days: Vec<_> = days.map(place).collect();
        found.retain(|found| found.code != "syntax" || !days.contains(&place(found)));
        found
    }

    /// A finding of the schedule, with the bytes at which it stands.
    pub(crate) fn locate(&self, finding: &Finding) -> Diagnostic {
        let mut diagnostic = match finding.severity {
            Severity::Error => Diagnostic::error(finding.code, &finding.title),
            Severity::Warning => Diagnostic::warning(finding.code, &finding.title),
        };
        for (place, label) in &finding.places {
            diagnostic = diagnostic.at(self.source, self.span(place), label);
        }
        diagnostic.help.clone_from(&finding.help);
        match (&finding.patch, diagnostic.labels.first()) {
            (Some(patch), Some(label)) => {
                let span = label.span.clone();
                diagnostic.patch(span, patch)
            }
            _ => diagnostic,
        }
    }

    /// The bytes of the value at a place, or of the nearest table around it.
    fn span(&self, place: &Place) -> Range<usize> {
        let mut span = 0..0;
        let mut segments = place.segments().iter();
        let Some(Segment::Key(first)) = segments.next() else {
            return span;
        };
        let Some(mut value) = self.root.get_ref().get(first.as_str()) else {
            return span;
        };
        span = value.span();
        for segment in segments {
            let inner = match segment {
                Segment::Key(key) => value
                    .get_ref()
                    .as_table()
                    .and_then(|table| table.get(key.as_str())),
                // A table alone is a list of one.
                Segment::Item(0) if value.get_ref().as_table().is_some() => Some(value),
                Segment::Item(n) => value.get_ref().as_array().and_then(|array| array.get(*n)),
            };
            let Some(inner) = inner else { break };
            span = inner.span();
            value = inner;
        }
        span
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }
}

fn syntax_error(source: &Arc<Source>, error: &toml::de::Error) -> Diagnostic {
    let end = source.text.len();
    let span = error.span().unwrap_or(end..end);
    let title = error.message().lines().collect::<Vec<_>>().join(", ");
    Diagnostic::error("syntax", title).at(source, span, "")
}

/// One table, read key by key.
pub(crate) struct Table<'a> {
    document: &'a Document<'a>,
    shape: &'static Shape,
    entries: &'a DeTable<'a>,
    span: Range<usize>,
}

type Value<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    /// The table of those entries. What it must not have and what it lacks is
    /// reported, whether or not anybody reads it.
    fn new(
        document: &'a Document<'a>,
        shape: &'static Shape,
        entries: &'a DeTable<'a>,
        span: Range<usize>,
    ) -> Self {
        let table = Self {
            document,
            shape,
            entries,
            span,
        };
        table.unknown_keys();
        table.missing_keys();
        table.clash();
        table
    }

    fn get(&self, key: &str) -> Option<Value<'a>> {
        debug_assert!(self.shape.key(key).is_some(), "`{key}` has no form");
        self.entries.get(key)
    }

    /// Whether a key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn wrong(
        &self,
        code: &'static str,
        value: Value<'_>,
        title: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.document.report(Diagnostic::error(code, title).at(
            self.document.source,
            value.span(),
            label,
        ));
    }

    fn wrong_type(&self, key: &str, value: Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.wrong(
            "wrong-type",
            value,
            format!("`{key}` is {} {found}", article(found)),
            format!("{wanted} is wanted here"),
        );
    }

    fn written(&self, value: Value<'_>) -> &'a str {
        self.document.text.get(value.span()).unwrap_or_default()
    }

    fn text(&self, key: &str, value: Value<'a>) -> Option<&'a str> {
        match value.get_ref() {
            DeValue::String(text) => Some(text),
            DeValue::Float(_) | DeValue::Integer(_) | DeValue::Datetime(_) => {
                self.unquoted(key, value);
                None
            }
            _ => {
                self.wrong_type(key, value, "a string");
                None
            }
        }
    }

    /// `version = 1.10` would be the number 1.1.
    fn unquoted(&self, key: &str, value: Value<'_>) {
        let written = self.written(value);
        let kind = value.get_ref().type_str();
        let title = format!(
            "`{key} = {written}` is {} {kind}, not a string",
            article(kind)
        );
        let diagnostic = Diagnostic::error("unquoted", title).at(
            self.document.source,
            value.span(),
            "a string is wanted here",
        );
        let form = self.shape.key(key).map(|key| &key.form);
        self.document.report(match form.and_then(Form::example) {
            Some(example) => diagnostic.help(format!("write for example `{key} = \"{example}\"`")),
            None => diagnostic
                .help("quote it")
                .patch(value.span(), format!("\"{written}\"")),
        });
    }

    /// A string of some form.
    pub(crate) fn parse<T: FromStr<Err = String>>(&self, key: &str) -> Option<T> {
        let value = self.get(key)?;
        let text = self.text(key, value)?;
        self.parsed(key, value, text)
    }

    fn parsed<T: FromStr<Err = String>>(
        &self,
        key: &str,
        value: Value<'_>,
        text: &str,
    ) -> Option<T> {
        match text.parse() {
            Ok(parsed) => Some(parsed),
            Err(message) => {
                self.wrong("bad-value", value, message, format!("the value of `{key}`"));
                None
            }
        }
    }

    /// Reports every key that must be there and is not.
    fn missing_keys(&self) {
        let keys = self.shape.keys.iter();
        for key in keys.filter(|key| key.is_required && !self.has(key.name)) {
            self.missing(key.name);
        }
    }

    fn missing(&self, key: &str) {
        let title = format!("`{key}` is missing");
        let diagnostic = Diagnostic::error("missing-key", title).at(
            self.document.source,
            self.span.clone(),
            "in this table",
        );
        self.document.report(diagnostic);
    }

    /// A day: a date of TOML, or `"YYYY-MM-DD"`.
    pub(crate) fn day(&self, key: &str) -> Option<Day> {
        let value = self.get(key)?;
        self.day_of(key, value)
    }

    fn day_of(&self, key: &str, value: Value<'a>) -> Option<Day> {
        let written = match value.get_ref() {
            DeValue::String(text) => text,
            DeValue::Datetime(_) => self.written(value),
            _ => {
                self.wrong_type(key, value, "a date such as 2026-01-20");
                return None;
            }
        };
        let has_time = matches!(value.get_ref(), DeValue::Datetime(date) if date.time.is_some() || date.offset.is_some());
        if has_time {
            let title = format!("`{written}` has a time of day");
            self.wrong(
                "not-a-day",
                value,
                title,
                "days only: everything here is a calendar day in UTC",
            );
            return None;
        }
        self.parsed(key, value, written)
    }

    /// A day or a month, as the caller's form reads it from its text.
    pub(crate) fn day_or<T: FromStr<Err = String>>(
        &self,
        key: &str,
        day: fn(Day) -> T,
    ) -> Option<T> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) if text.len() == 7 => self.parsed(key, value, text),
            _ => self.day_of(key, value).map(day),
        }
    }

    /// True or false; false when it is not there.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.optional_flag(key).unwrap_or(false)
    }

    /// True or false.
    pub(crate) fn optional_flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "`true` or `false`");
        }
        flag
    }

    /// A whole number from 0.
    pub(crate) fn count(&self, key: &str) -> Option<u32> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer();
        let Some(number) = number else {
            self.wrong_type(key, value, "a whole number");
            return None;
        };
        let count = u32::from_str_radix(number.as_str(), number.radix()).ok();
        if count.is_none() {
            let title = format!(
                "`{}` is not a number from 0 to 4294967295",
                self.written(value)
            );
            self.wrong("bad-value", value, title, format!("the value of `{key}`"));
        }
        count
    }

    /// A whole number, which may be below 0.
    pub(crate) fn number(&self, key: &str) -> Option<i64> {
        let value = self.get(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, "a whole number");
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if number.is_none() {
            let title = format!("`{}` is too large", self.written(value));
            self.wrong("bad-value", value, title, format!("the value of `{key}`"));
        }
        number
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&self, key: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let value = self.get(key)?;
        let text = self.text(key, value)?;
        let found = choices.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            self.unknown_value(key, value, text, choices.iter().map(|(name, _)| *name));
        }
        found.map(|(_, choice)| *choice)
    }

    fn unknown_value(
        &self,
        key: &str,
        value: Value<'_>,
        text: &str,
        names: impl Iterator<Item = &'static str> + Clone,
    ) {
        let title = format!("`{key}` knows no `{text}`");
        let diagnostic = Diagnostic::error("unknown-value", title).at(
            self.document.source,
            value.span(),
            "not known",
        );
        let quoted = names
            .clone()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ");
        self.document.report(match nearest(text, names) {
            Some(near) => diagnostic
                .help("the nearest is")
                .patch(value.span(), format!("\"{near}\"")),
            None => diagnostic.help(format!("one of {quoted}")),
        });
    }

    /// A list of strings; empty when it is not there.
    pub(crate) fn strings(&self, key: &str) -> Vec<String> {
        let Some(items) = self.array(key, "a list of strings") else {
            return Vec::new();
        };
        let texts = items.iter().filter_map(|item| self.text(key, item));
        texts.map(str::to_owned).collect()
    }

    fn array(&self, key: &str, wanted: &str) -> Option<&'a [Spanned<DeValue<'a>>]> {
        let value = self.get(key)?;
        let array = value.get_ref().as_array();
        if array.is_none() {
            self.wrong_type(key, value, wanted);
        }
        array.map(|array| &array[..])
    }

    /// A table.
    pub(crate) fn table(&self, key: &str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        self.inner(key, value, "a table")
    }

    /// A list of tables; empty when it is not there.
    pub(crate) fn tables(&self, key: &str) -> Vec<Table<'a>> {
        let wanted = "a list of tables";
        let items = self.array(key, wanted).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| self.inner(key, item, wanted))
            .collect()
    }

    /// A list of tables, which may be a single one; empty when it is not there.
    pub(crate) fn one_or_more(&self, key: &str) -> Vec<Table<'a>> {
        let is_list = |value: Value<'a>| value.get_ref().as_array().is_some();
        match self.get(key) {
            Some(value) if !is_list(value) => self.table(key).into_iter().collect(),
            _ => self.tables(key),
        }
    }

    fn inner(&self, key: &str, value: Value<'a>, wanted: &str) -> Option<Table<'a>> {
        let Some(entries) = value.get_ref().as_table() else {
            self.wrong_type(key, value, wanted);
            return None;
        };
        let shape = self.shape.key(key)?.form.shape()?;
        Some(Table::new(self.document, shape, entries, value.span()))
    }

    /// Reports two keys of which only one may be there.
    fn clash(&self) {
        let Some(clash) = &self.shape.clash else {
            return;
        };
        let [Some(first), Some(second)] = clash.keys.map(|key| self.get(key)) else {
            return;
        };
        let diagnostic = Diagnostic::error("clash", clash.title)
            .at(self.document.source, second.span(), "this one")
            .at(self.document.source, first.span(), "or that one");
        self.document.report(diagnostic);
    }

    /// Reports every key that is not known here, with the nearest that is.
    fn unknown_keys(&self) {
        let known = || self.shape.keys.iter().map(|key| key.name);
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if self.shape.key(name).is_some() {
                continue;
            }
            let diagnostic = Diagnostic::error(
                "unknown-key",
                format!("`{name}` is not a known key"),
            )
            .at(self.document.source, key.span(), "not known here");
            let near = nearest(name, known());
            let within = self.shape.keys.iter().find(|key| match key.form {
                Form::Table(shape) => shape.key(name).is_some(),
                _ => false,
            });
            self.document.report(match (near, within) {
                (_, Some(table)) => diagnostic.help(format!("it belongs below `[{}]`", table.name)),
                (Some(near), _) => diagnostic
                    .help("the nearest known key is")
                    .patch(key.span(), near),
                (None, _) => diagnostic.help(format!(
                    "known here: {}",
                    known().collect::<Vec<_>>().join(", ")
                )),
            });
        }
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
