//! The threads among which work is shared.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::failure::Failure;

/// Begins as many threads as there are processors, or as the system gives.
/// Where it gives none, the work is not shared.
pub(super) fn begin() -> Result<(), Failure> {
    let wanted = thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new();
    let pool = match given(wanted) {
        0 => pool.num_threads(1).use_current_thread(),
        all if all == wanted => pool,
        fewer => pool.num_threads(fewer),
    };
    pool.build_global().map_err(|error| {
        let title = format!("the threads to work with cannot be begun: {error}");
        Failure::Machine(title)
    })
}

/// An error where the system does not give so many threads beside those that
/// there are.
#[cfg(feature = "serve")]
pub(super) fn expect(needed: usize, what: &str) -> Result<(), Failure> {
    let given = given(needed);
    if given == needed {
        return Ok(());
    }
    let title = format!(
        "{what} needs {needed} threads of its own, and the system gives {given}: raise the limit (`ulimit -u`)"
    );
    Err(Failure::Machine(title))
}

/// How many of so many threads there can be at once. The pool itself can be
/// begun only once, and says only that it failed.
fn given(wanted: usize) -> usize {
    let gate = Arc::new(Mutex::new(()));
    let closed = gate.lock().unwrap_or_else(PoisonError::into_inner);
    let begun: Vec<_> = (0..wanted).map_while(|_| waiting_at(&gate)).collect();
    drop(closed);
    begun
        .into_iter()
        .filter_map(|thread| thread.join().ok())
        .count()
}

fn waiting_at(gate: &Arc<Mutex<()>>) -> Option<JoinHandle<()>> {
    let gate = Arc::clone(gate);
    let wait = move || drop(gate.lock());
    thread::Builder::new().spawn(wait).ok()
}
