//! The days of all trains as a calendar.

use super::events::{self, Event};
use super::ics::Lines;
use super::place::{SitePlace, identity, since};
use crate::schedule::{Board, Day};
use crate::views::escape::Uri;

/// Its file.
pub(super) const NAME: &str = "calendar.ics";

/// How often a reader should look again: once a day.
const PATIENCE: &str = "P1D";

/// All milestones of all trains, as events of whole days: certain ones are
/// confirmed, planned ones tentative. An end of which only the month is known
/// takes all of that month.
pub fn calendar(whole: &Board, place: &SitePlace<'_>) -> String {
    let mut lines = Lines::default();
    let name = format!("{} releases", whole.project().name);
    lines.value("BEGIN", "VCALENDAR");
    lines.value("VERSION", "2.0");
    lines.value("PRODID", "-//trainboard//trainboard//EN");
    lines.value("CALSCALE", "GREGORIAN");
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.value("REFRESH-INTERVAL;VALUE=DURATION", PATIENCE);
    lines.value("X-PUBLISHED-TTL", PATIENCE);
    if let Some(address) = place.address(NAME) {
        lines.value("SOURCE;VALUE=URI", &address);
    }
    let stamp = format!("{}T000000Z", since(whole).replace('-', ""));
    for event in events::all(whole) {
        write(&mut lines, whole, &stamp, &event);
    }
    lines.value("END", "VCALENDAR");
    lines.finish()
}

fn write(lines: &mut Lines, board: &Board, stamp: &str, event: &Event<'_>) {
    let train = event.row.train().version.as_str();
    lines.value("BEGIN", "VEVENT");
    lines.value("UID", &identity(board, train, &event.key));
    lines.value("DTSTAMP", stamp);
    lines.value("DTSTART;VALUE=DATE", &date(event.first_day));
    // The last day of the calendar has none after it, and needs none.
    if let Some(after) = event.last_day.next() {
        lines.value("DTEND;VALUE=DATE", &date(after));
    }
    lines.text("SUMMARY", &event.title);
    let link = event.link.map(|link| Uri(link).to_string());
    let more: Vec<_> = event.more.iter().chain(&link).cloned().collect();
    if !more.is_empty() {
        lines.text("DESCRIPTION", &more.join("\n"));
    }
    if let Some(link) = &link {
        lines.value("URL", link);
    }
    let status = if event.is_certain {
        "CONFIRMED"
    } else {
        "TENTATIVE"
    };
    lines.value("STATUS", status);
    lines.value("TRANSP", "TRANSPARENT");
    lines.value("END", "VEVENT");
}

/// `20261120`
fn date(day: Day) -> String {
    day.to_string().replace('-', "")
}
