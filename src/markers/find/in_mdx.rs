//! The markers of MDX: comments in expressions, and those of HTML, which some
//! generators take as well.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::super::DIALECT;
use super::super::syntax::{Comment, Syntax};
use super::{Finder, Found};

impl<'a> Finder<'a> {
    pub(super) fn in_mdx(mut self) -> Found<'a> {
        let code = code(self.text);
        let mut at = 0;
        while let Some((start, comment)) = self.next_comment(at) {
            let next = code.partition_point(|code| code.end <= start);
            at = match code.get(next) {
                Some(code) if code.start <= start => code.end,
                _ => self.plain_comment(start, comment),
            };
        }
        self.finish()
    }

    /// The first comment from some byte on.
    fn next_comment(&self, at: usize) -> Option<(usize, Comment)> {
        let comments = Syntax::Mdx.comments().iter();
        let first = |comment: &Comment| Some((at + self.text[at..].find(comment.0)?, *comment));
        comments.filter_map(first).min()
    }

    /// Reads the comment that begins there, and says where it ends.
    fn plain_comment(&mut self, start: usize, comment: Comment) -> usize {
        let (whole, said) = self.said(start, comment, self.text.len());
        self.take(whole.clone(), said, self.leads_line(start));
        whole.end
    }

    /// Whether nothing but a quote's mark stands before it on its line.
    fn leads_line(&self, at: usize) -> bool {
        let mut before = self.text[..at].chars().rev().take_while(|c| *c != '\n');
        before.all(|c| c == '>' || c.is_whitespace())
    }
}

/// The places of code. What is indented is none in this language.
fn code(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, DIALECT).into_offset_iter();
    let is_code = |event: &Event<'_>| {
        let is_block = matches!(
            event,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
        );
        is_block || matches!(event, Event::Code(_))
    };
    let code = events.filter(|(event, _)| is_code(event));
    code.map(|(_, span)| span).collect()
}
