//! A released route has to work where no preview is served. If it comes after a step that is only in a preview, it can
//! be done by nobody there. This holds at compile time.
//!
//! Wrong: version/released_after_a_preview

use crate::shop::{BROWSE, Role};
use secure_api::prelude::*;
use std::time::Duration;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview)]
    V2,
}

#[post("/checkout", version = Version::V1.., role = Role::Customer)]
async fn checkout() -> Accepted {
    Accepted
}

#[post("/payment", version = Version::V1.., role = Role::Customer, after(checkout, within = Duration::from_secs(60)))]
async fn pay() -> Accepted {
    Accepted
}
