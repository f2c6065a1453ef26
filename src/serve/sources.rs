//! The files of a project, read again and again.

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
        }
    }

    /// The folders and the files that a site is made from.
    pub(super) fn places(&self) -> ([PathBuf; 4], [PathBuf; 2]) {
        let folders = [&*self.settings.content, "static", "templates", FOLDER];
        let schedule = self.schedule.clone();
        let schedule = schedule.unwrap_or_else(|| self.root.join(self.settings.schedule()));
        (
            folders.map(|folder| self.root.join(folder)),
            [schedule, self.root.join("trainboard.toml")],
        )
    }

    /// Of those paths, the ones that a site is made from or that are above
    /// such, whichever way the system writes them.
    pub(super) fn concerned(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let (folders, files) = self.places();
        let short = |place: &PathBuf| place.strip_prefix(".").unwrap_or(place).to_owned();
        let (folders, files) = (
            folders.map(|place| short(&place)),
            files.map(|place| short(&place)),
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

    /// Reads all of it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(super) fn read(&mut self) -> Result<Project, BuildErrors> {
        let settings = input::settings::read(&self.root);
        let settings = settings.map(|settings| self.settings = settings);
        let (root, schedule) = (&self.root, self.schedule.as_deref());
        let schedules = input::projects::of_site(root, schedule, &self.settings);
        let content = input::content::read(root, &self.settings);
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
