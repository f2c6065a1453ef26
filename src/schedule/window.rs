//! Which trains a board shows, and where they stand.

use std::sync::Arc;

use super::all_trains::AllTrains;
use super::board::{Board, Row, Skipped};
use super::day::Day;
use super::period::Period;
use super::train::{Status, Train};
use super::{MAX_FURTHER, MAX_ROWS, Parts, TooMany};

/// All trains of a schedule, as they stand on one day.
pub(super) struct TrainsOnDay<'a> {
    pub(super) parts: &'a Parts,
    pub(super) all: &'a AllTrains,
    pub(super) today: Day,
}

impl<'a> TrainsOnDay<'a> {
    /// The board of that day, and the days on which it is the same.
    pub(super) fn board(&self, whole: bool) -> Result<Board, TooMany> {
        let mut board = self.snapshot(whole);
        if board.trains().count() > MAX_ROWS {
            return Err(TooMany {
                limit: MAX_ROWS,
                date: self.today,
            });
        }
        board.period = self.period();
        Ok(board)
    }

    /// The days on which all is the same that anything says: the board of the
    /// window, and that of all trains, from which feeds and pages of trains are
    /// made.
    fn period(&self) -> Period {
        let days = &self.all.changes;
        let (past, future) = days.split_at(days.partition_point(|day| *day <= self.today));
        let both = |on_day: &Self| [false, true].map(|whole| on_day.snapshot(whole));
        let boards = both(self);
        let differs = |today: Day| both(&Self { today, ..*self }) != boards;
        let begins = |day: &&Day| day.previous().is_some_and(differs);
        let period = Period {
            valid_from: past.iter().rev().find(begins).copied(),
            next_change: future.iter().find(|day| differs(**day)).copied(),
        };
        // Where another train is supported, its own days begin a period.
        let supported = self.with(Status::Supported);
        let patches = supported.map(|n| self.train(n).patch_period(self.today));
        patches.fold(period, Period::and)
    }

    /// All that the board says that depends on the day: two days with equal
    /// snapshots belong to one period.
    fn snapshot(&self, whole: bool) -> Board {
        let shown = self.shown(whole);
        let supported: Vec<_> = self.with(Status::Supported).collect();
        let mut newest = supported.iter().rev().copied();
        let lts = newest.clone().find(|n| self.is_lts(*n));
        let (current, previous) = (newest.next(), newest.next());
        let mut coming = self.trains_if(|train| !self.is_out(train));
        let next = coming.next();
        let further = coming.take(MAX_FURTHER as usize);
        let mut places = shown.clone();
        places.extend(supported.iter().copied().chain(next));
        places.extend(self.with(Status::Extended));
        places.sort_unstable();
        places.dedup();
        let row = |n: &usize| self.row(*n, shown.binary_search(n).is_ok());
        let rows: Vec<_> = places.iter().map(row).collect();
        let find = |place: Option<usize>| places.binary_search(&place?).ok();
        Board {
            project: Arc::clone(&self.parts.project),
            period: Period::default(),
            has_facts: self.parts.has_facts,
            has_branches: rows
                .iter()
                .any(|row| row.shown && row.branch.when().is_some()),
            skipped: self.skipped(&shown),
            current: find(current),
            previous: find(previous),
            lts: find(lts),
            next: find(next),
            further: further.map(|n| Arc::clone(&self.all.trains[n])).collect(),
            milestones: Arc::clone(&self.parts.milestone_names),
            rows,
        }
    }

    /// The places of the trains for which something holds, by release day.
    fn trains_if(
        &self,
        holds: impl Fn(&Train) -> bool + Clone,
    ) -> impl DoubleEndedIterator<Item = usize> + Clone {
        let places = self.all.by_release.iter().copied();
        places.filter(move |n| holds(self.train(*n)))
    }

    fn with(&self, status: Status) -> impl DoubleEndedIterator<Item = usize> {
        self.trains_if(move |train| train.status(self.today) == status)
    }

    /// Whether a train is out, or over since nobody knows when.
    fn is_out(&self, train: &Train) -> bool {
        let is_unknown = train.release.when().is_none();
        train.is_out(self.today) || is_unknown && train.is_over(self.today)
    }

    /// The places of the trains to show, ascending; for the `whole` board the
    /// window reaches back to the first train.
    pub(super) fn shown(&self, whole: bool) -> Vec<usize> {
        let shown = self.window();
        match shown.last() {
            Some(last) if whole => (0..=*last)
                .filter(|n| self.train(*n).skip.is_none())
                .collect(),
            _ => shown,
        }
    }

    fn window(&self) -> Vec<usize> {
        let (window, today) = (self.parts.window, self.today);
        let newest = window.recent as usize;
        let recent = self.trains_if(|train| self.is_out(train)).rev();
        let due = self.with(Status::Due).rev();
        let coming = self.trains_if(|train| {
            !self.is_out(train) && !train.is_due(today) && !train.is_over(today)
        });
        let upcoming = coming.clone().take(window.upcoming as usize);
        let supported = self
            .with(Status::Supported)
            .chain(self.with(Status::Extended));
        let supported = supported.filter(|_| window.supported);
        let of_channels = self.parts.channels.iter().flat_map(|channel| {
            let fits = |n: &usize| self.train(*n).channel.as_ref() == Some(&channel.name);
            coming.clone().filter(fits).take(channel.upcoming as usize)
        });
        let mut shown: Vec<_> = recent
            .take(newest)
            .chain(due.take(newest))
            .chain(upcoming)
            .chain(supported)
            .chain(of_channels)
            .collect();
        shown.sort_unstable();
        shown.dedup();
        shown
    }

    /// The trains that never leave, between the first and the last shown.
    fn skipped(&self, shown: &[usize]) -> Vec<Skipped> {
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return Vec::new();
        };
        let skip = |train: &Arc<Train>| {
            Some(Skipped {
                label: Arc::clone(&train.label),
                reason: train.skip.clone()?,
                link: train.link.clone(),
            })
        };
        self.all.trains[*first..=*last]
            .iter()
            .filter_map(skip)
            .collect()
    }

    fn train(&self, place: usize) -> &'a Train {
        &self.all.trains[place]
    }

    fn is_lts(&self, place: usize) -> bool {
        let train = self.train(place);
        train.is_lts_in(train.phase(self.today))
    }

    pub(super) fn row(&self, place: usize, shown: bool) -> Row {
        let train = Arc::clone(&self.all.trains[place]);
        Row::on(self.today, train, shown, self.parts.has_facts)
    }
}
