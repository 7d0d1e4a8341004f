#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(max_len = 64, unowned = "it stands in the mails that we send")]
pub struct ResetToken(String);

/// Shows what a mailed link resets.
#[get("/resets/{reset_token}", version = Version::V1.., public = "who follows a link has no token yet", view = ProductCard)]
async fn get_reset(Unowned(_reset_token): Unowned<ResetToken>) -> Option<Product> {
    todo!()
}

fn main() {}
