//! The files of a project, read again and again.

use std::path::PathBuf;

use super::trouble::Trouble;
use crate::diagnostic::Diagnostic;
use crate::input::content::Reader;
use crate::input::schedule::Read;
use crate::input::{self, ReadError};
use crate::schedule::Schedule;
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
    pub(super) schedule: Option<Schedule>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// What came of the last reading, apart from the content.
struct Last {
    settings: Settings,
    schedule: Option<String>,
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
    pub(super) fn places(&self) -> ([PathBuf; 3], [PathBuf; 2]) {
        let settings = self.settings();
        let folders = [&*settings.content, "static", "templates"];
        let schedule = self.schedule.clone();
        let schedule = schedule.unwrap_or_else(|| self.root.join(&settings.schedule));
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
        let schedule = self.schedule(&settings).unwrap_or_else(|error| {
            trouble.add(error);
            None
        });
        let content = self.reader.read(&self.root, &settings);
        let content = content.unwrap_or_else(|error| {
            trouble.add(error);
            Content::default()
        });
        let last = Last {
            settings: settings.clone(),
            schedule: schedule.as_ref().map(|read| read.source.text.clone()),
            trouble: trouble.clone(),
        };
        let changed = self.changed(&last);
        self.last = Some(last);
        let project = if trouble.is_none() {
            let warnings = schedule.as_ref().map(|read| read.warnings.clone());
            Ok(Project {
                settings,
                content,
                schedule: schedule.map(|read| read.schedule),
                warnings: warnings.unwrap_or_default(),
            })
        } else {
            Err(trouble)
        };
        Reading { changed, project }
    }

    fn schedule(&self, settings: &Settings) -> Result<Option<Read>, ReadError> {
        let read = match &self.schedule {
            Some(path) => input::schedule::read(path),
            None => input::schedule::read_in(&self.root, &settings.schedule),
        };
        match read {
            Err(ReadError::Absent(_)) if self.schedule.is_none() => Ok(None),
            read => read.map(Some),
        }
    }

    fn changed(&self, now: &Last) -> Vec<String> {
        let mut changed = self.reader.changed().to_vec();
        let Some(before) = &self.last else {
            return changed;
        };
        if before.settings != now.settings {
            changed.push("trainboard.toml".to_owned());
        }
        if before.schedule != now.schedule {
            changed.push(now.settings.schedule.clone());
        }
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
