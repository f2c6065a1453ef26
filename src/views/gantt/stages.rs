//! What a train goes through, as a chart shows it: its phases, and the time
//! between branch and release.

use crate::schedule::{Day, End, EndDay, Level, Phase, Row, Status};

/// How a bar looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Pre,
    Current,
    Lts,
    Maintenance,
    Extended,
    Ended,
}

impl Look {
    /// All of them, in the order of a legend.
    pub(super) const ALL: [Self; 6] = [
        Self::Pre,
        Self::Current,
        Self::Lts,
        Self::Maintenance,
        Self::Extended,
        Self::Ended,
    ];

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Pre => "tb-pre",
            Self::Current => "tb-current",
            Self::Lts => "tb-lts",
            Self::Maintenance => "tb-maintenance",
            Self::Extended => "tb-extended",
            Self::Ended => "tb-ended",
        }
    }

    /// What it means, for where the phases' own names do not fit.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Pre => "Before the release",
            Self::Current => "Supported",
            Self::Lts => "Long-term support",
            Self::Maintenance => "Maintenance",
            Self::Extended => "Extended support",
            Self::Ended => "Ended",
        }
    }
}

impl From<Level> for Look {
    fn from(level: Level) -> Self {
        match level {
            Level::Pre => Self::Pre,
            Level::Current => Self::Current,
            Level::Lts => Self::Lts,
            Level::Maintenance => Self::Maintenance,
            Level::Extended => Self::Extended,
        }
    }
}

/// One bar, before the picture's edges clip it.
#[derive(Clone, Debug)]
pub(super) struct Stage<'a> {
    pub(super) look: Look,
    /// Whether it lies before the release, and is drawn lower.
    pub(super) is_pre: bool,
    /// Whether it has yet to become true.
    pub(super) is_planned: bool,
    pub(super) name: &'a str,
    pub(super) short: Option<&'a str>,
    /// First day since 1970-01-01; none when it is not known.
    pub(super) from: Option<i32>,
    /// First day after it; none when it is open or not known.
    pub(super) to: Option<i32>,
}

/// The name of the time between branch and release when no phase has one.
pub(super) const STABILISING: &str = "Stabilising";

/// All stages of a train, in order of time.
pub(super) fn of(row: &Row, meaning: EndDay) -> Vec<Stage<'_>> {
    let over = row.end().first_day_without(meaning).map(Day::number);
    let phases = &row.train().phases;
    let has_pre = phases.iter().any(|phase| phase.level == Level::Pre);
    let mut stages = Vec::with_capacity(phases.len() + 1);
    stages.extend(stabilising(row).filter(|_| !has_pre));
    stages.extend(phases.iter().map(|phase| stage(row, phase)));
    if let Some(last) = stages.last_mut().filter(|stage| !stage.is_pre) {
        last.to = over;
    }
    stages
}

fn stage<'a>(row: &Row, phase: &'a Phase) -> Stage<'a> {
    let is_pre = phase.level == Level::Pre;
    Stage {
        look: look(row, phase.level),
        is_pre,
        is_planned: is_planned(row, is_pre),
        name: &phase.name,
        short: phase.short.as_deref(),
        from: phase.from.map(Day::number),
        to: phase.to.map(Day::number),
    }
}

fn stabilising(row: &Row) -> Option<Stage<'static>> {
    let branch = row.branch().day()?;
    let release = row.release().day();
    let before = release.is_none_or(|release| branch < release);
    let known = release.is_some() || row.status() == Status::Stabilising;
    (before && known).then(|| Stage {
        look: look(row, Level::Pre),
        is_pre: true,
        is_planned: is_planned(row, true),
        name: STABILISING,
        short: None,
        from: Some(branch.number()),
        to: release.map(Day::number),
    })
}

fn look(row: &Row, level: Level) -> Look {
    if row.status() == Status::Ended {
        Look::Ended
    } else {
        level.into()
    }
}

fn is_planned(row: &Row, is_pre: bool) -> bool {
    match row.status() {
        Status::Planned => true,
        Status::Stabilising => !is_pre,
        Status::Supported | Status::Ended => false,
    }
}

/// Whether its end is known to have come, but not when.
pub(super) fn ended_at_some_time(row: &Row) -> bool {
    row.end() == End::Unknown
}
