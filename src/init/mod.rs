//! A new project, as the files that it begins with.

pub mod ci;
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
    /// What publishes it, and where that belongs, if anything does.
    pub workflow: Option<(ci::Host, Repository)>,
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
        /// Whether its HTML has a folder of its own, beside those of others.
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
    files.extend(
        workflow.map(|(host, repository)| ci::workflow(*host, options.product, repository)),
    );
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
