//! Views as reStructuredText, made from their Markdown: there is one place that
//! says what stands in a table, and one that says it in another syntax.

use std::fmt::Write;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream};

/// Markdown of a view as reStructuredText: paragraphs, lists, tables and
/// pictures.
pub(crate) fn from_markdown(markdown: &str) -> String {
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(markdown, Options::ENABLE_TABLES)) {
        writer.event(event);
    }
    writer.text
}

/// Text that means nothing but itself, at the start of a line as well.
pub(crate) fn literal(text: &str) -> String {
    let guard = if may_begin_a_block(text) { "\\ " } else { "" };
    guard.to_owned() + &escaped(text)
}

/// Text that means nothing but itself within a line.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '`' | '|' | '_') {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
    }
    safe
}

/// Whether a line that begins so may be an item of a list, a field, a comment or
/// a rule.
fn may_begin_a_block(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let begins_plain = word.starts_with(|c: char| c.is_alphanumeric() || !c.is_ascii());
    let is_bullet = word.ends_with(['.', ')']) && !word.contains("..");
    !text.is_empty() && (!begins_plain || is_bullet)
}

/// What a piece of a sentence looks like.
#[derive(Default)]
struct Look {
    is_strong: bool,
    is_code: bool,
    address: Option<String>,
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The paragraph or cell that is under way.
    line: String,
    look: Look,
    /// The address of the picture whose words are read.
    picture: Option<String>,
    is_in_item: bool,
    is_first_cell: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.piece(&text),
            Event::Code(code) => {
                self.look.is_code = true;
                self.piece(&code);
                self.look.is_code = false;
            }
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.look.is_strong = true,
            Tag::Link { dest_url, .. } => self.look.address = Some(dest_url.into_string()),
            Tag::Image { dest_url, .. } => self.picture = Some(dest_url.into_string()),
            Tag::Item => self.is_in_item = true,
            Tag::Table(_) => self.block(".. list-table::\n   :header-rows: 1\n\n"),
            Tag::TableHead | Tag::TableRow => self.is_first_cell = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.look.is_strong = false,
            TagEnd::Link => self.look.address = None,
            TagEnd::Image => self.picture(),
            TagEnd::TableCell => self.cell(),
            TagEnd::Item => {
                self.paragraph();
                self.is_in_item = false;
            }
            TagEnd::Paragraph => self.paragraph(),
            _ => {}
        }
    }

    /// A piece of a sentence. A link says more than a code, and that more than
    /// bold letters: this syntax has one of them at a time.
    fn piece(&mut self, text: &str) {
        if self.picture.is_some() {
            self.line.push_str(text);
            return;
        }
        let begins = self.line.is_empty();
        let marked = match &self.look {
            Look {
                address: Some(address),
                ..
            } => {
                let text = escaped(text).replace('<', "\\<");
                format!("`{text} <{}>`__", address.replace('_', "\\_"))
            }
            Look { is_code: true, .. } => format!("``{text}``"),
            Look {
                is_strong: true, ..
            } => format!("**{}**", escaped(text)),
            Look { .. } => return self.plain(text),
        };
        if !begins && !self.line.ends_with([' ', '(']) {
            self.line.push_str("\\ ");
        }
        self.line.push_str(&marked);
    }

    /// Letters without a look.
    fn plain(&mut self, text: &str) {
        if self.line.is_empty() {
            self.line = literal(text);
            return;
        }
        let ends_marked = self.line.ends_with(['*', '`']) || self.line.ends_with("__");
        let parts = [' ', '.', ',', ';', ':', ')', '!', '?'];
        if ends_marked && !text.starts_with(parts) {
            self.line.push_str("\\ ");
        }
        self.line.push_str(&escaped(text));
    }

    fn block(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
    }

    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        let bullet = if self.is_in_item { "- " } else { "" };
        self.block(&format!("{bullet}{line}\n"));
    }

    fn cell(&mut self) {
        let bullet = if self.is_first_cell {
            "   * -"
        } else {
            "     -"
        };
        self.is_first_cell = false;
        let line = std::mem::take(&mut self.line);
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(self.text, "{bullet}{space}{line}");
    }

    fn picture(&mut self) {
        let words = std::mem::take(&mut self.line);
        let address = self.picture.take().unwrap_or_default();
        self.block(&format!(".. image:: {address}\n   :alt: {words}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_tables_lists_and_pictures_are_said_in_this_syntax() {
        let markdown = "\
**Lantern 1.2** is current, see [1.2\\_a](https://example.org/a_b)s.

- one `git tag` more

| Version | End |
| --- | --- |
| **1.2** | 1 May 2027 |
| - | |

![A chart. Two rows](chart.svg)
";
        let rst = r"**Lantern 1.2** is current, see `1.2\_a <https://example.org/a\_b>`__\ s.

- one ``git tag`` more

.. list-table::
   :header-rows: 1

   * - Version
     - End
   * - **1.2**
     - 1 May 2027
   * - \ -
     -

.. image:: chart.svg
   :alt: A chart. Two rows
";
        assert_eq!(from_markdown(markdown), rst);
    }

    #[test]
    fn text_begins_no_block_and_no_mark() {
        for (text, safe) in [
            ("48.0.0", "48.0.0"),
            ("1. of all", "\\ 1. of all"),
            ("*x* and `y`_", "\\ \\*x\\* and \\`y\\`\\_"),
            (".. note::", "\\ .. note::"),
            ("–", "–"),
        ] {
            assert_eq!(literal(text), safe);
        }
    }
}
