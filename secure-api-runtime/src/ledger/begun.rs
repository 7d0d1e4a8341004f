//! Requests that let somebody in, while all that this somebody had is ended by another one.
//!
//! Machines do not agree on what time it is, so no clock is asked. There is one number that grows with each end. A request that
//! may let somebody in reads it when it begins, before anything is looked up, and each end is noted by its subject under a number
//! above all that were read before: what is kept later finds a greater one than it read.

use std::sync::{Arc, Mutex, PoisonError};

use super::{AppLedger, LedgerError, Name, Record};

/// The seconds for which it is known that all of a subject was ended: longer than a handler runs.
const KNOWN: i64 = 3600;
/// The times that a note is tried again, where somebody changed it in between.
const TRIES: usize = 16;

/// The beginning of a request, as the ledger has it: what its handler finds out of an account, it does after that. Clones
/// share it.
#[derive(Debug, Clone)]
pub(crate) struct Begun(Option<Arc<Request>>);

#[derive(Debug)]
struct Request {
    /// The ends that there had been.
    ends: u64,
    /// The ends that are its own.
    own: Mutex<Vec<(Name, [u8; 16])>>,
}

/// The end of all of a subject, as it is kept.
struct End {
    number: u64,
    /// Random, so that whoever made it knows it again.
    id: [u8; 16],
}

impl Begun {
    /// Returns the beginning of a request that begins now.
    pub(crate) async fn now(ledger: &AppLedger) -> Result<Self, LedgerError> {
        let ends = ends(ledger).await?.map_or(0, |(ends, _)| ends);
        Ok(Self(Some(Arc::new(Request { ends, own: Mutex::default() }))))
    }

    /// Returns the beginning of what is no request: nothing was ended since.
    pub(crate) fn never() -> Self {
        Self(None)
    }

    /// Notes that all of a subject is ended, before it is: what another request keeps later finds this, and what it kept before
    /// is found. The request that ends it may let the subject in anew, unless another one has ended it since this one began.
    pub(crate) async fn note_end(
        &self,
        (issuer, subject): (&str, &str),
        ledger: &AppLedger,
    ) -> Result<(), LedgerError> {
        let name = name(ledger, issuer, subject);
        let number = next(ledger).await?;
        let until = ledger.clock().unix_seconds().saturating_add(KNOWN);
        for _ in 0..TRIES {
            let kept = ledger.get(name).await?;
            let before = kept.as_ref().map(|kept| End::read(&kept.value)).transpose()?;
            let mut end = End { number, id: [0; 16] };
            aws_lc_rs::rand::fill(&mut end.id)
                .map_err(|_| LedgerError::new("the system gives no randomness"))?;
            if let Some(before) = &before {
                end.number = number.max(before.number);
            }
            let record = Record { value: end.written(), until, group: None, holder: None };
            let noted = match kept {
                Some(kept) => ledger.replace(name, kept.version, record).await?,
                None => ledger.insert(name, record).await?,
            };
            if noted {
                if before.is_none_or(|before| self.is_after(name, &before)) {
                    self.owns(name, end.id);
                }
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
        if self.0.is_none() {
            return Ok(false);
        }
        let name = name(ledger, issuer, subject);
        let Some(kept) = ledger.get(name).await? else { return Ok(false) };
        Ok(!self.is_after(name, &End::read(&kept.value)?))
    }

    /// Returns `true` if it began after an end, or made it.
    fn is_after(&self, name: Name, end: &End) -> bool {
        self.0.as_ref().is_none_or(|request| {
            let own = request.own.lock().unwrap_or_else(PoisonError::into_inner);
            end.number <= request.ends || own.contains(&(name, end.id))
        })
    }

    fn owns(&self, name: Name, id: [u8; 16]) {
        if let Some(request) = &self.0 {
            request.own.lock().unwrap_or_else(PoisonError::into_inner).push((name, id));
        }
    }
}

impl End {
    fn read(value: &[u8]) -> Result<Self, LedgerError> {
        let parts = value.split_first_chunk().and_then(|(number, id)| {
            Some(Self { number: u64::from_be_bytes(*number), id: id.try_into().ok()? })
        });
        parts.ok_or_else(|| LedgerError::new("the end of a subject cannot be read"))
    }

    fn written(&self) -> Vec<u8> {
        [&self.number.to_be_bytes()[..], &self.id].concat()
    }
}

/// Returns the number of ends, with the version of its record, where there was one.
async fn ends(ledger: &AppLedger) -> Result<Option<(u64, u64)>, LedgerError> {
    let Some(kept) = ledger.get(ledger.name(&["ends of subjects"])).await? else { return Ok(None) };
    let ends = <[u8; 8]>::try_from(&*kept.value).map(u64::from_be_bytes);
    let ends = ends.map_err(|_| LedgerError::new("the number of ends cannot be read"))?;
    Ok(Some((ends, kept.version)))
}

/// Returns a number that is greater than all that were read before, and not than one that is read from here on.
async fn next(ledger: &AppLedger) -> Result<u64, LedgerError> {
    let name = ledger.name(&["ends of subjects"]);
    let before = ends(ledger).await?;
    let next = before.map_or(0, |(ends, _)| ends).saturating_add(1);
    let record =
        Record { value: next.to_be_bytes().to_vec(), until: i64::MAX, group: None, holder: None };
    // Where it is not as it was read, somebody else has made it as great: two ends may have one number.
    match before {
        Some((_, version)) => ledger.replace(name, version, record).await?,
        None => ledger.insert(name, record).await?,
    };
    Ok(next)
}

fn name(ledger: &AppLedger, issuer: &str, subject: &str) -> Name {
    ledger.name(&["end of a subject", issuer, subject])
}
