//! What has come, as news.

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig,
};

use super::milestones::{self, Kind, Milestone, has_come, name, note, support, supported};
use super::place::{Place, identity, since};
use crate::schedule::{Board, Day, Release, Row, Version};
use crate::views::escape::Uri;
use crate::views::words;

/// Its file.
pub(super) const NAME: &str = "releases.atom";

/// How many pieces of news it has at most.
pub const MOST: usize = 50;

/// A piece of news.
struct News<'a> {
    day: Day,
    row: &'a Row,
    key: String,
    title: String,
    more: Vec<String>,
    link: Option<&'a str>,
    is_security: bool,
}

/// What has come, the newest first: every release that was recorded, every
/// later phase, every end. What was planned for a day and is not recorded is no
/// news, nor is a pre-release.
pub fn atom(whole: &Board, place: &Place<'_>) -> String {
    let mut news = news(whole);
    news.sort_by(|a, b| order(b).cmp(&order(a)));
    news.truncate(MOST);
    let newest = news.first().map(|news| news.day.to_string());
    let name = clean(&whole.project().name);
    let mut feed = Feed {
        title: Text::plain(format!("{name} releases")),
        id: urn(whole, "", "feed"),
        updated: midnight(&newest.unwrap_or_else(|| since(whole))),
        generator: Some(Generator {
            value: "trainboard".to_owned(),
            ..Generator::default()
        }),
        entries: news.iter().map(|news| entry(whole, news)).collect(),
        links: links(place),
        ..Feed::default()
    };
    feed.authors.push(Person {
        name,
        ..Person::default()
    });
    written(&feed)
}

/// By day, and then by train.
fn order<'a>(news: &News<'a>) -> (Day, &'a Version) {
    (news.day, &news.row.train().version)
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

fn links(place: &Place<'_>) -> Vec<Link> {
    let link = |address: Option<String>, rel: &str, media: &str| {
        Some(Link {
            href: address?,
            rel: rel.to_owned(),
            mime_type: Some(media.to_owned()),
            ..Link::default()
        })
    };
    let own = link(place.address(NAME), "self", "application/atom+xml");
    let page = link(place.page(), "alternate", "text/html");
    own.into_iter().chain(page).collect()
}

fn news(board: &Board) -> Vec<News<'_>> {
    let releases = board.trains().flat_map(|row| {
        let releases = row.train().releases.iter().rev();
        let out = releases.filter(|release| !release.pre && has_come(board, release.date));
        out.map(move |release| released(board, row, release))
    });
    let others = milestones::all(board).into_iter().rev();
    releases
        .chain(others.filter_map(|other| come(board, other)))
        .collect()
}

fn released<'a>(board: &Board, row: &'a Row, release: &'a Release) -> News<'a> {
    let (version, train) = (&release.version, row.train());
    let is_first = version.is_same_release(&train.version);
    let project = &board.project().name;
    let kind = if release.security { " (security)" } else { "" };
    let mut more = vec![format!("{} {}.", name(board, row), supported(board, row))];
    more.extend(release.note.as_deref().map(words::stopped));
    News {
        day: release.date,
        row,
        key: if is_first {
            "release".to_owned()
        } else {
            format!("release {version}")
        },
        title: format!("{project} {version} is released{kind}"),
        more,
        link: release.link.as_deref(),
        is_security: release.security,
    }
}

/// A milestone as news, once it has come.
fn come<'a>(board: &Board, milestone: Milestone<'a>) -> Option<News<'a>> {
    let row = milestone.row;
    let (day, title, more) = match milestone.kind {
        Kind::Branch => return None,
        Kind::Release if board.keeps_records() => return None,
        Kind::Release | Kind::Phase => (milestone.when.first(), milestone.title, milestone.more),
        Kind::End => {
            let over = row.end().first_day_without(board.end_day())?;
            let title = format!("{} is no longer supported", name(board, row));
            let more = [support(board, row)].into_iter().chain(note(row));
            (over, title, more.collect())
        }
    };
    let is_news = milestone.is_certain && has_come(board, day);
    is_news.then_some(News {
        day,
        row,
        key: milestone.key,
        title,
        more,
        link: milestone.link,
        is_security: false,
    })
}

fn entry(board: &Board, news: &News<'_>) -> Entry {
    let train = news.row.train().version.as_str();
    let day = midnight(&news.day.to_string());
    let link = news.link.map(|link| Link {
        href: Uri(link).to_string(),
        rel: "alternate".to_owned(),
        ..Link::default()
    });
    let security = news.is_security.then(|| Category {
        term: "security".to_owned(),
        ..Category::default()
    });
    Entry {
        title: Text::plain(clean(&news.title)),
        id: urn(board, train, &news.key),
        updated: day,
        published: Some(day),
        categories: security.into_iter().collect(),
        links: link.into_iter().collect(),
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(clean(&news.more.join("\n"))),
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
