//! What a page says about itself, in TOML between two lines of `+++`.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::site::FrontMatter;

const FENCE: &str = "+++";
const KEYS: &[&str] = &["title", "weight"];

/// The front matter of a page, and where its Markdown begins.
///
/// # Errors
///
/// All mistakes in it.
pub fn read(source: &Arc<Source>) -> Result<(FrontMatter, usize), Vec<Diagnostic>> {
    let Some(toml) = fenced(source).map_err(|error| vec![error])? else {
        return Ok((FrontMatter::default(), 0));
    };
    let text = &source.text[toml.clone()];
    let end = source.text[toml.end..]
        .find('\n')
        .map_or(source.text.len(), |at| toml.end + at + 1);
    let (table, wrong) = DeTable::parse_recoverable(text);
    let mut errors: Vec<_> = wrong
        .iter()
        .map(|error| {
            let span = shifted(&error.span().unwrap_or(0..0), toml.start);
            Diagnostic::error("toml-syntax", error.message()).at(source, span, "")
        })
        .collect();
    let mut front = FrontMatter::default();
    if errors.is_empty() {
        for (key, value) in table.get_ref() {
            let places = Places {
                source,
                key: shifted(&key.span(), toml.start),
                value: shifted(&value.span(), toml.start),
            };
            errors.extend(take(&mut front, key.get_ref(), value.get_ref(), &places).err());
        }
    }
    if errors.is_empty() {
        Ok((front, end))
    } else {
        Err(errors)
    }
}

fn shifted(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// What is between the fences, if the page begins with one.
fn fenced(source: &Arc<Source>) -> Result<Option<Range<usize>>, Diagnostic> {
    let text = &source.text;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_fence = line.trim_end() == FENCE;
        if number == 0 && !is_fence {
            return Ok(None);
        }
        if number > 0 && is_fence {
            return Ok(Some(FENCE.len()..start));
        }
        start += line.len();
    }
    if text.is_empty() {
        return Ok(None);
    }
    let title = "the front matter has no end";
    Err(Diagnostic::error("front-matter", title)
        .at(source, 0..FENCE.len(), "begins here")
        .help("end it with a line of `+++`"))
}

struct Places<'a> {
    source: &'a Arc<Source>,
    key: Range<usize>,
    value: Range<usize>,
}

fn take(
    front: &mut FrontMatter,
    key: &str,
    value: &DeValue<'_>,
    places: &Places<'_>,
) -> Result<(), Diagnostic> {
    match (key, value) {
        ("title", DeValue::String(title)) if !title.trim().is_empty() => {
            front.title = Some(title.trim().to_owned());
            Ok(())
        }
        ("title", _) => Err(wrong(places, "`title` is not a text")),
        ("weight", DeValue::Integer(weight)) => {
            let weight = i64::from_str_radix(weight.as_str(), weight.radix());
            front.weight = Some(weight.map_err(|_| wrong(places, "`weight` is too large"))?);
            Ok(())
        }
        ("weight", _) => Err(wrong(places, "`weight` is not a whole number")),
        (key, _) => Err(unknown(places, key)),
    }
}

fn wrong(places: &Places<'_>, title: &str) -> Diagnostic {
    Diagnostic::error("front-matter", title).at(places.source, places.value.clone(), "")
}

fn unknown(places: &Places<'_>, key: &str) -> Diagnostic {
    let title = format!("front matter has no key `{key}`");
    let error = Diagnostic::error("unknown-key", title);
    let error = error.at(places.source, places.key.clone(), "not known");
    match nearest(key, KEYS.iter().copied()) {
        Some(near) => error
            .help(format!("the nearest is `{near}`"))
            .patch(places.key.clone(), near),
        None => error.help("the keys are `title` and `weight`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> Result<(FrontMatter, usize), Vec<Diagnostic>> {
        read(&Source::new("content/a.md", text))
    }

    #[track_caller]
    fn error(text: &str) -> (String, String) {
        let error = front(text).unwrap_err().remove(0);
        let place = error.labels[0]
            .source
            .text
            .get(error.labels[0].span.clone());
        (error.title, place.unwrap_or_default().to_owned())
    }

    #[test]
    fn a_page_says_its_title_and_weight() {
        let text = "+++\ntitle = \"A\"\nweight = -3\n+++\n# B\n";
        let (read, body) = front(text).unwrap();
        assert_eq!(read.title.as_deref(), Some("A"));
        assert_eq!(read.weight, Some(-3));
        assert_eq!(&text[body..], "# B\n");
    }

    #[test]
    fn a_page_need_not_have_front_matter() {
        assert_eq!(front("# A\n\n+++\n").unwrap(), (FrontMatter::default(), 0));
        assert_eq!(front("").unwrap().1, 0);
        assert_eq!(front("+++\n+++").unwrap().1, 7);
    }

    #[test]
    fn mistakes_have_their_place_in_the_page() {
        let with = |text: &str| {
            let (title, place) = error(&format!("+++\n{text}\n+++\n"));
            format!("{title} | {place}")
        };
        assert_eq!(
            with("titel = \"A\""),
            "front matter has no key `titel` | titel"
        );
        assert_eq!(
            with("weight = \"1\""),
            "`weight` is not a whole number | \"1\""
        );
        assert_eq!(with("title = 1"), "`title` is not a text | 1");
        assert_eq!(error("+++\ntitle").0, "the front matter has no end");
        let (title, _) = error("+++\ntitle = \n+++\n");
        assert!(
            title.starts_with("string values must be quoted") || title.contains("expected"),
            "{title}"
        );
    }
}
