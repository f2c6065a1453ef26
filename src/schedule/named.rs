//! Values that a file gives names of its own.

use super::id::Id;

/// Values by their ids, in the order of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T>(pub Vec<(Id, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Named<T> {
    /// The value of that id.
    pub fn get(&self, id: &str) -> Option<&T> {
        let named = self.0.iter().find(|(known, _)| **known == *id);
        named.map(|(_, value)| value)
    }
}
