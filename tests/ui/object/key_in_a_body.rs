#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct NewNote {
    pub order: OrderId,
    #[input(text, max_len = 500)]
    pub text: String,
}

#[post("/notes", version = Version::V1.., role = Role::Customer)]
async fn add_note(Json(new): Json<NewNote>) -> Accepted {
    drop(new);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(add_note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
