//! `SUMMARY.md`: which pages there are, in the form that mdBook gave it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::address;
use super::markdown::ADVISED;
use super::navigation::{Entry, ItemKind, MAX_DEPTH};
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::markers::DIALECT;

/// The entries of a `SUMMARY.md`, in order.
///
/// # Errors
///
/// All links to files that are not there, are listed twice, or are no pages.
pub(super) fn entries(
    source: &Arc<Source>,
    pages: &HashMap<&str, usize>,
) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let mut reader = Reader {
        source,
        pages,
        entries: Vec::new(),
        errors: Vec::new(),
        listed: HashMap::new(),
        depth: 0,
        heading: None,
        link: None,
        item: None,
    };
    for (event, span) in Parser::new_ext(&source.text, DIALECT).into_offset_iter() {
        reader.event(&event, span);
    }
    if reader.errors.is_empty() {
        Ok(reader.entries)
    } else {
        Err(reader.errors)
    }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    pages: &'a HashMap<&'a str, usize>,
    entries: Vec<Entry>,
    errors: Vec<Diagnostic>,
    /// Where each page was listed.
    listed: HashMap<usize, Range<usize>>,
    /// How many lists are open.
    depth: usize,
    heading: Option<String>,
    /// The text of the link that is open, its target and its place.
    link: Option<(String, String, Range<usize>)>,
    /// The item that is open and has no link yet.
    item: Option<Range<usize>>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::List(_)) => {
                self.item_without_link();
                self.depth += 1;
            }
            Event::End(TagEnd::List(_)) => self.depth -= 1,
            Event::Start(Tag::Item) => self.item = Some(span),
            Event::End(TagEnd::Item) => self.item_without_link(),
            Event::Start(Tag::Heading { .. }) => self.heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => self.part(),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some((String::new(), dest_url.to_string(), span));
            }
            Event::End(TagEnd::Link) => self.chapter(),
            Event::Rule => self.add(ItemKind::Rule, String::new()),
            Event::Text(text) | Event::Code(text) => self.text(text),
            Event::SoftBreak => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let link = self.link.as_mut().map(|(title, ..)| title);
        if let Some(title) = link.or(self.heading.as_mut()) {
            title.push_str(text);
        }
    }

    fn add(&mut self, kind: ItemKind, title: String) {
        let depth = self.depth.saturating_sub(1);
        self.entries.push(Entry { kind, title, depth });
    }

    /// A heading names a part, except the first, which names the summary.
    fn part(&mut self) {
        let title = self.heading.take().unwrap_or_default();
        let is_first = self.entries.is_empty() && self.listed.is_empty();
        if !(is_first && title.trim().eq_ignore_ascii_case("summary")) {
            self.add(ItemKind::Part, title);
        }
    }

    fn item_without_link(&mut self) {
        if let Some(span) = self.item.take() {
            let line = self.source.text[span.clone()]
                .lines()
                .next()
                .unwrap_or_default();
            let error = Diagnostic::error("summary-item", "this item of the summary has no link")
                .at(self.source, span.start..span.start + line.len(), "no link")
                .help("write `- [Title](file.md)`, or `- [Title]()` for a page to come");
            self.errors.push(error);
        }
    }

    fn chapter(&mut self) {
        self.item = None;
        let Some((title, target, span)) = self.link.take() else {
            return;
        };
        if self.depth > MAX_DEPTH {
            let title = format!("the summary nests deeper than {MAX_DEPTH} levels");
            let error = Diagnostic::error("summary-depth", title);
            self.errors.push(error.at(self.source, span, "too deep"));
            return;
        }
        if target.is_empty() {
            self.add(ItemKind::Draft, title);
            return;
        }
        let path = address::resolved("", &target).unwrap_or_else(|| target.clone());
        let at = self.source.text[span.clone()].rfind(&target).unwrap_or(0);
        let place = span.start + at..(span.start + at + target.len()).min(span.end);
        match self.pages.get(&*path) {
            Some(page) => self.page(*page, title, place),
            None => self.missing(&path, place),
        }
    }

    fn page(&mut self, page: usize, title: String, place: Range<usize>) {
        if let Some(first) = self.listed.insert(page, place.clone()) {
            let error = Diagnostic::error("listed-twice", "this page is listed twice")
                .at(self.source, place, "listed again")
                .at(self.source, first, "listed here");
            self.errors.push(error);
            return;
        }
        self.add(ItemKind::Page(page), title);
    }

    fn missing(&mut self, path: &str, place: Range<usize>) {
        let error = Diagnostic::error("dead-link", format!("there is no page `{path}`")).at(
            self.source,
            place,
            "leads nowhere",
        );
        let advises = self.errors.len() < ADVISED;
        let near = advises.then(|| nearest(path, self.pages.keys().copied()));
        let near = near.flatten();
        self.errors.push(match near {
            Some(near) => error.help(format!("the nearest is `{near}`")),
            None => error,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Entry>, Vec<Diagnostic>> {
        let pages = HashMap::from([("index.md", 0), ("a.md", 1), ("b/c.md", 2)]);
        entries(&Source::new("content/SUMMARY.md", text), &pages)
    }

    #[track_caller]
    fn error(text: &str) -> (String, String) {
        let error = read(text).unwrap_err().remove(0);
        let label = &error.labels[0];
        (
            error.title,
            label.source.text[label.span.clone()].to_owned(),
        )
    }

    #[test]
    fn parts_chapters_drafts_and_rules_keep_their_order() {
        let text = "# Summary\n\n[Home](index.md)\n\n# Part\n\n- [A](./a.md)\n  - [*C* `x`](b/c.md)\n- [Later]()\n\n---\n";
        let shown: Vec<_> = read(text)
            .unwrap()
            .into_iter()
            .map(|entry| (entry.kind, entry.title, entry.depth))
            .collect();
        let entry = |kind, title: &str, depth| (kind, title.to_owned(), depth);
        assert_eq!(
            shown,
            [
                entry(ItemKind::Page(0), "Home", 0),
                entry(ItemKind::Part, "Part", 0),
                entry(ItemKind::Page(1), "A", 0),
                entry(ItemKind::Page(2), "C x", 1),
                entry(ItemKind::Draft, "Later", 0),
                entry(ItemKind::Rule, "", 0),
            ]
        );
    }

    #[test]
    fn a_missing_page_is_named_with_its_place() {
        let expected = ("there is no page `aa.md`".to_owned(), "aa.md".to_owned());
        assert_eq!(error("- [A](aa.md)"), expected);
        assert_eq!(error("- [A](../x.md)").0, "there is no page `../x.md`");
    }

    #[test]
    fn a_page_is_listed_once() {
        let (title, place) = error("- [A](a.md)\n- [B](a.md)");
        assert_eq!((&*title, &*place), ("this page is listed twice", "a.md"));
    }

    #[test]
    fn an_item_has_a_link() {
        let (title, place) = error("- [A](a.md)\n- Text\n  - [C](b/c.md)");
        assert_eq!(
            (&*title, &*place),
            ("this item of the summary has no link", "- Text")
        );
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_abort() {
        let text: String = (0..200).map(|n| "  ".repeat(n) + "- [A]()\n").collect();
        assert_eq!(error(&text).0, "the summary nests deeper than 16 levels");
        let _ = read(&"- ".repeat(20_000));
    }
}
