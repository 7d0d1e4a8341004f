//! Events hold a connection and a piece of memory for as long as they last, and a limit of requests counts each of them once. One
//! caller could have all connections of a server open. So the route says how many one may have. This holds at compile time.
//!
//! Wrong: view/sent_events_without_open

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/events", version = Version::V1.., role = Role::Customer, view = ProductCard, open = 2)]
pub async fn watch() -> Events<Product> {
    Events::channel(8).1
}
