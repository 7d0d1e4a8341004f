#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/hours", version = Version::V1.., role = Role::Customer, media_type = "application/zip")]
pub async fn hours() -> Text<40> {
    Text::new("From 9 to 17.")
}

fn main() {}
