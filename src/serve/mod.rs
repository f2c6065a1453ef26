//! The live preview: a project's site from memory, built again whenever one
//! of its files changes, on any day.
//!
//! A thread of its own builds (`build_worker`); files are watched (`watch`);
//! requests are understood before they are answered (`request`, `answer`).
//! What the preview adds to a page stands around it, in a wrapper: the page
//! itself is, byte for byte, what a build writes.

mod answer;
mod build_errors;
mod build_worker;
mod connection_limit;
mod console;
mod job;
mod listen;
mod request;
mod sources;
mod state;
mod view;
mod watch;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::watch as channel;

use crate::report;
use crate::schedule::Day;

use build_worker::BuildWorker;
use job::Job;
use request::Hosts;
use sources::Sources;
use state::Preview;

/// How often it is looked whether a new day has begun, or another folder has
/// taken the place of the project's.
const TICK: Duration = Duration::from_secs(1);

/// How many threads it begins: one builds, one ticks, and two watch files, which
/// panic where they cannot be begun.
pub const THREADS: usize = 4;

/// What to preview, and where.
pub struct Options {
    /// The project's folder.
    pub root: PathBuf,
    /// The schedule, when it is not that of the settings.
    pub schedule: Option<PathBuf>,
    /// The day that boards are made for.
    pub day: Day,
    /// What may change under the preview.
    pub surroundings: Surroundings,
    /// The address to listen at; this machine alone when there is none.
    pub host: Option<String>,
    /// The first port to try.
    pub port: u16,
    /// Whether to look at files every so often, where there are no events.
    pub poll: bool,
    /// What to do with the address when the preview is ready.
    pub ready: Box<dyn FnOnce(&str)>,
}

/// What changes by itself, and is asked again and again.
pub struct Surroundings {
    /// The day, since days pass; none while nobody knows.
    pub today: Box<dyn Fn() -> Option<Day> + Send>,
    /// Goes into the folder that has taken the place of the project's, if one
    /// has; whether it did.
    pub moves: Box<dyn Fn() -> bool + Send>,
}

/// Serves the preview until it is interrupted.
///
/// # Errors
///
/// Why it cannot listen, in words.
pub fn run(options: Options) -> Result<(), String> {
    let listeners = listen::bind(options.host.as_deref(), options.port)?;
    let address = listen::address(options.host.as_deref(), &listeners);
    let (sender, jobs) = mpsc::channel();
    let sources = Sources::new(options.root, options.schedule);
    let watch = watch::Watch::new(sender.clone(), options.poll);
    let mut worker = BuildWorker::new(sources, watch, options.day, options.surroundings);
    let (shown, views) = channel::channel(worker.open());
    spawn(move || worker.work(&jobs, &shown))?;
    let ticks = sender.clone();
    spawn(move || {
        while ticks.send(Job::Tick).is_ok() {
            thread::sleep(TICK);
        }
    })?;
    report::note(&format!("preview at {address} (Ctrl-C ends it)"));
    (options.ready)(&address);
    let preview = Preview {
        jobs: sender,
        views,
        hosts: Arc::new(Hosts::new(options.host.as_deref())),
    };
    listen::serve(listeners, &preview)
}

/// Begins a thread.
fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let begun = thread::Builder::new().spawn(work);
    let told = |error| format!("the preview needs a thread, and the system gives none: {error}");
    begun.map(drop).map_err(told)
}
