#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(max_len = 64, unowned = "it stands in the mails that we send")]
pub struct Word(String);

/// Shows what somebody may see who knows a word.
#[get("/shared/{password}", version = Version::V1.., public = "whoever knows the word may look", view = ProductCard)]
async fn get_shared(Unowned(_password): Unowned<Word>) -> Option<Product> {
    todo!()
}

fn main() {}
