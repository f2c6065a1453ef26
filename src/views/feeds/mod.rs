//! Feeds: what machines read of a project. All are made from the whole of its
//! board, with every train from the first to the last that the window shows.

mod api;
mod atom;
mod badges;
mod calendar;
mod cycle;
pub mod endoflife;
mod events;
mod ics;
mod place;

use crate::schedule::Board;

pub use api::api;
pub use atom::{MOST, atom};
pub use badges::{Badge, badge};
pub use calendar::calendar;
pub use place::SitePlace;

/// A file of a project, for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Where it goes, from the top of the site.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Where all feeds of a project are published, from the top of the site. The
/// API has one address for all projects of a site, as its readers expect.
pub fn paths(id: &str, folder: &str) -> [String; 6] {
    let own = |name: &str| format!("{folder}{name}");
    [
        own(calendar::NAME),
        own(atom::NAME),
        format!("api/v1/products/{id}"),
        own("badge-current.svg"),
        own("badge-supported.svg"),
        own("badge-lts.svg"),
    ]
}

/// All feeds of a project, whose board shows all of its trains. On every day of
/// that board's period they are the same, byte for byte.
pub fn all(whole: &Board, place: &SitePlace<'_>) -> Vec<Feed> {
    let texts = [
        calendar(whole, place),
        atom(whole, place),
        api(whole, place),
        badge(whole, Badge::Current),
        badge(whole, Badge::Supported),
        badge(whole, Badge::Lts),
    ];
    let paths = paths(whole.project().id(), place.folder).into_iter();
    let feeds = paths.zip(texts);
    feeds.map(|(path, text)| Feed { path, text }).collect()
}

/// What pages that show a board tell their readers to subscribe to: a title,
/// the media type, and the file in the project's folder.
pub const SUBSCRIPTIONS: [(&str, &str, &str); 3] = [
    ("Calendar", "text/calendar", calendar::NAME),
    ("Atom", "application/atom+xml", atom::NAME),
    ("JSON", "application/json", "board.json"),
];
