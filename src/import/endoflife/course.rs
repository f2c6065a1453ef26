//! The phases of a cycle and its end, from the ends that the site gives.

use super::cycle::{Column, Cycle, Labels, Over};
use crate::import::riding::phase;
use crate::schedule::{Day, Level, PhaseRule};

/// What becomes of a cycle.
#[derive(Debug, Default)]
pub(super) struct Course {
    pub(super) phases: Vec<PhaseRule>,
    /// The last day with support.
    pub(super) end: Option<Day>,
    /// It has ended, since nobody knows when.
    pub(super) ended: bool,
    pub(super) is_lts: bool,
    pub(super) contradictions: Vec<String>,
    pub(super) left_out: Vec<String>,
}

/// A stretch of a cycle's life, named for what ends with it.
#[derive(Clone, Copy, Debug)]
struct Span {
    column: Column,
    level: Level,
    from: Option<Day>,
    until: Option<Day>,
    /// It begins in the middle of another, and must not be called like that.
    is_split: bool,
}

/// A cycle, and the day on which its flags were true.
struct Facts<'a> {
    cycle: &'a Cycle<'a>,
    as_of: Option<Day>,
}

impl Course {
    pub(super) fn of(cycle: &Cycle<'_>, as_of: Option<Day>, labels: &Labels) -> Self {
        let facts = Facts { cycle, as_of };
        let mut course = Self {
            is_lts: cycle.is_lts,
            contradictions: facts.contradictions(),
            left_out: facts.unknown_days(),
            ..Self::default()
        };
        let mut spans = facts.spans();
        course.conclude(&facts, &spans);
        course.prolong(cycle, &mut spans);
        course.phases = phases(&spans, labels);
        course
    }

    /// Finds the end.
    fn conclude(&mut self, facts: &Facts<'_>, spans: &[Span]) {
        match spans.last() {
            Some(Span {
                until: Some(day), ..
            }) => self.end = Some(*day),
            Some(Span { until: None, .. }) => {}
            None => {
                let is_over = facts.cycle.is_maintained == Some(false);
                self.ended = is_over || Column::ALL.iter().any(|column| facts.is_there(*column));
                if !self.ended && facts.cycle.is_maintained.is_none() {
                    let what = "nothing says until when it is supported: no end is written";
                    self.left_out.push(what.to_owned());
                }
            }
        }
    }

    /// Makes long-term support of full support, from its day on.
    fn prolong(&mut self, cycle: &Cycle<'_>, spans: &mut Vec<Span>) {
        let from = cycle.lts_from;
        if !(cycle.is_lts || from.is_some()) {
            return;
        }
        let begins_within = |span: &Span| {
            let begun = span.from.or(cycle.release);
            from.is_some_and(|from| {
                begun.is_none_or(|begun| begun < from)
                    && span.until.is_none_or(|until| from <= until)
            })
        };
        if let Some(n) = spans.iter().position(begins_within) {
            if spans[n].level != Level::Current {
                let what = "long-term support begins within a later phase, which keeps its level";
                self.left_out.push(what.to_owned());
                return;
            }
            let rest = Span {
                from,
                is_split: true,
                ..spans[n]
            };
            spans[n].until = from.and_then(Day::previous);
            spans.insert(n + 1, rest);
        } else if let Some(day) = self.end.filter(|end| from.is_some_and(|from| from > *end)) {
            let what = format!("long-term support begins after the end on {day}: it is left out");
            self.left_out.push(what);
            return;
        }
        self.is_lts = true;
        let is_long =
            |span: &Span| from.is_none_or(|from| span.from.or(cycle.release) >= Some(from));
        let full = spans.iter_mut().filter(|span| span.level == Level::Current);
        for span in full.filter(|span| is_long(span)) {
            span.level = Level::Lts;
        }
    }
}

impl Facts<'_> {
    /// Whether anything is known about that end.
    fn is_there(&self, column: Column) -> bool {
        self.cycle.end(column).is_some()
    }

    /// Whether a day had come when the flags were written; days come first
    /// where nobody knows when that was.
    fn is_past(&self, day: Day) -> bool {
        self.as_of.is_some_and(|as_of| day < as_of)
    }

    /// All days on which something ends, with what ends, in order.
    fn dated(&self) -> Vec<(Day, Column)> {
        // Where several things end on one day, support gives its name.
        let order = [
            Column::Active,
            Column::Security,
            Column::Extended,
            Column::Production,
        ];
        let dated = order
            .into_iter()
            .filter_map(|column| match self.cycle.end(column) {
                Some(Over::After(day)) => Some((day, column)),
                _ => None,
            });
        let is_in_life = |day: Day| self.cycle.release.is_none_or(|release| day >= release);
        let mut dated: Vec<_> = dated.filter(|(day, _)| is_in_life(*day)).collect();
        dated.sort_by_key(|(day, _)| *day);
        dated
    }

    /// What is not over and has no day, if nothing that comes after it has one
    /// to come.
    fn open(&self) -> Option<Column> {
        let mut open = Column::ALL
            .into_iter()
            .filter(|column| self.is_open(*column));
        open.find(|column| self.bound(*column).is_none())
    }

    fn is_open(&self, column: Column) -> bool {
        self.cycle.end(column) == Some(Over::NotYet)
    }

    /// The first day to come on which something later ends: active support
    /// does not outlast security support.
    fn bound(&self, column: Column) -> Option<Day> {
        let mut dated = self.dated().into_iter();
        let bound = dated.find(|(day, other)| *other > column && !self.is_past(*day));
        bound.map(|(day, _)| day)
    }

    /// Whether the site calls it maintained though all that it gives is over:
    /// it knows more ends than it publishes.
    fn is_only_maintained(&self) -> bool {
        let is_over = |column: &Column| match self.cycle.end(*column) {
            Some(Over::After(day)) => self.is_past(day),
            Some(Over::Already) | None => true,
            Some(Over::NotYet) => false,
        };
        self.cycle.is_maintained == Some(true)
            && Column::ALL.iter().all(is_over)
            && Column::ALL.iter().any(|column| self.is_there(*column))
    }

    fn spans(&self) -> Vec<Span> {
        let mut ends = self.dated();
        ends.dedup_by_key(|(day, _)| *day);
        for open in Column::ALL.into_iter().rev() {
            let bound = self.bound(open).filter(|_| self.is_open(open));
            if let Some(end) = ends.iter_mut().find(|(day, _)| Some(*day) == bound) {
                end.1 = open;
            }
        }
        let mut spans = Vec::new();
        let mut from = Some(None);
        for (day, column) in ends {
            let Some(begin) = from else { break };
            spans.push(self.span(column, begin, Some(day), &spans));
            from = day.next().map(Some);
        }
        let maintained = self.is_only_maintained().then_some(Column::Extended);
        if let (Some(column), Some(begin)) = (self.open().or(maintained), from) {
            spans.push(self.span(column, begin, None, &spans));
        }
        spans
    }

    fn span(&self, column: Column, from: Option<Day>, until: Option<Day>, before: &[Span]) -> Span {
        let follows_support = before.iter().any(|span| span.column >= Column::Security);
        let level = match column {
            Column::Extended => Level::Extended,
            Column::Production if follows_support => Level::Extended,
            Column::Security if self.is_there(Column::Active) || !before.is_empty() => {
                Level::Maintenance
            }
            Column::Active | Column::Security | Column::Production => Level::Current,
        };
        Span {
            column,
            level,
            from,
            until,
            is_split: false,
        }
    }

    fn contradictions(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (n, later) in Column::ALL.into_iter().enumerate().skip(2) {
            let earlier = Column::ALL[1..n]
                .iter()
                .rev()
                .find(|earlier| self.is_there(**earlier));
            found.extend(earlier.and_then(|earlier| self.out_of_order(*earlier, later)));
        }
        found.extend(
            Column::ALL
                .into_iter()
                .filter_map(|column| self.before_release(column)),
        );
        found.extend(
            Column::ALL
                .into_iter()
                .filter_map(|column| self.flag_beside_day(column)),
        );
        let is_known = self.as_of.is_some();
        if self.is_only_maintained() && is_known {
            let what = "each end is over, and it is said to be maintained: \
                        extended support is written, without an end";
            found.push(what.to_owned());
        }
        if self.cycle.is_maintained == Some(false) && is_known {
            let spans = self.spans();
            let last = spans.last().map(|span| span.until);
            if last.is_some_and(|until| until.is_none_or(|until| !self.is_past(until))) {
                let what = "support is not over, and it is said not to be maintained: \
                            the former is taken";
                found.push(what.to_owned());
            }
        }
        found
    }

    /// Something that ends after what comes after it.
    fn out_of_order(&self, earlier: Column, later: Column) -> Option<String> {
        let (first, second) = (earlier.words(), later.words());
        match (self.cycle.end(earlier)?, self.cycle.end(later)?) {
            (Over::After(a), Over::After(b)) if a > b => {
                Some(format!("{first} ends after {second}: both days are taken"))
            }
            (Over::NotYet, Over::After(b)) if self.is_past(b) => {
                Some(format!("{first} is not over, and {second} is"))
            }
            (Over::NotYet, Over::Already) => Some(format!("{first} is not over, and {second} is")),
            _ => None,
        }
    }

    fn before_release(&self, column: Column) -> Option<String> {
        let release = self.cycle.release?;
        match self.cycle.end(column)? {
            Over::After(day) if day < release => Some(format!(
                "{} ends before the release: it is taken to be none",
                column.words()
            )),
            _ => None,
        }
    }

    fn flag_beside_day(&self, column: Column) -> Option<String> {
        let (Over::After(day), flag) = (self.cycle.end(column)?, self.cycle.flag(column)?) else {
            return None;
        };
        (self.as_of.is_some() && flag != self.is_past(day)).then(|| {
            let not = if flag { "" } else { "not " };
            format!(
                "{} is said {not}to be over, and its day says otherwise: the day is taken",
                column.words()
            )
        })
    }

    /// What is over, or is not, and nobody says since or until when, though
    /// something else has a day.
    fn unknown_days(&self) -> Vec<String> {
        let mut unknown = Vec::new();
        for column in Column::ALL {
            let words = column.words();
            if self.is_open(column) && self.bound(column).is_some() {
                unknown.push(format!(
                    "nobody says when {words} ends: the phase after it is left out"
                ));
            }
            if self.cycle.end(column) == Some(Over::Already) && !self.spans().is_empty() {
                unknown.push(format!(
                    "nobody says when {words} ended: the phase is left out"
                ));
            }
        }
        unknown
    }
}

/// The phases as rules; none where a train is just supported.
fn phases(spans: &[Span], labels: &Labels) -> Vec<PhaseRule> {
    if let [
        Span {
            column: Column::Security,
            level: Level::Current,
            ..
        },
    ] = spans
        && labels.name(Column::Security).1
    {
        return Vec::new();
    }
    let rule = |span: &Span| {
        let (name, is_usual) = labels.name(span.column);
        let is_long = span.level == Level::Lts && (is_usual || span.is_split);
        let name = if is_long { "Long-term support" } else { name };
        Some(PhaseRule {
            from: span.from,
            ..phase(name, span.level)?
        })
    };
    spans.iter().filter_map(rule).collect()
}
