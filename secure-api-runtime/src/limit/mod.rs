//! Rate limits as constants, and their enforcement: in the memory of the process, or in a ledger that machines share.
//!
//! A [`Limit`] is plain data that a `const` can hold and two routes can share by name; what is counted of it is made
//! per operation when an app is built.

pub(crate) mod against;
mod by_input;
mod by_role;
mod counting;
mod enforce;
mod headers;
mod key;
mod machines;
mod meter;
mod noted;
mod outage;
mod quota;
mod refusal;
mod remembered;
mod slots;
mod strictness;
#[cfg(test)]
mod tests;
mod uncounted;
mod unit;
mod unwindowed;
mod window;

use std::time::Duration;

use crate::reason::is_sentence;

pub(crate) use self::{
    by_input::ByInput,
    by_role::{Checked, check_app},
    counting::Counting,
    headers::APP,
    key::{AddressKey, Who},
    machines::Machines,
    noted::{Noted, Notes},
    refusal::UsedByOthers,
    slots::Slots,
};
pub use self::{
    by_role::{LimitArms, LimitUse},
    enforce::LimitSet,
    headers::RATE_LIMIT_POLICY,
    outage::Outage,
    quota::{Quota, RATE_LIMIT},
    uncounted::{Counted, Stated},
    unit::Unit,
    unwindowed::Windowed,
    window::LimitWithoutWindow,
};

/// A rate limit: a count of requests per time, and the unit that is counted.
///
/// A limit is a bound: no window of its length, wherever it begins, has more requests than the count. Without
/// [`burst`](Self::burst) the whole count may come at once, and comes back as the window moves on. With a burst so many come at
/// once, and the rest of the count one by one.
///
/// ```
/// use secure_api::prelude::*;
///
/// const BROWSE: Limit = Limit::per_principal(600).per_minute();
/// const ORDER: Limit = Limit::per_principal(30).per_minute().burst(10);
/// const LOGIN: Limit = Limit::per_address(5).per_minute();
/// const REPORT: Limit = Limit::per_tenant(2).at_once();
/// # assert_eq!(ORDER.allowed(), 10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limit {
    unit: Unit,
    /// The input field whose values are counted, where that is the unit.
    field: &'static str,
    count: u32,
    /// Zero for what is counted at one time.
    window: Duration,
    /// Zero where none is stated.
    burst: u32,
    weight: u32,
    /// The input field each of whose entries counts; empty for none.
    entries: &'static str,
    observed: bool,
    reason: Option<&'static str>,
}

impl Limit {
    /// Begins a limit of so many requests per principal. Panics on 0, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_principal(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Principal, count)
    }

    /// Begins a limit of so many requests per address. Panics on 0, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_address(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Address, count)
    }

    /// Begins a limit of so many requests per tenant, of all its callers together. A caller of no tenant is counted as a
    /// principal. Panics on 0, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_tenant(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Tenant, count)
    }

    /// Begins a limit of so many requests per API key. A caller with other credentials is counted as a principal. Panics on 0,
    /// which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_api_key(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::ApiKey, count)
    }

    /// Begins a limit of so many requests per OAuth client, of all who use it together. A caller whose credentials name no
    /// client is counted as a principal. Panics on 0, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_client(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Client, count)
    }

    /// Begins a limit of so many requests per value of an input field, whoever sends it: as the address that a code is mailed
    /// to. Panics on 0 and on no name, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_field(field: &'static str, count: u32) -> LimitWithoutWindow {
        assert!(
            !field.is_empty(),
            "SA303: there is no such limit: its field has no name\n  help: name a field of the input, as \
             `Limit::per_field(\"email\", 5)`"
        );
        LimitWithoutWindow { field, ..LimitWithoutWindow::new(Unit::Field, count) }
    }

    /// Begins a limit of so many requests of an operation, of all its callers together. Panics on 0, which a constant turns
    /// into a compile error.
    #[track_caller]
    pub const fn per_route(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Route, count)
    }

    /// Begins a limit of so many requests of all operations that have this limit, of all their callers together. Panics on 0,
    /// which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_api(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Api, count)
    }

    /// The absence of a limit, without its reason.
    const NOTHING: Self = Self {
        unit: Unit::Unlimited,
        field: "",
        count: 0,
        window: Duration::ZERO,
        burst: 0,
        weight: 1,
        entries: "",
        observed: false,
        reason: None,
    };

    /// Creates the absence of a limit, with its reason. It is listed in the inventory with its reason.
    #[track_caller]
    pub const fn unlimited(reason: &'static str) -> <Self as Stated>::Limit {
        assert!(
            is_sentence(reason),
            "SA302: an operation without a limit needs a reason in words\n  help: write a sentence for the one who reviews it, of \
             three words or more: `Limit::unlimited(\"…\")`"
        );
        Self { reason: Some(reason), ..Self::NOTHING }
    }

    /// Allows at most so many at once, instead of the whole count; the rest of the count comes one by one. So a large burst
    /// leaves a low rate: of 30 a minute with a burst of 10 one comes back in each 2.9 seconds, with a burst of 30 one in a
    /// minute. Panics on 0 and above the count, and of requests at one time.
    #[must_use]
    #[track_caller]
    pub const fn burst(mut self, burst: u32) -> Self {
        assert!(
            !self.is_at_once(),
            "SA303: there is no such limit: what is counted at one time has no burst\n  help: remove `.burst(…)`, or write a \
             window in place of `.at_once()`"
        );
        assert!(
            burst > 0,
            "SA303: there is no such limit: its burst is 0\n  help: write a count, a window and a burst above 0, the \
             burst not above the count"
        );
        assert!(
            burst <= self.count,
            "SA303: there is no such limit: its burst is above its count\n  help: write a count, a window and a burst above 0, the \
             burst not above the count, or remove `.burst(…)`"
        );
        assert!(
            self.weight <= burst,
            "SA303: there is no such limit: its weight is above what may come at once\n  help: write a weight above 0, not above \
             what may come at once"
        );
        self.burst = burst;
        self
    }

    /// Counts each request as so many. Panics on 0 and above the count.
    #[must_use]
    #[track_caller]
    pub const fn weight(mut self, weight: u32) -> Self {
        assert!(
            weight > 0,
            "SA303: there is no such limit: its weight is 0\n  help: write a weight above 0, not above what may come at once"
        );
        assert!(
            weight <= self.allowed(),
            "SA303: there is no such limit: its weight is above what may come at once\n  help: write a weight above 0, not above \
             what may come at once"
        );
        self.weight = weight;
        self
    }

    /// Counts a request as often as this list of its input has entries, once at least. Panics on no name.
    #[must_use]
    #[track_caller]
    pub const fn weight_of(mut self, field: &'static str) -> Self {
        assert!(
            !field.is_empty(),
            "SA303: there is no such limit: its list has no name\n  help: name a list of the input, as `.weight_of(\"lines\")`"
        );
        self.entries = field;
        self
    }

    /// Counts and logs, and refuses nothing: to see how often a limit would refuse before it does. The log names the limit and no
    /// caller; whom it would meet is what `limits_against` tells of an access log.
    #[must_use]
    pub const fn observe(mut self) -> Self {
        self.observed = true;
        self
    }

    /// Returns the unit whose requests are counted together.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// Requests per window.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns the window that the count is for.
    pub const fn window(&self) -> Duration {
        self.window
    }

    /// Returns the number of requests that may come at once.
    pub const fn allowed(&self) -> u32 {
        if self.burst == 0 { self.count } else { self.burst }
    }

    /// Returns the burst, where one is stated.
    pub const fn stated_burst(&self) -> Option<u32> {
        if self.burst == 0 { None } else { Some(self.burst) }
    }

    /// Returns the input field whose values are counted, where that is the unit.
    pub const fn field(&self) -> Option<&'static str> {
        if self.field.is_empty() { None } else { Some(self.field) }
    }

    /// Returns the number that each request counts for.
    pub const fn stated_weight(&self) -> u32 {
        self.weight
    }

    /// Returns the list of the input each of whose entries counts.
    pub const fn weighs(&self) -> Option<&'static str> {
        if self.entries.is_empty() { None } else { Some(self.entries) }
    }

    /// Returns `true` if requests are counted at one time, and not per window.
    pub const fn is_at_once(&self) -> bool {
        self.window.is_zero() && !matches!(self.unit, Unit::Unlimited)
    }

    /// Returns `true` if it counts and refuses nothing.
    pub const fn is_observed(&self) -> bool {
        self.observed
    }

    /// Returns the reason for having no limit, if there is none.
    pub const fn reason(&self) -> Option<&'static str> {
        self.reason
    }
}
