#[path = "../shop.rs"]
mod shop;
use secure_api::{prelude::*, route::Permanent};
use shop::*;

#[post("/payments", version = Version::V1.., role = Role::Customer, redirects("pay.example.com"))]
pub async fn pay() -> Redirect<Permanent> {
    Redirect::elsewhere("https://pay.example.com/").permanent()
}

fn main() {}
