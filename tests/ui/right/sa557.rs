//! Each argument but two knows its media type: JSON, a form, text. A list beside one of these would be read by people and by
//! nothing else. And `kinds` looks through bytes that are in memory. This holds at compile time.
//!
//! Wrong: input/accepts_of_json

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct NewLogo {
    #[input(max_len = 80)]
    title: String,
}

#[put("/logo", version = Version::V1.., role = Role::Admin)]
pub async fn set_logo(Json(logo): Json<NewLogo>) -> NoContent {
    drop(logo.title);
    NoContent
}
