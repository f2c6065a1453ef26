//! What the build worker is asked to do.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::view::View;
use crate::schedule::Day;

/// What there is to do.
pub(super) enum Job {
    /// Files may have changed, among them these.
    Changed(Vec<PathBuf>),
    /// Time goes by.
    Tick,
    /// Somebody wants to see a day.
    Visit(Day, oneshot::Sender<Arc<View>>),
}
