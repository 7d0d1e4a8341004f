//! The comparison of limits: which of two lets less pass.

use super::{Limit, Unit};

impl Limit {
    /// Returns `true` if this limit is stricter than another: fewer requests over time, and no more at once, each request with its
    /// weight. What is counted per address and what is counted per principal are compared as if each caller had one address.
    ///
    /// A limit of requests at one time, or one that is only observed, bounds no number of requests: it is stricter than no other
    /// limit, and every other one is stricter than it.
    ///
    /// ```
    /// use secure_api::limit::Limit;
    /// const API: Limit = Limit::per_principal(600).per_minute();
    /// assert!(Limit::per_address(5).per_minute().is_stricter_than(&API));
    /// // Slower in the long run, and still a thousand guesses at once.
    /// assert!(!Limit::per_address(1000).per_day().is_stricter_than(&API));
    /// // Ten requests of the API, each of which counts for sixty.
    /// assert!(!Limit::per_address(16).per_minute().is_stricter_than(&API.weight(60)));
    /// ```
    pub const fn is_stricter_than(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Unit::Unlimited, _) => false,
            _ if self.is_at_once() || self.observed => false,
            (_, Unit::Unlimited) => true,
            _ if other.is_at_once() || other.observed => true,
            _ => {
                // A window has less than 2^94 nanoseconds and a count less than 2^32.
                let own = self.requests(self.count) as u128 * other.window.as_nanos();
                own < other.requests(other.count) as u128 * self.window.as_nanos()
                    && self.requests(self.allowed()) <= other.requests(other.allowed())
            }
        }
    }

    /// Returns the number of requests that a count is for, where each has its weight.
    const fn requests(&self, count: u32) -> u32 {
        count / self.weight
    }
}
