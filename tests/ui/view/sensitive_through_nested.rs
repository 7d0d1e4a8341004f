#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, order as OrderAudit))]
pub struct Note {
    text: String,
    order: Authorized<Order>,
}

fn main() {}
