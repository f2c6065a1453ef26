//! A schedule as it was written: each value is sound by itself, and
//! [`Schedule::new`] checks how they fit together.
//!
//! [`Schedule::new`]: super::Schedule::new

use std::str::FromStr;

use super::calendar::VersionPattern;
use super::choice::choice;
use super::closed::Closed;
use super::day::Day;
use super::follow::Fill;
use super::id::Id;
use super::length::{Before, BeforeRelease, Length, Offset, PhaseLength};
use super::named::Named;
use super::round::{Round, WeekdayOfMonth};
use super::text::{Address, Label, Note};
use super::version::Version;
use super::when::When;

/// All tables of a `schedule.toml`, and all their keys: the only place in which
/// a key is said. A table has keys that must be there and keys that may; each
/// has the sentence that editors show, the field that holds its value, the type
/// of the value, and its name in the file. After the name may follow
///
/// - `in (0, 9)`: the limits of a number, or of the length of a list,
/// - `as Form`: a way to write a list that is not the usual one,
/// - `usually "x"`: what counts without the key, where its field stays empty,
/// - `or X`: what counts without the key, and is then in its field.
///
/// `tables!(expand)` hands all of them to another macro: here to the one that
/// makes structs of them, in `input` to the one that reads and writes them.
macro_rules! tables {
    ($expand:ident) => {
        $expand! {
            /// The whole of a `schedule.toml`.
            Draft {
                must {
                    /// The project, and how it writes its versions and days.
                    project: Project = "project",
                }
                may {
                    /// The rule that makes trains. Without it, every train is written out. Where it changes, [[cadence]] is repeated, each from its own anchor on.
                    cadences: Vec<Cadence> = "cadence" as OneOrMore,
                    /// Classes of trains. The first that fits a train is its channel.
                    channels: Vec<Channel> = "channel",
                    /// Named days in the life of every train, or of those of a channel.
                    milestones: Vec<MilestoneRule> = "milestone" in (0, MAX_MILESTONES),
                    /// Columns of the table that the project fills itself.
                    columns: Vec<ColumnRule> = "column" in (0, MAX_COLUMNS),
                    /// Which trains a board shows: those that any of the keys asks for.
                    window: Option<Window> = "window",
                    /// A train that is written out or, beside a cadence, what is different about one.
                    trains: Vec<TrainEntry> = "train" in (0, MAX_ROWS) as Each,
                    /// What has happened: an entry for each release. A script can append them.
                    releases: Vec<ReleaseEntry> = "release" in (0, MAX_FACTS) as Each,
                }
            }

            /// `[project]`
            Project {
                must {
                    /// What the project calls itself, in titles and in the summary.
                    name: Label = "name",
                }
                may {
                    /// What machines call the project, in addresses, markers and feeds. Without it, the name in lower case; in schedules/ it is the name of the file.
                    id: Option<Id> = "id",
                    /// Where the project stands among the projects of a site.
                    category: Option<Label> = "category",
                    /// The id of the project whose trains this one follows: the same versions, on the same days.
                    follows: Option<Id> = "follows",
                    /// How a train is written. It may use {version}, {major}, {minor} and {patch}.
                    version_label: Option<Label> = "version-label" usually "{version}",
                    /// How the branch of a train is written, such as release-{version}. Without it, the last of three numbers becomes x: 50.0.x.
                    branch_label: Option<Label> = "branch-label",
                    /// What every end in this file means: the first day without support, or the last day with it.
                    end_day: EndDay = "end-day" or EndDay::Unsupported,
                    /// What a planned day means that has come and that nobody recorded: the train is due, and not out (confirmed), or it counts as out, and is told to be by plan (trusted). Without the key: confirmed in a file that records anything, else trusted.
                    plans: Option<Plans> = "plans",
                    /// Where things are to be found.
                    links: Option<Links> = "links",
                }
                not "follows" with "end-day": "a project that follows another means its ends as that one does"
            }

            /// `[project.links]`
            Links {
                must {}
                may {
                    /// The address of a release. It may use {version}, {major}, {minor} and {patch}.
                    release: Option<Address> = "release",
                }
            }

            /// `[cadence]`: a train every so often.
            Cadence {
                must {
                    /// The first train.
                    anchor: Anchor = "anchor",
                    /// From one train to the next, such as 1 month or 6 weeks. Steps are counted from the anchor.
                    every: Length = "every",
                }
                may {
                    /// On which day of its month a train leaves, such as second tuesday or last friday.
                    on: Option<WeekdayOfMonth> = "on",
                    /// Which number of the version grows from train to train; or the calendar writes the versions, as version has it.
                    bump: Bump = "bump" or Bump::Major,
                    /// How the calendar writes the version of a train from its day, such as YY.0M: YYYY, YY, 0Y, MM, 0M, WW, 0W, DD, 0D and other text. For bump = "calendar".
                    version: Option<VersionPattern> = "version",
                    /// The last train. Without it, trains leave until the next cadence begins.
                    until: Option<Version> = "until",
                    /// When the branch of a train is cut, such as 15 days before.
                    branch: Option<Before> = "branch",
                    /// A release that falls on a weekend keeps its day, or moves to the Monday after, the Friday before, or the nearest of both.
                    weekend: Weekend = "weekend" or Weekend::Keep,
                    /// Days on which nothing is released, such as 2026-12-24 or "2026-12-24/2027-01-04": a release moves past them, to where weekend moves it.
                    closed: Closed = "closed" or Closed::default(),
                }
            }

            /// `anchor` of a cadence.
            Anchor {
                must {
                    /// The version of the first train.
                    version: Version = "version",
                    /// The day of the first train; a month, quarter or year will do where the days of trains are not known.
                    date: When = "date",
                }
                may {}
            }

            /// `[[channel]]`: a class of trains and the phases they go through.
            Channel {
                must {
                    /// The channel's name.
                    name: Label = "name",
                }
                may {
                    /// Only trains whose number is a multiple of this; the number is the one that bump names. Trains that a calendar names are counted.
                    every: Option<u32> = "every" in (1, u32::MAX as usize),
                    /// What every takes: the multiples of it, or every so many trains counted from the one that from names, else from the anchor.
                    count: Option<Count> = "count",
                    /// Only trains from this version on.
                    from: Option<Version> = "from",
                    /// A short word beside the version.
                    badge: Option<Label> = "badge",
                    /// How many coming trains of this channel a board always shows.
                    upcoming: u32 = "upcoming" in (0, MAX_ROWS) or 0,
                    /// What support is counted from: the planned day, or the day of the release.
                    support_from: SupportFrom = "support-from" or SupportFrom::Plan,
                    /// The phases of its trains, in order. Without any, trains are supported with no end announced.
                    phases: Vec<PhaseRule> = "phases" in (0, MAX_PHASES),
                    /// The rule by which supported trains get patch releases.
                    patches: Option<PatchRule> = "patches",
                    /// What stands in columns of the project, such as { php = "8.2 to 8.4" }.
                    fields: Named<Label> = "fields" in (0, MAX_COLUMNS),
                }
            }

            /// `patches` of a channel: a patch release every so often.
            PatchRule {
                must {
                    /// From one patch release to the next, such as 1 month or 2 weeks. Steps are counted from the release of the train.
                    every: Length = "every",
                }
                may {
                    /// On which day of its month a patch is released, such as second tuesday.
                    on: Option<WeekdayOfMonth> = "on",
                    /// Days that each patch release has before it.
                    milestones: Vec<PatchMilestone> = "milestones" in (0, MAX_MILESTONES),
                }
            }

            /// One of `milestones` of patches.
            PatchMilestone {
                must {
                    /// Its name, such as Cherry-pick deadline.
                    name: Label = "name",
                    /// So long before the patch release, such as 4 days before release.
                    when: BeforeRelease = "when",
                }
                may {
                    /// A shorter name.
                    short: Option<Label> = "short",
                }
            }

            /// `[[milestone]]`: a named day in the life of every train.
            MilestoneRule {
                must {
                    /// The milestone's name, such as Feature freeze.
                    name: Label = "name",
                    /// When it is: so long before or after the branch, the release, the end or another milestone, such as 6 weeks before release.
                    when: Offset = "when",
                }
                may {
                    /// What markers, columns and [[train]] call it. Without it, the name in lower case: feature-freeze.
                    id: Option<Id> = "id",
                    /// A shorter name.
                    short: Option<Label> = "short",
                    /// The name of the channel whose trains have it. Without it, all of them have.
                    channel: Option<Label> = "channel",
                }
            }

            /// `[[column]]`: a column of the table, which trains and channels fill.
            ColumnRule {
                must {
                    /// What fields and markers call it.
                    id: Id = "id",
                    /// What stands above it.
                    title: Label = "title",
                }
                may {}
            }

            /// One of `milestones` of a train that no other has.
            OwnMilestone {
                must {
                    /// The milestone's name.
                    name: Label = "name",
                    /// When it is: a day, or a month, quarter or year.
                    date: When = "date",
                }
                may {
                    /// A shorter name.
                    short: Option<Label> = "short",
                }
            }

            /// One of `phases`, as a rule.
            PhaseRule {
                must {
                    /// The phase's name.
                    name: Label = "name",
                }
                may {
                    /// A shorter name for the chart, where the full one does not fit its bar.
                    short: Option<Label> = "short",
                    /// How much support there is: pre is none yet, extended is partial or paid for.
                    level: Level = "level" or Level::Current,
                    /// When the phase begins: so long before the release, such as 5 months before, for phases of level pre; a date, for the phases of one train.
                    from: Option<PhaseStart> = "from",
                    /// How long it lasts, such as 24 months; or until how long after the release, such as 18 months after release.
                    length: Option<PhaseLength> = "for",
                    /// How long it lasts, in trains: 2 is until the second newer train that leaves after this phase began.
                    releases: Option<u32> = "releases" in (1, MAX_ROWS),
                    /// Which end counts where both for and releases say one.
                    whichever: Option<Whichever> = "whichever",
                    /// To which later day its end moves: month-end, quarter-end, year-end, day 28, tuesday, second tuesday, second thursday of november. With month, quarter or year it is told without a day.
                    round: Option<Round> = "round",
                }
            }

            /// `[window]`: which trains a board shows.
            #[derive(Copy)]
            Window {
                must {}
                may {
                    /// How many of the newest trains that are out, in whatever state.
                    recent: u32 = "recent" in (0, MAX_ROWS) or 3,
                    /// How many of the next trains, of any channel.
                    upcoming: u32 = "upcoming" in (0, MAX_ROWS) or 1,
                    /// Whether every train under support is shown.
                    supported: bool = "supported" or true,
                    /// Which trains come first in the table and the chart.
                    order: Order = "order" or Order::Oldest,
                }
            }

            /// `[[train]]`: a train, or what is different about one that a cadence makes.
            TrainEntry {
                must {
                    /// The train's version, in quotes.
                    version: Version = "version",
                }
                may {
                    /// Its codename.
                    name: Option<Label> = "name",
                    /// The name of its channel; otherwise the first that fits.
                    channel: Option<Label> = "channel",
                    /// A short word beside the version, in place of the channel's.
                    badge: Option<Label> = "badge",
                    /// The day its branch is cut; otherwise as the cadence has it.
                    branch: Option<When> = "branch",
                    /// When it is to leave: a day, or a month, quarter or year such as 2030-10, 2030-Q4 or 2030; otherwise as the cadence has it, or not announced.
                    release: Option<When> = "release",
                    /// The day on which it came out; true where nobody wrote that down.
                    released: Released = "released" or Released::NotSaid,
                    /// Its own phases, in place of the channel's.
                    phases: Vec<PhaseRule> = "phases" in (0, MAX_PHASES),
                    /// When its support ends: a day, or a month, quarter or year such as 2030-10, 2030-Q4 or 2030, which is supported whole.
                    end: Option<When> = "end",
                    /// Its support is over, and nobody wrote down since when.
                    ended: bool = "ended" or false,
                    /// Its milestones by their ids: the dates of those that are not where their rule has them, such as { feature-freeze = 2026-05-05 }, and those of its own, such as { beta = { name = "Beta", date = "2026-06" } }.
                    milestones: Named<MilestoneEntry> = "milestones" in (0, MAX_MILESTONES),
                    /// What stands in columns of the project, in place of what the channel says.
                    fields: Named<Label> = "fields" in (0, MAX_COLUMNS),
                    /// It is a branch that is always there and never released, such as main.
                    rolling: bool = "rolling" or false,
                    /// Why it never leaves.
                    skip: Option<Note> = "skip",
                    /// The reason for what is unusual.
                    note: Option<Note> = "note",
                    /// Where more is said about it.
                    link: Option<Address> = "link",
                    /// Findings that are true and known, and not to be reported. The note says why.
                    allow: Allow = "allow",
                }
            }

            /// `[[release]]`: a fact.
            ReleaseEntry {
                must {
                    /// The version released, in quotes.
                    version: Version = "version",
                    /// The day it was published.
                    date: Day = "date",
                }
                may {
                    /// The train it rides on, where its version does not tell.
                    train: Option<Version> = "train",
                    /// Whether it is a pre-release, where its version does not tell.
                    pre: Option<bool> = "pre",
                    /// Whether it mends a security problem.
                    security: bool = "security" or false,
                    /// Its address, in place of the project's.
                    link: Option<Address> = "link",
                    /// What is to be known about it.
                    note: Option<Note> = "note",
                    /// Findings that are true and known, and not to be reported. The note says why.
                    allow: Allow = "allow",
                }
            }
        }
    };
}

pub(crate) use tables;

/// Makes a struct of each table, with a way to make one that says only what it
/// must.
macro_rules! structs {
    ($(
        $(#[$about:meta])*
        $Table:ident {
            must { $( $(#[$must_meaning:meta])* $must:ident: $Must:ty = $must_key:literal, )* }
            may { $(
                $(#[$may_meaning:meta])*
                $may:ident: $May:ty = $may_key:literal $(in $limits:tt)? $(as $Form:ident)?
                    $(usually $usual:literal)? $(or $default:expr)?,
            )* }
            $(not $one:literal with $other:literal: $why:literal)?
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(rustdoc::broken_intra_doc_links, reason = "the sentences name tables of TOML")]
        pub struct $Table {
            $( $(#[$must_meaning])* pub $must: $Must, )*
            $( $(#[$may_meaning])* pub $may: $May, )*
        }

        constructor!($Table [$($must: $Must,)*] [$($may: or_default!($($default)?),)*]);
        filled!($Table $($may)*);
    )*};
}

macro_rules! constructor {
    ($Table:ident [] [$($may:ident: $usual:expr,)*]) => {
        impl Default for $Table {
            fn default() -> Self {
                Self { $($may: $usual,)* }
            }
        }
    };
    ($Table:ident [$($must:ident: $Must:ty,)+] [$($may:ident: $usual:expr,)*]) => {
        impl $Table {
            /// One that says only what it must.
            pub fn new($($must: $Must),+) -> Self {
                Self { $($must,)+ $($may: $usual,)* }
            }
        }
    };
}

macro_rules! or_default {
    () => {
        Default::default()
    };
    ($default:expr) => {
        $default
    };
}

/// What a project that follows another takes from it for a train.
macro_rules! filled {
    (TrainEntry $($may:ident)*) => {
        impl TrainEntry {
            /// Says what the other entry says, where this one says nothing.
            pub(super) fn fill_from(&mut self, other: Self) {
                $( self.$may.fill_from(other.$may); )*
            }
        }
    };
    ($Table:ident $($may:ident)*) => {};
}

tables!(structs);

impl Project {
    /// What machines call it: its `id`, else what becomes of its name.
    pub fn into_id(self) -> Id {
        self.id.unwrap_or_else(|| Id::of_name(&self.name))
    }

    /// What machines call it, which a schedule always knows.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// Where a release is to be found, with `{version}`, `{major}`, `{minor}`
    /// and `{patch}`.
    pub fn release_link(&self) -> Option<&Address> {
        self.links.as_ref()?.release.as_ref()
    }
}

impl MilestoneRule {
    /// What machines call it, which a schedule always knows.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }
}

/// What is written of a milestone of one train.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MilestoneEntry {
    /// The date of one that a rule gives to it.
    Moved(When),
    /// One that no other train has.
    Own(OwnMilestone),
}

choice! {
    /// What the day of an end means.
    EndDay {
        /// It is the first day without support.
        Unsupported = "unsupported",
        /// It is the last day with support.
        Supported = "supported",
    }
}

impl EndDay {
    /// The date on which a phase begins, after one that ends on that date.
    pub(crate) fn beginning_after(self, end: When) -> Option<When> {
        match (self, end.day()) {
            (Self::Supported, Some(day)) => day.next().map(When::from),
            _ => Some(end),
        }
    }
}

choice! {
    /// Which number of a version grows from train to train.
    Bump {
        /// The first.
        Major = "major",
        /// The second.
        Minor = "minor",
        /// None: versions are written from days.
        Calendar = "calendar",
    }
}

choice! {
    /// Which trains a channel takes with `every`.
    Count {
        /// Those whose number is a multiple.
        Multiples = "multiples",
        /// Those that are so many trains apart.
        From = "from",
    }
}

choice! {
    /// What becomes of a release planned for a weekend.
    Weekend {
        /// It stays.
        Keep = "keep",
        /// It moves to the Monday after.
        After = "after",
        /// It moves to the Friday before.
        Before = "before",
        /// It moves to the nearer of both.
        Nearest = "nearest",
    }
}

choice! {
    /// The day that support is counted from.
    SupportFrom {
        /// The planned day, so that a slip does not move the end.
        Plan = "plan",
        /// The recorded day, as soon as there is one.
        Release = "release",
    }
}

choice! {
    /// How well a train is supported in a phase.
    Level {
        /// Not yet: before the release.
        Pre = "pre",
        /// Fully.
        Current = "current",
        /// Fully, and for long.
        Lts = "lts",
        /// Less than fully.
        Maintenance = "maintenance",
        /// For some: support that is paid for, or partial.
        Extended = "extended",
    }
}

impl ReleaseEntry {
    /// Whether it is a pre-release: as it says, else as its version does.
    pub fn is_pre_release(&self) -> bool {
        self.pre.unwrap_or_else(|| self.version.is_pre_release())
    }
}

choice! {
    /// Which trains come first.
    Order {
        /// Those of the lowest versions.
        Oldest = "oldest",
        /// Those of the highest versions.
        Newest = "newest",
    }
}

choice! {
    /// What a planned day means that has come and that nobody recorded.
    Plans {
        /// The train is due: it is out when a fact says so.
        Confirmed = "confirmed",
        /// The train is out, by plan.
        Trusted = "trusted",
    }
}

choice! {
    /// Which of two ends of a phase counts.
    Whichever {
        /// The later one.
        Later = "later",
        /// The earlier one.
        Earlier = "earlier",
    }
}

/// When a phase begins, where that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseStart {
    /// On a date.
    On(When),
    /// So long before the release.
    Before(Length),
}

impl From<Day> for PhaseStart {
    fn from(day: Day) -> Self {
        Self::On(day.into())
    }
}

impl FromStr for PhaseStart {
    type Err = String;

    /// Reads a date, or a length and `before`.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.ends_with("before") {
            return text.parse().map(|Before(length)| Self::Before(length));
        }
        text.parse().map(Self::On)
    }
}

impl PhaseStart {
    /// The date, where it is one.
    pub fn date(self) -> Option<When> {
        match self {
            Self::On(when) => Some(when),
            Self::Before(_) => None,
        }
    }
}

/// Whether a train came out, as far as its entry says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Released {
    /// The entry does not say.
    NotSaid,
    /// On that day.
    On(Day),
    /// On a day that nobody wrote down.
    SomeDay,
}

impl From<Day> for Released {
    fn from(day: Day) -> Self {
        Self::On(day)
    }
}

impl FromStr for Released {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self::On)
    }
}

impl Released {
    /// On a day that nobody wrote down, if it is out at all.
    pub fn some_day_if(is_out: bool) -> Self {
        if is_out { Self::SomeDay } else { Self::NotSaid }
    }

    /// The day, where it is known.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::On(day) => Some(day),
            Self::NotSaid | Self::SomeDay => None,
        }
    }

    /// Whether the entry says that it came out.
    pub fn is_said(self) -> bool {
        self != Self::NotSaid
    }
}

/// Codes of findings that are known and true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow(pub Vec<String>);
