//! Limits that several machines count together, in the ledger that they share.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use smallvec::SmallVec;

use super::{
    Outage,
    enforce::{Measured, Together, would_refuse},
    key::Who,
    meter::Meter,
    quota::{Left, Quota},
    refusal::{Refusal, later, seconds},
    remembered::Remembered,
    slots::{Slot, Slots},
};
use crate::{
    clock::Clock,
    error::Problem,
    ledger::{self, AppLedger, Charge, Charged, LedgerError, Name, nanos},
};

/// The machines that count together.
pub(crate) struct Machines {
    ledger: AppLedger,
    clock: Clock,
    refused: Remembered,
    /// `true` while the ledger does not answer.
    silent: AtomicBool,
}

impl Machines {
    /// Creates the machines that share this ledger.
    pub(crate) fn new(ledger: AppLedger, clock: Clock) -> Self {
        Self { ledger, clock, refused: Remembered::new(), silent: AtomicBool::new(false) }
    }

    /// Returns the name of a limit.
    pub(super) fn name(&self, scope: &[&str]) -> Name {
        self.ledger.name(&[&["limit"], scope].concat())
    }

    /// Charges one request to limits that machines count together, or to none of them and refuses it.
    ///
    /// # Errors
    ///
    /// 429 as limits in memory have it; 503 where the ledger does not answer and the route is closed then.
    pub(super) async fn check(
        self: &Arc<Self>,
        limits: Together<'_, '_>,
        who: &Who<'_>,
        outage: Outage,
        quota: &mut Quota,
    ) -> Result<(), Problem> {
        let now = quota.now(limits.stage, &self.clock);
        let (charges, of) = self.charges(limits.meters(), who);
        if charges.is_empty() {
            return self.observe(limits, who, quota).await;
        }
        if let Some(refusal) = self.known(limits, who, (&charges, &of), now, quota) {
            return Err(refusal.problem());
        }
        let (charged, slots) = match self.charge(&charges).await {
            Ok(charged) => charged,
            Err(why) => {
                self.silenced(&why);
                return match outage {
                    Outage::Closed => Err(Problem::unavailable(why)),
                    Outage::Local(shares) => limits.check_here(who, shares, quota),
                };
            }
        };
        self.heard();
        limits.name(quota);
        let left: Measured = charged
            .left
            .iter()
            .map(|left| ledger::Left {
                remaining: left.remaining,
                reset: nanos(left.reset),
                wait: nanos(left.wait),
            })
            .collect();
        if !charged.admitted {
            self.refused.add(&charges, &left, now);
        }
        limits.tell(who, (&of, &left, charged.admitted), quota)?;
        quota.charged_there(limits.stage, charged.at);
        quota.slots.extend(slots);
        if matches!(outage, Outage::Local(_)) {
            limits.note_here(who, quota);
        }
        self.observe(limits, who, quota).await
    }

    /// Charges all of these limits, and returns the places that were taken among requests at one time. Where whoever asked is gone
    /// before the answer comes, they go back when it does.
    async fn charge(self: &Arc<Self>, charges: &[Charge]) -> Result<(Charged, Slots), LedgerError> {
        if !charges.iter().any(Charge::is_of_place) {
            return Ok((self.ledger.charge(charges).await?, Slots::default()));
        }
        let (machines, charges) = (Arc::clone(self), charges.to_vec());
        let charged = tokio::spawn(async move {
            let charged = machines.ledger.charge(&charges).await?;
            let mut slots = Slots::default();
            for charge in charges.into_iter().filter(|one| charged.admitted && one.is_of_place()) {
                let machines = Arc::clone(&machines);
                slots.push(Slot::There { machines, charge, at: charged.at });
            }
            Ok((charged, slots))
        });
        charged.await.unwrap_or_else(|_| Err(LedgerError::new("the server stops")))
    }

    /// Gives back what was charged at a stage.
    pub(super) async fn refund(&self, limits: Together<'_, '_>, who: &Who<'_>, quota: &mut Quota) {
        let Some(at) = quota.refunded_there(limits.stage) else {
            // While the ledger is silent it was charged here.
            return limits.refund_here(who, quota);
        };
        let timed = limits.meters().filter(|meter| !meter.is_at_once());
        let (charges, _) = self.charges(timed, who);
        if charges.is_empty() {
            return;
        }
        if let Err(why) = self.ledger.refund(&charges, at).await {
            self.silenced(&why);
        }
        self.refused.forget(&charges);
    }

    /// Gives a place back, when nobody can wait for it.
    pub(super) fn refund_later(self: &Arc<Self>, charge: Charge, at: u64) {
        // Without a runtime the process ends, and the lease of the place does too.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let machines = Arc::clone(self);
        runtime.spawn(async move {
            if let Err(why) = machines.ledger.refund(&[charge], at).await {
                machines.silenced(&why);
            }
        });
    }

    /// Charges limits that only count, each by itself.
    async fn observe(
        self: &Arc<Self>,
        limits: Together<'_, '_>,
        who: &Who<'_>,
        quota: &mut Quota,
    ) -> Result<(), Problem> {
        for meter in limits.observed() {
            let (charges, _) = self.charges(std::iter::once(meter), who);
            if charges.is_empty() {
                continue;
            }
            match self.charge(&charges).await {
                Ok((charged, _)) if !charged.admitted => would_refuse(meter),
                Ok((_, slots)) => quota.slots.extend(slots),
                // It refuses nobody, so nobody waits for one that does not answer once more.
                Err(why) => {
                    self.silenced(&why);
                    break;
                }
            }
        }
        Ok(())
    }

    /// Lists what a caller is charged, and of which limit each is.
    fn charges<'a>(
        &self,
        meters: impl Iterator<Item = &'a Meter>,
        who: &Who<'_>,
    ) -> (Vec<Charge>, SmallVec<[usize; 4]>) {
        let (mut charges, mut of) = (Vec::new(), SmallVec::new());
        for (index, meter) in meters.enumerate() {
            let Some(limit) = meter.name else { continue };
            let Some(named) = meter.named(who, &self.ledger) else { continue };
            for (nth, caller) in named.names.into_iter().take(named.count).enumerate() {
                let bound = meter.bound_of(nth);
                let (name, slot, weight) = (limit.with(caller), named.slot, meter.weight(who));
                charges.push(Charge { limit, name, slot, bound, weight });
                of.push(index);
            }
        }
        (charges, of)
    }

    /// Returns the refusal of names that are known to have to wait.
    fn known(
        &self,
        limits: Together<'_, '_>,
        who: &Who<'_>,
        (charges, of): (&[Charge], &[usize]),
        now: u64,
        quota: &mut Quota,
    ) -> Option<Refusal> {
        let waits = self.refused.waits(charges, now)?;
        let mut refusal = None;
        for (index, meter) in limits.meters().enumerate() {
            let own = waits.iter().zip(of).filter(|(_, of)| **of == index);
            if let Some(wait) = own.filter_map(|(wait, _)| *wait).max() {
                let wait = later(who, wait);
                refusal.get_or_insert_with(Refusal::default).add(meter, wait);
                let (stage, weight) = (limits.stage, meter.weight(who));
                let reset = Some(seconds(wait));
                quota.left.push(Left { policy: meter.policy, remaining: 0, reset, stage, weight });
            }
        }
        if refusal.is_some() {
            limits.name(quota);
        }
        refusal
    }

    /// Notes that the ledger does not answer, and tells it once.
    fn silenced(&self, why: &LedgerError) {
        if !self.silent.swap(true, Ordering::Relaxed) {
            self.ledger.counts().begun.add();
            tracing::error!(
                target: "secure_api::ledger",
                %why,
                "the outage of the ledger begins: routes are closed, or count by themselves, as each states"
            );
        }
    }

    /// Notes that the ledger answers, and tells it once.
    fn heard(&self) {
        if self.silent.load(Ordering::Relaxed) && self.silent.swap(false, Ordering::Relaxed) {
            self.ledger.counts().ended.add();
            tracing::info!(target: "secure_api::ledger", "the outage of the ledger is over");
        }
    }
}

impl fmt::Debug for Machines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machines").finish_non_exhaustive()
    }
}
