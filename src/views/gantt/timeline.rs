//! A train's life as bars of a chart: its phases, and the time between branch
//! and release.

use crate::schedule::{Choice as _, Day, EndDay, Level, Phase, Row, Status, When};
use crate::views::words::STABILISING;

/// A train with its stages, in order of time.
pub(super) struct Timeline<'a> {
    pub(super) row: &'a Row,
    pub(super) stages: Vec<Stage<'a>>,
}

/// One bar, before the edges of the drawing clip it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage<'a> {
    pub(super) style: BarStyle,
    pub(super) name: &'a str,
    pub(super) short: Option<&'a str>,
    /// First day since 1970-01-01; none when it is not known.
    pub(super) from: Option<i32>,
    /// First day after it; none when it is open or not known.
    pub(super) to: Option<i32>,
    /// Whether it begins and ends on days, and not just within months.
    pub(super) is_exact: [bool; 2],
}

/// How a bar is drawn, apart from its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct BarStyle {
    pub(super) look: Look,
    /// Whether the bar lies before the release, and is drawn lower.
    pub(super) is_pre: bool,
    /// Whether the stage has yet to become true.
    pub(super) is_planned: bool,
}

/// What the colour of a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Of(Level),
    Ended,
}

impl<'a> Timeline<'a> {
    pub(super) fn new(row: &'a Row, meaning: EndDay) -> Self {
        if row.train().rolling {
            let stages = vec![Stage::rolling()];
            return Self { row, stages };
        }
        let phases = &row.train().phases;
        let has_pre = phases.iter().any(|phase| phase.level == Level::Pre);
        let stabilising = stabilising(row).filter(|_| !has_pre);
        let next = phases.iter().skip(1).map(Some).chain([None]);
        let phases = phases.iter().zip(next);
        let phases = phases.map(|(phase, next)| stage(row, phase, next, meaning));
        let stages: Vec<_> = stabilising.into_iter().chain(phases).collect();
        Self { row, stages }
    }
}

impl Stage<'_> {
    /// A bar through the whole picture.
    fn rolling() -> Self {
        Self {
            style: BarStyle {
                look: Look::Of(Level::Current),
                is_pre: false,
                is_planned: true,
            },
            name: "Rolling",
            short: None,
            from: None,
            to: None,
            is_exact: [true; 2],
        }
    }
}

fn stage<'a>(row: &Row, phase: &'a Phase, next: Option<&Phase>, meaning: EndDay) -> Stage<'a> {
    let over = match next {
        _ if phase.level == Level::Pre => phase.to.and_then(When::comes),
        Some(next) => next.from.and_then(When::comes),
        None => row.end().first_day_without(meaning),
    };
    Stage {
        style: BarStyle::new(row, phase.level),
        name: &phase.name,
        short: phase.short.as_deref(),
        from: phase.from.and_then(When::comes).map(Day::number),
        to: over.map(Day::number),
        is_exact: [phase.from, phase.to].map(is_exact),
    }
}

fn is_exact(when: Option<When>) -> bool {
    when.is_none_or(|when| when.day().is_some())
}

fn stabilising(row: &Row) -> Option<Stage<'static>> {
    let branch = row.branch().comes()?;
    let release = row.release().comes();
    let is_before = release.is_none_or(|release| branch < release);
    let is_known = release.is_some() || row.status() == Status::Stabilising;
    (is_before && is_known).then(|| Stage {
        style: BarStyle::new(row, Level::Pre),
        name: STABILISING,
        short: None,
        from: Some(branch.number()),
        to: release.map(Day::number),
        is_exact: [row.branch().when(), row.release().when()].map(is_exact),
    })
}

impl BarStyle {
    fn new(row: &Row, level: Level) -> Self {
        let is_pre = level == Level::Pre;
        let (look, is_planned) = match row.status() {
            Status::Ended => (Look::Ended, false),
            Status::Supported | Status::Extended => (Look::Of(level), false),
            Status::Stabilising => (Look::Of(level), !is_pre),
            Status::Planned | Status::Due => (Look::Of(level), true),
        };
        Self {
            look,
            is_pre,
            is_planned,
        }
    }
}

impl Look {
    /// All looks, in the order of a legend.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let levels = Level::ALL.iter().map(|(_, level)| Self::Of(*level));
        levels.chain([Self::Ended])
    }

    /// Its class in the style sheet, without the prefix.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Of(level) => level.as_str(),
            Self::Ended => "ended",
        }
    }

    /// What it means, for where the names of the phases do not fit.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Of(Level::Pre) => "Before the release",
            Self::Of(Level::Current) => "Supported",
            Self::Of(Level::Lts) => "Long-term support",
            Self::Of(Level::Maintenance) => "Maintenance",
            Self::Of(Level::Extended) => "Extended support",
            Self::Ended => "Ended",
        }
    }
}
