#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, note))]
pub struct Account {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

fn main() {}
