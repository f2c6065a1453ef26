//! The phases of a train, from the days on which somebody says that they begin.

use super::entry::Entry;
use crate::schedule::{Day, EndDay, Level, PhaseRule, PhaseStart, TrainEntry, Version, When};

/// What a source says of one train.
#[derive(Debug)]
pub(super) struct PhaseTimeline<'a> {
    /// Name, level and first day, in the order that they should have. A phase
    /// without a day is not known to begin, but for the first with support:
    /// that begins with the release.
    pub(super) phases: &'a [(&'a str, Level, Option<Day>)],
    pub(super) release: Option<Day>,
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
            release: self.release.map(When::from),
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
            match from.map(|from| self.fits(level, from, last)) {
                _ if is_first => {}
                Some(Ok(true)) => {}
                None | Some(Ok(false)) => continue,
                Some(Err(why)) => {
                    entry.contradiction(format!("phase `{name}` {why}: it is left out"));
                    continue;
                }
            }
            // A phase that another replaces on its first day was never there.
            if from.is_some() && from == last {
                rules.pop();
            }
            last = from.or(last);
            // What begins with the release needs no day of its own.
            let from = from.filter(|_| from != self.release);
            rules.extend(phase(name, level, from));
        }
        rules
    }

    /// Whether a phase that begins on that day, after the one that begins on
    /// the last, has any day; else why it cannot be.
    fn fits(&self, level: Level, from: Day, last: Option<Day>) -> Result<bool, &'static str> {
        let is_pre = level == Level::Pre;
        let limit = if is_pre { self.release } else { self.over() };
        if last.is_some_and(|last| from < last) {
            Err("begins before what it follows")
        } else if is_pre && self.release.is_some_and(|release| from > release) {
            Err("begins after the release")
        } else if self.over().is_some_and(|over| from > over) {
            Err("begins after the end")
        } else {
            Ok(limit.is_none_or(|limit| from < limit))
        }
    }

    fn ends_before_release(&self) -> bool {
        let last = self.end.map(When::last_day);
        last.zip(self.release)
            .is_some_and(|(last, release)| last < release)
    }

    /// First day without support.
    fn over(&self) -> Option<Day> {
        match self.end_day {
            EndDay::Unsupported => self.end?.comes(),
            EndDay::Supported => self.end?.last_day().next(),
        }
    }
}

/// A phase that lasts until the next begins, if it can be called like that.
pub(super) fn phase(name: &str, level: Level, from: Option<Day>) -> Option<PhaseRule> {
    Some(PhaseRule {
        level,
        from: from.map(PhaseStart::from),
        ..PhaseRule::new(name.parse().ok()?)
    })
}
