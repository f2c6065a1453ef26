//! A schedule as the text of a `schedule.toml`, as somebody would write it.

use std::fmt::{Display, Write};

use crate::schedule::{
    Draft, EndDay, Level, PhaseRule, Project, ReleaseEntry, TrainEntry, Version, WrittenEnd,
};

/// How wide a comment is.
const WIDTH: usize = 90;

/// A schedule that was written train by train, below a comment of paragraphs
/// and items of a list.
/// Rules have no place in it: `cadences`, `channels` and the window are those
/// of nobody.
pub fn schedule(draft: &Draft, paragraphs: &[String]) -> String {
    let mut out = String::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let is_item = |text: &str| text.starts_with("- ");
        if n > 0 && !(is_item(paragraph) && is_item(&paragraphs[n - 1])) {
            out.push_str("#\n");
        }
        comment(&mut out, paragraph);
    }
    if !paragraphs.is_empty() {
        out.push('\n');
    }
    project(&mut out, &draft.project);
    for entry in &draft.trains {
        out.push('\n');
        train(&mut out, entry);
    }
    for entry in &draft.releases {
        out.push('\n');
        release(&mut out, entry);
    }
    out
}

/// A paragraph in lines; a word longer than a line keeps one for itself.
fn comment(out: &mut String, paragraph: &str) {
    let indent = if paragraph.starts_with("- ") {
        "#  "
    } else {
        "#"
    };
    let mut line = String::from("#");
    for word in paragraph.split_whitespace() {
        let is_full = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if is_full && line.trim_end() != "#" {
            out.push_str(&line);
            out.push('\n');
            indent.clone_into(&mut line);
        }
        line.push(' ');
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    out.push_str(&line);
    out.push('\n');
}

fn project(out: &mut String, project: &Project) {
    out.push_str("[project]\n");
    text(out, "name", Some(&*project.name));
    text(out, "version-label", project.version_label.as_deref());
    text(out, "branch-label", project.branch_label.as_deref());
    if project.end_day != EndDay::default() {
        text(out, "end-day", Some(project.end_day.as_str()));
    }
    if let Some(link) = &project.release_link {
        out.push_str("\n[project.links]\n");
        text(out, "release", Some(link));
    }
}

fn train(out: &mut String, train: &TrainEntry) {
    out.push_str("[[train]]\n");
    text(out, "version", Some(train.version.as_str()));
    text(out, "name", train.name.as_deref());
    text(out, "channel", train.channel.as_deref());
    text(out, "badge", train.badge.as_deref());
    bare(out, "branch", train.branch);
    bare(out, "release", train.release);
    bare(out, "released", train.released.then_some(true));
    phases(out, &train.phases);
    match train.end {
        Some(WrittenEnd::Day(day)) => bare(out, "end", Some(day)),
        Some(WrittenEnd::Month(month)) => text(out, "end", Some(&month.to_string())),
        None => bare(out, "ended", train.ended.then_some(true)),
    }
    text(out, "skip", train.skip.as_deref());
    text(out, "note", train.note.as_deref());
    text(out, "link", train.link.as_deref());
}

fn release(out: &mut String, release: &ReleaseEntry) {
    out.push_str("[[release]]\n");
    text(out, "version", Some(release.version.as_str()));
    bare(out, "date", Some(release.date));
    text(out, "train", release.train.as_ref().map(Version::as_str));
    bare(out, "pre", release.pre);
    bare(out, "security", release.security.then_some(true));
    text(out, "link", release.link.as_deref());
    text(out, "note", release.note.as_deref());
}

/// One phase stands beside its key, several below each other in columns.
fn phases(out: &mut String, phases: &[PhaseRule]) {
    let cells: Vec<_> = phases.iter().map(cells).collect();
    let width = |n: usize| cells.iter().map(|cells| cells[n].chars().count()).max();
    let widths = [width(0).unwrap_or(0), width(1).unwrap_or(0)];
    match &*cells {
        [] => {}
        [only] => {
            let _ = writeln!(out, "phases = [{}]", inline(only, [0, 0]));
        }
        several => {
            out.push_str("phases = [\n");
            for cells in several {
                let _ = writeln!(out, "  {},", inline(cells, widths));
            }
            out.push_str("]\n");
        }
    }
}

/// The keys of a phase with their values; what it does not say is empty.
fn cells(phase: &PhaseRule) -> [String; 3] {
    let level = match phase.level {
        Level::Current => String::new(),
        level => format!("level = \"{}\"", level.as_str()),
    };
    let from = phase.from.map(|from| format!("from = {from}"));
    [
        format!("name = {}", quoted(&phase.name)),
        level,
        from.unwrap_or_default(),
    ]
}

/// An inline table, its first cells as wide as they are in other lines.
fn inline(cells: &[String; 3], widths: [usize; 2]) -> String {
    let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
    let mut line = String::from("{ ");
    for (n, cell) in cells[..last].iter().enumerate() {
        let comma = if cell.is_empty() { "" } else { "," };
        let cell = format!("{cell}{comma}");
        match widths[n] {
            0 if cell.is_empty() => {}
            width => {
                let _ = write!(line, "{cell:<0$} ", width + 1);
            }
        }
    }
    line + &cells[last] + " }"
}

fn text(out: &mut String, key: &str, value: Option<&str>) {
    bare(out, key, value.map(quoted));
}

fn bare(out: &mut String, key: &str, value: Option<impl Display>) {
    if let Some(value) = value {
        let _ = writeln!(out, "{key} = {value}");
    }
}

/// A string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
