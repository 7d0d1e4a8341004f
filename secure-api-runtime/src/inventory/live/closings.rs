//! The operations that were closed before their sunset, and who closed and opened them.

use std::sync::atomic::Ordering;

use super::{ClosedOperation, ClosingAct, Live, LiveInventory, watch::locked};
use crate::observe::Event;

/// The one who closes what is stated to be closed.
pub(crate) const CONFIGURATION: &str = "the configuration";

/// The acts that are remembered, some 40 kB for all of them.
const ACTS: usize = 100;

/// The closed operations, and the last acts.
#[derive(Debug, Default)]
pub(super) struct Closings {
    closed: Vec<ClosedOperation>,
    acts: Vec<ClosingAct>,
}

/// An operation to be closed or opened, with its reason, and who does it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Act<'a> {
    pub(crate) operation: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) by: &'a str,
}

/// A reason for which nothing was closed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unchanged {
    /// No operation has this name.
    Unknown,
    /// The operation is as it was to be.
    Already,
    /// The configuration closes the operation, and nobody opens it by hand.
    Configured,
}

impl Closings {
    pub(super) fn is_closed(&self, operation: &str) -> bool {
        self.place(operation).is_some()
    }

    /// Returns what is closed, and the acts.
    pub(super) fn told(&self) -> (Vec<ClosedOperation>, Vec<ClosingAct>) {
        (self.closed.clone(), self.acts.clone())
    }

    /// Returns what is closed by hand, and the acts, where this part of them is asked for.
    pub(super) fn of(
        &self,
        is_in: impl Fn(&str) -> bool,
    ) -> (Vec<ClosedOperation>, Vec<ClosingAct>) {
        // The configuration of each machine says its own.
        let by_hand = self.closed.iter().filter(|closed| closed.by != CONFIGURATION);
        let closed = by_hand.filter(|closed| is_in(&closed.operation)).cloned().collect();
        (closed, self.acts.iter().filter(|act| is_in(&act.operation)).cloned().collect())
    }

    fn place(&self, operation: &str) -> Option<usize> {
        self.closed.iter().position(|closed| closed.operation == operation)
    }

    fn note(&mut self, act: Act<'_>, opened: bool, at: i64) {
        let Act { operation, reason, by } = act;
        let (operation, reason, by) = (operation.to_owned(), reason.to_owned(), by.to_owned());
        join_acts(&mut self.acts, &[ClosingAct { operation, opened, reason, by, at }]);
    }

    /// Returns the time of a new act: now, and after what was done to the operation before. The clocks of machines differ, and an act
    /// that seems to be before another one is undone by it.
    fn after(&self, operation: &str, now: i64) -> i64 {
        let own = self.acts.iter().filter(|act| act.operation == operation);
        let acts = own.map(|act| act.at.saturating_add(1));
        let closed = self.place(operation).map(|place| self.closed[place].since);
        acts.chain(closed).fold(now, i64::max)
    }
}

impl Live {
    /// Closes an operation in all its versions: from now on it answers 410. The configuration takes over what was closed by hand.
    ///
    /// # Errors
    ///
    /// The reason for which it is not.
    pub(crate) fn close(&self, act: Act<'_>, now: i64) -> Result<(), Unchanged> {
        let Act { operation, reason, by } = act;
        let mut closings = locked(&self.closings);
        if !self.has(operation) {
            return Err(Unchanged::Unknown);
        }
        if let Some(place) = closings.place(operation) {
            if by != CONFIGURATION || closings.closed[place].by == CONFIGURATION {
                return Err(Unchanged::Already);
            }
            closings.closed.remove(place);
        }
        let at = closings.after(operation, now);
        closings.closed.push(ClosedOperation {
            operation: operation.to_owned(),
            reason: reason.to_owned(),
            by: by.to_owned(),
            since: at,
        });
        // The configuration says it at each start, and is no act.
        if by != CONFIGURATION {
            closings.note(act, false, at);
        }
        self.set(operation, true);
        // It is not to be called elsewhere until the next look.
        self.urgent.notify_one();
        let done = match by {
            CONFIGURATION => "an operation is closed from the start",
            _ => "an operation was closed",
        };
        tracing::warn!(target: "secure_api::audit", operation, reason, by, at, "{done}");
        self.audit(act, done);
        Ok(())
    }

    /// Opens an operation that was closed by hand: from now on it is what it was.
    ///
    /// # Errors
    ///
    /// The reason for which it is not.
    pub(crate) fn open(&self, act: Act<'_>, now: i64) -> Result<(), Unchanged> {
        let Act { operation, reason, by } = act;
        let mut closings = locked(&self.closings);
        // One that is closed may have gone from the program since.
        let Some(place) = closings.place(operation) else {
            return Err(if self.has(operation) { Unchanged::Already } else { Unchanged::Unknown });
        };
        if closings.closed[place].by == CONFIGURATION {
            return Err(Unchanged::Configured);
        }
        let at = closings.after(operation, now);
        closings.closed.remove(place);
        closings.note(act, true, at);
        self.set(operation, false);
        self.urgent.notify_one();
        tracing::warn!(target: "secure_api::audit", operation, reason, by, at, "an operation was opened");
        self.audit(act, "an operation was opened");
        Ok(())
    }

    /// Opens an operation that was closed by hand before the process began, as the configuration says it. It does so once ever: it
    /// is said at each start, and what is closed after that stays closed.
    pub(crate) fn reopen(&self, operation: &str, reason: &str, now: i64) {
        let mut closings = locked(&self.closings);
        let is_done = |act: &ClosingAct| {
            act.opened
                && act.by == CONFIGURATION
                && act.operation == operation
                && act.reason == reason
        };
        if !self.has(operation) || closings.acts.iter().any(is_done) {
            return;
        }
        let act = Act { operation, reason, by: CONFIGURATION };
        match closings.place(operation) {
            // Whoever closed it meanwhile did so after it was said.
            Some(place) if closings.closed[place].since > self.since => {
                closings.note(act, true, self.since);
                self.urgent.notify_one();
            }
            Some(_) => {
                drop(closings);
                let _ = self.open(act, now);
            }
            None => {
                let at = closings.after(operation, now);
                closings.note(act, true, at);
                self.urgent.notify_one();
            }
        }
    }

    /// Tells the audit stream of an act that was done here: what was done elsewhere is in the stream of that machine.
    fn audit(&self, act: Act<'_>, description: &str) {
        self.audited.tell(&Event {
            event: "authz_admin",
            description,
            operation: Some(act.operation),
            reason: Some(act.reason),
            by: Some(act.by),
            ..Event::default()
        });
    }

    /// Closes and opens what was closed and opened by hand elsewhere, or before the process began.
    pub(super) fn heard(&self, kept: &LiveInventory) {
        let mut closings = locked(&self.closings);
        join_acts(&mut closings.acts, &kept.acts);
        for closed in &kept.closed {
            if closings.is_closed(&closed.operation) {
                continue;
            }
            let ClosedOperation { operation, reason, by, since } = closed;
            closings.closed.push(closed.clone());
            self.set(operation, true);
            tracing::warn!(target: "secure_api::audit", operation, reason, by, at = since, "an operation was closed");
        }
        let Closings { closed, acts } = &mut *closings;
        closed.retain(|closed| {
            let opened = opened(acts, closed).filter(|_| closed.by != CONFIGURATION);
            if let Some(ClosingAct { operation, reason, by, at, .. }) = opened {
                self.set(operation, false);
                tracing::warn!(target: "secure_api::audit", operation, reason, by, at, "an operation was opened");
            }
            opened.is_none()
        });
    }

    fn has(&self, operation: &str) -> bool {
        let all = locked(&self.operations);
        all.iter().any(|calls| locked(&calls.seen).told.operation == operation)
    }

    /// Closes or opens it for each request from now on.
    fn set(&self, operation: &str, closed: bool) {
        let all = locked(&self.operations);
        let own = all.iter().filter(|calls| locked(&calls.seen).told.operation == operation);
        own.for_each(|calls| calls.closed.store(closed, Ordering::Relaxed));
    }
}

/// Adds the acts of somebody else, in the order of their times.
pub(super) fn join_acts(into: &mut Vec<ClosingAct>, from: &[ClosingAct]) {
    for act in from {
        if !into.contains(act) {
            let place = into.partition_point(|one| one.at <= act.at);
            into.insert(place, act.clone());
        }
    }
    let beyond = into.len().saturating_sub(ACTS);
    into.drain(..beyond);
}

/// Adds what was closed elsewhere, unless it was opened since.
pub(super) fn join_closed(
    into: &mut Vec<ClosedOperation>,
    from: &[ClosedOperation],
    acts: &[ClosingAct],
) {
    for closed in from {
        match into.iter_mut().find(|one| one.operation == closed.operation) {
            // Of two the later one is the one that holds.
            Some(one) if one.since < closed.since => *one = closed.clone(),
            Some(_) => {}
            None => into.push(closed.clone()),
        }
    }
    into.retain(|closed| opened(acts, closed).is_none());
}

/// Returns the act by which a closed operation was opened since: the last act of it.
fn opened<'a>(acts: &'a [ClosingAct], closed: &ClosedOperation) -> Option<&'a ClosingAct> {
    let last = acts.iter().rfind(|act| act.operation == closed.operation);
    last.filter(|act| act.opened && act.at >= closed.since)
}
