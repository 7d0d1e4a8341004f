//! The parts of a live inventory that are kept elsewhere, each of which is read, added to and written as a whole.
//!
//! What was seen since is taken out once and does not change on its way, so that an answer that was lost makes nothing count twice.

use std::sync::Arc;

use tokio::sync::Notify;

use super::{
    Live, LiveInventory, LiveOperation,
    merged::{self, Join, join, place},
    watch::locked,
};
use crate::inventory::UndeclaredPath;

/// The days without a call after which an operation is told to be an orphan.
const ORPHANED: u32 = 30;

/// A part of a live inventory.
#[derive(Debug)]
pub(super) struct Part {
    /// The part as it was kept when it was read last.
    kept: LiveInventory,
    /// The calls that are on their way there.
    sent: Option<LiveInventory>,
    /// The number of the batch on its way, from 1.
    batch: u64,
}

impl Part {
    pub(super) fn new(now: i64) -> Self {
        Self { kept: LiveInventory { since: now, ..Default::default() }, sent: None, batch: 0 }
    }
}

impl Live {
    /// Returns the part that this operation or path is in, on each machine the same.
    fn part(&self, name: &str) -> usize {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        (hash % self.parts.len() as u64) as usize
    }

    /// Returns an operation as it is kept.
    pub(super) fn kept(&self, operation: &str, version: &str) -> Option<LiveOperation> {
        let part = locked(&self.parts[self.part(operation)]);
        let is_it = |one: &&LiveOperation| one.operation == operation && one.version == version;
        part.kept.operations.iter().find(is_it).cloned()
    }

    /// Returns a path as it is kept.
    pub(super) fn kept_path(&self, path: &str, method: &str) -> Option<UndeclaredPath> {
        let part = locked(&self.parts[self.part(path)]);
        let list = &part.kept.unmatched;
        place(list, (path, method)).ok().map(|place| list[place].clone())
    }

    /// Takes what was seen in a part since the last time, unless that is still on its way. Returns the number of the batch, if
    /// there is one.
    pub(super) fn send(&self, place: usize) -> Option<u64> {
        let mut part = locked(&self.parts[place]);
        if part.sent.is_none()
            && let Some(taken) = self.taken(place, &part.kept)
        {
            part.sent = Some(taken);
            part.batch += 1;
        }
        part.sent.is_some().then_some(part.batch)
    }

    /// Returns a part as it is to be kept: what is there, if anything is, and what is on its way.
    pub(super) fn to_keep(
        &self,
        place: usize,
        there: Option<LiveInventory>,
        is_sent: bool,
    ) -> LiveInventory {
        let part = locked(&self.parts[place]);
        let mut kept = there.unwrap_or_else(|| part.kept.clone());
        merged::sorted(&mut kept.unmatched);
        // A store that has lost what it was told is told it again.
        join(&mut kept, &part.kept, Join::Later);
        if let Some(sent) = part.sent.as_ref().filter(|_| is_sent) {
            join(&mut kept, sent, Join::Sum);
        }
        kept
    }

    /// Takes over what is kept of a part, with what was on its way.
    pub(super) fn hear(&self, place: usize, kept: LiveInventory) {
        self.heard(&kept);
        for calls in locked(&self.operations).iter() {
            let told = &mut locked(&calls.seen).told;
            let is_it = |one: &&LiveOperation| {
                one.operation == told.operation && one.version == told.version
            };
            if let Some(one) = kept.operations.iter().find(is_it) {
                told.zombie_since = told.zombie_since.or(one.zombie_since);
                // The earlier one of two is what is kept, and one that is later would be told for ever.
                let earlier = |since: i64| one.orphan_since.map_or(since, |own| own.min(since));
                let orphan = told.orphan_since.filter(|since| one.last < Some(*since));
                told.orphan_since = orphan.map(earlier);
            }
        }
        let mut unmatched = locked(&self.unmatched);
        for path in kept.unmatched.iter().filter(|path| path.clients > 1) {
            // Two machines have seen one client each.
            if let Some(seen) = unmatched.get_mut(&(path.method.clone(), path.path.clone()))
                && seen.told.clients == 1
            {
                self.shadow(&mut seen.told);
            }
        }
        drop(unmatched);
        let mut part = locked(&self.parts[place]);
        (part.kept, part.sent) = (kept, None);
    }

    /// Takes what was seen in a part since the last time; `None` if it is nothing.
    fn taken(&self, place: usize, kept: &LiveInventory) -> Option<LiveInventory> {
        let mut taken = LiveInventory { since: self.since, ..Default::default() };
        for calls in locked(&self.operations).iter() {
            let mut seen = locked(&calls.seen);
            if self.part(&seen.told.operation) != place {
                continue;
            }
            let told = seen.taken();
            let is_it = |one: &&LiveOperation| {
                one.operation == told.operation && one.version == told.version
            };
            let known = kept.operations.iter().find(is_it);
            let is_new = told.calls > 0 || told.strangers > 0;
            if is_new || known.is_none_or(|known| known.orphan_since < told.orphan_since) {
                taken.operations.push(told);
            }
        }
        for path in locked(&self.unmatched).values_mut() {
            if path.told.calls > 0 && self.part(&path.told.path) == place {
                taken.unmatched.push(path.told.clone());
                path.told.calls = 0;
            }
        }
        merged::sorted(&mut taken.unmatched);
        let (closed, acts) = locked(&self.closings).of(|operation| self.part(operation) == place);
        taken.closed = closed.into_iter().filter(|one| !kept.closed.contains(one)).collect();
        taken.acts = acts.into_iter().filter(|act| !kept.acts.contains(act)).collect();
        let nothing = LiveInventory { since: self.since, ..Default::default() };
        (taken != nothing).then_some(taken)
    }

    /// Returns what was seen so far, here and wherever it is kept.
    pub(crate) fn seen(&self) -> LiveInventory {
        let mut all = LiveInventory { since: self.since, ..Default::default() };
        // All at once: meanwhile nothing is taken into any of them.
        let parts: Vec<_> = self.parts.iter().map(locked).collect();
        for part in &parts {
            join(&mut all, &part.kept, Join::Sum);
            if let Some(sent) = &part.sent {
                join(&mut all, sent, Join::Sum);
            }
        }
        let mut known = std::mem::take(&mut all.operations);
        for calls in locked(&self.operations).iter() {
            let told = locked(&calls.seen).so_far();
            let is_it = |one: &LiveOperation| {
                one.operation == told.operation && one.version == told.version
            };
            let operation = match known.iter().position(is_it) {
                Some(place) => {
                    let mut operation = known.swap_remove(place);
                    merged::join_operation(&mut operation, &told, Join::Sum);
                    operation
                }
                None => told,
            };
            all.operations.push(operation);
        }
        let mut here = LiveInventory { since: self.since, ..Default::default() };
        here.unmatched = locked(&self.unmatched).values().map(|path| path.told.clone()).collect();
        merged::sorted(&mut here.unmatched);
        here.unmatched.retain(|path| path.calls > 0);
        join(&mut all, &here, Join::Sum);
        (all.closed, all.acts) = locked(&self.closings).told();
        all
    }

    /// Tells of orphans that are new. Returns what was seen so far.
    pub(crate) fn looked(&self, now: i64) -> LiveInventory {
        let mut seen = self.seen();
        let orphans: Vec<_> = seen
            .orphans(now, ORPHANED)
            .filter(|orphan| orphan.orphan_since.is_none())
            .map(|orphan| (orphan.operation.clone(), orphan.version.clone()))
            .collect();
        for (operation, version) in orphans {
            self.metrics.orphans.add();
            tracing::warn!(
                target: "secure_api::inventory",
                operation,
                version,
                days = ORPHANED,
                "an orphan: it is documented, and nobody calls it"
            );
            for calls in locked(&self.operations).iter() {
                let told = &mut locked(&calls.seen).told;
                if told.operation == operation && told.version == version {
                    told.orphan_since = Some(now);
                }
            }
            for one in &mut seen.operations {
                if one.operation == operation && one.version == version {
                    one.orphan_since = Some(now);
                }
            }
        }
        seen
    }

    /// Returns what is told when something is not to wait until it is kept.
    pub(crate) fn urgent(&self) -> Arc<Notify> {
        Arc::clone(&self.urgent)
    }
}

impl super::watch::Seen {
    /// Returns the calls since they were last taken.
    fn so_far(&self) -> LiveOperation {
        let mut told = self.told.clone();
        told.clients.retain(|client| client.calls > 0);
        told.orphan_since = told.orphan_since.filter(|since| told.last < Some(*since));
        told.refused =
            self.refused.iter().map(|(problem, count)| ((*problem).to_owned(), *count)).collect();
        told
    }

    /// Takes the calls since the last time. The clients stay, so that each is found where it is.
    fn taken(&mut self) -> LiveOperation {
        let taken = self.so_far();
        (self.told.calls, self.told.strangers, self.told.others) = (0, 0, 0);
        self.refused.clear();
        self.told.clients.iter_mut().for_each(|client| client.calls = 0);
        taken
    }
}

impl Live {
    /// Tells of a shadow that is new.
    pub(super) fn shadow(&self, told: &mut UndeclaredPath) {
        told.clients = 2;
        if !told.noise {
            self.metrics.shadows.add();
            tracing::warn!(
                target: "secure_api::inventory",
                method = told.method,
                path = told.path,
                "a shadow: several clients ask for what is not there"
            );
        }
    }
}
