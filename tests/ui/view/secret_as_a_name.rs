#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

use std::collections::BTreeMap;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, tokens))]
pub struct Account {
    pub name: String,
    pub tokens: BTreeMap<String, u32>,
}

fn main() {}
