#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Removes what was looked at.
#[delete("/seen", version = Version::V1.., role = Role::Customer)]
pub async fn forget() -> NoContent {
    NoContent
}

/// Leads there, with the verb and all.
#[post("/leave", version = Version::V1.., role = Role::Customer)]
pub async fn leave() -> Result<Redirect, StoreError> {
    Ok(Redirect::to::<forget>(()))
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"),
      routes(forget, leave))]
pub struct Shop;

fn main() {}
