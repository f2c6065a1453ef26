//! A project in a folder, and what `check` and `build` do there.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use trainboard::input::{self, ReadError, projects::All};
use trainboard::schedule::{Boards, Day};
use trainboard::site::{Content, Settings};
use trainboard::{check, output::Output};

use crate::claims::{self, Claims};

/// The files of a sound project, in which every view has something to show.
const FILES: [(&str, &str); 5] = [
    ("schedule.toml", SCHEDULE),
    ("trainboard.toml", SETTINGS),
    ("content/index.md", "# Home\n\n<!-- trainboard board -->\n"),
    ("content/page.md", "# Page {#page}\n\n[home](index.md)\n"),
    (
        "content/train.md",
        "+++\nper = \"train\"\n+++\n\n# Train <!-- trainboard value train.version -->\n",
    ),
];

pub(crate) const SCHEDULE: &str = include_str!("../../tests/data/told/milestones.toml");

pub(crate) const SETTINGS: &str =
    "[site]\ntitle = \"Releases\"\nbase-url = \"https://trains.example/docs/\"\n";

/// The day on which things are looked at, and on which the sound project has
/// trains in every state.
pub(crate) fn day() -> Day {
    "2026-11-20".parse().expect("a day")
}

/// A project that is there for as long as this is.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// The sound project, with that file in it.
    pub(crate) fn with(path: &str, bytes: &[u8]) -> Self {
        let project = Self {
            folder: TempDir::new().expect("a folder"),
        };
        for (path, text) in FILES {
            project.write(path, text.as_bytes());
        }
        project.write(path, bytes);
        project
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("room for a folder");
        fs::write(path, bytes).expect("room for a file");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Checks and builds it; holds what is said and made against the claims.
    pub(crate) fn build(&self, claims: &Claims) {
        if let Ok(output) = self.output() {
            claims.site(&output);
        }
    }

    /// What a build makes. Whatever is wrong has been told.
    fn output(&self) -> Result<Output, ()> {
        let settings = told(input::settings::read(self.root()))?;
        let content = told(input::content::read(self.root(), &settings))?;
        let all = told(self.schedules(&settings, &content))?;
        let boards = all.projects().at(day()).map_err(drop)?;
        claims::told(&all.warnings());
        let later = content.clone();
        let pages = check::pages(content, &settings, &boards, false);
        claims::told(&pages.findings);
        look_ahead(later, &settings, &all, &boards);
        Ok(pages.built.ok_or(())?.output)
    }

    fn schedules(&self, settings: &Settings, content: &Content) -> Result<All, ReadError> {
        let all = input::projects::of_site(self.root(), None, settings)?;
        all.read_files(self.root(), content.schedules())
    }

    /// Its boards, of the schedules alone.
    pub(crate) fn boards(&self) -> Result<Boards, ()> {
        let all = input::projects::of_site(self.root(), None, &Settings::default());
        told(all)?.projects().at(day()).map_err(drop)
    }
}

fn look_ahead(content: Content, settings: &Settings, all: &All, boards: &Boards) {
    let next = boards.period().and_then(|period| period.next_change);
    let Some(next) = next else { return };
    if let Ok(boards) = all.projects().at(next) {
        claims::told(&check::ahead(content, settings, &boards, next));
    }
}

/// Tells why something could not be read.
pub(crate) fn told<T>(read: Result<T, ReadError>) -> Result<T, ()> {
    read.map_err(|error| match error {
        ReadError::Content(found) => {
            assert!(!found.is_empty(), "nothing is said to be wrong");
            claims::told(&found);
        }
        ReadError::Absent(title) | ReadError::Machine(title) => claims::bounded(&title),
    })
}
