//! Requests that let somebody in, while all that this somebody had is ended by another one.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use super::{AppLedger, LedgerError, Name, Record};
use crate::clock::Clock;

/// The seconds for which it is known that all of a subject was ended: longer than a handler runs.
const KNOWN: i64 = 3600;
/// The times that a note is tried again, where somebody changed it in between.
const TRIES: usize = 16;

/// The time at which a request began, in milliseconds since 1970: what its handler finds out of an account, it does after that.
/// Clones share it.
#[derive(Clone)]
pub(crate) struct Begun(Arc<AtomicI64>);

impl Begun {
    /// Returns the time of a request that begins now.
    pub(crate) fn now(clock: &Clock) -> Self {
        Self(Arc::new(AtomicI64::new(clock.unix_millis())))
    }

    /// Returns the time of what is no request: nothing was ended since.
    pub(crate) fn never() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MAX)))
    }

    /// Notes that all of a subject is ended, before it is: what another request keeps later finds this, and what it kept before
    /// is found. The request that ends it may let the subject in anew.
    pub(crate) async fn note_end(
        &self,
        (issuer, subject): (&str, &str),
        ledger: &AppLedger,
        clock: &Clock,
    ) -> Result<(), LedgerError> {
        let name = name(ledger, issuer, subject);
        let until = clock.unix_seconds().saturating_add(KNOWN);
        for _ in 0..TRIES {
            let now = clock.unix_millis();
            let record = Record { value: now.to_be_bytes().to_vec(), until, group: None };
            let noted = match ledger.get(name).await? {
                Some(kept) => ledger.replace(name, kept.version, record).await?,
                None => ledger.insert(name, record).await?,
            };
            if noted {
                self.0.fetch_max(now, Ordering::AcqRel);
                return Ok(());
            }
        }
        Err(LedgerError::new("all of one subject is ended too often"))
    }

    /// Returns `true` if another request has ended all of a subject after this one began.
    pub(crate) async fn was_ended(
        &self,
        (issuer, subject): (&str, &str),
        ledger: &AppLedger,
    ) -> Result<bool, LedgerError> {
        let Some(kept) = ledger.get(name(ledger, issuer, subject)).await? else { return Ok(false) };
        let ended = <[u8; 8]>::try_from(&*kept.value).map(i64::from_be_bytes);
        let ended = ended.map_err(|_| LedgerError::new("the end of a subject cannot be read"))?;
        Ok(ended > self.0.load(Ordering::Acquire))
    }
}

fn name(ledger: &AppLedger, issuer: &str, subject: &str) -> Name {
    ledger.name(&["end of a subject", issuer, subject])
}
