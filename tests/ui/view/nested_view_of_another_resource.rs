#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, product as OrderSummary))]
pub struct Note {
    text: String,
    product: Option<Product>,
}

fn main() {}
