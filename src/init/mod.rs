//! A new project, as the files that it begins with.

mod dates;

use clap::ValueEnum;

use crate::schedule::{Day, Label, quoted};

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

/// How the trains of a project leave. The sentences are those of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Cadence {
    /// A train every month, supported for two
    Monthly,
    /// Every six weeks, supported until the next
    SixWeekly,
    /// Every year, supported for two and mended for a third
    Yearly,
    /// At no fixed interval: every train is written out
    None,
}

/// What is made of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// A site of its own.
    Site,
    /// A part of a book that is there.
    Book {
        /// The folder of its HTML.
        html: &'static str,
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
    let (rhythm, version) = match cadence {
        Cadence::Monthly => ("A new version comes out every month.", "1.0.0"),
        Cadence::SixWeekly => ("A new version comes out every six weeks.", "1.0.0"),
        Cadence::Yearly => ("A new version comes out every year.", "1.0"),
        Cadence::None => ("A new version comes out when it is ready.", "1.0"),
    };
    let own = [("rhythm", rhythm), ("first-version", version)];
    let words = [dates, &own.map(|(key, word)| (key, word.to_owned()))].concat();
    let files = [
        (
            "trainboard.toml",
            "the settings of the site",
            include_str!("skeleton/trainboard.toml"),
        ),
        (
            "content/index.md",
            "the first page, with the board",
            include_str!("skeleton/content/index.md"),
        ),
        (
            "content/release-process.md",
            "a page that quotes the schedule",
            include_str!("skeleton/content/release-process.md"),
        ),
        (
            GITIGNORE,
            "keeps the built site out of git",
            include_str!("skeleton/gitignore"),
        ),
    ];
    files.map(|(path, about, skeleton)| NewFile {
        path: path.to_owned(),
        about,
        text: fill(skeleton, &words),
    })
}

/// The workflow that publishes it. It stands in the top folder of the
/// repository, and works in the project's.
pub fn workflow(product: Product, repository: &Repository) -> NewFile {
    let (skeleton, html) = match product {
        Product::Site => (include_str!("skeleton/workflow/site.yml"), ""),
        Product::Book { html } => (include_str!("skeleton/workflow/book.yml"), html),
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
    let means_itself = !branch.starts_with('-') && !is_yaml_word(branch);
    if means_itself && branch.chars().all(is_plain) {
        branch.to_owned()
    } else {
        quoted(branch)
    }
}

/// Whether some reader of YAML takes it for something else than a text.
fn is_yaml_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What makes the steps of a job run in the project's folder.
fn defaults(repository: &Repository) -> String {
    if repository.folders.is_empty() {
        return String::new();
    }
    let folder = quoted(&repository.folders.join("/"));
    format!("\n    defaults:\n      run:\n        working-directory: {folder}")
}

/// Puts words into the places `{key}` of a skeleton; what is put in is not
/// looked into, and braces around anything else stay.
fn fill(skeleton: &str, words: &[(&str, String)]) -> String {
    let mut pieces = skeleton.split('{');
    let start = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(start, |filled, piece| {
        let with_word = words.iter().find_map(|(key, word)| {
            let rest = piece.strip_prefix(key)?.strip_prefix('}')?;
            Some(format!("{word}{rest}"))
        });
        filled + &with_word.unwrap_or_else(|| format!("{{{piece}"))
    })
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
