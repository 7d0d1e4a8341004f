//! An address begins with a version of the API's own enum. A version of another enum has no address here, or the
//! number of another one's. It is told where the routes are put together, since only there both enums are known.
//! This holds at compile time.
//!
//! Wrong: version/of_another_enum

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;
