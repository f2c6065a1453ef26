//! What a page says about itself, in TOML between two lines of `+++` or in
//! YAML between two lines of `---`.

use std::ops::Range;
use std::sync::Arc;

use super::foreign_keys;
use super::keys::Keyed;
use super::toml::TomlDocument;
use super::yaml;
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{Id, Note};
use crate::site::{Aliases, FrontMatter, Per};

type Reader = fn(&Arc<Source>, Range<usize>) -> Read;

/// Front matter as far as it can be read, and all mistakes in it.
type Read = (FrontMatter, Vec<Diagnostic>);

/// A form of front matter: the line before it and those that may end it.
struct Form {
    fence: &'static str,
    ends: &'static [&'static str],
    read: Reader,
}

const FORMS: [Form; 2] = [
    Form {
        fence: "+++",
        ends: &["+++"],
        read: toml,
    },
    Form {
        fence: "---",
        ends: &["---", "..."],
        read: yaml,
    },
];

/// The front matter of a page as far as it can be read, where its Markdown
/// begins, and all mistakes in it.
pub fn read(source: &Arc<Source>) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let first = source.text.lines().next().unwrap_or_default().trim_end();
    let Some(form) = FORMS.iter().find(|form| form.fence == first) else {
        return (FrontMatter::default(), 0, Vec::new());
    };
    let inside = match inside(source, form) {
        Ok(inside) => inside,
        // All of it may be meant.
        Err(error) => return (FrontMatter::default(), source.text.len(), vec![error]),
    };
    let end = source.text[inside.end..]
        .find('\n')
        .map_or(source.text.len(), |at| inside.end + at + 1);
    let (front, wrong) = (form.read)(source, inside);
    (front, end, wrong)
}

fn toml(source: &Arc<Source>, span: Range<usize>) -> Read {
    keyed(TomlDocument::parse_within(source, span))
}

fn yaml(source: &Arc<Source>, span: Range<usize>) -> Read {
    match yaml::table(source, &span, FrontMatter::SHAPE) {
        Ok(table) => keyed(TomlDocument::of_table(source, span, table)),
        Err(error) => (FrontMatter::default(), vec![error]),
    }
}

fn keyed(document: TomlDocument<'_>) -> Read {
    let front = FrontMatter::read_keys(&document.root::<FrontMatter>()).unwrap_or_default();
    (front, foreign_keys::told(document.into_diagnostics()))
}

keys! {
    FrontMatter {
        must {}
        may {
            /// The page's title; otherwise its first heading.
            title: Option<Note> = "title",
            /// What the page is about, for search engines; otherwise its first words.
            description: Option<Note> = "description",
            /// Addresses of the site at which the page was before.
            aliases: Aliases = "aliases",
            /// The page's place among its neighbours: lower numbers come first.
            weight: Option<i64> = "weight",
            /// Of what there is a page each, made from this one.
            per: Option<Per> = "per",
            /// The id of the project that the page is about.
            project: Option<Id> = "project",
        }
    }
}

/// What is between the fences of a page that begins with one.
fn inside(source: &Arc<Source>, form: &Form) -> Result<Range<usize>, Diagnostic> {
    let fence = form.fence;
    let mut lines = source.text.split_inclusive('\n');
    let begin = lines.next().map_or(0, str::len);
    let mut start = begin;
    for line in lines {
        if form.ends.contains(&line.trim_end()) {
            return Ok(begin..start);
        }
        start += line.len();
    }
    let title = "the front matter has no end";
    let help = match fence {
        "---" => "end it with a line of `---`; a line across the page is `***`",
        _ => "end it with a line of `+++`",
    };
    Err(Diagnostic::error("front-matter", title)
        .at(source, 0..fence.len(), "begins here")
        .help(help))
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
    fn yaml_says_the_same() {
        let text = "---\ntitle: \"A: b\" # its name\nweight: -3\nper: train\nproject: x\n\
                    description: >\n  Two\n  lines\naliases:\n  - /old/\n  - a.html\n---\n# B\n";
        let same = "+++\ntitle = \"A: b\"\nweight = -3\nper = \"train\"\nproject = \"x\"\n\
                    description = \"Two lines\"\naliases = [\"/old/\", \"a.html\"]\n+++\n# B\n";
        let plain = |text: &str| {
            let (mut read, body, _) = front(text);
            let aliases = std::mem::take(&mut read.aliases).0.into_iter();
            let written = |place: &crate::diagnostic::Label| {
                let written = &place.source.text[place.span.clone()];
                written.trim().trim_matches('"').to_owned()
            };
            let aliases = aliases.map(|alias| (written(&alias.place), alias.path));
            let description = read.description.take().map(|text| text.trim().to_owned());
            (
                read,
                description,
                aliases.collect::<Vec<_>>(),
                text[body..].to_owned(),
            )
        };
        assert_eq!(plain(text), plain(same));
    }

    #[test]
    fn numbers_are_texts_where_yaml_is_asked_for_one() {
        let title = |text: &str| front(text).0.title.unwrap().to_string();
        assert_eq!(title("---\ntitle: 2026\n---\n"), "2026");
        assert_eq!(title("---\ntitle: 1.10\n...\n"), "1.10");
        assert_eq!(title("---\ntitle: 2026-01-20\n---\n"), "2026-01-20");
        let nothing = "---\ntitle:\ndescription: ~\n# nothing\n---\n";
        assert_eq!(front(nothing).0, FrontMatter::default());
        let empty = (FrontMatter::default(), 8, Vec::new());
        assert_eq!(front("---\n---\n"), empty);
    }

    #[test]
    fn mistakes_in_yaml_have_their_place_too() {
        let with = |text: &str| {
            let (title, place) = error(&format!("---\n{text}\n---\n"));
            format!("{title} | {place}")
        };
        assert_eq!(with("titel: A"), "`titel` is not a known key | titel");
        assert_eq!(with("a: title\ntitel:"), "`a` is not a known key | a");
        assert_eq!(with("title: [A]"), "`title` is an array | [");
        assert_eq!(with("weight: 1.5"), "`weight` is a float | 1.5");
        assert_eq!(with("weight: first"), "`weight` is a string | first");
        assert_eq!(with("per: trains"), "`per` knows no `trains` | trains");
        assert_eq!(
            with("just a text"),
            "the front matter has no keys with values | just a text\n"
        );
        let (title, _) = error("---\ntitle: [A\n---\n");
        assert!(title.starts_with("this is no YAML: "), "{title}");
        assert_eq!(error("---\ntitle: A\n").0, "the front matter has no end");
        let twice = with("title: A\ntitle: B");
        assert!(twice.contains("title"), "{twice}");
    }

    #[test]
    fn a_place_behind_other_letters_is_of_whole_characters() {
        let wrong = error("+++\ntitle = \"日本語\"\ndraft = true\n+++\n");
        assert_eq!(
            wrong,
            ("`draft` is not a known key".to_owned(), "draft".to_owned())
        );
        let again = error("+++\ntitle = \"Menüs\"\ntitle = \"B\"\n+++\n");
        assert_eq!(
            again,
            ("`title` is there twice".to_owned(), "title".to_owned())
        );
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
