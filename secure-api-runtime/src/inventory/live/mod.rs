//! The live inventory: what is really called, by whom, and what is called that is not there.
//!
//! What was seen is plain data, [`LiveInventory`]; [`Live`] sees it. It is held in memory, and kept in a file by `kept`; `closings` is who
//! closed what of it.

mod closings;
mod kept;
mod path;
mod seen;
mod watch;

pub(crate) use closings::{Act, CONFIGURATION, Unchanged};
pub(crate) use kept::Keeper;
pub use seen::{
    ClosedOperation, ClosingAct, LiveClient, LiveInventory, LiveOperation, UnmatchedPath,
};
pub(crate) use watch::{Calls, Live};
