#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(PersonView, role = Role::Customer, fields(name))]
pub struct Person {
    name: String,
}

#[derive(Resource)]
#[resource(untagged)]
#[view(AuthorsView, role = Role::Customer, variants(One(0 as PersonView), Several(0 as PersonView)))]
pub enum Authors {
    One(Person),
    Several(Vec<Person>),
}

#[get("/authors", version = Version::V1.., role = Role::Customer, view = AuthorsView)]
async fn get_authors() -> Authors {
    Authors::Several(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_authors))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
