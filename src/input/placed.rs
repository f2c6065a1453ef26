//! Values that know where they are written: what is wrong with them shows
//! only when the site is known.

use serde_json::{Value as Json, json};

use super::keys::{Limits, Value};
use super::table::Spot;
use super::written::Section;
use crate::schedule::quoted;
use crate::site::{Alias, AliasPath, Aliases, Inside, SiteFile, StylePath, Styles};

impl Value for SiteFile {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let path = spot.parse()?;
        let place = spot.place("named here");
        Some(Self { path, place })
    }

    fn schema(limits: Option<Limits>) -> Json {
        Inside::schema(limits)
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        self.path.write(key, section);
    }
}

impl Value for Styles {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let style = |item: &Spot<'_>| {
            let StylePath(path) = item.parse()?;
            let place = item.place("named here");
            Some(SiteFile { path, place })
        };
        listed(spot, "a list of paths", style).map(Self)
    }

    fn schema(_: Option<Limits>) -> Json {
        list("^[^/].*\\.css$")
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        write(self.0.iter().map(|style| style.path.as_str()), key, section);
    }
}

impl Value for Aliases {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let alias = |item: &Spot<'_>| {
            let AliasPath(path) = item.parse()?;
            let place = item.place("this one");
            Some(Alias { path, place })
        };
        listed(spot, "a list of addresses", alias).map(Self)
    }

    fn schema(_: Option<Limits>) -> Json {
        list("^/?[^/]")
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        write(self.0.iter().map(|alias| alias.path.as_str()), key, section);
    }
}

/// The items of a list, as far as they can be read.
fn listed<T>(
    spot: &Spot<'_>,
    wanted: &str,
    read: impl Fn(&Spot<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let items = spot.items(wanted)?;
    Some(items.filter_map(|item| read(&item)).collect())
}

fn list(pattern: &str) -> Json {
    json!({"type": "array", "items": {"type": "string", "pattern": pattern}})
}

fn write<'a>(texts: impl Iterator<Item = &'a str>, key: &'static str, section: &mut Section) {
    let texts: Vec<_> = texts.map(quoted).collect();
    if !texts.is_empty() {
        section.say(key, format!("[{}]", texts.join(", ")));
    }
}
