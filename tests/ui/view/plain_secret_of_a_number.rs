#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(#[allow(plain_secret, reason = "it is for support")] token))]
pub struct Account {
    pub token: u32,
}

fn main() {}
