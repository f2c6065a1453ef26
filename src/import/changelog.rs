//! Changelogs, in the forms that are common.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::{Released, SourcePlace, is_version_text};
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{Day, Version};

/// What a changelog says.
#[derive(Debug, Default)]
pub struct Changelog {
    /// The releases that it dates.
    pub releases: Vec<Released>,
    /// Versions without a day that can be read, and their places.
    pub undated: Vec<(Version, SourcePlace)>,
    /// Versions that were taken back.
    pub yanked: Vec<String>,
    /// Whether it has a section for what is yet to come.
    pub has_unreleased: bool,
}

/// A heading and the first line of the paragraph right below it.
struct Section {
    heading: String,
    span: Range<usize>,
    below: String,
}

/// Reads a changelog: every heading that begins with a version is a release,
/// on the day that it or the paragraph below it names.
pub fn read(source: &Arc<Source>) -> Changelog {
    let mut changelog = Changelog::default();
    for section in sections(&source.text) {
        changelog.add(source, &section);
    }
    changelog
}

impl Changelog {
    fn add(&mut self, source: &Arc<Source>, section: &Section) {
        let words: Vec<_> = section.heading.split_whitespace().map(bare).collect();
        let has = |names: &[&str]| words.iter().any(|word| is_any(word, names));
        let below = section.below.split_whitespace().map(bare).next();
        let is_to_come = has(&UNRELEASED) || below.is_some_and(|word| is_any(word, &UNRELEASED));
        let (date, words) = day(&words);
        let Some(version) = version(&words, date.is_some()) else {
            self.has_unreleased |= is_to_come;
            return;
        };
        if is_to_come {
            self.has_unreleased = true;
        } else if has(&["yanked"]) {
            self.yanked.push(version.to_string());
        } else {
            self.add_release(source, section, version, date);
        }
    }

    fn add_release(
        &mut self,
        source: &Arc<Source>,
        section: &Section,
        version: Version,
        date: Option<Day>,
    ) {
        let place = SourcePlace {
            source: Arc::clone(source),
            span: section.span.clone(),
        };
        if let Some(date) = date.or_else(|| day_below(&section.below)) {
            self.releases.push(Released {
                version,
                date,
                place: Some(place),
            });
        } else {
            self.undated.push((version, place));
        }
    }

    /// One warning for all versions without a day.
    pub fn warning(&self) -> Option<Diagnostic> {
        let ((version, place), more) = self.undated.split_first()?;
        let title = match more.len() {
            0 => format!("`{version}` has no day that can be read"),
            1 => format!("`{version}` and another version have no day that can be read"),
            more => format!("`{version}` and {more} other versions have no day that can be read"),
        };
        let warning = Diagnostic::warning("undated-release", title)
            .at(&place.source, place.span.clone(), "released when")
            .help(format!("write the heading as `{version} - YYYY-MM-DD`"));
        Some(warning)
    }
}

/// How a section for what is to come is named.
const UNRELEASED: [&str; 4] = ["unreleased", "unpublished", "tba", "tbd"];

fn is_any(word: &str, names: &[&str]) -> bool {
    names.iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// A word without brackets and points around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | ',' | ':' | ';' | '.' | '_'))
}

/// The version that a heading begins with, after `Version` or, where it has a
/// day too, the project's name.
fn version(words: &[&str], is_dated: bool) -> Option<Version> {
    let read = |word: &str| {
        let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
        let is_sure = is_dated || number.contains('.') || number.len() < word.len();
        let is_version = is_sure && is_version_text(number) && word.parse::<Day>().is_err();
        number.parse().ok().filter(|_| is_version)
    };
    let (first, more) = words.split_first()?;
    read(first).or_else(|| {
        let is_name = is_dated || is_any(first, &["version", "release"]);
        read(more.first().filter(|_| is_name)?)
    })
}

/// The first day that the words tell, and the words around it.
fn day<'a>(words: &[&'a str]) -> (Option<Day>, Vec<&'a str>) {
    let lengths = [1, 3];
    let mut places = (0..words.len()).flat_map(|start| lengths.map(|length| start..start + length));
    let found = places.find_map(|place| {
        let day = day_of(words.get(place.clone())?)?;
        Some((place, day))
    });
    let Some((place, day)) = found else {
        return (None, words.to_vec());
    };
    let around = [&words[..place.start], &words[place.end..]].concat();
    (Some(day), around)
}

/// `2026-07-20`, `20 July 2026`, `Jul 20th 2026`.
fn day_of(words: &[&str]) -> Option<Day> {
    match *words {
        [day] => day.parse().ok(),
        [a, b, year] => {
            let (month, day) = month(a).map(|month| (month, b)).or(month(b).zip(Some(a)))?;
            let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            Day::new(year.parse().ok()?, month, day.parse().ok()?)
        }
        _ => None,
    }
}

/// The number of a month by its name, or three or more letters of it.
fn month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let is_named = |number: &u32| {
        let first = Day::new(1970, *number, 1);
        first.is_some_and(|day| day.month_name().to_ascii_lowercase().starts_with(&word))
    };
    (1..=12).find(is_named).filter(|_| word.len() >= 3)
}

/// `Released 2026-01-02.`
fn day_below(line: &str) -> Option<Day> {
    let words: Vec<_> = line.split_whitespace().map(bare).collect();
    let first = words.first()?;
    let tells = ["released", "release", "published", "date"];
    let is_first = |length| words.get(..length).and_then(day_of).is_some();
    let is_told = is_any(first, &tells) || is_first(1) || is_first(3);
    day(&words).0.filter(|_| is_told)
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut events = Parser::new(text).into_offset_iter().peekable();
    while let Some((event, span)) = events.next() {
        if !matches!(event, Event::Start(Tag::Heading { .. })) {
            continue;
        }
        let heading = words(&mut events, |event| {
            matches!(event, Event::End(TagEnd::Heading(_)))
        });
        while events.next_if(|(event, _)| is_passed_over(event)).is_some() {}
        let paragraph = events.next_if(|(event, _)| *event == Event::Start(Tag::Paragraph));
        let below = paragraph.map(|_| words(&mut events, ends_first_line));
        sections.push(Section {
            heading,
            span: first_line(text, span),
            below: below.unwrap_or_default(),
        });
    }
    sections
}

/// Whether a paragraph after it is still right below the heading.
fn is_passed_over(event: &Event<'_>) -> bool {
    let is_html = matches!(event, Event::Html(_) | Event::Start(Tag::HtmlBlock));
    is_html || matches!(event, Event::Rule | Event::End(_) | Event::Start(Tag::Item))
}

fn ends_first_line(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::End(TagEnd::Paragraph) | Event::SoftBreak | Event::HardBreak
    )
}

/// The words up to the event that ends them.
fn words<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    is_end: impl Fn(&Event<'a>) -> bool,
) -> String {
    let events = events.map(|(event, _)| event);
    let words = events.take_while(|event| !is_end(event));
    let words = words.map(|event| match event {
        Event::Text(words) | Event::Code(words) => words,
        Event::SoftBreak | Event::HardBreak => " ".into(),
        _ => "".into(),
    });
    words.map(CowStr::into_string).collect()
}

fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let line = text[span.clone()].lines().next().unwrap_or_default();
    span.start..span.start + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each release with its day and the text at its place, and each version
    /// without a day.
    fn told(text: &str) -> (Vec<String>, Vec<String>) {
        let source = Source::new("CHANGELOG.md", text);
        let changelog = read(&source);
        let release = |one: &Released| {
            let place = one.place.as_ref().unwrap();
            let at = &source.text[place.span.clone()];
            format!("{} {} {at}", one.version, one.date)
        };
        let undated = changelog.undated.iter();
        (
            changelog.releases.iter().map(release).collect(),
            undated.map(|(version, _)| version.to_string()).collect(),
        )
    }

    #[track_caller]
    fn reads(text: &str, version: &str, date: &str) {
        let (releases, undated) = told(text);
        assert_eq!(releases.len(), 1, "{text}");
        assert!(
            releases[0].starts_with(&format!("{version} {date} ")),
            "{releases:?}"
        );
        assert!(undated.is_empty(), "{undated:?}");
    }

    #[test]
    fn the_common_forms_are_read() {
        for text in [
            "## 1.2.3 - 2026-01-02\n",
            "## [1.2.3] - 2026-01-02\n",
            "## [1.2.3] - 2026-01-02\n\n[1.2.3]: https://example.org/1.2.3\n",
            "## [1.2.3](https://example.org/1.2.3) (2026-01-02)\n",
            "## 1.2.3\n\nReleased 2026-01-02.\n",
            "## 1.2.3\nReleased on **2026-01-02** by all of us.\n",
            "## v1.2.3 (2026-01-02)\n",
            "# `1.2.3`, 2026-01-02\n",
            "1.2.3 – 2026-01-02\n==================\n",
            "1.2.3\n-----\n\n_2026-01-02_\n",
            "### Version 1.2.3 (2026-01-02)\n",
            "## Wasmtime 1.2.3: 2026-01-02\n",
            "## 1.2.3 (January 2nd, 2026)\n",
            "## 1.2.3, 2 Jan 2026\n",
            "## 02 January 2026: Version 1.2.3\n",
            "## 1.2.3\n\nJan. 2, 2026\n",
        ] {
            reads(text, "1.2.3", "2026-01-02");
        }
        reads("## 24 - 2026-01-02\n", "24", "2026-01-02");
        reads("## [2.0.0-rc.1] - 2026-01-02\n", "2.0.0-rc.1", "2026-01-02");
    }

    #[test]
    fn what_is_to_come_is_no_release() {
        let text = "## [Unreleased]\n\n- New\n\n## 1.3.0\n\nUnreleased.\n\n## 1.2.4 - TBD\n\n## [0.9.0] - 2026-01-02 [YANKED]\n";
        let changelog = read(&Source::new("CHANGELOG.md", text));
        assert!(changelog.releases.is_empty());
        assert!(changelog.undated.is_empty());
        assert!(changelog.has_unreleased);
        assert_eq!(changelog.yanked, ["0.9.0"]);
    }

    #[test]
    fn a_version_without_a_day_is_told_with_its_place() {
        let text = "# Changes\n\n## 1.2.3\n\n- Since 2026-01-02 it works\n\n## 1.2.2 - 2026-02-30\n\nThe day is 2026-01-02.\n";
        let (releases, undated) = told(text);
        assert!(releases.is_empty(), "{releases:?}");
        assert_eq!(undated, ["1.2.3", "1.2.2"]);
        let warning = read(&Source::new("CHANGELOG.md", text)).warning().unwrap();
        assert_eq!(
            warning.title,
            "`1.2.3` and another version have no day that can be read"
        );
        assert_eq!(&text[warning.labels[0].span.clone()], "## 1.2.3");
    }

    #[test]
    fn other_headings_and_code_are_no_releases() {
        let text = "# Changelog of 2026\n\n### 14 Jul 2025\n\n### 3 fixes\n\n### Since 1.2.0\n\n## 2026-01-02\n\n```md\n## 1.0.0 - 2026-01-02\n```\n";
        let (releases, undated) = told(text);
        assert!(releases.is_empty(), "{releases:?}");
        assert!(undated.is_empty(), "{undated:?}");
    }
}
