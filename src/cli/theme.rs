//! `trainboard theme`

use std::path::{Path, PathBuf};

use super::args::ThemeCommand;
use super::failure::Failure;
use super::print;
use crate::diagnostic::nearest;
use crate::site::{self, ThemeFile};
use crate::{input, report, write};

pub(super) fn run(command: &ThemeCommand) -> Result<(), Failure> {
    match command {
        ThemeCommand::List => list(),
        ThemeCommand::Eject { name } => eject(name),
    }
}

/// Where a file of the project replaces it.
fn place(file: &ThemeFile) -> PathBuf {
    Path::new(file.folder).join(file.name)
}

fn list() -> Result<(), Failure> {
    let line = |file: ThemeFile| {
        let place = place(&file);
        let whose = if place.exists() { "yours" } else { "default" };
        format!("{:10} {whose:8} {}\n", file.name, file.about)
    };
    print(&site::embedded().map(line).collect::<String>())
}

fn eject(name: &str) -> Result<(), Failure> {
    let found = site::embedded().find(|file| file.name == name || place(file) == Path::new(name));
    let Some(file) = found else {
        let names: Vec<_> = site::embedded().map(|file| file.name).collect();
        let known = match nearest(name, names.iter().copied()) {
            Some(near) => format!("the nearest is `{near}`"),
            None => format!("its files are {}", names.join(", ")),
        };
        return Err(Failure::Usage(format!(
            "the theme has no file `{name}`; {known}"
        )));
    };
    let place = place(&file);
    let shown = input::shown(&place);
    input::content::expect_place_inside(&shown)?;
    let made = write::create_all(&[(&place, file.text.as_bytes())], &[])?;
    report::note(&match made[..] {
        [true] => format!("made {shown}: {}, yours from now on", file.about),
        _ => format!("{shown} is a copy of the default already"),
    });
    Ok(())
}
