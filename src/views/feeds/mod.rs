//! Feeds: what machines read of a project. All are made from the whole of its
//! board, with every train from the first to the last that the window shows.

mod api;
mod atom;
mod badges;
mod calendar;
mod ics;
mod milestones;
mod place;

use crate::schedule::Board;

pub use api::api;
pub use atom::{MOST, atom};
pub use badges::{Badge, badge};
pub use calendar::calendar;
pub use place::Place;

/// A file of a project, for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Where it goes, from the top of the site.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// What a project is published as, beside its board and its chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedKind {
    /// The days of all trains, as iCalendar.
    Calendar,
    /// What has come, as Atom.
    Atom,
    /// The product, as the API of endoflife.date has it.
    Api,
    /// One answer as a small picture.
    Badge(Badge),
}

/// All feeds of a project.
pub const KINDS: [FeedKind; 6] = [
    FeedKind::Calendar,
    FeedKind::Atom,
    FeedKind::Api,
    FeedKind::Badge(Badge::Current),
    FeedKind::Badge(Badge::Supported),
    FeedKind::Badge(Badge::Lts),
];

impl FeedKind {
    /// Where it is published, from the top of the site. The API has one
    /// address for all projects of a site, as its readers expect.
    pub fn path(self, id: &str, place: &Place<'_>) -> String {
        match self {
            Self::Api => format!("api/v1/products/{id}"),
            other => format!("{}{}", place.folder, other.name()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Calendar => calendar::NAME,
            Self::Atom => atom::NAME,
            Self::Api => "",
            Self::Badge(badge) => badge.file(),
        }
    }

    fn text(self, whole: &Board, place: &Place<'_>) -> String {
        match self {
            Self::Calendar => calendar(whole, place),
            Self::Atom => atom(whole, place),
            Self::Api => api(whole, place),
            Self::Badge(badge) => badges::badge(whole, badge),
        }
    }
}

/// All feeds of a project, whose board shows all of its trains. On every day of
/// that board's period they are the same, byte for byte.
pub fn all(whole: &Board, place: &Place<'_>) -> Vec<Feed> {
    let id = whole.project().id();
    let feed = |kind: FeedKind| Feed {
        path: kind.path(id, place),
        text: kind.text(whole, place),
    };
    KINDS.map(feed).into()
}

/// What a page tells its readers that they can subscribe to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// In a word.
    pub title: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// Its file, in the project's folder.
    pub file: &'static str,
}

/// What pages that show a board offer.
pub const SUBSCRIPTIONS: [Subscription; 3] = [
    Subscription {
        title: "Calendar",
        media: "text/calendar",
        file: calendar::NAME,
    },
    Subscription {
        title: "Atom",
        media: "application/atom+xml",
        file: atom::NAME,
    },
    Subscription {
        title: "JSON",
        media: "application/json",
        file: "board.json",
    },
];
