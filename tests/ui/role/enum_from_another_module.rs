#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod tables {
    pub enum Staff {
        Clerk,
    }
}

use tables::Staff;

#[delete("/products", version = Version::V1.., role = Staff::Clerk)]
pub async fn clear() -> NoContent {
    NoContent
}

fn main() {}
