//! Which channel a train is of.

use super::Parts;
use super::cadence::Rule;
use super::draft::{Channel, Count};
use super::lookup::Slot;
use super::version::Version;

impl Channel {
    /// Whether `every` counts trains, of which the one at that place in the
    /// cadence is one: a calendar gives them no numbers.
    pub(super) fn counts_trains(&self, rule: Option<&Rule>, index: Option<u32>) -> bool {
        self.count == Some(Count::From) || rule.is_some_and(|rule| rule.numbers(index).is_none())
    }

    /// Where in the cadence it begins to count.
    pub(super) fn counts_from(&self, rule: Option<&Rule>) -> u32 {
        let from = rule.zip(self.from.as_ref());
        from.map_or(0, |(rule, from)| rule.first_from(from))
    }
}

impl Parts {
    pub(super) fn channel(&self, slot: Slot, version: &Version) -> Option<&Channel> {
        let place = self.channel_place(slot, version)?;
        Some(&self.channels[place])
    }

    /// The place of a train's channel among the channels.
    pub(super) fn channel_place(&self, slot: Slot, version: &Version) -> Option<usize> {
        let named = slot.entry.and_then(|n| self.entries[n].channel.as_ref());
        if let Some(name) = named {
            let mut channels = self.channels.iter();
            return channels.position(|channel| channel.name == *name);
        }
        let mut places = 0..self.channels.len();
        places.find(|place| self.takes(*place, slot, version))
    }

    fn takes(&self, place: usize, slot: Slot, version: &Version) -> bool {
        let channel = &self.channels[place];
        let is_counted = |every| {
            let count = self.counted(place, slot, version);
            count.is_some_and(|count| count % every == 0)
        };
        let from = channel.from.as_ref();
        from.is_none_or(|from| version.reaches(from)) && channel.every.is_none_or(is_counted)
    }

    /// What `every` of a channel divides: the number of a train, or how far it
    /// is from the train that counting begins with.
    fn counted(&self, place: usize, slot: Slot, version: &Version) -> Option<u32> {
        let channel = &self.channels[place];
        let counts = channel.counts_trains(self.rule.as_ref(), slot.index);
        match slot.index {
            Some(index) if counts => index.checked_sub(self.counting_from[place]),
            None if counts => {
                let from = self.number(slot.index, channel.from.as_ref()?)?;
                self.number(slot.index, version)?.checked_sub(from)
            }
            _ => self.number(slot.index, version),
        }
    }

    /// The number of a version by which channels take trains, as the cadence
    /// has it at that place, else its last one. A calendar has none.
    pub(super) fn number(&self, index: Option<u32>, version: &Version) -> Option<u32> {
        match &self.rule {
            Some(rule) => rule.numbers(index)?.number_of(version),
            None => version.number(0),
        }
    }
}
