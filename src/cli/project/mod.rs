//! The command `new`: a project that runs.

use super::{terminal::Failure, terminal::Outcome, tool::NewArgs};

pub(super) fn write(_: &NewArgs) -> Outcome {
    Err(Failure::new("not yet"))
}
