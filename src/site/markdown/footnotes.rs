//! Footnotes, all at the end of the page.

use std::collections::HashMap;
use std::fmt::Write;

use pulldown_cmark::CowStr;

use super::super::address;
use super::Writer;
use crate::views::escape::HtmlProse;

#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Number and count of references, by name.
    pub(super) references: HashMap<CowStr<'a>, (usize, usize)>,
    pub(super) written: HashMap<CowStr<'a>, String>,
    /// The one being written, and what was being written before it.
    pub(super) open: Vec<(CowStr<'a>, String)>,
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_reference(&mut self, name: &CowStr<'a>) {
        let next = self.footnotes.references.len() + 1;
        let entry = self.footnotes.references.entry(name.clone());
        let (number, count) = entry.or_insert((next, 0));
        *count += 1;
        let (number, id) = (number.to_string(), format!("fr-{name}-{count}"));
        let _ = write!(
            self.html,
            "<sup class=\"footnote-reference\" id=\"{}\"><a href=\"#footnote-{}\">",
            HtmlProse(&id),
            address::encoded(name)
        );
        let describing = std::mem::take(&mut self.describing);
        self.text(&number);
        self.describing = describing;
        self.html.push_str("</a></sup>");
        self.body.anchors.push(id);
    }

    pub(super) fn close_footnote(&mut self) {
        if let Some((name, before)) = self.footnotes.open.pop() {
            let written = std::mem::replace(&mut self.html, before);
            self.footnotes.written.entry(name).or_insert(written);
        }
    }

    pub(super) fn write_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes);
        let mut used: Vec<_> = footnotes
            .written
            .into_iter()
            .filter_map(|(name, text)| Some((*footnotes.references.get(&name)?, name, text)))
            .collect();
        if used.is_empty() {
            return;
        }
        used.sort_unstable_by_key(|((number, _), ..)| *number);
        let (name, own) = (self.english_name("Footnotes"), self.own_language());
        let _ = writeln!(self.html, "<section class=\"footnotes\"{name}>\n<ol{own}>");
        for ((_, count), name, text) in used {
            self.footnote(&name, count, &text);
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn footnote(&mut self, name: &str, count: usize, text: &str) {
        let id = format!("footnote-{name}");
        let _ = write!(self.html, "<li id=\"{}\">", HtmlProse(&id));
        self.body.anchors.push(id);
        let text = text.trim_end();
        let inside = text.strip_suffix("</p>");
        self.html.push_str(inside.unwrap_or(text));
        let english = self.links.around.english_name();
        for reference in 1..=count {
            let _ = write!(
                self.html,
                " <a class=\"back\" href=\"#fr-{}-{reference}\" \
                 aria-label=\"Back to reference {reference}\"{english}>↩</a>",
                address::encoded(name)
            );
        }
        self.html.push_str(if inside.is_some() {
            "</p></li>\n"
        } else {
            "</li>\n"
        });
    }
}
