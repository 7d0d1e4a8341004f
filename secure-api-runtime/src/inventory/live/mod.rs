//! The live inventory: what is really called, by whom, and what is called that is not there.
//!
//! What was seen is plain data, [`LiveInventory`]; [`Live`] sees it. `kept` has the place where it outlasts the process, `held` what of
//! it is there and on its way, and `merged` makes one of two; `closings` is who closed what of it.

mod closings;
mod held;
mod kept;
mod merged;
mod path;
mod room;
mod seen;
mod watch;

pub(crate) use closings::{Act, CONFIGURATION, Unchanged};
pub(crate) use kept::{Keeper, KeptIn};
pub(super) use merged::CLIENTS;
pub(super) use path::{fits, is_noise, normalized};
pub use seen::{ClosedOperation, ClosingAct, LiveClient, LiveInventory, LiveOperation};
pub(crate) use watch::{Calls, Live};
