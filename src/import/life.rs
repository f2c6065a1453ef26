//! A train's phases, from the days on which somebody says that they begin.

use super::riding::phase;
use crate::schedule::{Day, EndDay, Level, PhaseRule, WrittenEnd};

/// What a source says of one train.
#[derive(Debug)]
pub(super) struct Life<'a> {
    /// Name, level and first day, in the order that they should have. One
    /// without a day is not known to begin, but for the first with support:
    /// that begins with the release.
    pub(super) phases: &'a [(&'a str, Level, Option<Day>)],
    pub(super) release: Option<Day>,
    pub(super) end: Option<WrittenEnd>,
    pub(super) end_day: EndDay,
}

/// What of that can be so.
#[derive(Debug, Default)]
pub(super) struct Lived {
    pub(super) phases: Vec<PhaseRule>,
    pub(super) end: Option<WrittenEnd>,
    pub(super) ended: bool,
    /// What cannot.
    pub(super) contradictions: Vec<String>,
}

impl Life<'_> {
    pub(super) fn lived(&self) -> Lived {
        let mut lived = Lived::default();
        if self.ends_before_it_begins() {
            let what = "the end comes before the release: it is taken to have ended";
            lived.contradictions.push(what.to_owned());
            lived.ended = true;
            return lived;
        }
        lived.end = self.end;
        let mut last: Option<Day> = None;
        let mut supported = false;
        for (name, level, from) in self.phases {
            let is_first = *level != Level::Pre && !supported;
            supported |= is_first;
            let from = if is_first { self.release } else { *from };
            if !is_first {
                let Some(from) = from else { continue };
                if let Some(what) = self.misplaced(name, *level, from, last) {
                    lived.contradictions.push(what);
                    continue;
                }
                if self.is_empty(*level, from) {
                    continue;
                }
            }
            // One that another replaces on its first day was never there.
            if lived
                .phases
                .last()
                .is_some_and(|_| from.is_some() && from == last)
            {
                lived.phases.pop();
            }
            last = from.or(last);
            let from = from.filter(|_| !is_first);
            lived
                .phases
                .extend(phase(name, *level).map(|rule| PhaseRule { from, ..rule }));
        }
        // What begins with the release needs no day of its own.
        if let Some(first) = lived
            .phases
            .iter_mut()
            .find(|phase| phase.level != Level::Pre)
            && first.from == self.release
        {
            first.from = None;
        }
        lived
    }

    fn ends_before_it_begins(&self) -> bool {
        let last = match self.end {
            Some(WrittenEnd::Day(day)) => Some(day),
            Some(WrittenEnd::Month(month)) => Some(month.last_day()),
            None => None,
        };
        last.zip(self.release)
            .is_some_and(|(last, release)| last < release)
    }

    /// First day without support.
    fn over(&self) -> Option<Day> {
        match (self.end?, self.end_day) {
            (WrittenEnd::Day(day), EndDay::Unsupported) => Some(day),
            (WrittenEnd::Day(day), EndDay::Supported) => day.next(),
            (WrittenEnd::Month(month), _) => month.last_day().next(),
        }
    }

    fn misplaced(&self, name: &str, level: Level, from: Day, last: Option<Day>) -> Option<String> {
        let why = if last.is_some_and(|last| from < last) {
            "begins before what it follows"
        } else if level == Level::Pre && self.release.is_some_and(|release| from > release) {
            "begins after the release"
        } else if self.over().is_some_and(|over| from > over) {
            "begins after the end"
        } else {
            return None;
        };
        Some(format!("phase `{name}` {why}: it is left out"))
    }

    fn is_empty(&self, level: Level, from: Day) -> bool {
        let limit = if level == Level::Pre {
            self.release
        } else {
            self.over()
        };
        limit.is_some_and(|limit| from >= limit)
    }
}
