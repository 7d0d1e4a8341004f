#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(max_len = 20, unowned = "rooms are on every door")]
pub struct Room(String);

#[get("/rooms/{room}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn in_room(room: Room) -> Page<Product> {
    drop(room);
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(in_room))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
