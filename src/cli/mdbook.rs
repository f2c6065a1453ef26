//! `trainboard mdbook`

use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use super::args::{MdbookArgs, MdbookCommand};
use super::clock;
use super::failure::Failure;
use crate::book::{Answer, Request};
use crate::diagnostic::Diagnostic;
use crate::input;
use crate::report;
use crate::schedule::Boards;

/// The largest book that is read, in bytes of JSON.
const MAX_BOOK: u64 = 64 * 1024 * 1024;

pub(super) fn run(args: &MdbookArgs) -> Result<(), Failure> {
    match &args.command {
        Some(MdbookCommand::Supports { renderer }) if renderer == "html" => Ok(()),
        Some(MdbookCommand::Supports { .. }) => Err(Failure::No),
        None => preprocess(),
    }
}

/// Reads all of the book before a byte is written: mdBook does not read
/// before it has written everything.
fn preprocess() -> Result<(), Failure> {
    let json = stdin()?;
    let request = Request::read(&json).map_err(Failure::Content)?;
    drop(json);
    let boards = boards_of(&request)?;
    let answer = request.answer(&boards).map_err(Failure::Content)?;
    report::print(&answer.warnings);
    send(&answer)
}

fn stdin() -> Result<Vec<u8>, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Err(Failure::Usage(
            "mdBook runs this command, and sends it a book on stdin: \
             write `[preprocessor.trainboard]` into `book.toml`, and run `mdbook build`"
                .to_owned(),
        ));
    }
    let mut json = Vec::new();
    let read = stdin.lock().take(MAX_BOOK + 1).read_to_end(&mut json);
    read.map_err(|error| Failure::Machine(format!("stdin cannot be read: {error}")))?;
    if json.len() as u64 > MAX_BOOK {
        let title = "this book is larger than the limit of 64 MiB";
        return Err(Diagnostic::error("book-size", title).into());
    }
    Ok(json)
}

/// The schedules belong to the book, wherever mdBook was started.
fn boards_of(request: &Request) -> Result<Boards, Failure> {
    let options = &request.options;
    let path = Path::new(&options.schedule);
    let root = Path::new(&request.root);
    input::content::expect_in_book(root, &options.schedule)?;
    let all = input::projects::all(root, path, false)?;
    let named = request.schedules();
    if all.iter().next().is_none() && named.is_empty() {
        let title = format!("there is no `{}`", options.schedule);
        let help = "name the schedule, from the book's folder: `schedule = \"…\"` under `[preprocessor.trainboard]` in `book.toml`";
        return Err(Diagnostic::error("no-schedule", title).help(help).into());
    }
    let all = all.read_files(root, named)?;
    report::print(&all.warnings());
    Ok(all.projects().at(clock::today(options.date)?)?)
}

/// Here a reader who leaves has not seen enough.
fn send(answer: &Answer) -> Result<(), Failure> {
    let mut stdout = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let sent = answer.write(&mut stdout).and_then(|()| stdout.flush());
    sent.map_err(|error| Failure::Machine(format!("mdBook does not take the book back: {error}")))
}
