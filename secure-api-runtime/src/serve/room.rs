//! Room for what is under way: so much in all, and of one address no more than is left for others.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

/// The counts of addresses. Two that have one in common have one share, and only where there is little left.
const COUNTS: usize = 1024;

/// Room that is shared out among addresses: for requests, each of which takes one, or for bytes.
///
/// It is counted and never locked: each request asks it.
#[derive(Debug)]
pub(crate) struct Room {
    most: usize,
    taken: AtomicUsize,
    of: Box<[AtomicUsize]>,
}

/// The part of a room that an address has, until it is dropped.
#[derive(Debug)]
pub(crate) struct Part {
    room: Arc<Room>,
    address: usize,
    size: usize,
}

impl Room {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        let of = (0..COUNTS).map(|_| AtomicUsize::new(0)).collect();
        Arc::new(Self { most, taken: AtomicUsize::new(0), of })
    }

    /// Begins the part of an address, by the hash of it: there is nothing in it.
    pub(crate) fn part(self: &Arc<Self>, address: u64) -> Part {
        Part { room: Arc::clone(self), address: address as usize % COUNTS, size: 0 }
    }

    /// Returns how much of it is taken.
    pub(crate) fn taken(&self) -> usize {
        self.taken.load(Relaxed)
    }

    /// Returns how much there is at most.
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// Returns `true` if an address has as much as is left for others, so that it gets no more.
    pub(crate) fn is_full(&self, address: u64) -> bool {
        let left = self.most.saturating_sub(self.taken());
        left == 0 || self.of[address as usize % COUNTS].load(Relaxed) > left
    }
}

impl Part {
    /// Takes more, unless the address would then have more than was left: so it takes half of all at most, the next address half
    /// of the rest, and whoever comes after a few of them still finds some.
    pub(crate) fn take(&mut self, more: usize) -> bool {
        self.take_if(more, |own, left| own.saturating_add(more) <= left)
    }

    /// Takes more, all of which is there already: as [`take`](Self::take) does, or as the first of its address, whatever its size.
    pub(crate) fn take_whole(&mut self, more: usize) -> bool {
        self.take_if(more, |own, left| own.saturating_add(more) <= left || (own == 0 && left > 0))
    }

    /// Takes more if what the address has already, and what is left, admit it.
    fn take_if(&mut self, more: usize, fits: impl FnOnce(usize, usize) -> bool) -> bool {
        let Room { most, taken, of } = &*self.room;
        let before = taken.fetch_add(more, Relaxed);
        let own = of[self.address].fetch_add(more, Relaxed);
        self.size += more;
        // Of one that is counted, the others come first: what two take at the same time is refused to one of them at least.
        let is_left = fits(own, most.saturating_sub(before));
        if !is_left {
            self.give_back(more);
        }
        is_left
    }

    /// Takes more of what is there already, whoever has how much.
    pub(crate) fn hold(&mut self, more: usize) {
        let Room { taken, of, .. } = &*self.room;
        taken.fetch_add(more, Relaxed);
        of[self.address].fetch_add(more, Relaxed);
        self.size += more;
    }

    /// Gives all of it back.
    pub(crate) fn leave(&mut self) {
        self.give_back(self.size);
    }

    fn give_back(&mut self, size: usize) {
        if size > 0 {
            self.room.taken.fetch_sub(size, Relaxed);
            self.room.of[self.address].fetch_sub(size, Relaxed);
            self.size -= size;
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering::SeqCst;

    use super::*;

    /// Takes as much as an address gets, one by one.
    fn all(room: &Arc<Room>, address: u64) -> Part {
        let mut part = room.part(address);
        while part.take(1) {}
        part
    }

    // R49
    #[test]
    fn one_address_leaves_room_for_others() {
        let room = Room::new(16);
        let parts: Vec<_> = (0..4).map(|address| all(&room, address)).collect();
        assert_eq!(parts.iter().map(|part| part.size).collect::<Vec<_>>(), [8, 4, 2, 1]);
        assert!(room.is_full(0) && !room.is_full(9), "one is left for somebody else");
        drop(parts);
        assert_eq!(room.taken(), 0);
        assert!(room.of.iter().all(|own| own.load(Relaxed) == 0));
    }

    #[test]
    fn what_is_there_already_is_counted_whatever_is_left() {
        let room = Room::new(10);
        let (mut answer, mut other) = (room.part(1), room.part(2));
        answer.hold(25);
        assert!(room.is_full(2) && !other.take(1));
        answer.leave();
        assert!(other.take(10), "one that is alone has all of it");
        assert_eq!(room.taken(), 10);
    }

    // R49
    #[test]
    fn what_is_there_as_a_whole_is_bounded_for_each_address() {
        let room = Room::new(100);
        let (mut one, mut other, mut third) = (room.part(1), room.part(2), room.part(3));
        assert!(one.take_whole(40) && one.take_whole(10));
        assert!(!one.take_whole(1), "it has half");
        assert!(other.take_whole(45), "the first of an address, where any is left");
        assert!(!other.take_whole(1) && third.take_whole(1000));
        assert!(!room.part(4).take_whole(1), "nothing is left");
        assert_eq!((room.taken(), one.size, other.size, third.size), (1095, 50, 45, 1000));
        drop((one, other, third));
        assert_eq!(room.taken(), 0);
    }

    #[test]
    fn threads_take_no_more_than_there_is() {
        let room = Room::new(20);
        let (granted, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for address in 0..8 {
                let (room, granted, refused) = (&room, &granted, &refused);
                scope.spawn(move || {
                    for _ in 0..2000 {
                        let mut part = room.part(address);
                        if part.take(7) {
                            let all = granted.fetch_add(7, SeqCst) + 7;
                            assert!(all <= 20, "{all} of 20");
                            std::thread::yield_now();
                            granted.fetch_sub(7, SeqCst);
                        } else {
                            refused.fetch_add(1, Relaxed);
                        }
                    }
                });
            }
        });
        assert!(refused.into_inner() > 0);
        assert_eq!(room.taken(), 0);
    }
}
