//! What a page says about itself, in TOML between two lines of `+++`.

use std::ops::Range;
use std::sync::Arc;

use super::keys::Keyed;
use super::toml::TomlDocument;
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{Id, Note};
use crate::site::{FrontMatter, Per};

const FENCE: &str = "+++";

/// The front matter of a page as far as it can be read, where its Markdown
/// begins, and all mistakes in it.
pub fn read(source: &Arc<Source>) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let toml = match fenced(source) {
        Ok(Some(toml)) => toml,
        Ok(None) => return (FrontMatter::default(), 0, Vec::new()),
        // All of it may be meant.
        Err(error) => return (FrontMatter::default(), source.text.len(), vec![error]),
    };
    let end = source.text[toml.end..]
        .find('\n')
        .map_or(source.text.len(), |at| toml.end + at + 1);
    let document = TomlDocument::parse_within(source, toml);
    let front = FrontMatter::read_keys(&document.root::<FrontMatter>()).unwrap_or_default();
    (front, end, document.into_diagnostics())
}

keys! {
    FrontMatter {
        must {}
        may {
            /// The page's title; otherwise its first heading.
            title: Option<Note> = "title",
            /// The page's place among its neighbours: lower numbers come first.
            weight: Option<i64> = "weight",
            /// Of what there is a page each, made from this one.
            per: Option<Per> = "per",
            /// The id of the project that the page is about.
            project: Option<Id> = "project",
        }
    }
}

/// What is between the fences, if the page begins with one.
fn fenced(source: &Arc<Source>) -> Result<Option<Range<usize>>, Diagnostic> {
    let mut lines = source.text.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == FENCE;
    let Some(first) = lines.next().filter(|line| is_fence(line)) else {
        return Ok(None);
    };
    let mut start = first.len();
    for line in lines {
        if is_fence(line) {
            return Ok(Some(FENCE.len()..start));
        }
        start += line.len();
    }
    let title = "the front matter has no end";
    Err(Diagnostic::error("front-matter", title)
        .at(source, 0..FENCE.len(), "begins here")
        .help("end it with a line of `+++`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
        read(&Source::new("content/a.md", text))
    }

    #[track_caller]
    fn error(text: &str) -> (String, String) {
        let error = front(text).2.remove(0);
        let place = error.labels[0]
            .source
            .text
            .get(error.labels[0].span.clone());
        (error.title, place.unwrap_or_default().to_owned())
    }

    #[test]
    fn a_page_says_its_title_and_weight() {
        let text = "+++\ntitle = \"A\"\nweight = -3\n+++\n# B\n";
        let (read, body, wrong) = front(text);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(read.title.as_deref(), Some("A"));
        assert_eq!(read.weight, Some(-3));
        assert_eq!(&text[body..], "# B\n");
    }

    #[test]
    fn a_page_need_not_have_front_matter() {
        let nothing = (FrontMatter::default(), 0, Vec::new());
        assert_eq!(front("# A\n\n+++\n"), nothing);
        assert_eq!(front(""), nothing);
        assert_eq!(front("+++\n+++").1, 7);
    }

    #[test]
    fn what_can_be_read_counts_beside_a_mistake() {
        let (read, body, wrong) = front("+++\nper = \"train\"\ntitel = \"A\"\n+++\n# B\n");
        assert_eq!((read.per, body, wrong.len()), (Some(Per::Train), 34, 1));
    }

    #[test]
    fn mistakes_have_their_place_in_the_page() {
        let with = |text: &str| {
            let (title, place) = error(&format!("+++\n{text}\n+++\n"));
            format!("{title} | {place}")
        };
        assert_eq!(with("titel = \"A\""), "`titel` is not a known key | titel");
        assert_eq!(with("weight = \"1\""), "`weight` is a string | \"1\"");
        assert_eq!(
            with("title = 1"),
            "`title = 1` is an integer, not a string | 1"
        );
        assert_eq!(error("+++\ntitle").0, "the front matter has no end");
        let (title, _) = error("+++\ntitle = \n+++\n");
        assert!(
            title.starts_with("string values must be quoted") || title.contains("expected"),
            "{title}"
        );
    }
}
