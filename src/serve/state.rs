//! What requests are answered from.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use tokio::sync::{oneshot, watch};

use super::job::Job;
use super::request::Hosts;
use super::view::View;
use crate::schedule::Day;

/// The preview as requests see it.
#[derive(Clone)]
pub(super) struct Preview {
    pub(super) jobs: Sender<Job>,
    /// The view of today, after every change of it.
    pub(super) views: watch::Receiver<Arc<View>>,
    /// The names that the preview may be asked for by.
    pub(super) hosts: Arc<Hosts>,
}

impl Preview {
    /// What it shows on that day, or today; none for a day that could not be
    /// built.
    pub(super) async fn view(&self, day: Option<Day>) -> Option<Arc<View>> {
        let Some(day) = day else {
            return Some(Arc::clone(&self.views.borrow()));
        };
        let (reply, answer) = oneshot::channel();
        self.jobs.send(Job::Visit(day, reply)).ok()?;
        answer.await.ok()
    }
}
