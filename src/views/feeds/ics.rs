//! Writes iCalendar, as RFC 5545 has it.
//!
//! The crate `icalendar` 0.17 folds some lines to 76 octets, of which the
//! format allows 75; so this is written here. `tests/suite/feeds.rs` holds the
//! lines to their length, whatever is in them.

/// The most octets of a line, without its end.
const LIMIT: usize = 75;

/// Content lines.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property whose value is neither text nor anything that needs care.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// A property that is text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let text = text.replace('\\', "\\\\").replace('\n', "\\n");
        let text = text.replace(';', "\\;").replace(',', "\\,");
        self.value(name, &text);
    }

    /// A line, folded where it is too long: between characters, and not within
    /// an escape, which some readers would not find again.
    fn line(&mut self, line: &str) {
        let mut used = 0;
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let second = rest[first.len_utf8()..].chars().next();
            let second = second.filter(|_| first == '\\').map_or(0, char::len_utf8);
            let (piece, after) = rest.split_at(first.len_utf8() + second);
            if used + piece.len() > LIMIT {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push_str(piece);
            used += piece.len();
            rest = after;
        }
        self.0.push_str("\r\n");
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
