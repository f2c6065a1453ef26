//! From Markdown to HTML.

mod alerts;
mod bare;
mod blocks;
mod footnotes;
mod headings;
mod links;
mod raw;

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, OffsetIter, Parser, Tag, TagEnd};

use super::anchors::Anchors;
use super::links::Targets;
use crate::diagnostic::{Diagnostic, Source};
use crate::markers::{Around, DIALECT, Expanded};
use crate::schedule::Period;
use crate::views::escape::HtmlProse;

use alerts::Alert;
use bare::Run;
use blocks::{Code, Table};
use footnotes::Footnotes;
use headings::OpenHeading;
use links::OpenPicture;
use raw::{Piece, inline_lines};

/// For so many dead links a near one is looked for: each search goes through
/// all there are.
pub(super) const ADVISED: usize = 50;

/// How long a description of a page may be, in bytes.
const DESCRIPTION: usize = 160;

/// How much code of a page is coloured, in bytes: what is more stays plain.
const COLOURED: usize = 1024 * 1024;

/// A page's Markdown as HTML, with what is known about it.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) html: String,
    pub(super) headings: Vec<Heading>,
    /// The places that can be linked to, but for the headings.
    pub(super) anchors: Vec<String>,
    /// Links to places whose existence is still to be checked.
    pub(super) anchor_links: Vec<AnchorLink>,
    /// Files that it shows or links to.
    pub(super) files: Vec<String>,
    /// The beginning of its first paragraph.
    pub(super) description: String,
    /// Whether it has a heading of the first level.
    pub(super) has_title: bool,
    /// Whether it depends on the day.
    pub(super) dated: bool,
    /// The days for which it holds.
    pub(super) period: Option<Period>,
    /// What may not read everywhere as it does here.
    pub(super) advice: Vec<Diagnostic>,
}

impl Body {
    /// All places that can be linked to.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|heading| &*heading.id);
        headings.chain(self.anchors.iter().map(String::as_str))
    }
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
pub(super) struct AnchorLink {
    pub(super) page: usize,
    pub(super) anchor: String,
    pub(super) span: Range<usize>,
}

/// Where a page stands.
#[derive(Clone, Copy)]
pub(super) struct LinkContext<'a> {
    /// The page's number.
    pub(super) page: usize,
    /// The folder that the addresses in its Markdown start from.
    pub(super) from: &'a str,
    /// The folder that its own address is in.
    pub(super) folder: &'a str,
    pub(super) targets: &'a Targets,
    pub(super) source: &'a Arc<Source>,
    /// The language of the page, as it is written and beside English.
    pub(super) lang: &'a str,
    pub(super) around: Around,
    /// Whether code is coloured.
    pub(super) highlight: bool,
}

/// What is wrong with a page.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) errors: Vec<Diagnostic>,
    /// The paths that do not exist, and the numbers of their errors. What is
    /// near them is told of the first of all pages: it may be any of these.
    pub(super) missing: Vec<(usize, String)>,
}

impl From<Vec<Diagnostic>> for Faults {
    fn from(errors: Vec<Diagnostic>) -> Self {
        let missing = Vec::new();
        Self { errors, missing }
    }
}

impl Faults {
    /// Says of the first so many paths what is near, and how many there were.
    pub(super) fn advise(&mut self, targets: &Targets, count: usize) -> usize {
        let advised = &self.missing[..count.min(self.missing.len())];
        for (number, path) in advised {
            let near = targets.near(path);
            self.errors[*number].help = near.map(|near| format!("the nearest is `{near}`"));
        }
        advised.len()
    }

    /// Leaves out the errors for which it does not hold.
    pub(super) fn retain(&mut self, mut holds: impl FnMut(&Diagnostic) -> bool) {
        let mut missing = std::mem::take(&mut self.missing).into_iter().peekable();
        let errors = std::mem::take(&mut self.errors);
        for (number, error) in errors.into_iter().enumerate() {
            let path = missing.next_if(|(of, _)| *of == number);
            if holds(&error) {
                let number = self.errors.len();
                self.missing.extend(path.map(|(_, path)| (number, path)));
                self.errors.push(error);
            }
        }
    }

    /// The same after other errors.
    pub(super) fn after(mut self, before: Vec<Diagnostic>) -> Self {
        for (number, _) in &mut self.missing {
            *number += before.len();
        }
        self.errors.splice(0..0, before);
        self
    }
}

/// A page's Markdown as HTML.
///
/// # Errors
///
/// All links that lead nowhere, and all HTML that may not be.
pub(super) fn body(links: LinkContext<'_>, expanded: &Expanded<'_>) -> Result<Body, Faults> {
    let mut writer = Writer::new(links, expanded);
    let mut events = Parser::new_ext(&expanded.text, DIALECT).into_offset_iter();
    while let Some((event, span)) = events.next() {
        writer.event(event, span, &events);
    }
    writer.finish()
}

struct Writer<'a> {
    links: LinkContext<'a>,
    expanded: &'a Expanded<'a>,
    body: Body,
    /// What is being written; set aside while a footnote is.
    html: String,
    errors: Vec<Diagnostic>,
    /// The first paths that links lead to and that do not exist.
    missing: Vec<(usize, String)>,
    ids: Anchors,
    heading: Option<OpenHeading<'a>>,
    picture: Option<OpenPicture<'a>>,
    table: Table,
    raw: Option<Piece>,
    /// The raw HTML that was written.
    pieces: Vec<Piece>,
    footnotes: Footnotes<'a>,
    /// Whether the first paragraph is being read.
    describing: bool,
    /// What stands between pulldown-cmark's reading of an alert and ours.
    alert: Alert,
    /// Text that may be a part of an address.
    run: Run<'a>,
    /// How many links are open, and whether raw HTML has opened one.
    link_depth: usize,
    is_in_raw_link: bool,
    /// The code that is being read.
    code: Option<Code>,
    /// How many bytes of code may still be coloured.
    colours: usize,
}

impl<'a> Writer<'a> {
    fn new(links: LinkContext<'a>, expanded: &'a Expanded<'a>) -> Self {
        Self {
            links,
            expanded,
            body: Body::default(),
            html: String::with_capacity(expanded.text.len() * 3 / 2),
            errors: Vec::new(),
            missing: Vec::new(),
            ids: Anchors::default(),
            heading: None,
            picture: None,
            table: Table::default(),
            raw: None,
            pieces: Vec::new(),
            footnotes: Footnotes::default(),
            describing: false,
            alert: Alert::None,
            run: Run::default(),
            link_depth: 0,
            is_in_raw_link: false,
            code: None,
            colours: COLOURED,
        }
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>, events: &OffsetIter<'a>) {
        if self.picture.is_some() {
            self.in_picture(event);
            return;
        }
        let Some(event) = self.taken(event, &span, events) else {
            return;
        };
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
            Event::TaskListMarker(done) => {
                let (checked, name) = if done {
                    (" checked", "done")
                } else {
                    ("", "to do")
                };
                let name = self.english_name(name);
                let _ = write!(
                    self.html,
                    "<input type=\"checkbox\" disabled{checked}{name}> "
                );
            }
        }
    }

    /// Keeps an event for later that shows only then what it is; gives back
    /// the others.
    fn taken(
        &mut self,
        event: Event<'a>,
        span: &Range<usize>,
        events: &OffsetIter<'a>,
    ) -> Option<Event<'a>> {
        if let (Some(code), Event::Text(text)) = (&mut self.code, &event) {
            code.text.push_str(text);
            return None;
        }
        if !matches!(event, Event::Text(_)) {
            self.write_run();
        }
        match self.take_for_alert(event, span, events)? {
            Event::Text(text) => self.take_for_address(text, span).map(Event::Text),
            event => Some(event),
        }
    }

    /// The attributes that name something in English.
    fn english_name(&self, name: &str) -> String {
        let english = self.links.around.english_name();
        format!(" aria-label=\"{name}\"{english}")
    }

    /// The attribute with which the language of the page goes on within
    /// something that has an English name.
    fn own_language(&self) -> String {
        match self.links.around {
            Around::English => String::new(),
            _ => format!(" lang=\"{}\"", self.links.lang),
        }
    }

    fn open_paragraph(&mut self) {
        self.describing = self.body.description.is_empty();
        self.html.push_str("<p>");
    }

    fn text(&mut self, text: &str) {
        let _ = write!(self.html, "{}", HtmlProse(text));
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if self.describing {
            self.body.description.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: &Range<usize>, events: &OffsetIter<'a>) {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::Heading {
                id, classes, attrs, ..
            } => {
                self.heading = Some(OpenHeading {
                    id,
                    classes,
                    attributes: attrs,
                    ..self.open_heading(span)
                });
            }
            Tag::DefinitionListTitle => self.heading = Some(self.open_heading(span)),
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::HtmlBlock => self.raw = Some(Piece::default()),
            Tag::List(Some(start)) if start != 1 => {
                let _ = writeln!(self.html, "<ol start=\"{start}\">");
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
                self.link_depth += 1;
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
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::Link => {
                self.link_depth = self.link_depth.saturating_sub(1);
                self.html.push_str("</a>");
            }
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

    fn finish(mut self) -> Result<Body, Faults> {
        self.write_run();
        self.write_footnotes();
        self.judge();
        if !self.errors.is_empty() {
            return Err(Faults {
                errors: self.errors,
                missing: self.missing,
            });
        }
        self.body.html = self.html;
        self.body.html.shrink_to_fit();
        self.body.headings.shrink_to_fit();
        shorten(&mut self.body.description);
        Ok(self.body)
    }
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
        TagEnd::Table => "</tbody></table></div>\n",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Superscript => "</sup>",
        TagEnd::Subscript => "</sub>",
        _ => "",
    }
}

/// Cuts a description between two words.
fn shorten(text: &mut String) {
    *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() <= DESCRIPTION {
        return;
    }
    let end = text.floor_char_boundary(DESCRIPTION);
    let end = text[..end].rfind(' ').unwrap_or(end);
    text.truncate(end);
    text.push('…');
}
