#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, password_hash))]
pub struct Account {
    pub name: String,
    pub password_hash: Vec<Option<u8>>,
}

fn main() {}
