#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, token = Account::token))]
pub struct Account {
    pub name: String,
}

impl Account {
    fn token(&self) -> &str {
        &self.name
    }
}

fn main() {}
