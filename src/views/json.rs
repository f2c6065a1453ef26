//! The board as JSON: its public shape, which is written, read back and
//! described by its schema from one definition.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::words;
use crate::schedule::{self, Day, Label, Row, Version, When};

mod schema;

pub use schema::schema;

schema::objects! {
    /// A release schedule seen on one day, as trainboard writes it. What is
    /// absent is null; no field is ever left out.
    Board {
        /// The name of the project.
        project: Word,
        /// The first day of the period for which the board holds.
        valid_from: Option<Day>,
        /// The first day after that period; null when nothing more is known to
        /// change.
        next_change: Option<Day>,
        /// Whether the day of an end is the first without support or the last
        /// with it.
        #[serde(default)]
        end_day: Word = "unsupported" | "supported",
        /// The trains of the window, lowest version first.
        trains: Vec<Train>,
    }

    /// A release line.
    Train {
        /// Its version, as in the schedule.
        version: Word,
        /// Its version, as the project writes it.
        label: Word,
        /// Its codename.
        codename: Option<Word>,
        /// The name of its channel.
        channel: Option<Word>,
        /// What is shown beside its label.
        badge: Option<Word>,
        /// Where it stands.
        status: Word = "planned" | "stabilising" | "due" | "supported" | "extended" | "ended",
        /// Whether it is in ordinary support, which everybody gets.
        #[serde(default)]
        supported: bool,
        /// Whether it is out by plan alone: its day has come, and nobody recorded
        /// anything that says so.
        #[serde(default)]
        by_plan: bool,
        /// The name of its present phase; null when it is planned or has ended.
        phase: Option<Word>,
        /// The day its branch is cut: the fact where there is one, else the
        /// plan.
        branch: Option<When>,
        /// The day of its release, likewise.
        release: Option<When>,
        /// The end of its ordinary support, likewise.
        #[serde(default)]
        support_end: Option<When>,
        /// The end of all of its support, likewise.
        end: Option<When>,
        /// How well the end is known. Open: no end is announced. Unknown: it is
        /// over, and nobody wrote down since when.
        #[serde(default)]
        end_precision: Word = "day" | "month" | "quarter" | "year" | "open" | "unknown",
        /// Its days as planned.
        #[serde(default)]
        planned: Days,
        /// Its days as recorded.
        #[serde(default)]
        recorded: Days,
        /// Its phases, in order of time.
        #[serde(default)]
        phases: Vec<Phase>,
        /// The days that the schedule names, in order of time.
        #[serde(default)]
        milestones: Vec<Milestone>,
        /// Its next patch release by rule, and before it the last one while nobody
        /// recorded that.
        #[serde(default)]
        patches: Vec<Patch>,
        /// What stands in the columns of the project, by their ids.
        #[serde(default)]
        fields: Fields,
        /// Whether it is a branch that is always there, and never released.
        #[serde(default)]
        rolling: bool,
        /// Whether it was released on a day that nobody wrote down.
        #[serde(default)]
        released: bool,
        /// Its latest release.
        latest: Option<Word>,
        /// The day of that.
        latest_date: Option<Day>,
    }

    /// Days of a train.
    Days {
        /// The day its branch is cut.
        branch: Option<When>,
        /// The day of its release.
        release: Option<When>,
        /// The end of its support.
        end: Option<When>,
    }

    /// A named span of a train's life.
    Phase {
        /// Its name.
        name: Word,
        /// How well the train is supported in it.
        #[serde(default)]
        level: Word = "pre" | "current" | "lts" | "maintenance" | "extended",
        /// Its first day; null when nobody wrote it down.
        from: Option<When>,
        /// Its end, of which `end_day` says what the day means; null while that
        /// is open or unknown.
        to: Option<When>,
    }

    /// A day of a train, or one before a patch release, that has a name.
    Milestone {
        /// What machines call it.
        id: Word,
        /// Its name.
        name: Word,
        /// A shorter name.
        short: Option<Word>,
        /// When it is.
        date: Option<When>,
        /// When it would be by its rule, from which a schedule may move it; null
        /// where no rule makes it.
        planned: Option<When>,
    }

    /// A patch release that a rule plans.
    Patch {
        /// Its day.
        date: Option<Day>,
        /// Its version, where one is recorded for that day; null while it is
        /// planned, and when the day has come without a record.
        version: Option<Word>,
        /// The days before it that have names.
        #[serde(default)]
        milestones: Vec<Milestone>,
    }
}

impl Board {
    /// The trains of the board's window.
    pub fn of(board: &schedule::Board) -> Self {
        let period = board.period();
        Self {
            project: word(&board.project().name),
            valid_from: period.valid_from,
            next_change: period.next_change,
            end_day: word(board.end_day().as_str()),
            trains: board.trains().map(Train::of).collect(),
        }
    }
}

impl Train {
    /// One train, as the board has it.
    pub fn of(row: &Row) -> Self {
        let train = row.train();
        let status = row.status().as_str();
        Self {
            version: word(train.version.as_str()),
            label: word(&train.label),
            codename: train.codename.as_deref().map(word),
            channel: train.channel.as_deref().map(word),
            badge: train.badge.as_deref().map(word),
            status: word(train.skip.as_ref().map_or(status, |_| "skipped")),
            supported: row.is_supported(),
            by_plan: row.is_by_plan(),
            phase: words::phase(row).map(word),
            branch: row.branch().when(),
            release: row.release().when(),
            support_end: row.support_end().when(),
            end: row.end().when(),
            end_precision: word(row.end().precision()),
            planned: Days {
                branch: row.branch().planned,
                release: row.release().planned,
                end: row.end().when(),
            },
            recorded: Days {
                branch: row.branch().recorded.map(When::from),
                release: row.release().recorded.map(When::from),
                end: row.recorded_end().map(When::from),
            },
            phases: train.phases.iter().map(Phase::of).collect(),
            milestones: train.milestones.iter().map(Milestone::of).collect(),
            patches: row.patches().iter().map(Patch::of).collect(),
            fields: fields(train),
            rolling: train.rolling,
            released: train.released,
            latest: row.latest().map(|latest| word(latest.version.as_str())),
            latest_date: row.latest().map(|latest| latest.date),
        }
    }
}

impl Phase {
    fn of(phase: &schedule::Phase) -> Self {
        Self {
            name: word(&phase.name),
            level: word(phase.level.as_str()),
            from: phase.from,
            to: phase.to,
        }
    }
}

impl Milestone {
    fn of(named: &schedule::NamedMilestone) -> Self {
        Self {
            id: word(&named.name.id),
            name: word(&named.name.name),
            short: named.name.short.as_deref().map(word),
            date: Some(named.date),
            planned: named.planned,
        }
    }
}

impl Patch {
    fn of(patch: &schedule::Patch) -> Self {
        Self {
            date: Some(patch.date),
            version: patch.version.as_ref().map(|version| word(version.as_str())),
            milestones: patch.milestones.iter().map(Milestone::of).collect(),
        }
    }
}

/// Texts by the ids of their columns.
pub type Fields = BTreeMap<String, Word>;

fn fields(train: &schedule::Train) -> Fields {
    let fields = train.fields.iter();
    fields
        .map(|field| (field.id.to_string(), word(&field.text)))
        .collect()
}

/// A line of text that is safe to print, also where somebody else wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Word(String);

fn word(text: &str) -> Word {
    Word(text.to_owned())
}

impl TryFrom<String> for Word {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(|label: Label| word(&label))
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The trains of the board's window, as JSON with a line end at its end.
pub fn board(board: &schedule::Board) -> String {
    text(&Board::of(board))
}

/// One train, as the board has it.
pub fn train(row: &Row) -> String {
    text(&Train::of(row))
}

/// Strings, numbers, lists and structs cannot fail to be written.
pub(super) fn text(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
