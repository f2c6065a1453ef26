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
    /// The board of the window and that of all trains, and the days on which
    /// both are the same; each, unless it shows too many trains.
    pub(super) fn boards(&self) -> [Result<Board, TooMany>; 2] {
        let boards = self.snapshots();
        let period = self.period(&boards);
        let (limit, date) = (MAX_ROWS, self.today);
        boards.map(|board| {
            let board = board.ok_or(TooMany { limit, date })?;
            Ok(Board { period, ..board })
        })
    }

    fn snapshots(&self) -> [Option<Board>; 2] {
        [false, true].map(|whole| {
            let shown = self.shown(whole);
            (shown.len() <= MAX_ROWS).then(|| self.snapshot(&shown))
        })
    }

    /// The days on which all is the same that anything says: the board of the
    /// window, and that of all trains, from which feeds and pages of trains are
    /// made.
    fn period(&self, boards: &[Option<Board>; 2]) -> Period {
        let changes = &self.all.changes;
        let coming = changes.partition_point(|(day, _)| *day <= self.today);
        let (past, future) = changes.split_at(coming);
        let told = self.told(&self.shown(boards[1].is_some()));
        let is_told = |place: &usize| told.binary_search(place).is_ok();
        // A train that is told counts its own days. Of those of others, the
        // ones are looked at on which it may enter.
        let on = |today: Day| Self { today, ..*self };
        let differs = |day: Day| on(day).snapshots() != *boards;
        let moves = |day: Day, place: &usize| {
            let train = self.train(*place);
            let before = day.previous().filter(|_| train.skip.is_none())?;
            (on(before).standing(train) != on(day).standing(train)).then_some(before)
        };
        let begins = |(day, place): &&(Day, usize)| {
            is_told(place) || moves(*day, place).is_some_and(differs)
        };
        let brings = |(day, place): &&(Day, usize)| {
            is_told(place) || moves(*day, place).is_some() && differs(*day)
        };
        let period = Period {
            valid_from: past.iter().rev().find(begins).map(|(day, _)| *day),
            next_change: future.iter().find(brings).map(|(day, _)| *day),
        };
        // Where another train is supported, its own days begin a period.
        let supported = self.with(Status::Supported);
        let patches = supported.map(|n| self.train(n).patch_period(self.today));
        patches.fold(period, Period::and)
    }

    /// All that the board says that depends on the day: two days with equal
    /// snapshots belong to one period.
    fn snapshot(&self, shown: &[usize]) -> Board {
        let supported: Vec<_> = self.with(Status::Supported).collect();
        let mut newest = supported.iter().rev().copied();
        let lts = newest.clone().find(|n| self.is_lts(*n));
        let (current, previous) = (newest.next(), newest.next());
        let mut coming = self.trains_if(|train| !self.is_out(train));
        let next = coming.next();
        let further = coming.take(MAX_FURTHER as usize);
        let places = self.told(shown);
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
            skipped: self.skipped(shown),
            current: find(current),
            previous: find(previous),
            lts: find(lts),
            next: find(next),
            further: further.map(|n| Arc::clone(&self.all.trains[n])).collect(),
            milestones: Arc::clone(&self.parts.milestone_names),
            columns: Arc::clone(&self.parts.columns),
            order: self.parts.window.order,
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

    /// The places of the trains shown, and of those that a value or a sentence
    /// speaks of.
    fn told(&self, shown: &[usize]) -> Vec<usize> {
        let mut places = shown.to_vec();
        places.extend(self.with(Status::Supported));
        places.extend(self.with(Status::Extended));
        places.extend(self.trains_if(|train| !self.is_out(train)).next());
        places.sort_unstable();
        places.dedup();
        places
    }

    /// All that says which trains of the schedule are told, as far as it is
    /// said of this one. One that becomes due leaves those to come, and nothing
    /// else is different where a window shows neither.
    fn standing(&self, train: &Train) -> [bool; 3] {
        let is_due = train.is_due(self.today);
        let is_over = !is_due && train.is_over(self.today);
        [is_due && self.shows_plans(), is_over, self.is_out(train)]
    }

    /// Whether the window has a place for trains that are not out.
    fn shows_plans(&self) -> bool {
        let window = self.parts.window;
        let mut channels = self.parts.channels.iter();
        window.recent > 0 || window.upcoming > 0 || channels.any(|channel| channel.upcoming > 0)
    }

    /// Whether a train is out, or over since nobody knows when.
    fn is_out(&self, train: &Train) -> bool {
        let is_unknown = train.release.when().is_none();
        train.is_out(self.today) || is_unknown && train.is_over(self.today)
    }

    /// The places of the trains to show, ascending; for the `whole` board the
    /// window reaches back to the first train.
    pub(super) fn shown(&self, whole: bool) -> Vec<usize> {
        if whole {
            let mut reached = self.reached();
            reached.retain(|n| self.train(*n).skip.is_none());
            return reached;
        }
        self.beside_rolling(self.window())
    }

    /// The places of all trains up to the last of the window, ascending; those
    /// that never leave are among them.
    pub(super) fn reached(&self) -> Vec<usize> {
        let count = self.window().last().map_or(0, |last| last + 1);
        self.beside_rolling((0..count).collect())
    }

    fn beside_rolling(&self, mut places: Vec<usize>) -> Vec<usize> {
        let trains = self.all.trains.iter().enumerate();
        places.extend(trains.filter(|(_, train)| train.rolling).map(|(n, _)| n));
        places.sort_unstable();
        places.dedup();
        places
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
        let mut leaving = shown.iter().filter(|n| !self.train(**n).rolling);
        let Some(first) = leaving.next() else {
            return Vec::new();
        };
        let last = leaving.next_back().unwrap_or(first);
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
