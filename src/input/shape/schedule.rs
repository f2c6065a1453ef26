//! The tables of `schedule.toml`.

use super::{Clash, Form, Key, Shape, Usual, words};
use crate::schedule::{
    ALLOWABLE, Bump, EndDay, Label, Level, MAX_FACTS, MAX_ROWS, Note, SupportFrom, Weekend,
};

const LABEL: Form = Form::Line(Label::LIMIT);
const VERSION: Form = Form::Line(Label::LIMIT);
const ID: Form = Form::Id;
const NOTE: Form = Form::Line(Note::LIMIT);
const ADDRESS: Form = Form::Address(Note::LIMIT);
const ROWS: Form = Form::Count(0, MAX_ROWS);
const NO: Usual = Usual::Flag(false);

pub(in crate::input) const END_DAYS: [(&str, EndDay); 2] = [
    ("unsupported", EndDay::Unsupported),
    ("supported", EndDay::Supported),
];
pub(in crate::input) const BUMPS: [(&str, Bump); 2] =
    [("major", Bump::Major), ("minor", Bump::Minor)];
pub(in crate::input) const WEEKENDS: [(&str, Weekend); 2] =
    [("keep", Weekend::Keep), ("after", Weekend::After)];
pub(in crate::input) const SUPPORT_FROM: [(&str, SupportFrom); 2] = [
    ("plan", SupportFrom::Plan),
    ("release", SupportFrom::Release),
];

/// The whole file.
pub(in crate::input) static SCHEDULE: Shape = Shape::new(&[
    Key::required(
        "project",
        Form::Table(&PROJECT),
        "The project, and how it writes its versions and days.",
    ),
    Key::optional(
        "cadence",
        Form::TableOrTables(&CADENCE),
        "The rule that makes trains. Without it, every train is written out. Where it changes, [[cadence]] is repeated, each from its own anchor on.",
    ),
    Key::optional(
        "channel",
        Form::Tables(&CHANNEL, None),
        "Classes of trains. The first that fits a train is its channel.",
    ),
    Key::optional(
        "window",
        Form::Table(&WINDOW),
        "Which trains a board shows: those that any of the keys asks for.",
    ),
    Key::optional(
        "train",
        Form::Tables(&TRAIN, Some(MAX_ROWS)),
        "A train that is written out or, beside a cadence, what is different about one.",
    ),
    Key::optional(
        "release",
        Form::Tables(&RELEASE, Some(MAX_FACTS)),
        "What has happened: an entry for each release. A script can append them.",
    ),
]);

static PROJECT: Shape = Shape {
    clash: Some(Clash {
        keys: ["follows", "end-day"],
        title: "a project that follows another means its ends as that one does",
    }),
    ..Shape::new(PROJECT_KEYS)
};

const PROJECT_KEYS: &[Key] = &[
    Key::required(
        "name",
        LABEL,
        "What the project calls itself, in titles and in the summary.",
    ),
    Key::optional(
        "id",
        ID,
        "What machines call the project, in addresses, markers and feeds. Without it, the name in lower case; in schedules/ it is the name of the file.",
    ),
    Key::optional(
        "category",
        LABEL,
        "Where the project stands among the projects of a site.",
    ),
    Key::optional(
        "follows",
        ID,
        "The id of the project whose trains this one follows: the same versions, on the same days.",
    ),
    Key::optional(
        "version-label",
        LABEL,
        "How a train is written. It may use {version}, {major}, {minor} and {patch}.",
    )
    .usually(Usual::Text("{version}")),
    Key::optional(
        "branch-label",
        LABEL,
        "How the branch of a train is written, such as release-{version}. Without it, the last of three numbers becomes x: 50.0.x.",
    ),
    Key::optional(
        "end-day",
        Form::Choice(&words(&END_DAYS)),
        "What every end in this file means: the first day without support, or the last day with it.",
    )
    .usually(Usual::Text("unsupported")),
    Key::optional("links", Form::Table(&LINKS), "Where things are to be found."),
];

static LINKS: Shape = Shape::new(&[Key::optional(
    "release",
    ADDRESS,
    "The address of a release. It may use {version}, {major}, {minor} and {patch}.",
)]);

static CADENCE: Shape = Shape::new(&[
    Key::required("anchor", Form::Table(&ANCHOR), "The first train."),
    Key::required(
        "every",
        Form::Length,
        "From one train to the next, such as 1 month or 6 weeks. Steps are counted from the anchor.",
    ),
    Key::optional(
        "on",
        Form::WeekdayOfMonth,
        "On which day of its month a train leaves, such as second tuesday or last friday.",
    ),
    Key::optional(
        "bump",
        Form::Choice(&words(&BUMPS)),
        "Which number of the version grows from train to train.",
    )
    .usually(Usual::Text("major")),
    Key::optional(
        "branch",
        Form::LengthBefore,
        "When the branch of a train is cut, such as 15 days before.",
    ),
    Key::optional(
        "weekend",
        Form::Choice(&words(&WEEKENDS)),
        "A release that falls on a weekend keeps its day, or moves to the Monday after.",
    )
    .usually(Usual::Text("keep")),
]);

static ANCHOR: Shape = Shape::new(&[
    Key::required("version", VERSION, "The version of the first train."),
    Key::required("date", Form::Day, "The day of the first train."),
]);

static CHANNEL: Shape = Shape::new(&[
    Key::required("name", LABEL, "The channel's name."),
    Key::optional(
        "every",
        Form::Count(1, u32::MAX as usize),
        "Only trains whose number is a multiple of this; the number is the one that bump names.",
    ),
    Key::optional("from", VERSION, "Only trains from this version on."),
    Key::optional("badge", LABEL, "A short word beside the version."),
    Key::optional(
        "upcoming",
        ROWS,
        "How many coming trains of this channel a board always shows.",
    )
    .usually(Usual::Count(0)),
    Key::optional(
        "support-from",
        Form::Choice(&words(&SUPPORT_FROM)),
        "What support is counted from: the planned day, or the day of the release.",
    )
    .usually(Usual::Text("plan")),
    Key::optional(
        "phases",
        Form::Tables(&PHASE, None),
        "The phases of its trains, in order. Without any, trains are supported with no end announced.",
    ),
]);

static PHASE: Shape = Shape {
    clash: Some(Clash {
        keys: ["for", "releases"],
        title: "a phase lasts for a time or for a number of releases",
    }),
    ..Shape::new(&[
        Key::required("name", LABEL, "The phase's name."),
        Key::optional(
            "short",
            LABEL,
            "A shorter name for the chart, where the full one does not fit its bar.",
        ),
        Key::optional(
            "level",
            Form::Choice(&words(&Level::NAMES)),
            "How much support there is: pre is none yet, extended is partial or paid for.",
        )
        .usually(Usual::Text("current")),
        Key::optional(
            "from",
            Form::Day,
            "The phase's first day; only for the phases of one train.",
        ),
        Key::optional(
            "for",
            Form::Length,
            "How long it lasts, such as 24 months. Say for or releases, not both.",
        ),
        Key::optional(
            "releases",
            Form::Count(1, MAX_ROWS),
            "How long it lasts, in trains: 2 is until the second newer train.",
        ),
        Key::optional(
            "round",
            Form::Round,
            "To which later day its end moves: month-end, year-end, or such as day 28.",
        ),
    ])
};

static WINDOW: Shape = Shape::new(&[
    Key::optional(
        "recent",
        ROWS,
        "How many of the newest trains that are out, in whatever state.",
    )
    .usually(Usual::Count(3)),
    Key::optional(
        "upcoming",
        ROWS,
        "How many of the next trains, of any channel.",
    )
    .usually(Usual::Count(1)),
    Key::optional(
        "supported",
        Form::Flag,
        "Whether every train under support is shown.",
    )
    .usually(Usual::Flag(true)),
]);

static TRAIN: Shape = Shape::new(&[
    Key::required("version", VERSION, "The train's version, in quotes."),
    Key::optional("name", LABEL, "Its codename."),
    Key::optional(
        "channel",
        LABEL,
        "The name of its channel; otherwise the first that fits.",
    ),
    Key::optional(
        "badge",
        LABEL,
        "A short word beside the version, in place of the channel's.",
    ),
    Key::optional(
        "branch",
        Form::Day,
        "The day its branch is cut; otherwise as the cadence has it.",
    ),
    Key::optional(
        "release",
        Form::Day,
        "The day it leaves; otherwise as the cadence has it, or not announced.",
    ),
    Key::optional(
        "phases",
        Form::Tables(&PHASE, None),
        "Its own phases, in place of the channel's.",
    ),
    Key::optional(
        "end",
        Form::DayOrMonth,
        "When its support ends: a day, or a month such as 2030-10, which is supported whole.",
    ),
    Key::optional(
        "ended",
        Form::Flag,
        "Its support is over, and nobody wrote down since when.",
    )
    .usually(NO),
    Key::optional(
        "released",
        Form::Flag,
        "It is out, and nobody wrote down since when.",
    )
    .usually(NO),
    Key::optional("skip", NOTE, "Why it never leaves."),
    Key::optional("note", NOTE, "The reason for what is unusual."),
    Key::optional("link", ADDRESS, "Where more is said about it."),
    Key::optional("allow", Form::Choices(&ALLOWABLE), ALLOW),
]);

static RELEASE: Shape = Shape::new(&[
    Key::required("version", VERSION, "The version released, in quotes."),
    Key::required("date", Form::Day, "The day it was published."),
    Key::optional(
        "train",
        VERSION,
        "The train it rides on, where its version does not tell.",
    ),
    Key::optional(
        "pre",
        Form::Flag,
        "Whether it is a pre-release, where its version does not tell.",
    ),
    Key::optional(
        "security",
        Form::Flag,
        "Whether it mends a security problem.",
    )
    .usually(NO),
    Key::optional("link", ADDRESS, "Its address, in place of the project's."),
    Key::optional("note", NOTE, "What is to be known about it."),
    Key::optional("allow", Form::Choices(&ALLOWABLE), ALLOW),
]);

const ALLOW: &str = "Findings that are true and known, and not to be reported. The note says why.";
