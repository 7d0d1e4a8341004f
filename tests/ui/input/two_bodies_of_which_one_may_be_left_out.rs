#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
struct NewLogo {
    #[input(max_len = 80)]
    title: String,
}

#[put("/logo", version = Version::V1.., role = Role::Customer, accepts("image/png"))]
async fn set_logo(new: Option<Json<NewLogo>>, logo: RawBody<4096>) -> NoContent {
    drop((new.map(|Json(new)| new.title), logo));
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(set_logo))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
