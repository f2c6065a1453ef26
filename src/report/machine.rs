//! Diagnostics for programs: a line each, JSON, annotations of a workflow.

use std::fmt::Write;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label, Severity};

#[derive(Serialize)]
struct Shape<'a> {
    severity: &'static str,
    code: &'static str,
    title: &'a str,
    places: Vec<PlaceShape<'a>>,
    help: Option<&'a str>,
    replacement: Option<&'a str>,
}

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
    let shapes: Vec<_> = diagnostics.iter().map(shape).collect();
    // Strings, numbers and lists cannot fail to be written.
    serde_json::to_string_pretty(&shapes).unwrap_or_default() + "\n"
}

fn shape(diagnostic: &Diagnostic) -> Shape<'_> {
    Shape {
        severity: severity(diagnostic),
        code: diagnostic.code,
        title: &diagnostic.title,
        places: diagnostic.labels.iter().map(place).collect(),
        help: diagnostic.help.as_deref(),
        replacement: diagnostic.patch.as_ref().map(|patch| &*patch.text),
    }
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
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
    let before = &text[..text.floor_char_boundary(at.min(text.len()))];
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// `content/a.md:3:9: error[dead-link]: there is no page`, a line each.
pub fn short(diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.labels.first().map(place);
        let place = place.map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
        let Diagnostic { code, title, .. } = diagnostic;
        let title = harmless(title);
        format!(
            "{}{}[{code}]: {title}\n",
            place.unwrap_or_default(),
            severity(diagnostic)
        )
    };
    diagnostics.iter().map(line).collect()
}

/// Annotations as GitHub's workflows read them.
pub fn github(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = write!(out, "::{} ", severity(diagnostic));
        if let Some(place) = diagnostic.labels.first().map(place) {
            let file = escaped(place.file, true);
            let _ = write!(
                out,
                "file={file},line={},col={},endLine={},",
                place.line, place.column, place.end_line
            );
        }
        let help = diagnostic
            .help
            .as_ref()
            .map(|help| format!("\nhelp: {}", harmless(help)));
        let message = harmless(&diagnostic.title) + &help.unwrap_or_default();
        let _ = writeln!(
            out,
            "title={}::{}",
            diagnostic.code,
            escaped(&message, false)
        );
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

/// Text as a value of a workflow command, or as one of its properties.
fn escaped(text: &str, is_property: bool) -> String {
    let text = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    if is_property {
        text.replace(':', "%3A").replace(',', "%2C")
    } else {
        text
    }
}
