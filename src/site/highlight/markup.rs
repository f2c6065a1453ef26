//! HTML, its kin, and differences between files.

use super::{Ink, Kind, length};

pub(super) fn html(ink: &mut Ink<'_>) {
    while let Some(next) = ink.next() {
        let is_read = ink.between(Kind::Comment, "<!--", "-->")
            || ink.between(Kind::Comment, "<!", ">")
            || ink.between(Kind::Comment, "<?", ">")
            || (next == '<' && tag(ink))
            || (next == '&' && reference(ink));
        if !is_read {
            ink.pass();
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')
}

/// A tag with its attributes; the text of a script or a style stays plain.
fn tag(ink: &mut Ink<'_>) -> bool {
    let rest = ink.rest();
    let begin = if rest.starts_with("</") { 2 } else { 1 };
    let name = length(&rest[begin..], is_of_name);
    if name == 0 {
        return false;
    }
    let element = rest[begin..begin + name].to_ascii_lowercase();
    ink.put(Kind::Word, begin + name);
    attributes(ink);
    if begin == 1 && matches!(&*element, "script" | "style") {
        let close = format!("</{element}");
        let text = ink.rest().find(&close).unwrap_or(ink.rest().len());
        ink.put(Kind::Plain, text);
    }
    true
}

fn attributes(ink: &mut Ink<'_>) {
    while let Some(next) = ink.next() {
        match next {
            '>' => return ink.put(Kind::Word, 1),
            '<' => return,
            '/' if ink.rest().starts_with("/>") => return ink.put(Kind::Word, 2),
            '"' | '\'' => {
                let mark = if next == '"' { "\"" } else { "'" };
                ink.between(Kind::Text, mark, mark);
            }
            c if is_of_name(c) => {
                let is_value = ink.last() == Some('=');
                let part = |c: char| is_of_name(c) || (is_value && "/#%".contains(c));
                let kind = if is_value { Kind::Text } else { Kind::Name };
                ink.put(kind, length(ink.rest(), part));
            }
            _ => ink.pass(),
        }
    }
}

/// `&amp;`
fn reference(ink: &mut Ink<'_>) -> bool {
    let name = &ink.rest()[1..];
    let end = length(name, |c| c.is_ascii_alphanumeric() || c == '#');
    let is_one = end > 0 && name[end..].starts_with(';');
    if is_one {
        ink.put(Kind::Value, end + 2);
    }
    is_one
}

pub(super) fn diff(ink: &mut Ink<'_>) {
    while ink.next().is_some() {
        let line = ink.line();
        let is_about_files = ["+++ ", "--- ", "diff ", "index "]
            .iter()
            .any(|begin| line.starts_with(begin));
        let kind = match line.chars().next() {
            _ if is_about_files => Kind::Comment,
            Some('@') => Kind::Type,
            Some('+' | '>') => Kind::Added,
            Some('-' | '<') => Kind::Removed,
            _ => Kind::Plain,
        };
        ink.put(kind, line.len());
        ink.pass();
    }
}
