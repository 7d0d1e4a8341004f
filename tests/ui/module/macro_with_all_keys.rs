#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

macro_rules! remover {
    ($name:ident, $path:literal) => {
        #[delete($path, version = Version::V1.., role = Role::Admin)]
        async fn $name() -> NoContent {
            NoContent
        }
    };
}

#[routes(prefix = "/admin")]
mod admin {
    use super::*;

    #[get("/products", version = Version::V1.., role = Role::Admin, view = ProductSheet)]
    async fn list() -> Page<Product> {
        todo!()
    }

    remover! { clear, "/products" }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(admin))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
