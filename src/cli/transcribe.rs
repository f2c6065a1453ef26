//! `trainboard import node`, and the others that make a schedule of somebody
//! else's.

use std::path::{Path, PathBuf};

use super::args::NewArgs;
use super::failure::Failure;
use super::print;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{self, Document, Imported};
use crate::input::{self, ReadError, foreign, written};
use crate::schedule::{Finding, Label, Schedule};
use crate::{report, write};

pub(super) fn node(file: &Path, args: &NewArgs) -> Result<(), Failure> {
    let name = named(args, "Node.js")?;
    finish(args, import::node::schedule(&foreign::json(file)?, &name))
}

pub(super) fn python(files: &[PathBuf], args: &NewArgs) -> Result<(), Failure> {
    let name = named(args, "Python")?;
    let documents = all(files, foreign::json_or_toml)?;
    finish(args, import::python::schedule(&documents, &name))
}

pub(super) fn endoflife(file: &Path, args: &NewArgs) -> Result<(), Failure> {
    let name = named(args, &stem(file))?;
    finish(
        args,
        import::endoflife::schedule(&foreign::json(file)?, &name),
    )
}

pub(super) fn kubernetes(files: &[PathBuf], args: &NewArgs) -> Result<(), Failure> {
    let name = named(args, "Kubernetes")?;
    let documents = all(files, foreign::yaml)?;
    finish(args, import::kubernetes::schedule(&documents, &name))
}

pub(super) fn dotnet(file: &Path, args: &NewArgs) -> Result<(), Failure> {
    let name = named(args, ".NET")?;
    finish(args, import::dotnet::schedule(&foreign::json(file)?, &name))
}

fn all(
    files: &[PathBuf],
    read: fn(&Path) -> Result<Document, ReadError>,
) -> Result<Vec<Document>, Failure> {
    let documents: Result<_, _> = files.iter().map(|file| read(file)).collect();
    Ok(documents?)
}

/// The name that was asked for, else the usual one.
fn named(args: &NewArgs, usual: &str) -> Result<Label, Failure> {
    match &args.name {
        Some(name) => Ok(name.clone()),
        None => usual.parse().map_err(Failure::Usage),
    }
}

/// The name of a file without its end: what a product is called that does not
/// say so.
fn stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let is_name = stem.parse::<Label>().is_ok();
    if is_name {
        stem.into_owned()
    } else {
        "Project".to_owned()
    }
}

fn finish(args: &NewArgs, imported: Result<Imported, Vec<Diagnostic>>) -> Result<(), Failure> {
    let mut imported = imported.map_err(Failure::Content)?;
    if let Some(name) = &args.name {
        imported.draft.project.name = name.clone();
    }
    // What is written must be what can be read.
    Schedule::new(imported.draft.clone()).map_err(unsound)?;
    let text = written::schedule(&imported.draft, &about(&imported));
    report::print(&imported.reports);
    let Some(path) = &args.output else {
        return print(&text);
    };
    let shown = input::shown(path);
    if save(path, &text, args.force)? {
        let (trains, releases) = (imported.draft.trains.len(), imported.draft.releases.len());
        let trains = counted(trains, "train");
        report::note(&match releases {
            0 => format!("wrote {trains} to {shown}"),
            _ => format!(
                "wrote {trains} and {} to {shown}",
                counted(releases, "release")
            ),
        });
    } else {
        report::note(&format!("{shown} is up to date"));
    }
    Ok(())
}

/// Why what a source says is no schedule. It has no places in a file yet.
fn unsound(findings: Vec<Finding>) -> Failure {
    let errors = findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error);
    Failure::Content(
        errors
            .map(|finding| Diagnostic::error(finding.code, finding.title))
            .collect(),
    )
}

/// Where the schedule is from, and what is not in it.
fn about(imported: &Imported) -> Vec<String> {
    let mut about = imported.about.clone();
    if !imported.reports.is_empty() {
        let what = "What the source has and this file has not, and where it contradicts itself:";
        about.push(what.to_owned());
    }
    about.extend(
        imported
            .reports
            .iter()
            .map(|report| format!("- {}", report.title)),
    );
    about
}

/// Writes the file, unless it is there; says whether it changed.
fn save(path: &Path, text: &str, force: bool) -> Result<bool, Failure> {
    let shown = input::shown(path);
    if path.is_dir() {
        return Err(Failure::Usage(format!(
            "`{shown}` is a folder: name a file in it"
        )));
    }
    if force || path.symlink_metadata().is_err() || is_same(path, text) {
        return Ok(write::replace(path, text.as_bytes())?);
    }
    Err(Failure::Usage(format!(
        "`{shown}` is there and says something else: replace it with `--force`, \
         or write to another file"
    )))
}

fn is_same(path: &Path, text: &str) -> bool {
    input::read(path).is_ok_and(|there| there.raw == text)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("a {what}"),
        _ => format!("{count} {what}s"),
    }
}
