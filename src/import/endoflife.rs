//! endoflife.date: a product as its API has it, in version 1 or as the older
//! list.
//!
//! The site knows up to four ends of a release cycle: of production, of active
//! support, of security support and of extended support. Each is a day, of
//! which it is the last, or only a flag. A cycle is supported while any of them
//! is not over.

use std::collections::BTreeSet;

use super::builder::DraftBuilder;
use super::document::{Document, Value, excerpt};
use super::entry::Entry;
use super::report::Report;
use super::timeline::phase;
use super::{Imported, some_of};
use crate::diagnostic::Diagnostic;
use crate::input::ReadError;
use crate::schedule::{
    Address, Day, EndDay, Label, Level, PhaseRule, ReleaseEntry, Released, TrainEntry, Version,
    When,
};

const HELP: &str = "save a product with `curl -o NAME.json \
                    https://endoflife.date/api/v1/products/NAME/`";

/// A product as a schedule; `fallback` is its name where it says none.
///
/// # Errors
///
/// What the document lacks to be a product.
pub fn schedule(document: &Document, fallback: &Label) -> Result<Imported, ReadError> {
    let report = Report::default();
    let product = Product::of(document);
    let cycles = product.cycles(&report)?;
    let name = product.text("label").or_else(|| product.text("name"));
    let name: Option<Label> = name.and_then(|name| name.parse().ok());
    let mut builder = DraftBuilder::new(name.as_ref().unwrap_or(fallback), EndDay::Supported);
    let mut are_latest_known = false;
    for cycle in cycles.iter().rev() {
        let Some(version) = cycle.entry.version() else {
            continue;
        };
        let train = cycle.train(version.clone(), &product.labels());
        if builder.add(cycle.entry, train) {
            let latest = cycle.latest(&version);
            are_latest_known |= latest.is_some();
            builder.record(&version, cycle.own_release(&version, latest.as_ref()));
            builder.record(&version, latest);
        }
    }
    if !are_latest_known {
        builder.releases.clear();
    }
    product.tell_custom_fields(&report);
    Ok(builder.finish(product.about(), report))
}

/// A product in either form of the document.
struct Product<'a> {
    document: &'a Document,
    /// The table with the fields of the product; the older list has none.
    table: &'a Value,
}

impl<'a> Product<'a> {
    fn of(document: &'a Document) -> Self {
        let root = &document.root;
        let table = root.get("result").unwrap_or(root);
        Self { document, table }
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.table.text_of(key)
    }

    /// The tables of the cycles, newest first.
    fn list(&self) -> Option<&'a [Value]> {
        let list = self.document.root.items();
        list.or_else(|| self.table.get("releases")?.items())
    }

    fn cycles(&self, report: &'a Report) -> Result<Vec<Cycle<'a>>, ReadError> {
        let Some(list) = self.list() else {
            let what = "is no product of endoflife.date: it has no list `releases`";
            return Err(self.document.refused(what, HELP));
        };
        let is_older = self.document.root.items().is_some();
        let key = if is_older { "cycle" } else { "name" };
        let cycle = |table: &'a Value| {
            let name = table.get(key).and_then(Value::text);
            let name = name.ok_or_else(|| self.nameless(table, key))?;
            let entry = Entry::new(self.document, report, name, table).at(key);
            Ok(if is_older {
                Cycle::of_older_list(entry)
            } else {
                Cycle::of_version_1(entry, self.as_of())
            })
        };
        list.iter().map(cycle).collect()
    }

    fn nameless(&self, table: &Value, key: &str) -> ReadError {
        let source = &self.document.source;
        let title = format!("a release cycle of `{}` has no `{key}`", source.name);
        let error = Diagnostic::error("other-format", title);
        let error = error.at(source, table.span.clone(), "this one");
        ReadError::Content(vec![error.help(HELP)])
    }

    /// The day on which the flags were true.
    fn as_of(&self) -> Option<Day> {
        let made = self.document.root.text_of("generated_at")?;
        made.get(..10)?.parse().ok()
    }

    /// What the product calls its phases, by column.
    fn labels(&self) -> [Option<&'a str>; 4] {
        let labels = self.table.get("labels");
        let label = |key| labels.and_then(|labels| labels.text_of(key));
        [None, label("eoas"), label("eol"), label("eoes")]
    }

    /// Names the fields that only this product has.
    fn tell_custom_fields(&self, report: &Report) {
        let tables = self.list().unwrap_or_default().iter();
        let customs = tables.filter_map(|table| table.get("custom"));
        let names: BTreeSet<_> = customs
            .flat_map(Value::entries)
            .map(|(name, _)| excerpt(name, 40))
            .collect();
        if !names.is_empty() {
            let names = some_of(&names.into_iter().collect::<Vec<_>>());
            let what = format!("a schedule has no place for the product's own fields: {names}");
            report.left_out_everywhere(self.document, what);
        }
    }

    fn about(&self) -> Vec<String> {
        let as_of = self.as_of().map(|day| format!(", as of {day}"));
        let mut about = vec![format!(
            "Imported from {}, data of endoflife.date{}.",
            self.document.file_name(),
            as_of.unwrap_or_default()
        )];
        let links = self.table.get("links");
        let pages: Vec<_> = ["html", "releasePolicy"]
            .into_iter()
            .filter_map(|key| links?.text_of(key))
            .filter(|page| page.parse::<Address>().is_ok())
            .collect();
        if !pages.is_empty() {
            about.push(format!("See {}", pages.join(" and ")));
        }
        about
    }
}

/// The parts of a cycle that may end, in the usual order of their ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Production,
    Active,
    Security,
    Extended,
}

impl Column {
    const ALL: [Self; 4] = [
        Self::Production,
        Self::Active,
        Self::Security,
        Self::Extended,
    ];

    /// The part as messages call it.
    fn words(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Active => "active support",
            Self::Security => "security support",
            Self::Extended => "extended support",
        }
    }

    /// The keys of its flag and its day in version 1.
    fn keys(self) -> [&'static str; 2] {
        match self {
            Self::Production => ["isDiscontinued", "discontinuedFrom"],
            Self::Active => ["isEoas", "eoasFrom"],
            Self::Security => ["isEol", "eolFrom"],
            Self::Extended => ["isEoes", "eoesFrom"],
        }
    }

    /// The key in the older list, and whether `true` means that the part is
    /// over.
    fn older_key(self) -> (&'static str, bool) {
        match self {
            Self::Production => ("discontinued", true),
            Self::Active => ("support", false),
            Self::Security => ("eol", true),
            Self::Extended => ("extendedSupport", false),
        }
    }

    /// The name of the phase that ends with the part, and whether that is the
    /// usual one.
    fn phase<'a>(self, labels: &[Option<&'a str>; 4]) -> (&'a str, bool) {
        let usual = match self {
            Self::Production => "In production",
            Self::Active => "Active support",
            Self::Security => "Security support",
            Self::Extended => "Extended support",
        };
        let own = labels[self as usize].filter(|own| own.parse::<Label>().is_ok());
        let own = own.filter(|own| !own.eq_ignore_ascii_case(usual));
        own.map_or((usual, true), |own| (own, false))
    }
}

/// When something is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    /// Over after that day, which is the last.
    After(Day),
    /// Over since a day that nobody wrote down.
    Already,
    /// Not over, until a day that nobody wrote down.
    NotYet,
}

impl Over {
    fn undated(is_over: bool) -> Self {
        if is_over { Self::Already } else { Self::NotYet }
    }
}

/// The latest release of a cycle.
struct Latest<'a> {
    name: &'a str,
    date: Option<Day>,
    link: Option<&'a str>,
}

/// A release cycle.
struct Cycle<'a> {
    entry: Entry<'a>,
    /// The day on which the flags were true.
    as_of: Option<Day>,
    label: Option<&'a str>,
    release: Option<Day>,
    is_lts: bool,
    lts_from: Option<Day>,
    /// When each column is over.
    ends: [Option<Over>; 4],
    /// The flags beside days, which say whether these have passed; by column.
    flags: [Option<bool>; 4],
    is_maintained: Option<bool>,
    latest: Option<Latest<'a>>,
}

/// The day of that name. What is there and is none is told.
fn day(entry: Entry<'_>, key: &str) -> Option<Day> {
    entry.day_of(key, entry.get(key)?, "which is no day")
}

/// The value of that name: a flag, or the day since that is known.
fn flag_or_day(entry: Entry<'_>, key: &str) -> (Option<bool>, Option<Day>) {
    match entry.flag(key) {
        None => (None, day(entry, key)),
        flag => (flag, None),
    }
}

impl<'a> Latest<'a> {
    /// The latest release in version 1.
    fn of_table(entry: Entry<'a>) -> Option<Self> {
        let table = entry.get("latest")?;
        let date = |date| entry.day_of("latest.date", date, "which is no day");
        Some(Self {
            name: table.text_of("name")?,
            date: table.get("date").and_then(date),
            link: table.text_of("link"),
        })
    }

    /// The latest release in the older list.
    fn of_older_list(entry: Entry<'a>) -> Option<Self> {
        let date = day(entry, "latestReleaseDate");
        Some(Self {
            name: entry.text("latest")?,
            date,
            link: entry.text("link"),
        })
    }
}

impl<'a> Cycle<'a> {
    /// A cycle of version 1.
    fn of_version_1(entry: Entry<'a>, as_of: Option<Day>) -> Self {
        let flags = Column::ALL.map(|column| entry.flag(column.keys()[0]));
        let ends = Column::ALL.map(|column| {
            let day = day(entry, column.keys()[1]).map(Over::After);
            day.or(flags[column as usize].map(Over::undated))
        });
        Self {
            entry,
            as_of,
            label: entry.text("label"),
            release: day(entry, "releaseDate"),
            is_lts: entry.flag("isLts").unwrap_or(false),
            lts_from: day(entry, "ltsFrom"),
            ends,
            flags,
            is_maintained: entry.flag("isMaintained"),
            latest: Latest::of_table(entry),
        }
    }

    /// A cycle of the older list, which has days in the place of flags.
    fn of_older_list(entry: Entry<'a>) -> Self {
        let ends = Column::ALL.map(|column| {
            let (key, means_over) = column.older_key();
            let (flag, day) = flag_or_day(entry, key);
            // Extended support that is over there, or was never offered.
            let flag = flag.filter(|flag| *flag || column != Column::Extended);
            let undated = flag.map(|flag| Over::undated(flag == means_over));
            day.map(Over::After).or(undated)
        });
        let release = day(entry, "releaseDate");
        let (is_lts, lts_from) = flag_or_day(entry, "lts");
        Self {
            entry,
            as_of: None,
            label: entry.text("releaseLabel"),
            release,
            is_lts: is_lts.unwrap_or(lts_from.is_some()),
            lts_from,
            ends,
            flags: [None; 4],
            is_maintained: None,
            latest: Latest::of_older_list(entry),
        }
    }

    fn train(&self, version: Version, labels: &[Option<&str>; 4]) -> TrainEntry {
        let mut spans = self.spans();
        self.tell_contradictions(&spans);
        self.tell_unknown_days(&spans);
        let end = spans.last().and_then(|span| span.until);
        let has_ended = spans.is_empty() && self.has_ended();
        let is_lts = self.prolong(&mut spans, end);
        TrainEntry {
            name: self.codename(),
            badge: is_lts.then(|| "LTS".parse().ok()).flatten(),
            release: self.release.map(When::from),
            released: Released::some_day_if(self.release.is_none()),
            phases: phases(&spans, labels),
            end: end.map(When::from),
            ended: has_ended,
            ..TrainEntry::new(version)
        }
    }

    /// The codename, else a label that says more than the name does.
    fn codename(&self) -> Option<Label> {
        let label = self.label.map(|label| self.without_lts(label));
        let label = label.filter(|label| !label.eq_ignore_ascii_case(self.entry.name));
        let written = self.entry.text("codename").or(label)?;
        let what = "the label or codename cannot be written on a board: it is left out";
        self.entry.legible(written.parse().ok(), what)
    }

    /// A label without the mark that the site adds to it, `(LTS)`; the badge
    /// says it.
    fn without_lts<'b>(&self, label: &'b str) -> &'b str {
        let is_lts = self.is_lts || self.lts_from.is_some();
        let marked = label
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once(" ("));
        match marked {
            Some((label, mark)) if mark.contains("LTS") && is_lts => label,
            _ => label,
        }
    }

    /// The release that a train begins with, where that is out and not the
    /// latest.
    fn own_release(&self, train: &Version, latest: Option<&ReleaseEntry>) -> Option<ReleaseEntry> {
        let day = self.release?;
        let is_out = self.as_of.map_or(latest.is_some(), |as_of| day <= as_of);
        let is_latest = latest.is_some_and(|latest| latest.version.is_same_release(train));
        (is_out && !is_latest).then(|| ReleaseEntry::new(train.clone(), day))
    }

    fn latest(&self, train: &Version) -> Option<ReleaseEntry> {
        let latest = self.latest.as_ref()?;
        let entry = self.entry;
        let what = "the latest release has no day: it is left out";
        let date = entry.legible(latest.date, what)?;
        let what = "the latest release has a name that cannot be that of a release: \
                    it is left out";
        let version: Version = entry.legible(latest.name.parse().ok(), what)?;
        let address = latest.link.and_then(|link| link.parse().ok());
        let is_own = version.is_same_release(train);
        let date = match self.release {
            None if is_own => {
                let what = "the latest release is its first, whose day is not told: it is left out";
                entry.left_out(what);
                return None;
            }
            Some(release) if is_own && release != date => {
                entry.contradiction(format!(
                    "the release is on {release}, and the latest, which is that, on {date}: \
                     the first is taken"
                ));
                release
            }
            _ => {
                if latest.link.is_some() && address.is_none() {
                    entry.left_out(
                        "the link of the latest release is no web address: it is left out",
                    );
                }
                date
            }
        };
        Some(ReleaseEntry {
            link: address,
            ..ReleaseEntry::new(version, date)
        })
    }
}

/// A part of a cycle's time, named for what ends with it.
#[derive(Clone, Copy, Debug)]
struct Span {
    column: Column,
    level: Level,
    from: Option<Day>,
    until: Option<Day>,
    /// Whether the phase begins in the middle of another, whose name it must not
    /// have.
    is_split: bool,
}

impl Cycle<'_> {
    fn end(&self, column: Column) -> Option<Over> {
        self.ends[column as usize]
    }

    /// The last day of that part, where one is known.
    fn day_of(&self, column: Column) -> Option<Day> {
        match self.end(column)? {
            Over::After(day) => Some(day),
            Over::Already | Over::NotYet => None,
        }
    }

    /// Whether anything is known about that end.
    fn is_there(&self, column: Column) -> bool {
        self.end(column).is_some()
    }

    fn is_open(&self, column: Column) -> bool {
        self.end(column) == Some(Over::NotYet)
    }

    /// Whether a day had come when the flags were written; days come first
    /// where nobody knows when that was.
    fn is_past(&self, day: Day) -> bool {
        self.as_of.is_some_and(|as_of| day < as_of)
    }

    /// All days on which something ends, with what ends, in order.
    fn dated(&self) -> Vec<(Day, Column)> {
        // Where several things end on one day, support gives its name.
        let order = [
            Column::Active,
            Column::Security,
            Column::Extended,
            Column::Production,
        ];
        let is_in_life = |day: Day| self.release.is_none_or(|release| day >= release);
        let dated = order.into_iter().filter_map(|column| {
            let day = self.day_of(column)?;
            is_in_life(day).then_some((day, column))
        });
        let mut dated: Vec<_> = dated.collect();
        dated.sort_by_key(|(day, _)| *day);
        dated
    }

    /// The first day to come on which something later ends: active support
    /// does not outlast security support.
    fn bound(&self, column: Column) -> Option<Day> {
        let mut dated = self.dated().into_iter();
        let bound = dated.find(|(day, other)| *other > column && !self.is_past(*day));
        bound.map(|(day, _)| day)
    }

    /// Whether the site calls it maintained though all that it gives is over:
    /// it knows more ends than it publishes.
    fn is_only_maintained(&self) -> bool {
        let is_over = |end: &Over| match end {
            Over::After(day) => self.is_past(*day),
            Over::Already => true,
            Over::NotYet => false,
        };
        let mut ends = self.ends.iter().flatten().peekable();
        self.is_maintained == Some(true) && ends.peek().is_some() && ends.all(is_over)
    }

    /// Whether it has ended, of which no day is known; what says neither yes
    /// nor no is told.
    fn has_ended(&self) -> bool {
        let has_ended = self.is_maintained == Some(false) || self.ends.iter().any(Option::is_some);
        if !has_ended && self.is_maintained.is_none() {
            let what = "nothing says until when it is supported: no end is written";
            self.entry.left_out(what);
        }
        has_ended
    }

    fn spans(&self) -> Vec<Span> {
        let mut ends = self.dated();
        ends.dedup_by_key(|(day, _)| *day);
        let open: Vec<_> = Column::ALL
            .into_iter()
            .filter(|column| self.is_open(*column))
            .collect();
        for column in open.iter().rev() {
            let bound = self.bound(*column);
            if let Some(end) = ends.iter_mut().find(|(day, _)| Some(*day) == bound) {
                end.1 = *column;
            }
        }
        let mut spans = Vec::new();
        let mut from = Some(None);
        for (day, column) in ends {
            let Some(begin) = from else { break };
            spans.push(self.span(column, begin, Some(day), &spans));
            from = day.next().map(Some);
        }
        // What is not over and has no day, if nothing that comes after it has
        // one to come.
        let open = open
            .into_iter()
            .find(|column| self.bound(*column).is_none());
        let maintained = self.is_only_maintained().then_some(Column::Extended);
        if let (Some(column), Some(begin)) = (open.or(maintained), from) {
            spans.push(self.span(column, begin, None, &spans));
        }
        spans
    }

    fn span(&self, column: Column, from: Option<Day>, until: Option<Day>, before: &[Span]) -> Span {
        let follows_support = before.iter().any(|span| span.column >= Column::Security);
        let level = match column {
            Column::Extended => Level::Extended,
            Column::Production if follows_support => Level::Extended,
            Column::Security if self.is_there(Column::Active) || !before.is_empty() => {
                Level::Maintenance
            }
            Column::Active | Column::Security | Column::Production => Level::Current,
        };
        Span {
            column,
            level,
            from,
            until,
            is_split: false,
        }
    }

    /// Makes long-term support of full support, from its day on; says whether
    /// it is long-term support.
    fn prolong(&self, spans: &mut Vec<Span>, end: Option<Day>) -> bool {
        let from = self.lts_from;
        if !self.is_lts && from.is_none() {
            return false;
        }
        let begun = |span: &Span| span.from.or(self.release);
        let begins_within = |span: &Span| {
            from.is_some_and(|from| {
                begun(span).is_none_or(|begun| begun < from)
                    && span.until.is_none_or(|until| from <= until)
            })
        };
        if let Some(n) = spans.iter().position(begins_within) {
            if spans[n].level != Level::Current {
                let what = "long-term support begins within a later phase, which keeps its level";
                self.entry.left_out(what);
                return self.is_lts;
            }
            let rest = Span {
                from,
                is_split: true,
                ..spans[n]
            };
            spans[n].until = from.and_then(Day::previous);
            spans.insert(n + 1, rest);
        } else if let Some(day) = end.filter(|end| from.is_some_and(|from| from > *end)) {
            let what = format!("long-term support begins after the end on {day}: it is left out");
            self.entry.left_out(what);
            return self.is_lts;
        }
        let is_long = |span: &Span| from.is_none_or(|from| begun(span) >= Some(from));
        for span in spans.iter_mut().filter(|span| is_long(span)) {
            if span.level == Level::Current {
                span.level = Level::Lts;
            }
        }
        true
    }

    fn tell_contradictions(&self, spans: &[Span]) {
        let support = [Column::Active, Column::Security, Column::Extended];
        for (n, later) in support.into_iter().enumerate() {
            let mut earlier = support[..n].iter().rev();
            if let Some(earlier) = earlier.find(|earlier| self.is_there(**earlier)) {
                self.tell_disorder(*earlier, later);
            }
        }
        for column in Column::ALL {
            self.tell_end_before_release(column);
        }
        for column in Column::ALL {
            self.tell_flag_beside_day(column);
        }
        if self.as_of.is_none() {
            return;
        }
        if self.is_only_maintained() {
            self.entry.contradiction(
                "each end is over, and it is said to be maintained: \
                 extended support is written, without an end",
            );
        }
        let is_over = spans
            .last()
            .is_none_or(|span| span.until.is_some_and(|until| self.is_past(until)));
        if self.is_maintained == Some(false) && !is_over {
            self.entry.contradiction(
                "support is not over, and it is said not to be maintained: the former is taken",
            );
        }
    }

    /// Tells of something that ends after what comes after it.
    fn tell_disorder(&self, earlier: Column, later: Column) {
        let (first, second) = (earlier.words(), later.words());
        let what = match (self.end(earlier), self.end(later)) {
            (Some(Over::After(a)), Some(Over::After(b))) if a > b => {
                format!("{first} ends after {second}: both days are taken")
            }
            (Some(Over::NotYet), Some(Over::After(b))) if self.is_past(b) => {
                format!("{first} is not over, and {second} is")
            }
            (Some(Over::NotYet), Some(Over::Already)) => {
                format!("{first} is not over, and {second} is")
            }
            _ => return,
        };
        self.entry.contradiction(what);
    }

    fn tell_end_before_release(&self, column: Column) {
        let release = self.release;
        if self.day_of(column).is_some_and(|day| Some(day) < release) {
            let words = column.words();
            let what = format!("{words} ends before the release: it is taken to be none");
            self.entry.contradiction(what);
        }
    }

    fn tell_flag_beside_day(&self, column: Column) {
        if let (Some(day), Some(flag)) = (self.day_of(column), self.flags[column as usize])
            && self.as_of.is_some()
            && flag != self.is_past(day)
        {
            let words = column.words();
            let not = if flag { "" } else { "not " };
            self.entry.contradiction(format!(
                "{words} is said {not}to be over, and its day says otherwise: the day is taken"
            ));
        }
    }

    /// Tells what is over, or is not, of which nobody says since or until when,
    /// though something else has a day.
    fn tell_unknown_days(&self, spans: &[Span]) {
        for column in Column::ALL {
            let words = column.words();
            if self.is_open(column) && self.bound(column).is_some() {
                let what = format!("nobody says when {words} ends: the phase after it is left out");
                self.entry.left_out(what);
            }
            if self.end(column) == Some(Over::Already) && !spans.is_empty() {
                let what = format!("nobody says when {words} ended: the phase is left out");
                self.entry.left_out(what);
            }
        }
    }
}

/// The phases as rules; none where a train is just supported.
fn phases(spans: &[Span], labels: &[Option<&str>; 4]) -> Vec<PhaseRule> {
    let is_plain = |span: &Span| {
        span.column == Column::Security
            && span.level == Level::Current
            && Column::Security.phase(labels).1
    };
    if spans.len() == 1 && is_plain(&spans[0]) {
        return Vec::new();
    }
    let rule = |span: &Span| {
        let (name, is_usual) = span.column.phase(labels);
        let is_long = span.level == Level::Lts && (is_usual || span.is_split);
        let name = if is_long { "Long-term support" } else { name };
        phase(name, span.level, span.from)
    };
    spans.iter().filter_map(rule).collect()
}
