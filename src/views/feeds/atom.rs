//! What has happened, as an Atom feed.

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig,
};

use super::events::{self, Event, name, support, supported};
use super::place::{SitePlace, identity, since};
use crate::schedule::{Board, Day, Release, Row, Version};
use crate::views::escape::Uri;
use crate::views::milestones::MilestoneKind;
use crate::views::words;

/// Its file.
pub(super) const NAME: &str = "releases.atom";

/// How many pieces of news it has at most.
pub const MOST: usize = 50;

/// What has come, the newest first: every release that was recorded, every
/// later phase, every end. What was planned for a day and is not recorded is no
/// news, nor is a pre-release.
pub fn atom(whole: &Board, place: &SitePlace<'_>) -> String {
    let mut news = news(whole);
    news.sort_by(|a, b| order(b).cmp(&order(a)));
    news.truncate(MOST);
    let newest = news.first().map(|news| news.first_day.to_string());
    let name = clean(&whole.project().name);
    let feed = Feed {
        title: Text::plain(format!("{name} releases")),
        id: urn(whole, "", "feed"),
        updated: midnight(&newest.unwrap_or_else(|| since(whole))),
        generator: Some(Generator {
            value: "trainboard".to_owned(),
            ..Generator::default()
        }),
        entries: news.iter().map(|news| entry(whole, news)).collect(),
        links: links(place),
        authors: vec![Person {
            name,
            ..Person::default()
        }],
        ..Feed::default()
    };
    written(&feed)
}

/// By day, and then by train.
fn order<'a>(event: &Event<'a>) -> (Day, &'a Version) {
    (event.first_day, &event.row.train().version)
}

fn written(feed: &Feed) -> String {
    let config = WriteConfig {
        write_document_declaration: true,
        indent_size: Some(1),
    };
    // Memory takes all that is written into it.
    let bytes = feed
        .write_with_config(Vec::new(), config)
        .unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned() + "\n"
}

fn links(place: &SitePlace<'_>) -> Vec<Link> {
    let own = place.address(NAME);
    let own = own.map(|href| link(href, "self", Some("application/atom+xml")));
    let page = place.page();
    let page = page.map(|href| link(href, "alternate", Some("text/html")));
    own.into_iter().chain(page).collect()
}

fn link(href: String, rel: &str, media: Option<&str>) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: media.map(str::to_owned),
        ..Link::default()
    }
}

fn news(board: &Board) -> Vec<Event<'_>> {
    let releases = board.trains().flat_map(|row| {
        let releases = row.train().releases.iter().rev();
        let out = releases.filter(|release| !release.pre && board.period().has_come(release.date));
        out.map(move |release| released(board, row, release))
    });
    let others = events::all(board).into_iter().rev();
    releases
        .chain(others.filter_map(|other| come(board, other)))
        .collect()
}

fn released<'a>(board: &Board, row: &'a Row, release: &'a Release) -> Event<'a> {
    let version = &release.version;
    let is_first = version.is_same_release(&row.train().version);
    let project = &board.project().name;
    let security = if release.security { " (security)" } else { "" };
    let mut more = vec![format!("{} {}.", name(board, row), supported(board, row))];
    more.extend(release.note.as_deref().map(words::stopped));
    Event {
        row,
        kind: MilestoneKind::Release,
        key: if is_first {
            "release".to_owned()
        } else {
            format!("release {version}")
        },
        first_day: release.date,
        last_day: release.date,
        title: format!("{project} {version} is released{security}"),
        more,
        link: release.link.as_deref(),
        is_certain: true,
        is_security: release.security,
    }
}

/// A milestone as news, once it has come.
fn come<'a>(board: &Board, mut event: Event<'a>) -> Option<Event<'a>> {
    let row = event.row;
    match event.kind {
        MilestoneKind::Branch
        | MilestoneKind::Named(_)
        | MilestoneKind::Patch(_)
        | MilestoneKind::OfPatch(..) => return None,
        MilestoneKind::Release if board.has_facts() => return None,
        MilestoneKind::Release | MilestoneKind::Phase(..) => {}
        MilestoneKind::End => {
            event.first_day = row.end().first_day_without(board.end_day())?;
            event.title = words::no_longer(row, &name(board, row));
            event.more[0] = support(board, row);
        }
    }
    (event.is_certain && board.period().has_come(event.first_day)).then_some(event)
}

fn entry(board: &Board, event: &Event<'_>) -> Entry {
    let train = event.row.train().version.as_str();
    let day = midnight(&event.first_day.to_string());
    let more = event
        .link
        .map(|more| link(Uri(more).to_string(), "alternate", None));
    let security = event.is_security.then(|| Category {
        term: "security".to_owned(),
        ..Category::default()
    });
    Entry {
        title: Text::plain(clean(&event.title)),
        id: urn(board, train, &event.key),
        updated: day,
        published: Some(day),
        categories: security.into_iter().collect(),
        links: more.into_iter().collect(),
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(clean(&event.more.join("\n"))),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn urn(board: &Board, train: &str, what: &str) -> String {
    format!("urn:uuid:{}", identity(board, train, what))
}

/// The beginning of a day.
fn midnight(day: &str) -> FixedDateTime {
    FixedDateTime::parse_from_rfc3339(&format!("{day}T00:00:00Z")).unwrap_or_default()
}

/// Text without the two characters that XML cannot hold in any form.
fn clean(text: &str) -> String {
    text.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}
