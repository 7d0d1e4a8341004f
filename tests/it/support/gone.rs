//! A ledger that does not answer.

use secure_api::{clock::Clock, ledger::Memory};

use super::hooked::{Fate, Hooked, Operation};

/// Creates one that answers nothing.
pub(crate) fn whole() -> Hooked {
    of(|_| Fate::Failed)
}

/// Creates one that takes each question and says nothing, ever.
pub(crate) fn silent() -> Hooked {
    of(|_| Fate::Ignored)
}

/// Creates one that knows of revocations and charges limits, and answers nothing else.
pub(crate) fn but_for_revocations_and_limits() -> Hooked {
    of(|operation| match operation {
        Operation::Revoked | Operation::Charge => Fate::Answered,
        _ => Fate::Failed,
    })
}

fn of(fate: fn(Operation) -> Fate) -> Hooked {
    Hooked::new(Memory::new(Clock::system()), fate)
}
