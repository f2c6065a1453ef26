//! What is wrong with a schedule, said in its own words; only `input` knows
//! at which bytes of a file that stands.

use std::fmt;

use crate::diagnostic::Severity;

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

/// Something wrong with a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Errors keep a schedule from being made.
    pub severity: Severity,
    /// A stable word, such as `end-before-release`.
    pub code: &'static str,
    /// A lower-case phrase without a full stop.
    pub title: String,
    /// Where, and a few words on what stands there; the first is the primary.
    pub places: Vec<(Place, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// What to write at the primary place instead, as a value of TOML.
    pub patch: Option<String>,
}

impl Finding {
    /// An error at a place.
    pub fn error(
        code: &'static str,
        title: impl Into<String>,
        at: Place,
        label: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            code,
            title: title.into(),
            places: vec![(at, label.into())],
            help: None,
            patch: None,
        }
    }

    /// A warning at a place.
    pub fn warning(
        code: &'static str,
        title: impl Into<String>,
        at: Place,
        label: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, title, at, label)
        }
    }

    /// Adds the place of the other fact.
    #[must_use]
    pub fn and(mut self, at: Place, label: impl Into<String>) -> Self {
        self.places.push((at, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to write at the primary place instead.
    #[must_use]
    pub fn patch(mut self, value: impl Into<String>) -> Self {
        self.patch = Some(value.into());
        self
    }
}
