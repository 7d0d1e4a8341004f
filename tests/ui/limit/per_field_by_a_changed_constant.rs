#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const BY_MAIL: Limit = Limit::per_field("mail", 5).per_hour();

#[derive(Input)]
pub struct NewCode {
    #[input(email)]
    email: String,
    #[input(items = 1..=50, each(max_len = 20))]
    labels: Vec<String>,
}

#[post("/codes", version = Version::V1.., role = Role::Customer, limit = BY_MAIL.observe())]
async fn send_code(Json(_new): Json<NewCode>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(send_code))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
