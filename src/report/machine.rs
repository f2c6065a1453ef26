//! Diagnostics for programs: a line each, JSON, annotations of a workflow.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::first_of_each;
use crate::diagnostic::{Diagnostic, Label, Severity};

/// Lines and columns count from 1, columns in characters; the end is the
/// first character after.
#[derive(Serialize)]
struct PlaceShape<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
}

/// Diagnostics as a JSON list, in their order.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let shape = |diagnostic: &Diagnostic| {
        json!({
            "severity": severity(diagnostic),
            "code": diagnostic.code,
            "title": diagnostic.title,
            "places": diagnostic.labels.iter().map(place).collect::<Vec<_>>(),
            "help": diagnostic.help,
            "replacement": diagnostic.patch.as_ref().map(|patch| &patch.text),
        })
    };
    let shapes: Value = first_of_each(diagnostics).iter().map(shape).collect();
    format!("{shapes:#}\n")
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

fn place(label: &Label) -> PlaceShape<'_> {
    let (line, column) = position(label, label.span.start);
    let (end_line, end_column) = position(label, label.span.end);
    PlaceShape {
        file: &label.source.name,
        line,
        column,
        end_line,
        end_column,
        label: &label.text,
    }
}

pub(super) fn position(label: &Label, at: usize) -> (usize, usize) {
    let text = &label.source.text;
    let at = text.floor_char_boundary(at.min(text.len()));
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    (label.source.line(at), line.chars().count() + 1)
}

/// `content/a.md:3:9: error[dead-link]: there is no page`, a line each.
pub fn short(diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.labels.first().map(place);
        let place = place.map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
        let (place, severity) = (place.unwrap_or_default(), severity(diagnostic));
        let title = harmless(&diagnostic.title);
        format!("{place}{severity}[{}]: {title}\n", diagnostic.code)
    };
    first_of_each(diagnostics).iter().map(line).collect()
}

/// Annotations as GitHub's workflows read them.
pub fn github(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in &first_of_each(diagnostics) {
        let _ = write!(out, "::{} ", severity(diagnostic));
        if let Some(place) = diagnostic.labels.first().map(place) {
            let file = escaped(place.file).replace(':', "%3A").replace(',', "%2C");
            let (line, column, end) = (place.line, place.column, place.end_line);
            let _ = write!(out, "file={file},line={line},col={column},endLine={end},");
        }
        let help = diagnostic.help.as_ref();
        let help = help.map(|help| format!("\nhelp: {}", harmless(help)));
        let message = escaped(&(harmless(&diagnostic.title) + &help.unwrap_or_default()));
        let _ = writeln!(out, "title={}::{message}", diagnostic.code);
    }
    out
}

/// Text that begins no line and moves nothing on a terminal. The form for
/// people has the same sign for such characters.
fn harmless(text: &str) -> String {
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(|c| turns(c) || breaks(c), "\u{fffd}")
}

/// Text as a value of a workflow command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
