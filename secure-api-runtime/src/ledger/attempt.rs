//! The record of an attempt: made once, and removed again where the attempt failed.

use std::sync::{Arc, OnceLock};

use super::{AppLedger, LedgerError, Name, Record};

/// The record of what a request is to do once. While it runs and when it is done nobody else does it; where it failed, the next one may.
#[derive(Clone, Default)]
pub(crate) struct Attempt(Arc<OnceLock<(AppLedger, Name)>>);

impl Attempt {
    /// Records it, until a time. `true` the first time.
    #[cfg_attr(not(feature = "client"), allow(dead_code, reason = "nothing is to be done once"))]
    pub(crate) async fn begin(
        &self,
        ledger: &AppLedger,
        (name, holder): (Name, Name),
        until: i64,
    ) -> Result<bool, LedgerError> {
        let record = Record { value: Vec::new(), until, group: None, holder: Some(holder) };
        let is_first = ledger.insert(name, record).await?;
        if is_first {
            // Only a record of its own is removed. An attempt begins once.
            let _ = self.0.set((ledger.clone(), name));
        }
        Ok(is_first)
    }

    /// Removes the record, since the attempt failed.
    pub(crate) async fn fail(&self) -> Result<(), LedgerError> {
        match self.0.get() {
            Some((ledger, name)) => ledger.remove(*name).await.map(|_| ()),
            None => Ok(()),
        }
    }
}
