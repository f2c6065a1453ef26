//! The files of a project, read again and again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::trouble::Trouble;
use crate::diagnostic::Diagnostic;
use crate::input::content::Reader;
use crate::input::projects::All;
use crate::input::projects::FOLDER;
use crate::input::{self, ReadError};
use crate::schedule::Projects;
use crate::site::{Content, Settings};

/// The files of a project.
pub(super) struct Sources {
    root: PathBuf,
    /// The schedule, when it is not that of the settings.
    schedule: Option<PathBuf>,
    reader: Reader,
    last: Option<Last>,
}

/// What a site is made from.
pub(super) struct Project {
    pub(super) settings: Settings,
    pub(super) content: Content,
    pub(super) projects: Projects,
    pub(super) warnings: Vec<Diagnostic>,
}

/// What came of the last reading, apart from the content.
struct Last {
    settings: Settings,
    /// The texts of the schedules, by name.
    schedules: BTreeMap<String, String>,
    trouble: Trouble,
}

/// What came of a reading.
pub(super) struct Reading {
    /// The names of what is not as it was; empty when all is.
    pub(super) changed: Vec<String>,
    pub(super) project: Result<Project, Trouble>,
}

impl Sources {
    pub(super) fn new(root: PathBuf, schedule: Option<PathBuf>) -> Self {
        Self {
            root,
            schedule,
            reader: Reader::default(),
            last: None,
        }
    }

    /// The folders and the files that a site is made from.
    pub(super) fn places(&self) -> ([PathBuf; 4], [PathBuf; 2]) {
        let settings = self.settings();
        let folders = [&*settings.content, "static", "templates", FOLDER];
        let schedule = self.schedule.clone();
        let schedule = schedule.unwrap_or_else(|| self.root.join(&*settings.schedule));
        (
            folders.map(|folder| self.root.join(folder)),
            [schedule, self.root.join("trainboard.toml")],
        )
    }

    /// The last settings that could be read.
    fn settings(&self) -> Settings {
        let last = self.last.as_ref().map(|last| last.settings.clone());
        last.unwrap_or_default()
    }

    /// Reads what is not as it was, and in any case those files.
    pub(super) fn read(&mut self, doubted: &[PathBuf]) -> Reading {
        self.reader.doubt(doubted.iter().map(PathBuf::as_path));
        let mut trouble = Trouble::default();
        let settings = input::settings::read(&self.root).unwrap_or_else(|error| {
            trouble.add(error);
            self.settings()
        });
        let schedules = self.schedules(&settings).unwrap_or_else(|error| {
            trouble.add(error);
            All::default()
        });
        let content = self.reader.read(&self.root, &settings);
        let content = content.unwrap_or_else(|error| {
            trouble.add(error);
            Content::default()
        });
        let last = Last {
            settings: settings.clone(),
            schedules: schedules.texts(),
            trouble: trouble.clone(),
        };
        let changed = self.changed(&last);
        self.last = Some(last);
        let project = if trouble.is_none() {
            Ok(Project {
                settings,
                content,
                projects: schedules.projects(),
                warnings: schedules.warnings(),
            })
        } else {
            Err(trouble)
        };
        Reading { changed, project }
    }

    fn schedules(&self, settings: &Settings) -> Result<All, ReadError> {
        let path = self.schedule.as_deref();
        let is_asked = path.is_some() || settings.names_a_schedule();
        let path = path.unwrap_or(Path::new(&*settings.schedule));
        input::projects::all(&self.root, path, is_asked)
    }

    fn changed(&self, now: &Last) -> Vec<String> {
        let mut changed = self.reader.changed().to_vec();
        let Some(before) = &self.last else {
            return changed;
        };
        if before.settings != now.settings {
            changed.push("trainboard.toml".to_owned());
        }
        let names = before.schedules.keys().chain(now.schedules.keys());
        let differs = |name: &&String| before.schedules.get(*name) != now.schedules.get(*name);
        changed.extend(names.filter(differs).cloned());
        if before.trouble != now.trouble {
            let names = before.trouble.names().chain(now.trouble.names());
            changed.extend(names.map(str::to_owned));
        }
        changed.sort();
        changed.dedup();
        if changed.is_empty() && before.trouble != now.trouble {
            changed.push("the project".to_owned());
        }
        changed
    }
}
