#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(pattern = "^[a-z]{3,20}$", unowned = "profiles are for everybody")]
pub struct UserName(String);

#[get("/users/{user}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_user(_user: Unowned<UserName>) -> Option<Product> {
    None
}

#[delete("/users/{user}", version = Version::V1.., role = Role::Support)]
async fn remove_user(_user: Unowned<UserName>) -> NoContent {
    NoContent
}

#[post("/users/login", version = Version::V1.., role = Role::Customer)]
async fn log_in() -> Accepted {
    Accepted
}

#[get("/users/{user}/orders", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_orders(_user: Unowned<UserName>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_user, remove_user, log_in, list_orders))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
