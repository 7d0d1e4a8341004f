//! A limit allows a count in a window, and a burst is how many of them may come at once. A burst above the count, a
//! count of nothing or a window of nothing contradict themselves, and whichever part a limiter believes, somebody
//! believed the other one. This holds at compile time.
//!
//! Wrong: limit/burst_above_count

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, limit = Limit::per_principal(5).per_minute().burst(3), view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
