//! From the rules of a train's phases to their days.

use std::sync::Arc;

use super::day::{Day, Length, Round, earliest};
use super::draft::{EndDay, Level, PhaseRule, WrittenEnd};
use super::train::{End, Phase};

/// The rules of a train's phases, and the days from which they count.
pub(super) struct PhaseRules<'a> {
    /// In order of time; empty for a train that is just supported.
    pub(super) rules: &'a [PhaseRule],
    /// The badge, which is the short name of long-term support.
    pub(super) badge: Option<&'a str>,
    /// The day its branch is cut.
    pub(super) branch: Option<Day>,
    /// The day of its release, as it is known.
    pub(super) release: Option<Day>,
    /// It was released, on an unknown day.
    pub(super) released: bool,
    /// The day that support is counted from.
    pub(super) basis: Option<Day>,
    /// An end that was written.
    pub(super) end: Option<WrittenEnd>,
    /// It has ended, on an unknown day.
    pub(super) ended: bool,
    /// What the day of an end means.
    pub(super) end_day: EndDay,
}

/// A point in time: a day, a length after it, and a rounding. They are added up
/// only when the point is read, so that months in a row never drift.
#[derive(Clone, Copy)]
struct Cursor {
    day: Day,
    length: Length,
    round: Option<Round>,
}

impl Cursor {
    fn at(day: Day) -> Self {
        Self {
            day,
            length: Length::default(),
            round: None,
        }
    }

    fn reached(self) -> Option<Day> {
        let day = self.day.after(self.length)?;
        self.round.map_or(Some(day), |round| round.from_on(day))
    }

    fn plus(self, length: Length) -> Option<Self> {
        let length = self.length.and(length)?;
        Some(Self { length, ..self })
    }

    fn rounded(self, round: Option<Round>) -> Self {
        Self { round, ..self }
    }
}

impl PhaseRules<'_> {
    /// The phases, none empty, and the end. `newer` is the day of the n-th
    /// newer train, while it is known.
    pub(super) fn timeline(&self, newer: impl Fn(u32) -> Option<Day>) -> (Vec<Phase>, End) {
        let (mut phases, last) = self.raw(newer);
        let end = self.end(last);
        if let Some(phase) = phases.last_mut() {
            phase.to = end.day();
        }
        self.clip(&mut phases, end);
        (phases, end)
    }

    fn end(&self, computed: Option<Day>) -> End {
        match (self.ended, self.end) {
            (true, None) => End::Unknown,
            (_, Some(WrittenEnd::Day(day))) => End::Day(day),
            (_, Some(WrittenEnd::Month(month))) => End::Month(month),
            (false, None) => computed.map_or(End::Open, End::Day),
        }
    }

    /// The phases one after the other, and the day on which the last ends.
    fn raw(&self, newer: impl Fn(u32) -> Option<Day>) -> (Vec<Phase>, Option<Day>) {
        let mut cursor = self.basis.map(Cursor::at);
        let mut phases = Vec::with_capacity(self.rules.len().max(1));
        let mut first = true;
        for (n, rule) in self.rules.iter().enumerate() {
            if rule.level == Level::Pre && rule.from.is_none() {
                phases.push(self.phase(rule, self.branch, self.release));
                continue;
            }
            if let Some(from) = rule.from {
                cursor = Some(Cursor::at(from));
            }
            let begin = cursor.and_then(Cursor::reached);
            let begin = if first && rule.from.is_none() {
                self.release
            } else {
                begin
            };
            let placed = first || begin.is_some();
            first &= rule.level == Level::Pre;
            let next = self.rules.get(n + 1).and_then(|rule| rule.from);
            cursor = next
                .map(Cursor::at)
                .or_else(|| match (rule.length, rule.releases) {
                    (Some(length), _) => cursor?.plus(length),
                    (None, Some(count)) => newer(count).map(Cursor::at),
                    (None, None) => None,
                });
            let is_ruled = next.is_none();
            cursor = cursor.map(|cursor| cursor.rounded(rule.round.filter(|_| is_ruled)));
            if placed {
                phases.push(self.phase(rule, begin, cursor.and_then(Cursor::reached)));
            }
        }
        if phases.iter().all(|phase| phase.level == Level::Pre)
            && (self.release.is_some() || self.released)
        {
            phases.push(self.just_supported());
        }
        (phases, cursor.filter(|_| !first).and_then(Cursor::reached))
    }

    fn phase(&self, rule: &PhaseRule, from: Option<Day>, to: Option<Day>) -> Phase {
        let own = rule.short.as_deref();
        let badge = self.badge.filter(|_| rule.level == Level::Lts);
        let usual = (&*rule.name == "Maintenance").then_some("Maint.");
        Phase {
            name: Arc::from(&*rule.name),
            short: own.or(badge).or(usual).map(Arc::from),
            level: rule.level,
            from,
            to,
        }
    }

    fn just_supported(&self) -> Phase {
        Phase {
            name: Arc::from("Supported"),
            short: None,
            level: Level::Current,
            from: self.release,
            to: None,
        }
    }

    /// Keeps every phase within the train's life and drops those left empty.
    fn clip(&self, phases: &mut Vec<Phase>, end: End) {
        let limit = end.day();
        let over = end.first_day_without(self.end_day);
        for phase in phases.iter_mut() {
            if phase.level == Level::Pre {
                phase.to = earliest(phase.to, self.release);
            } else {
                phase.from = phase.from.max(self.release);
            }
            if over.is_some() && phase.to.is_some() {
                phase.to = earliest(phase.to, limit);
            }
        }
        phases.retain(|phase| self.holds(phase, over));
        if let Some(phase) = phases.last_mut().filter(|phase| phase.level != Level::Pre) {
            phase.to = limit;
        }
    }

    fn holds(&self, phase: &Phase, over: Option<Day>) -> bool {
        let placed = match phase.level {
            Level::Pre => phase.from.is_some() && !self.released,
            _ => phase.from.is_some() || self.released,
        };
        let out = phase.level == Level::Pre || self.release.is_some() || self.released;
        let before_end = phase
            .from
            .is_none_or(|from| over.is_none_or(|over| from < over));
        let empty = phase.from.zip(phase.to).is_some_and(|(from, to)| {
            from > to || from == to && (self.end_day == EndDay::Unsupported || over != to.next())
        });
        placed && out && before_end && !empty
    }
}
