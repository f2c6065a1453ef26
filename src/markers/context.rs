//! The boards, trains, links and views that the markers of a page refer to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::parse::{BoardView, Marker, Name, Subject, Value, View, unknown};
use super::{Around, Mark};
use crate::diagnostic::Diagnostic;
use crate::schedule::{Boards, Day, Period, ProjectBoard, Train, TrainBoard};
use crate::views::table::{Columns, UnknownColumn, columns};
use crate::views::{self, DateForm};

/// The boards, trains, links and views that the markers of a page refer to.
#[derive(Clone, Copy)]
pub(crate) struct MarkerContext<'a> {
    pub(crate) boards: &'a Boards,
    /// The project that is meant where a marker names none.
    pub(crate) project: Option<&'a ProjectBoard>,
    /// The train that the page is about.
    pub(crate) train: Option<&'a TrainBoard>,
    pub(crate) links: PageLinks<'a>,
    /// The views that were drawn for other pages.
    pub(crate) views: Option<&'a ViewCache>,
    /// The day from which the boards hold, when that is still to come.
    pub(crate) from: Option<Day>,
    /// The language of the page.
    pub(crate) around: Around,
}

/// Views of boards as HTML, each drawn once for all pages that show it.
#[derive(Debug, Default)]
pub(crate) struct ViewCache {
    /// By the id of the project and the words of the marker.
    blocks: Mutex<HashMap<(String, String), Arc<str>>>,
}

impl ViewCache {
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

/// The addresses of pages that views link to, as seen from one page; none for
/// what has no page.
pub(crate) type PageLinks<'a> = &'a dyn Fn(PageOf<'_>) -> Option<String>;

/// What may have a page.
#[derive(Clone, Copy)]
pub(crate) enum PageOf<'a> {
    /// The project of that id.
    Project(&'a str),
    /// A train of that project.
    Train(&'a str, &'a Train),
}

/// A view with what it is a view of.
#[derive(Clone, Copy)]
pub(super) enum Shown<'a> {
    Block(Block<'a>),
    Phrase(Phrase<'a>),
}

/// A view that has lines of its own.
#[derive(Clone, Copy)]
pub(super) enum Block<'a> {
    Overview(&'a Boards),
    Train(&'a TrainBoard),
    Board(&'a ProjectBoard, &'a BoardView),
}

/// A view that is a part of a sentence.
#[derive(Clone, Copy)]
pub(super) enum Phrase<'a> {
    TrainValue(&'a TrainBoard, &'a Value),
    Value(&'a ProjectBoard, &'a Value),
    Versions(&'a ProjectBoard, Option<&'a str>),
}

impl Phrase<'_> {
    /// What stands there where there is nothing to say, in the words of the
    /// page.
    pub(super) fn default(&self) -> Option<&str> {
        match self {
            Self::TrainValue(_, value) | Self::Value(_, value) => value.default.as_deref(),
            Self::Versions(_, default) => *default,
        }
    }

    /// Whether there are English words in it, such as the name of a month.
    pub(super) fn has_words(&self) -> bool {
        match self {
            Self::TrainValue(_, value) | Self::Value(_, value) => {
                value.form != DateForm::Iso && views::is_date(&value.name.text)
            }
            Self::Versions(..) => true,
        }
    }
}

impl Shown<'_> {
    /// The days for which what it says holds.
    pub(super) fn period(&self) -> Option<Period> {
        match self {
            Self::Block(Block::Overview(boards)) => boards.period(),
            Self::Block(Block::Train(train)) | Self::Phrase(Phrase::TrainValue(train, _)) => {
                Some(train.period())
            }
            Self::Block(Block::Board(project, _))
            | Self::Phrase(Phrase::Value(project, _) | Phrase::Versions(project, _)) => {
                Some(project.board.period())
            }
        }
    }
}

impl<'a> MarkerContext<'a> {
    /// A page about nothing in particular.
    pub(crate) fn new(boards: &'a Boards) -> Self {
        Self {
            boards,
            project: boards.main(),
            train: None,
            links: &|_| None,
            views: None,
            from: None,
            around: Around::default(),
        }
    }

    /// A view of a board, from the cache where it does not depend on the page.
    pub(super) fn block(
        &self,
        block: Block<'_>,
        words: &str,
        draw: impl FnOnce() -> String,
    ) -> Arc<str> {
        match (self.views, block) {
            // Where the list of trains leads depends on the page that it is on.
            (Some(views), Block::Board(project, view)) if !view.leads_to_pages() => {
                views.block((project.id().to_owned(), words.to_owned()), draw)
            }
            _ => draw().into(),
        }
    }

    /// A marker's view with what it is a view of.
    ///
    /// # Errors
    ///
    /// There is no such thing on this page.
    pub(super) fn shown<'m>(
        &self,
        mark: &Mark<'_>,
        marker: &'m Marker,
    ) -> Result<Shown<'m>, Diagnostic>
    where
        'a: 'm,
    {
        if self.boards.are_none() && marker.subject.is_none() {
            return Err(no_schedule(mark));
        }
        let project = || self.project(mark, marker);
        let train = || self.train.ok_or_else(|| no_train(mark));
        Ok(match &marker.view {
            View::Overview => Shown::Block(Block::Overview(self.boards)),
            View::Train => Shown::Block(Block::Train(train()?)),
            View::Board(view) => {
                let project = project()?;
                check_columns(mark, project, view)?;
                Shown::Block(Block::Board(project, view))
            }
            View::Value(value) if value.is_of_a_train() => {
                Shown::Phrase(Phrase::TrainValue(train()?, value))
            }
            View::Value(value) => Shown::Phrase(Phrase::Value(project()?, value)),
            View::Versions(default) => {
                Shown::Phrase(Phrase::Versions(project()?, default.as_deref()))
            }
        })
    }

    fn project(&self, mark: &Mark<'_>, marker: &Marker) -> Result<&'a ProjectBoard, Diagnostic> {
        let boards = self.boards;
        let mut ids = boards.iter().map(ProjectBoard::id);
        match &marker.subject {
            Some(Subject::Schedule(path)) => boards
                .of_file(&path.text)
                .ok_or_else(|| unknown_schedule(mark, path)),
            Some(Subject::Project(_)) if boards.is_empty() => Err(no_schedule(mark)),
            Some(Subject::Project(name)) => boards.of(&name.text).ok_or_else(|| {
                let known: Vec<_> = ids.collect();
                unknown(mark, "unknown-project", "project", &name.span, &known)
            }),
            None => self.project.ok_or_else(|| match ids.next() {
                Some(first) => which_project(mark, first),
                None => no_schedule(mark),
            }),
        }
    }

    /// The same, for a marker about something that may have no pages.
    pub(super) fn about(self, marker: &Marker) -> Self {
        match marker.subject {
            Some(Subject::Schedule(_)) => Self {
                links: &|_| None,
                ..self
            },
            _ => self,
        }
    }
}

fn unknown_schedule(mark: &Mark<'_>, path: &Name) -> Diagnostic {
    let title = format!("there is no `{}`", path.text);
    Diagnostic::error("unknown-schedule", title)
        .at(mark.source, path.span.clone(), "names no file")
        .help("write the path of a schedule, from the folder of the project")
}

fn no_schedule(mark: &Mark<'_>) -> Diagnostic {
    let title = "there is no schedule for this marker";
    mark.error("no-schedule", title, "nothing to show here")
        .help("write a `schedule.toml`, or name the file in `trainboard.toml`")
}

fn no_train(mark: &Mark<'_>) -> Diagnostic {
    let title = "this page is not about a train";
    let error = mark.error("no-train-here", title, "of which train");
    error.help(
        "write `per = \"train\"` into the front matter of the page, and it is made for every train",
    )
}

fn which_project(mark: &Mark<'_>, first: &str) -> Diagnostic {
    let title = "this marker does not say which project it is about";
    mark.error("which-project", title, "of which project")
        .help(format!("write for example `project={first}`"))
}

/// Whether the project has all columns of a table that is asked for.
fn check_columns(
    mark: &Mark<'_>,
    project: &ProjectBoard,
    view: &BoardView,
) -> Result<(), Diagnostic> {
    let BoardView::Table(Some(Name { text, span })) = view else {
        return Ok(());
    };
    let asked = Columns::parse(text);
    asked.check(&project.board).map_err(|UnknownColumn(name)| {
        let at = span.start + text.find(name).unwrap_or(0);
        let (span, known) = (at..at + name.len(), columns(&project.board));
        unknown(mark, "unknown-column", "column", &span, &known)
    })
}
