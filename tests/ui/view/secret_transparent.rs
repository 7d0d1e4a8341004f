#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(transparent)]
pub struct Words(Vec<String>);

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, recovery_codes))]
pub struct Account {
    pub name: String,
    pub recovery_codes: Words,
}

fn main() {}
