//! The calls of an operation, as they are counted.

use super::operation::Operation;
use crate::clock::Clock;

impl Operation {
    /// Counts a call of it, if it is deprecated by now.
    pub(super) fn count(&self, clock: &Clock) {
        if self.deprecated.is_some_and(|since| clock.unix_seconds() >= since) {
            self.served.deprecated.add();
        }
    }
}
