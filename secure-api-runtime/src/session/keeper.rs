//! The sessions of an app where they are kept.

use std::fmt;

use super::{SessionSettings, kept::Kept};
use crate::{
    clock::Clock,
    identity::{CallerId, Principal, Revocations},
    ledger::{self, AppLedger, LedgerError, Name, Record},
};

/// The sessions of an app where they are kept.
pub(crate) struct Keeper {
    pub(super) ledger: AppLedger,
    pub(super) settings: SessionSettings,
    pub(super) clock: Clock,
}

impl Keeper {
    pub(crate) fn new(ledger: AppLedger, settings: SessionSettings, clock: Clock) -> Self {
        Self { ledger, settings, clock }
    }

    pub(super) fn name(&self, text: &str) -> Name {
        self.ledger.name(&["session", text])
    }

    fn group(&self, owner: &CallerId) -> Name {
        self.ledger.name(&["sessions", owner.as_str()])
    }

    /// Returns the end of a session that is used now.
    pub(super) fn end(&self, kept: &Kept, now: i64) -> i64 {
        if crate::weakened::is("session-idle") {
            return kept.latest_end;
        }
        kept.latest_end.min(now.saturating_add(self.settings.idle_seconds()))
    }

    pub(super) fn record(&self, kept: &Kept, owner: &CallerId, until: i64) -> Record {
        Record { value: kept.written(), until, group: Some(self.group(owner)), holder: None }
    }

    /// Returns `true` if a session has not ended.
    pub(super) async fn is_open(&self, text: &str) -> Result<bool, LedgerError> {
        let found = self.ledger.get(self.name(text)).await?;
        Ok(found.is_some_and(|found| self.clock.unix_seconds() < found.until))
    }

    /// Returns the principal of a session, and notes that it was used, every now and then.
    pub(super) async fn used(&self, text: &str) -> Result<Option<Principal>, LedgerError> {
        let (name, now) = (self.name(text), self.clock.unix_seconds());
        let found = self.ledger.get(name).await?.filter(|found| now < found.until);
        let Some(found) = found else { return Ok(None) };
        let Some(mut kept) = Kept::read(&found.value) else { return Ok(None) };
        let Some(owner) = kept.owner() else { return Ok(None) };
        if now.saturating_sub(kept.used_at) >= self.settings.noted_seconds() {
            kept.used_at = now;
            // Of two requests at once one notes it. One that ended in between is gone, and stays so.
            let record = self.record(&kept, &owner, self.end(&kept, now));
            if !self.ledger.replace(name, found.version, record).await?
                && self.ledger.get(name).await?.is_none()
            {
                return Ok(None);
            }
        }
        Ok(Some(kept.principal()))
    }

    /// Begins a session of a principal that a verification makes up: its text and its id.
    #[cfg(feature = "testing")]
    pub(crate) async fn make_up(
        &self,
        principal: Principal,
    ) -> Result<(String, String), crate::object::StoreError> {
        let randomness = |_| crate::object::StoreError::from("the system gives no randomness");
        let text = super::text::random().map_err(randomness)?;
        let id = super::text::random_id().map_err(randomness)?;
        let now = self.clock.unix_seconds();
        let latest_end = now.saturating_add(self.settings.absolute_seconds());
        let kept = Kept::new(id.clone(), principal, now, latest_end);
        let owner = kept.owner().ok_or("nobody is called so")?;
        let record = self.record(&kept, &owner, self.end(&kept, now));
        self.ledger.insert(self.name(&text), record).await?;
        Ok((text, id))
    }

    /// Returns the seconds without a request after which a session ends.
    #[cfg(feature = "testing")]
    pub(crate) fn idle_seconds(&self) -> i64 {
        self.settings.idle_seconds()
    }

    /// Returns the sessions of a caller that open something, the one that was used last first. Those that were revoked open
    /// nothing, and are removed.
    pub(super) async fn of(&self, owner: &CallerId) -> Result<Vec<(Name, Kept, i64)>, LedgerError> {
        let found = self.ledger.group(self.group(owner)).await?;
        let read = |(name, record): (Name, ledger::Kept)| {
            Some((name, Kept::read(&record.value)?, record.until))
        };
        let revocations = Revocations::new(self.ledger.clone());
        let mut all = Vec::new();
        for (name, kept, until) in found.into_iter().filter_map(read) {
            let id = [&*kept.issuer, &kept.subject, &kept.id];
            if revocations.include(id, kept.began_at).await? {
                self.ledger.remove(name).await?;
            } else {
                all.push((name, kept, until));
            }
        }
        all.sort_by_key(|(_, kept, _)| std::cmp::Reverse((kept.used_at, kept.began_at)));
        Ok(all)
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("settings", &self.settings).finish_non_exhaustive()
    }
}
