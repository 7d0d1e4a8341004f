#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NewsCard, role = Role::Customer, fields(title, #[since("v2")] author))]
pub struct News {
    title: String,
    author: String,
}

fn main() {}
