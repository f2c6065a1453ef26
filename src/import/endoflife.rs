//! endoflife.date: a product as its API has it, in version 1 or as the older
//! list.
//!
//! The site knows up to four ends of a release cycle: of production, of active
//! support, of security support and of extended support. Each is a day, of
//! which it is the last, or only a flag. A cycle is supported while any of them
//! is not over.

mod course;
mod cycle;

use std::collections::BTreeSet;

use self::course::Course;
use self::cycle::{Cycle, Labels};
use super::Imported;
use super::document::{Document, Value};
use super::ledger::Ledger;
use super::quoted::quoted;
use super::riding::{self, Trains, fact, link};
use crate::diagnostic::Diagnostic;
use crate::schedule::{
    Day, Draft, EndDay, Label, Project, ReleaseEntry, TrainEntry, Version, WrittenEnd,
};

const HELP: &str = "save a product with `curl -o NAME.json \
                    https://endoflife.date/api/v1/products/NAME/`";

/// What both forms of the document have.
struct Product<'a> {
    document: &'a Document,
    /// What it calls itself.
    name: Option<&'a str>,
    /// The day on which its flags were true.
    as_of: Option<Day>,
    labels: Labels,
    /// Addresses of people's pages.
    pages: Vec<&'a str>,
    /// Newest first.
    cycles: Vec<Cycle<'a>>,
}

/// A product as a schedule; `fallback` is its name where it says none.
///
/// # Errors
///
/// What the document lacks to be a product.
pub fn schedule(document: &Document, fallback: &Label) -> Result<Imported, Vec<Diagnostic>> {
    let mut ledger = Ledger::default();
    let product = product(document, &mut ledger)?;
    let name = product.name.and_then(|name| name.parse().ok());
    let mut draft = Draft::new(Project::new(name.unwrap_or_else(|| fallback.clone())));
    draft.project.end_day = EndDay::Supported;
    let mut trains = Trains::default();
    let mut riding = Vec::new();
    for cycle in product.cycles.iter().rev() {
        let spot = cycle.spot(document);
        let Some(version) = riding::version(cycle.name, &spot, &mut ledger) else {
            continue;
        };
        let entry = product.train(cycle, version.clone(), &mut ledger);
        if trains.add(entry, spot, &mut ledger) {
            riding.extend(product.facts(cycle, &version, &mut ledger));
        }
    }
    draft.trains = trains.into_entries();
    if riding.iter().any(|(_, _, is_own)| !is_own) {
        let facts = riding.into_iter().map(|(train, fact, _)| (train, fact));
        riding::record(&mut draft, facts.collect());
    }
    product.customs(&mut ledger);
    Ok(Imported {
        draft,
        about: product.about(),
        reports: ledger.into_reports(),
    })
}

fn product<'a>(
    document: &'a Document,
    ledger: &mut Ledger,
) -> Result<Product<'a>, Vec<Diagnostic>> {
    if let Some(list) = document.root.items() {
        let mut cycles = Vec::with_capacity(list.len());
        for value in list {
            let cycle = Cycle::of_v0(document, value, ledger);
            cycles.push(cycle.ok_or_else(|| nameless(document, value, "cycle"))?);
        }
        return Ok(Product {
            document,
            name: None,
            as_of: None,
            labels: Labels::default(),
            pages: Vec::new(),
            cycles,
        });
    }
    let result = document.root.get("result").unwrap_or(&document.root);
    let Some(list) = result.get("releases").and_then(Value::items) else {
        let what = "is no product of endoflife.date: it has no list `releases`";
        return Err(document.refused(what, HELP));
    };
    let mut cycles = Vec::with_capacity(list.len());
    for value in list {
        let cycle = Cycle::of_v1(document, value, ledger);
        cycles.push(cycle.ok_or_else(|| nameless(document, value, "name"))?);
    }
    let page = |key| result.get("links")?.text_of(key);
    Ok(Product {
        document,
        name: result.text_of("label").or_else(|| result.text_of("name")),
        as_of: as_of(&document.root),
        labels: Labels::of(result.get("labels")),
        pages: [page("html"), page("releasePolicy")]
            .into_iter()
            .flatten()
            .collect(),
        cycles,
    })
}

fn nameless(document: &Document, value: &Value, key: &str) -> Vec<Diagnostic> {
    let title = format!(
        "a release cycle of `{}` has no `{key}`",
        document.source.name
    );
    let diagnostic = Diagnostic::error("other-format", title);
    vec![
        diagnostic
            .at(&document.source, value.span.clone(), "this one")
            .help(HELP),
    ]
}

/// The day on which the document was made.
fn as_of(root: &Value) -> Option<Day> {
    let made = root.text_of("generated_at")?;
    made.get(..10)?.parse().ok()
}

impl Product<'_> {
    fn train(&self, cycle: &Cycle<'_>, version: Version, ledger: &mut Ledger) -> TrainEntry {
        let spot = || cycle.spot(self.document);
        let course = Course::of(cycle, self.as_of, &self.labels);
        for what in course.contradictions {
            ledger.contradiction(cycle.name, what, spot());
        }
        for what in course.left_out {
            ledger.left_out(cycle.name, what, spot());
        }
        let name = cycle.readable_name();
        let codename = name.as_ref().and_then(|name| name.parse().ok());
        if name.is_some() && codename.is_none() {
            let what = "the label or codename cannot be written on a board: it is left out";
            ledger.left_out(cycle.name, what, spot());
        }
        TrainEntry {
            name: codename,
            badge: course.is_lts.then(|| "LTS".parse().ok()).flatten(),
            release: cycle.release,
            released: cycle.release.is_none(),
            phases: course.phases,
            end: course.end.map(WrittenEnd::Day),
            ended: course.ended,
            ..TrainEntry::new(version)
        }
    }

    /// The train's own release and the latest on it, and of each whether it is
    /// the train's own.
    fn facts(
        &self,
        cycle: &Cycle<'_>,
        train: &Version,
        ledger: &mut Ledger,
    ) -> Vec<(Version, ReleaseEntry, bool)> {
        let latest = self.latest(cycle, train, ledger);
        let is_out = |day: &Day| self.as_of.map_or(latest.is_some(), |as_of| *day <= as_of);
        let is_twice = latest
            .as_ref()
            .is_some_and(|latest| latest.version.is_same_release(train));
        let own = cycle.release.filter(is_out).filter(|_| !is_twice);
        let own = own.map(|day| (train.clone(), fact(train.clone(), day), true));
        let latest = latest.map(|latest| (train.clone(), latest, false));
        own.into_iter().chain(latest).collect()
    }

    fn latest(
        &self,
        cycle: &Cycle<'_>,
        train: &Version,
        ledger: &mut Ledger,
    ) -> Option<ReleaseEntry> {
        let latest = cycle.latest.as_ref()?;
        let spot = || cycle.spot(self.document);
        let Some(date) = latest.date else {
            ledger.left_out(
                cycle.name,
                "the latest release has no day: it is left out",
                spot(),
            );
            return None;
        };
        let Ok(version) = latest.name.parse::<Version>() else {
            let what = "the latest release has a name that cannot be that of a release: \
                        it is left out";
            ledger.left_out(cycle.name, what, spot());
            return None;
        };
        let is_own = version.is_same_release(train);
        if is_own && cycle.release.is_none() {
            let what = "the latest release is its first, whose day is not told: it is left out";
            ledger.left_out(cycle.name, what, spot());
            return None;
        }
        if let Some(release) = cycle.release.filter(|release| is_own && *release != date) {
            let what = format!(
                "the release is on {release}, and the latest, which is that, on {date}: \
                 the first is taken"
            );
            ledger.contradiction(cycle.name, what, spot());
            return Some(ReleaseEntry {
                link: latest.link.and_then(link),
                ..fact(version, release)
            });
        }
        let address = latest.link.and_then(link);
        if latest.link.is_some() && address.is_none() {
            let what = "the link of the latest release is no web address: it is left out";
            ledger.left_out(cycle.name, what, spot());
        }
        Some(ReleaseEntry {
            link: address,
            ..fact(version, date)
        })
    }

    /// Names the fields that only this product has.
    fn customs(&self, ledger: &mut Ledger) {
        let customs = self
            .cycles
            .iter()
            .filter_map(|cycle| cycle.value.get("custom"));
        let names: BTreeSet<_> = customs
            .flat_map(Value::entries)
            .map(|(name, _)| quoted(name, 40))
            .collect();
        let names: Vec<_> = names.into_iter().collect();
        if !names.is_empty() {
            let title = format!(
                "a schedule has no place for the product's own fields: {}",
                super::some_of(&names)
            );
            ledger.left_out_everywhere(title, self.document.spot(&self.document.root));
        }
    }

    fn about(&self) -> Vec<String> {
        let as_of = self
            .as_of
            .map_or(String::new(), |day| format!(", as of {day}"));
        let name = self.document.file_name();
        let pages: Vec<_> = self
            .pages
            .iter()
            .filter(|page| link(page).is_some())
            .copied()
            .collect();
        let mut about = vec![format!(
            "Imported from {name}, data of endoflife.date{as_of}."
        )];
        if !pages.is_empty() {
            about.push(format!("See {}", pages.join(" and ")));
        }
        about
    }
}
