//! The ledger as the rest of an app asks it: by texts, with plain contents.

use std::{fmt, sync::Arc};

use super::{
    AnyLedger, Charge, Charged, Kept, Ledger, LedgerError, Memory, Name, Points, Record,
    name::Names,
};
use crate::{
    clock::Clock,
    error::StartProblem,
    metrics::LedgerCounts,
    observe::SUBJECT,
    secret::{AppSecret, Seal},
};

/// The ledger of an app. Clones share it.
///
/// Names are made here, under a key derived from the app's secret; records are sealed for a ledger that others may read, and
/// bound to their names. What is in the memory of this process is not sealed, and is answered without a boxed future.
#[derive(Clone)]
pub(crate) struct AppLedger(Arc<Inner>);

struct Inner {
    names: Names,
    seal: Seal,
    clock: Clock,
    counts: Arc<LedgerCounts>,
    at: At,
}

enum At {
    Memory(Memory),
    Own(Box<dyn AnyLedger>),
}

impl AppLedger {
    /// Creates the ledger of an app.
    pub(crate) fn new(secret: &AppSecret, own: Option<Box<dyn AnyLedger>>, clock: Clock) -> Self {
        let memory = || At::Memory(Memory::new(clock.clone()));
        Self::of(secret, own.map_or_else(memory, At::Own), clock)
    }

    /// Creates a ledger in the memory of this process, under a secret of its own.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn in_memory(memory: Memory) -> Self {
        let clock = memory.clock().clone();
        Self::of(&AppSecret::random(), At::Memory(memory), clock)
    }

    fn of(secret: &AppSecret, at: At, clock: Clock) -> Self {
        let (names, seal) = (Names::of(secret), Seal::of(secret, "ledger"));
        Self(Arc::new(Inner { names, seal, clock, counts: Arc::default(), at }))
    }

    /// Asks if it can remember, before the app serves.
    pub(crate) async fn ready(&self) -> Result<(), StartProblem> {
        match &self.0.at {
            At::Memory(_) => Ok(()),
            At::Own(ledger) => ledger.ready().await,
        }
    }

    /// Asks for something that is not there, to see if it answers.
    ///
    /// # Errors
    ///
    /// The ledger's own.
    pub(crate) async fn answers(&self) -> Result<(), LedgerError> {
        self.get(self.name(&["answers"])).await.map(|_| ())
    }

    /// Returns the counts of what it did not answer.
    pub(crate) fn counts(&self) -> &Arc<LedgerCounts> {
        &self.0.counts
    }

    /// Counts an answer that is none.
    fn told<T>(&self, answer: Result<T, LedgerError>) -> Result<T, LedgerError> {
        if answer.is_err() {
            self.0.counts.errors.add();
        }
        answer
    }

    /// Returns the clock of this machine.
    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Returns `true` if all of it is in the memory of this process, so that each answer is there at once.
    pub(crate) fn is_here(&self) -> bool {
        matches!(self.0.at, At::Memory(_))
    }

    /// Returns the subject of an issuer as all lines of the log name it.
    pub(crate) fn subject_in_log(&self, issuer: &str, subject: &str) -> Name {
        self.name(&[SUBJECT, issuer, subject])
    }

    /// Returns the name of texts in their order, the first of which says what they name.
    pub(crate) fn name<T: AsRef<[u8]>>(&self, texts: &[T]) -> Name {
        self.0.names.name(texts)
    }

    /// Records that a name of a caller's was seen, until a time. `true` the first time.
    pub(crate) async fn first(
        &self,
        name: Name,
        holder: Name,
        until: i64,
    ) -> Result<bool, LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.first_of(name, Some(holder), until),
            At::Own(ledger) => self.told(ledger.first(name, until).await),
        }
    }

    /// Refuses the credentials with this name that were issued before a time, until their end.
    pub(crate) async fn revoke(
        &self,
        name: Name,
        issued_before: i64,
        until: i64,
    ) -> Result<(), LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.revoke(name, issued_before, until).await,
            At::Own(ledger) => self.told(ledger.revoke(name, issued_before, until).await),
        }
    }

    /// Returns `false` where nothing can have been revoked.
    pub(crate) fn may_be_revoked(&self) -> bool {
        match &self.0.at {
            At::Memory(memory) => memory.any_revoked(),
            At::Own(_) => true,
        }
    }

    /// Returns, for each of these names, the time before which its credentials are refused.
    pub(crate) async fn revoked<const N: usize>(
        &self,
        names: [Name; N],
    ) -> Result<[Option<i64>; N], LedgerError> {
        let times = match &self.0.at {
            At::Memory(memory) => memory.revoked(&names).await?,
            At::Own(ledger) => self.told(ledger.revoked(&names).await)?,
        };
        // One that does not answer for each might have left out what is revoked.
        times.try_into().map_err(|_| LedgerError::new("it answered for other names"))
    }

    /// Adds a record. `false` if there is one of this name.
    pub(crate) async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.insert(name, record).await,
            At::Own(ledger) => self.told(ledger.insert(name, self.sealed(name, record)?).await),
        }
    }

    /// Returns a record that has not ended.
    pub(crate) async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.get(name).await,
            At::Own(ledger) => {
                let kept = self.told(ledger.get(name).await)?;
                kept.map(|kept| self.opened(name, kept)).transpose()
            }
        }
    }

    /// Puts a record in the place of one that is still as it was read.
    pub(crate) async fn replace(
        &self,
        name: Name,
        version: u64,
        record: Record,
    ) -> Result<bool, LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.replace(name, version, record).await,
            At::Own(ledger) => {
                self.told(ledger.replace(name, version, self.sealed(name, record)?).await)
            }
        }
    }

    /// Removes a record. `false` if there is none.
    pub(crate) async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.remove(name).await,
            At::Own(ledger) => self.told(ledger.remove(name).await),
        }
    }

    /// Returns the records of a group that have not ended.
    pub(crate) async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.group(group).await,
            At::Own(ledger) => {
                let opened = |(name, kept)| Ok((name, self.opened(name, kept)?));
                self.told(ledger.group(group).await)?.into_iter().map(opened).collect()
            }
        }
    }

    /// Charges all of these limits, or none of them.
    pub(crate) async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        let charged = match &self.0.at {
            At::Memory(memory) => memory.charge(charges).await?,
            At::Own(ledger) => self.told(ledger.charge(charges).await)?,
        };
        // One that does not answer for each might have left out the one that refuses.
        if charged.left.len() == charges.len() {
            Ok(charged)
        } else {
            Err(LedgerError::new("it answered for other limits"))
        }
    }

    /// Gives back what was charged at a time.
    pub(crate) async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        match &self.0.at {
            At::Memory(memory) => memory.refund(charges, at).await,
            At::Own(ledger) => self.told(ledger.refund(charges, at).await),
        }
    }

    /// Adds points to scores, and returns what each is now.
    pub(crate) async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        let scores = match &self.0.at {
            At::Memory(memory) => memory.add(points).await?,
            At::Own(ledger) => self.told(ledger.add(points).await)?,
        };
        // One that does not answer for each might give one caller the score of another.
        if scores.len() == points.len() {
            Ok(scores)
        } else {
            Err(LedgerError::new("it answered for other scores"))
        }
    }

    fn sealed(&self, name: Name, record: Record) -> Result<Record, LedgerError> {
        let value = self.0.seal.seal(name.as_bytes(), record.value);
        let value = value.ok_or_else(|| LedgerError::new("a record could not be sealed"))?;
        Ok(Record { value, ..record })
    }

    fn opened(&self, name: Name, kept: Kept) -> Result<Kept, LedgerError> {
        let value = self.0.seal.open(name.as_bytes(), &kept.value);
        let value =
            value.ok_or_else(|| LedgerError::new("a record was sealed by another secret"))?;
        Ok(Kept { value, ..kept })
    }
}

impl fmt::Debug for AppLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppLedger").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Own;

    fn ledger(secret: u8, memory: &Memory) -> AppLedger {
        let own: Box<dyn AnyLedger> = Box::new(Own(memory.clone()));
        AppLedger::new(&AppSecret::of(&[secret; 32]), Some(own), Clock::manual(0))
    }

    #[tokio::test]
    async fn what_others_may_read_is_sealed_and_bound_to_its_name() {
        let memory = Memory::new(Clock::manual(0));
        let (ours, theirs) = (ledger(7, &memory), ledger(8, &memory));
        let (name, other) = (ours.name(&["a"]), ours.name(&["b"]));
        let record = || Record { value: b"alice".to_vec(), until: 10, group: None, holder: None };
        assert!(ours.insert(name, record()).await.expect("room"));
        let kept = Ledger::get(&memory, name).await.expect("an answer").expect("a record");
        assert!(!kept.value.windows(5).any(|window| window == b"alice"));
        let ours_again = ours.get(name).await.expect("an answer").expect("a record");
        assert_eq!(ours_again.value, b"alice");
        assert!(theirs.get(name).await.is_err(), "another secret opens nothing");
        let moved = Record { value: kept.value, until: 10, group: None, holder: None };
        assert!(Ledger::insert(&memory, other, moved).await.expect("room"));
        assert!(ours.get(other).await.is_err(), "a record is of its own name only");
    }
}
