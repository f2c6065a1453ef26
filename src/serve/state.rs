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
    jobs: Sender<Job>,
    views: watch::Receiver<Arc<View>>,
    hosts: Arc<Hosts>,
}

impl Preview {
    pub(super) fn new(jobs: Sender<Job>, views: watch::Receiver<Arc<View>>, hosts: Hosts) -> Self {
        let hosts = Arc::new(hosts);
        Self { jobs, views, hosts }
    }

    /// By which names it may be asked for.
    pub(super) fn hosts(&self) -> &Hosts {
        &self.hosts
    }

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

    /// Tells of every change from now on.
    pub(super) fn changes(&self) -> watch::Receiver<Arc<View>> {
        self.views.clone()
    }
}
