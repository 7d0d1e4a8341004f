#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct AccountChange {
    #[input(role = Role::Admin, allow(read_only, reason = "an administrator verifies by hand"))]
    pub verified: Option<bool>,
}

fn main() {}
