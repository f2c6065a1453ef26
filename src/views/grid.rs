//! Tables of pieces of text, as HTML, as Markdown and as text in columns.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::escape;
use super::prose::{self, Piece, Sentence, html_pieces, markdown_pieces, plain_pieces, words};

const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// A table whose first column names its lines.
pub(super) struct Grid {
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
            caption,
            heads: titles.iter().map(head).collect(),
            groups: vec![Group { title, lines }],
            folded: Group::default(),
            notes: Vec::new(),
        }
    }

    fn all_lines(&self) -> impl Iterator<Item = &Line> {
        let groups = self.groups.iter().chain([&self.folded]);
        groups.flat_map(|group| &group.lines)
    }

    /// As one block of HTML, without a blank line.
    pub(super) fn html(&self) -> String {
        let lines = self.all_lines().count();
        let mut html = String::with_capacity(512 + 640 * lines);
        html.push_str("<div class=\"tb-table\">\n");
        let groups = self.groups.iter();
        let groups = groups.map(|group| (&*group.title, &*group.lines));
        let caption = escape::Html(&self.caption);
        let _ = writeln!(html, "<table>\n<caption>{caption}</caption>");
        self.html_table(&mut html, groups);
        let Group { title, lines } = &self.folded;
        if !lines.is_empty() {
            let summary = escape::Html(title);
            let _ = writeln!(html, "<details>\n<summary>{summary}</summary>");
            let _ = writeln!(html, "<table aria-label=\"{summary}\">");
            self.html_table(&mut html, [("", &**lines)].into_iter());
            html.push_str("</details>\n");
        }
        for note in &self.notes {
            let _ = writeln!(html, "<p class=\"tb-note\">{}</p>", html_pieces(note));
        }
        html.push_str("</div>\n");
        html
    }

    /// What is in a table, and its end.
    fn html_table<'a>(
        &self,
        html: &mut String,
        groups: impl Iterator<Item = (&'a str, &'a [Line])>,
    ) {
        html.push_str("<thead>\n<tr>\n");
        for head in &self.heads {
            let title = escape::Html(&head.title);
            let _ = writeln!(html, "<th scope=\"col\">{title}</th>");
        }
        html.push_str("</tr>\n</thead>\n");
        for (title, lines) in groups {
            self.html_group(html, title, lines);
        }
        html.push_str("</table>\n");
    }

    fn html_group(&self, html: &mut String, title: &str, lines: &[Line]) {
        html.push_str("<tbody>\n");
        if !title.is_empty() {
            let (count, title) = (self.heads.len(), escape::Html(title));
            let _ = writeln!(
                html,
                "<tr class=\"tb-group\"><th scope=\"rowgroup\" colspan=\"{count}\">{title}</th></tr>"
            );
        }
        for line in lines {
            let _ = writeln!(html, "<tr class=\"tb-{}\">", line.status);
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

impl Head {
    /// The attributes of a cell of HTML, each behind a space. On a narrow page
    /// the title of a cell that says nothing would stand alone.
    fn attributes(&self, content: &str) -> String {
        let title = escape::Html(&self.title);
        match self.class {
            _ if content.is_empty() => String::new(),
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

/// A cell that has nothing to say says so.
pub(super) fn or_dash(piece: Option<Piece>) -> Sentence {
    vec![piece.unwrap_or_else(|| words("–"))]
}
