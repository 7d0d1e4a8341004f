//! A bounded number of entries, each of which is charged to a caller and ends by itself.

use std::collections::{HashMap, hash_map};

use crate::{fingerprint::Fingerprint, flow::store::Undecided};

/// One caller has at most one in so many of all places, so that nobody fills it alone. It is enough for 45 new
/// keys a minute all day.
const SHARE: usize = 4;

/// The interval of sweeps that evict expired entries, and the shorter one while there is no room.
const SWEEP_NANOS: u64 = 60_000_000_000;
const EARLY_SWEEP_NANOS: u64 = 1_000_000_000;

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
    pub(super) entries: HashMap<Fingerprint, Expiring<V>>,
    pub(super) used: Used,
    pub(super) callers: HashMap<Fingerprint, Used>,
    swept_at: u64,
}

pub(super) struct Expiring<V> {
    caller: Fingerprint,
    until: u64,
    bytes: usize,
    pub(super) value: V,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Used {
    entries: usize,
    pub(super) bytes: usize,
}

impl<V> Bounded<V> {
    pub(super) fn new(room: Room) -> Self {
        Self {
            room,
            entries: HashMap::new(),
            used: Used::default(),
            callers: HashMap::new(),
            swept_at: 0,
        }
    }

    /// Returns the entry of a key, unless it has expired.
    pub(super) fn get(&mut self, key: &Fingerprint, now: u64) -> Option<&mut V> {
        let entry = self.entries.get_mut(key).filter(|entry| now < entry.until)?;
        Some(&mut entry.value)
    }

    pub(super) fn has_room(&mut self, caller: Fingerprint, now: u64) -> bool {
        let share = self.room.entries / SHARE;
        let fits = |all: &Self| {
            let own = all.callers.get(&caller).map_or(0, |used| used.entries);
            all.used.entries < all.room.entries && own < share
        };
        let since = now.saturating_sub(self.swept_at);
        if since >= SWEEP_NANOS || (since >= EARLY_SWEEP_NANOS && !fits(self)) {
            self.sweep(now);
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
        self.entries.insert(key, Expiring { caller, until, bytes: 0, value });
        self.used.entries += 1;
        self.callers.entry(caller).or_default().entries += 1;
        Ok(())
    }

    /// Charges bytes to an entry, unless they are more than there is room for.
    pub(super) fn grow(&mut self, key: &Fingerprint, bytes: usize) -> bool {
        let Some(entry) = self.entries.get_mut(key) else { return false };
        let Some(own) = self.callers.get_mut(&entry.caller) else { return false };
        let fits = self.used.bytes.saturating_add(bytes) <= self.room.bytes
            && own.bytes.saturating_add(bytes) <= self.room.bytes / SHARE;
        if fits {
            entry.bytes += bytes;
            own.bytes += bytes;
            self.used.bytes += bytes;
        }
        fits
    }

    pub(super) fn remove_if(&mut self, key: &Fingerprint, fits: impl FnOnce(&V) -> bool) {
        if let hash_map::Entry::Occupied(entry) = self.entries.entry(*key)
            && fits(&entry.get().value)
        {
            let entry = entry.remove();
            release(&mut self.used, &mut self.callers, &entry);
        }
    }

    fn sweep(&mut self, now: u64) {
        self.swept_at = now;
        let Self { entries, used, callers, .. } = self;
        entries.retain(|_, entry| {
            let stays = now < entry.until;
            if !stays {
                release(used, callers, entry);
            }
            stays
        });
        if entries.len() < entries.capacity() / 4 {
            entries.shrink_to(entries.len() * 2);
        }
    }
}

fn release<V>(used: &mut Used, callers: &mut HashMap<Fingerprint, Used>, entry: &Expiring<V>) {
    used.entries -= 1;
    used.bytes -= entry.bytes;
    if let hash_map::Entry::Occupied(mut own) = callers.entry(entry.caller) {
        own.get_mut().entries -= 1;
        own.get_mut().bytes -= entry.bytes;
        if own.get().entries == 0 {
            own.remove();
        }
    }
}
