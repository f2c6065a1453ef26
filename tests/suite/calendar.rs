//! Reads iCalendar, and holds it to the rules of RFC 5545.

use std::collections::{BTreeMap, BTreeSet};

/// A calendar that was read.
pub(crate) struct Calendar {
    pub(crate) name: String,
    pub(crate) events: Vec<Event>,
}

/// An event of it.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) uid: String,
    pub(crate) start: String,
    pub(crate) end: Option<String>,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) status: String,
}

impl Calendar {
    #[track_caller]
    pub(crate) fn read(text: &str) -> Self {
        let lines = unfolded(text);
        let mut lines = lines.iter().map(|line| line.split_once(':').unwrap());
        assert_eq!(lines.next(), Some(("BEGIN", "VCALENDAR")));
        let head: Vec<_> = lines.by_ref().take_while(|line| !is_bound(line)).collect();
        let head = properties(&head);
        assert_eq!(head["VERSION"], "2.0");
        assert!(!head["PRODID"].is_empty());
        assert_eq!(head["REFRESH-INTERVAL"], "P1D");
        // The first line of the first event, or the last of the calendar, is taken.
        let mut events = Vec::new();
        loop {
            let inside: Vec<_> = lines.by_ref().take_while(|line| !is_bound(line)).collect();
            if inside.is_empty() {
                break;
            }
            events.push(Event::read(&properties(&inside)));
            lines.next();
        }
        assert!(text.ends_with("\r\nEND:VCALENDAR\r\n"));
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), events.len());
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), events.len());
        let uids: BTreeSet<_> = events.iter().map(|event| &event.uid).collect();
        assert_eq!(uids.len(), events.len(), "every event has a UID of its own");
        Self {
            name: unescaped(head["X-WR-CALNAME"]),
            events,
        }
    }
}

impl Event {
    #[track_caller]
    fn read(properties: &BTreeMap<&str, &str>) -> Self {
        let stamp = properties["DTSTAMP"];
        assert!(stamp.len() == 16 && stamp.ends_with("T000000Z"), "{stamp}");
        let day = |text: &str| {
            assert!(
                text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()),
                "{text}"
            );
            text.to_owned()
        };
        let event = Self {
            uid: unescaped(properties["UID"]),
            start: day(properties["DTSTART"]),
            end: properties.get("DTEND").map(|text| day(text)),
            summary: unescaped(properties["SUMMARY"]),
            description: properties
                .get("DESCRIPTION")
                .map(|text| unescaped(text))
                .unwrap_or_default(),
            status: properties["STATUS"].to_owned(),
        };
        assert!(
            event.end.as_ref().is_none_or(|end| *end > event.start),
            "{event:?}"
        );
        assert!(
            ["CONFIRMED", "TENTATIVE"].contains(&&*event.status),
            "{event:?}"
        );
        assert_eq!(properties["TRANSP"], "TRANSPARENT");
        let url = properties
            .get("URL")
            .copied()
            .unwrap_or("https://x.example");
        assert!(
            url.starts_with("http") && url.bytes().all(|b| b.is_ascii_graphic()),
            "{url}"
        );
        event
    }
}

fn is_bound((name, _): &(&str, &str)) -> bool {
    matches!(*name, "BEGIN" | "END")
}

/// Lines that end with CRLF, have at most 75 octets, are whole characters and
/// hold no control character, put together where they were folded.
#[track_caller]
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let text = text.strip_suffix("\r\n").expect("the last line has an end");
    for line in text.as_bytes().split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        assert!(line.len() <= 75, "{} octets", line.len());
        let line = std::str::from_utf8(line).expect("no character is cut");
        assert!(!line.contains(char::is_control), "{line:?}");
        match line.strip_prefix(' ') {
            Some(more) => lines
                .last_mut()
                .expect("something to go on with")
                .push_str(more),
            None => lines.push(line.to_owned()),
        }
    }
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    lines
}

/// Properties by name, their parameters left out; each stands there once.
#[track_caller]
fn properties<'a>(lines: &[(&'a str, &'a str)]) -> BTreeMap<&'a str, &'a str> {
    let name = |name: &'a str| name.split(';').next().unwrap_or(name);
    let properties: BTreeMap<_, _> = lines
        .iter()
        .map(|(key, value)| (name(key), *value))
        .collect();
    assert_eq!(properties.len(), lines.len(), "{lines:?}");
    properties
}

/// The text that was escaped.
#[track_caller]
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => plain.push(c),
                other => panic!("`\\{other:?}` is no escape"),
            },
            ';' | ',' => panic!("`{c}` is not escaped in {text}"),
            c => plain.push(c),
        }
    }
    plain
}
