//! Reading by one form to see if it fits, before another one is tried.

use super::{Decoding, MOST_TOLD, References};
use crate::input::Node;

/// The most values that are read in vain. One form inside of another could be tried again for each form around it.
const MOST_IN_VAIN: usize = 200_000;

impl Decoding {
    /// Reads a value by one form. `Some(None)` comes back where it does not fit: then nothing is noted of it. `None`
    /// comes back where too much was tried, which is a mistake.
    ///
    /// A form fits, too, where only its sender may not say what it says: nothing else is read in the place of what is
    /// forbidden.
    pub(in crate::input) fn attempt<'b, T>(
        &mut self,
        node: &Node<'b>,
        read: impl FnOnce(Node<'b>, &mut Self) -> Option<T>,
    ) -> Option<Option<Option<T>>> {
        if self.in_vain > MOST_IN_VAIN {
            self.refuse("size", "too many forms fit a part of this");
            return None;
        }
        let (told, denied) = (std::mem::take(&mut self.mistakes), self.denied.take());
        let wanted = self.references.part();
        let made = read(node.clone(), self);
        let fits = self.mistakes.iter().all(|one| matches!(one.code, "reference" | "role"));
        let tried = std::mem::replace(&mut self.mistakes, told);
        self.denied = denied.or(self.denied.filter(|_| fits));
        self.references.join(wanted, fits);
        if !fits {
            self.in_vain += values(node);
            return Some(None);
        }
        let room = MOST_TOLD.saturating_sub(self.mistakes.len());
        self.mistakes.extend(tried.into_iter().take(room));
        Some(Some(made))
    }
}

impl References {
    /// Takes the keys that are wanted so far.
    fn part(&mut self) -> Option<Self> {
        match self {
            Self::Wanted(_) => Some(std::mem::replace(self, Self::Wanted(Default::default()))),
            Self::Refused | Self::Found(_) => None,
        }
    }

    /// Puts them back, with those that came since where they are kept.
    fn join(&mut self, before: Option<Self>, kept: bool) {
        let Some(Self::Wanted(mut all)) = before else { return };
        if let (Self::Wanted(since), true) = (&mut *self, kept) {
            all.append(since);
        }
        *self = Self::Wanted(all);
    }
}

/// Returns the number of values in a value, itself included.
fn values(node: &Node<'_>) -> usize {
    1 + match node {
        Node::List(items) => items.iter().map(values).sum(),
        Node::Object(members) => members.iter().map(|(_, value)| values(value)).sum(),
        _ => 0,
    }
}
