//! The `git` program, asked for the tags of a repository.

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use super::failure::Failure;
use crate::import::tags;
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

/// The tags of the repository at that folder, in [`tags::FORMAT`].
pub(super) fn tags(folder: &Path) -> Result<String, Failure> {
    let shown = input::shown(folder);
    if !folder.is_dir() {
        return Err(Failure::Machine(format!("there is no folder `{shown}`")));
    }
    let mut command = command(folder);
    command.args(["for-each-ref", "--format", tags::FORMAT, "refs/tags"]);
    let output = command.output().map_err(|error| absent(&error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(if said.contains("not a git repository") {
        Failure::Usage(format!("`{shown}` is no git repository"))
    } else {
        let said = said.lines().next().unwrap_or("nothing was said");
        let said = said.strip_prefix("fatal: ").unwrap_or(said).escape_debug();
        Failure::Machine(format!("`git` cannot read the tags of `{shown}`: {said}"))
    })
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

fn absent(error: &Error) -> Failure {
    Failure::Machine(if error.kind() == ErrorKind::NotFound {
        "there is no program `git`: install it, or add its folder to PATH".to_owned()
    } else {
        format!("`git` cannot be run: {error}")
    })
}
