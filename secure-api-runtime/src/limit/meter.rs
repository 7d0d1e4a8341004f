//! One limit of one operation, compiled.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use super::{
    Counting, Limit, Noted, Unit,
    key::{AddressKey, Named, Who},
    unit::Stage,
};
use crate::{
    fingerprint::{Fingerprint, fingerprint},
    ledger::{AppLedger, Bound, Cells, Demand, Name, nanos},
};

/// The requests of a /56 and of a /48 of IPv6, as multiples of what a /64 may: a household is commonly given a /56, an
/// organization a /48.
const WIDER: [u32; 2] = [4, 16];

/// The lease of a place among requests at one time, for machines that end while they hold one, where nothing says how long a
/// request may be under way.
const LEASE: Duration = Duration::from_secs(3600);

/// The time that a lease goes on beyond the longest request: for clocks, and for a ledger that is slow.
const SPARE: Duration = Duration::from_secs(30);

/// One limit.
pub(super) struct Meter {
    pub(super) policy: &'static str,
    pub(super) unit: Unit,
    /// The field of the input whose value is counted.
    pub(super) field: Option<&'static str>,
    /// The list of the input each of whose entries counts.
    pub(super) weighs: Option<&'static str>,
    weight: u32,
    pub(super) bound: Bound,
    pub(super) observed: bool,
    /// Nanoseconds in which one request comes back at the declared rate.
    pub(super) interval: u64,
    /// The limit's name where machines count together.
    pub(super) name: Option<Name>,
    pub(super) cells: Arc<Cells>,
    /// The cells of the wider networks of IPv6.
    wider: OnceLock<[Arc<Cells>; 2]>,
}

impl Meter {
    /// Compiles a limit; `None` for the absence of one. `scope` tells the operation apart from all others of the app.
    pub(super) fn new(
        policy: &'static str,
        scope: &[&str],
        limit: &Limit,
        counting: &Counting,
    ) -> Option<Self> {
        if limit.unit() == Unit::Unlimited {
            return None;
        }
        let scaled = |count: u32| count.saturating_mul(counting.scale);
        let window = nanos(limit.window()).max(1);
        let count = scaled(limit.count());
        let bound = match limit.stated_burst() {
            _ if limit.is_at_once() => Bound::AtOnce { count, lease: LEASE },
            None => Bound::Window { count, window: Duration::from_nanos(window) },
            // Those at once, and one more in each interval, make the count in a window and no more.
            Some(burst) => {
                let burst = scaled(burst);
                let others = u64::from(count.saturating_sub(burst)) + 1;
                Bound::Spaced { interval: Duration::from_nanos(window.div_ceil(others)), burst }
            }
        };
        let interval = match bound {
            Bound::Spaced { interval, .. } => nanos(interval),
            Bound::Window { .. } => window.div_ceil(u64::from(count.max(1))),
            Bound::AtOnce { .. } => 0,
        };
        let name = counting.machines.as_ref().map(|machines| match limit.unit() {
            Unit::Api => machines.name(&["all", &joint(limit)]),
            // Of two fields that a header calls the same, each is counted by itself.
            _ => machines.name(&[scope, &[policy, limit.field().unwrap_or_default()]].concat()),
        });
        let cells = match limit.unit() {
            Unit::Api => counting.joint(limit, bound),
            _ => Arc::new(Cells::new(bound)),
        };
        Some(Self {
            policy,
            unit: limit.unit(),
            field: limit.field(),
            weighs: limit.weighs(),
            weight: limit.stated_weight(),
            bound,
            observed: limit.is_observed(),
            interval,
            name,
            cells,
            wider: OnceLock::new(),
        })
    }

    /// Says how long a request may be under way: a place is nobody's then, if its machine ended and gave nothing back.
    pub(super) fn lasting(&mut self, longest: Duration) {
        if let Bound::AtOnce { lease, .. } = &mut self.bound {
            *lease = Duration::from_nanos(nanos(longest.saturating_add(SPARE)));
        }
    }

    /// Returns the stage at which it is charged.
    pub(super) fn stage(&self) -> Stage {
        match self.unit {
            _ if self.field.is_some() || self.weighs.is_some() => Stage::Input,
            Unit::Address => Stage::Address,
            _ => Stage::Caller,
        }
    }

    /// Adds what a caller is charged here: one cell, and of an IPv6 address those of its wider networks. Of the limit it is the
    /// part that one of so many machines admits.
    pub(super) fn demands<'a>(
        &'a self,
        who: &Who<'_>,
        shares: u32,
        mut add: impl FnMut(Demand<'a>),
    ) {
        let weight = self.weight(who);
        let bound = part(self.bound, shares, weight);
        let Some(key) = self.key(who) else { return };
        if self.is_at_once() && crate::weakened::is("limit-at-once") {
            return;
        }
        add(Demand { cells: &self.cells, key, bound, weight });
        if let Some(keys) = self.counts_address(who).and_then(|address| address.wider()) {
            for ((key, cells), times) in keys.into_iter().zip(self.wider()).zip(WIDER) {
                add(Demand { cells, key, bound: wider(bound, times), weight });
            }
        }
    }

    /// Returns the key of what is counted; `None` where the input leaves it out.
    fn key(&self, who: &Who<'_>) -> Option<Fingerprint> {
        match self.field {
            None if crate::weakened::is("limit-apart") => Some(fingerprint(&["everybody"])),
            None => Some(who.key(self.unit)),
            Some(_) if crate::weakened::is("value-apart") => Some(fingerprint(&["every value"])),
            Some(field) => Some(fingerprint(&["field", who.notes?.text_of(field)?])),
        }
    }

    /// Returns the names under which a ledger counts a caller; `None` where the input leaves out what is counted.
    pub(super) fn named(&self, who: &Who<'_>, ledger: &AppLedger) -> Option<Named> {
        match self.field {
            None => Some(who.named(self.unit, ledger)),
            Some(field) => Some(Named::of_value(who.notes?.text_of(field)?, ledger)),
        }
    }

    /// Returns the number that a request counts for.
    pub(super) fn weight(&self, who: &Who<'_>) -> u32 {
        let Some(list) = self.weighs else { return self.weight };
        let entries = who.notes.map_or(0, |notes| notes.entries_of(list));
        let entries = if crate::weakened::is("weight") { 1 } else { entries };
        self.weight.saturating_mul(entries.max(1))
    }

    /// Returns the parts of the input that it counts by.
    pub(super) fn fields(&self) -> impl Iterator<Item = Noted> {
        self.field.map(Noted::Value).into_iter().chain(self.weighs.map(Noted::Entries))
    }

    /// Returns `true` if it counts requests at one time. Each has its place until it is over, so what is given back is given
    /// back by whoever has it.
    pub(super) fn is_at_once(&self) -> bool {
        matches!(self.bound, Bound::AtOnce { .. })
    }

    /// Returns the cells of the wider networks.
    fn wider(&self) -> &[Arc<Cells>; 2] {
        let cells = |times| Arc::new(Cells::new(wider(self.bound, times)));
        self.wider.get_or_init(|| WIDER.map(cells))
    }

    /// Returns the cells of one of the networks that a caller is counted in, from the narrowest on.
    pub(super) fn cells_of(&self, nth: usize) -> Arc<Cells> {
        Arc::clone(if nth == 0 { &self.cells } else { &self.wider()[nth - 1] })
    }

    /// Returns the address, where that is what is counted of this caller.
    fn counts_address<'b>(&self, who: &'b Who<'_>) -> Option<&'b AddressKey> {
        let counts = match self.unit {
            Unit::Address => true,
            Unit::Route | Unit::Api | Unit::Field => false,
            _ => who.identity.is_none(),
        };
        counts.then_some(&who.address)
    }

    /// Returns the bound for one of the names that a ledger counts a caller by.
    pub(super) fn bound_of(&self, nth: usize) -> Bound {
        match nth {
            0 => self.bound,
            nth => wider(self.bound, WIDER[nth - 1]),
        }
    }
}

/// Returns the text of all that makes two limits of a whole API the same one. Why there is none is no part of it: those that have a
/// reason are no limits.
fn joint(limit: &Limit) -> String {
    let Limit { unit: _, field, count, window, burst, weight, entries, observed, reason: _ } =
        limit;
    format!("{field} {count} {} {burst} {weight} {entries} {observed}", window.as_nanos())
}

/// Returns the part of a bound that one of so many machines admits, while they do not know of each other: one request at least, with
/// its weight.
fn part(bound: Bound, shares: u32, weight: u32) -> Bound {
    if shares <= 1 {
        return bound;
    }
    let part = |count: u32| (count / shares).max(weight.min(count));
    match bound {
        Bound::Window { count, window } => Bound::Window { count: part(count), window },
        Bound::AtOnce { count, lease } => Bound::AtOnce { count: part(count), lease },
        Bound::Spaced { interval, burst } => {
            Bound::Spaced { interval: interval.saturating_mul(shares), burst: part(burst) }
        }
    }
}

/// Returns the bound of a network that has so many of those which a bound is for.
fn wider(bound: Bound, times: u32) -> Bound {
    match bound {
        Bound::Window { count, window } => {
            Bound::Window { count: count.saturating_mul(times), window }
        }
        Bound::AtOnce { count, lease } => {
            Bound::AtOnce { count: count.saturating_mul(times), lease }
        }
        Bound::Spaced { interval, burst } => {
            Bound::Spaced { interval: interval / times, burst: burst.saturating_mul(times) }
        }
    }
}
