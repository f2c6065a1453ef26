//! Facts that are added to the text of a schedule, in which everything else
//! stays as it is, byte for byte.

use std::fmt::Write;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{BYTE_ORDER_MARK, Diagnostic};
use crate::input::Original;
use crate::input::schedule::locate;
use crate::schedule::{Finding, Place, ReleaseEntry, quoted};

/// The file with those releases after the last that it has, else at its end.
///
/// The text is cut in one place and nothing of it is written anew.
///
/// # Errors
///
/// The releases are written as one array, after which no table can follow.
pub fn with_releases(original: &Original, releases: &[ReleaseEntry]) -> Result<String, Diagnostic> {
    let raw = &original.raw;
    if releases.is_empty() {
        return Ok(raw.clone());
    }
    let text = raw.strip_prefix(BYTE_ORDER_MARK).unwrap_or(raw);
    let (root, _) = DeTable::parse_recoverable(text);
    let entry = root.get_ref().get_key_value("release");
    if let Some((key, _)) = entry
        && !text[..key.span().start].trim_end().ends_with('[')
    {
        return Err(inline(original));
    }
    let last = entry.and_then(|(_, value)| last_table(value));
    let form = Form::of(text, last);
    let at = last.map_or(text.len(), |table| end_of(text, table));
    let (before, after) = raw.split_at(raw.len() - text.len() + at);
    let line_end = line_end(before);
    let added = added(before, after, releases, &form).replace('\n', line_end);
    Ok(format!("{before}{added}{after}"))
}

fn inline(original: &Original) -> Diagnostic {
    let title = "`release` is one array, to which no table can be added";
    let finding = Finding::error("inline-releases", title)
        .at(Place::of("release"), "written here")
        .help("write each release as a table of its own, `[[release]]`");
    locate(&original.source, &finding)
}

fn last_table<'a, 'b>(value: &'b Spanned<DeValue<'a>>) -> Option<&'b DeTable<'a>> {
    let tables = value.get_ref().as_array()?;
    tables.last()?.get_ref().as_table()
}

/// How somebody writes the tables of releases.
struct Form {
    /// Between a key and its value.
    version: String,
    date: String,
    /// Whether an empty line parts the tables.
    is_spaced: bool,
}

impl Form {
    /// The form of the last table, else the usual one.
    fn of(text: &str, table: Option<&DeTable<'_>>) -> Self {
        let between = |name: &str| {
            let (key, value) = table?.get_key_value(name)?;
            let between = text.get(key.span().end..value.span().start)?;
            let is_plain = between.trim_matches([' ', '\t']) == "=";
            is_plain.then(|| between.to_owned())
        };
        let usual = || " = ".to_owned();
        let is_spaced = table.and_then(|table| is_spaced(text, table));
        Self {
            version: between("version").unwrap_or_else(usual),
            date: between("date").unwrap_or_else(usual),
            is_spaced: is_spaced.unwrap_or(true),
        }
    }
}

/// Whether the line before the table's header, or before the comments above
/// that, is empty.
fn is_spaced(text: &str, table: &DeTable<'_>) -> Option<bool> {
    let first = table.iter().map(|(key, _)| key.span().start).min()?;
    let header = text[..first].rfind("[[")?;
    let mut above = text[..header].lines().rev();
    let line = above.find(|line| !line.trim_start().starts_with('#'));
    Some(line.is_none_or(|line| line.trim().is_empty()))
}

/// The end of a table's last line, with the comments right below it that end
/// in an empty line: they belong to it, and others to what follows.
fn end_of(text: &str, table: &DeTable<'_>) -> usize {
    let value = table.iter().map(|(_, value)| value.span().end).max();
    let end = next_line(text, value.unwrap_or(text.len()));
    let lines = text[end..].split_inclusive('\n');
    let comments = lines.take_while(|line| line.trim_start().starts_with('#'));
    let below = end + comments.map(str::len).sum::<usize>();
    let follows = text[below..].lines().next().unwrap_or_default();
    if follows.trim().is_empty() {
        below
    } else {
        end
    }
}

/// Where the line after that place begins.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

/// The end of the last line, which new lines get too.
fn line_end(before: &str) -> &'static str {
    match before.rsplit_once('\n') {
        Some((lines, _)) if lines.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

fn added(before: &str, after: &str, releases: &[ReleaseEntry], form: &Form) -> String {
    let mut out = String::new();
    let is_first = before.trim_start_matches(BYTE_ORDER_MARK).is_empty();
    if !is_first && !before.ends_with('\n') {
        out.push('\n');
    }
    for (n, release) in releases.iter().enumerate() {
        if form.is_spaced && !(n == 0 && (is_first || ends_in_empty_line(before))) {
            out.push('\n');
        }
        table(&mut out, release, form);
    }
    let follows = after.lines().next().unwrap_or_default();
    if !follows.trim().is_empty() && form.is_spaced {
        out.push('\n');
    }
    out
}

fn ends_in_empty_line(before: &str) -> bool {
    let mut lines = before.rsplit('\n');
    lines.next() == Some("") && lines.next().is_some_and(|line| line.trim().is_empty())
}

fn table(out: &mut String, release: &ReleaseEntry, form: &Form) {
    let version = quoted(release.version.as_str());
    let _ = writeln!(out, "[[release]]\nversion{}{version}", form.version);
    let _ = writeln!(out, "date{}{}", form.date, release.date);
    if let Some(pre) = release.pre {
        let _ = writeln!(out, "pre = {pre}");
    }
}
