//! Languages of data.

use super::programs::is_number;
use super::{Ink, Kind, Quotes, length, number};

const TOML: [Quotes; 4] = [
    Quotes::of("\"\"\"").of_lines(),
    Quotes::of("'''").literal().of_lines(),
    Quotes::of("\""),
    Quotes::of("'").literal(),
];

const JSON: [Quotes; 2] = [Quotes::of("\""), Quotes::of("'")];

pub(super) fn toml(ink: &mut Ink<'_>) {
    let mut depth = 0_usize;
    let mut begins_line = true;
    while let Some(next) = ink.next() {
        match next {
            '[' if begins_line && depth == 0 => header(ink),
            '#' | ';' if next == '#' || begins_line => {
                ink.comment("");
            }
            _ if keyed(ink, &TOML, '=') => {}
            _ => {
                match next {
                    '[' => depth += 1,
                    ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                scalar(ink);
            }
        }
        begins_line = next == '\n' || (begins_line && next.is_whitespace());
    }
}

/// `[table]`, `[[list]]`
fn header(ink: &mut Ink<'_>) {
    let line = ink.line();
    let end = line
        .find(']')
        .map_or(line.len(), |at| at + length(&line[at..], |c| c == ']'));
    ink.put(Kind::Type, end);
}

/// A text between quotes, which is a name where that character follows.
fn keyed(ink: &mut Ink<'_>, quotes: &[Quotes], follows: char) -> bool {
    let rest = ink.rest();
    let Some(end) = quotes.iter().find_map(|quotes| quotes.length(rest)) else {
        return false;
    };
    let after = rest[end..].trim_start_matches([' ', '\t']);
    let is_name = after.starts_with(follows) && !rest[..end].contains('\n');
    ink.put(if is_name { Kind::Name } else { Kind::Text }, end);
    true
}

/// A word of TOML: a key where an equals sign follows.
fn scalar(ink: &mut Ink<'_>) {
    let rest = ink.rest();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '+');
    let end = length(rest, is_part);
    if end == 0 {
        return ink.pass();
    }
    let (word, after) = rest.split_at(end);
    let kind = if after.trim_start_matches([' ', '\t']).starts_with('=') {
        Kind::Name
    } else if is_number(word) || matches!(word, "true" | "false" | "inf" | "nan") {
        Kind::Value
    } else {
        Kind::Plain
    };
    ink.put(kind, end);
}

pub(super) fn json(ink: &mut Ink<'_>) {
    while ink.next().is_some() {
        let is_read =
            ink.comment("//") || ink.between(Kind::Comment, "/*", "*/") || keyed(ink, &JSON, ':');
        if is_read {
            continue;
        }
        let digits = number(ink.rest());
        let letters = length(ink.rest(), |c| c.is_alphanumeric() || c == '_');
        if digits > 0 {
            ink.put(Kind::Value, digits);
        } else if letters > 0 {
            let word = &ink.rest()[..letters];
            let is_value = matches!(word, "true" | "false" | "null");
            ink.put(if is_value { Kind::Value } else { Kind::Plain }, letters);
        } else {
            ink.pass();
        }
    }
}

pub(super) fn yaml(ink: &mut Ink<'_>) {
    while ink.next().is_some() {
        let line = ink.line();
        let indent = length(line, |c| c == ' ' || c == '\t');
        ink.put(Kind::Plain, indent);
        while ink.rest().starts_with("- ") {
            ink.put(Kind::Plain, 2);
            let more = length(ink.rest(), |c| c == ' ');
            ink.put(Kind::Plain, more);
        }
        yaml_key(ink);
        let is_block = is_block(ink.line());
        yaml_value(ink);
        ink.pass();
        if is_block {
            yaml_block(ink, indent);
        }
    }
}

/// What stands before the first colon that parts a key from its value.
fn yaml_key(ink: &mut Ink<'_>) {
    let line = ink.line();
    if line.starts_with(['#', '[', '{', '&', '*', '!']) {
        return;
    }
    let quoted = JSON.iter().find_map(|quotes| quotes.length(line));
    let start = quoted.unwrap_or(0);
    let rest = &line[start..];
    let colon = rest.match_indices(':').map(|(at, _)| at);
    let is_end = |at: &usize| rest[at + 1..].is_empty() || rest[at + 1..].starts_with([' ', '\t']);
    let Some(at) = colon.into_iter().find(is_end) else {
        return;
    };
    let is_key = match quoted {
        Some(_) => rest[..at].trim().is_empty(),
        None => !rest[..at].contains(" #"),
    };
    if is_key {
        ink.put(Kind::Name, start + at);
        ink.pass();
    }
}

/// Whether the lines that follow are a text: `key: |`
fn is_block(value: &str) -> bool {
    let value = value.split(" #").next().unwrap_or_default().trim();
    let mut chars = value.chars();
    matches!(chars.next(), Some('|' | '>')) && chars.all(|c| matches!(c, '+' | '-' | '0'..='9'))
}

/// The lines of a text, which are indented by more than its key.
fn yaml_block(ink: &mut Ink<'_>, indent: usize) {
    let lines = ink.rest().split_inclusive('\n');
    let is_inside = |line: &&str| {
        let text = line.trim_start_matches(' ');
        text.trim().is_empty() || line.len() - text.len() > indent
    };
    let length = lines.take_while(is_inside).map(str::len).sum();
    ink.put(Kind::Text, length);
}

/// The rest of a line.
fn yaml_value(ink: &mut Ink<'_>) {
    let end = ink.at + ink.line().len();
    let mut depth = 0_usize;
    while let Some(next) = ink.next().filter(|_| ink.at < end) {
        let is_apart = ink
            .last()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ',' | ':'));
        match next {
            '#' if is_apart => {
                ink.comment("#");
            }
            '"' | '\'' if is_apart => {
                keyed(ink, &JSON, ':');
            }
            '[' | '{' => {
                depth += 1;
                ink.pass();
            }
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                ink.pass();
            }
            _ => yaml_word(ink, depth > 0),
        }
    }
}

fn yaml_word(ink: &mut Ink<'_>, in_flow: bool) {
    let is_part = |c: char| !(c.is_whitespace() || in_flow && "[]{},".contains(c));
    let end = length(ink.rest(), is_part);
    if end == 0 {
        return ink.pass();
    }
    let word = &ink.rest()[..end];
    let kind = match word {
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "~" => Kind::Value,
        _ if is_number(word) => Kind::Value,
        _ if in_flow && word.ends_with(':') => Kind::Name,
        _ if word.len() > 1 && word.starts_with(['&', '*', '!']) => Kind::Type,
        _ => Kind::Plain,
    };
    ink.put(kind, end);
}
