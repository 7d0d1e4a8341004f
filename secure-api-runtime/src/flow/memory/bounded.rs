//! A bounded number of entries, each of which is charged to a caller and ends by itself.

use std::collections::{HashMap, hash_map};

use crate::{expiring::Expiring, fingerprint::Fingerprint, flow::store::Undecided};

/// One caller has at most one in so many of all places, so that nobody fills it alone. It is enough for 45 new
/// keys a minute all day.
const SHARE: usize = 4;

/// The interval of sweeps that evict expired entries.
const SWEEP_NANOS: u64 = 60_000_000_000;

const FULL: Undecided = Undecided("there is no room for another one");

/// The capacity of the memory.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) entries: usize,
    pub(super) bytes: usize,
}

/// A bounded number of entries that end by themselves, none of which is driven out by another.
pub(super) struct Bounded<V> {
    room: Room,
    pub(super) entries: Expiring<Fingerprint, Owned<V>>,
    pub(super) used: Used,
    pub(super) callers: HashMap<Fingerprint, Used>,
}

/// An entry, and the caller whose share it is part of.
pub(super) struct Owned<V> {
    caller: Fingerprint,
    bytes: usize,
    value: V,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Used {
    entries: usize,
    pub(super) bytes: usize,
}

impl<V> Bounded<V> {
    pub(super) fn new(room: Room) -> Self {
        let entries = Expiring::new(SWEEP_NANOS);
        Self { room, entries, used: Used::default(), callers: HashMap::new() }
    }

    /// Returns the entry of a key, unless it has expired.
    pub(super) fn get(&mut self, key: &Fingerprint, now: u64) -> Option<&mut V> {
        self.entries.get(key, now)?;
        self.get_mut(key)
    }

    /// Returns the entry of a key.
    pub(super) fn get_mut(&mut self, key: &Fingerprint) -> Option<&mut V> {
        self.entries.get_mut(key).map(|owned| &mut owned.value)
    }

    pub(super) fn has_room(&mut self, caller: Fingerprint, now: u64) -> bool {
        let share = self.room.entries / SHARE;
        let fits = |all: &Self| {
            let own = all.callers.get(&caller).map_or(0, |used| used.entries);
            all.used.entries < all.room.entries && own < share
        };
        if self.entries.is_due(now, !fits(self)) {
            let Self { entries, used, callers, .. } = self;
            entries.sweep(now, |owned| release(used, callers, owned));
        }
        fits(self)
    }

    /// Puts it in, in the place of what was there before.
    pub(super) fn insert(
        &mut self,
        key: Fingerprint,
        caller: Fingerprint,
        value: V,
        now: u64,
        until: u64,
    ) -> Result<(), Undecided> {
        self.remove_if(&key, |_| true);
        if !self.has_room(caller, now) {
            return Err(FULL);
        }
        self.entries.insert(key, until, Owned { caller, bytes: 0, value });
        self.used.entries += 1;
        self.callers.entry(caller).or_default().entries += 1;
        Ok(())
    }

    /// Charges bytes to an entry, unless they are more than there is room for.
    pub(super) fn grow(&mut self, key: &Fingerprint, bytes: usize) -> bool {
        let Some(owned) = self.entries.get_mut(key) else { return false };
        let Some(own) = self.callers.get_mut(&owned.caller) else { return false };
        let fits = self.used.bytes.saturating_add(bytes) <= self.room.bytes
            && own.bytes.saturating_add(bytes) <= self.room.bytes / SHARE;
        if fits {
            owned.bytes += bytes;
            own.bytes += bytes;
            self.used.bytes += bytes;
        }
        fits
    }

    pub(super) fn remove_if(&mut self, key: &Fingerprint, fits: impl FnOnce(&V) -> bool) {
        if let Some(owned) = self.entries.remove_if(*key, |owned| fits(&owned.value)) {
            release(&mut self.used, &mut self.callers, &owned);
        }
    }
}

fn release<V>(used: &mut Used, callers: &mut HashMap<Fingerprint, Used>, owned: &Owned<V>) {
    used.entries -= 1;
    used.bytes -= owned.bytes;
    if let hash_map::Entry::Occupied(mut own) = callers.entry(owned.caller) {
        own.get_mut().entries -= 1;
        own.get_mut().bytes -= owned.bytes;
        if own.get().entries == 0 {
            own.remove();
        }
    }
}
