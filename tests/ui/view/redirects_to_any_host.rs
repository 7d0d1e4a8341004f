#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/payments", version = Version::V1.., role = Role::Customer, redirects("*"))]
pub async fn pay() -> Result<Redirect, ShopError> {
    Ok(Redirect::elsewhere("https://pay.example.com/"))
}

fn main() {}
