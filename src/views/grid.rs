//! Tables of pieces of text, as HTML, as Markdown and as text in columns.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::escape;
use super::fit::{Fit, Place};
use super::prose::{self, Piece, Sentence, html_pieces, markdown_pieces, plain_pieces, words};

const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// A table whose first column names its lines.
pub(super) struct Grid {
    /// What the table is called in HTML; empty where the caption says it.
    pub(super) name: String,
    pub(super) caption: String,
    pub(super) heads: Vec<Head>,
    pub(super) groups: Vec<Group>,
    /// Lines that come last, and in HTML are folded up under the title.
    pub(super) folded: Group,
    /// Paragraphs below the table, in HTML alone.
    pub(super) notes: Vec<Sentence>,
}

/// The head of a column.
pub(super) struct Head {
    pub(super) title: String,
    /// What its cells hold, which decides their look; empty for nothing in
    /// particular.
    pub(super) class: &'static str,
    /// Whether its cells are strong in a strong line.
    pub(super) is_strong: bool,
}

/// Lines that belong together.
#[derive(Default)]
pub(super) struct Group {
    /// Not said where it is empty.
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// A line of a table.
#[derive(Default)]
pub(super) struct Line {
    /// The status of the train that it is about, which decides its look.
    pub(super) status: &'static str,
    /// The level of a phase that is seen at its status; empty for none.
    pub(super) level: &'static str,
    /// Whether Markdown and a terminal show it in bold.
    pub(super) is_strong: bool,
    pub(super) cells: Vec<Sentence>,
}

impl Grid {
    /// A table of one group without a title.
    pub(super) fn new(caption: String, titles: &[&str], lines: Vec<Line>) -> Self {
        let head = |title: &&str| Head {
            title: (*title).to_owned(),
            class: "",
            is_strong: true,
        };
        let title = String::new();
        Self {
            name: String::new(),
            caption,
            heads: titles.iter().map(head).collect(),
            groups: vec![Group { title, lines }],
            folded: Group::default(),
            notes: Vec::new(),
        }
    }

    pub(super) fn all_lines(&self) -> impl Iterator<Item = &Line> {
        let groups = self.groups.iter().chain([&self.folded]);
        groups.flat_map(|group| &group.lines)
    }

    /// As one block of HTML, without a blank line.
    pub(super) fn html(&self) -> String {
        self.html_in(Place::Book)
    }

    /// The same where it may have room to scroll.
    pub(super) fn html_in(&self, place: Place) -> String {
        let lines = self.all_lines().count();
        let mut html = String::with_capacity(512 + 640 * lines);
        let fit = Fit::of(self, place);
        let _ = writeln!(html, "<div class=\"tb-table{}\">", fit.class());
        let caption = format!("<caption>{}</caption>\n", escape::Html(&self.caption));
        self.html_table(&mut html, fit, (&self.name, &caption), &self.groups);
        if !self.folded.lines.is_empty() {
            let title = &self.folded.title;
            let summary = escape::Html(title);
            let _ = writeln!(html, "<details>\n<summary>{summary}</summary>");
            let folded = std::slice::from_ref(&self.folded);
            self.html_table(&mut html, fit, (title, ""), folded);
            html.push_str("</details>\n");
        }
        for note in &self.notes {
            let _ = writeln!(html, "<p class=\"tb-note\">{}</p>", html_pieces(note));
        }
        html.push_str("</div>\n");
        html
    }

    /// One of its groups as a table without a caption, of that name where the
    /// group has no title. All groups become cards at the same width.
    pub(super) fn group_html(&self, group: &Group, fit: Fit, name: &str) -> String {
        let name = match &*group.title {
            "" => name,
            title => title,
        };
        let mut html = format!("<div class=\"tb-table{}\">\n", fit.class());
        self.html_table(&mut html, fit, (name, ""), std::slice::from_ref(group));
        html.push_str("</div>\n");
        html
    }

    /// Leaves out the columns, but for the first, that say nothing on any line.
    pub(super) fn leave_out_empty_columns(&mut self) {
        let says = |n: usize| {
            let mut cells = self.all_lines().map(|line| &line.cells[n]);
            n == 0 || cells.any(|cell| !is_nothing(&plain_pieces(cell)))
        };
        let kept: Vec<_> = (0..self.heads.len()).map(says).collect();
        keep(&mut self.heads, &kept);
        let lines = self.groups.iter_mut().flat_map(|group| &mut group.lines);
        for line in lines.chain(&mut self.folded.lines) {
            keep(&mut line.cells, &kept);
        }
    }

    /// A table, in a region of its own where it may have to scroll.
    fn html_table(
        &self,
        html: &mut String,
        fit: Fit,
        (name, caption): (&str, &str),
        groups: &[Group],
    ) {
        let label = match name {
            "" => String::new(),
            name => format!(" aria-label=\"{}\"", escape::Html(name)),
        };
        let (region, end) = fit.region(&label);
        let _ = writeln!(
            html,
            "{region}<table class=\"tb-rows\"{label}>\n{caption}<thead>\n<tr>"
        );
        for head in &self.heads {
            let title = escape::Html(&head.title);
            let _ = writeln!(html, "<th scope=\"col\">{title}</th>");
        }
        html.push_str("</tr>\n</thead>\n");
        for group in groups {
            self.html_group(html, &group.lines);
        }
        let _ = writeln!(html, "</table>{end}");
    }

    fn html_group(&self, html: &mut String, lines: &[Line]) {
        html.push_str("<tbody>\n");
        for line in lines {
            let _ = writeln!(html, "<tr class=\"tb-{}{}\">", line.status, line.level());
            for (n, (head, cell)) in self.heads.iter().zip(&line.cells).enumerate() {
                let content = html_pieces(cell);
                let _ = if n == 0 {
                    writeln!(html, "<th scope=\"row\">{content}</th>")
                } else {
                    writeln!(html, "<td{}>{content}</td>", head.attributes(&content))
                };
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n");
    }

    /// As Markdown: a table for each group, with the caption below; what HTML
    /// folds up ends the last one. `rule` is what stands below each title.
    pub(super) fn markdown(&self, rule: &str) -> String {
        let mut markdown = String::new();
        for (n, group) in self.groups.iter().enumerate() {
            if !group.title.is_empty() {
                let _ = write!(markdown, "**{}**\n\n", escape::Markdown(&group.title));
            }
            let titles = self.heads.iter();
            let titles = titles.map(|head| escape::Markdown(&head.title).to_string());
            markdown_line(&mut markdown, titles);
            let _ = writeln!(markdown, "|{}", rule.repeat(self.heads.len()));
            let last = if n + 1 == self.groups.len() {
                &*self.folded.lines
            } else {
                &[]
            };
            for line in group.lines.iter().chain(last) {
                let cells = self.heads.iter().zip(&line.cells);
                markdown_line(
                    &mut markdown,
                    cells.map(|(head, cell)| head.markdown(line, cell)),
                );
            }
            markdown.push('\n');
        }
        let _ = writeln!(markdown, "{}", escape::Markdown(&self.caption));
        markdown
    }

    /// As text in columns, with the caption above. With `bold`, strong lines
    /// are wrapped in the escape sequences of a terminal.
    pub(super) fn text(&self, bold: bool) -> String {
        let titles: Vec<_> = self.heads.iter().map(|head| head.title.clone()).collect();
        let lines: Vec<(bool, Vec<String>)> = self
            .all_lines()
            .map(|line| {
                (
                    bold && line.is_strong,
                    line.cells.iter().map(|cell| plain_pieces(cell)).collect(),
                )
            })
            .collect();
        let cells = || lines.iter().map(|(_, cells)| cells).chain([&titles]);
        let width = |n: usize| cells().map(|cells| cells[n].width()).max().unwrap_or(0);
        let widths: Vec<_> = (0..titles.len()).map(width).collect();
        let mut out = format!("{}\n\n{}\n", self.caption, text_line(&titles, &widths));
        for (is_bold, cells) in &lines {
            let line = text_line(cells, &widths);
            let (before, after) = if *is_bold { (BOLD, RESET) } else { ("", "") };
            out.extend([before, &line, after, "\n"]);
        }
        out
    }
}

/// A table, or what is said where it would have no line.
pub struct Listing {
    pub(super) grid: Grid,
    pub(super) nothing: &'static str,
}

impl Listing {
    /// As one block of HTML.
    pub fn html(&self) -> String {
        self.nothing()
            .map_or_else(|| self.grid.html(), |said| prose::html(&said))
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        self.nothing()
            .map_or_else(|| self.grid.markdown("---|"), |said| prose::markdown(&said))
    }

    /// As text in columns.
    pub fn text(&self) -> String {
        self.nothing()
            .map_or_else(|| self.grid.text(false), |said| prose::text(&said))
    }

    fn nothing(&self) -> Option<[Sentence; 1]> {
        let has_lines = self.grid.groups.iter().any(|group| !group.lines.is_empty());
        (!has_lines).then(|| [vec![words(self.nothing)]])
    }
}

impl Line {
    /// A further class, behind a space.
    fn level(&self) -> String {
        match self.level {
            "" => String::new(),
            level => format!(" tb-{level}"),
        }
    }
}

impl Head {
    /// The attributes of a cell of HTML, each behind a space. On a card, the
    /// title of a cell that says nothing would stand alone.
    fn attributes(&self, content: &str) -> String {
        let title = escape::Html(&self.title);
        match self.class {
            "" if is_nothing(content) => " class=\"tb-none\"".to_owned(),
            class if is_nothing(content) => format!(" class=\"tb-{class} tb-none\""),
            "" => format!(" data-label=\"{title}\""),
            class => format!(" class=\"tb-{class}\" data-label=\"{title}\""),
        }
    }

    fn markdown(&self, line: &Line, cell: &[Piece]) -> String {
        let text = markdown_pieces(cell);
        let text = text.trim();
        if line.is_strong && self.is_strong {
            format!("**{text}**")
        } else {
            text.to_owned()
        }
    }
}

fn markdown_line(markdown: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(markdown, "| {cell} ");
    }
    markdown.push_str("|\n");
}

fn text_line(cells: &[String], widths: &[usize]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, width)| {
        let missing = width.saturating_sub(cell.width());
        cell.clone() + &" ".repeat(missing)
    });
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// Keeps the items whose place says so.
fn keep<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next() != Some(&false));
}

/// What a cell says that has nothing to say.
const NOTHING: &str = "–";

fn is_nothing(content: &str) -> bool {
    content.is_empty() || content == NOTHING
}

/// A cell that has nothing to say says so.
pub(super) fn or_dash(piece: Option<Piece>) -> Sentence {
    vec![piece.unwrap_or_else(|| words(NOTHING))]
}
