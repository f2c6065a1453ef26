//! Tables of pieces of text, in HTML and in Markdown.

use std::fmt::Write;

use super::escape;
use super::prose::{Piece, html_pieces, markdown_pieces, words};

/// A table whose first column names its lines.
pub(super) struct Grid {
    pub(super) caption: String,
    pub(super) columns: &'static [&'static str],
    pub(super) groups: Vec<Group>,
}

/// Lines that belong together.
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
    pub(super) cells: Vec<Vec<Piece>>,
}

impl Grid {
    /// A table of one group without a title.
    pub(super) fn new(caption: String, columns: &'static [&'static str], lines: Vec<Line>) -> Self {
        let title = String::new();
        Self {
            caption,
            columns,
            groups: vec![Group { title, lines }],
        }
    }

    /// As one block of HTML, which folds as the table of versions does.
    pub(super) fn html(&self) -> String {
        let mut html = String::from("<div class=\"tb-table\">\n<table>\n");
        let _ = writeln!(html, "<caption>{}</caption>", escape::Html(&self.caption));
        html.push_str("<thead>\n<tr>\n");
        for column in self.columns {
            let _ = writeln!(html, "<th scope=\"col\">{column}</th>");
        }
        html.push_str("</tr>\n</thead>\n");
        for group in &self.groups {
            self.html_group(&mut html, group);
        }
        html.push_str("</table>\n</div>\n");
        html
    }

    fn html_group(&self, html: &mut String, group: &Group) {
        html.push_str("<tbody>\n");
        if !group.title.is_empty() {
            let (count, title) = (self.columns.len(), escape::Html(&group.title));
            let _ = writeln!(
                html,
                "<tr class=\"tb-group\"><th scope=\"rowgroup\" colspan=\"{count}\">{title}</th></tr>"
            );
        }
        for line in &group.lines {
            let _ = writeln!(html, "<tr class=\"tb-{}\">", line.status);
            for (column, cell) in self.columns.iter().zip(&line.cells) {
                let content = html_pieces(cell);
                let _ = if *column == self.columns[0] {
                    writeln!(html, "<th scope=\"row\">{content}</th>")
                } else if content.is_empty() {
                    // On a narrow page its title would stand alone.
                    writeln!(html, "<td></td>")
                } else {
                    writeln!(html, "<td data-label=\"{column}\">{content}</td>")
                };
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n");
    }

    /// As Markdown: a table for each group, with the caption below.
    pub(super) fn markdown(&self) -> String {
        let mut markdown = String::new();
        for group in &self.groups {
            if !group.title.is_empty() {
                let _ = write!(markdown, "**{}**\n\n", escape::Markdown(&group.title));
            }
            let _ = writeln!(markdown, "| {} |", self.columns.join(" | "));
            let _ = writeln!(markdown, "|{}", "---|".repeat(self.columns.len()));
            for line in &group.lines {
                let cells: Vec<_> = line
                    .cells
                    .iter()
                    .map(|cell| markdown_pieces(cell))
                    .collect();
                let _ = writeln!(markdown, "| {} |", cells.join(" | "));
            }
            markdown.push('\n');
        }
        let _ = writeln!(markdown, "{}", escape::Markdown(&self.caption));
        markdown
    }
}

/// What stands in a cell that has nothing to say.
pub(super) fn nothing() -> Vec<Piece> {
    vec![words("–")]
}
