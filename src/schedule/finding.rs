//! Problems of a schedule, with places in the schedule's own words; only
//! `input` knows the bytes of a file behind a place.

use std::fmt;

use crate::diagnostic::Problem;

/// A place in a schedule: `release 3, date`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(Vec<Segment>);

/// One step of the way to a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// A key of a table.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

impl Place {
    /// The place of that key of the whole schedule.
    pub fn of(key: &str) -> Self {
        Self::default().key(key)
    }

    /// The n-th item (from 0) of a list of tables.
    pub fn item(list: &str, n: usize) -> Self {
        Self::of(list).nth(n)
    }

    /// The item of a list of tables that it is in, or is.
    pub(super) fn entry(&self) -> Self {
        Self(self.0.iter().take(2).cloned().collect())
    }

    /// A key of this place.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    /// The n-th item (from 0) of this place.
    #[must_use]
    pub fn nth(&self, n: usize) -> Self {
        self.with(Segment::Item(n))
    }

    fn with(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }

    /// The steps from the top.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if i == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ", {key}")?,
                Segment::Item(n) => write!(f, " {}", n + 1)?,
            }
        }
        Ok(())
    }
}

/// A problem with places in a schedule, each with a few words on what is
/// there, and a value of TOML to write at the first of them instead.
pub type Finding = Problem<(Place, String), String>;

impl Finding {
    /// Adds a place; the first that is added is the primary one.
    #[must_use]
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.labels.push((place, label.into()));
        self
    }

    /// Says what to write at the primary place instead.
    #[must_use]
    pub fn patch(mut self, value: impl Into<String>) -> Self {
        self.patch = Some(value.into());
        self
    }
}
