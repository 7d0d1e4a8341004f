//! A proxy, a cache or a firewall may fold case, or take the slash at the end away. Where two addresses differ by that alone,
//! the rules that it has for one are applied to the other. So one of them goes, or each is of versions of its own. Paths of
//! lower-case words cannot differ so; it is for those that are as written. This holds at compile time.
//!
//! Wrong: route/paths_differ_by_case

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[get("/Catalogue.php", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn list_old_products() -> Page<Product> {
    todo!()
}
