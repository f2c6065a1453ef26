//! The schedules of a project and of its neighbours.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::content::{Hidden, ProjectFolder, expect_inside};
use super::schedule::{self, Leader, Read};
use super::{ReadError, read_named, shown};
use crate::diagnostic::{Diagnostic, Source, nearest, sound};
use crate::schedule::{Finding, Id, Projects};
use crate::site::Settings;

/// Where the schedules of further projects are, from the top of a project.
pub const FOLDER: &str = "schedules";

/// All schedules of a site that could be read.
#[derive(Debug, Default)]
pub struct All {
    /// The schedule that the site is about.
    pub main: Option<Arc<Read>>,
    /// Those in `schedules/`, ascending by id.
    pub others: Vec<Arc<Read>>,
    /// Those that only markers name, by their paths.
    pub files: BTreeMap<String, Arc<Read>>,
}

impl All {
    /// All projects, the main one first.
    fn projects_read(&self) -> impl Iterator<Item = &Arc<Read>> {
        self.main.iter().chain(&self.others)
    }

    /// All of them, the main one first, and those last that are no projects.
    pub fn iter(&self) -> impl Iterator<Item = &Read> {
        let is_project =
            |file: &Arc<Read>| self.projects_read().any(|read| Arc::ptr_eq(read, file));
        let files = self.files.values().filter(move |file| !is_project(file));
        self.projects_read().chain(files).map(Arc::as_ref)
    }

    /// Reads the schedules at those paths, from the top of a project. What is
    /// not there is told by the markers that name it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them.
    pub fn read_files(
        mut self,
        root: &Path,
        paths: impl IntoIterator<Item = String>,
    ) -> Result<Self, ReadError> {
        let mut wrong = Vec::new();
        for path in paths.into_iter().collect::<BTreeSet<_>>() {
            let known = self.projects_read().find(|read| read.source.name == path);
            match known.cloned().map_or_else(|| file(root, &path), Ok) {
                Ok(read) => drop(self.files.insert(path, read)),
                Err(ReadError::Absent(_)) => {}
                Err(ReadError::Content(found)) => wrong.extend(found),
                Err(error) => return Err(error),
            }
        }
        sound(self, wrong).map_err(ReadError::Content)
    }

    /// The schedules.
    pub fn projects(&self) -> Projects {
        let schedule = |read: &Arc<Read>| read.schedule.clone();
        Projects {
            main: self.main.as_ref().map(schedule),
            others: self.others.iter().map(schedule).collect(),
            files: self
                .files
                .iter()
                .map(|(path, read)| (path.clone(), schedule(read)))
                .collect(),
        }
    }

    /// Their texts, by name.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let text = |read: &Read| (read.source.name.clone(), read.source.text.clone());
        self.iter().map(text).collect()
    }

    /// The warnings about them.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let warnings = self.iter().flat_map(|read| &read.warnings);
        warnings.cloned().collect()
    }
}

/// Reads the schedule at a path. One in `schedules/` that follows another finds
/// it there or in the `schedule.toml` above, and one above finds it there.
pub fn read(path: &Path) -> Result<Arc<Read>, ReadError> {
    among(Path::new(""), path, super::read(path)?.source)
}

/// Reads that text in place of the schedule at a path.
pub fn read_as(path: &Path, source: &Arc<Source>) -> Result<Arc<Read>, ReadError> {
    among(Path::new(""), path, Arc::clone(source))
}

/// Reads the schedule at a path from the top of a project, in which it stays.
fn file(root: &Path, path: &str) -> Result<Arc<Read>, ReadError> {
    expect_inside(root, path)?;
    let path = Path::new(path);
    among(root, path, text(root, path)?)
}

fn among(root: &Path, path: &Path, source: Arc<Source>) -> Result<Arc<Read>, ReadError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let is_neighbour = folder.file_name() == Some(OsStr::new(FOLDER));
    let names = schedule::names(&source);
    let mut shelf = Shelf::default();
    if names.follows.is_some() && is_neighbour {
        let above = folder.parent().unwrap_or(Path::new(""));
        shelf.put_neighbours(root, folder, path)?;
        shelf.put_main(text(root, &above.join("schedule.toml")).ok());
    } else if names.follows.is_some() {
        shelf.put_neighbours(root, &folder.join(FOLDER), path)?;
    }
    let id = if is_neighbour { id_of(path).ok() } else { None };
    let id = shelf.put(id, names.id, source);
    shelf.read(&id).ok_or(ReadError::Content(shelf.found))
}

/// Reads the schedules of a site: the one that was `asked` for, else that of
/// the settings, and all in `schedules/`. There need not be any, unless
/// somebody said which.
///
/// # Errors
///
/// Everything that is wrong with any of them.
pub fn of_site(root: &Path, asked: Option<&Path>, settings: &Settings) -> Result<All, ReadError> {
    let main = asked.unwrap_or(Path::new(settings.schedule()));
    all(root, main, asked.is_some() || settings.schedule.is_some())
}

/// Reads the schedule at `main`, from the top of a project, and all in
/// `schedules/`. There need not be any, unless it `is_asked` for.
///
/// # Errors
///
/// Everything that is wrong with any of them.
pub fn all(root: &Path, main: &Path, is_asked: bool) -> Result<All, ReadError> {
    let mut shelf = Shelf::default();
    let source = match text(root, main) {
        Err(ReadError::Absent(_)) if !is_asked => None,
        Err(ReadError::Content(found)) => {
            shelf.found = found;
            None
        }
        read => Some(read?),
    };
    shelf.put_neighbours(root, Path::new(FOLDER), main)?;
    let others: Vec<_> = shelf.sources.keys().cloned().collect();
    let is_neighbour = main.parent() == Some(Path::new(FOLDER));
    let main = match (source, id_of(main)) {
        (Some(source), Ok(id)) if is_neighbour => Some(shelf.put(Some(id.clone()), id, source)),
        (source, _) => shelf.put_main(source),
    };
    let all = All {
        main: main.and_then(|id| shelf.read(&id)),
        others: others.iter().filter_map(|id| shelf.read(id)).collect(),
        files: BTreeMap::new(),
    };
    sound(all, shelf.found).map_err(ReadError::Content)
}

fn text(root: &Path, path: &Path) -> Result<Arc<Source>, ReadError> {
    Ok(read_named(&root.join(path), &shown(path))?.source)
}

/// Schedules that can follow one another, each read once.
#[derive(Default)]
struct Shelf {
    /// With those that have their id from their file.
    sources: BTreeMap<Id, (Arc<Source>, bool)>,
    /// Those that were read; none for one that is wrong.
    read: BTreeMap<Id, Option<Arc<Read>>>,
    /// Those that are being read, each followed by the one before it.
    trail: Vec<Id>,
    found: Vec<Diagnostic>,
}

impl Shelf {
    /// The schedules in a folder, but not that at `path`.
    fn put_neighbours(&mut self, root: &Path, folder: &Path, path: &Path) -> Result<(), ReadError> {
        for file in files(root, folder)?.iter().filter(|file| *file != path) {
            match (id_of(file), text(root, file)) {
                (Ok(id), Ok(source)) => drop(self.sources.insert(id, (source, true))),
                (Err(error), _) => self.found.push(error),
                (_, Err(ReadError::Content(found))) => self.found.extend(found),
                (_, Err(error)) => return Err(error),
            }
        }
        Ok(())
    }

    /// The schedule that a site is about, and its id.
    fn put_main(&mut self, source: Option<Arc<Source>>) -> Option<Id> {
        let source = source?;
        let id = schedule::names(&source).id;
        if let Some((other, _)) = self.sources.get(&id) {
            let title = format!("two projects have the id `{id}`");
            let error = Diagnostic::error("duplicate-project", title);
            let help = format!(
                "give `{}` another `id`, or `{}` another name",
                source.name, other.name
            );
            self.found.push(error.help(help));
            return None;
        }
        Some(self.put(None, id, source))
    }

    fn put(&mut self, given: Option<Id>, written: Id, source: Arc<Source>) -> Id {
        let is_given = given.is_some();
        let id = given.unwrap_or(written);
        self.sources.insert(id.clone(), (source, is_given));
        id
    }

    fn read(&mut self, id: &Id) -> Option<Arc<Read>> {
        if let Some(read) = self.read.get(id) {
            return read.clone();
        }
        let (source, is_given) = self.sources.get(id)?.clone();
        self.trail.push(id.clone());
        let given = is_given.then_some(id);
        let read = schedule::parse_among(&source, given, |leader| self.leader(leader));
        self.trail.pop();
        let read = read.map_err(|found| self.found.extend(found));
        let read = read.ok().map(Arc::new);
        self.read.insert(id.clone(), read.clone());
        read
    }

    fn leader(&mut self, id: &Id) -> Leader {
        if !self.sources.contains_key(id) {
            let error = Finding::error("no-leader", format!("there is no project `{id}`"));
            let near = nearest(id, self.sources.keys().map(|id| &**id));
            return Err(Some(error.help(match near {
                Some(near) => format!("the nearest is `{near}`"),
                None => format!("write `{FOLDER}/{id}.toml`"),
            })));
        }
        if let Some(from) = self.trail.iter().position(|other| other == id) {
            let step = |id| format!(", by way of `{id}`");
            let way: String = self.trail[from + 1..].iter().map(step).collect();
            let title = format!("`{id}` follows itself{way}");
            return Err(Some(Finding::error("follows-circle", title)));
        }
        self.read(id).ok_or(None)
    }
}

/// The TOML files in a folder, sorted; none where there is no folder.
fn files(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let below = shown(folder);
    let found = ProjectFolder::new(root)?.files(&below, Hidden::Skip)?;
    let paths = found.into_iter().map(|file| PathBuf::from(file.name));
    let is_one = |path: &PathBuf| {
        path.parent() == Some(Path::new(&below)) && path.extension() == Some(OsStr::new("toml"))
    };
    Ok(paths.filter(is_one).collect())
}

/// The id that the name of a file gives a project.
fn id_of(file: &Path) -> Result<Id, Diagnostic> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    stem.parse().map_err(|message: String| {
        let title = format!("`{}` gives its project no name: {message}", shown(file));
        Diagnostic::error("file-id", title)
    })
}
