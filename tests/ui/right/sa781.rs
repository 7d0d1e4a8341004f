//! Bytes of which nothing says what they are make their reader guess, and two guess differently: one keeps them as an archive,
//! another one shows them as a page. So the route says it, its document repeats it, and `Accept` is compared with it. This holds at
//! compile time.
//!
//! Wrong: view/sent_bytes_of_no_type

use crate::shop::*;
use secure_api::prelude::*;

#[get("/manual", version = Version::V1.., role = Role::Customer, media_type = "application/zip")]
pub async fn manual() -> RawBytes<4096> {
    RawBytes::new("PK")
}
