#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, product as ProductCrad))]
pub struct Note {
    text: String,
    product: Option<Product>,
}

fn main() {}
