//! The records in which machines that share a ledger keep one live inventory.
//!
//! Each has a part of the operations, and is read and replaced as a whole. Machines add to it in turn: whoever was slower reads it
//! again. Of each machine a record names the last batch that is in it, so one whose answer was lost is not added twice.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::time::{sleep, timeout};

use super::super::{Live, LiveInventory};
use crate::{
    fingerprint::random_key,
    ledger::{AppLedger, Kept, LedgerError, Name, Record},
};

/// The records of one inventory. A machine asks for so many in ten seconds, and writes those in which something is new.
pub(super) const PARTS: usize = 8;

/// The time after which a ledger that says nothing is taken for gone.
const DEADLINE: Duration = Duration::from_secs(1);

/// The attempts to be the fastest of several machines.
const ATTEMPTS: u64 = 8;

/// The seconds after which a record that nobody adds to is forgotten: longer than a year, so that what is called once in one is known.
const ENDS: i64 = 400 * 86_400;

/// The seconds after which nobody asks any more for the last batch of a machine.
const FORGOTTEN: i64 = 86_400;

/// The records of an app.
pub(super) struct Shared {
    ledger: AppLedger,
    names: [Name; PARTS],
    /// The name of this process, by which records know its batches.
    machine: String,
}

/// A record.
#[derive(Serialize, Deserialize)]
struct Content {
    seen: LiveInventory,
    /// The last batch of each machine.
    batches: BTreeMap<String, Batch>,
}

#[derive(Serialize, Deserialize)]
struct Batch {
    number: u64,
    at: i64,
}

impl Shared {
    pub(super) fn in_ledger(ledger: AppLedger) -> Self {
        let name = |part: usize| ledger.name(&[&b"live inventory"[..], &[part as u8]]);
        let names = std::array::from_fn(name);
        Self { ledger, names, machine: format!("{:032x}", u128::from_le_bytes(random_key())) }
    }

    /// Exchanges all parts.
    pub(super) async fn keep(&self, live: &Arc<Live>) -> Result<(), LedgerError> {
        let all = join_all((0..PARTS).map(|part| self.exchange(live, part))).await;
        all.into_iter().collect()
    }

    /// Adds what was seen of a part to its record, and hears what else is there.
    async fn exchange(&self, live: &Live, part: usize) -> Result<(), LedgerError> {
        let name = self.names[part];
        for attempt in 0..ATTEMPTS {
            let batch = live.send(part);
            let kept = self.asked(self.ledger.get(name)).await?;
            let version = kept.as_ref().map(|kept| kept.version);
            let (there, mut batches) = match read(kept)? {
                Some(Content { seen, batches }) => (Some(seen), batches),
                None => (None, BTreeMap::new()),
            };
            let told = batches.get(&self.machine).map(|told| told.number);
            let is_new = batch.is_some() && told != batch;
            let seen = live.to_keep(part, there.clone(), is_new);
            if !is_new && there.as_ref() == Some(&seen) {
                live.hear(part, seen);
                // One that waited was there already, and then there is what was seen since.
                if batch.is_some() {
                    continue;
                }
                return Ok(());
            }
            let now = self.ledger.clock().unix_seconds();
            batches.retain(|_, batch| batch.at > now.saturating_sub(FORGOTTEN));
            if let Some(number) = batch {
                batches.insert(self.machine.clone(), Batch { number, at: now });
            }
            let record = record(&Content { seen: seen.clone(), batches }, now)?;
            let is_first = match version {
                Some(version) => self.asked(self.ledger.replace(name, version, record)).await?,
                None => self.asked(self.ledger.insert(name, record)).await?,
            };
            if is_first {
                live.hear(part, seen);
                return Ok(());
            }
            // Machines that began at one time do not meet again.
            sleep(Duration::from_millis(u64::from(random_key()[0]) % (10 << attempt))).await;
        }
        Err(LedgerError::new("other machines were always faster"))
    }

    async fn asked<T>(
        &self,
        answer: impl Future<Output = Result<T, LedgerError>>,
    ) -> Result<T, LedgerError> {
        timeout(DEADLINE, answer).await.unwrap_or_else(|_| Err(LedgerError::new("it says nothing")))
    }
}

/// Reads a record. One that is none stays as it is: it may be that of a newer build, and closings are in it.
fn read(kept: Option<Kept>) -> Result<Option<Content>, LedgerError> {
    let Some(kept) = kept else { return Ok(None) };
    serde_json::from_slice(&kept.value).map(Some).map_err(LedgerError::new)
}

fn record(content: &Content, now: i64) -> Result<Record, LedgerError> {
    let value = serde_json::to_vec(content).map_err(LedgerError::new)?;
    Ok(Record { value, until: now.saturating_add(ENDS), group: None, holder: None })
}
