#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/picture", version = Version::V1.., role = Role::Customer, kinds = [FileKind::PlainText])]
async fn set_picture(TextBody(text): TextBody<200>) -> NoContent {
    drop(text);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_picture))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
