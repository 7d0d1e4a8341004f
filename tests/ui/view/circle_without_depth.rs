#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(CommentView, role = Role::Customer, fields(text, answers as CommentView))]
pub struct Comment {
    text: String,
    answers: Vec<Comment>,
}

fn main() {}
