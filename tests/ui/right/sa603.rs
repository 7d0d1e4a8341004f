//! Two versions under one address are one version to whoever calls it. Which of the two answers would depend on the
//! order of the enum. This holds at compile time.
//!
//! Wrong: version/same_segment

use secure_api::prelude::*;

#[allow(non_camel_case_types)]
#[derive(Version)]
pub enum Version {
    V1,
    v2,
}
