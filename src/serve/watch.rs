//! Tells when files may have changed.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify_debouncer_full::notify::{
    Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Result,
};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, NoCache, new_debouncer_opt,
};

use super::job::Job;
use super::sources::Sources;
use crate::report;

/// How long it must be quiet before files are read: an editor that saves
/// writes several times.
const QUIET: Duration = Duration::from_millis(50);

/// How often files are looked at where there are no events.
const POLL: Duration = Duration::from_millis(500);

/// What is watched, by events or by looking every so often.
pub(super) struct Watch {
    jobs: Sender<Job>,
    watcher: Watcher,
    places: HashSet<(PathBuf, bool)>,
}

/// The means by which files are watched.
enum Watcher {
    Events(Debouncer<RecommendedWatcher, NoCache>),
    Poll(Debouncer<PollWatcher, NoCache>),
    /// Neither could be had.
    None,
}

impl Watch {
    pub(super) fn new(jobs: Sender<Job>, poll: bool) -> Self {
        let watcher = if poll {
            Watcher::polling(&jobs)
        } else {
            Watcher::events(&jobs)
        };
        let places = HashSet::new();
        Self {
            jobs,
            watcher,
            places,
        }
    }

    /// Watches the same names anew, where other folders have them.
    pub(super) fn begin_anew(&mut self, sources: &Sources) {
        for (gone, _) in self.places.drain() {
            let _ = self.watcher.unwatch(&gone);
        }
        self.follow(sources, &[]);
    }

    /// Watches the places of a project, as far as there are any: folders with
    /// all below them, and the folders that files and folders are in, where
    /// they may come to be. A place that was touched itself may have been
    /// replaced by another of the same name.
    pub(super) fn follow(&mut self, sources: &Sources, touched: &[PathBuf]) {
        let (folders, files) = sources.places();
        let parents = folders.iter().chain(&files);
        let parents = parents.filter_map(|place| Some((existing_parent(place)?, false)));
        let whole = folders.iter().filter(|folder| folder.is_dir());
        let places = whole.map(|folder| (folder.clone(), true)).chain(parents);
        let places: HashSet<_> = places.collect();
        for (gone, _) in self.places.difference(&places) {
            // A folder that is gone is not watched any more.
            let _ = self.watcher.unwatch(gone);
        }
        let known = |place: &(PathBuf, bool)| self.places.contains(place);
        let new = places
            .iter()
            .filter(|place| !known(place) || touched.contains(&place.0));
        let new: Vec<_> = new.cloned().collect();
        self.places = places;
        let watched = new
            .iter()
            .try_for_each(|(place, whole)| self.watcher.watch(place, *whole));
        if watched.is_err_and(|error| matches!(error.kind, ErrorKind::MaxFilesWatch)) {
            report::warning(
                "there are more folders than the system watches: looking at the files twice a second instead",
            );
            self.watcher = Watcher::polling(&self.jobs);
            self.places.clear();
            self.follow(sources, &[]);
        }
    }
}

/// Passes on what may have changed. Reading a file is no change.
fn sender(jobs: &Sender<Job>) -> impl FnMut(DebounceEventResult) + use<> {
    let jobs = jobs.clone();
    move |result| {
        let paths = match result {
            Ok(events) => {
                let is_change = |event: &DebouncedEvent| !event.kind.is_access();
                let mut changes = events.into_iter().filter(is_change).peekable();
                if changes.peek().is_none() {
                    return;
                }
                changes.flat_map(|change| change.event.paths).collect()
            }
            // Some events were lost: everything may have changed.
            Err(_) => Vec::new(),
        };
        // Nobody listens any more at the end.
        let _ = jobs.send(Job::Changed(paths));
    }
}

fn existing_parent(place: &Path) -> Option<PathBuf> {
    let here = Path::new(".");
    let parents = place.ancestors().skip(1);
    let mut parents = parents.map(|parent| if parent == "" { here } else { parent });
    parents.find(|parent| parent.is_dir()).map(Path::to_owned)
}

impl Watcher {
    fn events(jobs: &Sender<Job>) -> Self {
        let config = Config::default().with_follow_symlinks(false);
        let debouncer = new_debouncer_opt(QUIET, None, sender(jobs), NoCache, config);
        debouncer.map_or_else(|_| Self::polling(jobs), Self::Events)
    }

    fn polling(jobs: &Sender<Job>) -> Self {
        let config = Config::default().with_poll_interval(POLL);
        let debouncer = new_debouncer_opt(QUIET, None, sender(jobs), NoCache, config);
        debouncer.map_or(Self::None, Self::Poll)
    }

    fn watch(&mut self, place: &Path, whole: bool) -> Result<()> {
        let mode = if whole {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        match self {
            Self::Events(events) => events.watch(place, mode),
            Self::Poll(poll) => poll.watch(place, mode),
            Self::None => Ok(()),
        }
    }

    fn unwatch(&mut self, place: &Path) -> Result<()> {
        match self {
            Self::Events(events) => events.unwatch(place),
            Self::Poll(poll) => poll.unwatch(place),
            Self::None => Ok(()),
        }
    }
}
