//! The remaining quota of a request, and the header that tells it: `RateLimit`, a list of structured fields
//! (draft-ietf-httpapi-ratelimit-headers-10, RFC 9651).

use http::{HeaderMap, HeaderName, HeaderValue};
use smallvec::SmallVec;

use super::{
    Slots,
    headers::{Policy, RATE_LIMIT_POLICY},
    unit::Stage,
};
use crate::clock::Clock;

/// The header that lists the remaining quota.
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// The remaining quota of every limit that a request has been charged to so far.
///
/// It starts empty, passes through each stage of the request that charges limits, and is written to the response at the end.
#[derive(Debug, Default)]
pub struct Quota {
    pub(super) left: AllLeft,
    policy: Option<HeaderValue>,
    /// The place in memory of the policy that was added last.
    last: usize,
    /// The time of the request: of its arrival, or of the first limits that asked since it last waited.
    now: Option<u64>,
    /// The time of the charges of each stage, and where they are.
    charged: [Option<(Place, u64)>; 3],
    /// The places that are taken among requests at one time.
    pub(super) slots: Slots,
}

/// The place where a request was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    There,
}

/// The remaining quotas of a request. Mostly there are one or two.
pub(super) type AllLeft = SmallVec<[Left; 4]>;

/// The remaining quota of one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) policy: &'static str,
    /// Requests that would pass right now.
    pub(super) remaining: u32,
    /// Seconds until one more would pass, and no less than what is left lasts at the declared rate: so `r` by `t`, which
    /// clients take for a rate, is never above it.
    pub(super) reset: Option<u64>,
    pub(super) stage: Stage,
    pub(super) weight: u32,
}

impl Quota {
    /// Creates a quota with nothing charged yet.
    #[cfg(test)]
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Creates a quota with nothing charged yet, of a request that arrived at a time of the app's clock.
    pub(crate) fn of(arrived: u64) -> Self {
        Self { now: Some(arrived), ..Self::default() }
    }

    /// Returns `true` if no limit applied.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Returns the time of the request: its limits are measured by one reading. Those by the input are asked when that is read,
    /// which takes as long as the caller likes, and have another one.
    pub(super) fn now(&mut self, stage: Stage, clock: &Clock) -> u64 {
        match stage {
            Stage::Address | Stage::Caller => self.called(clock),
            Stage::Input => clock.monotonic_nanos(),
        }
    }

    /// Returns the time of the request, before anything of its content was waited for.
    pub(crate) fn called(&mut self, clock: &Clock) -> u64 {
        *self.now.get_or_insert_with(|| clock.monotonic_nanos())
    }

    /// Forgets the time of the request, which has waited for something since: a limit counts when it is asked.
    pub(crate) fn waited(&mut self) {
        self.now = None;
    }

    /// Notes that the limits of a stage were charged in the memory of this process.
    pub(super) fn charged(&mut self, stage: Stage, at: u64) {
        self.charged[stage as usize] = Some((Place::Here, at));
    }

    /// Notes that the limits of a stage were charged in a ledger.
    pub(super) fn charged_there(&mut self, stage: Stage, at: u64) {
        self.charged[stage as usize] = Some((Place::There, at));
    }

    /// Returns the time at which the limits of a stage were charged here, which they are no longer.
    pub(super) fn refunded(&mut self, stage: Stage) -> Option<u64> {
        self.given_back(stage, Place::Here)
    }

    /// Returns the time at which the limits of a stage were charged in a ledger, which they are no longer.
    pub(super) fn refunded_there(&mut self, stage: Stage) -> Option<u64> {
        self.given_back(stage, Place::There)
    }

    fn given_back(&mut self, stage: Stage, place: Place) -> Option<u64> {
        let charged = &mut self.charged[stage as usize];
        let (_, at) = charged.take_if(|(charged, _)| *charged == place)?;
        for left in self.left.iter_mut().filter(|left| left.stage == stage) {
            left.remaining = left.remaining.saturating_add(left.weight);
            // `Retry-After` is not to point before any `t`.
            left.reset = None;
        }
        Some(at)
    }

    /// Takes the places out, for whoever has them until the request is over.
    pub(crate) fn take_slots(&mut self) -> Slots {
        std::mem::take(&mut self.slots)
    }

    /// Adds the policy of limits; what is left of each is added by whoever measures it.
    pub(super) fn add(&mut self, policy: &Policy) {
        // Stages of one operation come one after the other, and state their policy once.
        let place = std::ptr::from_ref(policy).addr();
        if self.last == place {
            return;
        }
        self.last = place;
        self.policy = Some(match self.policy.take() {
            None => policy.own().clone(),
            Some(before) => policy.after(before),
        });
    }

    /// Sets both header fields of a response, each with everything in one line; none where no limit applied.
    pub fn write(&self, headers: &mut HeaderMap) {
        if let Some(policy) = self.policy.as_ref().filter(|_| !self.left.is_empty()) {
            headers.insert(RATE_LIMIT_POLICY, policy.clone());
            headers.insert(RATE_LIMIT, self.limit());
        }
    }

    fn limit(&self) -> HeaderValue {
        // The most that one of them commonly takes; the value is a copy of its own length.
        let mut line = Vec::with_capacity(64 * self.left.len());
        let mut number = itoa::Buffer::new();
        for left in &self.left {
            line.extend_from_slice(if line.is_empty() { b"\"" } else { b", \"" });
            line.extend_from_slice(left.policy.as_bytes());
            line.extend_from_slice(b"\";r=");
            line.extend_from_slice(number.format(left.remaining).as_bytes());
            if let Some(reset) = left.reset {
                line.extend_from_slice(b";t=");
                line.extend_from_slice(number.format(reset).as_bytes());
            }
        }
        // Made of plain names, digits and punctuation, all of which a field may hold.
        HeaderValue::from_bytes(&line).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limit::Limit;

    const LIMIT: Limit = Limit::per_address(3).per_second();

    // R56, R59
    #[test]
    fn one_field_reports_all_that_applied() {
        let mut quota = Quota::new();
        let policy = |name| Policy::new([(name, 3, &LIMIT)].into_iter());
        quota.add(&policy("a"));
        quota.left.push(Left {
            policy: "a",
            remaining: 2,
            reset: Some(1),
            stage: Stage::Address,
            weight: 1,
        });
        quota.add(&policy("b"));
        quota.left.push(Left {
            policy: "b",
            remaining: 0,
            reset: None,
            stage: Stage::Address,
            weight: 1,
        });
        let mut headers = HeaderMap::new();
        quota.write(&mut headers);
        assert_eq!(headers[&RATE_LIMIT], "\"a\";r=2;t=1, \"b\";r=0");
        assert_eq!(headers[&RATE_LIMIT_POLICY], "\"a\";q=3;w=1, \"b\";q=3;w=1");
        assert_eq!(headers.len(), 2);
    }

    #[test]
    fn no_limit_is_no_field() {
        let mut headers = HeaderMap::new();
        Quota::new().write(&mut headers);
        assert!(headers.is_empty());
    }
}
