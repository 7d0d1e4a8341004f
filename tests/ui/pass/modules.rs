//! Routes in modules, used by their paths and by `use`.

use crate::shop::{BROWSE, Role, Version};
use secure_api::prelude::api;

mod products {
    use crate::shop::{Product, ProductCard, Role, Version};
    use secure_api::prelude::*;

    /// Lists products.
    ///
    /// All of them.
    #[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
    pub(super) async fn list() -> Page<Product> {
        Page::new(Vec::new())
    }

    pub(super) mod stock {
        use super::*;

        #[delete("/products", version = Version::V1.., role = Role::Admin)]
        pub(in crate::pass::modules) async fn clear() -> NoContent {
            NoContent
        }
    }
}

mod everything {
    pub(super) use super::products::{list as list_products, stock};
}

use everything::stock;

#[api(roles = Role, versions = Version, limit = BROWSE, routes(everything::list_products, stock::clear))]
struct Modules;

#[test]
fn routes_are_found_where_their_names_are() {
    let routes: Vec<_> = Modules::API.routes().collect();
    assert_eq!((routes[0].summary, routes[0].description), ("Lists products.", "All of them."));
    assert!(routes[1].module.ends_with("modules::products::stock"), "{}", routes[1].module);
}
