//! `trainboard import`

use std::path::Path;

use super::args::{ImportArgs, ImportCommand, NewArgs, OneFile, TwoFiles};
use super::failure::Failure;
use super::{clock, print, saved, schedule_path};
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::git::{self, GitError};
use crate::import::parse::{self, Parser};
use crate::import::{self, Document, Imported, Released, Target, changelog, tags};
use crate::import::{dotnet, endoflife, kubernetes, node, python};
use crate::input::{self, ReadError};
use crate::schedule::Label;
use crate::{report, write};

pub(super) fn run(command: &ImportCommand) -> Result<(), Failure> {
    match command {
        ImportCommand::Git {
            dir,
            pattern,
            exclude,
            args,
        } => extend(args, of_tags(dir, pattern, exclude)?),
        ImportCommand::Changelog { file, args } => extend(args, of_changelog(file)?),
        ImportCommand::Node(args) => one(args, "Node.js", node::schedule),
        ImportCommand::Python(args) => {
            several(args, "Python", parse::json_or_toml, python::schedule)
        }
        ImportCommand::Endoflife(args) => one(args, &stem(&args.file), endoflife::schedule),
        ImportCommand::Kubernetes(args) => {
            several(args, "Kubernetes", parse::yaml, kubernetes::schedule)
        }
        ImportCommand::Dotnet(args) => one(args, ".NET", dotnet::schedule),
    }
}

/// Releases, and who says so.
struct Records {
    releases: Vec<Released>,
    warnings: Vec<Diagnostic>,
    witness: &'static str,
}

fn of_tags(dir: &Path, pattern: &tags::Pattern, excluded: &[String]) -> Result<Records, Failure> {
    let listing = git::tags(dir).map_err(|error| match error {
        GitError::NoRepository(title) => Failure::Usage(title),
        GitError::Machine(title) => Failure::Machine(title),
    })?;
    let tags = tags::read(&listing, pattern, excluded);
    if tags.releases.is_empty() {
        let shown = input::shown(dir);
        return Err(Failure::Usage(format!(
            "no tag in `{shown}` fits `{pattern}`: fetch them with `git fetch --tags`, \
             or say with `--pattern` how they are written"
        )));
    }
    left_out(&tags.excluded, "that were not wanted");
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
    if !names.is_empty() {
        let count = counted(names.len(), "tag");
        let quoted = names
            .iter()
            .map(|name| format!("`{}`", name.escape_debug()));
        let shown = import::some_of(&quoted.collect::<Vec<_>>());
        report::note(&format!("left out {count} {lack}: {shown}"));
    }
}

fn of_changelog(file: &Path) -> Result<Records, Failure> {
    let changelog = changelog::read(&input::read(file)?.source);
    let warning = changelog.warning();
    let is_empty = changelog.releases.is_empty() && changelog.yanked.is_empty();
    if let Some(warning) = warning.clone().filter(|_| is_empty) {
        let severity = Severity::Error;
        return Err(Diagnostic {
            severity,
            ..warning
        }
        .into());
    }
    if is_empty && !changelog.has_unreleased {
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
        warnings: warning.into_iter().collect(),
        witness: "the changelog says",
    })
}

/// Adds to a schedule the releases that it lacks.
fn extend(args: &ImportArgs, records: Records) -> Result<(), Failure> {
    let path = schedule_path(args.schedule.as_deref())?;
    let shown = input::shown(&path);
    let target = Target::at(&path)?;
    let compared = import::compare(&target.read, records.releases, records.witness);
    let (new, odd) = target.extended(&compared.missing)?;
    report::print(&[records.warnings, odd, compared.warnings].concat());
    let missing = compared.missing.iter().map(|fact| fact.version.as_str());
    let missing: Vec<_> = missing.collect();
    let is_asked = args.check || args.dry_run;
    if !is_asked {
        // Also when it is as it should be: a run that was killed is tidied up.
        write::replace(&path, new.as_bytes())?;
    }
    if missing.is_empty() {
        report::note(&format!("{shown} lacks no release"));
        return Ok(());
    }
    let (counted, names) = (counted(missing.len(), "release"), import::some_of(&missing));
    if is_asked {
        report::note(&format!("{shown} lacks {counted}: {names}"));
        print(&report::difference(&shown, &target.original.raw, &new))?;
    } else {
        report::note(&format!("added {counted} to {shown}: {names}"));
    }
    if args.check { Err(Failure::No) } else { Ok(()) }
}

/// What an importer makes of a file or of several, for a project of that name.
type Importer<F> = fn(&F, &Label) -> Result<Imported, ReadError>;

fn one(args: &OneFile, usual: &str, importer: Importer<Document>) -> Result<(), Failure> {
    let usual = usual.parse().map_err(Failure::Usage)?;
    create(
        &args.new,
        importer(&import::read(&args.file, parse::json)?, &usual)?,
    )
}

fn several(
    args: &TwoFiles,
    usual: &str,
    parse: Parser,
    importer: Importer<[Document]>,
) -> Result<(), Failure> {
    let files = args.files.iter();
    let files = files.map(|file| import::read(file, parse));
    let documents: Vec<_> = files.collect::<Result<_, _>>()?;
    let usual = usual.parse().map_err(Failure::Usage)?;
    create(&args.new, importer(&documents, &usual)?)
}

/// The name of a file without its end: what a product is called that does not
/// say so.
fn stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name: Result<Label, _> = stem.parse();
    name.map_or("Project".to_owned(), |name| name.to_string())
}

/// Makes a schedule, of the name that was asked for if one was.
fn create(args: &NewArgs, imported: Imported) -> Result<(), Failure> {
    let mut imported = imported.with_facts_until(clock::today(args.as_of)?);
    if let Some(name) = &args.name {
        imported.draft.project.name = name.clone();
    }
    let text = imported.text()?;
    report::print(&imported.reports);
    let Some(path) = &args.output else {
        return print(&text);
    };
    let changed = save(path, &text, args.force)?;
    let mut made = counted(imported.draft.trains.len(), "train");
    let releases = imported.draft.releases.len();
    if releases > 0 {
        made = format!("{made} and {}", counted(releases, "release"));
    }
    saved(path, changed.then_some(&format!("wrote {made} to")));
    Ok(())
}

/// Writes the file, unless it is there; says whether it changed.
fn save(path: &Path, text: &str, force: bool) -> Result<bool, Failure> {
    let shown = input::shown(path);
    if path.is_dir() {
        return Err(Failure::Usage(format!(
            "`{shown}` is a folder: name a file in it"
        )));
    }
    let is_same = || input::read(path).is_ok_and(|there| there.raw == text);
    if force || path.symlink_metadata().is_err() || is_same() {
        return Ok(write::replace(path, text.as_bytes())?);
    }
    Err(Failure::Usage(format!(
        "`{shown}` is there and says something else: replace it with `--force`, \
         or write to another file"
    )))
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("a {what}"),
        _ => format!("{count} {what}s"),
    }
}
