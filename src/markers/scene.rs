//! What the markers of a page can speak of.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Mark;
use super::parse::{Marker, View, unknown};
use crate::diagnostic::{Diagnostic, Source};
use crate::schedule::{Boards, Period, ProjectBoard, Train, TrainBoard};

/// What the markers of a page can speak of.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) boards: &'a Boards,
    /// The project that is meant where a marker names none.
    pub(crate) project: Option<&'a ProjectBoard>,
    /// The train that the page is about.
    pub(crate) train: Option<&'a TrainBoard>,
    pub(crate) goals: Goals<'a>,
    pub(crate) drawn: Option<&'a Drawn>,
}

/// Views of boards as HTML, each made once for all pages.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// By the id of the project and the words of the marker.
    blocks: Mutex<HashMap<(String, String), Arc<str>>>,
}

impl Drawn {
    fn block(&self, key: (String, String), draw: impl FnOnce() -> String) -> Arc<str> {
        let blocks = || self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(block) = blocks().get(&key) {
            return Arc::clone(block);
        }
        // Others need not wait while this is drawn, twice at worst.
        let block: Arc<str> = draw().into();
        blocks().insert(key, Arc::clone(&block));
        block
    }
}

/// Where views can lead their readers.
#[derive(Clone, Copy)]
pub(crate) struct Goals<'a>(Option<&'a Addresses<'a>>);

type Addresses<'a> = dyn Fn(Goal<'_>) -> Option<String> + 'a;

/// What may have a page.
#[derive(Clone, Copy)]
pub(crate) enum Goal<'a> {
    /// The project of that id.
    Project(&'a str),
    /// A train of that project.
    Train(&'a str, &'a Train),
}

/// What one marker speaks of.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    All(&'a Boards),
    Project(&'a ProjectBoard),
    Train(&'a TrainBoard),
}

impl<'a> Scene<'a> {
    /// A page about nothing in particular.
    pub(crate) fn new(boards: &'a Boards) -> Self {
        Self {
            boards,
            project: boards.main(),
            train: None,
            goals: Goals(None),
            drawn: None,
        }
    }

    /// With the addresses of pages, as seen from this one.
    pub(crate) fn with(self, goals: &'a dyn Fn(Goal<'_>) -> Option<String>) -> Self {
        let goals = Goals(Some(goals));
        Self { goals, ..self }
    }

    /// With what was drawn for other pages.
    pub(crate) fn sharing(self, drawn: &'a Drawn) -> Self {
        let drawn = Some(drawn);
        Self { drawn, ..self }
    }

    /// A view of a board, as it was drawn for another page if it was.
    pub(super) fn block(
        &self,
        subject: Subject<'_>,
        words: &str,
        draw: impl FnOnce() -> String,
    ) -> Arc<str> {
        match (self.drawn, subject) {
            (Some(drawn), Subject::Project(project)) => {
                drawn.block((project.id().to_owned(), words.to_owned()), draw)
            }
            _ => draw().into(),
        }
    }

    /// What a marker speaks of.
    pub(super) fn subject(
        &self,
        source: &Arc<Source>,
        mark: &Mark,
        marker: &Marker,
    ) -> Result<Subject<'a>, Diagnostic> {
        let at = |error: Diagnostic, label| error.at(source, mark.open.clone(), label);
        if self.boards.is_empty() {
            let error = Diagnostic::error("no-schedule", "there is no schedule for this marker");
            let help = "write a `schedule.toml`, or name the file in `trainboard.toml`";
            return Err(at(error, "nothing to show here").help(help));
        }
        if is_of_a_train(&marker.view) {
            return self.train.map(Subject::Train).ok_or_else(|| {
                let title = "this page is not about a train";
                let help = "write `per = \"train\"` into the front matter of the page, and it is made for every train";
                at(Diagnostic::error("no-train-here", title), "of which train").help(help)
            });
        }
        match (&marker.view, &marker.project) {
            (View::Overview, _) => Ok(Subject::All(self.boards)),
            (_, Some(name)) => self
                .boards
                .of(&name.text)
                .map(Subject::Project)
                .ok_or_else(|| {
                    let known: Vec<_> = self.boards.iter().map(ProjectBoard::id).collect();
                    unknown(source, "unknown-project", "project", &name.span, &known)
                }),
            (_, None) => self.project.map(Subject::Project).ok_or_else(|| {
                let title = "this marker does not say which project it is about";
                let first = self.boards.iter().next().map_or("", ProjectBoard::id);
                let help = format!("write for example `project={first}`");
                at(
                    Diagnostic::error("which-project", title),
                    "of which project",
                )
                .help(help)
            }),
        }
    }
}

fn is_of_a_train(view: &View) -> bool {
    match view {
        View::Train => true,
        View::Value(value) => {
            let name = &*value.name.text;
            name.starts_with("train.") || name == "train"
        }
        _ => false,
    }
}

impl Goals<'_> {
    /// The page of the project of that id.
    pub(super) fn project(self, id: &str) -> Option<String> {
        self.0?(Goal::Project(id))
    }

    /// The page of a train of that project.
    pub(super) fn train(self, id: &str, train: &Train) -> Option<String> {
        self.0?(Goal::Train(id, train))
    }
}

impl Subject<'_> {
    /// The days for which what it says holds.
    pub(super) fn period(&self) -> Option<Period> {
        match self {
            Self::All(boards) => boards.period(),
            Self::Project(project) => Some(project.board.period()),
            Self::Train(train) => Some(train.period()),
        }
    }
}
