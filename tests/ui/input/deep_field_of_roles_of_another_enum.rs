#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod staff {
    use secure_api::prelude::*;

    #[derive(Role)]
    pub enum Role {
        Auditor,
    }
}

#[derive(Input)]
pub struct Check {
    #[input(role = Role::Admin)]
    pub planned: Option<bool>,
    #[input(role = staff::Role::Auditor)]
    pub done: Option<bool>,
}

#[derive(Input)]
pub struct Change {
    pub check: Option<Check>,
}

/// Changes everything.
#[patch("/settings", version = Version::V1.., role = Role::Admin)]
async fn change(_: Patch<Change>) -> NoContent {
    NoContent
}

fn main() {}
