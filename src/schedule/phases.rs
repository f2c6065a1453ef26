//! From the rules of a train's phases to their dates.

use std::sync::Arc;

use super::day::Day;
use super::draft::{EndDay, Level, PhaseRule, PhaseStart, Whichever};
use super::length::{Length, PhaseLength};
use super::round::Round;
use super::train::{End, Phase, Waiting};
use super::when::When;

/// The rules of a train's phases, and the dates from which they count.
pub(super) struct PhaseRules<'a> {
    /// In order of time; empty for a train that is just supported.
    pub(super) rules: &'a [PhaseRule],
    /// The badge, which is the short name of long-term support.
    pub(super) badge: Option<&'a str>,
    /// When its branch is cut.
    pub(super) branch: Option<When>,
    /// When it is released, as far as that is known.
    pub(super) release: Option<When>,
    /// It was released, on an unknown day.
    pub(super) released: bool,
    /// The date that support is counted from.
    pub(super) basis: Option<When>,
    /// An end that was written.
    pub(super) end: Option<When>,
    /// It has ended, on an unknown day.
    pub(super) ended: bool,
    /// What the day of an end means.
    pub(super) end_day: EndDay,
}

/// The phases of a train and its ends.
pub(super) struct Life {
    /// In order of time, none empty.
    pub(super) phases: Vec<Phase>,
    /// The end of all support.
    pub(super) end: End,
    /// First day without any.
    pub(super) over: Option<Day>,
    /// The end of ordinary support.
    pub(super) support_end: End,
    /// The phases that no day was left for.
    pub(super) emptied: Vec<Emptied>,
    /// The train that ends ordinary support when it is out.
    pub(super) waits_for: Option<Arc<Waiting>>,
}

/// A phase that no day was left for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Emptied {
    pub(super) name: Arc<str>,
    pub(super) level: Level,
    /// First day on which it would have held.
    pub(super) begins: Day,
    /// First day after it.
    pub(super) over: Day,
    /// Whether all support is over by then.
    pub(super) is_after_end: bool,
}

/// A newer train, whose release ends a phase.
pub(super) struct Newer {
    pub(super) release: When,
    /// The train itself, while nothing confirms that it is out.
    pub(super) waits: Option<Arc<Waiting>>,
}

/// The end of a phase, where the next may begin: a date, a length after it, and
/// a rounding. They are added up only when it is read, so that months in a row
/// never drift.
#[derive(Clone)]
struct Boundary {
    start: When,
    length: Length,
    round: Option<Round>,
    /// Whether the date is that of the next beginning, be it the day of an end
    /// or not.
    is_beginning: bool,
    /// The train that has to be out first.
    waits: Option<Arc<Waiting>>,
    /// The day on which it comes nevertheless.
    at_the_latest: Option<Day>,
}

impl Boundary {
    /// A phase begins on that date.
    fn at(start: When) -> Self {
        Self {
            start,
            length: Length::default(),
            round: None,
            is_beginning: true,
            waits: None,
            at_the_latest: None,
        }
    }

    fn of_train(newer: Newer) -> Self {
        Self {
            waits: newer.waits,
            ..Self::at(newer.release)
        }
    }

    /// So much later; no more the date of a beginning.
    fn plus(self, length: Length) -> Option<Self> {
        Some(Self {
            length: self.length.and(length)?,
            round: None,
            is_beginning: false,
            ..self
        })
    }

    fn rounded(self, round: Option<Round>) -> Self {
        let is_beginning = self.is_beginning && round.is_none();
        Self {
            round,
            is_beginning,
            ..self
        }
    }

    /// The date that it adds up to.
    fn date(&self) -> Option<When> {
        let when = self.start.after(self.length)?;
        let Some(round) = self.round else {
            return Some(when);
        };
        let rounded = round.from_on(when.last_day())?;
        let precision = rounded.precision().max(when.precision());
        Some(When::new(rounded.last_day(), precision))
    }

    /// The end that a phase has there.
    fn end(&self, meaning: EndDay) -> Option<When> {
        let date = self.date()?;
        match (meaning, date.day()) {
            (EndDay::Supported, Some(day)) if self.is_beginning => day.previous().map(When::from),
            _ => Some(date),
        }
    }

    /// The date on which the next phase begins there.
    fn beginning(&self, meaning: EndDay) -> Option<When> {
        let date = self.date()?;
        if self.is_beginning {
            return Some(date);
        }
        meaning.beginning_after(date)
    }

    /// First day of the next phase, where it is certain to come.
    fn comes(&self, meaning: EndDay) -> Option<Day> {
        if self.waits.as_ref().is_some_and(|waits| waits.blocks) {
            return self.at_the_latest;
        }
        self.beginning(meaning)?.comes()
    }

    /// The earlier of two.
    fn or_earlier(self, other: Self, meaning: EndDay) -> Self {
        let (first, second) = if self.date() <= other.date() {
            (self, other)
        } else {
            (other, self)
        };
        Self {
            at_the_latest: second.comes(meaning),
            ..first
        }
    }

    /// The later of two.
    fn or_later(self, other: Self) -> Self {
        if self.date() >= other.date() {
            self
        } else {
            other
        }
    }
}

/// A phase before it is kept within the train's life.
struct Raw {
    phase: Phase,
    /// First day after it, where that is certain to come.
    over: Option<Day>,
    waits: Option<Arc<Waiting>>,
}

impl PhaseRules<'_> {
    /// The phases and the ends. `newer` is the n-th train that is newer and
    /// leaves after a day, or after the train itself, while it is known.
    pub(super) fn life(&self, newer: impl Fn(u32, Option<Day>) -> Option<Newer>) -> Life {
        let (mut raw, last) = self.raw(newer);
        let end = self.end(last.as_ref());
        let over = match (&last, self.end) {
            (Some(last), None) if !self.ended => last.comes(self.end_day),
            _ => end.first_day_without(self.end_day),
        };
        let emptied = self.clip(&mut raw, end, over);
        let (support_end, waits_for) = support_end(&raw, end);
        Life {
            phases: raw.into_iter().map(|raw| raw.phase).collect(),
            end,
            over,
            support_end,
            emptied,
            waits_for: waits_for.filter(|_| self.end.is_none() || support_end != end),
        }
    }

    fn end(&self, last: Option<&Boundary>) -> End {
        match (self.ended, self.end) {
            (true, None) => End::Unknown,
            (_, Some(when)) => End::On(when),
            (false, None) => {
                let computed = last.and_then(|last| last.end(self.end_day));
                computed.map_or(End::Open, End::On)
            }
        }
    }

    /// The phases one after the other, and where the last ends.
    fn raw(
        &self,
        newer: impl Fn(u32, Option<Day>) -> Option<Newer>,
    ) -> (Vec<Raw>, Option<Boundary>) {
        let mut raw = self.before_release();
        let rules = self.rules.iter().filter(|rule| rule.level != Level::Pre);
        let rules: Vec<_> = rules.collect();
        let mut boundary = self.basis.map(Boundary::at);
        for (n, rule) in rules.iter().enumerate() {
            if let Some(from) = start_date(rule) {
                boundary = Some(Boundary::at(from));
            }
            let is_first = n == 0 && rule.from.is_none();
            let begin = match &boundary {
                _ if is_first => self.release.map(Boundary::at),
                boundary => boundary.clone(),
            };
            let next = rules.get(n + 1).and_then(|next| start_date(next));
            let after = begin.as_ref().filter(|_| n > 0);
            let after = after.and_then(|begin| Some(begin.date()?.last_day()));
            boundary = match next {
                Some(from) => Some(Boundary::at(from)),
                None => self.end_of(rule, boundary, |count| newer(count, after)),
            };
            if n == 0 || begin.is_some() {
                raw.push(self.phase(rule, begin.as_ref(), boundary.as_ref()));
            }
        }
        if rules.is_empty() && (self.release.is_some() || self.released) {
            raw.push(self.just_supported());
        }
        (raw, boundary.filter(|_| !rules.is_empty()))
    }

    /// Where a phase ends by its own rule.
    fn end_of(
        &self,
        rule: &PhaseRule,
        start: Option<Boundary>,
        newer: impl Fn(u32) -> Option<Newer>,
    ) -> Option<Boundary> {
        let by_length = || {
            let PhaseLength {
                length,
                is_after_release,
            } = rule.length?;
            let start = if is_after_release {
                self.basis.map(Boundary::at)
            } else {
                start
            };
            start?.plus(length)
        };
        let by_releases = || newer(rule.releases?).map(Boundary::of_train);
        let end = match rule.whichever {
            None if rule.length.is_some() => by_length(),
            None => by_releases(),
            Some(Whichever::Later) => by_length().zip(by_releases()).map(|(a, b)| a.or_later(b)),
            Some(Whichever::Earlier) => match (by_length(), by_releases()) {
                (Some(a), Some(b)) => Some(a.or_earlier(b, self.end_day)),
                (a, b) => a.or(b),
            },
        };
        end.map(|end| end.rounded(rule.round))
    }

    /// The phases before the release: each begins on its own day, the first
    /// with the branch where it names none.
    fn before_release(&self) -> Vec<Raw> {
        let rules = self.rules.iter().filter(|rule| rule.level == Level::Pre);
        let start = |rule: &PhaseRule| match rule.from {
            Some(PhaseStart::On(when)) => Some(when),
            Some(PhaseStart::Before(length)) => self.release?.before(length),
            None => self.branch,
        };
        let starts: Vec<_> = rules.clone().map(start).collect();
        let next = starts.iter().skip(1).chain([&self.release]);
        let spans = rules.zip(&starts).zip(next);
        spans
            .map(|((rule, from), to)| {
                let [from, to] = [from, to].map(|when| when.map(Boundary::at));
                self.phase(rule, from.as_ref(), to.as_ref())
            })
            .collect()
    }

    fn phase(&self, rule: &PhaseRule, from: Option<&Boundary>, to: Option<&Boundary>) -> Raw {
        let own = rule.short.as_deref();
        let badge = self.badge.filter(|_| rule.level == Level::Lts);
        let usual = (&*rule.name == "Maintenance").then_some("Maint.");
        Raw {
            phase: Phase {
                name: Arc::from(&*rule.name),
                short: own.or(badge).or(usual).map(Arc::from),
                level: rule.level,
                from: from.and_then(|from| from.beginning(self.end_day)),
                to: to.and_then(|to| to.end(self.end_day)),
                begins: from.and_then(|from| from.comes(self.end_day)),
            },
            over: to.and_then(|to| to.comes(self.end_day)),
            waits: to.and_then(|to| to.waits.clone()),
        }
    }

    fn just_supported(&self) -> Raw {
        Raw {
            phase: Phase {
                name: Arc::from("Supported"),
                short: None,
                level: Level::Current,
                from: self.release,
                to: None,
                begins: self.release.and_then(When::comes),
            },
            over: None,
            waits: None,
        }
    }

    /// Keeps every phase within the train's life and behind the one before it,
    /// and drops those left empty.
    fn clip(&self, raw: &mut Vec<Raw>, end: End, over: Option<Day>) -> Vec<Emptied> {
        let release = self.release.and_then(When::comes);
        let mut earliest = (self.release, release);
        for Raw {
            phase, over: stops, ..
        } in raw.iter_mut()
        {
            if phase.level == Level::Pre {
                if stops.is_none() || release.is_some_and(|release| *stops > Some(release)) {
                    (phase.to, *stops) = (self.release, release);
                }
                continue;
            }
            if phase.from.is_none() || phase.begins.is_some() && phase.begins < earliest.1 {
                (phase.from, phase.begins) = earliest;
            }
            if stops.is_some() && *stops > earliest.1 {
                let next = phase.to.and_then(|to| self.end_day.beginning_after(to));
                earliest = (next, *stops);
            }
            if over.is_some_and(|over| stops.is_some_and(|stops| stops > over)) {
                (phase.to, *stops) = (end.when(), over);
            }
        }
        let mut emptied = Vec::new();
        raw.retain(|raw| {
            let is_kept = self.is_placed(&raw.phase);
            let empty = emptied_by(raw, over);
            let is_empty = empty.is_some();
            emptied.extend(empty.filter(|_| is_kept));
            is_kept && !is_empty
        });
        if let Some(last) = raw.last_mut().filter(|raw| raw.phase.level != Level::Pre) {
            last.phase.to = end.when();
        }
        emptied
    }

    /// Whether it is known that a phase comes at all.
    fn is_placed(&self, phase: &Phase) -> bool {
        match phase.level {
            Level::Pre => phase.from.is_some() && !self.released,
            _ => self.released || phase.from.is_some() && self.release.is_some(),
        }
    }
}

/// A phase that has no day of its own before the end of all support.
fn emptied_by(Raw { phase, over, .. }: &Raw, end: Option<Day>) -> Option<Emptied> {
    let begins = phase.begins?;
    let has_come = |day: &Day| *day <= begins;
    let end = end.filter(has_come);
    Some(Emptied {
        name: Arc::clone(&phase.name),
        level: phase.level,
        begins,
        over: end.or(over.filter(has_come))?,
        is_after_end: end.is_some(),
    })
}

impl Emptied {
    /// What left no day, and what to do; `next` follows it on a day of its own.
    pub(super) fn help(&self, next: Option<&PhaseRule>) -> String {
        let Self { begins, over, .. } = self;
        let next = next.filter(|next| start_date(next).is_some());
        let (why, mend) = match next {
            _ if self.is_after_end && self.level == Level::Extended => {
                return format!(
                    "`end` is that of all support, extended or not: if it is ordinary support that is over \
                     from {over} on, write no `end`, and `from = {over}` to this phase, among phases \
                     of the train's own"
                );
            }
            _ if self.is_after_end => {
                let why = format!("all support is over from {over} on");
                (why, "move the `end`".to_owned())
            }
            Some(next) => {
                let why = format!("`{}` begins on {over}", next.name);
                (why, "move one of them".to_owned())
            }
            None => {
                let why = format!("it is over from {over} on");
                (why, "let it last longer".to_owned())
            }
        };
        format!("it would begin on {begins}, and {why}: {mend}, or leave the phase out")
    }
}

/// The end of ordinary support, and the train that it waits for: of the last
/// phase that is for everybody.
fn support_end(raw: &[Raw], end: End) -> (End, Option<Arc<Waiting>>) {
    let Some(last) = raw.iter().rposition(|raw| raw.phase.is_ordinary()) else {
        let has_extended = raw.iter().any(|raw| raw.phase.level == Level::Extended);
        return (if has_extended { End::Unknown } else { end }, None);
    };
    let waits = raw[last].waits.clone();
    if last + 1 == raw.len() {
        return (end, waits);
    }
    (raw[last].phase.to.map_or(End::Open, End::On), waits)
}

fn start_date(rule: &PhaseRule) -> Option<When> {
    rule.from.and_then(PhaseStart::date)
}
