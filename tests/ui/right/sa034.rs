//! `crate = …` says under which name generated code finds this framework. That code lands in several modules, so a
//! path like `self::…` or `super::…` would mean another thing in each of them. A path from a root means the same
//! everywhere. This holds at compile time.
//!
//! Wrong: role/crate_relative

use secure_api as framework;
use secure_api::prelude::*;

#[derive(Role)]
#[role(crate = ::secure_api)]
pub enum Role {
    Customer,
}
