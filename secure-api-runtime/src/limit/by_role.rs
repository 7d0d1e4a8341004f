//! Limits by role: which of an operation's limits is a caller's.

use std::fmt;

use super::{Limit, LimitKey, LimitSet, Quota, Unit};
use crate::{
    clock::Clock,
    error::{Problem, problem},
    role::RoleSet,
};

/// One arm of a route's `limit`: some limits, and whose they are.
#[derive(Debug, Clone, Copy)]
pub struct LimitUse {
    /// The roles that these limits are for; `None` is for all other callers that the route admits.
    pub admits: Option<RoleSet>,
    /// The limits.
    pub limits: &'static [Limit],
}

impl LimitUse {
    /// Limits of whoever has one of these roles.
    pub const fn of(admits: RoleSet, limits: &'static [Limit]) -> Self {
        Self { admits: Some(admits), limits }
    }

    /// Limits of everybody else.
    pub const fn rest(limits: &'static [Limit]) -> Self {
        Self { admits: None, limits }
    }
}

/// The limits of one operation, compiled, each arm with the buckets of its callers.
pub struct LimitArms(Box<[(Option<RoleSet>, LimitSet)]>);

impl LimitArms {
    /// Creates the arms of `operation`, in their order. `scale` is that of [`LimitSet::new`].
    pub fn new(operation: &'static str, arms: &[LimitUse], scale: u32, clock: &Clock) -> Self {
        let compiled =
            |arm: &LimitUse| (arm.admits, LimitSet::new(operation, arm.limits, scale, clock));
        Self(arms.iter().map(compiled).collect())
    }

    /// Charges one request to the limits per address. They are asked before anybody knows the caller's roles,
    /// so an arm by role has none: such a route does not compile.
    pub fn check_address(&self, key: LimitKey, quota: &mut Quota) -> Result<(), Problem> {
        self.0.iter().try_for_each(|(_, set)| set.check(Unit::Address, key, quota))
    }

    /// Charges one request to the limits per principal of the first arm that these roles fit.
    pub fn check_caller(
        &self,
        roles: u128,
        key: LimitKey,
        quota: &mut Quota,
    ) -> Result<(), Problem> {
        let fits = |(admits, _): &&(Option<RoleSet>, LimitSet)| {
            admits.is_none_or(|admits| admits.admits(roles))
        };
        match self.0.iter().find(fits) {
            Some((_, set)) => set.check(Unit::Principal, key, quota),
            // The last arm is for the rest, so there is one. Were there none, nobody would pass.
            None => Err(Problem::new(&problem::INTERNAL).because("no limit fits the caller")),
        }
    }
}

impl fmt::Debug for LimitArms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}
