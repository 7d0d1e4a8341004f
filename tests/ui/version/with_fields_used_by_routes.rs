#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Version)]
pub enum Edition {
    First(u8),
    Second,
}

#[delete("/notes", version = Edition::First.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[delete("/more", version = Edition::Second, role = Role::Customer)]
async fn clear_more() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Edition, limit = BROWSE, routes(clear, clear_more))]
pub struct Notes;

fn main() {}
