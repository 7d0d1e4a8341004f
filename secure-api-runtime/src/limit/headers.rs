//! The headers about a caller's quota: `RateLimit-Policy` and `RateLimit`, as lists of structured fields
//! (draft-ietf-httpapi-ratelimit-headers-10, RFC 9651).
//!
//! `q` counts requests, the default unit, so `qu` is left out but for requests at one time. There is no `pk`: a partition key would tell
//! nothing that a caller needs, and could name one.

use std::{
    collections::HashSet,
    fmt::Write as _,
    sync::{Mutex, OnceLock, PoisonError},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use smallvec::SmallVec;

use super::{Limit, Slots, Unit, unit::Stage};
use crate::clock::Clock;

/// The header that lists the limits.
pub static RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// The header that lists the remaining quota.
pub static RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// The remaining quota of every limit that a request has been charged to so far.
///
/// It starts empty, passes through each [`check`](super::LimitSet::check) of the request and is written to
/// the response at the end.
#[derive(Debug, Default)]
pub struct Quota {
    pub(super) left: AllLeft,
    policy: Option<HeaderValue>,
    /// The time of the request, by the clock of the first limits that asked.
    now: Option<u64>,
    /// The time of the charges of each stage, and where they are.
    charged: [Option<(Place, u64)>; 3],
    /// The places that are taken among requests at one time.
    pub(super) slots: Slots,
}

/// Where a request was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    There,
}

/// The remaining quotas of a request. Mostly there are one or two.
pub(super) type AllLeft = SmallVec<[Left; 4]>;

/// `RateLimit-Policy` of some limits, made when the app is built.
#[derive(Debug)]
pub(super) struct Policy {
    own: HeaderValue,
    /// The policy before this one in a request, and the two in one line. It is mostly the same.
    after: OnceLock<(HeaderValue, HeaderValue)>,
}

impl Policy {
    /// Creates the policy of these limits, each with its name and scaled count.
    pub(super) fn new<'a>(limits: impl Iterator<Item = (&'static str, u32, &'a Limit)>) -> Self {
        Self { own: policy(limits), after: OnceLock::new() }
    }

    /// Returns the policy of these limits alone.
    #[cfg(test)]
    pub(super) fn own(&self) -> &HeaderValue {
        &self.own
    }

    fn after(&self, before: HeaderValue) -> HeaderValue {
        let join = || {
            let line = [before.as_bytes(), b", ", self.own.as_bytes()].concat();
            // Both were a field's value.
            HeaderValue::from_bytes(&line).unwrap_or(HeaderValue::from_static(""))
        };
        match self.after.get_or_init(|| (before.clone(), join())) {
            (known, joined) if *known == before => joined.clone(),
            _ => join(),
        }
    }
}

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
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns `true` if no limit applied.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Returns the time of the request: all its limits are measured by one reading.
    pub(super) fn now(&mut self, clock: &Clock) -> u64 {
        *self.now.get_or_insert_with(|| clock.monotonic_nanos())
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
        self.policy = Some(match self.policy.take() {
            None => policy.own.clone(),
            // Phases of one operation come one after the other, and state their policy once.
            Some(before) if ends_with(&before, &policy.own) => before,
            Some(before) => policy.after(before),
        });
    }

    /// Sets both header fields of a response, each with everything in one line; none where no limit applied.
    pub fn write(&self, headers: &mut HeaderMap) {
        if let Some(policy) = self.policy.as_ref().filter(|_| !self.left.is_empty()) {
            headers.insert(&RATE_LIMIT_POLICY, policy.clone());
            headers.insert(&RATE_LIMIT, self.limit());
        }
    }

    fn limit(&self) -> HeaderValue {
        /// Characters around a name: quotes, `;r=`, `;t=`, two numbers and the comma before the next.
        const AROUND: usize = 40;

        let names: usize = self.left.iter().map(|left| left.policy.len() + AROUND).sum();
        let mut line = Vec::with_capacity(names);
        let mut number = itoa::Buffer::new();
        for left in &self.left {
            if !line.is_empty() {
                line.extend_from_slice(b", ");
            }
            line.extend_from_slice(b"\"");
            line.extend_from_slice(left.policy.as_bytes());
            line.extend_from_slice(b"\";r=");
            line.extend_from_slice(number.format(left.remaining).as_bytes());
            if let Some(reset) = left.reset {
                line.extend_from_slice(b";t=");
                line.extend_from_slice(number.format(reset).as_bytes());
            }
        }
        // Made of plain names, digits and punctuation, all of which a field may hold.
        HeaderValue::from_maybe_shared(Bytes::from(line)).unwrap_or(HeaderValue::from_static(""))
    }
}

/// Returns `true` if a policy is the last of a line.
fn ends_with(line: &HeaderValue, policy: &HeaderValue) -> bool {
    line.as_bytes()
        .strip_suffix(policy.as_bytes())
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(b", "))
}

/// Returns `RateLimit-Policy` for these limits, each with its name and scaled count.
fn policy<'a>(limits: impl Iterator<Item = (&'static str, u32, &'a Limit)>) -> HeaderValue {
    let mut text = String::new();
    for (name, count, limit) in limits {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if limit.is_at_once() {
            let _ = write!(text, "\"{name}\";q={count};qu=\"concurrent-requests\"");
            continue;
        }
        let window = limit.window();
        // The field counts whole seconds. Rounding up understates what is allowed, so whoever keeps to the
        // field keeps to the limit.
        let seconds =
            window.as_secs().saturating_add(u64::from(window.subsec_nanos() > 0)).min(LARGEST);
        let _ = write!(text, "\"{name}\";q={count};w={seconds}");
    }
    field(&text)
}

/// The largest integer of a structured field (RFC 9651, section 3.3.1).
const LARGEST: u64 = 999_999_999_999_999;

/// Returns the name of the `nth` limit (from 0) that an operation has for a unit: `get_order-principal`.
///
/// Problems refer to policies by `&'static str`. Names come from declarations, so there are as many as the
/// program states and keeping each of them once, for good, is bounded; building an app again adds none.
pub(super) fn policy_name(operation: &str, limit: &Limit, nth: usize) -> &'static str {
    static NAMES: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();

    // A structured string is printable ASCII without quote and backslash, an identifier of Rust may not be.
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_-.".contains(c) { c } else { '_' };
    let unit = match limit.unit() {
        Unit::Field => limit.field().unwrap_or_default(),
        unit => unit.name(),
    };
    let mut name = [operation, "-", unit].concat().chars().map(plain).collect::<String>();
    if limit.is_at_once() {
        name.push_str("-at-once");
    }
    if nth > 0 {
        let _ = write!(name, "-{}", nth + 1);
    }
    let names = NAMES.get_or_init(Mutex::default);
    let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
    match names.get(&*name) {
        Some(known) => known,
        None => {
            let name: &'static str = name.leak();
            names.insert(name);
            name
        }
    }
}

fn field(text: &str) -> HeaderValue {
    // Made of plain names, digits and punctuation, all of which a field may hold.
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const PRINCIPAL: Limit = Limit::per_principal(1).per_minute();
    const ADDRESS: Limit = Limit::per_address(1).per_minute();

    // R55
    #[test]
    fn a_policy_is_a_list_of_quoted_names() {
        let limits = [
            Limit::per_address(1200).per_minute(),
            Limit::per_principal(5).per(Duration::from_millis(1500)),
        ];
        let named = [("all-address", 1200, &limits[0]), ("all-principal", 5, &limits[1])];
        assert_eq!(
            policy(named.into_iter()),
            "\"all-address\";q=1200;w=60, \"all-principal\";q=5;w=2"
        );
    }

    // R55
    #[test]
    fn a_window_is_never_zero_seconds_nor_too_large_an_integer() {
        let short = Limit::per_address(1).per(Duration::from_nanos(1));
        assert_eq!(policy([("x", 1, &short)].into_iter()), "\"x\";q=1;w=1");
        let long = Limit::per_address(1).per(Duration::MAX);
        assert_eq!(policy([("x", 1, &long)].into_iter()), "\"x\";q=1;w=999999999999999");
    }

    #[test]
    fn a_name_fits_a_structured_string() {
        assert_eq!(policy_name("get_order", &PRINCIPAL, 0), "get_order-principal");
        assert_eq!(policy_name("get_order", &ADDRESS, 1), "get_order-address-2");
        assert_eq!(policy_name("größe\"\\", &ADDRESS, 0), "gr__e__-address");
    }

    #[test]
    fn the_same_name_is_kept_once() {
        let first = policy_name("kept_once", &ADDRESS, 0);
        assert!(std::ptr::eq(first, policy_name("kept_once", &ADDRESS, 0)));
    }

    // R56, R59
    #[test]
    fn one_field_reports_all_that_applied() {
        let mut quota = Quota::new();
        let policy = |own| Policy { own: HeaderValue::from_static(own), after: OnceLock::new() };
        quota.add(&policy("\"a\";q=3;w=1"));
        quota.left.push(Left {
            policy: "a",
            remaining: 2,
            reset: Some(1),
            stage: Stage::Address,
            weight: 1,
        });
        quota.add(&policy("\"b\";q=1;w=1"));
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
        assert_eq!(headers[&RATE_LIMIT_POLICY], "\"a\";q=3;w=1, \"b\";q=1;w=1");
        assert_eq!(headers.len(), 2);
    }

    #[test]
    fn no_limit_is_no_field() {
        let mut headers = HeaderMap::new();
        Quota::new().write(&mut headers);
        assert!(headers.is_empty());
    }
}
