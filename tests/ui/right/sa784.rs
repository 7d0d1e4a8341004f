//! A bound that nobody meets is none, and one that nobody can keep is a route that never answers. An answer that is open for a day
//! can begin anew, and then its caller is asked for credentials again. This holds at compile time.
//!
//! Wrong: view/sent_events_for_ever

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/events", version = Version::V1.., role = Role::Customer, view = ProductCard,
      open = 2, lasts = Duration::from_secs(3600))]
pub async fn watch() -> Events<Product> {
    Events::channel(8).1
}
