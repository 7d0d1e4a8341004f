//! Two of one ledger, as two processes have it: in memory, and in a Redis.

use std::time::Duration;

use secure_api::{
    clock::Clock,
    ledger::{Bound, Charge, Ledger, Memory, Name, Redis},
};

use crate::support::RedisServer;

/// Two clients of one ledger.
pub(super) struct Pair<L> {
    pub(super) one: L,
    pub(super) two: L,
    /// The number of the ledger's units of time in a second.
    pub(super) second: u64,
}

/// Runs an async function over a pair in memory, and over one in a Redis.
macro_rules! over_both {
    ($body:ident) => {
        $body(super::pair::memory()).await;
        if let Some(server) = crate::support::RedisServer::start() {
            $body(super::pair::redis(&server)).await;
        }
    };
}

pub(super) use over_both;

pub(super) fn memory() -> Pair<Memory> {
    let one = Memory::new(Clock::system());
    Pair { two: one.clone(), one, second: 1_000_000_000 }
}

/// Two clients, each with a connection of its own.
pub(super) fn redis(server: &RedisServer) -> Pair<Redis> {
    Pair { one: server.ledger(), two: server.ledger(), second: 1_000_000 }
}

impl<L: Ledger + Clone> Pair<L> {
    /// Returns clients in turn.
    pub(super) fn each(&self, many: usize) -> impl Iterator<Item = L> {
        (0..many).map(|turn| if turn % 2 == 0 { self.one.clone() } else { self.two.clone() })
    }
}

/// Returns a name that nothing has.
pub(super) fn name() -> Name {
    uuid::Uuid::new_v4().into_bytes().into()
}

/// Returns the time in so many seconds.
pub(super) fn in_seconds(seconds: i64) -> i64 {
    Clock::system().unix_seconds() + seconds
}

/// Returns a charge of a new caller to a limit.
pub(super) fn charge(bound: Bound) -> Charge {
    Charge { limit: name(), name: name(), slot: name(), bound, weight: 1 }
}

pub(super) fn window(count: u32, seconds: u64) -> Bound {
    Bound::Window { count, window: Duration::from_secs(seconds) }
}
