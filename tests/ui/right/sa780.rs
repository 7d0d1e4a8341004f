//! What a browser runs or shows as a page acts with the rights of whoever opens it, and what is read as JSON belongs behind a
//! view. So bytes are of a media type that is kept, and none of which an answer of its own exists. This is a mistake of the macro.
//!
//! Wrong: view/bytes_as_a_page

use crate::shop::*;
use secure_api::prelude::*;

#[get("/manual", version = Version::V1.., role = Role::Customer, media_type = "application/zip")]
pub async fn manual() -> RawBytes<4096> {
    RawBytes::new("PK")
}
