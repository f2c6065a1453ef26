//! `trainboard serve`

use std::env;
use std::path::PathBuf;

use super::args::ServeArgs;
use super::clock;
use super::failure::Failure;
use super::threads;
use crate::report;
use crate::serve::{self, Options, Surroundings};

/// Follows the project's folder by its name.
fn moves() -> Result<impl Fn() -> bool, Failure> {
    let unknown = |error| Failure::Machine(format!("the current folder is not known: {error}"));
    let folder = env::current_dir().map_err(unknown)?;
    Ok(move || {
        let is_there = env::current_dir().is_ok_and(|current| current == folder);
        !is_there && env::set_current_dir(&folder).is_ok()
    })
}

pub(super) fn run(args: &ServeArgs) -> Result<(), Failure> {
    let asked = args.board.date;
    let day = clock::today(asked)?;
    threads::expect(serve::THREADS, "the preview")?;
    if let Some(host) = &args.host {
        report::warning(&format!(
            "with `--host {host}`, others than you may see the preview"
        ));
    }
    let open = args.open;
    let options = Options {
        root: PathBuf::from("."),
        schedule: args.board.schedule.clone(),
        day,
        surroundings: Surroundings {
            today: Box::new(move || clock::still_today(asked)),
            moves: Box::new(moves()?),
        },
        host: args.host.clone(),
        port: args.port,
        poll: args.poll,
        ready: Box::new(move |address| {
            if open && let Err(error) = open::that_detached(address) {
                report::warning(&format!("no browser could be opened: {error}"));
            }
        }),
    };
    serve::run(options).map_err(Failure::Machine)
}
