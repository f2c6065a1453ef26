//! Reads tables of TOML key by key, and reports everything that is wrong in
//! one run, with its place.

use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{Key, Keyed, Shape, Value};
use super::toml::TomlDocument;
use crate::diagnostic::{Diagnostic, Label, article, nearest};
use crate::schedule::{Day, Id};

/// One table, read key by key.
pub(super) struct Table<'a> {
    document: &'a TomlDocument<'a>,
    shape: &'static Shape,
    entries: &'a DeTable<'a>,
    span: Range<usize>,
}

impl<'a> Table<'a> {
    /// The table of those entries. What it must not have and what it lacks is
    /// reported, whether or not anybody reads it.
    pub(super) fn new(
        document: &'a TomlDocument<'a>,
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

    /// The value of a key without which the table says nothing.
    pub(super) fn must<T: Value>(&self, key: &str) -> Option<T> {
        T::read(&self.spot(key)?)
    }

    /// The value of a key that need not be there; nothing when it is there and
    /// so wrong that the table says nothing.
    pub(super) fn may<T: Value + Default>(&self, key: &str) -> Option<T> {
        self.spot(key)
            .map_or_else(|| Some(T::default()), |spot| T::read(&spot))
    }

    fn spot(&self, key: &str) -> Option<Spot<'a>> {
        Some(Spot {
            document: self.document,
            key: self.shape.key(key)?,
            value: self.entries.get(key)?,
        })
    }

    /// Reports every key that must be there and is not.
    fn missing_keys(&self) {
        let keys = self.shape.keys.iter();
        let missing = keys.filter(|key| key.is_required && !self.entries.contains_key(key.name));
        for key in missing {
            let title = format!("`{}` is missing", key.name);
            let diagnostic = Diagnostic::error("missing-key", title);
            self.document
                .report(diagnostic, self.span.clone(), "in this table");
        }
    }

    /// Reports two keys of which only one may be there.
    fn clash(&self) {
        for (keys, title) in self.shape.clash {
            if let [Some(first), Some(second)] = keys.map(|key| self.entries.get(key)) {
                let diagnostic = Diagnostic::error("clash", *title);
                let source = self.document.source;
                let second = self.document.placed(&second.span());
                let diagnostic = diagnostic.at(source, second, "this one");
                self.document
                    .report(diagnostic, first.span(), "or that one");
            }
        }
    }

    /// Reports every key that is not known here, with the nearest that is.
    fn unknown_keys(&self) {
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if self.shape.key(name).is_none() {
                let title = format!("`{name}` is not a known key");
                let diagnostic = Diagnostic::error("unknown-key", title);
                let diagnostic = self.with_known_key(diagnostic, name, key.span());
                self.document
                    .report(diagnostic, key.span(), "not known here");
            }
        }
    }

    fn with_known_key(&self, diagnostic: Diagnostic, name: &str, span: Range<usize>) -> Diagnostic {
        let keys = self.shape.keys;
        let known = || keys.iter().map(|key| key.name);
        let has_it = |key: &&Key| key.table.is_some_and(|shape| shape.key(name).is_some());
        match (nearest(name, known()), keys.iter().find(has_it)) {
            (_, Some(table)) => diagnostic.help(format!("it belongs below `[{}]`", table.name)),
            (Some(near), _) => diagnostic
                .help("the nearest known key is")
                .patch(span, near),
            (None, _) => {
                let known: Vec<_> = known().collect();
                diagnostic.help(format!("known here: {}", known.join(", ")))
            }
        }
    }
}

/// A value behind a key, or one of the values in its list.
pub(super) struct Spot<'a> {
    document: &'a TomlDocument<'a>,
    key: &'static Key,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Spot<'a> {
    fn report(&self, diagnostic: Diagnostic, label: impl Into<String>) {
        self.document.report(diagnostic, self.value.span(), label);
    }

    fn bad_value(&self, title: impl Into<String>) {
        let label = format!("the value of `{}`", self.key.name);
        self.report(Diagnostic::error("bad-value", title), label);
    }

    fn wrong_type(&self, wanted: impl Display) {
        let label = format!("{wanted} is wanted here");
        self.report(self.is_of_wrong_type(), label);
    }

    fn is_of_wrong_type(&self) -> Diagnostic {
        let found = self.value.get_ref().type_str();
        let title = format!("`{}` is {} {found}", self.key.name, article(found));
        Diagnostic::error("wrong-type", title)
    }

    /// What a value of TOML is, where it is what is wanted.
    fn typed<T>(&self, wanted: &str, get: impl Fn(&'a DeValue<'a>) -> Option<T>) -> Option<T> {
        let found = get(self.value.get_ref());
        if found.is_none() {
            self.wrong_type(wanted);
        }
        found
    }

    /// Where it is, with what to say of it there.
    pub(super) fn place(&self, text: &str) -> Label {
        self.document.label(self.value.span(), text)
    }

    fn written(&self) -> &'a str {
        self.document.written(self.value.span())
    }

    /// A string.
    pub(super) fn text(&self) -> Option<&'a str> {
        if let DeValue::Float(_) | DeValue::Integer(_) | DeValue::Datetime(_) = self.value.get_ref()
        {
            self.unquoted();
            return None;
        }
        self.typed("a string", DeValue::as_str)
    }

    /// `version = 1.10` would be the number 1.1.
    fn unquoted(&self) {
        let (key, written) = (self.key.name, self.written());
        let kind = self.value.get_ref().type_str();
        let title = format!(
            "`{key} = {written}` is {} {kind}, not a string",
            article(kind)
        );
        let diagnostic = Diagnostic::error("unquoted", title);
        let diagnostic = match self.key.example {
            Some(example) => diagnostic.help(format!("write for example `{key} = \"{example}\"`")),
            None => diagnostic
                .help("quote it")
                .patch(self.value.span(), format!("\"{written}\"")),
        };
        self.report(diagnostic, "a string is wanted here");
    }

    /// A string of some form.
    pub(super) fn parse<T: FromStr<Err = String>>(&self) -> Option<T> {
        self.parsed(self.text()?)
    }

    fn parsed<T: FromStr<Err = String>>(&self, text: &str) -> Option<T> {
        let parsed = text.parse();
        parsed.map_err(|message| self.bad_value(message)).ok()
    }

    /// A day: a date of TOML, or `"YYYY-MM-DD"`.
    pub(super) fn day(&self) -> Option<Day> {
        self.date("a date such as 2026-01-20")
    }

    /// A date of TOML, or a text of the form of what is wanted.
    pub(super) fn date<T>(&self, wanted: &str) -> Option<T>
    where
        T: From<Day> + FromStr<Err = String>,
    {
        let date = match self.value.get_ref() {
            DeValue::String(text) => return self.parsed(text),
            DeValue::Datetime(date) => date,
            _ => {
                self.wrong_type(wanted);
                return None;
            }
        };
        if date.time.is_some() || date.offset.is_some() {
            let title = format!("`{}` has a time of day", self.written());
            let label = "days only: everything here is a calendar day in UTC";
            self.report(Diagnostic::error("not-a-day", title), label);
            return None;
        }
        let day: Option<Day> = self.parsed(self.written());
        if day.is_none() {
            self.document.told(self.value.span());
        }
        day.map(T::from)
    }

    /// Whether it is true or false.
    pub(super) fn is_flag(&self) -> bool {
        self.value.get_ref().as_bool().is_some()
    }

    /// True or false.
    pub(super) fn flag(&self) -> Option<bool> {
        self.typed("`true` or `false`", DeValue::as_bool)
    }

    /// A whole number of the type that is asked for.
    pub(super) fn number<T>(
        &self,
        of: fn(&str, u32) -> Result<T, std::num::ParseIntError>,
        why: &str,
    ) -> Option<T> {
        let number = self.typed("a whole number", DeValue::as_integer)?;
        let number = of(number.as_str(), number.radix());
        number
            .map_err(|_| self.bad_value(format!("`{}` {why}", self.written())))
            .ok()
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.text()?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*choice);
        }
        let known: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        let title = format!("`{}` knows no `{text}`", self.key.name);
        let diagnostic = Diagnostic::error("unknown-value", title);
        let diagnostic = match nearest(text, known.iter().copied()) {
            Some(near) => diagnostic
                .help("the nearest is")
                .patch(self.value.span(), format!("\"{near}\"")),
            None => diagnostic.help(format!("one of `{}`", known.join("`, `"))),
        };
        self.report(diagnostic, "not known");
        self.illegible(0);
        None
    }

    /// The values of a list.
    pub(super) fn items(&self, wanted: &str) -> Option<impl Iterator<Item = Self> + use<'a>> {
        let items = self.typed(wanted, DeValue::as_array)?;
        let (document, key) = (self.document, self.key);
        Some(items.iter().map(move |value| Self {
            document,
            key,
            value,
        }))
    }

    /// The tables of a list, as far as each can be read; those that are no
    /// tables at all are passed over.
    pub(super) fn tables<T: Keyed>(&self) -> Option<Vec<Option<T>>> {
        let wanted = "a list of tables";
        if !self.is_list() {
            self.illegible(0);
        }
        if self.is_table() {
            self.one_table(wanted);
            return None;
        }
        let tables = self.items(wanted)?;
        let tables = tables.filter_map(|item| item.table_or(T::SHAPE, wanted));
        Some(tables.map(|table| T::read_keys(&table)).collect())
    }

    /// One table where there may be several: `[release]`.
    fn one_table(&self, wanted: &str) {
        let written = self.written();
        let found = self.is_of_wrong_type();
        let found = if written.starts_with('[') {
            let help = "one of several has two brackets";
            let header = format!("[{written}]");
            found.help(help).patch(self.value.span(), header)
        } else {
            found.help("put it into brackets, as the only one of its list")
        };
        self.report(found, format!("{wanted} is wanted here"));
    }

    /// A table of that shape.
    pub(super) fn table(&self, shape: &'static Shape) -> Option<Table<'a>> {
        self.table_or(shape, "a table")
    }

    fn table_or(&self, shape: &'static Shape, wanted: &str) -> Option<Table<'a>> {
        let entries = self.typed(wanted, DeValue::as_table)?;
        Some(Table::new(self.document, shape, entries, self.value.span()))
    }

    /// Whether it is a table.
    pub(super) fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// The values of a table whose keys are ids.
    pub(super) fn entries(&self) -> Option<impl Iterator<Item = (Id, Self)> + use<'a>> {
        let entries = self.typed("a table", DeValue::as_table)?;
        let (document, shape) = (self.document, self.key);
        Some(entries.iter().filter_map(move |(key, value)| {
            let id = key.get_ref().parse().map_err(|message: String| {
                let diagnostic = Diagnostic::error("bad-value", message);
                document.report(diagnostic, key.span(), "the name of a value");
            });
            let spot = Self {
                document,
                key: shape,
                value,
            };
            Some((id.ok()?, spot))
        }))
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        self.value.get_ref().as_array().is_some()
    }

    /// Notes that this value, or an item of this list, could not be read.
    pub(super) fn illegible(&self, item: usize) {
        self.document.illegible(self.key.name, item);
    }
}
