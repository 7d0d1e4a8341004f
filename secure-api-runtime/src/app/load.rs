//! The load of an app: the requests that run, the content that they hold, and whom it refuses when that is too much.

mod limiter;

use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
};

pub(super) use self::limiter::{Limiter, Measured};
use crate::{
    clock::Clock,
    error::{Problem, problem},
    metrics::ShedCounts,
    serve::{Part, Room, ServerSettings},
};

/// The load of an app.
pub(super) struct Load {
    /// Room for requests, each of which is one.
    requests: Arc<Room>,
    /// Room for content: bytes of bodies that are read, and of answers until they are sent.
    content: Arc<Room>,
    counts: Arc<ShedCounts>,
    /// The requests that were shed since the log was told.
    untold: AtomicU64,
    /// The second in which it was told.
    told: AtomicI64,
}

/// The rank of a caller where there is not room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// A caller that has less of its limits, for its behavior.
    Tightened,
    /// An address, of which nothing is known.
    Unknown,
    /// A caller that proved who it is.
    Known,
}

/// The reason for which a request is shed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shed {
    /// The number of requests that run.
    Requests,
    /// The number of requests of one address, which leaves places for others.
    AddressRequests,
    /// The places that are left, which are for callers of a higher rank.
    Rank,
    /// The content that is held.
    Content,
    /// The content that one address holds, which leaves room for others.
    AddressContent,
    /// The time that answers of its operation take.
    Latency,
}

impl Load {
    /// Creates the load of an app, whose largest body in memory has so many bytes.
    pub(super) fn new(
        server: &ServerSettings,
        largest_body: usize,
        counts: Arc<ShedCounts>,
    ) -> Self {
        // A body gets as much as is left, of itself too.
        let content = server.max_buffered_bytes.max(largest_body.saturating_mul(2));
        Self {
            requests: Room::new(server.max_concurrent_requests),
            content: Room::new(content),
            counts,
            untold: AtomicU64::new(0),
            told: AtomicI64::new(i64::MIN),
        }
    }

    /// Takes a place among the requests that run, by the hash of the client's address.
    ///
    /// # Errors
    ///
    /// 503 where the address has as many, or holds as much, as is left for others.
    pub(super) fn enter(&self, address: u64) -> Result<Part, Problem> {
        if self.content.is_full(address) {
            return Err(self.without_content());
        }
        let mut place = self.requests.part(address);
        if place.take(1) {
            return Ok(place);
        }
        let is_all = self.requests.taken() >= self.requests.most();
        Err(self.refuse(if is_all { Shed::Requests } else { Shed::AddressRequests }))
    }

    /// Makes the refusal of an address that gets no more room for content.
    pub(super) fn without_content(&self) -> Problem {
        let is_all = self.content.taken() >= self.content.most();
        self.refuse(if is_all { Shed::Content } else { Shed::AddressContent })
    }

    /// Refuses a request that runs where the last places are for callers of a higher rank.
    ///
    /// # Errors
    ///
    /// 503 where that is so.
    pub(super) fn keep(&self, rank: Rank) -> Result<(), Problem> {
        match self.requests.taken() <= rank.share(self.requests.most()) {
            true => Ok(()),
            false => Err(self.refuse(Shed::Rank)),
        }
    }

    /// Begins the part that the content of a request, or of its answer, has of the room for that.
    pub(super) fn content(&self, address: u64) -> Part {
        self.content.part(address)
    }

    /// Makes the refusal of a request for want of room.
    pub(super) fn refuse(&self, shed: Shed) -> Problem {
        /// The seconds over which those who were refused come back.
        const SPREAD: u64 = 4;

        let counts = &self.counts;
        let count = match shed {
            Shed::Requests | Shed::AddressRequests | Shed::Rank => &counts.requests,
            Shed::Content | Shed::AddressContent => &counts.content,
            Shed::Latency => &counts.latency,
        };
        count.add();
        let after = 1 + self.untold.fetch_add(1, Relaxed) % SPREAD;
        Problem::new(&problem::REDUCED_CAPACITY).retry_after(after).because(shed)
    }

    /// Tells the log that requests are shed, once a second: whoever sends many is to fill no disk with it.
    pub(super) fn tell(&self, shed: Shed, operation: &'static str, clock: &Clock) {
        let (now, told) = (clock.unix_seconds(), self.told.load(Relaxed));
        if now == told || self.told.compare_exchange(told, now, Relaxed, Relaxed).is_err() {
            return;
        }
        let (requests, bytes) = self.now();
        tracing::warn!(
            target: "secure_api::load",
            shed = self.untold.swap(0, Relaxed),
            requests,
            bytes,
            operation,
            why = %shed,
            "requests were shed"
        );
    }

    /// Returns the requests that run, and the bytes of content that are held.
    pub(super) fn now(&self) -> (usize, usize) {
        (self.requests.taken(), self.content.taken())
    }
}

impl Rank {
    /// Returns the rank of a caller, who proved to be somebody or not, and whose limits were tightened or not.
    pub(super) fn of(is_known: bool, is_tightened: bool) -> Self {
        match (is_tightened, is_known) {
            (true, _) => Self::Tightened,
            (false, false) => Self::Unknown,
            (false, true) => Self::Known,
        }
    }

    /// Returns what callers of this rank get of so many places: at least one.
    fn share(self, most: usize) -> usize {
        let share = match self {
            Self::Tightened => most / 2,
            Self::Unknown => most - most / 4,
            Self::Known => most,
        };
        share.max(1)
    }
}

impl Shed {
    /// Returns the reason for which a refusal sheds its request, if it does.
    pub(super) fn of(problem: &Problem) -> Option<Self> {
        problem.cause().and_then(|cause| cause.downcast_ref()).copied()
    }
}

impl fmt::Display for Shed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Requests => "as many requests run as may",
            Self::AddressRequests => {
                "as many requests of one address run as leave places for others"
            }
            Self::Rank => "the places that are left are for callers of a higher rank",
            Self::Content => "as much content is held as may be",
            Self::AddressContent => "one address holds as much content as leaves room for others",
            Self::Latency => "the answers of the operation take too long",
        })
    }
}

impl Error for Shed {}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(requests: usize, bytes: usize) -> Load {
        let server = ServerSettings {
            max_concurrent_requests: requests,
            max_buffered_bytes: bytes,
            ..ServerSettings::default()
        };
        Load::new(&server, 0, Arc::default())
    }

    #[test]
    fn the_last_places_are_for_callers_who_are_known() {
        let load = load(8, 1);
        let mut places: Vec<_> = (0..4).map(|address| load.enter(address).expect("one")).collect();
        assert!(load.keep(Rank::Tightened).is_ok());
        places.push(load.enter(4).expect("one"));
        assert!(load.keep(Rank::Tightened).is_err(), "half of them");
        places.push(load.enter(5).expect("one"));
        assert!(load.keep(Rank::Unknown).is_ok());
        places.push(load.enter(6).expect("one"));
        assert!(load.keep(Rank::Unknown).is_err(), "a quarter is for those who are known");
        assert!(load.keep(Rank::Known).is_ok());
    }

    #[test]
    fn a_body_of_the_largest_size_fits_whatever_is_stated() {
        let load = Load::new(&ServerSettings::default(), 1 << 30, Arc::default());
        let mut body = load.content(1);
        assert!((0..1 << 10).all(|_| body.take(1 << 20)), "all of its pieces");
    }

    #[test]
    fn whoever_is_refused_comes_back_at_another_time() {
        let load = load(1, 1);
        let _one = load.enter(1).expect("a place");
        let after = |_| {
            let problem = load.enter(2).map(drop).expect_err("there is one place");
            assert_eq!(Shed::of(&problem), Some(Shed::Requests));
            let rendered = problem.rendered();
            let field = rendered.fields().iter().find(|field| field.0 == "retry-after");
            field.map(|field| field.1.as_bytes().to_vec())
        };
        let times: Vec<_> = (0..4).map(after).collect();
        assert_eq!(times, [b"1", b"2", b"3", b"4"].map(|time| Some(time.to_vec())));
    }
}
