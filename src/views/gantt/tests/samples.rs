//! Schedules to draw in tests.

use crate::schedule::{
    Anchor, Before, Board, Cadence, Channel, Day, Draft, EndDay, Label, Length, Level, PhaseRule,
    Project, Released, Schedule, TrainEntry, When,
};

pub(in crate::views::gantt) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(in crate::views::gantt) fn label(text: &str) -> Label {
    text.parse().unwrap()
}

pub(in crate::views::gantt) fn phase(name: &str, level: Level) -> PhaseRule {
    PhaseRule {
        level,
        ..PhaseRule::new(label(name))
    }
}

fn lasting(months: u32, phase: PhaseRule) -> Vec<PhaseRule> {
    vec![PhaseRule {
        length: Some(Length::months(months).into()),
        ..phase
    }]
}

/// A train every month, each twelfth supported for two years.
pub(in crate::views::gantt) fn wasmtime() -> Draft {
    let mut draft = Draft::new(Project::new(label("Wasmtime")));
    draft.cadences.push(Cadence {
        branch: Some(Before(Length::days(15))),
        ..Cadence::new(
            Anchor::new("1.0.0".parse().unwrap(), day("2022-09-20").into()),
            Length::months(1),
        )
    });
    draft.channels = vec![
        Channel {
            every: Some(12),
            from: Some("24.0.0".parse().unwrap()),
            badge: Some(label("LTS")),
            upcoming: 1,
            phases: lasting(24, phase("Long-term support", Level::Lts)),
            ..Channel::new(label("LTS"))
        },
        Channel {
            phases: lasting(2, phase("Supported", Level::Current)),
            ..Channel::new(label("Normal"))
        },
    ];
    draft
}

/// Trains from the release to the end.
pub(in crate::views::gantt) fn lives(days: &[(&str, Option<&str>)]) -> Draft {
    let mut draft = Draft::new(Project::new(label("Lives")));
    let trains = (1..).zip(days).map(|(n, (release, end))| TrainEntry {
        release: Some(day(release).into()),
        end: end.map(|end| day(end).into()),
        ..TrainEntry::new(format!("{n}").parse().unwrap())
    });
    draft.trains = trains.collect();
    draft
}

/// Trains with their phases written out.
pub(in crate::views::gantt) fn node() -> Draft {
    let mut draft = Draft::new(Project::new(label("Node.js")));
    draft.project.version_label = Some(label("v{version}"));
    draft.window.get_or_insert_default().recent = 6;
    let trains = [
        (
            "20",
            ["", "2023-04-18", "2023-10-24", "2024-10-22"],
            "2026-04-30",
        ),
        ("21", ["", "2023-10-17", "", "2024-04-01"], "2024-06-01"),
        (
            "22",
            ["", "2024-04-24", "2024-10-29", "2025-10-21"],
            "2027-04-30",
        ),
        ("23", ["", "2024-10-16", "", "2025-04-01"], "2025-06-01"),
        (
            "24",
            ["", "2025-05-06", "2025-10-28", "2026-10-20"],
            "2028-04-30",
        ),
        ("25", ["", "2025-10-15", "", "2026-04-01"], "2026-06-01"),
        (
            "26",
            ["", "2026-05-05", "2026-10-28", "2027-10-20"],
            "2029-04-30",
        ),
        (
            "27",
            ["2026-10-28", "2027-04-22", "", "2027-10-20"],
            "2030-04-30",
        ),
    ];
    draft.trains = trains
        .map(|(version, days, end)| node_train(version, days, end))
        .into();
    draft
}

fn node_train(version: &str, days: [&str; 4], end: &str) -> TrainEntry {
    let phases = [
        ("Alpha", Level::Pre),
        ("Current", Level::Current),
        ("Active LTS", Level::Lts),
        ("Maintenance", Level::Maintenance),
    ];
    let named = phases
        .into_iter()
        .zip(days)
        .filter(|(_, from)| !from.is_empty());
    let phases = named.map(|((name, level), from)| PhaseRule {
        from: Some(day(from).into()),
        ..phase(name, level)
    });
    TrainEntry {
        release: Some(day(days[1]).into()),
        phases: phases.collect(),
        badge: (!days[2].is_empty()).then(|| label("LTS")),
        end: Some(day(end).into()),
        ..TrainEntry::new(version.parse().unwrap())
    }
}

/// Everything that is not known, too long, or in need of care.
pub(in crate::views::gantt) fn awkward() -> Draft {
    let mut draft = Draft::new(Project::new(label("Néw <& \"Old\">")));
    draft.project.end_day = EndDay::Supported;
    draft.window.get_or_insert_default().recent = 20;
    draft.window.get_or_insert_default().upcoming = 20;
    draft.trains = [ended_somehow(), supported_somehow(), coming_somehow()].concat();
    draft
}

fn bare(version: &str) -> TrainEntry {
    TrainEntry::new(version.parse().unwrap())
}

fn since(version: &str, release: &str) -> TrainEntry {
    TrainEntry {
        released: day(release).into(),
        ..bare(version)
    }
}

fn end(text: &str) -> When {
    day(text).into()
}

fn ended_somehow() -> Vec<TrainEntry> {
    vec![
        TrainEntry {
            released: Released::SomeDay,
            ended: true,
            ..bare("1 unknown")
        },
        TrainEntry {
            ended: true,
            ..since("2 ended", "2025-02-01")
        },
    ]
}

fn supported_somehow() -> Vec<TrainEntry> {
    let phases = [
        ("Full", Level::Current, "2025-01-10"),
        ("Paid", Level::Extended, "2026-03-01"),
    ];
    let phases = phases.map(|(name, level, from)| PhaseRule {
        from: Some(day(from).into()),
        ..phase(name, level)
    });
    vec![
        TrainEntry {
            released: Released::SomeDay,
            end: Some(end("2027-03-01")),
            ..bare("3 no start")
        },
        TrainEntry {
            end: Some("2030-10".parse().unwrap()),
            ..since("4 month", "2026-01-01")
        },
        since("5 open", "2025-06-01"),
        TrainEntry {
            released: Released::SomeDay,
            ..bare("6 neither")
        },
        TrainEntry {
            phases: phases.into(),
            end: Some(end("2028-01-01")),
            badge: Some(label("<b>&\"EOL")),
            ..since("7 paid", "2025-01-10")
        },
        TrainEntry {
            end: Some(end("9999-12-31")),
            ..since("8 for ever", "2026-02-01")
        },
    ]
}

fn coming_somehow() -> Vec<TrainEntry> {
    vec![
        TrainEntry {
            branch: Some(day("2026-11-01").into()),
            ..bare("9 branched")
        },
        TrainEntry {
            release: Some(day("2027-01-20").into()),
            ..bare("10 planned, open")
        },
        bare("11 nothing known"),
    ]
}

/// The awkward trains with names that no gutter can hold.
pub(in crate::views::gantt) fn long_names() -> Draft {
    let mut draft = awkward();
    let names = [
        "W".repeat(190),
        "😀👩‍👩‍👧".repeat(30),
        "תמיכה ארוכת טווח ".repeat(11),
    ];
    for (train, name) in draft.trains.iter_mut().skip(3).zip(names) {
        let version = format!("{} {}", train.version, name.trim());
        *train = TrainEntry {
            badge: Some(label(&"long badge ".repeat(12))),
            version: version.parse().unwrap(),
            ..train.clone()
        };
    }
    draft
}

pub(in crate::views::gantt) fn board(draft: Draft, date: &str) -> Board {
    Schedule::new(draft).unwrap().at(day(date)).unwrap()
}

/// The schedule of one train a month with the last sixty of them.
pub(in crate::views::gantt) fn sixty() -> Board {
    let mut draft = wasmtime();
    draft.channels[0].from = None;
    draft.window.get_or_insert_default().recent = 51;
    draft.window.get_or_insert_default().upcoming = 9;
    board(draft, "2026-11-20")
}

/// All samples by name.
pub(in crate::views::gantt) fn all() -> Vec<(&'static str, Board)> {
    let empty = Draft::new(Project::new(label("Empty")));
    let mut single = awkward();
    single.trains.drain(..3);
    single.trains.truncate(1);
    let mut planned = awkward();
    planned.trains.drain(..9);
    let mut never = wasmtime();
    never.cadences.clear();
    let mut rolling = node();
    rolling.trains.push(TrainEntry {
        rolling: true,
        ..TrainEntry::new("main".parse().unwrap())
    });
    vec![
        ("wasmtime", board(wasmtime(), "2026-11-20")),
        ("wasmtime-new-year", board(wasmtime(), "2026-12-22")),
        ("node", board(node(), "2026-11-20")),
        ("sixty", sixty()),
        ("awkward", board(awkward(), "2026-11-20")),
        ("long-names", board(long_names(), "2026-11-20")),
        ("empty", board(empty, "2026-11-20")),
        ("never", board(never, "2026-11-20")),
        ("single", board(single, "2026-11-20")),
        ("planned", board(planned, "2026-11-20")),
        ("rolling", board(rolling, "2026-11-20")),
    ]
}
