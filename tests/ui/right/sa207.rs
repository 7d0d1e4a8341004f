//! A store has a half that reads and a half that writes, and the verb decides which of them a handler gets. `Service`
//! hands out the whole of what was registered, also to a GET, which must not change anything. So what implements `Store`
//! is no service, by whatever name it is written. This holds at compile time.
//!
//! Wrong: object/store_as_service

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn list_orders(_db: Reader<Db>, orders: Scoped<Order>) -> Page<Authorized<Order>> {
    orders.page(Vec::new())
}
