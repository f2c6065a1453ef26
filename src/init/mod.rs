//! A new project, as the files that it begins with.

mod dates;

use crate::schedule::{Day, Label};

/// What somebody wants to begin with.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the project is called.
    pub name: Label,
    /// How its trains leave.
    pub cadence: Cadence,
    /// The day around which the first days lie.
    pub day: Day,
    /// What is made of it.
    pub product: Product,
    /// Where the workflow of GitHub belongs that publishes it, if one does.
    pub workflow: Option<Repository>,
}

/// Where in its repository a project lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    /// The folders from the top of the repository to the project.
    pub folders: Vec<String>,
    /// The branch that is published; `main` where none is known.
    pub branch: Option<String>,
}

/// How the trains of a project leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// One every month.
    Monthly,
    /// One every six weeks.
    SixWeekly,
    /// One every year.
    Yearly,
    /// At no fixed interval: each is written out.
    None,
}

/// What is made of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// A site of its own.
    Site,
    /// A part of a book that is there.
    Book {
        /// Whether the book is also made into something else than HTML, so
        /// that its HTML has a folder of its own.
        has_more_renderers: bool,
    },
}

/// A file of a new project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where it goes, from the project's folder.
    pub path: String,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// What is in it.
    pub text: String,
}

/// What makes an mdBook ask for trainboard: the lines for its `book.toml`.
pub const BOOK_TABLE: &str = include_str!("skeleton/book.toml");

/// What a project's git should not see.
pub const GITIGNORE: &str = ".gitignore";

/// The mdBook that a new workflow installs.
const MDBOOK: &str = "0.5.4";

const TRAINBOARD: &str = env!("CARGO_PKG_VERSION");

/// What a project is called that lies in a folder of that name.
pub fn name_for(folder: &str) -> Result<Label, String> {
    let is_foreign = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let plain = folder.replace(is_foreign, " ");
    let short: String = plain.trim().chars().take(200).collect();
    short.parse().or_else(|_| "Project".parse())
}

/// All files that a project begins with, those that others are made from
/// first; none when its days would leave the calendar.
pub fn files(options: &Options) -> Option<Vec<NewFile>> {
    let dates = dates::of(options.cadence, options.day)?;
    let mut files = vec![schedule(options, &dates)];
    if options.product == Product::Site {
        files.extend(site(options.cadence, &dates));
    }
    let workflow = options.workflow.as_ref();
    files.extend(workflow.map(|repository| self::workflow(options.product, repository)));
    Some(files)
}

fn schedule(options: &Options, dates: &[(&str, String)]) -> NewFile {
    let skeleton = match options.cadence {
        Cadence::Monthly => include_str!("skeleton/schedule/monthly.toml"),
        Cadence::SixWeekly => include_str!("skeleton/schedule/six-weekly.toml"),
        Cadence::Yearly => include_str!("skeleton/schedule/yearly.toml"),
        Cadence::None => include_str!("skeleton/schedule/none.toml"),
    };
    let words = [dates, &[("name", quoted(&options.name))]].concat();
    NewFile {
        path: "schedule.toml".to_owned(),
        about: "what is released, and when",
        text: fill(skeleton, &words),
    }
}

fn site(cadence: Cadence, dates: &[(&str, String)]) -> [NewFile; 4] {
    let file = |path: &str, about, text: &str| NewFile {
        path: path.to_owned(),
        about,
        text: text.to_owned(),
    };
    let (rhythm, version) = match cadence {
        Cadence::Monthly => ("A new version comes out every month.", "1.0.0"),
        Cadence::SixWeekly => ("A new version comes out every six weeks.", "1.0.0"),
        Cadence::Yearly => ("A new version comes out every year.", "1.0"),
        Cadence::None => ("A new version comes out when it is ready.", "1.0"),
    };
    let own = [("rhythm", rhythm), ("first-version", version)];
    let words = [dates, &own.map(|(key, word)| (key, word.to_owned()))].concat();
    let process = fill(include_str!("skeleton/content/release-process.md"), &words);
    [
        file(
            "trainboard.toml",
            "the settings of the site",
            include_str!("skeleton/trainboard.toml"),
        ),
        file(
            "content/index.md",
            "the first page, with the board",
            include_str!("skeleton/content/index.md"),
        ),
        file(
            "content/release-process.md",
            "a page that quotes the schedule",
            &process,
        ),
        file(
            GITIGNORE,
            "keeps the built site out of git",
            include_str!("skeleton/gitignore"),
        ),
    ]
}

/// The workflow that publishes it. It stands in the top folder of the
/// repository, and works in the project's.
pub fn workflow(product: Product, repository: &Repository) -> NewFile {
    let (skeleton, html) = match product {
        Product::Site => (include_str!("skeleton/workflow/site.yml"), ""),
        Product::Book { has_more_renderers } => {
            let html = if has_more_renderers {
                "book/html"
            } else {
                "book"
            };
            (include_str!("skeleton/workflow/book.yml"), html)
        }
    };
    let words = [
        ("trainboard", TRAINBOARD),
        ("mdbook", MDBOOK),
        ("html", html),
        ("folder", &defaults(repository)),
        ("branch", &branch(repository)),
    ];
    let up = "../".repeat(repository.folders.len());
    NewFile {
        path: format!("{up}.github/workflows/trainboard.yml"),
        about: "checks every change, and publishes",
        text: fill(skeleton, &words.map(|(key, word)| (key, word.to_owned()))),
    }
}

/// The branch that is published, in quotes where it is no plain word.
fn branch(repository: &Repository) -> String {
    let branch = repository.branch.as_deref().unwrap_or("main");
    let is_plain = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    if branch.chars().all(is_plain) {
        branch.to_owned()
    } else {
        quoted(branch)
    }
}

/// What makes the steps of a job run in the project's folder.
fn defaults(repository: &Repository) -> String {
    if repository.folders.is_empty() {
        return String::new();
    }
    let folder = quoted(&repository.folders.join("/"));
    format!("\n    defaults:\n      run:\n        working-directory: {folder}")
}

/// Text without control characters as a string of TOML or YAML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Puts words into the places `{key}` of a skeleton; what is put in is not
/// looked into, and braces around anything else stay.
fn fill(skeleton: &str, words: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(skeleton.len() + 256);
    let mut rest = skeleton;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let word = words.iter().find_map(|(key, word)| {
            let rest = after.strip_prefix(key)?.strip_prefix('}')?;
            Some((word, rest))
        });
        if let Some((word, behind)) = word {
            filled.push_str(word);
            rest = behind;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_looks_like_a_place_stays_as_it_is() {
        let words = [("name", "{day}".to_owned()), ("day", "1".to_owned())];
        let filled = fill("{name} {day} {name {other} ${{ name }}", &words);
        assert_eq!(filled, "{day} 1 {name {other} ${{ name }}");
    }

    #[test]
    fn any_folder_gives_a_sound_name() {
        let name = |folder: &str| name_for(folder).unwrap().to_string();
        assert_eq!(name(" lantern\n"), "lantern");
        assert_eq!(name("\t"), "Project");
        assert_eq!(name("a\u{1b}b"), "a b");
        assert_eq!(name(&"é".repeat(300)), "é".repeat(200));
    }
}
