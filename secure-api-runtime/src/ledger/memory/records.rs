//! Records in the memory of one process: bounded in number and in bytes, with a share of the room for each holder.

use std::collections::HashMap;

use super::{
    SWEEP_SECONDS,
    room::{Holder, Lack, Room},
    seconds,
};
use crate::{
    expiring::Expiring,
    ledger::{Kept, LedgerError, Name, Record},
};

/// The bytes that a record of a holder is charged with at least, so that the changes of a step or of a key that has no answer yet
/// never want for room.
const LEAST: usize = 96;

/// The records by name, and the names by group.
pub(super) struct Records {
    all: Expiring<Name, Entry>,
    pub(super) groups: HashMap<Name, Vec<Name>>,
    /// The version of the next change.
    next: u64,
    pub(super) rooms: Rooms,
}

/// The room for records: for those that are no holder's, for those of holders, and for the bytes of the values of these.
pub(super) struct Rooms {
    nobodys: Room,
    pub(super) held: Room,
    pub(super) bytes: Room,
}

/// The bounds of these rooms.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) nobodys: usize,
    pub(super) held: usize,
    pub(super) bytes: usize,
    /// The share of the room that is left which one holder may have, as its divisor.
    pub(super) share: usize,
}

struct Entry {
    name: Name,
    group: Option<Name>,
    holder: Holder,
    version: u64,
    value: Box<[u8]>,
}

impl Bounds {
    /// The bounds of a process. A record of a session has some hundred bytes, and one of a step or a key some 250 with all that
    /// belongs to it. One holder alone has a ninth of the room: 58 254 records and 28 MiB, which is 40 new keys a minute all
    /// day. Each that comes after others who took what they got has a ninth of what they left: after ten of them, 17 000 records
    /// and 8 MiB.
    pub(super) const USUAL: Self =
        Self { nobodys: 200_000, held: 524_288, bytes: 256 * 1024 * 1024, share: 8 };
}

impl Records {
    pub(super) fn new(bounds: Bounds) -> Self {
        let Bounds { nobodys, held, bytes, share } = bounds;
        let (held, bytes) = (Room::new(held, share), Room::new(bytes, share));
        let rooms = Rooms { nobodys: Room::new(nobodys, 1), held, bytes };
        Self { all: Expiring::new(SWEEP_SECONDS), groups: HashMap::new(), next: 0, rooms }
    }

    pub(super) fn kept(&self, name: Name, now: u64) -> Option<Kept> {
        let entry = self.all.get(&name, now)?;
        let until = i64::try_from(self.all.until(&name)?).unwrap_or(i64::MAX);
        Some(Kept { value: entry.value.to_vec(), until, version: entry.version })
    }

    /// Adds a record. `false` if there is one of this name.
    pub(super) fn insert(
        &mut self,
        name: Name,
        record: Record,
        now: u64,
    ) -> Result<bool, LedgerError> {
        if self.all.get(&name, now).is_some() {
            return Ok(false);
        }
        self.remove(name);
        let (holder, bytes) = (Holder::of(record.holder), charged(&record.value));
        if self.rooms.refuses(holder, bytes).is_some() {
            self.sweep(now, true);
        }
        match self.rooms.refuses(holder, bytes) {
            Some(why) => Err(LedgerError::new(why)),
            None => {
                self.put(name, record);
                Ok(true)
            }
        }
    }

    /// Puts a record in the place of one that has this version. One that has ended is removed at once.
    pub(super) fn replace(
        &mut self,
        name: Name,
        version: u64,
        record: Record,
        now: u64,
    ) -> Result<bool, LedgerError> {
        let Some(before) = self.all.get(&name, now).filter(|entry| entry.version == version) else {
            return Ok(false);
        };
        let (holder, bytes) = (before.holder, charged(&before.value));
        if seconds(record.until) <= now {
            self.remove(name);
            return Ok(true);
        }
        let more = charged(&record.value).saturating_sub(bytes);
        if holder.is_somebody() && more > 0 {
            if self.rooms.bytes.refuses(holder, more).is_some() {
                self.sweep(now, true);
            }
            if self.rooms.bytes.refuses(holder, more).is_some() {
                return Err(LedgerError::new("there is no room for a longer record"));
            }
        }
        self.remove(name);
        self.put(name, record);
        Ok(true)
    }

    pub(super) fn is_there(&self, name: Name, now: u64) -> bool {
        self.all.get(&name, now).is_some()
    }

    fn put(&mut self, name: Name, Record { value, until, group, holder }: Record) {
        let version = self.next;
        self.next += 1;
        if let Some(group) = group {
            self.groups.entry(group).or_default().push(name);
        }
        let (holder, value) = (Holder::of(holder), value.into_boxed_slice());
        self.rooms.charge(holder, charged(&value));
        self.all.insert(name, seconds(until), Entry { name, group, holder, version, value });
    }

    pub(super) fn remove(&mut self, name: Name) {
        if let Some(entry) = self.all.remove_if(name, |_| true) {
            leave(&mut self.groups, &mut self.rooms, &entry);
        }
    }

    /// Evicts what has ended, where that is due.
    pub(super) fn sweep(&mut self, now: u64, no_room: bool) {
        let Self { all, groups, rooms, .. } = self;
        if all.is_due(now, no_room) {
            all.sweep(now, |entry| leave(groups, rooms, entry));
        }
    }
}

impl Rooms {
    /// Returns the reason for which a holder cannot have one more record.
    fn refuses(&self, holder: Holder, bytes: usize) -> Option<&'static str> {
        if !holder.is_somebody() {
            let full = self.nobodys.refuses(holder, 1);
            return full.map(|_| "there are 200 000 records, and none has ended");
        }
        Some(match self.held.refuses(holder, 1).or(self.bytes.refuses(holder, bytes))? {
            Lack::Full => "there is no room for another record of a caller",
            Lack::Share => "one caller has a large share of the room for records",
        })
    }

    fn charge(&mut self, holder: Holder, bytes: usize) {
        if holder.is_somebody() {
            self.held.charge(holder, 1);
            self.bytes.charge(holder, bytes);
        } else {
            self.nobodys.charge(holder, 1);
        }
    }

    fn free(&mut self, holder: Holder, bytes: usize) {
        if holder.is_somebody() {
            self.held.free(holder, 1);
            self.bytes.free(holder, bytes);
        } else {
            self.nobodys.free(holder, 1);
        }
    }
}

fn charged(value: &[u8]) -> usize {
    value.len().max(LEAST)
}

/// Takes a record out of its group, and the group away with its last one, and gives its room back.
fn leave(groups: &mut HashMap<Name, Vec<Name>>, rooms: &mut Rooms, entry: &Entry) {
    rooms.free(entry.holder, charged(&entry.value));
    let Some(group) = entry.group else { return };
    if let Some(names) = groups.get_mut(&group) {
        names.retain(|name| *name != entry.name);
        if names.is_empty() {
            groups.remove(&group);
        }
    }
}
