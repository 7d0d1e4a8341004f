//! A bounded room, of which each holder has a share: whoever has most is refused first.

use std::{
    collections::{HashMap, hash_map},
    num::NonZeroU64,
};

use crate::ledger::Name;

/// A bounded amount of something, as entries or bytes.
pub(super) struct Room {
    most: usize,
    /// The share of what is free that one holder may have, as its divisor.
    share: usize,
    used: usize,
    /// The amount that each holder has.
    held: HashMap<u64, usize>,
}

/// A caller whose share something is part of, by a half of its name; none for what is nobody's.
#[derive(Clone, Copy)]
pub(super) struct Holder(Option<NonZeroU64>);

/// The reason for which there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// Nothing is free.
    Full,
    /// The holder has more than its share of what is free.
    Share,
}

impl Holder {
    pub(super) fn is_somebody(self) -> bool {
        self.0.is_some()
    }

    pub(super) fn of(name: Option<Name>) -> Self {
        let half = |name: Name| name.as_bytes().first_chunk().copied().map(u64::from_le_bytes);
        Self(name.and_then(half).and_then(NonZeroU64::new))
    }
}

impl Room {
    pub(super) fn new(most: usize, share: usize) -> Self {
        Self { most, share, used: 0, held: HashMap::new() }
    }

    /// Returns the reason for which a holder cannot have so much more. The share is one of what is free, so with each
    /// holder that takes much it shrinks for all, and however many there are, something is left.
    pub(super) fn refuses(&self, Holder(holder): Holder, more: usize) -> Option<Lack> {
        let free = self.most.saturating_sub(self.used);
        if more > free {
            return Some(Lack::Full);
        }
        let held = self.held.get(&holder?.get()).copied().unwrap_or_default();
        (more > 0 && held.saturating_add(more) > free / self.share).then_some(Lack::Share)
    }

    /// Charges an amount to a holder.
    pub(super) fn charge(&mut self, Holder(holder): Holder, amount: usize) {
        self.used += amount;
        if let Some(holder) = holder
            && amount > 0
        {
            *self.held.entry(holder.get()).or_default() += amount;
        }
    }

    /// Gives back what was charged to a holder.
    pub(super) fn free(&mut self, Holder(holder): Holder, amount: usize) {
        self.used -= amount;
        if let Some(holder) = holder
            && let hash_map::Entry::Occupied(mut held) = self.held.entry(holder.get())
        {
            *held.get_mut() -= amount;
            if *held.get() == 0 {
                held.remove();
            }
        }
    }

    #[cfg(test)]
    pub(super) fn used(&self) -> usize {
        self.used
    }

    #[cfg(test)]
    pub(super) fn holders(&self) -> usize {
        self.held.len()
    }
}
