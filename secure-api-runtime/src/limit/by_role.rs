//! Limits by role: which of an operation's limits is a caller's.

use std::{collections::BTreeSet, fmt, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use smallvec::SmallVec;

use super::{Counting, Limit, LimitSet, Noted, Outage, Quota, Who, enforce::Together, unit::Stage};
use crate::{
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

/// The limits of one operation, compiled, each arm with what its callers have spent.
pub struct LimitArms {
    arms: Box<[(Option<RoleSet>, LimitSet)]>,
    /// The parts of the input that some of them count by.
    fields: Box<[Noted]>,
    outage: Outage,
}

/// The answer of limits, which comes at once where they are counted in memory.
pub(crate) enum Checked<'a> {
    Now(Result<(), Problem>),
    Later(BoxFuture<'a, Result<(), Problem>>),
}

impl LimitArms {
    /// Creates the arms of `operation`, in their order. `scope` tells it apart from all others of the app.
    pub(crate) fn new(
        operation: &'static str,
        scope: &[&str],
        arms: &[LimitUse],
        outage: Outage,
        counting: &Arc<Counting>,
    ) -> Self {
        let compiled = |(index, arm): (usize, &LimitUse)| {
            let arm_name = index.to_string();
            let scope = [scope, &[&*arm_name]].concat();
            (arm.admits, LimitSet::new(operation, &scope, arm.limits, counting))
        };
        let arms: Box<[_]> = arms.iter().enumerate().map(compiled).collect();
        let fields: BTreeSet<_> = arms.iter().flat_map(|(_, set)| set.fields()).collect();
        Self { arms, fields: fields.into_iter().collect(), outage }
    }

    /// Says how long a request may be under way, from its first charge to its answer.
    pub(crate) fn lasting(self, longest: Duration) -> Self {
        let arms = self.arms.into_iter().map(|(admits, set)| (admits, set.lasting(longest)));
        Self { arms: arms.collect(), ..self }
    }

    /// Charges one request to the limits per address: those of the app, and the operation's own. They are asked before anybody
    /// knows the caller's roles, so an arm by role has none: such a route does not compile.
    pub(crate) fn check_address<'a>(
        &'a self,
        app: &'a LimitSet,
        who: Who<'a>,
        quota: &'a mut Quota,
    ) -> Checked<'a> {
        if crate::weakened::is("limit-by-address") {
            return Checked::Now(Ok(()));
        }
        check(self.by_address(app), Stage::Address, who, self.outage, quota)
    }

    /// Charges one request to the limits per caller of the first arm that these roles fit. Where they refuse it, what the
    /// limits per address were charged is given back.
    pub(crate) fn check_caller<'a>(
        &'a self,
        app: &'a LimitSet,
        roles: u128,
        who: Who<'a>,
        quota: &'a mut Quota,
    ) -> Checked<'a> {
        if crate::weakened::is("limit-by-caller") {
            return Checked::Now(Ok(()));
        }
        let Some(set) = self.of_roles(roles) else {
            // The last arm is for the rest, so there is one. Were there none, nobody would pass.
            let none = Problem::new(&problem::INTERNAL).because("no limit fits the caller");
            return Checked::Now(Err(none));
        };
        match set.machines() {
            None => {
                let limits = Together { sets: &[set], stage: Stage::Caller };
                let outcome = limits.check_here(&who, 1, quota);
                if outcome.is_err() {
                    let sets = self.by_address(app);
                    let earlier = Together { sets: &sets, stage: Stage::Address };
                    earlier.refund_here(&who, quota);
                }
                Checked::Now(outcome)
            }
            Some(machines) => Checked::Later(Box::pin(async move {
                let limits = Together { sets: &[set], stage: Stage::Caller };
                let outcome = machines.check(limits, &who, self.outage, quota).await;
                if outcome.is_err() {
                    let sets = self.by_address(app);
                    let earlier = Together { sets: &sets, stage: Stage::Address };
                    machines.refund(earlier, &who, quota).await;
                }
                outcome
            })),
        }
    }

    /// Charges one request to the limits that its input decides about, of the arm that these roles fit. Where they refuse it,
    /// what its other limits were charged is given back.
    pub(super) async fn check_input(
        &self,
        app: &LimitSet,
        roles: u128,
        who: Who<'_>,
        quota: &mut Quota,
    ) -> Result<(), Problem> {
        if crate::weakened::is("limit-by-input") {
            return Ok(());
        }
        // Without an arm the caller was refused before.
        let Some(set) = self.of_roles(roles) else { return Ok(()) };
        let (sets, by_address) = ([set], self.by_address(app));
        let limits = Together { sets: &sets, stage: Stage::Input };
        let earlier = [
            Together { sets: &sets, stage: Stage::Caller },
            Together { sets: &by_address, stage: Stage::Address },
        ];
        let Some(machines) = set.machines() else {
            let outcome = limits.check_here(&who, 1, quota);
            if outcome.is_err() {
                earlier.iter().for_each(|earlier| earlier.refund_here(&who, quota));
            }
            return outcome;
        };
        let outcome = machines.check(limits, &who, self.outage, quota).await;
        if outcome.is_err() {
            for earlier in earlier {
                machines.refund(earlier, &who, quota).await;
            }
        }
        outcome
    }

    /// Returns the limits of the first arm that these roles fit.
    fn of_roles(&self, roles: u128) -> Option<&LimitSet> {
        let fits = |(admits, _): &&(Option<RoleSet>, LimitSet)| {
            admits.is_none_or(|admits| admits.admits(roles))
        };
        self.arms.iter().find(fits).map(|(_, set)| set)
    }

    /// Returns the parts of the input that some of the limits count by.
    pub(super) fn fields(&self) -> &[Noted] {
        &self.fields
    }

    /// Returns the sets that have limits per address.
    fn by_address<'a>(&'a self, app: &'a LimitSet) -> SmallVec<[&'a LimitSet; 4]> {
        let own = self.arms.iter().map(|(_, set)| set).filter(|set| set.has(Stage::Address));
        std::iter::once(app).chain(own).collect()
    }
}

/// Charges one request that no operation answers to the limits of the app.
pub(crate) fn check_app<'a>(app: &'a LimitSet, who: Who<'a>, quota: &'a mut Quota) -> Checked<'a> {
    // Nothing is behind such a request, so it is not refused for a ledger that does not answer.
    let sets = SmallVec::from_slice(&[app]);
    check(sets, Stage::Address, who, Outage::Local(1), quota)
}

fn check<'a>(
    sets: SmallVec<[&'a LimitSet; 4]>,
    stage: Stage,
    who: Who<'a>,
    outage: Outage,
    quota: &'a mut Quota,
) -> Checked<'a> {
    match sets.first().and_then(|set| set.machines()) {
        None => {
            let limits = Together { sets: &sets, stage };
            Checked::Now(limits.check_here(&who, 1, quota))
        }
        Some(machines) => Checked::Later(Box::pin(async move {
            let limits = Together { sets: &sets, stage };
            machines.check(limits, &who, outage, quota).await
        })),
    }
}

impl fmt::Debug for LimitArms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.arms.iter()).finish()
    }
}
