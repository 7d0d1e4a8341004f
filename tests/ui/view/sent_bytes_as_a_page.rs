#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/manual", version = Version::V1.., role = Role::Customer, media_type = "text/html")]
pub async fn manual() -> RawBytes<4096> {
    RawBytes::new("<p>Press the button.")
}

fn main() {}
