#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Invoices;

#[get("/invoice", version = Version::V1.., role = Role::Customer)]
pub async fn get_invoice() -> Result<Download<Invoices>, StoreError> {
    Err("there is none".into())
}

fn main() {}
