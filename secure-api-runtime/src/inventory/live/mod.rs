//! The live inventory: what is really called, by whom, and what is called that is not there.
//!
//! What was seen is plain data, [`LiveInventory`]; [`Live`] sees it. It is held in memory, and kept in a file by `kept`.

mod kept;
mod path;
mod seen;
mod watch;

pub(crate) use kept::Keeper;
pub use seen::{ClosedOperation, LiveClient, LiveInventory, LiveOperation, UnmatchedPath};
pub(crate) use watch::{CONFIGURATION, Calls, Live};
