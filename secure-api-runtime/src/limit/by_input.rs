//! Limits that need the input: kept with a request until it is read, and charged then.

use std::{fmt, mem, sync::Arc};

use tokio::sync::Mutex;

use super::{AddressKey, LimitArms, LimitSet, Notes, Quota, Slots, Who};
use crate::{error::Problem, fingerprint::fingerprint, identity::Identity};

/// The limits of one request that its input decides about, with what they are charged by.
pub(crate) struct ByInput {
    limits: Arc<LimitArms>,
    app: Arc<LimitSet>,
    address: AddressKey,
    /// Shared with whoever writes the header fields, also of a request that is cut off.
    quota: Arc<Mutex<Quota>>,
    /// The notes of its input, made while it is decoded.
    pub(crate) notes: Notes,
}

/// The quota of a request whose limits wait for its input.
pub(crate) struct LentQuota(Arc<Mutex<Quota>>);

impl ByInput {
    /// Creates those of a request; `None` if its operation has no such limit. The quota is lent to them.
    pub(crate) fn of(
        limits: &Arc<LimitArms>,
        app: &Arc<LimitSet>,
        who: Who<'_>,
        quota: &mut Quota,
    ) -> Option<Box<Self>> {
        if limits.fields().is_empty() {
            return None;
        }
        Some(Box::new(Self {
            limits: Arc::clone(limits),
            app: Arc::clone(app),
            address: who.address,
            quota: Arc::new(Mutex::new(mem::take(quota))),
            notes: Notes::of(limits.fields()),
        }))
    }

    /// Returns a handle to the quota.
    pub(crate) fn lent(&self) -> LentQuota {
        LentQuota(Arc::clone(&self.quota))
    }

    /// Returns the hash of the value that its limits count by first: for a request that takes credentials, whose they would be.
    pub(crate) fn name(&self) -> Option<u64> {
        self.notes.first().map(|text| fingerprint(&[text]).half())
    }

    /// Charges the request by its input, now that it is read. The places that it takes among requests at one time are added to
    /// `slots`.
    ///
    /// # Errors
    ///
    /// Those of limits. What its other limits were charged is given back then.
    pub(crate) async fn check(
        &self,
        identity: Option<&Identity>,
        slots: &mut Slots,
    ) -> Result<(), Problem> {
        let who = Who { address: self.address, identity, notes: Some(&self.notes) };
        let roles = identity.map_or(0, Identity::roles);
        // Nobody else has it until the request is over.
        let mut quota = self.quota.lock().await;
        self.limits.check_input(&self.app, roles, who, &mut quota).await?;
        slots.extend(quota.take_slots());
        Ok(())
    }
}

impl LentQuota {
    /// Takes the quota back once the request is over. It is gone where its limits are still asked, which nobody waits for then.
    pub(crate) fn back(self) -> Quota {
        self.0.try_lock().map(|mut quota| mem::take(&mut *quota)).unwrap_or_default()
    }
}

impl fmt::Debug for ByInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByInput").field("notes", &self.notes).finish_non_exhaustive()
    }
}
