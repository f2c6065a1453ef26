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

    /// What it shows on that day, or today.
    pub(super) async fn view(&self, day: Option<Day>) -> Arc<View> {
        let today = Arc::clone(&self.views.borrow());
        let Some(day) = day else { return today };
        let (reply, answer) = oneshot::channel();
        if self.jobs.send(Job::Visit(day, reply)).is_err() {
            return today;
        }
        answer.await.unwrap_or(today)
    }

    /// Tells of every change from now on.
    pub(super) fn changes(&self) -> watch::Receiver<Arc<View>> {
        self.views.clone()
    }
}
