//! The schedules of several projects, seen on one day.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::board::{Board, Row};
use super::day::Day;
use super::draft::Project;
use super::milestones::{MilestoneName, MilestoneNames};
use super::period::Period;
use super::train::Train;
use super::{Schedule, TooMany};

/// The schedules of all projects of a site.
#[derive(Clone, Debug, Default)]
pub struct Projects {
    /// The project that the site is about, where it is about one.
    pub main: Option<Schedule>,
    /// The others, ascending by their ids.
    pub others: Vec<Schedule>,
    /// Those that only markers name, by their paths: no projects of the site.
    pub files: BTreeMap<String, Schedule>,
}

/// The boards of all projects of a site, on one day and on every day of the
/// same period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boards {
    /// The main project first, where there is one.
    all: Vec<Arc<ProjectBoard>>,
    has_main: bool,
    /// The boards of schedules that only markers name, by their paths.
    files: BTreeMap<String, Arc<ProjectBoard>>,
}

/// One project on one day.
#[derive(Debug, PartialEq)]
pub struct ProjectBoard {
    /// The trains of its window.
    pub board: Board,
    /// All trains, from the first to the last that the window shows.
    pub whole: Board,
    /// The same trains and the skipped ones, each with its neighbours.
    pub trains: Vec<TrainBoard>,
}

/// One train on one day, and on every day of its own period.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainBoard {
    pub(super) project: Arc<Project>,
    pub(super) has_facts: bool,
    pub(super) milestones: MilestoneNames,
    pub(super) row: Row,
    pub(super) period: Period,
    pub(super) previous: Option<Arc<Train>>,
    pub(super) next: Option<Arc<Train>>,
}

impl Projects {
    /// One project and no others.
    pub fn only(schedule: Schedule) -> Self {
        Self {
            main: Some(schedule),
            ..Self::default()
        }
    }

    /// All schedules, the main one first.
    pub fn schedules(&self) -> impl Iterator<Item = &Schedule> {
        self.main.iter().chain(&self.others)
    }

    /// The boards of that day.
    pub fn at(&self, date: Day) -> Result<Boards, TooMany> {
        let all = self.schedules().map(|schedule| schedule.project_at(date));
        let all: Result<_, _> = all.map(|board| board.map(Arc::new)).collect();
        let files = self.files.iter().map(|(path, schedule)| {
            let board = schedule.project_at(date)?;
            Ok((path.clone(), Arc::new(board)))
        });
        Ok(Boards {
            all: all?,
            has_main: self.main.is_some(),
            files: files.collect::<Result<_, _>>()?,
        })
    }
}

impl Schedule {
    /// The project on that day: its board, all of its trains, and each of them.
    pub fn project_at(&self, date: Day) -> Result<ProjectBoard, TooMany> {
        let [board, whole] = self.boards(date)?;
        Ok(ProjectBoard {
            board: board?,
            whole: whole?,
            trains: self.trains_at(date)?,
        })
    }
}

impl Boards {
    /// The project that the site is about.
    pub fn main(&self) -> Option<&ProjectBoard> {
        self.all.first().filter(|_| self.has_main).map(Arc::as_ref)
    }

    /// The project of that id.
    pub fn of(&self, id: &str) -> Option<&ProjectBoard> {
        let all = self.iter();
        all.into_iter().find(|project| *project.id() == *id)
    }

    /// The schedule at that path, which is no project of the site.
    pub fn of_file(&self, path: &str) -> Option<&ProjectBoard> {
        self.files.get(path).map(Arc::as_ref)
    }

    /// All projects, the main one first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ProjectBoard> + Clone {
        self.all.iter().map(Arc::as_ref)
    }

    /// All projects but the main one.
    pub fn others(&self) -> impl Iterator<Item = &ProjectBoard> {
        self.iter().skip(usize::from(self.has_main))
    }

    /// Whether there is no project at all.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether there is nothing to show at all, not even a schedule that is no
    /// project of the site.
    pub fn are_none(&self) -> bool {
        self.all.is_empty() && self.files.is_empty()
    }

    /// The days for which all projects stand as they do.
    pub fn period_of_projects(&self) -> Option<Period> {
        let periods = self.iter().map(|project| project.board.period());
        periods.reduce(Period::and)
    }

    /// All that is shown: the projects, and then the schedules that are none.
    pub fn shown(&self) -> impl Iterator<Item = &ProjectBoard> {
        self.iter().chain(self.files.values().map(Arc::as_ref))
    }

    /// The days for which all that is shown holds.
    pub fn period(&self) -> Option<Period> {
        let periods = self.shown().map(|project| project.board.period());
        periods.reduce(Period::and)
    }
}

impl ProjectBoard {
    /// What machines call the project.
    pub fn id(&self) -> &str {
        self.board.project().id()
    }
}

impl TrainBoard {
    /// The project whose train it is.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Whether the schedule records anything.
    pub fn has_facts(&self) -> bool {
        self.has_facts
    }

    /// The names of all milestones that its schedule has names for.
    pub fn milestones(&self) -> impl Iterator<Item = &MilestoneName> + Clone {
        self.milestones.iter().map(Arc::as_ref)
    }

    /// The train and its status.
    pub fn row(&self) -> &Row {
        &self.row
    }

    /// The days for which the status holds.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The train before it that leaves.
    pub fn previous(&self) -> Option<&Train> {
        self.previous.as_deref()
    }

    /// The train after it that leaves.
    pub fn next(&self) -> Option<&Train> {
        self.next.as_deref()
    }
}
