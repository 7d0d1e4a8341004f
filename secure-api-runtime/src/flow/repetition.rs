//! A key as a record of the ledger: that its request goes on, or the answer that it had.
//!
//! Each change replaces the record as it was read, so of two requests at once one has the key, on whichever machine.

use super::{
    KEY_TTL,
    bytes::Unread,
    claim::{Claim, Hold, after, now, seconds},
    kept::Kept,
};
use crate::ledger::{AppLedger, LedgerError, Name, Record};

/// The times that a key is asked for, where it ends in between.
const TRIES: usize = 8;

/// The state of a key, with the keyed hash of the content that it came with.
struct State {
    content: [u8; 16],
    progress: Progress,
}

enum Progress {
    Held(Hold),
    Done(Kept),
}

/// The result of beginning a key.
#[derive(Debug)]
pub(super) enum Begun {
    /// A new key, now held for the caller.
    Held,
    /// Its first request is still being carried out.
    InFlight,
    /// A key that was used for a request with other content.
    Mismatch,
    /// Its request was carried out, and had this answer.
    Done(Kept),
}

/// The keys of one caller.
pub(super) struct Keys<'a> {
    pub(super) ledger: &'a AppLedger,
    /// The caller, whose share of the room they take.
    pub(super) holder: Name,
}

impl Keys<'_> {
    /// Holds a key for a request with this content, or says what became of it.
    pub(super) async fn begin(
        &self,
        key: Name,
        content: Name,
        hold: Hold,
    ) -> Result<Begun, LedgerError> {
        if crate::weakened::is("repetition") {
            return Ok(Begun::Held);
        }
        for _ in 0..TRIES {
            let until = seconds(after(now(self.ledger), KEY_TTL));
            let state = State { content: *content.as_bytes(), progress: Progress::Held(hold) };
            if self.ledger.insert(key, self.record(&state, until)).await? {
                return Ok(Begun::Held);
            }
            if let Some(kept) = self.ledger.get(key).await? {
                let state = State::read(&kept.value)?;
                return Ok(match state.progress {
                    _ if state.content != *content.as_bytes()
                        && !crate::weakened::is("same-request") =>
                    {
                        Begun::Mismatch
                    }
                    // Whoever held it is gone: nobody knows how far that request came.
                    Progress::Held(hold) if hold.is_over(now(self.ledger)) => {
                        Begun::Done(Kept::Undecided)
                    }
                    Progress::Held(_) => Begun::InFlight,
                    Progress::Done(kept) => Begun::Done(kept),
                });
            }
        }
        Err(LedgerError::new("a key comes and goes"))
    }

    /// Keeps the answer that the request of this claim had. Without room for it, it is still known that there was one.
    pub(super) async fn finish(
        &self,
        key: Name,
        claim: Claim,
        answer: Kept,
    ) -> Result<(), LedgerError> {
        let has_bytes = matches!(answer, Kept::Answer { .. });
        let kept = self.end(key, claim, Some(answer)).await;
        if kept.is_err() && has_bytes {
            return self.end(key, claim, Some(Kept::TooLarge)).await;
        }
        kept
    }

    /// Forgets the key of this claim, whose request had no answer to keep.
    pub(super) async fn abandon(&self, key: Name, claim: Claim) -> Result<(), LedgerError> {
        self.end(key, claim, None).await
    }

    async fn end(&self, key: Name, claim: Claim, answer: Option<Kept>) -> Result<(), LedgerError> {
        let Some(kept) = self.ledger.get(key).await? else { return Ok(()) };
        let state = State::read(&kept.value)?;
        match state.progress {
            Progress::Held(hold) if hold.claim == claim => {
                // One that ends in the past is removed.
                let (progress, until) = match answer {
                    Some(answer) => (Progress::Done(answer), kept.until),
                    None => (Progress::Held(hold), 0),
                };
                let record = self.record(&State { progress, ..state }, until);
                self.ledger.replace(key, kept.version, record).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }

    fn record(&self, state: &State, until: i64) -> Record {
        Record { value: state.written(), until, group: None, holder: Some(self.holder) }
    }
}

impl State {
    fn written(&self) -> Vec<u8> {
        let mut value = self.content.to_vec();
        match &self.progress {
            Progress::Held(hold) => {
                value.push(0);
                hold.write(&mut value);
            }
            Progress::Done(kept) => {
                value.push(1);
                kept.write(&mut value);
            }
        }
        value
    }

    fn read(value: &[u8]) -> Result<Self, LedgerError> {
        let mut bytes = Unread(value);
        let mut state = || {
            let content = bytes.array()?;
            let progress = match bytes.byte()? {
                0 => Progress::Held(Hold::read(&mut bytes)?),
                1 => Progress::Done(Kept::read(&mut bytes)?),
                _ => return None,
            };
            Some(Self { content, progress })
        };
        let state = state().and_then(|state| bytes.last(state));
        state.ok_or_else(|| LedgerError::new("a key cannot be read"))
    }
}
