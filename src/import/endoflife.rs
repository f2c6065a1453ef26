//! endoflife.date: a product as its API has it, in version 1 or as the older
//! list.
//!
//! The site knows up to four ends of a release cycle: of production, of active
//! support, of security support and of extended support. Each is a day, of
//! which it is the last, or only a flag. Until security support is over, support
//! is for everybody; whatever is not over then is extended support.

use std::collections::BTreeSet;
use std::fmt;

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
use crate::views::feeds::endoflife::CATEGORIES;

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
    builder.as_of = product.as_of();
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
    let mut imported = builder.finish(product.about(), report);
    imported.draft.project.category = product.category();
    Ok(imported)
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
        let form = if is_older { &OLDER_LIST } else { &VERSION_1 };
        let cycle = |table: &'a Value| {
            let name = table.get(form.name).and_then(Value::text);
            let name = name.ok_or_else(|| self.nameless(table, form.name))?;
            let entry = Entry::new(self.document, report, name, table).at(form.name);
            Ok(Cycle::of(entry, form, self.as_of()))
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

    /// The category as a heading of an overview.
    fn category(&self) -> Option<Label> {
        let written = self.text("category")?;
        let known = CATEGORIES.iter().find(|(name, _)| *name == written);
        known.map_or(written, |(_, title)| title).parse().ok()
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

use Column::{Active, Extended, Production, Security};

const COLUMNS: [Column; 4] = [Production, Active, Security, Extended];

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names()[0])
    }
}

impl Column {
    /// The part as messages call it, and as the phase that ends with it is
    /// usually called.
    fn names(self) -> [&'static str; 2] {
        match self {
            Production => ["production", "In production"],
            Active => ["active support", "Active support"],
            Security => ["security support", "Security support"],
            Extended => ["extended support", "Extended support"],
        }
    }

    /// The name of the phase that ends with the part, and whether that is the
    /// usual one.
    fn phase<'a>(self, labels: &[Option<&'a str>; 4]) -> (&'a str, bool) {
        let [_, usual] = self.names();
        let own = labels[self as usize].filter(|own| own.parse::<Label>().is_ok());
        let own = own.filter(|own| !own.eq_ignore_ascii_case(usual));
        own.map_or((usual, true), |own| (own, false))
    }
}

/// The keys of a flag and of the day beside it. Where they are the same, one
/// of both is there.
type Keys = [&'static str; 2];

/// What a flag says of whether something is over.
type Meaning = fn(bool) -> Option<bool>;

/// By which keys a document says what it says of a cycle.
struct Form {
    name: &'static str,
    label: &'static str,
    lts: Keys,
    /// By column.
    ends: [(Keys, Meaning); 4],
    /// Name, day and link of the latest release, each by its path.
    latest: [&'static str; 3],
}

const VERSION_1: Form = Form {
    name: "name",
    label: "label",
    lts: ["isLts", "ltsFrom"],
    ends: [
        (["isDiscontinued", "discontinuedFrom"], Some),
        (["isEoas", "eoasFrom"], Some),
        (["isEol", "eolFrom"], Some),
        (["isEoes", "eoesFrom"], Some),
    ],
    latest: ["latest.name", "latest.date", "latest.link"],
};

const OLDER_LIST: Form = Form {
    name: "cycle",
    label: "releaseLabel",
    lts: ["lts"; 2],
    ends: [
        (["discontinued"; 2], Some),
        (["support"; 2], |has_it| Some(!has_it)),
        (["eol"; 2], Some),
        // What has none had it once, or never.
        (["extendedSupport"; 2], |has_it| has_it.then_some(false)),
    ],
    latest: ["latest", "latestReleaseDate", "link"],
};

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
    /// Whether each column is said to be over, and its last day.
    ends: [(Option<bool>, Option<Day>); 4],
    is_maintained: Option<bool>,
    latest: Option<Latest<'a>>,
}

/// The value at the end of a path of keys.
fn value<'a>(entry: Entry<'a>, path: &str) -> Option<&'a Value> {
    let mut keys = path.split('.');
    keys.try_fold(entry.table, |table, key| table.get(key))
}

/// The day at the end of a path. What is there and is none is told.
fn day(entry: Entry<'_>, path: &str) -> Option<Day> {
    entry.day_of(path, value(entry, path)?, "which is no day")
}

fn flag_and_day(entry: Entry<'_>, [flag, from]: Keys) -> (Option<bool>, Option<Day>) {
    let is_so = entry.flag(flag);
    let has_day = is_so.is_none() || flag != from;
    (is_so, has_day.then(|| day(entry, from)).flatten())
}

impl<'a> Latest<'a> {
    fn of(entry: Entry<'a>, form: &Form) -> Option<Self> {
        let [name, date, link] = form.latest;
        let date = day(entry, date);
        Some(Self {
            name: value(entry, name)?.words()?,
            date,
            link: value(entry, link).and_then(Value::words),
        })
    }
}

impl<'a> Cycle<'a> {
    fn of(entry: Entry<'a>, form: &Form, as_of: Option<Day>) -> Self {
        let ends = form.ends.map(|(keys, meaning)| {
            let (flag, day) = flag_and_day(entry, keys);
            (flag.and_then(meaning), day)
        });
        let release = day(entry, "releaseDate");
        let (is_lts, lts_from) = flag_and_day(entry, form.lts);
        Self {
            entry,
            as_of,
            label: entry.text(form.label),
            release,
            is_lts: is_lts.unwrap_or(lts_from.is_some()),
            lts_from,
            ends,
            is_maintained: entry.flag("isMaintained"),
            latest: Latest::of(entry, form),
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
        let (latest, entry) = (self.latest.as_ref()?, self.entry);
        let what = "the latest release has no day: it is left out";
        let date = entry.legible(latest.date, what)?;
        let what = "the latest release has a name that cannot be that of a release: \
                    it is left out";
        let version: Version = entry.legible(latest.name.parse().ok(), what)?;
        let is_own = version.is_same_release(train);
        if is_own && self.release.is_none() {
            let what = "the latest release is its first, whose day is not told: it is left out";
            entry.left_out(what);
            return None;
        }
        let link = latest.link.map(|link| filled_in(link, train, &version));
        let link = link.and_then(|link| link.parse().ok());
        let release = self.release.filter(|release| is_own && *release != date);
        if let Some(release) = release {
            entry.contradiction(format!(
                "the release is on {release}, and the latest, which is that, on {date}: \
                 the first is taken"
            ));
        } else if latest.link.is_some() && link.is_none() {
            entry.left_out("the link of the latest release is no web address: it is left out");
        }
        Some(ReleaseEntry {
            link,
            ..ReleaseEntry::new(version, release.unwrap_or(date))
        })
    }
}

/// A link in which the source has left places for the versions.
fn filled_in(link: &str, train: &Version, latest: &Version) -> String {
    link.replace("__RELEASE_CYCLE__", train.as_str())
        .replace("__LATEST__", latest.as_str())
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
    /// The last day of that part, where one is known.
    fn day_of(&self, column: Column) -> Option<Day> {
        self.ends[column as usize].1
    }

    /// Whether that part is over, as far as anything is known about its end.
    fn is_over(&self, column: Column) -> Option<bool> {
        let (is_over, day) = self.ends[column as usize];
        day.map_or(is_over, |day| Some(self.is_past(day)))
    }

    /// The same, where nobody says since or until when.
    fn is_over_undated(&self, column: Column) -> Option<bool> {
        let (is_over, day) = self.ends[column as usize];
        is_over.filter(|_| day.is_none())
    }

    fn is_open(&self, column: Column) -> bool {
        self.is_over_undated(column) == Some(false)
    }

    /// The columns about whose end anything is known.
    fn known(&self) -> Vec<Column> {
        let is_known = |column: &Column| self.is_over(*column).is_some();
        COLUMNS.into_iter().filter(is_known).collect()
    }

    /// Whether a day had come when the flags were written; days come first
    /// where nobody knows when that was.
    fn is_past(&self, day: Day) -> bool {
        self.as_of.is_some_and(|as_of| day < as_of)
    }

    /// The last day of that part, unless it comes before the release.
    fn day_in_life(&self, column: Column) -> Option<Day> {
        let day = self.day_of(column);
        day.filter(|day| self.release.is_none_or(|release| *day >= release))
    }

    /// All days on which something ends, with what ends, in order.
    fn dated(&self) -> Vec<(Day, Column)> {
        let columns = COLUMNS.into_iter();
        let dated = columns.filter_map(|column| Some((self.day_in_life(column)?, column)));
        let mut dated: Vec<_> = dated
            .filter(|(day, column)| *column != Extended || !self.outlasts(*day))
            .collect();
        // Where several things end on one day, support for everybody gives its
        // name.
        dated.sort_by_key(|(day, column)| (*day, *column == Extended, *column == Production));
        dated
    }

    /// Whether support for everybody lasts longer than extended support that
    /// ends on that day, which then is none of its own.
    fn outlasts(&self, extended: Day) -> bool {
        let ends = COLUMNS
            .into_iter()
            .filter_map(|column| self.day_in_life(column));
        let mut later = ends.filter(|end| *end > extended);
        self.is_ordinary(None) || later.any(|end| self.is_ordinary(Some(end)))
    }

    /// Whether support that ends on that day, or has no end, is for everybody:
    /// security support is not over before.
    fn is_ordinary(&self, until: Option<Day>) -> bool {
        let is_to_come = |day: &Day| !self.is_past(*day);
        let last = match self.day_in_life(Security) {
            Some(last) => Some(last),
            None if self.is_over(Security).is_none() => return true,
            None if self.is_open(Security) => match self.day_in_life(Extended).filter(is_to_come) {
                None => return true,
                bound => bound,
            },
            // Since when it is over, nobody knows. It was not, while something
            // lasted that is past.
            None => self.as_of.map_or(until, Day::previous),
        };
        until.is_some_and(|until| Some(until) <= last)
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
        let known = self.known();
        let is_over = |column: &Column| self.is_over(*column) == Some(true);
        self.is_maintained == Some(true) && !known.is_empty() && known.iter().all(is_over)
    }

    /// Whether it has ended, of which no day is known; what says neither yes
    /// nor no is told.
    fn has_ended(&self) -> bool {
        let has_ended = self.is_maintained == Some(false) || !self.known().is_empty();
        if !has_ended && self.is_maintained.is_none() {
            let what = "nothing says until when it is supported: no end is written";
            self.entry.left_out(what);
        }
        has_ended
    }

    fn spans(&self) -> Vec<Span> {
        let mut ends = self.dated();
        ends.dedup_by_key(|(day, _)| *day);
        // What is not over and has no day lasts until something that comes
        // after it ends, else without an end.
        let mut endless = self.is_only_maintained().then_some(Extended);
        let open = COLUMNS.into_iter().filter(|column| self.is_open(*column));
        for column in open.rev() {
            let bound = self.bound(column);
            if bound.is_none() {
                endless = Some(column);
            }
            if let Some(end) = ends.iter_mut().find(|(day, _)| Some(*day) == bound) {
                end.1 = column;
            }
        }
        let ends = ends.into_iter().map(|(day, column)| (column, Some(day)));
        let mut spans = Vec::new();
        let mut from = None;
        for (column, until) in ends.chain(endless.map(|column| (column, None))) {
            spans.push(self.span(column, from, until, &spans));
            let Some(next) = until.and_then(Day::next) else {
                break;
            };
            from = Some(next);
        }
        spans
    }

    fn span(&self, column: Column, from: Option<Day>, until: Option<Day>, before: &[Span]) -> Span {
        let level = match column {
            Extended => Level::Extended,
            _ if !self.is_ordinary(until) => Level::Extended,
            Security if self.is_over(Active).is_some() || !before.is_empty() => Level::Maintenance,
            Active | Security | Production => Level::Current,
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
        // No day comes before every day.
        let begun = |span: &Span| span.from.or(self.release);
        let begins_within =
            |span: &Span| begun(span) < from && span.until.is_none_or(|until| from <= Some(until));
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
        } else if let Some(day) = end.filter(|end| from > Some(*end)) {
            let what = format!("long-term support begins after the end on {day}: it is left out");
            self.entry.left_out(what);
            return self.is_lts;
        }
        for span in spans.iter_mut().filter(|span| begun(span) >= from) {
            if span.level == Level::Current {
                span.level = Level::Lts;
            }
        }
        true
    }

    fn tell_contradictions(&self, spans: &[Span]) {
        let mut known = self.known();
        known.retain(|column| *column != Production);
        for pair in known.windows(2) {
            self.tell_disorder(pair[0], pair[1]);
        }
        for column in COLUMNS {
            let day = self.day_of(column);
            if day.is_some() && day < self.release {
                let what = format!("{column} ends before the release: it is taken to be none");
                self.entry.contradiction(what);
            }
        }
        if self.as_of.is_some() {
            self.tell_wrong_flags(spans);
        }
    }

    /// Tells of something that ends after what comes after it.
    fn tell_disorder(&self, earlier: Column, later: Column) {
        if self.is_open(earlier) && self.is_over(later) == Some(true) {
            let what = format!("{earlier} is not over, and {later} is");
            self.entry.contradiction(what);
        }
        let days = self.day_of(earlier).zip(self.day_of(later));
        if days.is_some_and(|(a, b)| a > b) {
            let taken = match later {
                Extended => "the former is taken",
                _ => "both days are taken",
            };
            let what = format!("{earlier} ends after {later}: {taken}");
            self.entry.contradiction(what);
        }
    }

    /// Tells where a flag says something else than the days.
    fn tell_wrong_flags(&self, spans: &[Span]) {
        for (column, (flag, day)) in COLUMNS.into_iter().zip(self.ends) {
            if let (Some(flag), Some(day)) = (flag, day)
                && flag != self.is_past(day)
            {
                let not = if flag { "" } else { "not " };
                self.entry.contradiction(format!(
                    "{column} is said {not}to be over, and its day says otherwise: the day is taken"
                ));
            }
        }
        if self.is_only_maintained() {
            self.entry.contradiction(
                "each end is over, and it is said to be maintained: \
                 extended support is written, without an end",
            );
        }
        let last = spans.last();
        let is_over = last.is_none_or(|last| last.until.is_some_and(|until| self.is_past(until)));
        if self.is_maintained == Some(false) && !is_over {
            self.entry.contradiction(
                "support is not over, and it is said not to be maintained: the former is taken",
            );
        }
    }

    /// Tells what is over, or is not, of which nobody says since or until when,
    /// though something else has a day.
    fn tell_unknown_days(&self, spans: &[Span]) {
        for column in COLUMNS {
            if self.is_open(column) && self.bound(column).is_some() {
                let what =
                    format!("nobody says when {column} ends: the phase after it is left out");
                self.entry.left_out(what);
            }
            if self.is_over_undated(column) == Some(true) && !spans.is_empty() {
                let what = format!("nobody says when {column} ended: the phase is left out");
                self.entry.left_out(what);
            }
        }
    }
}

/// The phases as rules; none where a train is just supported.
fn phases(spans: &[Span], labels: &[Option<&str>; 4]) -> Vec<PhaseRule> {
    let is_plain = |span: &Span| {
        span.column == Security && span.level == Level::Current && Security.phase(labels).1
    };
    if spans.len() == 1 && is_plain(&spans[0]) {
        return Vec::new();
    }
    let rule = |span: &Span| {
        let (name, is_usual) = span.column.phase(labels);
        let is_long = span.level == Level::Lts && (is_usual || span.is_split);
        let name = if is_long { "Long-term support" } else { name };
        phase(name, span.level, span.from.map(When::from))
    };
    spans.iter().filter_map(rule).collect()
}
