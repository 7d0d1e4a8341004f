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
#[view(AuthorView, role = Role::Customer, variants(Known(0 as PersonView), Name(0)))]
pub enum Author {
    Known(Person),
    Name(String),
}

#[get("/author", version = Version::V1.., role = Role::Customer, view = AuthorView)]
async fn get_author() -> Author {
    Author::Name("Anon".to_owned())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_author))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
