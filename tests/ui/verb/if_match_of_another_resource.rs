#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
}

/// Shows a note.
#[get("/note", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn get_note() -> Note {
    Note { text: String::new() }
}

/// Removes an order.
#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, if_match = get_note)]
async fn remove_order(order: Authorized<Order>) -> NoContent {
    let _ = order;
    NoContent
}

fn main() {}
