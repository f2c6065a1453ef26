//! A schedule as it was written: each value is sound for itself, and nothing
//! is known yet about how they fit together. [`Schedule::new`] finds out.
//!
//! [`Schedule::new`]: super::Schedule::new

use super::day::{Day, Length, Month, Round, WeekdayOfMonth};
use super::id::Id;
use super::text::{Label, Note};
use super::version::Version;

/// The whole of a `schedule.toml`.
#[derive(Clone, Debug)]
pub struct Draft {
    /// `[project]`
    pub project: Project,
    /// `[cadence]`, or `[[cadence]]` where it changes from a train on
    pub cadences: Vec<Cadence>,
    /// `[[channel]]`, in their order
    pub channels: Vec<Channel>,
    /// `[window]`
    pub window: Option<Window>,
    /// `[[train]]`, in their order
    pub trains: Vec<TrainEntry>,
    /// `[[release]]`, in their order
    pub releases: Vec<ReleaseEntry>,
}

impl Draft {
    /// A schedule of that name without rules, trains or facts.
    pub fn new(name: Label) -> Self {
        Self {
            project: Project::new(name),
            cadences: Vec::new(),
            channels: Vec::new(),
            window: None,
            trains: Vec::new(),
            releases: Vec::new(),
        }
    }
}

/// `[project]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// What the project calls itself.
    pub name: Label,
    /// What machines call it.
    pub id: Id,
    /// Where it stands among the projects of a site.
    pub category: Option<Label>,
    /// The project whose trains it follows.
    pub follows: Option<Id>,
    /// How a train is written, such as `v{version}`.
    pub version_label: Option<Label>,
    /// How the branch of a train is written, such as `release-{version}`.
    pub branch_label: Option<Label>,
    /// Where a release is to be found, with `{version}`, `{major}`, `{minor}`
    /// and `{patch}`.
    pub release_link: Option<Note>,
    /// How every end of the schedule is meant.
    pub end_day: EndDay,
}

impl Project {
    /// A project of that name with the defaults.
    pub fn new(name: Label) -> Self {
        Self {
            id: Id::of_name(&name),
            name,
            category: None,
            follows: None,
            version_label: None,
            branch_label: None,
            release_link: None,
            end_day: EndDay::default(),
        }
    }
}

/// What the day of an end means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndDay {
    /// It is the first day without support.
    #[default]
    Unsupported,
    /// It is the last day with support.
    Supported,
}

impl EndDay {
    /// As `schedule.toml` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::Supported => "supported",
        }
    }
}

/// `[cadence]`: a train every so often.
#[derive(Clone, Debug)]
pub struct Cadence {
    /// The first train.
    pub anchor: Version,
    /// The day of the first train.
    pub date: Day,
    /// From one train to the next.
    pub every: Length,
    /// The number that grows.
    pub bump: Bump,
    /// On which day of its month a train leaves, where that is no date.
    pub on: Option<WeekdayOfMonth>,
    /// How long before its release a train is branched.
    pub branch: Option<Length>,
    /// What becomes of a release on a weekend.
    pub weekend: Weekend,
}

/// Which number of a version grows from train to train.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bump {
    /// The first.
    #[default]
    Major,
    /// The second.
    Minor,
}

/// What becomes of a release planned for a weekend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weekend {
    /// It stays.
    #[default]
    Keep,
    /// It moves to the Monday after.
    After,
}

/// `[[channel]]`: a class of trains and the phases they go through.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name.
    pub name: Label,
    /// Only trains whose number is a multiple of this.
    pub every: Option<u32>,
    /// Only trains from this one on.
    pub from: Option<Version>,
    /// Shown beside the version.
    pub badge: Option<Label>,
    /// How many coming trains of this channel a board always shows.
    pub upcoming: u32,
    /// Where support is counted from.
    pub support_from: SupportFrom,
    /// In order of time.
    pub phases: Vec<PhaseRule>,
}

/// The day that support is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SupportFrom {
    /// The planned day, so that a slip does not move the end.
    #[default]
    Plan,
    /// The recorded day, as soon as there is one.
    Release,
}

/// One phase, as a rule.
#[derive(Clone, Debug)]
pub struct PhaseRule {
    /// Its name.
    pub name: Label,
    /// A shorter name for where the name does not fit.
    pub short: Option<Label>,
    /// How well a train is supported in it.
    pub level: Level,
    /// Its first day; only for the phases of one train.
    pub from: Option<Day>,
    /// Until when.
    pub until: Until,
    /// To which later day its end moves.
    pub round: Option<Round>,
}

/// How long a phase lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Until {
    /// Until the next one begins, or the train ends.
    #[default]
    Next,
    /// For so long.
    For(Length),
    /// Until the day of the n-th newer train.
    Releases(u32),
}

/// How well a train is supported in a phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not yet: before the release.
    Pre,
    /// Fully.
    #[default]
    Current,
    /// Fully, and for long.
    Lts,
    /// Less than fully.
    Maintenance,
    /// For some: support that is paid for, or partial.
    Extended,
}

impl Level {
    /// All levels, as `schedule.toml` writes them.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("pre", Self::Pre),
        ("current", Self::Current),
        ("lts", Self::Lts),
        ("maintenance", Self::Maintenance),
        ("extended", Self::Extended),
    ];

    /// As `schedule.toml` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pre => "pre",
            Self::Current => "current",
            Self::Lts => "lts",
            Self::Maintenance => "maintenance",
            Self::Extended => "extended",
        }
    }
}

/// `[window]`: which trains a board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The newest trains released, in whatever state; at most 5,000.
    pub recent: u32,
    /// The next trains, of any channel; at most 5,000.
    pub upcoming: u32,
    /// Whether all that are supported on the day are shown.
    pub supported: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            recent: 3,
            upcoming: 1,
            supported: true,
        }
    }
}

/// `[[train]]`: a train, or what is different about one that a cadence makes.
#[derive(Clone, Debug)]
pub struct TrainEntry {
    /// Which train.
    pub version: Version,
    /// Its codename.
    pub name: Option<Label>,
    /// Its channel.
    pub channel: Option<Label>,
    /// Shown beside the version.
    pub badge: Option<Label>,
    /// The day it is branched.
    pub branch: Option<Day>,
    /// The day it is released.
    pub release: Option<Day>,
    /// Its own phases, in place of its channel's.
    pub phases: Vec<PhaseRule>,
    /// When its support ends.
    pub end: Option<WrittenEnd>,
    /// Its support ended, on a day that nobody wrote down.
    pub ended: bool,
    /// It was released, on a day that nobody wrote down.
    pub released: bool,
    /// Why it never leaves.
    pub skip: Option<Note>,
    /// The reason for what is different.
    pub note: Option<Note>,
    /// Where to read more.
    pub link: Option<Note>,
    /// Findings that are known and true.
    pub allow: Vec<String>,
}

impl TrainEntry {
    /// That train, with nothing said about it.
    pub fn new(version: Version) -> Self {
        Self {
            version,
            name: None,
            channel: None,
            badge: None,
            branch: None,
            release: None,
            phases: Vec::new(),
            end: None,
            ended: false,
            released: false,
            skip: None,
            note: None,
            link: None,
            allow: Vec::new(),
        }
    }
}

/// An end as precisely as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenEnd {
    /// On that day.
    Day(Day),
    /// Some day of that month, which is supported whole.
    Month(Month),
}

/// `[[release]]`: a fact.
#[derive(Clone, Debug)]
pub struct ReleaseEntry {
    /// Its version.
    pub version: Version,
    /// The day it was published, or is certain to be.
    pub date: Day,
    /// The train it rides on, where its version does not say.
    pub train: Option<Version>,
    /// Whether it is a pre-release, where its version does not say.
    pub pre: Option<bool>,
    /// Whether it mends a security issue.
    pub security: bool,
    /// Where to read more, in place of the project's link.
    pub link: Option<Note>,
    /// What is to be known about it.
    pub note: Option<Note>,
    /// Findings that are known and true.
    pub allow: Vec<String>,
}

impl ReleaseEntry {
    /// That version on that day.
    pub fn new(version: Version, date: Day) -> Self {
        Self {
            version,
            date,
            train: None,
            pre: None,
            security: false,
            link: None,
            note: None,
            allow: Vec::new(),
        }
    }
}
