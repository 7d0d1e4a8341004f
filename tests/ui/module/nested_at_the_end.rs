#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/admin", version = Version::V1.., role = Role::Admin)]
mod admin {
    use super::*;

    #[get("/products", view = ProductSheet)]
    async fn list() -> Page<Product> {
        todo!()
    }

    pub mod stock {
        pub mod count {
            use super::super::*;

            #[delete("/stock", version = Version::V1.., role = Role::Admin)]
            pub async fn clear() -> NoContent {
                NoContent
            }
        }
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(admin))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
