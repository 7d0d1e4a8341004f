//! Counting: what all limits of an app have in common when they are made.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Limit, Machines};
use crate::{
    clock::Clock,
    ledger::{Bound, Cells},
};

/// The place where the limits of an app are counted.
pub(crate) struct Counting {
    pub(super) clock: Clock,
    /// Multiplies counts and bursts, saturating, for load tests.
    pub(super) scale: u32,
    /// The machines that count together, where there are several.
    pub(super) machines: Option<Arc<Machines>>,
    /// The cells of limits that several operations have together.
    joint: Mutex<HashMap<Limit, Arc<Cells>>>,
}

impl Counting {
    /// Creates it for limits whose counts are multiplied by `scale`; 0 counts as 1.
    pub(crate) fn new(clock: &Clock, scale: u32, machines: Option<Arc<Machines>>) -> Self {
        let (clock, scale) = (clock.clone(), scale.max(1));
        Self { clock, scale, machines, joint: Mutex::default() }
    }

    /// Returns the cells of a limit that all operations have together which state it.
    pub(super) fn joint(&self, limit: &Limit, bound: Bound) -> Arc<Cells> {
        let mut joint = self.joint.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(joint.entry(*limit).or_insert_with(|| Arc::new(Cells::new(bound))))
    }
}
