//! What the values of keys look like: how each is read and written, and its
//! JSON Schema.

use serde_json::{Value as Json, json};

use super::keys::{Keyed, Limits, Shape, Value};
use super::table::Spot;
use super::written::{Section, inline};
use crate::schedule::{
    ALLOWABLE, Address, Allow, Before, BeforeRelease, Choice, Closed, ClosedDays, Day, Id, Label,
    Length, MilestoneEntry, Named, Note, Offset, OwnMilestone, PhaseLength, PhaseStart, Released,
    Round, Version, VersionPattern, WeekdayOfMonth, When, quoted,
};
use crate::site::{BaseUrl, EditUrl, Inside, Lang};

impl<T: Value> Value for Option<T> {
    const EXAMPLE: Option<&'static str> = T::EXAMPLE;
    const TABLE: Option<&'static Shape> = T::TABLE;

    fn read(spot: &Spot<'_>) -> Option<Self> {
        Some(T::read(spot))
    }

    fn schema(limits: Option<Limits>) -> Json {
        T::schema(limits)
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        if let Some(value) = self {
            value.write(key, section);
        }
    }
}

/// Values that are strings: as which text each is written, its schema, and what
/// one looks like where quotes alone make none.
macro_rules! texts {
    ($value:ident => $text:expr; $($Text:ty: $schema:expr $(, $example:literal)?;)*) => {$(
        impl Value for $Text {
            $( const EXAMPLE: Option<&'static str> = Some($example); )?

            fn read(spot: &Spot<'_>) -> Option<Self> {
                spot.parse()
            }

            fn schema(_: Option<Limits>) -> Json {
                $schema
            }

            fn write(&self, key: &'static str, section: &mut Section) {
                let $value = self;
                section.say(key, quoted(&$text));
            }
        }
    )*};
}

texts! {
    value => value.to_string();
    Label: line(Label::LIMIT, LINE);
    Note: line(Note::LIMIT, LINE);
    Version: line(Label::LIMIT, LINE);
    Address: line(Note::LIMIT, r"^https?://[^\s\u0000-\u001F\u007F-\u009F]*$");
    Id: text(ID);
    Length: text(&format!("^\\+?0*[1-9][0-9]* {UNIT}$")), "6 weeks";
    PhaseLength: text(&format!("^\\+?0*[1-9][0-9]* {UNIT}( after release)?$")), "24 months";
    Before: text(&format!("^\\+?[0-9]+ {UNIT} before$")), "15 days before";
    BeforeRelease: text(&format!("^\\+?[0-9]+ {UNIT} before release$")), "4 days before release";
    Offset: text(&format!("^\\+?[0-9]+ {UNIT} (before|after) {}", &ID[1..])), "6 weeks before release";
    WeekdayOfMonth: text(WEEKDAY_OF_MONTH), "second tuesday";
    Round: text(&round()), "month-end";
    VersionPattern: text(VERSION_PATTERN), "YY.0M";
}

texts! {
    value => value.as_str();
    BaseUrl: text(r#"^https?://[^/?#\s\\"<>][^?#\s\\"<>]*$"#);
    EditUrl: text(r#"^https?://(\{path\}|[^/\s\\"<>][^\s\\"<>]*\{path\})[^\s\\"<>]*$"#);
    Lang: text("^[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8})*$");
    Inside: text("^[^/]");
}

/// Not blank, and without control characters and line ends.
const LINE: &str = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$";

const ID: &str = "^[a-z0-9][a-z0-9._-]{0,63}$";

const YEAR: &str = "(19[7-9][0-9]|[2-9][0-9]{3})";

const WEEKDAY_OF_MONTH: &str =
    "^(first|second|third|fourth|last) (mon|tues|wednes|thurs|fri|satur|sun)day$";

/// The pattern of a day to which an end moves.
fn round() -> String {
    let weekday = "(mon|tues|wednes|thurs|fri|satur|sun)day";
    let month =
        "(january|february|march|april|may|june|july|august|september|october|november|december)";
    format!(
        "^((month|quarter|year)(-end)?|day \\+?0*([1-9]|[12][0-9]|3[01])|{weekday}|(first|second|third|fourth|last) {weekday}( of {month})?)$"
    )
}

/// Text with at least one part of a date.
const VERSION_PATTERN: &str =
    "^([^YMWD]|YY|MM|WW|DD|0Y)*(YY|MM|WW|DD|0[YMWD])([^YMWD]|YY|MM|WW|DD|0[YMWD])*$";

const UNIT: &str = "(days?|weeks?|months?|years?)";

fn line(limit: usize, pattern: &str) -> Json {
    json!({"type": "string", "maxLength": limit, "pattern": pattern})
}

fn text(pattern: &str) -> Json {
    json!({"type": "string", "pattern": pattern})
}

impl Value for Day {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.day()
    }

    fn schema(_: Option<Limits>) -> Json {
        let pattern = format!("^{YEAR}-[0-9]{{2}}-[0-9]{{2}}$");
        json!({"type": "string", "format": "date", "pattern": pattern})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        section.say(key, self);
    }
}

impl Value for When {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.date("a date such as 2026-01-20, \"2026-10\", \"2026-Q4\" or \"2026\"")
    }

    fn schema(limits: Option<Limits>) -> Json {
        let coarse = format!("^{YEAR}(-(0[1-9]|1[0-2])|-Q[1-4])?$");
        json!({"anyOf": [Day::schema(limits), text(&coarse)]})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        match self.day() {
            Some(day) => day.write(key, section),
            None => section.say(key, quoted(&self.to_string())),
        }
    }
}

impl Value for PhaseStart {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.date("a date such as 2026-01-20, or \"5 months before\"")
    }

    fn schema(limits: Option<Limits>) -> Json {
        json!({"anyOf": [When::schema(limits), Before::schema(limits)]})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        match self {
            Self::On(when) => when.write(key, section),
            Self::Before(length) => Before(*length).write(key, section),
        }
    }
}

impl Value for MilestoneEntry {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        if spot.is_table() {
            return OwnMilestone::read(spot).map(Self::Own);
        }
        let date = spot.date("a date such as 2026-01-20, or `{ name = …, date = … }`");
        date.map(Self::Moved)
    }

    fn schema(limits: Option<Limits>) -> Json {
        json!({"anyOf": [When::schema(limits), OwnMilestone::schema(None)]})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        match self {
            Self::Moved(when) => when.write(key, section),
            Self::Own(own) => own.write(key, section),
        }
    }
}

impl Value for Released {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        if spot.is_flag() {
            let is_out = spot.flag()?;
            return Some(if is_out { Self::SomeDay } else { Self::NotSaid });
        }
        spot.date("a date such as 2026-01-20, or `true`")
    }

    fn schema(limits: Option<Limits>) -> Json {
        json!({"anyOf": [Day::schema(limits), bool::schema(None)]})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        match self {
            Self::NotSaid => false.write(key, section),
            Self::SomeDay => true.write(key, section),
            Self::On(day) => day.write(key, section),
        }
    }
}

impl Value for bool {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.flag()
    }

    fn schema(_: Option<Limits>) -> Json {
        json!({"type": "boolean"})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        section.say(key, self);
    }
}

impl Value for u32 {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.number(Self::from_str_radix, "is not a number from 0 to 4294967295")
    }

    fn schema(limits: Option<Limits>) -> Json {
        let (least, greatest) = limits.unwrap_or((0, Self::MAX as usize));
        json!({"type": "integer", "minimum": least, "maximum": greatest})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        section.say(key, self);
    }
}

impl Value for i64 {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.number(Self::from_str_radix, "is too large")
    }

    fn schema(_: Option<Limits>) -> Json {
        json!({"type": "integer"})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        section.say(key, self);
    }
}

impl<T: Choice> Value for T {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.choice(T::ALL)
    }

    fn schema(_: Option<Limits>) -> Json {
        let words: Vec<_> = T::ALL.iter().map(|(word, _)| *word).collect();
        json!({"type": "string", "enum": words})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        section.say(key, quoted(self.word()));
    }
}

impl Value for Allow {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let items = spot.items("a list of strings");
        let texts = items.into_iter().flatten().filter_map(|item| item.text());
        Some(Self(texts.map(str::to_owned).collect()))
    }

    fn schema(_: Option<Limits>) -> Json {
        json!({"type": "array", "items": {"type": "string", "enum": ALLOWABLE}})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        write_list(self.0.iter().map(String::as_str), key, section);
    }
}

/// Writes texts as a list, unless there are none.
pub(super) fn write_list<'a>(
    texts: impl Iterator<Item = &'a str>,
    key: &'static str,
    section: &mut Section,
) {
    let texts: Vec<_> = texts.map(quoted).collect();
    if !texts.is_empty() {
        section.say(key, format!("[{}]", texts.join(", ")));
    }
}

/// A table whose keys are ids: values that cannot be read are left out.
impl<T: Value> Value for Named<T> {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let entries = spot.entries().into_iter().flatten();
        let read = entries.filter_map(|(id, spot)| Some((id, T::read(&spot)?)));
        Some(Self(read.collect()))
    }

    fn schema(limits: Option<Limits>) -> Json {
        let mut schema = json!({
            "type": "object",
            "propertyNames": {"pattern": ID},
            "additionalProperties": T::schema(None),
        });
        if let Some((_, limit)) = limits {
            schema["maxProperties"] = json!(limit);
        }
        schema
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        let entry = |(id, value): &(Id, T)| format!("{} = {}", bare(id), inline(value));
        let entries: Vec<_> = self.0.iter().map(entry).collect();
        if !entries.is_empty() {
            section.say(key, format!("{{ {} }}", entries.join(", ")));
        }
    }
}

/// An id as a key of TOML, in which a dot would part two keys.
fn bare(id: &Id) -> String {
    if id.contains('.') {
        quoted(id)
    } else {
        id.to_string()
    }
}

impl Value for Closed {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let items = spot.items("a list of days");
        let wanted = "a date such as 2026-12-24, or \"2026-12-24/2027-01-04\"";
        let days = items
            .into_iter()
            .flatten()
            .filter_map(|item| item.date(wanted));
        Some(Self(days.collect()))
    }

    fn schema(_: Option<Limits>) -> Json {
        let day = format!("{YEAR}-[0-9]{{2}}-[0-9]{{2}}");
        let days = json!({"anyOf": [Day::schema(None), text(&format!("^{day}(/{day})?$"))]});
        json!({"type": "array", "items": days})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        let written = |days: &ClosedDays| match days.day() {
            Some(day) => day.to_string(),
            None => quoted(&days.to_string()),
        };
        let days: Vec<_> = self.0.iter().map(written).collect();
        section.say(key, format!("[{}]", days.join(", ")));
    }
}

/// Tables that make sense only together.
impl<T: Keyed + Value> Value for Vec<T> {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        spot.tables()
            .map_or_else(|| Some(Self::new()), |read| read.into_iter().collect())
    }

    fn schema(limits: Option<Limits>) -> Json {
        let mut schema = json!({"type": "array", "items": T::schema(None)});
        if let Some((_, limit)) = limits {
            schema["maxItems"] = json!(limit);
        }
        schema
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        section.add_tables(key, self);
    }
}

/// A list of tables, which may be a single one.
#[derive(Default)]
pub(super) struct OneOrMore<T>(pub(super) T);

impl<T: Keyed + Value> Value for OneOrMore<Vec<T>> {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        if spot.is_list() {
            return Vec::read(spot).map(Self);
        }
        match spot.table(T::SHAPE) {
            Some(table) => T::read_keys(&table).map(|one| Self(vec![one])),
            None => Some(Self::default()),
        }
    }

    fn schema(limits: Option<Limits>) -> Json {
        json!({"anyOf": [T::schema(None), Vec::<T>::schema(limits)]})
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        self.0.write(key, section);
    }
}

/// A list of tables that each make sense alone: those that cannot be read are
/// noted, and left out.
#[derive(Default)]
pub(super) struct Each<T>(pub(super) T);

impl<T: Keyed + Value> Value for Each<Vec<T>> {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let mut each = Self::default();
        for (n, read) in spot.tables().into_iter().flatten().enumerate() {
            match read {
                Some(entry) => each.0.push(entry),
                None => spot.illegible(n),
            }
        }
        Some(each)
    }

    fn schema(limits: Option<Limits>) -> Json {
        Vec::<T>::schema(limits)
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        self.0.write(key, section);
    }
}
