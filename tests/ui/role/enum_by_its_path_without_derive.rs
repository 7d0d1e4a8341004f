#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod parts {
    pub enum Staff {
        Clerk,
    }
}

#[delete("/products", version = Version::V1.., role = parts::Staff::Clerk)]
pub async fn clear() -> NoContent {
    NoContent
}

fn main() {}
