//! The places of connections: so many in all, and of one address no more than are left for others.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{limit::AddressKey, proxies::Proxies};

/// The places of a server's connections.
pub(super) struct Places {
    free: Arc<Semaphore>,
    taken: Arc<Taken>,
    /// The proxies, each of which brings the connections of many.
    proxies: Proxies,
}

/// The number of places that each address has taken: an IPv4 address, or the /64 of an IPv6 one.
#[derive(Default)]
struct Taken(Mutex<HashMap<AddressKey, usize>>);

/// A place, until it is dropped.
pub(super) struct Place {
    permit: OwnedSemaphorePermit,
    address: AddressKey,
    taken: Arc<Taken>,
}

impl Places {
    pub(super) fn new(most: usize, proxies: Proxies) -> Self {
        let free = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        Self { free, taken: Arc::default(), proxies }
    }

    /// Returns a place for whoever comes next, once there is one.
    pub(super) async fn free(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    /// Returns a place for whoever came already, if there is one.
    pub(super) fn free_now(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).try_acquire_owned().ok()
    }

    /// Gives a place to an address, unless it would then have more than are left: so it takes half of all at most, the next
    /// address half of the rest, and whoever comes after a few of them still finds one. A trusted proxy takes what there is,
    /// and is to share it out itself.
    pub(super) fn take(&self, permit: OwnedSemaphorePermit, address: IpAddr) -> Option<Place> {
        let is_shared = self.proxies.trust(Some(address));
        let address = AddressKey::address(address);
        let left = self.free.available_permits();
        let mut all = self.taken.all();
        let own = all.entry(address).or_default();
        if *own > left && !is_shared {
            return None;
        }
        *own += 1;
        drop(all);
        Some(Place { permit, address, taken: Arc::clone(&self.taken) })
    }
}

impl Place {
    /// Gives the place to the client that a proxy passes on, as if it had come by itself. `false` if that one has more than are
    /// left.
    pub(super) fn pass_on(&mut self, client: IpAddr) -> bool {
        let left = self.permit.semaphore().available_permits();
        let client = AddressKey::address(client);
        let mut all = self.taken.all();
        let own = all.entry(client).or_default();
        let is_left = *own <= left;
        *own += 1;
        drop(all);
        self.taken.give_back(std::mem::replace(&mut self.address, client));
        is_left
    }
}

impl Taken {
    fn give_back(&self, address: AddressKey) {
        let mut all = self.all();
        if let Some(own) = all.get_mut(&address) {
            *own -= 1;
            if *own == 0 {
                all.remove(&address);
            }
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<AddressKey, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.give_back(self.address);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    // R49
    #[tokio::test]
    async fn one_address_leaves_places_for_others() {
        let places = Places::new(16, Proxies::default());
        let mut kept = Vec::new();
        let mut had = Vec::new();
        for address in ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "192.0.2.3"] {
            let before = kept.len();
            for _ in 0..16 {
                let permit = places.free().now_or_never().flatten().expect("one is left");
                kept.extend(places.take(permit, address.parse().expect("an address")));
            }
            had.push(kept.len() - before);
        }
        // The two of IPv6 are in one network.
        assert_eq!(had, [8, 4, 2, 0, 1]);
        kept.clear();
        assert!(places.taken.all().is_empty());
        let one = Places::new(1, Proxies::default());
        let permit = one.free().await.expect("there is one");
        assert!(one.take(permit, IpAddr::from([192, 0, 2, 1])).is_some());
    }

    // R49
    #[tokio::test]
    async fn a_trusted_proxy_takes_what_there_is() {
        let mut proxies = Proxies::default();
        assert!(proxies.add("192.0.2.0/30"));
        let places = Places::new(4, proxies);
        let mut kept = Vec::new();
        for address in ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.5"] {
            let permit = places.free().now_or_never().flatten().expect("one is left");
            kept.extend(places.take(permit, address.parse().expect("an address")));
        }
        assert_eq!(kept.len(), 4);
        kept.truncate(2);
        let permit = places.free().await.expect("two are left");
        assert!(places.take(permit, IpAddr::from([192, 0, 2, 1])).is_some());
    }

    // R49: who is passed on by a proxy leaves places for others, too.
    #[tokio::test]
    async fn a_client_that_is_passed_on_leaves_places_for_others() {
        let mut proxies = Proxies::default();
        assert!(proxies.add("192.0.2.1"));
        let places = Places::new(16, proxies);
        let mut kept = Vec::new();
        let mut had = Vec::new();
        for client in ["198.51.100.1", "198.51.100.2", "198.51.100.3"] {
            let before = kept.len();
            for _ in 0..16 {
                let permit = places.free().now_or_never().flatten().expect("one is left");
                let place = places.take(permit, IpAddr::from([192, 0, 2, 1]));
                let mut place = place.expect("a proxy takes what there is");
                if place.pass_on(client.parse().expect("an address")) {
                    kept.push(place);
                }
            }
            had.push(kept.len() - before);
        }
        assert_eq!(had, [8, 4, 2]);
        kept.clear();
        assert!(places.taken.all().is_empty());
    }
}
