#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, reset_token))]
pub struct Account {
    pub name: String,
    pub reset_token: Option<Uuid>,
}

fn main() {}
