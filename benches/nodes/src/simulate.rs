//! The simulation: each caller by itself, since limits are of one caller each.

use std::collections::VecDeque;

use crate::{
    slot::{self, SLOTS},
    world::{COUNT, END, MINUTE, Request, World},
};

/// The measures of one minute.
pub struct Measures {
    pub requests: u64,
    pub refused: u64,
    /// The callers who were refused something.
    pub refused_callers: u64,
    /// The round trips to the store where each request is asked about, and where machines remember whom it refused.
    pub asked: [Asked; 2],
}

/// The round trips of the two kinds of operations.
pub struct Asked {
    /// The trips for callers who signed in: their address is counted, and then their principal.
    pub signed_in: Trips,
    /// The trips for a public operation: the address is counted alone, of all its limits at once.
    pub public: Trips,
}

/// The round trips to the store in a minute, by slot.
#[derive(Clone)]
pub struct Trips(Vec<u64>);

impl Trips {
    pub fn sum(&self) -> u64 {
        self.0.iter().sum()
    }

    pub fn hottest(&self) -> (usize, u64) {
        let most = self.0.iter().enumerate().max_by_key(|(_, trips)| **trips);
        most.map_or((0, 0), |(slot, trips)| (slot, *trips))
    }

    /// Returns the slot of which as many have more as have less.
    pub fn median(&self) -> usize {
        let mut slots: Vec<usize> = (0..SLOTS).collect();
        slots.sort_by_key(|slot| (self.0[*slot], *slot));
        slots[SLOTS / 2]
    }
}

/// One request, and what became of it.
pub struct Decided {
    pub at: u64,
    pub machine: u32,
    pub admitted: bool,
    /// `true` if the machine knew that it had to wait.
    pub known: bool,
}

/// A window's count by an exact log.
#[derive(Default)]
struct Window(VecDeque<u64>);

impl Window {
    /// Charges a request; the time at which the next passes, where there is no room.
    fn charge(&mut self, at: u64, count: u64) -> Result<(), u64> {
        while self.0.front().is_some_and(|first| first + MINUTE <= at) {
            self.0.pop_front();
        }
        match self.0.front() {
            Some(first) if self.0.len() as u64 >= count => Err(first + MINUTE),
            _ => {
                self.0.push_back(at);
                Ok(())
            }
        }
    }
}

/// Decides all requests of a caller, as machines that count together do.
pub fn decide(machines: u64, requests: &[Request], decided: &mut Vec<Decided>) {
    decided.clear();
    let mut window = Window::default();
    // Of each machine, the time until which it knows that the caller has to wait.
    let mut until = vec![0; if requests.len() as u64 > COUNT { machines as usize } else { 0 }];
    for &(at, machine) in requests {
        // Whoever is known to have to wait is refused, and the store is not asked.
        let known = until.get(machine as usize).is_some_and(|until| *until > at);
        let mut admitted = false;
        if !known {
            match window.charge(at, COUNT) {
                Ok(()) => admitted = true,
                Err(wait) => until[machine as usize] = wait,
            }
        }
        decided.push(Decided { at, machine, admitted, known });
    }
}

/// Measures the second minute.
pub fn measure(world: &World) -> Measures {
    let none = || Trips(vec![0; SLOTS]);
    let asked = [(); 2].map(|()| Asked { signed_in: none(), public: none() });
    let mut all = Measures { requests: 0, refused: 0, refused_callers: 0, asked };
    let (mut requests, mut decided) = (Vec::new(), Vec::new());
    for rank in 1..=world.callers {
        world.requests(rank, &mut requests);
        decide(world.machines, &requests, &mut decided);
        let (address, principal) = slots(rank);
        let mut is_refused = false;
        for Decided { admitted, known, .. } in decided.iter().filter(|one| one.at >= END - MINUTE) {
            all.requests += 1;
            all.refused += u64::from(!admitted);
            is_refused |= !admitted;
            for (asked, remembers) in all.asked.iter_mut().zip([false, true]) {
                let asks = u64::from(!(remembers && *known));
                // The address is charged before anybody knows who calls, and given back where the caller's limit refuses.
                asked.signed_in.0[address] += 1 + u64::from(!admitted);
                asked.signed_in.0[principal] += asks;
                asked.public.0[address] += asks;
            }
        }
        all.refused_callers += u64::from(is_refused);
    }
    all
}

/// Returns the slots of a caller: that of its address, and that of its principal.
pub fn slots(rank: u64) -> (usize, usize) {
    (slot::of(0, rank), slot::of(1, rank))
}

/// The second minute for the callers of one slot that does not answer in it.
#[derive(Default)]
pub struct Outage {
    pub callers: u64,
    pub requests: u64,
    /// The requests that the whole limit would have admitted: `closed` refuses all of them.
    pub would_pass: u64,
    /// The requests that each share admits beyond the limit, and those that it refuses of what would have passed.
    pub local: Vec<(u64, u64)>,
    /// The most that one caller gets of a count, in percent, for each share.
    pub most: Vec<u64>,
}

/// Lets a slot be silent for the second minute; each machine then admits its share of the count.
pub fn silence(world: &World, silent: usize, shares: &[u64]) -> Outage {
    let count = shares.len();
    let mut outage =
        Outage { local: vec![(0, 0); count], most: vec![0; count], ..Outage::default() };
    let (mut requests, mut decided) = (Vec::new(), Vec::new());
    for rank in 1..=world.callers {
        let (address, principal) = slots(rank);
        if address != silent && principal != silent {
            continue;
        }
        world.requests(rank, &mut requests);
        decide(world.machines, &requests, &mut decided);
        let after = || decided.iter().filter(|one| one.at >= END - MINUTE);
        outage.callers += 1;
        outage.requests += after().count() as u64;
        let passed = after().filter(|one| one.admitted).count() as u64;
        outage.would_pass += passed;
        for (place, share) in shares.iter().enumerate() {
            let part = (COUNT / share).max(1);
            let mut windows: Vec<Window> = (0..world.machines).map(|_| Window::default()).collect();
            let mut admitted = 0;
            for one in &decided {
                let window = &mut windows[one.machine as usize];
                if one.at < END - MINUTE {
                    // A machine notes what it admitted while the store answered.
                    if one.admitted {
                        let _ = window.charge(one.at, part);
                    }
                } else {
                    admitted += u64::from(window.charge(one.at, part).is_ok());
                }
            }
            outage.local[place].0 += admitted.saturating_sub(passed);
            outage.local[place].1 += passed.saturating_sub(admitted);
            outage.most[place] = outage.most[place].max(100 * admitted / COUNT);
        }
    }
    outage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_has_more_than_the_count_and_what_is_remembered_refuses_nobody_else() {
        let world = World::of(10);
        let (mut requests, mut decided) = (Vec::new(), Vec::new());
        for rank in [1, 5, 19, 100] {
            world.requests(rank, &mut requests);
            decide(world.machines, &requests, &mut decided);
            let admitted: Vec<u64> =
                decided.iter().filter(|one| one.admitted).map(|one| one.at).collect();
            let most = admitted.windows(COUNT as usize + 1);
            assert!(most.into_iter().all(|some| some[COUNT as usize] - some[0] >= MINUTE));
            // Machines that remember admit what one that asks each time would.
            let mut window = Window::default();
            for one in &decided {
                assert_eq!(one.admitted, window.charge(one.at, COUNT).is_ok(), "at {}", one.at);
            }
            assert_eq!(decided.iter().any(|one| one.known), rank < 20, "{rank}");
            let refused = decided.iter().filter(|one| !one.admitted).count();
            assert_eq!(refused > 0, rank < 20, "{rank}");
        }
    }

    #[test]
    fn the_callers_of_all_slots_are_all_callers_twice() {
        let world = World { callers: 20, ..World::of(1) };
        let mut all: Vec<usize> =
            (1..=20).flat_map(|rank| <[usize; 2]>::from(slots(rank))).collect();
        all.sort_unstable();
        all.dedup();
        let met = all.iter().map(|slot| silence(&world, *slot, &[4]).callers).sum::<u64>();
        assert_eq!(met, 40);
    }
}
