//! What an importer has to say of its source, gathered by sentence.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use super::{Spot, some_of};
use crate::diagnostic::Diagnostic;

/// What is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Matter {
    /// The source says two things of one.
    Contradiction,
    /// Something of it is not taken over.
    LeftOut,
}

/// Findings about trains; those that say the same are told as one.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: Vec<Entry>,
    /// Those about trains, by what they say.
    places: HashMap<(Matter, String), usize>,
}

#[derive(Debug)]
struct Entry {
    matter: Matter,
    what: String,
    names: Vec<String>,
    spot: Option<Spot>,
}

impl Ledger {
    /// Of a train the source says two things: `active support ends on …`.
    pub(super) fn contradiction(&mut self, train: &str, what: impl Into<String>, spot: Spot) {
        self.add(Matter::Contradiction, train, what.into(), spot);
    }

    /// Something of a train is not taken over.
    pub(super) fn left_out(&mut self, train: &str, what: impl Into<String>, spot: Spot) {
        self.add(Matter::LeftOut, train, what.into(), spot);
    }

    /// Something of the whole source is not taken over.
    pub(super) fn left_out_everywhere(&mut self, title: impl Into<String>, spot: Spot) {
        self.entries.push(Entry {
            matter: Matter::LeftOut,
            what: title.into(),
            names: Vec::new(),
            spot: Some(spot),
        });
    }

    fn add(&mut self, matter: Matter, train: &str, what: String, spot: Spot) {
        let place = self.places.entry((matter, what.clone()));
        match place {
            Occupied(place) => self.entries[*place.get()].names.push(train.to_owned()),
            Vacant(free) => {
                free.insert(self.entries.len());
                self.entries.push(Entry {
                    matter,
                    what,
                    names: vec![train.to_owned()],
                    spot: Some(spot),
                });
            }
        }
    }

    /// All of it, as warnings.
    pub(super) fn into_reports(self) -> Vec<Diagnostic> {
        self.entries.into_iter().map(Entry::into_report).collect()
    }
}

impl Entry {
    fn into_report(self) -> Diagnostic {
        let what = &self.what;
        let quoted: Vec<_> = self
            .names
            .iter()
            .map(|name| super::quoted::quoted(name, 60))
            .collect();
        let title = match &*quoted {
            [] => what.clone(),
            [name] => format!("of {name} {what}"),
            names => format!("of {} trains {what}: {}", names.len(), some_of(names)),
        };
        let report = match self.matter {
            Matter::Contradiction => Diagnostic::warning("contradiction", title),
            Matter::LeftOut => Diagnostic::warning("left-out", title),
        };
        let label = if quoted.len() > 1 { "the first" } else { "" };
        match self.spot {
            Some(Spot { source, span }) => report.at(&source, span, label),
            None => report,
        }
    }
}
