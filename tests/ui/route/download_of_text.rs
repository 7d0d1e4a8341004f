#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/invoice", version = Version::V1.., role = Role::Customer)]
pub async fn get_invoice() -> Download<String> {
    todo!()
}

fn main() {}
