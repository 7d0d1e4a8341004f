#[path = "../shop.rs"]
mod shop;
use secure_api::{prelude::*, testing};
use shop::*;

/// Somebody whom no token vouches for.
pub fn anybody() -> Caller<Role> {
    testing::caller!(Role::Admin, "root", scope = "everything")
}

fn main() {}
