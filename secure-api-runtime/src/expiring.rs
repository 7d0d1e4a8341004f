//! Entries that end by themselves: the map in which limits, steps, keys and revocations are remembered.

use std::{
    collections::{HashMap, hash_map},
    hash::{BuildHasher, Hash, RandomState},
};

/// A map whose entries end at a time of their own, and are evicted by a sweep some time after it.
///
/// Time is a number that grows, in the unit of whoever asks. A sweep walks all entries, so it is due once in an interval;
/// while there is no room, in a sixtieth of it.
pub(crate) struct Expiring<K, V, S = RandomState> {
    entries: HashMap<K, Entry<V>, S>,
    interval: u64,
    swept_at: u64,
}

struct Entry<V> {
    until: u64,
    value: V,
}

impl<K: Eq + Hash, V, S: BuildHasher + Default> Expiring<K, V, S> {
    /// Creates an empty map with this time between two sweeps.
    pub(crate) fn new(interval: u64) -> Self {
        Self { entries: HashMap::default(), interval, swept_at: 0 }
    }

    /// Returns the number of entries, those included that have ended and were not evicted yet.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns the time at which an entry ends, or did.
    pub(crate) fn until(&self, key: &K) -> Option<u64> {
        self.entries.get(key).map(|entry| entry.until)
    }

    /// Returns an entry that has not ended.
    pub(crate) fn get(&self, key: &K, now: u64) -> Option<&V> {
        self.entries.get(key).filter(|entry| now < entry.until).map(|entry| &entry.value)
    }

    /// Returns an entry, whether it has ended or not.
    pub(crate) fn kept(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// Returns an entry, whether it has ended or not, to be changed in its place.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.entries.get_mut(key).map(|entry| &mut entry.value)
    }

    /// Returns an entry and its end, both to be changed in their place, whether it has ended or not.
    pub(crate) fn entry_mut(&mut self, key: &K) -> Option<(&mut V, &mut u64)> {
        self.entries.get_mut(key).map(|entry| (&mut entry.value, &mut entry.until))
    }

    /// Adds an entry, in the place of what was there.
    pub(crate) fn insert(&mut self, key: K, until: u64, value: V) {
        self.entries.insert(key, Entry { until, value });
    }

    /// Removes an entry that fits.
    pub(crate) fn remove_if(&mut self, key: K, fits: impl FnOnce(&V) -> bool) -> Option<V> {
        match self.entries.entry(key) {
            hash_map::Entry::Occupied(entry) if fits(&entry.get().value) => {
                Some(entry.remove().value)
            }
            _ => None,
        }
    }

    /// Returns `true` if a sweep is due.
    pub(crate) fn is_due(&self, now: u64, no_room: bool) -> bool {
        const EARLY: u64 = 60;

        let since = now.saturating_sub(self.swept_at);
        since >= self.interval || (no_room && since >= self.interval / EARLY)
    }

    /// Evicts what has ended, each told to `evicted`, and gives memory back that is not needed any more.
    pub(crate) fn sweep(&mut self, now: u64, mut evicted: impl FnMut(&V)) {
        self.swept_at = now;
        self.entries.retain(|_, entry| {
            let stays = now < entry.until;
            if !stays {
                evicted(&entry.value);
            }
            stays
        });
        if self.entries.len() < self.entries.capacity() / 4 {
            self.entries.shrink_to(self.entries.len() * 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> Expiring<&'static str, u32> {
        let mut map = Expiring::new(60);
        map.insert("a", 10, 1);
        map.insert("b", 100, 2);
        map
    }

    #[test]
    fn an_entry_ends_at_its_time_and_is_evicted_by_a_sweep() {
        let mut map = map();
        assert_eq!((map.get(&"a", 9), map.get(&"a", 10)), (Some(&1), None));
        assert_eq!((map.until(&"a"), map.len()), (Some(10), 2));
        let mut evicted = Vec::new();
        map.sweep(10, |value| evicted.push(*value));
        assert_eq!((evicted, map.len()), (vec![1], 1));
        assert_eq!(map.get(&"b", 10), Some(&2));
    }

    #[test]
    fn a_sweep_is_due_once_in_an_interval_and_sooner_without_room() {
        let mut map = map();
        map.sweep(100, |_| ());
        for (now, no_room, due) in
            [(100, true, false), (101, true, true), (159, false, false), (160, false, true)]
        {
            assert_eq!(map.is_due(now, no_room), due, "{now} {no_room}");
        }
    }

    #[test]
    fn only_what_fits_is_removed() {
        let mut map = map();
        assert_eq!(map.remove_if("a", |value| *value == 2), None);
        assert_eq!(map.remove_if("a", |value| *value == 1), Some(1));
        assert_eq!(map.remove_if("a", |_| true), None);
        assert_eq!(map.len(), 1);
    }

    #[test]
    fn memory_is_given_back() {
        let mut map = Expiring::<u32, ()>::new(60);
        for key in 0..10_000 {
            map.insert(key, 10, ());
        }
        let before = map.entries.capacity();
        map.sweep(10, |()| ());
        assert!(map.entries.capacity() < before / 100);
    }
}
