#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, products))]
pub struct Note {
    text: String,
    products: Vec<Product>,
}

fn main() {}
