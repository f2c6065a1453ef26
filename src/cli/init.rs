//! `trainboard init`

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;

use super::args::InitArgs;
use super::clock;
use super::failure::Failure;
use crate::diagnostic::Diagnostic;
use crate::import::git;
use crate::init::{
    self, BOOK_TABLE, Cadence, GITIGNORE, NewFile, Options, Product, Repository, ci,
};
use crate::input::{self, ReadError, book::Book};
use crate::schedule::Label;
use crate::{report, write};

/// The one file that is there and changes.
const BOOK: &str = "book.toml";

pub(super) fn run(args: &InitArgs) -> Result<(), Failure> {
    let workflow = match args.ci {
        Some(host) => Some((host, repository()?)),
        None => None,
    };
    let book = args.mdbook.then(book).transpose()?;
    let product = book.as_ref().map_or(Product::Site, |book| Product::Book {
        has_more_renderers: book.has_more_renderers,
    });
    match &workflow {
        Some((host, repository)) if has_no_wish(args) && is_begun(book.as_ref()) => {
            if book.is_none() {
                expect_pages()?;
            }
            save(&[ci::workflow(*host, product, repository)], None)?;
        }
        _ if book.as_ref().is_some_and(|book| book.has_trainboard) => {
            let title = format!("`{BOOK}` has `[preprocessor.trainboard]` already");
            return Err(Failure::Usage(title));
        }
        _ => begin(args, product, workflow.clone(), book.as_ref())?,
    }
    let advice = workflow.map(|(host, repository)| host.advice(&repository));
    for line in advice.into_iter().flatten() {
        report::note(&line);
    }
    Ok(())
}

/// Whether there is something already that a workflow can publish.
fn is_begun(book: Option<&Book>) -> bool {
    match book {
        Some(book) => book.has_trainboard,
        None => input::settings::read(Path::new("."))
            .is_ok_and(|settings| Path::new(settings.schedule()).exists()),
    }
}

/// Refuses to publish a site that has no pages, as where another generator makes
/// the docs.
fn expect_pages() -> Result<(), Failure> {
    let settings = input::settings::read(Path::new("."))?;
    let folder = settings.content.as_str();
    if Path::new(folder).exists() {
        return Ok(());
    }
    let title = format!("there is no folder `{folder}`, so there is no site to publish");
    let help = "where another generator makes your docs, run trainboard before it: \
                the guide has this under “In other docs”; for a site of pages here, make the folder, \
                with an `index.md` in it";
    Err(Failure::Content(vec![
        Diagnostic::error("no-content", title).help(help),
    ]))
}

/// Whether nothing is said of how a new project should be.
fn has_no_wish(args: &InitArgs) -> bool {
    args.cadence.is_none() && args.name.is_none() && args.date.is_none()
}

/// Makes a project, all of it.
fn begin(
    args: &InitArgs,
    product: Product,
    workflow: Option<(ci::Host, Repository)>,
    book: Option<&Book>,
) -> Result<(), Failure> {
    let options = Options {
        name: name(args, book)?,
        cadence: args.cadence.unwrap_or_else(ask),
        day: clock::today(args.date)?,
        product,
        workflow,
    };
    let mut files = init::files(&options).ok_or_else(|| {
        let day = options.day;
        Failure::Usage(format!("a schedule around {day} would leave the calendar"))
    })?;
    let has_gitignore = Path::new(GITIGNORE).symlink_metadata().is_ok();
    files.retain(|file| file.path != GITIGNORE || !has_gitignore);
    save(&files, book)?;
    if book.is_none() && has_gitignore {
        advise_to_ignore();
    }
    if args.cadence.is_none() && !can_ask() {
        report::note("a train leaves every month: for another cadence, begin with `--cadence`");
    }
    report::note(&next(book));
    Ok(())
}

/// Where the project lies in the repository around it. A folder that is in
/// none may become one.
fn repository() -> Result<Repository, Failure> {
    let here = std::env::current_dir().unwrap_or_default();
    let top = here.ancestors().find(|folder| folder.join(".git").exists());
    let below = here.strip_prefix(top.unwrap_or(&here)).unwrap_or(&here);
    let is_plain = |name: &&str| !name.contains(char::is_control) && !name.contains("${{");
    let folders = below.iter().map(|name| name.to_str().filter(is_plain));
    let Some(folders) = folders.map(|name| name.map(str::to_owned)).collect() else {
        let shown = input::shown(below);
        let title = format!("`{}` cannot be named in a workflow", shown.escape_debug());
        return Err(Failure::Usage(title));
    };
    Ok(Repository {
        folders,
        branch: git::branch(Path::new(".")),
    })
}

/// The book that is to be extended.
fn book() -> Result<Book, Failure> {
    input::content::expect_in_book(Path::new("."), BOOK)?;
    input::book::read(Path::new(".")).map_err(|error| match error {
        ReadError::Absent(_) => Failure::Usage(format!(
            "there is no `{BOOK}` here: go to the folder of a book, or make one with `mdbook init`"
        )),
        other => other.into(),
    })
}

fn name(args: &InitArgs, book: Option<&Book>) -> Result<Label, Failure> {
    if let Some(name) = &args.name {
        return Ok(name.clone());
    }
    let here = std::env::current_dir().unwrap_or_default();
    let folder = here.file_name().unwrap_or_default().to_string_lossy();
    let title = book.and_then(|book| book.title.as_deref());
    init::name_for(title.unwrap_or(&folder)).map_err(Failure::Usage)
}

/// The cadence, from whoever sits at the terminal.
fn ask() -> Cadence {
    if can_ask() {
        choose(std::io::stdin().lock(), std::io::stderr().lock())
    } else {
        Cadence::Monthly
    }
}

/// Whether somebody sits at the terminal.
fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks until the answer is a number or a name; no answer is the first.
fn choose(mut input: impl BufRead, mut output: impl Write) -> Cadence {
    let _ = write!(output, "{}", choices());
    loop {
        let _ = write!(output, "Number or name [monthly]: ").and_then(|()| output.flush());
        let mut line = String::new();
        let is_read = input.read_line(&mut line).is_ok();
        let answer = line.trim();
        if !is_read || answer.is_empty() {
            return Cadence::Monthly;
        }
        if let Some(cadence) = answered(answer) {
            return cadence;
        }
        let _ = writeln!(output, "`{answer}` is none of them");
    }
}

fn choices() -> String {
    let line = |(n, cadence): (usize, &Cadence)| {
        let value = cadence.to_possible_value()?;
        let help = value.get_help()?;
        Some(format!("  {}  {:10}  {help}\n", n + 1, value.get_name()))
    };
    let lines = Cadence::value_variants().iter().enumerate();
    let lines: String = lines.filter_map(line).collect();
    format!("How does a new version come out?\n{lines}")
}

fn answered(answer: &str) -> Option<Cadence> {
    let Ok(number) = answer.parse::<usize>() else {
        return Cadence::from_str(answer, true).ok();
    };
    let place = number.checked_sub(1)?;
    Cadence::value_variants().get(place).copied()
}

fn save(files: &[NewFile], book: Option<&Book>) -> Result<(), Failure> {
    for file in files {
        input::content::expect_place_inside(&file.path)?;
    }
    let new = files
        .iter()
        .map(|file| (Path::new(&file.path), file.text.as_bytes()));
    let extended = book.map(extended).transpose()?;
    let replaced = extended.as_deref().map(str::as_bytes);
    let replaced = replaced.map(|bytes| (Path::new(BOOK), bytes));
    let made = write::create_all(&new.collect::<Vec<_>>(), replaced.as_slice())?;
    for (NewFile { path, about, .. }, made) in files.iter().zip(made) {
        report::note(&if made {
            format!("made {path}: {about}")
        } else {
            format!("{path} is as it should be")
        });
    }
    if book.is_some() {
        report::note(&format!(
            "added `[preprocessor.trainboard]` to {BOOK}, and changed nothing else in it"
        ));
    }
    Ok(())
}

fn extended(book: &Book) -> Result<String, Failure> {
    book.with(BOOK_TABLE).ok_or_else(|| {
        Failure::Usage(format!(
            "`preprocessor` in `{BOOK}` is written so that no table can follow: \
             add `trainboard` to it by hand, as the guide says, and leave `--mdbook` away"
        ))
    })
}

/// A `.gitignore` that is there stays as it is.
fn advise_to_ignore() {
    let lines = input::read(Path::new(GITIGNORE)).map(|file| file.raw);
    let is_ignored = |line: &str| line.trim().trim_matches('/') == "public";
    if !lines.is_ok_and(|lines| lines.lines().any(is_ignored)) {
        report::note(&format!("left {GITIGNORE} alone: add `/public` to it"));
    }
}

fn next(book: Option<&Book>) -> String {
    match book {
        None => "next: see it with `trainboard serve`, and put your own days into schedule.toml"
            .to_owned(),
        Some(book) => format!(
            "next: put `<!-- trainboard board -->` on a line of its own into a chapter in {}/, \
             build the book, and put your own days into schedule.toml",
            book.src.trim_end_matches('/')
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(answers: &str) -> (Cadence, String) {
        let mut shown = Vec::new();
        let cadence = choose(answers.as_bytes(), &mut shown);
        (cadence, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn a_number_or_a_name_chooses_and_no_answer_is_the_first() {
        assert_eq!(chosen("2\n").0, Cadence::SixWeekly);
        assert_eq!(chosen(" Yearly \n").0, Cadence::Yearly);
        assert_eq!(chosen("none").0, Cadence::None);
        assert_eq!(chosen("\n2\n").0, Cadence::Monthly);
        assert_eq!(chosen("").0, Cadence::Monthly);
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        let (cadence, shown) = chosen("0\n5\nweekly\n4\n");
        assert_eq!(cadence, Cadence::None);
        snapbox::assert_data_eq!(
            shown,
            snapbox::str![[r"
How does a new version come out?
  1  monthly     A train every month, supported for two
  2  six-weekly  Every six weeks, supported until the next
  3  yearly      Every year, supported for two and mended for a third
  4  none        At no fixed interval: every train is written out
Number or name [monthly]: `0` is none of them
Number or name [monthly]: `5` is none of them
Number or name [monthly]: `weekly` is none of them
Number or name [monthly]: 
"]]
        );
    }
}
