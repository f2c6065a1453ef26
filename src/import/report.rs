//! What an importer has to say of its source, gathered by sentence.

use std::cell::RefCell;
use std::collections::HashMap;

use super::document::{Document, SourcePlace, excerpt};
use super::some_of;
use crate::diagnostic::Diagnostic;

/// Warnings about trains; those that say the same are told as one.
#[derive(Debug, Default)]
pub(super) struct Report(RefCell<Items>);

#[derive(Debug, Default)]
struct Items {
    items: Vec<ReportItem>,
    /// The number of an item that is about trains, by its code and sentence.
    numbers: HashMap<(&'static str, String), usize>,
}

#[derive(Debug)]
struct ReportItem {
    code: &'static str,
    what: String,
    trains: Vec<String>,
    place: SourcePlace,
}

impl Report {
    /// Something of the whole source is not taken over.
    pub(super) fn left_out_everywhere(&self, document: &Document, what: String) {
        self.0.borrow_mut().items.push(ReportItem {
            code: "left-out",
            what,
            trains: Vec::new(),
            place: document.place(&document.root),
        });
    }

    /// `what` is so of a train.
    pub(super) fn add(&self, code: &'static str, train: &str, what: String, place: SourcePlace) {
        let Items { items, numbers } = &mut *self.0.borrow_mut();
        let number = numbers.entry((code, what.clone())).or_insert_with(|| {
            items.push(ReportItem {
                code,
                what,
                trains: Vec::new(),
                place,
            });
            items.len() - 1
        });
        items[*number].trains.push(train.to_owned());
    }

    /// The warnings, in the order in which they were added.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let items = self.0.into_inner().items.into_iter();
        items.map(|item| item.diagnostic()).collect()
    }
}

impl ReportItem {
    fn diagnostic(&self) -> Diagnostic {
        let what = &self.what;
        let trains: Vec<_> = self.trains.iter().map(|name| excerpt(name, 60)).collect();
        let (title, label) = match &*trains {
            [] => (what.clone(), ""),
            [train] => (format!("of {train} {what}"), ""),
            trains => {
                let (count, some) = (trains.len(), some_of(trains));
                (format!("of {count} trains {what}: {some}"), "the first")
            }
        };
        let warning = Diagnostic::warning(self.code, title);
        self.place.told(warning, label)
    }
}
