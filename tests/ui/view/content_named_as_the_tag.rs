#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "type", content = "type")]
#[view(FormView, role = Role::Customer, variants(Plain { text }))]
pub enum Form {
    Plain { text: String },
}

#[derive(Resource)]
#[resource(tag = "type", content = "data")]
#[view(PageLine, role = Role::Customer, variants(Plain { text }))]
#[view(PageView, role = Role::Customer, extends = PageLine, variants(Plain { note }))]
#[view(PageSheet, role = Role::Customer, variants(
    Plain { #[until(Version::V2)] text, #[since(Version::V2)] text = note },
))]
pub enum Page {
    Plain { text: String, note: String },
}

#[derive(Resource)]
#[resource(content = "data")]
#[view(LineView, role = Role::Customer, fields(text))]
pub struct Line {
    text: String,
}

fn main() {}
