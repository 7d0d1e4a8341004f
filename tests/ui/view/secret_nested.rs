#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(ProofView, role = Role::Admin, fields(hash))]
pub struct Proof {
    pub hash: String,
}

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name, credentials as ProofView))]
pub struct Account {
    pub name: String,
    pub credentials: Proof,
}

fn main() {}
