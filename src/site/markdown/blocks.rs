//! Code and tables.

use std::fmt::Write;

use pulldown_cmark::{Alignment, CodeBlockKind, Tag};

use super::super::highlight::{self, Reader};
use super::Writer;
use super::headings::push_attribute;

#[derive(Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
}

/// Code that is being read.
pub(super) struct Code {
    /// What colours it.
    reader: Option<Reader>,
    pub(super) text: String,
}

impl Writer<'_> {
    pub(super) fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.html.push_str("<pre tabindex=\"0\"><code");
        let mut language = "";
        if let CodeBlockKind::Fenced(info) = kind {
            let mut words = info.split([' ', '\t', ',']);
            if let Some(word) = words.find(|word| !word.is_empty()) {
                push_attribute(&mut self.html, "class", &format!("language-{word}"));
                language = word;
            }
        }
        self.html.push('>');
        let reader = highlight::reader(language).filter(|_| self.links.highlight);
        let text = String::new();
        self.code = Some(Code { reader, text });
    }

    /// Code comes line by line; what colours it needs all of it.
    pub(super) fn close_code(&mut self) {
        let Some(Code { reader, text }) = self.code.take() else {
            return;
        };
        match reader.filter(|_| text.len() <= self.colours) {
            Some(reader) => {
                self.colours -= text.len();
                highlight::write(reader, &text, &mut self.html);
            }
            None => self.text(&text),
        }
        self.html.push_str("</code></pre>\n");
    }

    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table {
            alignments,
            column: 0,
            in_head: true,
        };
        let name = self.english_name("Table");
        let own = self.own_language();
        let _ = writeln!(
            self.html,
            "<div class=\"wide\" role=\"group\"{name} tabindex=\"0\"><table{own}>"
        );
    }

    pub(super) fn open_row(&mut self, tag: &Tag<'_>) {
        self.table.column = 0;
        let is_head = matches!(tag, Tag::TableHead);
        self.html
            .push_str(if is_head { "<thead><tr>" } else { "<tr>" });
    }

    pub(super) fn open_cell(&mut self) {
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
