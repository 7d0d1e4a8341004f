//! Circuit breakers: a host that failed again and again is not asked for a while, so that whoever waits for it waits for nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quick_cache::sync::Cache;

use crate::metrics::CallCounts;

/// The failures in a row after which a host is not asked: more than one deployment of it makes.
const FAILURES: u32 = 5;
/// The nanoseconds for which it is not asked then. After them one call asks, and the others wait for what it finds.
const OPEN: u64 = 10_000_000_000;
/// The most hosts that are remembered: users give addresses too.
const MOST: usize = 1024;

/// The breakers of one client, by host and port.
pub(super) struct Breakers {
    circuits: Cache<String, Arc<Mutex<Circuit>>>,
    counts: Arc<CallCounts>,
}

/// The circuit to one host: closed, open until a time, or half open while somebody asks.
#[derive(Default)]
struct Circuit {
    failures: u32,
    open_until: Option<u64>,
    is_asked: bool,
}

/// The leave to ask a host once.
pub(super) struct Permit<'b> {
    breakers: &'b Breakers,
    circuit: Arc<Mutex<Circuit>>,
    /// `true` for the one call that asks while the circuit is half open.
    asks: bool,
}

impl Breakers {
    pub(super) fn new(counts: Arc<CallCounts>) -> Self {
        Self { circuits: Cache::new(MOST), counts }
    }

    /// Gives leave to ask a host, or the seconds for which it is not asked.
    pub(super) fn enter(&self, host: &str, now: u64) -> Result<Permit<'_>, u64> {
        let made = self.circuits.get_or_insert_with(host, || Ok::<_, ()>(Arc::default()));
        let circuit = made.unwrap_or_default();
        let asks = {
            let mut state = locked(&circuit);
            match state.open_until {
                Some(until) if now < until => return Err(seconds(until - now)),
                Some(_) if state.is_asked => return Err(1),
                Some(_) => {
                    state.is_asked = true;
                    true
                }
                None => false,
            }
        };
        Ok(Permit { breakers: self, circuit, asks })
    }
}

impl Permit<'_> {
    /// Notes that the host answered.
    pub(super) fn answered(mut self, upstream: &str) {
        let mut state = locked(&self.circuit);
        let was_open = state.open_until.is_some();
        // A call that began before the circuit opened says nothing of what came after.
        if was_open && !self.asks {
            return;
        }
        *state = Circuit::default();
        drop(state);
        self.asks = false;
        if was_open {
            self.breakers.counts.closed.add();
            tracing::info!(target: "secure_api::client", upstream, "a service answers again");
        }
    }

    /// Notes that it did not answer, or failed.
    pub(super) fn failed(mut self, upstream: &str, now: u64) {
        let mut state = locked(&self.circuit);
        state.failures = state.failures.saturating_add(1);
        let was_open = state.open_until.is_some();
        let opens = if was_open { self.asks } else { state.failures >= FAILURES };
        if opens {
            state.open_until = Some(now.saturating_add(OPEN));
            state.is_asked = false;
        }
        drop(state);
        self.asks = false;
        if opens && !was_open {
            self.breakers.counts.opened.add();
            tracing::error!(
                target: "secure_api::client", upstream,
                "a service failed again and again, and is not asked for a while"
            );
        }
    }
}

impl Drop for Permit<'_> {
    /// Decides nothing by a call that was given up: whoever hangs up could open the circuit for all others.
    fn drop(&mut self) {
        if self.asks {
            locked(&self.circuit).is_asked = false;
        }
    }
}

fn locked(circuit: &Mutex<Circuit>) -> MutexGuard<'_, Circuit> {
    // It is whole after every change.
    circuit.lock().unwrap_or_else(PoisonError::into_inner)
}

fn seconds(nanos: u64) -> u64 {
    nanos.div_ceil(1_000_000_000).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Otherwise nobody would ask again, and the service would be out for as long as the program runs.
    #[test]
    fn who_hangs_up_while_a_service_is_tried_leaves_the_next_one_to_try() {
        let breakers = Breakers::new(Arc::new(CallCounts::new("rates")));
        let enter = |now| breakers.enter("rates.example:443", now);
        for _ in 0..FAILURES {
            enter(0).expect("it is asked").failed("rates", 0);
        }
        assert_eq!(enter(OPEN - 1).err(), Some(1));
        let tries = enter(OPEN).expect("one may try");
        assert_eq!(enter(OPEN).err(), Some(1), "and no other");
        drop(tries);
        enter(OPEN).expect("the next one tries").answered("rates");
        assert!(enter(OPEN).is_ok());
    }
}
