//! The `git` program, asked for the tags of a repository.

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use super::tags;
use crate::input;

/// Options under which git runs no other program and asks no other machine,
/// whatever the repository's configuration says.
const ALONE: [&str; 7] = [
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
];

/// Why tags could not be read; the message names the folder.
#[derive(Debug)]
pub enum GitError {
    /// There is no repository.
    NoRepository(String),
    /// There is no folder or no git, or git says something else.
    Machine(String),
}

/// The tags of the repository at that folder, in [`tags::FORMAT`].
pub fn tags(folder: &Path) -> Result<String, GitError> {
    let shown = input::shown(folder);
    if !folder.is_dir() {
        return Err(GitError::Machine(format!("there is no folder `{shown}`")));
    }
    let mut command = command(folder);
    command.args(["for-each-ref", "--format", tags::FORMAT, "refs/tags"]);
    let output = command.output().map_err(|error| absent(&error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    // git exits with 128 for whatever it dies of, and speaks English here.
    Err(if said.contains("not a git repository") {
        GitError::NoRepository(format!("`{shown}` is no git repository"))
    } else {
        let said = reason(&said).escape_debug();
        GitError::Machine(format!("`git` cannot read the tags of `{shown}`: {said}"))
    })
}

/// What git died of; its warnings come first.
fn reason(said: &str) -> &str {
    let mut lines = said.lines();
    let first = lines.clone().next().unwrap_or("nothing was said");
    let fatal = lines.find_map(|line| line.strip_prefix("fatal: "));
    fatal.unwrap_or(first)
}

/// The branch of the repository around that folder that others have, or else
/// that is worked on; none where there is no repository, or no git.
pub fn branch(folder: &Path) -> Option<String> {
    let read = |name: &str| {
        let mut command = command(folder);
        command.args(["symbolic-ref", "--short", name]);
        let output = command.output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let branch = text.trim_end();
        let is_named = output.status.success() && !branch.is_empty();
        is_named.then(|| branch.strip_prefix("origin/").unwrap_or(branch).to_owned())
    };
    let branch = read("refs/remotes/origin/HEAD").or_else(|| read("HEAD"))?;
    let is_plain = |c: char| !c.is_control() && !c.is_whitespace();
    branch.chars().all(is_plain).then_some(branch)
}

/// git, told by nothing but its arguments which repository is meant.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command
        .args(ALONE)
        .arg("-C")
        .arg(folder)
        .env("LC_ALL", "C")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null());
    command
}

fn absent(error: &Error) -> GitError {
    GitError::Machine(if error.kind() == ErrorKind::NotFound {
        "there is no program `git`: install it, or add its folder to PATH".to_owned()
    } else {
        format!("`git` cannot be run: {error}")
    })
}
