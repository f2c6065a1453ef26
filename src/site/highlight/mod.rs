//! Code in colours: what is in it becomes elements with a class, which the
//! style sheet colours.
//!
//! It is told by its look, as editors do, and never refused: what cannot be
//! told stays plain. Every step takes something away, so that no code takes
//! longer than its length.
//!
//! The readers are the project's own because of what syntect costs, the library
//! for this without C: with its grammars a site of 300 pages takes five times as
//! long as without colours, or longer, and compiling the expressions alone more
//! than twice; and one line of a thousand letters holds it up for 0.2 s.

mod data;
mod markup;
mod programs;

use std::fmt::Write;

use programs::Language;

use crate::views::escape::HtmlProse;

/// What reads code of a language, and hands it over piece by piece.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// By the words of the language.
    Of(&'static Language),
    /// In a way of its own.
    Own(fn(&mut Ink<'_>)),
}

/// The reader for a language, by the names that people give it; none for a
/// language that is not known.
pub(super) fn reader(language: &str) -> Option<Reader> {
    Some(match &*language.to_ascii_lowercase() {
        "rust" | "rs" => Reader::Of(&programs::RUST),
        "javascript" | "js" | "mjs" | "jsx" | "typescript" | "ts" | "tsx" => {
            Reader::Of(&programs::JAVASCRIPT)
        }
        "python" | "py" => Reader::Of(&programs::PYTHON),
        "go" | "golang" => Reader::Of(&programs::GO),
        "c" | "h" | "cpp" | "c++" | "cc" | "hpp" => Reader::Of(&programs::C),
        "java" | "kotlin" | "kt" | "csharp" | "c#" | "cs" => Reader::Of(&programs::JAVA),
        "ruby" | "rb" => Reader::Of(&programs::RUBY),
        "shell" | "sh" | "bash" | "zsh" => Reader::Own(programs::shell),
        "console" | "shell-session" | "sh-session" | "terminal" => Reader::Own(programs::session),
        "toml" | "ini" => Reader::Own(data::toml),
        "yaml" | "yml" => Reader::Own(data::yaml),
        "json" | "jsonc" | "json5" => Reader::Own(data::json),
        "html" | "xml" | "svg" => Reader::Own(markup::html),
        "diff" | "patch" => Reader::Own(markup::diff),
        _ => return None,
    })
}

/// Writes code as HTML.
pub(super) fn write(reader: Reader, code: &str, html: &mut String) {
    html.reserve(code.len() * 3);
    let mut ink = Ink {
        code,
        at: 0,
        plain: 0,
        html,
    };
    match reader {
        Reader::Of(language) => programs::program(language, &mut ink),
        Reader::Own(read) => read(&mut ink),
    }
    let rest = ink.rest().len();
    ink.put(Kind::Plain, rest);
    ink.write_plain();
}

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Comment,
    Text,
    /// A word of the language itself.
    Word,
    /// A number, or another value that has a name.
    Value,
    /// What is called or set.
    Name,
    /// A type, a section, an option.
    Type,
    Added,
    Removed,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Comment => "hl-comment",
            Self::Text => "hl-text",
            Self::Word => "hl-word",
            Self::Value => "hl-value",
            Self::Name => "hl-name",
            Self::Type => "hl-type",
            Self::Added => "hl-added",
            Self::Removed => "hl-removed",
        }
    }
}

/// Code that is being read, and the HTML that it becomes.
pub(super) struct Ink<'a> {
    code: &'a str,
    /// How far it has been read.
    at: usize,
    /// Where the plain code begins that is still to be written.
    plain: usize,
    html: &'a mut String,
}

impl<'a> Ink<'a> {
    /// The code that is still to be read.
    fn rest(&self) -> &'a str {
        &self.code[self.at..]
    }

    /// The next character.
    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The last character that was read.
    fn last(&self) -> Option<char> {
        self.code[..self.at].chars().next_back()
    }

    /// The rest of the line, without its end.
    fn line(&self) -> &'a str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    /// Reads on by so many bytes, which are of that kind.
    fn put(&mut self, kind: Kind, length: usize) {
        let end = self.code.ceil_char_boundary(self.at + length);
        if kind != Kind::Plain && end > self.at {
            self.write_plain();
            let _ = write!(
                self.html,
                "<span class=\"{}\">{}</span>",
                kind.class(),
                HtmlProse(&self.code[self.at..end])
            );
            self.plain = end;
        }
        self.at = end;
    }

    /// Reads on by one character, which is plain.
    fn pass(&mut self) {
        self.put(Kind::Plain, self.next().map_or(0, char::len_utf8));
    }

    fn write_plain(&mut self) {
        let _ = write!(self.html, "{}", HtmlProse(&self.code[self.plain..self.at]));
        self.plain = self.at;
    }

    /// Reads what may come at any place of a language; whether it did.
    fn any_of(&mut self, kinds: &[fn(&mut Self) -> bool]) -> bool {
        kinds.iter().any(|read| read(self))
    }

    /// Reads a comment to the end of the line.
    fn comment(&mut self, begin: &str) -> bool {
        let is_one = self.rest().starts_with(begin);
        if is_one {
            self.put(Kind::Comment, self.line().len());
        }
        is_one
    }

    /// Reads what stands between two marks, of which the second may be absent.
    fn between(&mut self, kind: Kind, open: &str, close: &str) -> bool {
        let rest = self.rest();
        let Some(inside) = rest.strip_prefix(open) else {
            return false;
        };
        let length = inside.find(close).map(|at| open.len() + at + close.len());
        self.put(kind, length.unwrap_or(rest.len()));
        true
    }

    /// Reads a text between quotes.
    fn quoted(&mut self, quotes: &Quotes) -> bool {
        let Some(length) = quotes.length(self.rest()) else {
            return false;
        };
        self.put(Kind::Text, length);
        true
    }
}

/// How a text stands in code.
struct Quotes {
    /// What stands before it, and behind it.
    mark: &'static str,
    /// Whether a backslash takes away the meaning of what follows.
    escapes: bool,
    /// Whether it may have several lines.
    lines: bool,
}

impl Quotes {
    const fn of(mark: &'static str) -> Self {
        Self {
            mark,
            escapes: true,
            lines: false,
        }
    }

    const fn literal(self) -> Self {
        Self {
            escapes: false,
            ..self
        }
    }

    const fn of_lines(self) -> Self {
        Self {
            lines: true,
            ..self
        }
    }

    /// How long the text is that code begins with, with its quotes.
    fn length(&self, code: &str) -> Option<usize> {
        let inside = code.strip_prefix(self.mark)?;
        let mut at = 0;
        loop {
            let rest = &inside[at..];
            let Some(next) = rest.chars().next() else {
                return Some(code.len());
            };
            if rest.starts_with(self.mark) {
                return Some(self.mark.len() * 2 + at);
            }
            if next == '\n' && !self.lines {
                return Some(self.mark.len() + at);
            }
            at += next.len_utf8();
            if next == '\\' && self.escapes {
                at += inside[at..].chars().next().map_or(0, char::len_utf8);
            }
        }
    }
}

/// The length of what a text begins with, as long as its characters are such.
fn length(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

/// The length of the number that a text begins with, or 0.
fn number(text: &str) -> usize {
    let sign = usize::from(text.starts_with(['-', '+']));
    if !text[sign..].starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut end = sign + length(&text[sign..], is_part);
    while text[end..].starts_with(['.', ':', '-'])
        && text[end + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        end += 1 + length(&text[end + 1..], is_part);
    }
    end
}

#[cfg(test)]
mod tests;
