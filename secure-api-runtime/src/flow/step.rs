//! A step as a record of the ledger: that it was done, and who is using it.
//!
//! Each change replaces the record as it was read, so of two requests at once one changes it, on whichever machine.

use std::time::Duration;

use super::{
    After,
    bytes::Unread,
    claim::{Claim, Hold, after, now, seconds},
};
use crate::ledger::{AppLedger, LedgerError, Name, Record};

/// The times that a change is tried, where somebody else changed the record in between.
const TRIES: usize = 8;
/// The time for which a record is kept beyond its step's, so that a clock that is ahead ends none: who uses it asks its time.
const SPARE: Duration = Duration::from_secs(5);

/// The state of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A step that is being done for the first time, and keeps its room.
    Begun,
    /// A step that was done, at a time in microseconds since 1970.
    Done { at: u64 },
    /// A step that was done, and that a request uses.
    Used { at: u64, hold: Hold },
}

/// The steps of one caller.
pub(super) struct Steps<'a> {
    pub(super) ledger: &'a AppLedger,
    /// The caller, whose share of the room they take.
    pub(super) holder: Name,
}

impl Steps<'_> {
    /// Makes room for a step that is about to be done, until a request that does it is over.
    pub(super) async fn reserve(&self, name: Name, lease: Duration) -> Result<(), LedgerError> {
        let until = seconds(after(now(self.ledger), lease));
        // Where there is one of the name, it has the room.
        self.ledger.insert(name, self.record(Step::Begun, until)).await.map(|_| ())
    }

    /// Keeps that the step was done, for a time. Doing it again begins it anew.
    pub(super) async fn done(&self, name: Name, keep: Duration) -> Result<(), LedgerError> {
        for _ in 0..TRIES {
            let at = now(self.ledger);
            let until = seconds(after(at, keep.saturating_add(SPARE)));
            let record = self.record(Step::Done { at }, until);
            let kept = match self.ledger.get(name).await? {
                Some(kept) => self.ledger.replace(name, kept.version, record).await?,
                None => self.ledger.insert(name, record).await?,
            };
            if kept {
                return Ok(());
            }
        }
        Err(LedgerError::new("a step is done too often at once"))
    }

    /// Holds the step, so that nobody else can use it; or returns why not.
    pub(super) async fn take(
        &self,
        name: Name,
        rule: &After,
        hold: Hold,
    ) -> Result<Result<(), &'static str>, LedgerError> {
        if crate::weakened::is("order") {
            return Ok(Ok(()));
        }
        for _ in 0..TRIES {
            let Some(kept) = self.ledger.get(name).await? else {
                return Ok(Err("the step before was not done"));
            };
            let now = now(self.ledger);
            let (at, used) = match Step::read(&kept.value)? {
                Step::Begun => return Ok(Err("the step before was not done")),
                Step::Done { at } => (at, None),
                Step::Used { at, hold } => (at, Some(hold)),
            };
            let refused = if now >= after(at, rule.within) {
                "the step before was done too long ago"
            } else if now < after(at, rule.at_least) {
                "the step before was done too recently"
            } else {
                match used {
                    Some(hold) if hold.is_over(now) => {
                        "the request that used the step before ended without a word"
                    }
                    Some(_) => "the step before is being used by another request",
                    None => {
                        let record = self.record(Step::Used { at, hold }, kept.until);
                        if self.ledger.replace(name, kept.version, record).await? {
                            return Ok(Ok(()));
                        }
                        continue;
                    }
                }
            };
            return Ok(Err(refused));
        }
        Ok(Err("the step before is being used by many requests"))
    }

    /// Uses up a step that is held by this claim.
    pub(super) async fn use_up(&self, name: Name, claim: Claim) -> Result<(), LedgerError> {
        if crate::weakened::is("single-use") {
            return self.give_back(name, claim).await;
        }
        self.end(name, claim, |at, _| (Step::Done { at }, 0)).await
    }

    /// Gives a step back that is held by this claim, unused.
    pub(super) async fn give_back(&self, name: Name, claim: Claim) -> Result<(), LedgerError> {
        self.end(name, claim, |at, until| (Step::Done { at }, until)).await
    }

    /// Ends the hold of a claim, by the step that it becomes and its end, which in the past is its removal. Where the record is
    /// another by now, the step was done again, and this claim has no say over it.
    async fn end(
        &self,
        name: Name,
        claim: Claim,
        becomes: impl Fn(u64, i64) -> (Step, i64),
    ) -> Result<(), LedgerError> {
        let Some(kept) = self.ledger.get(name).await? else { return Ok(()) };
        match Step::read(&kept.value)? {
            Step::Used { at, hold } if hold.claim == claim => {
                let (step, until) = becomes(at, kept.until);
                let record = self.record(step, until);
                self.ledger.replace(name, kept.version, record).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }

    fn record(&self, step: Step, until: i64) -> Record {
        Record { value: step.written(), until, group: None, holder: Some(self.holder) }
    }
}

impl Step {
    fn written(self) -> Vec<u8> {
        let mut value = Vec::with_capacity(41);
        match self {
            Self::Begun => value.push(0),
            Self::Done { at } => {
                value.push(1);
                value.extend(at.to_be_bytes());
            }
            Self::Used { at, hold } => {
                value.push(2);
                value.extend(at.to_be_bytes());
                hold.write(&mut value);
            }
        }
        value
    }

    fn read(value: &[u8]) -> Result<Self, LedgerError> {
        let mut bytes = Unread(value);
        let mut step = || {
            Some(match bytes.byte()? {
                0 => Self::Begun,
                1 => Self::Done { at: bytes.number()? },
                2 => Self::Used { at: bytes.number()?, hold: Hold::read(&mut bytes)? },
                _ => return None,
            })
        };
        let step = step().and_then(|step| bytes.last(step));
        step.ok_or_else(|| LedgerError::new("a step cannot be read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_read_as_it_was_written() {
        let hold = Hold { claim: Claim::new(), until: 7 };
        for step in [Step::Begun, Step::Done { at: 5 }, Step::Used { at: 5, hold }] {
            let written = step.written();
            assert_eq!(Step::read(&written).ok(), Some(step));
            assert!(Step::read(&written[1..]).is_err());
            assert!(Step::read(&[&written[..], &[0]].concat()).is_err(), "{step:?}");
        }
    }
}
