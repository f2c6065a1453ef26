//! Versions of numbers, one of which grows from train to train.

use std::cmp::Ordering;

use super::draft::Bump;
use super::version::Version;

/// The numbers of the first train, and which of them grows.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// As they are written.
    parts: Vec<String>,
    bumped: usize,
    first: u32,
}

impl Numbers {
    /// The numbers of an anchor.
    ///
    /// # Errors
    ///
    /// Why its version does not do.
    pub(super) fn new(anchor: &Version, bump: Bump) -> Result<Self, String> {
        let bumped = usize::from(bump == Bump::Minor);
        let parts = anchor.as_str().split('.');
        let numbers: Option<Vec<_>> = parts.clone().map(plain_number).collect();
        let numbers = numbers.ok_or_else(|| {
            format!("the anchor's version `{anchor}` is not numbers parted by dots")
        })?;
        let first = numbers.get(bumped).copied().ok_or_else(|| {
            format!("the anchor's version `{anchor}` has no minor number to grow")
        })?;
        let parts = parts.map(str::to_owned).collect();
        Ok(Self {
            parts,
            bumped,
            first,
        })
    }

    /// Whether there is still a number for the train at that place.
    pub(super) fn reach(&self, offset: u32) -> bool {
        self.first.checked_add(offset).is_some()
    }

    /// The version of the train at that place. The first is written as the
    /// anchor is, zeros before its numbers and all.
    pub(super) fn version(&self, offset: u32) -> Option<Version> {
        let grown = match offset {
            0 => self.parts[self.bumped].clone(),
            _ => self.first.checked_add(offset)?.to_string(),
        };
        let parts = self.parts.iter().enumerate();
        let parts = parts.map(|(n, part)| match n.cmp(&self.bumped) {
            Ordering::Less => part.clone(),
            Ordering::Equal => grown.clone(),
            Ordering::Greater => "0".repeat(part.len()),
        });
        parts.collect::<Vec<_>>().join(".").parse().ok()
    }

    /// The place of the train that `version` names or rides on: equal up to the
    /// number that grows.
    pub(super) fn offset_of(&self, version: &Version) -> Option<u32> {
        let mut components = version.components();
        for part in &self.parts[..self.bumped] {
            if plain_number(components.next()?)? != plain_number(part)? {
                return None;
            }
        }
        plain_number(components.next()?)?.checked_sub(self.first)
    }

    /// Whether nothing but zeros follows the number that grows, so that a train
    /// is named and no release on it.
    pub(super) fn is_of_train(&self, version: &Version) -> bool {
        let mut rest = version.components().skip(self.bumped + 1);
        rest.all(|part| plain_number(part) == Some(0))
    }

    /// The number of a version that grows here, by which channels take trains.
    /// Zero counts as one for the first number only: 7.0 follows 6.19.
    pub(super) fn number_of(&self, version: &Version) -> Option<u32> {
        let number = version.number(self.bumped)?;
        (number > 0 || self.bumped == 0).then_some(number)
    }

    /// The first version and the one that follows it, if a zero before the
    /// number that grows is lost from one to the other.
    pub(super) fn lost_zero(&self) -> Option<[Version; 2]> {
        let part = &self.parts[self.bumped];
        let is_padded = part.len() > 1 && part.starts_with('0');
        let next = self.version(1).filter(|_| is_padded)?;
        Some([self.version(0)?, next])
    }
}

fn plain_number(part: &str) -> Option<u32> {
    let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| part.parse().ok())?
}
