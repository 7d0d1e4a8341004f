//! The commands `contract` and `diff`: what has changed in an API since it was accepted.

use std::path::Path;

use super::{
    commands::{ContractAct, ContractArgs, Printed},
    terminal::{Failure, Outcome},
};
use crate::inventory::ApiModel;

/// Runs `contract check` or `contract accept`.
pub(crate) fn run(declared: &ApiModel, ContractArgs { act }: &ContractArgs) -> Outcome {
    match act {
        ContractAct::Check(printed) => check(declared, printed),
        ContractAct::Accept(printed) => accept(declared, printed),
    }
}

/// Tells what has changed since it was accepted.
fn check(_declared: &ApiModel, _printed: &Printed) -> Outcome {
    Err(unwritten("contract check"))
}

/// Accepts what has changed.
fn accept(_declared: &ApiModel, _printed: &Printed) -> Outcome {
    Err(unwritten("contract accept"))
}

/// Compares two OpenAPI documents.
pub(crate) fn diff(_old: &Path, _new: &Path, _printed: &Printed) -> Outcome {
    Err(unwritten("diff"))
}

fn unwritten(command: &str) -> Failure {
    Failure::new(format!("`{command}` is not written yet"))
}
