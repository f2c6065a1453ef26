//! From Markdown to HTML.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Parser, Tag,
    TagEnd,
};

use super::address::{self, Address};
use super::anchors::Anchors;
use super::html::{push_attribute, push_text};
use super::links::Targets;
use super::raw_html::{self, Note, Role};
use crate::diagnostic::{Diagnostic, Source};
use crate::markers::{DIALECT, Expanded};

/// How long a description of a page may be, in bytes.
const DESCRIPTION: usize = 160;

/// A page's Markdown as HTML, with what is known about it.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) html: String,
    pub(super) headings: Vec<Heading>,
    /// All places that can be linked to.
    pub(super) anchors: HashSet<String>,
    /// Links to places whose existence is still to be checked.
    pub(super) promised: Vec<Promised>,
    /// The beginning of its first paragraph.
    pub(super) description: String,
    /// Whether it has a heading of the first level.
    pub(super) has_title: bool,
    /// Whether it depends on the day.
    pub(super) dated: bool,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// From 1 to 6.
    pub(super) level: u8,
    pub(super) id: String,
    pub(super) title: String,
}

/// A link to a place on a page.
#[derive(Debug)]
pub(super) struct Promised {
    pub(super) page: usize,
    pub(super) anchor: String,
    pub(super) span: Range<usize>,
}

/// Where a page stands.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    /// The page's number.
    pub(super) page: usize,
    /// The folder that its addresses start from.
    pub(super) folder: &'a str,
    pub(super) targets: &'a Targets,
    pub(super) source: &'a Arc<Source>,
}

/// A page's Markdown as HTML.
///
/// # Errors
///
/// All links that lead nowhere, and all HTML that may not be.
pub(super) fn body(
    standing: Standing<'_>,
    expanded: &Expanded<'_>,
) -> Result<Body, Vec<Diagnostic>> {
    let mut writer = Writer::new(standing, expanded);
    let mut events = Parser::new_ext(&expanded.text, DIALECT).into_offset_iter();
    while let Some((event, span)) = events.next() {
        writer.event(event, span, &events);
    }
    writer.finish()
}

struct Writer<'a> {
    standing: Standing<'a>,
    expanded: &'a Expanded<'a>,
    body: Body,
    /// What is being written; set aside while a footnote is.
    html: String,
    errors: Vec<Diagnostic>,
    ids: Anchors,
    heading: Option<OpenHeading<'a>>,
    picture: Option<OpenPicture<'a>>,
    table: Table,
    raw: Option<Raw>,
    footnotes: Footnotes<'a>,
    /// Whether the first paragraph is being read.
    describing: bool,
    /// What stands between pulldown-cmark's reading of an alert and ours.
    alert: Alert,
}

/// A heading, or a term that is defined.
struct OpenHeading<'a> {
    start: usize,
    text: String,
    id: Option<CowStr<'a>>,
    classes: Vec<CowStr<'a>>,
    attributes: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
}

struct OpenPicture<'a> {
    address: String,
    title: CowStr<'a>,
    text: String,
    /// Pictures and links in its text.
    depth: usize,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

/// A block of raw HTML.
#[derive(Default)]
struct Raw {
    html: String,
    /// Where its lines begin, there and in the text.
    lines: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Footnotes<'a> {
    /// Number and count of references, by name.
    references: HashMap<CowStr<'a>, (usize, usize)>,
    written: HashMap<CowStr<'a>, String>,
    /// The one being written, and what was being written before it.
    open: Vec<(CowStr<'a>, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alert {
    None,
    /// The last event began one.
    Begun,
    /// The last events began and ended one: its text may follow as a quote.
    Empty,
}

impl<'a> Writer<'a> {
    fn new(standing: Standing<'a>, expanded: &'a Expanded<'a>) -> Self {
        Self {
            standing,
            expanded,
            body: Body::default(),
            html: String::with_capacity(expanded.text.len() * 3 / 2),
            errors: Vec::new(),
            ids: Anchors::default(),
            heading: None,
            picture: None,
            table: Table::default(),
            raw: None,
            footnotes: Footnotes::default(),
            describing: false,
            alert: Alert::None,
        }
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>, events: &OffsetIter<'a>) {
        if self.picture.is_some() {
            self.in_picture(event);
            return;
        }
        if self.skips_for_alert(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, &span, events),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.text(&code);
                self.html.push_str("</code>");
            }
            Event::Html(html) => self.raw_line(&html, span.start),
            Event::InlineHtml(html) => {
                let lines = inline_lines(&html, &span, &self.expanded.text);
                let checked = self.checked(&html, &lines);
                self.html.push_str(&checked);
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => self.html.push_str(if done {
                "<input type=\"checkbox\" disabled checked aria-label=\"done\"> "
            } else {
                "<input type=\"checkbox\" disabled aria-label=\"to do\"> "
            }),
        }
    }

    fn text(&mut self, text: &str) {
        push_text(&mut self.html, text);
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if self.describing {
            self.body.description.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: &Range<usize>, events: &OffsetIter<'a>) {
        match tag {
            Tag::Paragraph => {
                self.describing = self.body.description.is_empty();
                self.html.push_str("<p>");
            }
            Tag::Heading {
                id, classes, attrs, ..
            } => self.open_heading(id, classes, attrs),
            Tag::DefinitionListTitle => self.open_heading(None, Vec::new(), Vec::new()),
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.raw = Some(Raw::default()),
            Tag::List(Some(start)) if start != 1 => {
                self.html.push_str("<ol");
                push_attribute(&mut self.html, "start", &start.to_string());
                self.html.push_str(">\n");
            }
            Tag::FootnoteDefinition(name) => {
                let before = std::mem::take(&mut self.html);
                self.footnotes.open.push((name, before));
            }
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead | Tag::TableRow => self.open_row(&tag),
            Tag::TableCell => self.open_cell(),
            Tag::Link {
                link_type,
                ref dest_url,
                ref title,
                ..
            } => {
                let place = self.target_place(&tag, span, events);
                self.link(link_type, dest_url, title, place);
            }
            Tag::Image {
                ref dest_url,
                ref title,
                ..
            } => {
                let place = self.target_place(&tag, span, events);
                self.open_picture(dest_url, title.clone(), place);
            }
            tag => self.html.push_str(plain_start(&tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.describing = false;
                self.html.push_str("</p>\n");
            }
            TagEnd::Heading(level) => self.close_heading(Some(level as u8)),
            TagEnd::DefinitionListTitle => self.close_heading(None),
            TagEnd::HtmlBlock => self.close_raw(),
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.html.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableCell => {
                self.table.column += 1;
                self.html
                    .push_str(if self.table.in_head { "</th>" } else { "</td>" });
            }
            tag => self.html.push_str(plain_end(tag)),
        }
    }

    fn finish(mut self) -> Result<Body, Vec<Diagnostic>> {
        self.write_footnotes();
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.body.html = self.html;
        shorten(&mut self.body.description);
        Ok(self.body)
    }
}

/// Headings.
impl<'a> Writer<'a> {
    fn open_heading(
        &mut self,
        id: Option<CowStr<'a>>,
        classes: Vec<CowStr<'a>>,
        attributes: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
    ) {
        self.heading = Some(OpenHeading {
            start: self.html.len(),
            text: String::new(),
            id,
            classes,
            attributes,
        });
    }

    /// Writes the start tag, now that the text is known that the anchor is
    /// made of.
    fn close_heading(&mut self, level: Option<u8>) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let given = heading.id.as_deref().map(str::to_owned);
        let id = given.unwrap_or_else(|| self.ids.of(&heading.text));
        let name = level.map_or("dt".to_owned(), |level| format!("h{level}"));
        let tag = self.heading_tag(&name, &id, &heading);
        self.html.insert_str(heading.start, &tag);
        if level.is_some_and(|level| level > 1) && !id.is_empty() {
            self.html
                .push_str("<a class=\"anchor\" aria-hidden=\"true\" tabindex=\"-1\"");
            push_attribute(
                &mut self.html,
                "href",
                &format!("#{}", address::encoded(&id)),
            );
            self.html.push_str("></a>");
        }
        self.html.push_str("</");
        self.html.push_str(&name);
        self.html.push_str(">\n");
        self.body.anchors.insert(id.clone());
        if let Some(level) = level {
            self.body.has_title |= level == 1;
            let title = heading.text.trim().replace('\n', " ");
            self.body.headings.push(Heading { level, id, title });
        }
    }

    fn heading_tag(&mut self, name: &str, id: &str, heading: &OpenHeading<'_>) -> String {
        let mut tag = format!("<{name}");
        if !id.is_empty() {
            push_attribute(&mut tag, "id", id);
        }
        if !heading.classes.is_empty() {
            push_attribute(&mut tag, "class", &heading.classes.join(" "));
        }
        for (attribute, value) in &heading.attributes {
            let value = value.as_deref().unwrap_or_default();
            let place = self.place_of(attribute, heading);
            let lower = attribute.to_ascii_lowercase();
            match raw_html::attribute(name, &lower, value, place) {
                Some(Note::Refused { span, title, help }) => self.refuse(span, title, help),
                _ => push_attribute(&mut tag, attribute, value),
            }
        }
        tag.push('>');
        tag
    }

    /// Where an attribute of a heading is written, as nearly as is known.
    fn place_of(&self, attribute: &str, _: &OpenHeading<'_>) -> Range<usize> {
        let at = self.expanded.text.find(attribute).unwrap_or(0);
        self.expanded.place(at..at + attribute.len())
    }
}

/// Quotes and alerts.
impl Writer<'_> {
    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, title) = match kind {
            None => {
                self.html.push_str("<blockquote>\n");
                return;
            }
            Some(BlockQuoteKind::Note) => ("note", "Note"),
            Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
            Some(BlockQuoteKind::Important) => ("important", "Important"),
            Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
        };
        self.html.push_str("<blockquote class=\"alert alert-");
        self.html.push_str(class);
        self.html.push_str("\">\n<p class=\"alert-title\">");
        self.html.push_str(title);
        self.html.push_str("</p>\n");
    }

    /// An alert whose title is followed by an empty line reaches us as an
    /// empty alert and a quote. Both are one to the writer.
    fn skips_for_alert(&mut self, event: &Event<'_>) -> bool {
        let is_end = matches!(event, Event::End(TagEnd::BlockQuote(_)));
        match (self.alert, event) {
            (_, Event::Start(Tag::BlockQuote(Some(_)))) => self.alert = Alert::Begun,
            (Alert::Begun, _) if is_end => {
                self.alert = Alert::Empty;
                return true;
            }
            (Alert::Empty, Event::Start(Tag::BlockQuote(None))) => {
                self.alert = Alert::None;
                return true;
            }
            (Alert::Empty, _) => {
                self.alert = Alert::None;
                self.html.push_str("</blockquote>\n");
            }
            _ => self.alert = Alert::None,
        }
        false
    }
}

/// Code and tables.
impl Writer<'_> {
    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.html.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let mut words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
            if let Some(language) = words.next() {
                push_attribute(&mut self.html, "class", &format!("language-{language}"));
            }
        }
        self.html.push('>');
    }

    fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table {
            alignments,
            column: 0,
            in_head: true,
        };
        let wrapper = "<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">";
        self.html.push_str(wrapper);
        self.html.push_str("<table>\n");
    }

    fn open_row(&mut self, tag: &Tag<'_>) {
        self.table.column = 0;
        let is_head = matches!(tag, Tag::TableHead);
        self.html
            .push_str(if is_head { "<thead><tr>" } else { "<tr>" });
    }

    fn open_cell(&mut self) {
        let tag = if self.table.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        };
        self.html.push_str(tag);
        self.html.push_str(class);
    }
}

/// Links and pictures.
impl<'a> Writer<'a> {
    /// Where the target of a link or a picture is written.
    fn target_place(
        &self,
        tag: &Tag<'a>,
        span: &Range<usize>,
        events: &OffsetIter<'a>,
    ) -> Range<usize> {
        let (Tag::Link { dest_url, id, .. } | Tag::Image { dest_url, id, .. }) = tag else {
            return span.clone();
        };
        let definition = events.reference_definitions().get(id);
        let is_inline = self.expanded.text[span.clone()].ends_with([')', '>']);
        let written = match definition {
            Some(definition) if !is_inline => definition.span.clone(),
            _ => span.clone(),
        };
        let found = self.expanded.text[written.clone()].rfind(&**dest_url);
        let place = found
            .filter(|_| !dest_url.is_empty())
            .map_or(written.clone(), |at| {
                let start = written.start + at;
                start..start + dest_url.len()
            });
        self.expanded.place(place)
    }

    fn link(&mut self, kind: LinkType, to: &str, title: &str, place: Range<usize>) {
        let address = if kind == LinkType::Email {
            format!("mailto:{to}")
        } else {
            self.address(to, Role::Link, place)
        };
        self.html.push_str("<a");
        push_attribute(&mut self.html, "href", &address);
        if !title.is_empty() {
            push_attribute(&mut self.html, "title", title);
        }
        self.html.push('>');
    }

    /// The address to write for one that is written in a page.
    fn address(&mut self, written: &str, role: Role, place: Range<usize>) -> String {
        let written = address::as_browsers_read(written);
        let inside = match address::read(&written) {
            Ok(Address::Inside(inside)) => inside,
            Ok(Address::Outside) if role == Role::Picture => {
                self.refuse(
                    place,
                    "this comes from another host".to_owned(),
                    "copy the file into the site: no page makes a request to another host",
                );
                return String::new();
            }
            Ok(Address::Outside) => return written.into_owned(),
            Err(refused) => {
                self.refuse(place, refused.title, refused.help);
                return String::new();
            }
        };
        if role == Role::Other {
            return written.into_owned();
        }
        let Standing { page, folder, .. } = self.standing;
        match self.standing.targets.follow(page, folder, &inside) {
            Ok(link) => {
                if let Some((page, anchor)) = link.anchor {
                    let span = place;
                    self.body.promised.push(Promised { page, anchor, span });
                }
                link.address
            }
            Err(dead) => {
                let error = Diagnostic::error("dead-link", dead.title);
                let mut error = error.at(self.standing.source, place, "leads nowhere");
                error.help = dead.help;
                self.errors.push(error);
                String::new()
            }
        }
    }

    fn refuse(&mut self, span: Range<usize>, title: String, help: &str) {
        let error = Diagnostic::error("refused-html", title);
        let error = error.at(self.standing.source, span, "refused");
        self.errors.push(error.help(help));
    }

    fn open_picture(&mut self, to: &str, title: CowStr<'a>, place: Range<usize>) {
        let address = self.address(to, Role::Picture, place);
        self.picture = Some(OpenPicture {
            address,
            title,
            text: String::new(),
            depth: 0,
        });
    }

    /// Collects the text of a picture, and writes it at its end.
    fn in_picture(&mut self, event: Event<'a>) {
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => self.close_picture(),
            Event::Text(text) | Event::Code(text) => picture.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => picture.text.push(' '),
            _ => {}
        }
    }

    fn close_picture(&mut self) {
        if let Some(picture) = self.picture.take() {
            self.html.push_str("<img");
            push_attribute(&mut self.html, "src", &picture.address);
            push_attribute(&mut self.html, "alt", &picture.text);
            if !picture.title.is_empty() {
                push_attribute(&mut self.html, "title", &picture.title);
            }
            self.html.push('>');
        }
    }
}

/// Raw HTML.
impl Writer<'_> {
    fn raw_line(&mut self, html: &str, start: usize) {
        if let Some(raw) = &mut self.raw {
            raw.lines.push((raw.html.len(), start));
            raw.html.push_str(html);
        }
    }

    fn close_raw(&mut self) {
        if let Some(raw) = self.raw.take() {
            let checked = self.checked(&raw.html, &raw.lines);
            self.html.push_str(&checked);
            if !checked.ends_with('\n') {
                self.html.push('\n');
            }
        }
    }

    /// Raw HTML with its links led to pages; what may not be in it is
    /// reported.
    fn checked(&mut self, html: &str, lines: &[(usize, usize)]) -> String {
        let mut checked = String::with_capacity(html.len());
        let mut done = 0;
        for note in raw_html::notes(html) {
            match note {
                Note::Refused { span, title, help } => {
                    let place = self.raw_place(&span, lines);
                    self.refuse(place, title, help);
                }
                Note::Anchor(anchor) => {
                    self.body.anchors.insert(anchor);
                }
                Note::Title => self.body.has_title = true,
                Note::Address {
                    span,
                    address: written,
                    role,
                } => {
                    let place = self.raw_place(&span, lines);
                    let address = self.address(&written, role, place);
                    if address != written && span.start >= done {
                        checked.push_str(&html[done..span.start]);
                        push_text(&mut checked, &address);
                        done = span.end;
                    }
                }
            }
        }
        checked.push_str(&html[done..]);
        checked
    }

    /// The bytes of the source that a stretch of raw HTML came from.
    fn raw_place(&self, span: &Range<usize>, lines: &[(usize, usize)]) -> Range<usize> {
        let place = |at: usize| {
            let line = lines.partition_point(|(start, _)| *start <= at);
            let line = line.checked_sub(1).and_then(|line| lines.get(line));
            line.map_or(0, |(start, text)| text + (at - start))
        };
        let start = place(span.start);
        let end = place(span.end.saturating_sub(1).max(span.start)) + 1;
        let length = self.expanded.text.len();
        self.expanded.place(start.min(length)..end.min(length))
    }
}

/// Footnotes, all at the end of the page.
impl<'a> Writer<'a> {
    fn footnote_reference(&mut self, name: &CowStr<'a>) {
        let next = self.footnotes.references.len() + 1;
        let entry = self.footnotes.references.entry(name.clone());
        let (number, count) = entry.or_insert((next, 0));
        *count += 1;
        let (number, id) = (number.to_string(), format!("fr-{name}-{count}"));
        self.html.push_str("<sup class=\"footnote-reference\"");
        push_attribute(&mut self.html, "id", &id);
        self.html.push_str("><a");
        push_attribute(
            &mut self.html,
            "href",
            &format!("#footnote-{}", address::encoded(name)),
        );
        self.html.push('>');
        let describing = std::mem::take(&mut self.describing);
        self.text(&number);
        self.describing = describing;
        self.html.push_str("</a></sup>");
        self.body.anchors.insert(id);
    }

    fn close_footnote(&mut self) {
        if let Some((name, before)) = self.footnotes.open.pop() {
            let written = std::mem::replace(&mut self.html, before);
            self.footnotes.written.entry(name).or_insert(written);
        }
    }

    fn write_footnotes(&mut self) {
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
        self.html
            .push_str("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for ((_, count), name, text) in used {
            self.footnote(&name, count, &text);
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn footnote(&mut self, name: &str, count: usize, text: &str) {
        let id = format!("footnote-{name}");
        self.html.push_str("<li");
        push_attribute(&mut self.html, "id", &id);
        self.html.push('>');
        self.body.anchors.insert(id);
        let text = text.trim_end();
        let inside = text.strip_suffix("</p>");
        self.html.push_str(inside.unwrap_or(text));
        for reference in 1..=count {
            self.html.push_str(" <a class=\"back\"");
            let address = format!("#fr-{}-{reference}", address::encoded(name));
            push_attribute(&mut self.html, "href", &address);
            push_attribute(
                &mut self.html,
                "aria-label",
                &format!("Back to reference {reference}"),
            );
            self.html.push_str(">↩</a>");
        }
        self.html.push_str(if inside.is_some() {
            "</p></li>\n"
        } else {
            "</li>\n"
        });
    }
}

/// Where the lines of a tag within a paragraph begin, in it and in the text,
/// where quote marks may stand before them.
fn inline_lines(html: &str, span: &Range<usize>, text: &str) -> Vec<(usize, usize)> {
    let mut lines = vec![(0, span.start)];
    if html.len() == span.len() {
        return lines;
    }
    let mut at = span.start;
    for (end, _) in html.match_indices('\n') {
        let line = html[end + 1..].lines().next().unwrap_or_default();
        at = text[at..].find('\n').map_or(at, |newline| at + newline + 1);
        at += text[at..].find(line).unwrap_or(0);
        lines.push((end + 1, at));
    }
    lines
}

fn plain_start(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::List(Some(_)) => "<ol>\n",
        Tag::List(None) => "<ul>\n",
        Tag::Item => "<li>",
        Tag::DefinitionList => "<dl>\n",
        Tag::DefinitionListDefinition => "<dd>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<del>",
        Tag::Superscript => "<sup>",
        Tag::Subscript => "<sub>",
        _ => "",
    }
}

fn plain_end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::DefinitionList => "</dl>\n",
        TagEnd::DefinitionListDefinition => "</dd>\n",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::Table => "</tbody></table></div>\n",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Superscript => "</sup>",
        TagEnd::Subscript => "</sub>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}

/// Cuts a description between two words.
fn shorten(text: &mut String) {
    *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() <= DESCRIPTION {
        return;
    }
    let boundary = |end: &usize| text.is_char_boundary(*end);
    let end = (0..=DESCRIPTION).rev().find(boundary).unwrap_or(0);
    let end = text[..end].rfind(' ').unwrap_or(end);
    text.truncate(end);
    text.push('…');
}
