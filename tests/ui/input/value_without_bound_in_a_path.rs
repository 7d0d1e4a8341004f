#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(unowned = "posters are for all of our members")]
pub struct Poster(String);

#[delete("/posters/{poster}", version = Version::V1.., role = Role::Admin)]
pub async fn remove(poster: Unowned<Poster>) -> NoContent {
    drop(poster);
    NoContent
}

fn main() {}
