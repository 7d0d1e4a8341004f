#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, note = api_key))]
pub struct Account {
    pub name: String,
    pub api_key: Option<PlainText<40>>,
}

fn main() {}
