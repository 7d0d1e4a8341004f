#[path = "../shop.rs"]
mod shop;
use shop::Role;

#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    pub text: String,
}

fn main() {
    let _ = Role::Customer;
}
