//! Defaults of modules, in each of their forms.
#![deny(warnings)]

#[allow(dead_code)]
#[path = "../../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/orders", version = Version::V2.., role = Role::Customer, limit = BROWSE)]
mod orders {
    use super::*;

    #[get("/{order}", view = OrderDetail)]
    async fn get(order: Authorized<Order>) -> Authorized<Order> {
        order
    }

    #[delete("/{order}", role = Role::Admin)]
    async fn remove(_order: Authorized<Order>) -> NoContent {
        NoContent
    }

    #[cfg(any())]
    #[get("/never", view = OrderDetail)]
    async fn never() -> Nowhere {}

    #[routes(prefix = "/{order}/notes", version = Version::V3)]
    mod notes {
        use super::*;

        #[put("/", view = OrderSummary)]
        async fn set(order: Authorized<Order>) -> Authorized<Order> {
            order
        }
    }
}

mod products {
    use secure_api::get;
    use super::{Product, ProductCard, Role, Version};

    secure_api::defaults! { version = Version::V1.., role = Role::Support, routes(list) }

    #[get("/products", view = ProductCard)]
    async fn list() -> secure_api::object::Page<Product> {
        secure_api::object::Page::new(vec![])
    }

    pub mod below {
        use super::*;
        use secure_api::prelude::*;

        #[get("/below", view = ProductCard)]
        pub async fn list() -> Page<Product> {
            Page::new(vec![])
        }
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(orders, products, products::below::list, #[cfg(any())] never))]
pub struct Shop;

fn main() {
    drop(Shop::app());
    print!("{}", secure_api::inventory::routes(Shop::API));
}
