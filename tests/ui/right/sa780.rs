//! A page or a script acts with the rights of whoever opens it, and JSON belongs behind a view. So bytes are of a media type that
//! is kept, and of none that has an answer of its own. This is a mistake of the macro.
//!
//! Wrong: view/sent_bytes_as_a_page

use crate::shop::*;
use secure_api::prelude::*;

#[get("/manual", version = Version::V1.., role = Role::Customer, media_type = "application/zip")]
pub async fn manual() -> RawBytes<4096> {
    RawBytes::new("PK")
}
