//! `trainboard man`

use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Args, Preprocessor};
use super::failure::Failure;
use super::print;
use crate::views::words::counted;
use crate::{input, report, write};

pub(super) fn run(folder: Option<&Path>) -> Result<(), Failure> {
    match folder {
        None => print(&String::from_utf8_lossy(&page(&built::<Args>())?)),
        Some(folder) => save(folder),
    }
}

/// A page for each command of both programs.
fn save(folder: &Path) -> Result<(), Failure> {
    let mut pages = Vec::new();
    for program in [built::<Args>(), built::<Preprocessor>()] {
        add(&program, folder, &mut pages)?;
    }
    let files: Vec<_> = pages
        .iter()
        .map(|(path, page)| (path.as_path(), page.as_slice()))
        .collect();
    write::replace_all(&files)?;
    let pages = counted(pages.len(), "manual page");
    let folder = input::shown(folder);
    report::note(&format!(
        "wrote {pages} to {}/",
        folder.trim_end_matches('/')
    ));
    Ok(())
}

/// A program with all that clap finds out of its arguments.
fn built<Program: CommandFactory>() -> Command {
    let mut command = Program::command().disable_help_subcommand(true);
    command.build();
    command
}

fn add(
    command: &Command,
    folder: &Path,
    pages: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Failure> {
    pages.push((folder.join(format!("{}.1", name(command))), page(command)?));
    command
        .get_subcommands()
        .try_for_each(|command| add(command, folder, pages))
}

/// `trainboard-import-git`
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

/// A page in the language of man. It has no day, so that the same program
/// always writes the same.
fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    let version = env!("CARGO_PKG_VERSION");
    Man::new(command.clone())
        .source(format!("trainboard {version}"))
        .manual("trainboard")
        .render(&mut page)
        .map_err(|error| Failure::Machine(format!("the manual page cannot be made: {error}")))?;
    Ok(page)
}
