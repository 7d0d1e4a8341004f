//! Names that were seen once, with a share of the room for each caller.

use std::collections::HashMap;

use super::{SWEEP_SECONDS, seconds};
use crate::{
    expiring::Expiring,
    ledger::{LedgerError, Name},
};

/// The most names that are remembered as seen: some 70 MB, and at 8 000 proofs a second the two minutes that a proof is good
/// for.
pub(super) const MOST: usize = 1_000_000;
/// The share of the room that is left which one caller may have, as its divisor. So where room gets short, whoever has most is
/// refused first. One caller alone has some 58 000: for two minutes nearly 500 requests a second, which is more than their limits
/// mostly admit; beside twenty such ones anybody else finds room for as many thousands.
const SHARE: usize = 16;

/// The names, each with the caller whose it is.
pub(super) struct Seen {
    all: Expiring<Name, Holder>,
    /// The number of names of each caller.
    held: HashMap<u64, usize>,
}

/// A caller, by a half of its name; none for what is nobody's.
#[derive(Clone, Copy)]
struct Holder(Option<std::num::NonZeroU64>);

impl Holder {
    fn of(name: Option<Name>) -> Self {
        let half = |name: Name| name.as_bytes().first_chunk().copied().map(u64::from_le_bytes);
        Self(name.and_then(half).and_then(std::num::NonZeroU64::new))
    }
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { all: Expiring::new(SWEEP_SECONDS), held: HashMap::new() }
    }

    /// Records that a name was seen, until a time. `true` the first time.
    pub(super) fn first(
        &mut self,
        name: Name,
        holder: Option<Name>,
        (now, until): (u64, i64),
    ) -> Result<bool, LedgerError> {
        let holder = Holder::of(holder);
        let refused = self.refuses(holder);
        if self.all.is_due(now, refused.is_some()) {
            let Self { all, held } = self;
            all.sweep(now, |holder| leave(held, *holder));
        }
        if self.all.get(&name, now).is_some() {
            return Ok(false);
        }
        if let Some(why) = self.refuses(holder) {
            return Err(LedgerError::new(why));
        }
        // What has ended and was not evicted yet was somebody's, too.
        if let Some(before) = self.all.remove_if(name, |_| true) {
            leave(&mut self.held, before);
        }
        if let Holder(Some(holder)) = holder {
            *self.held.entry(holder.get()).or_default() += 1;
        }
        self.all.insert(name, seconds(until), holder);
        Ok(true)
    }

    /// Returns the reason for which there is no room for one more of a caller's.
    fn refuses(&self, holder: Holder) -> Option<&'static str> {
        let free = MOST.saturating_sub(self.all.len());
        let held = |holder: u64| self.held.get(&holder).copied().unwrap_or_default();
        match holder {
            _ if free == 0 => Some("a million names are remembered, and none has ended"),
            Holder(Some(holder)) if held(holder.get()) > free / SHARE => {
                Some("one caller has a large share of all names that are remembered")
            }
            Holder(_) => None,
        }
    }

    #[cfg(test)]
    pub(super) fn callers(&self) -> usize {
        self.held.len()
    }
}

/// Counts a name of a caller no longer.
fn leave(held: &mut HashMap<u64, usize>, holder: Holder) {
    let Holder(Some(holder)) = holder else { return };
    if let Some(count) = held.get_mut(&holder.get()) {
        *count -= 1;
        if *count == 0 {
            held.remove(&holder.get());
        }
    }
}
