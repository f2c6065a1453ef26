//! Diagnostics on a terminal, in the form that cargo's readers know.

mod machine;

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};
use similar::TextDiff;

use crate::diagnostic::{Diagnostic, Label, Severity, Source};

pub use machine::{github, json, short};

/// Prints diagnostics in the order of their places on stderr.
///
/// Colour only reaches a terminal; a closed stderr is nobody's error.
pub fn print(diagnostics: &[Diagnostic]) {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut stderr = anstream::stderr().lock();
    for (n, diagnostic) in first_of_each(sorted).iter().enumerate() {
        let gap = if n == 0 { "" } else { "\n" };
        let _ = writeln!(stderr, "{gap}{}", render(diagnostic, &Renderer::styled()));
    }
}

/// How many diagnostics of one code are shown.
const MAX_SHOWN: usize = 100;

/// The first diagnostics of each code in their order, and at the end how many
/// more there are.
pub fn first_of_each<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<Diagnostic> {
    let mut counts = BTreeMap::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let kind = (diagnostic.severity, diagnostic.code);
        let count = counts.entry(kind).or_insert(0_usize);
        *count += 1;
        if *count <= MAX_SHOWN {
            shown.push(brief(diagnostic));
        }
    }
    let counts = counts.into_iter();
    shown.extend(counts.filter_map(|((severity, code), count)| rest(severity, code, count)));
    shown
}

/// The most characters that are shown of what stands between two quotes, and of
/// a quote itself.
const MAX_PARTS: [usize; 2] = [2_000, 200];

/// A diagnostic that quotes no more than anybody would read.
fn brief(diagnostic: &Diagnostic) -> Diagnostic {
    Diagnostic {
        title: brief_quotes(&diagnostic.title),
        help: diagnostic.help.as_deref().map(brief_quotes),
        ..diagnostic.clone()
    }
}

/// A text in which each long quote ends in `…`.
fn brief_quotes(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(n, part)| {
        let end = part.char_indices().nth(MAX_PARTS[n % 2]);
        end.map_or_else(|| part.to_owned(), |(end, _)| format!("{}…", &part[..end]))
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Says how many diagnostics of a code are not shown.
fn rest(severity: Severity, code: &'static str, count: usize) -> Option<Diagnostic> {
    let more = count.checked_sub(MAX_SHOWN).filter(|more| *more > 0)?;
    let title = format!("and {more} more of `{code}`");
    Some(Diagnostic {
        severity,
        ..Diagnostic::error(code, title)
    })
}

/// One diagnostic as plain text, as it is printed without colour.
pub fn plain(diagnostic: &Diagnostic) -> String {
    render(&brief(diagnostic), &Renderer::plain())
}

fn render(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Notice => Level::INFO.with_name("notice"),
    };
    let title = level.primary_title(&diagnostic.title).id(diagnostic.code);
    let places = by_place(&diagnostic.labels);
    let main = Group::with_title(title).elements(places.iter().map(|labels| place(labels)));
    let mut groups = vec![main];
    groups.extend(help(diagnostic));
    visible(&renderer.render(&groups))
}

/// Text without the control characters that the printer lets through, and some
/// terminals obey.
fn visible(text: &str) -> String {
    text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}")
}

/// How far apart labels may be that go into one snippet, in bytes.
const MAX_GAP: usize = 64 << 10;

/// Whether a label goes into the snippet of another: the printer reads all that
/// is between them.
fn is_beside(label: &Label, other: &Label) -> bool {
    let gap = label.span.start.abs_diff(other.span.start);
    label.source == other.source && gap <= MAX_GAP
}

/// Labels that are near each other in one source go into one snippet; the first
/// label is the primary.
fn by_place(labels: &[Label]) -> Vec<Vec<(AnnotationKind, &Label)>> {
    let mut groups: Vec<Vec<(AnnotationKind, &Label)>> = Vec::new();
    for (n, label) in labels.iter().enumerate() {
        let kind = match n {
            0 => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        let mut known = groups.iter_mut();
        match known.find(|group| is_beside(label, group[0].1)) {
            Some(group) => group.push((kind, label)),
            None => groups.push(vec![(kind, label)]),
        }
    }
    groups
}

/// The lines of some labels, or where they are when nobody could read these.
fn place<'a>(labels: &[(AnnotationKind, &'a Label)]) -> Element<'a> {
    let (_, first) = labels[0];
    let text = &first.source.text;
    let spans = labels.iter().map(|(_, label)| clamped(text, &label.span));
    let excerpt = Excerpt::around(&first.source, spans);
    if excerpt.is_wide() {
        let (line, column) = machine::position(first, first.span.start);
        let origin = Origin::path(&first.source.name).line(line);
        return origin.char_column(column).into();
    }
    let annotations = labels.iter().map(|(kind, label)| {
        let annotation = kind.span(excerpt.within(&clamped(text, &label.span)));
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(&label.text)
        }
    });
    let snippet = excerpt.snippet().path(&first.source.name);
    snippet.annotations(annotations).into()
}

fn help(diagnostic: &Diagnostic) -> Option<Group<'_>> {
    let help = diagnostic.help.as_deref()?;
    let (Some(patch), Some(label)) = (&diagnostic.patch, diagnostic.labels.first()) else {
        return Some(Group::with_title(Level::HELP.secondary_title(help)));
    };
    let text = &label.source.text;
    let span = clamped(text, &patch.span);
    let excerpt = Excerpt::around(&label.source, std::iter::once(span.clone()));
    if excerpt.is_wide() {
        let title = format!("{help} `{}`", patch.text);
        return Some(Group::with_title(Level::HELP.secondary_title(title)));
    }
    let patch = Patch::new(excerpt.within(&span), &patch.text);
    let snippet = excerpt.snippet().path(&label.source.name).patch(patch);
    Some(Group::with_title(Level::HELP.secondary_title(help)).element(snippet))
}

/// The longest line that is shown, in bytes.
const MAX_LINE: usize = 4096;

/// The lines of a text that some spans are on. The printer goes through all
/// that it is given, for each diagnostic again.
struct Excerpt<'a> {
    text: &'a str,
    /// Where it begins, in bytes of the text.
    start: usize,
    /// The number of its first line.
    line: usize,
}

impl<'a> Excerpt<'a> {
    fn around(source: &'a Source, spans: impl Iterator<Item = Range<usize>> + Clone) -> Self {
        let text = &source.text;
        let first = spans.clone().map(|span| span.start).min().unwrap_or(0);
        let last = spans.map(|span| span.end).max().unwrap_or(0);
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = text[last..]
            .find('\n')
            .map_or(text.len(), |at| last + at + 1);
        Self {
            text: &text[start..end],
            start,
            line: source.line(start),
        }
    }

    /// Whether a line is too long to be read, or to be printed in time.
    fn is_wide(&self) -> bool {
        self.text.lines().any(|line| line.len() > MAX_LINE)
    }

    fn snippet<T: Clone>(&self) -> Snippet<'a, T> {
        Snippet::source(self.text).line_start(self.line)
    }

    fn within(&self, span: &Range<usize>) -> Range<usize> {
        span.start - self.start..span.end - self.start
    }
}

/// A span that lies within the text and between its characters, where the
/// printer does not panic.
fn clamped(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.floor_char_boundary(span.end.min(text.len()));
    start..end.max(start)
}

/// Says what went wrong outside of any text, and what to do about it.
pub fn error(title: &str, help: Option<&str>) {
    let mut groups = vec![Group::with_title(Level::ERROR.primary_title(title))];
    groups.extend(help.map(|help| Group::with_title(Level::HELP.secondary_title(help))));
    note(&Renderer::styled().render(&groups));
}

/// Says in one line what was done.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", visible(text));
}

/// Says in one line what is worth a thought.
pub fn warning(title: &str) {
    let group = Group::with_title(Level::WARNING.primary_title(title));
    note(&Renderer::styled().render(&[group]));
}

/// What changes in a text, as a unified diff that `patch` understands. The
/// colours are for [`anstream`], which keeps them from pipes.
pub fn difference(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let diff = diff.unified_diff().header(name, name).to_string();
    diff.split_inclusive('\n').map(coloured).collect()
}

fn coloured(line: &str) -> String {
    let colour = match line.as_bytes().first() {
        Some(b'+') => 32,
        Some(b'-') => 31,
        Some(b'@') => 36,
        _ => return line.to_owned(),
    };
    let text = line.trim_end_matches(['\r', '\n']);
    let end = &line[text.len()..];
    format!("\u{1b}[{colour}m{text}\u{1b}[0m{end}")
}
