//! `trainboard import`

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{ImportArgs, ImportCommand};
use super::failure::Failure;
use super::{git, print, schedule_path, transcribe};
use crate::diagnostic::{Diagnostic, Source};
use crate::import::{self, Comparison, Released, changelog, tags};
use crate::input::projects;
use crate::input::schedule::{self, Read};
use crate::input::{self, Original};
use crate::schedule::ReleaseEntry;
use crate::{report, write};

/// Releases, and who says so.
struct Records {
    releases: Vec<Released>,
    warnings: Vec<Diagnostic>,
    witness: &'static str,
}

/// The schedule as it is.
struct Target {
    path: PathBuf,
    original: Original,
    read: Arc<Read>,
}

pub(super) fn run(command: &ImportCommand) -> Result<(), Failure> {
    let (args, records) = match command {
        ImportCommand::Git { dir, pattern, args } => (args, of_tags(dir, pattern)?),
        ImportCommand::Changelog { file, args } => (args, of_changelog(file)?),
        ImportCommand::Node { file, args } => return transcribe::node(file, args),
        ImportCommand::Python { files, args } => return transcribe::python(files, args),
        ImportCommand::Endoflife { file, args } => return transcribe::endoflife(file, args),
        ImportCommand::Kubernetes { files, args } => return transcribe::kubernetes(files, args),
        ImportCommand::Dotnet { file, args } => return transcribe::dotnet(file, args),
    };
    let target = target(args)?;
    let compared = import::compare(&target.read.schedule, records.releases, records.witness);
    let missing = &compared.missing;
    let new = match missing.as_slice() {
        [] => None,
        missing => Some(extended(&target, missing)?),
    };
    let mut warnings = records.warnings;
    warnings.extend(new.iter().flat_map(|(_, warnings)| warnings.clone()));
    warnings.extend(odd(&target, &compared));
    report::print(&warnings);
    match new {
        None => {
            let shown = input::shown(&target.path);
            report::note(&format!("{shown} lacks no release"));
            Ok(())
        }
        Some((text, _)) => finish(args, &target, &text, missing),
    }
}

fn of_tags(dir: &Path, pattern: &tags::Pattern) -> Result<Records, Failure> {
    let tags = tags::read(&git::tags(dir)?, pattern);
    if tags.releases.is_empty() {
        let shown = input::shown(dir);
        return Err(Failure::Usage(format!(
            "no tag in `{shown}` fits `{pattern}`: fetch them with `git fetch --tags`, \
             or say with `--pattern` how they are written"
        )));
    }
    left_out(&tags.undated, "without a day");
    left_out(&tags.others, &format!("not of the form `{pattern}`"));
    Ok(Records {
        releases: tags.releases,
        warnings: Vec::new(),
        witness: "the tags say",
    })
}

/// Names the tags that are no releases, and what they lack.
fn left_out(names: &[String], lack: &str) {
    let names: Vec<_> = names
        .iter()
        .map(|name| format!("`{}`", name.escape_debug()))
        .collect();
    let shown = import::some_of(&names);
    match names.len() {
        0 => {}
        1 => report::note(&format!("left out a tag {lack}: {shown}")),
        count => report::note(&format!("left out {count} tags {lack}: {shown}")),
    }
}

fn of_changelog(file: &Path) -> Result<Records, Failure> {
    let changelog = changelog::read(&input::read(file)?.source);
    let is_empty = changelog.releases.is_empty() && changelog.yanked.is_empty();
    if is_empty && changelog.undated.is_empty() && !changelog.has_unreleased {
        let shown = input::shown(file);
        return Err(Failure::Usage(format!(
            "no heading in `{shown}` begins with a version"
        )));
    }
    if !changelog.yanked.is_empty() {
        let names = import::some_of(&changelog.yanked);
        report::note(&format!("left out what was yanked: {names}"));
    }
    Ok(Records {
        releases: changelog.releases,
        warnings: changelog.undated,
        witness: "the changelog says",
    })
}

fn target(args: &ImportArgs) -> Result<Target, Failure> {
    let path = schedule_path(args.schedule.as_deref())?;
    let original = input::read(&path)?;
    let read = projects::read_as(&path, &original.source)?;
    Ok(Target {
        path,
        original,
        read,
    })
}

/// The schedule with the facts that it lacks, and what is odd about these.
fn extended(
    target: &Target,
    missing: &[ReleaseEntry],
) -> Result<(String, Vec<Diagnostic>), Failure> {
    let new = input::extend::with_releases(&target.original, missing)
        .map_err(|error| Failure::Content(vec![error]))?;
    let source = Source::of_file(input::shown(&target.path), &new);
    let read = projects::read_as(&target.path, &source)?;
    let old = target.read.warnings.iter();
    let known: HashSet<_> = old.map(|old| (old.code, &*old.title)).collect();
    let mut warnings = read.warnings.clone();
    warnings.retain(|warning| !known.contains(&(warning.code, &*warning.title)));
    Ok((new, warnings))
}

/// What the records say that the schedule does not take.
fn odd(target: &Target, compared: &Comparison) -> Vec<Diagnostic> {
    let differing = compared.differing.iter().map(|differing| {
        differing.beside(schedule::locate(&target.read.source, &differing.finding))
    });
    let doubtful = compared.doubtful.iter().cloned();
    differing
        .chain(doubtful)
        .chain(import::strays(&compared.strays))
        .collect()
}

fn finish(
    args: &ImportArgs,
    target: &Target,
    new: &str,
    missing: &[ReleaseEntry],
) -> Result<(), Failure> {
    let shown = input::shown(&target.path);
    let names: Vec<_> = missing.iter().map(|fact| fact.version.as_str()).collect();
    let counted = match names.len() {
        1 => "a release".to_owned(),
        count => format!("{count} releases"),
    };
    let names = import::some_of(&names);
    if args.check || args.dry_run {
        report::note(&format!("{shown} lacks {counted}: {names}"));
        print(&report::difference(&shown, &target.original.raw, new))?;
    } else {
        write::replace(&target.path, new.as_bytes())?;
        report::note(&format!("added {counted} to {shown}: {names}"));
    }
    if args.check { Err(Failure::No) } else { Ok(()) }
}
