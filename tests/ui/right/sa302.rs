//! A caller without a limit can take all there is, or try passwords for as long as it likes. That can be right, for a
//! health check, say. Then the reason is written, and it stands in the inventory. This holds at compile time.
//!
//! Wrong: limit/unlimited_without_reason

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, limit = Limit::unlimited("the load balancer asks every second"), view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
