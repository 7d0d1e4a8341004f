//! Caches, crawlers, link previews and impatient users repeat a GET, and browsers send one from any page. If it
//! changed something, each of them would. So the handle that writes does not exist in a GET handler: this holds at
//! compile time for the stores of this framework, and the shop's database refuses it too, since its session reads
//! only.
//!
//! Wrong: verb/writer_in_get

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_db: Reader<Db>) -> Page<Product> {
    todo!()
}
