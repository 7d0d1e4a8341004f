//! The order of calls, and calls that happen once: steps that come after other steps, and keys that make a repeated
//! request one request.
//!
//! A route states it as a [`Flow`], which is plain data. What is remembered of callers are records of the ledger: `step` says
//! what is kept of a step, `repetition` what is kept of a key, and `passage` takes one request through both.

use std::time::Duration;

use crate::compose::same;

mod bytes;
mod claim;
mod kept;
mod key;
mod outcome;
mod passage;
mod repetition;
mod step;

#[cfg(test)]
mod tests;

pub(crate) use self::{
    key::IdempotencyKey,
    passage::{Earlier, Held, Passage},
};

/// The lifetime of a key, from its first request on: 24 hours, as long as a client that was switched off over night
/// retries. It is published in the OpenAPI document.
pub const KEY_TTL: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest `Idempotency-Key`, in bytes and with its quotes. A UUID in quotes has 38.
pub const LONGEST_KEY: usize = 255;

/// The rules of order and repetition of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The step that the same caller must have done before, on the same object.
    pub after: Option<After>,
    /// `true` if a request carries an `Idempotency-Key`.
    pub idempotency_key: bool,
}

impl Flow {
    /// The flow of a request that stands by itself.
    pub const NONE: Self = Self { after: None, idempotency_key: false };
    /// A request carries a key, and nothing comes before it.
    pub const KEY: Self = Self { after: None, idempotency_key: true };

    /// Returns `true` if it states an order or a key.
    pub const fn is_stated(&self) -> bool {
        self.after.is_some() || self.idempotency_key
    }
}

/// The step before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// The operation that comes before.
    pub step: OperationName,
    /// The time that the step counts for.
    pub within: Duration,
    /// The time before the step counts; zero for at once.
    pub at_least: Duration,
}

/// The name of an operation, across its versions. It says nothing else of the operation, so that two constants can name
/// each other.
///
/// Module and handler do not tell two versions of one crate apart, so the place is part of it: in one version of an API
/// nothing else answers there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationName {
    /// A hash of verb and path: [`Route::path_key`](crate::route::Route::path_key).
    pub place: u64,
    /// The handler's module.
    pub module: &'static str,
    /// The handler's name.
    pub name: &'static str,
    /// The number of parameters of its path.
    pub parameters: usize,
}

impl OperationName {
    /// Creates the name of the handler `name` of `module` at a place.
    pub const fn new(
        place: u64,
        module: &'static str,
        name: &'static str,
        parameters: usize,
    ) -> Self {
        Self { place, module, name, parameters }
    }

    /// Returns `true` if both are the name of one operation.
    pub const fn is(self, other: Self) -> bool {
        self.place == other.place && same(self.name, other.name) && same(self.module, other.module)
    }
}
