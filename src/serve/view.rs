//! What the preview shows on some day.

use std::sync::Arc;

use serde_json::json;

use super::build_errors::BuildErrors;
use crate::output::{Output, SitePath};
use crate::schedule::Day;

/// So many changed files are named one by one.
const NAMED: usize = 100;

/// The site as it is on some day, and what stands around it.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// Which state of the files it was made from.
    pub(super) generation: u64,
    pub(super) day: Day,
    /// The day that is shown when none is asked for.
    pub(super) today: Day,
    /// The last site that could be built; none while there was none.
    pub(super) site: Option<Arc<Output>>,
    /// Its page for addresses that do not exist.
    pub(super) not_found: Option<Arc<str>>,
    /// Why it is not that of the files as they are.
    pub(super) errors: Option<BuildErrors>,
    /// The files that are not as they were on that day before.
    pub(super) changed: Changed,
    /// `from 20 November until 5 December 2026`, where there is a schedule.
    pub(super) period: Option<String>,
    /// The next days on which the pages change, and what they bring.
    pub(super) coming: Vec<(Day, String)>,
}

/// Which files are not as they were.
#[derive(Clone, Debug)]
pub(super) enum Changed {
    /// Too many to name, or nobody knows.
    All,
    /// These.
    Files(Vec<SitePath>),
}

impl Changed {
    pub(super) fn between(before: &Output, after: &Output) -> Self {
        let changed = after.changed_since(before);
        if changed.len() > NAMED {
            return Self::All;
        }
        Self::Files(changed.into_iter().cloned().collect())
    }
}

impl View {
    /// Nothing, on a day that is today.
    pub(super) fn empty(day: Day) -> Self {
        Self {
            generation: 0,
            day,
            today: day,
            site: None,
            not_found: None,
            errors: None,
            changed: Changed::All,
            period: None,
            coming: Vec::new(),
        }
    }

    /// What the wrapper's script is told, as JSON.
    pub(super) fn json(&self) -> String {
        let coming = self.coming.iter().map(|(day, brings)| {
            json!({ "day": day.to_string(), "in_words": day.in_words(), "brings": brings })
        });
        let changed = match &self.changed {
            Changed::All => None,
            Changed::Files(files) => Some(files.iter().map(SitePath::as_str)),
        };
        json!({
            // A new process knows nothing of what the last one showed.
            "server": std::process::id(),
            "generation": self.generation,
            "day": self.day.to_string(),
            "today": self.today.to_string(),
            "before": Day::from_number(self.day.number() - 1).map(|day| day.to_string()),
            "trouble": self.errors.as_ref().map(BuildErrors::text),
            "changed": changed.map(Iterator::collect::<Vec<_>>),
            "period": self.period,
            "coming": coming.collect::<Vec<_>>(),
        })
        .to_string()
    }
}
