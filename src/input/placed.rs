//! Values that know where they are written: what is wrong with them shows
//! only when the site is known.

use std::str::FromStr;

use serde_json::{Value as Json, json};

use super::keys::{Limits, Value};
use super::table::Spot;
use super::values::write_list;
use super::written::Section;
use crate::diagnostic::Label;
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
        let style = |StylePath(path), place| SiteFile { path, place };
        listed(spot, "a list of paths", "named here", style).map(Self)
    }

    fn schema(_: Option<Limits>) -> Json {
        list("^[^/].*\\.css$")
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        write_list(self.0.iter().map(|style| style.path.as_str()), key, section);
    }
}

impl Value for Aliases {
    fn read(spot: &Spot<'_>) -> Option<Self> {
        let alias = |AliasPath(path), place| Alias { path, place };
        listed(spot, "a list of addresses", "this one", alias).map(Self)
    }

    fn schema(_: Option<Limits>) -> Json {
        list("^/?[^/]")
    }

    fn write(&self, key: &'static str, section: &mut Section) {
        write_list(self.0.iter().map(|alias| alias.path.as_str()), key, section);
    }
}

/// The items of a list, as far as they can be read, made of what they say and
/// of where that stands.
fn listed<P: FromStr<Err = String>, T>(
    spot: &Spot<'_>,
    wanted: &str,
    text: &str,
    made: fn(P, Label) -> T,
) -> Option<Vec<T>> {
    let items = spot.items(wanted)?;
    let read = |item: Spot<'_>| Some(made(item.parse()?, item.place(text)));
    Some(items.filter_map(read).collect())
}

fn list(pattern: &str) -> Json {
    json!({"type": "array", "items": {"type": "string", "pattern": pattern}})
}
