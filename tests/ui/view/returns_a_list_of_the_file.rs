#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(LeafletView, role = Role::Customer, fields(text))]
pub struct Leaflet {
    text: String,
}

#[get("/leaflets", version = Version::V1.., role = Role::Customer, view = LeafletView)]
async fn list_leaflets() -> Result<Vec<Leaflet>, ShopError> {
    Ok(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_leaflets))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
