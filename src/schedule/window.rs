//! What a board says on a day: which trains it shows and where they stand.

use super::Parts;
use super::day::Day;
use super::roster::Roster;
use super::train::{Status, Train};

/// All that a board says that depends on the day. Two days with the same view
/// belong to the same period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glimpse {
    /// Ascending by place in the roster.
    pub(super) seen: Vec<Seen>,
    pub(super) current: Option<usize>,
    pub(super) previous: Option<usize>,
    pub(super) lts: Option<usize>,
    pub(super) next: Option<usize>,
}

/// One train on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Its place in the roster.
    pub(super) place: usize,
    pub(super) status: Status,
    pub(super) phase: Option<usize>,
    pub(super) latest: Option<usize>,
    pub(super) is_branched: bool,
    /// Whether it is in the window, not only a value.
    pub(super) shown: bool,
}

impl Glimpse {
    /// What the board of `today` says. With `all`, its window reaches back to
    /// the first train.
    pub(super) fn of(parts: &Parts, roster: &Roster, today: Day, all: bool) -> Self {
        let sight = Sight {
            parts,
            roster,
            today,
        };
        let (out, coming) = sight.split();
        let mut shown = sight.window(out, coming);
        if let (true, Some(last)) = (all, shown.last().copied()) {
            shown = (0..=last)
                .filter(|n| roster.trains[*n].skip.is_none())
                .collect();
        }
        let supported: Vec<_> = out
            .iter()
            .copied()
            .filter(|n| sight.is_supported(*n))
            .collect();
        let newest = supported.iter().rev();
        let lts = newest.clone().find(|n| sight.is_lts(**n)).copied();
        let current = newest.clone().next().copied();
        let previous = newest.clone().nth(1).copied();
        let next = coming.first().copied();
        let mut places = shown.clone();
        places.extend(supported.iter().copied().chain(next));
        places.sort_unstable();
        places.dedup();
        let seen = places
            .into_iter()
            .map(|n| sight.seen(n, shown.binary_search(&n).is_ok()));
        Self {
            seen: seen.collect(),
            current,
            previous,
            lts,
            next,
        }
    }
}

struct Sight<'a> {
    parts: &'a Parts,
    roster: &'a Roster,
    today: Day,
}

impl<'a> Sight<'a> {
    fn train(&self, place: usize) -> &'a Train {
        &self.roster.trains[place]
    }

    /// The trains that are out, and those that are not, by release day.
    fn split(&self) -> (&'a [usize], &'a [usize]) {
        let order = &self.roster.by_release;
        let out = order.partition_point(|n| {
            let train = self.train(*n);
            train.is_out(self.today) || train.release.day().is_none() && train.is_over(self.today)
        });
        order.split_at(out)
    }

    /// The places of the trains to show, ascending.
    fn window(&self, out: &[usize], coming: &[usize]) -> Vec<usize> {
        let window = self.parts.window;
        let recent = out.iter().rev().take(window.recent as usize);
        let coming = coming
            .iter()
            .filter(|n| !self.train(**n).is_over(self.today));
        let upcoming = coming.clone().take(window.upcoming as usize);
        let supported = out
            .iter()
            .filter(|n| window.supported && self.is_supported(**n));
        let of_channels = self.parts.channels.iter().flat_map(|channel| {
            let fits = |n: &&usize| self.train(**n).channel.as_ref() == Some(&channel.name);
            coming.clone().filter(fits).take(channel.upcoming as usize)
        });
        let mut shown: Vec<_> = recent
            .chain(upcoming)
            .chain(supported)
            .chain(of_channels)
            .copied()
            .collect();
        shown.sort_unstable();
        shown.dedup();
        shown
    }

    fn is_supported(&self, place: usize) -> bool {
        self.train(place).status(self.today) == Status::Supported
    }

    fn is_lts(&self, place: usize) -> bool {
        let train = self.train(place);
        train.is_lts_in(train.phase(self.today))
    }

    fn seen(&self, place: usize, shown: bool) -> Seen {
        Seen::of(place, self.train(place), self.today, shown)
    }
}

impl Seen {
    pub(super) fn of(place: usize, train: &Train, today: Day, shown: bool) -> Self {
        Self {
            place,
            status: train.status(today),
            phase: train.phase(today),
            latest: train.latest(today),
            is_branched: train.branch.is_past(today),
            shown,
        }
    }
}
