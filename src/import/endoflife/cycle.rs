//! One release cycle, as the site has it.

use crate::import::Spot;
use crate::import::document::{Document, Value, When};
use crate::import::ledger::Ledger;
use crate::schedule::Day;

/// What of a cycle may end, in the order in which it usually does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Production,
    Active,
    Security,
    Extended,
}

impl Column {
    pub(super) const ALL: [Self; 4] = [
        Self::Production,
        Self::Active,
        Self::Security,
        Self::Extended,
    ];

    /// As messages call it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Active => "active support",
            Self::Security => "security support",
            Self::Extended => "extended support",
        }
    }

    /// Its keys in API v1: a flag and a day.
    fn keys(self) -> [&'static str; 2] {
        match self {
            Self::Production => ["isDiscontinued", "discontinuedFrom"],
            Self::Active => ["isEoas", "eoasFrom"],
            Self::Security => ["isEol", "eolFrom"],
            Self::Extended => ["isEoes", "eoesFrom"],
        }
    }

    /// Its key in the older list, and whether `true` means that it is over.
    fn old_key(self) -> (&'static str, bool) {
        match self {
            Self::Production => ("discontinued", true),
            Self::Active => ("support", false),
            Self::Security => ("eol", true),
            Self::Extended => ("extendedSupport", false),
        }
    }
}

/// When something is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// After that day, which is its last.
    After(Day),
    /// It is, and nobody wrote down since when.
    Already,
    /// It is not, and nobody wrote down until when.
    NotYet,
}

/// How a product calls its phases.
#[derive(Debug, Default)]
pub(super) struct Labels([Option<String>; 4]);

impl Labels {
    pub(super) fn of(labels: Option<&Value>) -> Self {
        let label = |key| {
            labels
                .and_then(|labels| labels.text_of(key))
                .map(str::to_owned)
        };
        Self([None, label("eoas"), label("eol"), label("eoes")])
    }

    /// The name of a phase, and whether it is the usual one.
    pub(super) fn name(&self, column: Column) -> (&str, bool) {
        let usual = match column {
            Column::Production => "In production",
            Column::Active => "Active support",
            Column::Security => "Security support",
            Column::Extended => "Extended support",
        };
        match self.0[column as usize].as_deref() {
            Some(own) if is_label(own) && !own.eq_ignore_ascii_case(usual) => (own, false),
            _ => (usual, true),
        }
    }
}

fn is_label(text: &str) -> bool {
    text.parse::<crate::schedule::Label>().is_ok()
}

/// The latest release of a cycle.
#[derive(Debug)]
pub(super) struct Latest<'a> {
    pub(super) name: &'a str,
    pub(super) date: Option<Day>,
    pub(super) link: Option<&'a str>,
}

/// A release cycle.
#[derive(Debug)]
pub(super) struct Cycle<'a> {
    pub(super) value: &'a Value,
    pub(super) name: &'a str,
    codename: Option<&'a str>,
    label: Option<&'a str>,
    pub(super) release: Option<Day>,
    pub(super) is_lts: bool,
    pub(super) lts_from: Option<Day>,
    ends: [Option<Over>; 4],
    /// The flags beside days, which say whether these have passed.
    flags: [Option<bool>; 4],
    pub(super) is_maintained: Option<bool>,
    pub(super) latest: Option<Latest<'a>>,
}

/// Reads the days of a cycle, and tells of those that are none.
struct Days<'a, 'b> {
    document: &'a Document,
    name: &'a str,
    cycle: &'a Value,
    ledger: &'b mut Ledger,
}

impl<'a> Days<'a, '_> {
    fn get(&mut self, key: &str) -> Option<Day> {
        self.of(key, self.cycle.get(key)?)
    }

    fn of(&mut self, key: &str, value: &'a Value) -> Option<Day> {
        match value.when() {
            When::Day(day) => return Some(day),
            When::Unknown => return None,
            When::Month(_) | When::Illegible => {}
        }
        let what = format!(
            "`{key}` is {}, which is no day: it is left out",
            value.quoted()
        );
        self.ledger
            .left_out(self.name, what, self.document.spot(value));
        None
    }

    /// What was true or false, and is a day since it is known.
    fn or_flag(&mut self, key: &str) -> (Option<bool>, Option<Day>) {
        match self.cycle.get(key) {
            Some(value) if value.flag().is_some() => (value.flag(), None),
            Some(value) => (None, self.of(key, value)),
            None => (None, None),
        }
    }
}

impl<'a> Cycle<'a> {
    /// A cycle of API v1, if it has a name.
    pub(super) fn of_v1(
        document: &'a Document,
        value: &'a Value,
        ledger: &mut Ledger,
    ) -> Option<Self> {
        let name = value.get("name")?.text()?;
        let mut days = Days {
            document,
            name,
            cycle: value,
            ledger,
        };
        let mut ends = [None; 4];
        let mut flags = [None; 4];
        for column in Column::ALL {
            let [flag, day] = column.keys();
            let flag = value.flag_of(flag);
            flags[column as usize] = flag;
            let undated = |is_over| if is_over { Over::Already } else { Over::NotYet };
            let day = days.get(day).map(Over::After);
            ends[column as usize] = day.or_else(|| flag.map(undated));
        }
        let release = days.get("releaseDate");
        let lts_from = days.get("ltsFrom");
        let latest = value.get("latest").and_then(|latest| {
            Some(Latest {
                name: latest.text_of("name")?,
                date: latest
                    .get("date")
                    .and_then(|date| days.of("latest.date", date)),
                link: latest.text_of("link"),
            })
        });
        Some(Self {
            value,
            name,
            codename: value.text_of("codename"),
            label: value.text_of("label"),
            release,
            is_lts: value.flag_of("isLts").unwrap_or(false),
            lts_from,
            ends,
            flags,
            is_maintained: value.flag_of("isMaintained"),
            latest,
        })
    }

    /// A cycle of the older list, if it has a name.
    pub(super) fn of_v0(
        document: &'a Document,
        value: &'a Value,
        ledger: &mut Ledger,
    ) -> Option<Self> {
        let name = value.get("cycle")?.text()?;
        let mut days = Days {
            document,
            name,
            cycle: value,
            ledger,
        };
        let mut ends = [None; 4];
        for column in Column::ALL {
            let (key, means_over) = column.old_key();
            let (flag, day) = days.or_flag(key);
            // Extended support that is over there, or was never offered.
            let is_none = column == Column::Extended && flag == Some(false);
            let undated = |flag| {
                if flag == means_over {
                    Over::Already
                } else {
                    Over::NotYet
                }
            };
            let flag = flag.filter(|_| !is_none).map(undated);
            ends[column as usize] = day.map(Over::After).or(flag);
        }
        let release = days.get("releaseDate");
        let (is_lts, lts_from) = days.or_flag("lts");
        let date = days.get("latestReleaseDate");
        let latest = |name| Latest {
            name,
            date,
            link: value.text_of("link"),
        };
        Some(Self {
            value,
            name,
            codename: value.text_of("codename"),
            label: value.text_of("releaseLabel"),
            release,
            is_lts: is_lts.unwrap_or(lts_from.is_some()),
            lts_from,
            ends,
            flags: [None; 4],
            is_maintained: None,
            latest: value.text_of("latest").map(latest),
        })
    }

    /// Where its name stands.
    pub(super) fn spot(&self, document: &Document) -> Spot {
        let key = if self.value.get("name").is_some() {
            "name"
        } else {
            "cycle"
        };
        document.spot_of(self.value, key)
    }

    pub(super) fn end(&self, column: Column) -> Option<Over> {
        self.ends[column as usize]
    }

    /// What its flag says beside its day.
    pub(super) fn flag(&self, column: Column) -> Option<bool> {
        self.flags[column as usize]
    }

    /// The codename, else a label that says more than the name does.
    pub(super) fn readable_name(&self) -> Option<String> {
        if let Some(codename) = self.codename {
            return Some(codename.to_owned());
        }
        let label = self.without_lts(self.label?);
        (!label.eq_ignore_ascii_case(self.name)).then(|| label.to_owned())
    }

    /// A label without the mark that the site adds to it, `(LTS)`; the badge
    /// says it.
    fn without_lts<'b>(&self, label: &'b str) -> &'b str {
        let marked = label
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once(" ("));
        match marked {
            Some((label, mark))
                if mark.contains("LTS") && (self.is_lts || self.lts_from.is_some()) =>
            {
                label
            }
            _ => label,
        }
    }
}
