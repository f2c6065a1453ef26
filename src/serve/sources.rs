//! The files of a project, read again and again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::build_errors::BuildErrors;
use crate::diagnostic::Diagnostic;
use crate::input;
use crate::input::projects::FOLDER;
use crate::schedule::Projects;
use crate::site::{Content, Settings};

/// The files of a project.
pub(super) struct Sources {
    root: PathBuf,
    /// The schedule, when it is not that of the settings.
    schedule: Option<PathBuf>,
    /// The last settings that could be read.
    settings: Settings,
    /// The schedules that markers name, by their paths.
    named: BTreeSet<String>,
}

/// What a site is made from.
pub(super) struct Project {
    pub(super) settings: Settings,
    pub(super) content: Content,
    pub(super) projects: Projects,
    pub(super) warnings: Vec<Diagnostic>,
}

impl Sources {
    /// Those in a folder, with the schedule at some path or that of the
    /// settings.
    pub(super) fn new(root: PathBuf, schedule: Option<PathBuf>) -> Self {
        Self {
            settings: input::settings::read(&root).unwrap_or_default(),
            root,
            schedule,
            named: BTreeSet::new(),
        }
    }

    /// The folders and the files that a site is made from.
    pub(super) fn places(&self) -> ([PathBuf; 4], Vec<PathBuf>) {
        let folders = [&*self.settings.content, "static", "templates", FOLDER];
        let schedule = self.schedule.clone();
        let schedule = schedule.unwrap_or_else(|| self.root.join(self.settings.schedule()));
        let files = [schedule, self.root.join("trainboard.toml")].into_iter();
        let named = self.named.iter().map(|path| self.root.join(path));
        (
            folders.map(|folder| self.root.join(folder)),
            files.chain(named).collect(),
        )
    }

    /// Of those paths, the ones that a site is made from or that are above
    /// such, whichever way the system writes them.
    pub(super) fn concerned(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let (folders, files) = self.places();
        let short = |place: &PathBuf| place.strip_prefix(".").unwrap_or(place).to_owned();
        let (folders, files) = (
            folders.map(|place| short(&place)),
            files.iter().map(short).collect::<Vec<_>>(),
        );
        let concerned = paths.iter().filter_map(|path| {
            let above = path.ancestors();
            let is_in = |folder: &PathBuf| above.clone().find(|above| above.ends_with(folder));
            let inside = folders.iter().find_map(|folder| {
                let below = path.strip_prefix(is_in(folder)?).ok()?;
                Some(folder.join(below))
            });
            inside.or_else(|| files.iter().find(|file| path.ends_with(file)).cloned())
        });
        concerned.collect()
    }

    /// The schedules that markers name, by their paths.
    pub(super) fn named(&self) -> &BTreeSet<String> {
        &self.named
    }

    /// Reads all of it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(super) fn read(&mut self) -> Result<Project, BuildErrors> {
        let settings = input::settings::read(&self.root);
        let settings = settings.map(|settings| self.settings = settings);
        let (root, schedule) = (&self.root, self.schedule.as_deref());
        let content = input::content::read(root, &self.settings);
        if let Ok(content) = &content {
            self.named = content.schedules().collect();
        }
        let schedules = input::projects::of_site(root, schedule, &self.settings);
        let schedules = schedules.and_then(|all| all.read_files(root, self.named.clone()));
        match (settings, schedules, content) {
            (Ok(()), Ok(schedules), Ok(content)) => Ok(Project {
                settings: self.settings.clone(),
                content,
                projects: schedules.projects(),
                warnings: schedules.warnings(),
            }),
            (settings, schedules, content) => {
                let found = [settings.err(), schedules.err(), content.err()];
                Err(found.into_iter().flatten().collect())
            }
        }
    }
}
