#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(LeafletView, role = Role::Customer, fields(text))]
pub struct Leaflet {
    text: String,
}

#[routes(prefix = "/leaflets", version = Version::V1.., role = Role::Customer)]
mod leaflets {
    use secure_api::prelude::*;

    #[get("/", view = LeafletView)]
    async fn list() -> Page<Leaflet> {
        Page::new(Vec::new())
    }

    #[put("/newest", view = LeafletView)]
    async fn put() -> Leaflet {
        Leaflet { text: String::new() }
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(leaflets),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
