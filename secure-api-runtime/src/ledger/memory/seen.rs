//! Names that were seen once, with a share of the room for each caller.

use super::{
    SWEEP_SECONDS,
    room::{Holder, Lack, Room},
    seconds,
};
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
    pub(super) room: Room,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { all: Expiring::new(SWEEP_SECONDS), room: Room::new(MOST, SHARE) }
    }

    /// Records that a name was seen, until a time. `true` the first time.
    pub(super) fn first(
        &mut self,
        name: Name,
        holder: Option<Name>,
        (now, until): (u64, i64),
    ) -> Result<bool, LedgerError> {
        let holder = Holder::of(holder);
        let refused = self.room.refuses(holder, 1);
        if self.all.is_due(now, refused.is_some()) {
            let Self { all, room } = self;
            all.sweep(now, |holder| room.free(*holder, 1));
        }
        if self.all.get(&name, now).is_some() {
            return Ok(false);
        }
        match self.room.refuses(holder, 1) {
            None => {}
            Some(Lack::Full) => {
                let why = "a million names are remembered, and none has ended";
                return Err(LedgerError::new(why));
            }
            Some(Lack::Share) => {
                let why = "one caller has a large share of all names that are remembered";
                return Err(LedgerError::new(why));
            }
        }
        // What has ended and was not evicted yet was somebody's, too.
        if let Some(before) = self.all.remove_if(name, |_| true) {
            self.room.free(before, 1);
        }
        self.room.charge(holder, 1);
        self.all.insert(name, seconds(until), holder);
        Ok(true)
    }
}
