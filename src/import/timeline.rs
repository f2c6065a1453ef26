//! The phases of a train, from the days on which somebody says that they begin.

use super::entry::Entry;
use crate::schedule::{Day, EndDay, Level, PhaseRule, PhaseStart, TrainEntry, Version, When};

/// What a source says of one train.
#[derive(Debug)]
pub(super) struct PhaseTimeline<'a> {
    /// Name, level and beginning, in the order that they should have. A phase
    /// without a date is not known to begin, but for the first with support:
    /// that begins with the release.
    pub(super) phases: &'a [(&'a str, Level, Option<When>)],
    pub(super) release: Option<When>,
    pub(super) end: Option<When>,
    pub(super) end_day: EndDay,
}

impl PhaseTimeline<'_> {
    /// The train with what can be so; what cannot is told.
    pub(super) fn train(&self, entry: Entry<'_>, version: Version) -> TrainEntry {
        let has_ended = self.ends_before_release();
        if has_ended {
            entry.contradiction("the end comes before the release: it is taken to have ended");
        }
        let timeline = (!has_ended).then_some(self);
        TrainEntry {
            release: self.release,
            phases: timeline.map_or_else(Vec::new, |timeline| timeline.rules(entry)),
            end: timeline.and_then(|timeline| timeline.end),
            ended: has_ended,
            ..TrainEntry::new(version)
        }
    }

    fn rules(&self, entry: Entry<'_>) -> Vec<PhaseRule> {
        let first = self.phases.iter().position(|phase| phase.1 != Level::Pre);
        let mut rules: Vec<PhaseRule> = Vec::new();
        let mut last: Option<Day> = None;
        for (n, &(name, level, from)) in self.phases.iter().enumerate() {
            let is_first = Some(n) == first;
            let from = if is_first { self.release } else { from };
            let first_day = from.map(first_day);
            match first_day.map(|first| self.fits(level, first, last)) {
                _ if is_first => {}
                Some(Ok(true)) => {}
                None | Some(Ok(false)) => continue,
                Some(Err(why)) => {
                    entry.contradiction(format!("phase `{name}` {why}: it is left out"));
                    continue;
                }
            }
            // A phase that another replaces on its first day was never there.
            if first_day.is_some() && first_day == last {
                rules.pop();
            }
            last = first_day.or(last);
            // What begins with the release needs no date of its own.
            let from = from.filter(|_| from != self.release);
            rules.extend(phase(name, level, from));
        }
        rules
    }

    /// Whether a phase that begins on that day, after the one that begins on
    /// the last, has any day; else why it cannot be.
    fn fits(&self, level: Level, from: Day, last: Option<Day>) -> Result<bool, &'static str> {
        let is_pre = level == Level::Pre;
        let release = self.release.map(first_day);
        let limit = if is_pre { release } else { self.over() };
        if last.is_some_and(|last| from < last) {
            Err("begins before what it follows")
        } else if is_pre && release.is_some_and(|release| from > release) {
            Err("begins after the release")
        } else if self.over().is_some_and(|over| from > over) {
            Err("begins after the end")
        } else {
            Ok(limit.is_none_or(|limit| from < limit))
        }
    }

    fn ends_before_release(&self) -> bool {
        let both = self.end.zip(self.release);
        both.is_some_and(|(end, release)| end.last_day() < release.first_day())
    }

    /// First day without support.
    fn over(&self) -> Option<Day> {
        match self.end_day {
            EndDay::Unsupported => self.end?.comes(),
            EndDay::Supported => self.end?.last_day().next(),
        }
    }
}

/// First day on which something has come, or the last of all days.
fn first_day(when: When) -> Day {
    when.comes().unwrap_or(when.last_day())
}

/// A phase that lasts until the next begins, if it can be called like that.
pub(super) fn phase(name: &str, level: Level, from: Option<When>) -> Option<PhaseRule> {
    Some(PhaseRule {
        level,
        from: from.map(PhaseStart::On),
        ..PhaseRule::new(name.parse().ok()?)
    })
}
