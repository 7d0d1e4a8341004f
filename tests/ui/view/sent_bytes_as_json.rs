#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/manual", version = Version::V1.., role = Role::Customer, media_type = "application/vnd.shop+json")]
pub async fn manual() -> Result<RawBytes<4096>, ShopError> {
    Ok(RawBytes::new("{}"))
}

fn main() {}
