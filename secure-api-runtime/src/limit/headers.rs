//! The header about an operation's limits, `RateLimit-Policy`, and the names of policies, as lists of structured fields
//! (draft-ietf-httpapi-ratelimit-headers-10, RFC 9651).
//!
//! `q` counts requests, the default unit, so `qu` is left out but for requests at one time. There is no `pk`: a partition key
//! would tell nothing that a caller needs, and could name one.

use std::{
    collections::HashSet,
    fmt::Write as _,
    sync::{Mutex, OnceLock, PoisonError},
};

use http::{HeaderName, HeaderValue};

use super::{Limit, Unit};

/// The header that lists the limits.
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

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
    pub(super) fn own(&self) -> &HeaderValue {
        &self.own
    }

    pub(super) fn after(&self, before: HeaderValue) -> HeaderValue {
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

/// The name of the whole app, as whose its limit of addresses is told and counted.
pub(crate) const APP: &str = "app";

/// The names of the policies of one operation.
pub(super) struct Names {
    operation: &'static str,
    seen: Vec<(Unit, Option<&'static str>)>,
    given: Vec<&'static str>,
}

impl Names {
    /// Begins the names of an operation, or those of the whole app, which no operation has.
    pub(super) fn of(operation: &'static str, is_app: bool) -> Self {
        let of_app = (!is_app).then(|| policy_name(APP, &Limit::per_address(1).per_second(), 0));
        Self { operation, seen: Vec::new(), given: of_app.into_iter().collect() }
    }

    /// Returns the name of the next limit. A field may be called as a kind is, and a handler `app`: still each has a name of its
    /// own.
    pub(super) fn next(&mut self, limit: &Limit) -> &'static str {
        let unit = (limit.unit(), limit.field());
        let mut nth = self.seen.iter().filter(|earlier| **earlier == unit).count();
        self.seen.push(unit);
        let mut name = policy_name(self.operation, limit, nth);
        while self.given.contains(&name) {
            nth += 1;
            name = policy_name(self.operation, limit, nth);
        }
        self.given.push(name);
        name
    }
}

/// Returns the name of the `nth` limit (from 0) that an operation has for a unit: `get_order-principal`.
///
/// Problems refer to policies by `&'static str`. Names come from declarations, so there are as many as the
/// program states and keeping each of them once, for good, is bounded; building an app again adds none.
fn policy_name(operation: &str, limit: &Limit, nth: usize) -> &'static str {
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

    // R55
    #[test]
    fn no_two_limits_of_a_request_have_one_name() {
        let mut names = Names::of("app", false);
        let field = |name| Limit::per_field(name, 1).per_minute();
        let limits = [ADDRESS, field("address"), field("größe"), field("grüße"), ADDRESS];
        let named = limits.each_ref().map(|limit| names.next(limit));
        let expected =
            ["app-address-2", "app-address-3", "app-gr__e", "app-gr__e-2", "app-address-4"];
        assert_eq!(named, expected);
        assert_eq!(Names::of("app", true).next(&ADDRESS), "app-address");
    }

    #[test]
    fn the_same_name_is_kept_once() {
        let first = policy_name("kept_once", &ADDRESS, 0);
        assert!(std::ptr::eq(first, policy_name("kept_once", &ADDRESS, 0)));
    }
}
