//! The first part of each address is a version, so an API has at least one. It is what a later change is kept apart
//! by: without it, the first incompatible change breaks everybody, or is never made. This holds at compile time.
//!
//! Wrong: version/no_versions

use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
}
