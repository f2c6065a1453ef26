//! Builds the site when its files change, and for any day that is asked for.

use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender;

use super::Surroundings;
use super::build_errors::BuildErrors;
use super::console;
use super::job::Job;
use super::sources::{Project, Sources};
use super::view::{Changed, View};
use super::watch::Watch;
use crate::diagnostic::{Diagnostic, panic_text};
use crate::output::Output;
use crate::report;
use crate::schedule::{Boards, Day};
use crate::site;
use crate::views::changes::Changes;
use crate::views::words;

/// How many coming changes are told.
const COMING: usize = 8;

/// How many days are remembered.
const DAYS: usize = 12;

/// Where the site is built.
pub(super) struct BuildWorker {
    sources: Sources,
    watch: Watch,
    surroundings: Surroundings,
    day: Day,
    /// The last project that could be read.
    project: Option<Project>,
    /// Why the files as they are cannot.
    errors: Option<BuildErrors>,
    views: HashMap<Day, Arc<View>>,
    generation: u64,
    warned: Vec<Diagnostic>,
}

type Shown = Sender<Arc<View>>;

/// A site, as far as there is one, and the boards it shows.
#[derive(Default)]
struct Made {
    site: Option<Arc<Output>>,
    not_found: Option<Arc<str>>,
    boards: Boards,
}

impl BuildWorker {
    pub(super) fn new(
        sources: Sources,
        watch: Watch,
        day: Day,
        surroundings: Surroundings,
    ) -> Self {
        Self {
            sources,
            watch,
            surroundings,
            day,
            project: None,
            errors: None,
            views: HashMap::new(),
            generation: 0,
            warned: Vec::new(),
        }
    }

    /// The first view. Files are watched before they are read, so that no
    /// change is missed.
    pub(super) fn open(&mut self) -> Arc<View> {
        let start = Instant::now();
        let opened = catch_unwind(AssertUnwindSafe(|| {
            self.watch.follow(&self.sources, &[]);
            self.read();
            self.view(self.day)
        }));
        let view = opened.unwrap_or_else(|panic| self.stopped(&*panic, View::empty(self.day)));
        console::done("", &view, start.elapsed());
        view
    }

    /// Works until nobody is left who could ask for anything. A job that
    /// panics is told, and the next one is begun.
    pub(super) fn work(mut self, jobs: &Receiver<Job>, shown: &Shown) {
        while let Ok(job) = jobs.recv() {
            let done = catch_unwind(AssertUnwindSafe(|| self.handle(job, shown)));
            if let Err(panic) = done {
                let view = View::clone(&shown.borrow());
                let view = self.stopped(&*panic, view);
                console::done("", &view, Duration::ZERO);
                shown.send_replace(view);
            }
        }
    }

    fn handle(&mut self, job: Job, shown: &Shown) {
        match job {
            Job::Changed(paths) => self.rebuild(&paths, shown),
            Job::Tick => self.look_around(shown),
            Job::Visit(day, reply) => {
                // Who does not wait any more needs no answer.
                let _ = reply.send(self.view(day));
            }
        }
    }

    fn rebuild(&mut self, paths: &[PathBuf], shown: &Shown) {
        let concerned = self.sources.concerned(paths);
        if concerned.is_empty() && !paths.is_empty() {
            return;
        }
        let start = Instant::now();
        self.watch.follow(&self.sources, paths);
        self.read();
        self.show(&console::named(&concerned), shown, start);
    }

    fn look_around(&mut self, shown: &Shown) {
        if (self.surroundings.moves)() {
            let start = Instant::now();
            self.watch.begin_anew(&self.sources);
            self.read();
            self.show("the project's folder is another", shown, start);
        }
        let today = (self.surroundings.today)();
        if let Some(today) = today.filter(|today| *today != self.day) {
            let start = Instant::now();
            self.day = today;
            self.generation += 1;
            self.show(&format!("it is {today}"), shown, start);
        }
    }

    fn show(&mut self, why: &str, shown: &Shown, start: Instant) {
        let view = self.view(self.day);
        console::done(&format!("{why}: "), &view, start.elapsed());
        shown.send_replace(view);
    }

    /// What was shown before, with the reason why it is not new.
    fn stopped(&mut self, panic: &(dyn Any + Send), before: View) -> Arc<View> {
        self.generation += 1;
        let text = panic_text(panic);
        let title = format!("the build panicked: {text}; the next change begins another");
        Arc::new(View {
            generation: self.generation,
            changed: Changed::Files(Vec::new()),
            errors: Some(BuildErrors::of_machine(title)),
            ..before
        })
    }

    fn read(&mut self) {
        self.generation += 1;
        let named = self.sources.named().clone();
        let mut read = self.sources.read();
        if *self.sources.named() != named {
            // Files that are named anew are watched before they are read.
            self.watch.follow(&self.sources, &[]);
            read = self.sources.read();
        }
        match read {
            Ok(project) => {
                self.warn(&project.warnings);
                self.project = Some(project);
                self.errors = None;
            }
            Err(errors) => self.errors = Some(errors),
        }
    }

    /// Says each warning once.
    fn warn(&mut self, warnings: &[Diagnostic]) {
        let mut new = warnings.to_vec();
        new.retain(|warning| !self.warned.contains(warning));
        report::print(&new);
        self.warned = warnings.to_vec();
    }

    /// What there is to see on a day.
    fn view(&mut self, day: Day) -> Arc<View> {
        let old = self.views.get(&day);
        if let Some(new) = old.filter(|old| old.generation == self.generation) {
            return Arc::clone(new);
        }
        let before = old.and_then(|old| old.site.clone());
        let not_found_before = old.and_then(|old| old.not_found.clone());
        let mut errors = self.errors.clone();
        let Made {
            site,
            not_found,
            boards,
        } = self.build(day).unwrap_or_else(|found| {
            errors.get_or_insert_with(|| found.into());
            Made::default()
        });
        let changed = match (&before, &site) {
            (Some(before), Some(site)) => Changed::between(before, site),
            (Some(_), None) => Changed::Files(Vec::new()),
            (None, _) => Changed::All,
        };
        let view = Arc::new(View {
            generation: self.generation,
            day,
            today: self.day,
            site: site.or(before),
            not_found: not_found.or(not_found_before),
            errors,
            changed,
            period: boards.period().map(words::period),
            coming: self.coming(boards),
        });
        self.remember(&view);
        view
    }

    fn remember(&mut self, view: &Arc<View>) {
        if self.views.len() >= DAYS {
            let today = self.day;
            self.views.retain(|day, _| *day == today);
        }
        self.views.insert(view.day, Arc::clone(view));
    }

    /// The site of the last project that could be read, if there was one.
    fn build(&self, day: Day) -> Result<Made, Vec<Diagnostic>> {
        let Some(project) = &self.project else {
            return Ok(Made::default());
        };
        let boards = project.projects.at(day);
        let boards =
            boards.map_err(|error| vec![Diagnostic::error("too-many", error.to_string())])?;
        let content = project.content.clone();
        let built = site::build(content, &project.settings, &boards)?;
        let not_found = built
            .not_found
            .map(|page| String::from_utf8_lossy(&page).into());
        Ok(Made {
            site: Some(Arc::new(built.output)),
            not_found,
            boards,
        })
    }

    /// The next days on which the pages change.
    fn coming(&self, boards: Boards) -> Vec<(Day, String)> {
        let Some(project) = &self.project else {
            return Vec::new();
        };
        let mut before = boards;
        let next = || {
            let day = before.period()?.next_change?;
            let after = project.projects.at(day).ok()?;
            let brings = brought(&before, &after, day);
            before = after;
            Some((day, brings))
        };
        std::iter::from_fn(next).take(COMING).collect()
    }
}

/// What a day brings, with the names of the projects where there are several.
fn brought(before: &Boards, after: &Boards, day: Day) -> String {
    let is_alone = before.shown().count() == 1;
    let pairs = before.shown().zip(after.shown());
    let changed = pairs.filter(|(before, after)| before != after);
    let brings = changed.map(|(before, after)| {
        let words = Changes::between(before, after, day).in_words();
        let name = &after.board.project().name;
        if is_alone {
            words
        } else {
            format!("{name}: {words}")
        }
    });
    brings.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::{AtomicI32, Ordering};
    use std::sync::mpsc::channel;

    use super::*;

    #[expect(clippy::disallowed_methods, reason = "a test makes its own project")]
    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let schedule =
            "[project]\nname = \"X\"\n[[train]]\nversion = \"1\"\nrelease = 2026-12-20\n";
        let page = "# Home\n\n<!-- trainboard table -->\n";
        std::fs::create_dir(folder.path().join("content")).unwrap();
        std::fs::write(folder.path().join("schedule.toml"), schedule).unwrap();
        std::fs::write(folder.path().join("content/index.md"), page).unwrap();
        folder
    }

    fn eve() -> Day {
        "2026-12-19".parse().unwrap()
    }

    fn worker(root: &Path, today: impl Fn() -> Option<Day> + Send + 'static) -> BuildWorker {
        let sources = Sources::new(root.to_owned(), None);
        let watch = Watch::new(channel().0, false);
        let surroundings = Surroundings {
            today: Box::new(today),
            moves: Box::new(|| false),
        };
        BuildWorker::new(sources, watch, eve(), surroundings)
    }

    #[test]
    fn a_panic_is_told_and_the_work_goes_on() {
        let folder = project();
        let mut worker = worker(folder.path(), || panic!("no clock"));
        let (shown, views) = tokio::sync::watch::channel(worker.open());
        let (sender, jobs) = channel();
        sender.send(Job::Tick).unwrap();
        let (reply, answer) = tokio::sync::oneshot::channel();
        sender.send(Job::Visit(eve(), reply)).unwrap();
        drop(sender);
        worker.work(&jobs, &shown);
        let view = Arc::clone(&views.borrow());
        assert_eq!(
            view.errors.as_ref().unwrap().text(),
            "error: the build panicked: no clock; the next change begins another"
        );
        assert!(view.site.is_some());
        assert!(answer.blocking_recv().unwrap().errors.is_none());
    }

    #[test]
    fn a_day_that_begins_is_shown() {
        let folder = project();
        let number = Arc::new(AtomicI32::new(eve().number()));
        let clock = Arc::clone(&number);
        let today = move || Day::from_number(clock.load(Ordering::Relaxed));
        let mut worker = worker(folder.path(), today);
        let (shown, views) = tokio::sync::watch::channel(worker.open());
        worker.look_around(&shown);
        assert_eq!(views.borrow().generation, 1);
        number.fetch_add(1, Ordering::Relaxed);
        worker.look_around(&shown);
        let view = Arc::clone(&views.borrow());
        assert_eq!(
            (view.generation, view.today.to_string()),
            (2, "2026-12-20".to_owned())
        );
        let site = view.site.as_ref().unwrap();
        let page = String::from_utf8(site.get("index.html").unwrap().to_vec()).unwrap();
        assert!(page.contains("Supported"), "{page}");
    }
}
