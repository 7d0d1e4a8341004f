//! The comparison of limits: which of two lets less pass.

use super::{Limit, Unit};

impl Limit {
    /// Returns `true` if this limit is stricter than another: fewer requests over time, and no more at once. What is
    /// counted per address and what is counted per principal are compared as if each caller had one address. Requests at one
    /// time are another measure: such a limit is stricter than none, and none is less strict for it.
    ///
    /// ```
    /// use secure_api::limit::Limit;
    /// const API: Limit = Limit::per_principal(600).per_minute();
    /// assert!(Limit::per_address(5).per_minute().is_stricter_than(&API));
    /// // Slower in the long run, and still a thousand guesses at once.
    /// assert!(!Limit::per_address(1000).per_day().is_stricter_than(&API));
    /// ```
    pub const fn is_stricter_than(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Unit::Unlimited, _) => false,
            _ if self.is_at_once() || self.observed => false,
            (_, Unit::Unlimited) => true,
            _ if other.is_at_once() || other.observed => true,
            _ => {
                // A window has less than 2^94 nanoseconds and a count less than 2^32.
                let own = self.count as u128 * other.window.as_nanos();
                own < other.count as u128 * self.window.as_nanos()
                    && self.allowed() <= other.allowed()
            }
        }
    }
}
