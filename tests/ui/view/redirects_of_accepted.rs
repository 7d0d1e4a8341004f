#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/payments", version = Version::V1.., role = Role::Customer, redirects("pay.example.com"))]
pub async fn pay() -> Accepted {
    Accepted
}

fn main() {}
