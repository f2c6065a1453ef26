//! The command line: what was asked for, and what to say.

mod args;
mod build;
mod check;
mod clock;
mod diff;
mod explain;
mod failure;
mod import;
mod init;
mod man;
mod mdbook;
mod next;
mod published;
mod render;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod status;
mod theme;
mod threads;
mod today;
mod update;

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::diagnostic::nearest;
use crate::input::{self, ReadError};
use crate::report;
use crate::schedule::{Board, Day, Schedule};

use args::{Args, BoardArgs, Command, Preprocessor};
use failure::Failure;

/// Does what the arguments, the first of which is the program's name, ask for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Args::try_parse_from(args) {
        Ok(args) => finish(command(&args.command)),
        Err(error) => usage(&error),
    }
}

/// Does what mdBook asks of its preprocessor, by those arguments.
pub fn run_preprocessor(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Preprocessor::try_parse_from(args) {
        Ok(program) => finish(mdbook::run(&program.args)),
        Err(error) => usage(&error),
    }
}

/// Help and versions are no errors; all else is bad usage.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

fn command(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Init(args) => init::run(args),
        Command::Build(args) => threads::begin().and_then(|()| build::run(args)),
        #[cfg(feature = "serve")]
        Command::Serve(args) => threads::begin().and_then(|()| serve::run(args)),
        Command::Check(args) => threads::begin().and_then(|()| check::run(args)),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Status(args) => status::run(args),
        Command::Next(args) => next::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Render(args) => render::run(args),
        Command::Update(args) => update::run(args),
        Command::Import(command) => import::run(command),
        Command::Mdbook(args) => mdbook::run(args),
        Command::Theme(command) => theme::run(command),
        Command::Schema { file } => schema::run(*file),
        Command::Completions { shell } => completions(*shell),
        Command::Man { out } => man::run(out.as_deref()),
    }
}

fn finish(result: Result<(), Failure>) -> ExitCode {
    let Err(failure) = result else {
        return ExitCode::SUCCESS;
    };
    failure.tell();
    ExitCode::from(failure.code())
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "trainboard", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Data goes to stdout. A reader that has seen enough is no error.
fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = write!(stdout, "{text}").and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let title = format!("stdout cannot be written: {error}");
            Err(Failure::Machine(title))
        }
        _ => Ok(()),
    }
}

/// The schedule that the arguments name, and the day they are about.
fn schedule(args: &BoardArgs) -> Result<(Schedule, Day), Failure> {
    let schedule = read_schedule(args.schedule.as_deref())?;
    Ok((schedule, clock::today(args.date)?))
}

/// The schedule at that path, else that of the settings.
fn read_schedule(path: Option<&Path>) -> Result<Schedule, Failure> {
    match input::projects::read(&schedule_path(path)?) {
        Err(ReadError::Absent(title)) if path.is_none() => Err(Failure::Machine(format!(
            "{title}: go to the project's folder, or begin a project with `trainboard init`"
        ))),
        read => Ok(read?.schedule.clone()),
    }
}

fn schedule_path(path: Option<&Path>) -> Result<PathBuf, Failure> {
    Ok(match path {
        Some(path) => path.to_path_buf(),
        None => input::settings::read(Path::new("."))?.schedule().into(),
    })
}

fn board(schedule: &Schedule, date: Day, all: bool) -> Result<Board, Failure> {
    Ok(if all {
        schedule.all_at(date)
    } else {
        schedule.at(date)
    }?)
}

/// Says what was done to a file, or that it was as it should be.
fn saved(path: &Path, done: Option<&str>) {
    let shown = input::shown(path);
    report::note(&match done {
        Some(done) => format!("{done} {shown}"),
        None => format!("{shown} is up to date"),
    });
}

/// What to add to a name that is not known.
fn nearest_is<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest(name, known).map(|near| format!("; the nearest is `{near}`"));
    near.unwrap_or_default()
}
